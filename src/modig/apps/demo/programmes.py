"""Mälarvik's programmes: the first two years planned and published, the rest yet to come."""

import datetime as dt
from collections.abc import Iterable

from modig.apps.accounts.models import User
from modig.apps.demo.loader import Loader
from modig.apps.demo.malarvik.generator import LARGE_FACTOR
from modig.apps.demo.malarvik.programme import (
    OWN_FACILITATORS,
    PARTNER_FACILITATORS,
    VENUES,
    ProgrammeRow,
    WaveRow,
    programmes_of,
)
from modig.apps.demo.stored_plans import make_plan, postpone
from modig.apps.people.models import ManagementTeam, Person
from modig.apps.programme.actions import publish_plan
from modig.apps.programme.models import (
    Block,
    ClosedWeeks,
    Facilitator,
    KeepApart,
    Programme,
    Rules,
    TargetPart,
    UnitCap,
    Venue,
    Wave,
)

WEIGHTS = {"department": 3.0, "role": 1.0, "gender": 0.5}


def load_programmes(size: str, loader: Loader, *, owner: User, facilitator: User | None) -> None:
    """Make venues, facilitators, programmes and waves, and publish the plans of the planned ones."""
    maker = _ProgrammeMaker(size, loader, owner)
    maker.make_places(facilitator)
    for row in programmes_of(size):
        maker.make(row)


class _ProgrammeMaker:
    def __init__(self, size: str, loader: Loader, owner: User) -> None:
        self.size, self.loader, self.owner = size, loader, owner
        self.own = {"organisation": loader.organisation}
        # A large organisation is several such groups: each has as many places.
        self.copies = [
            "",
            *(f" {n}" for n in range(2, 1 + (LARGE_FACTOR if size == "large" else 1))),
        ]
        self.last: Programme | None = None

    def make_places(self, facilitator: User | None) -> None:
        Venue.objects.bulk_create(
            Venue(**self.own, name=name + copy, place=place, seats=seats)
            for copy in self.copies
            for name, place, seats in VENUES
        )
        Facilitator.objects.bulk_create(
            Facilitator(**self.own, name=name + copy, is_external=name in PARTNER_FACILITATORS)
            for copy in self.copies
            for name in (*PARTNER_FACILITATORS, *OWN_FACILITATORS)
        )
        if facilitator is not None:
            Facilitator.objects.filter(name=facilitator.name).update(
                user=facilitator, email=facilitator.email
            )

    def make(self, row: ProgrammeRow) -> None:
        programme = Programme.objects.create(
            **self.own,
            code=row.code,
            name=row.name,
            brand=row.brand,
            purpose=row.purpose,
            foci="\n".join(row.foci),
            is_for_all_leaders=row.is_for_all_leaders,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            derived_from=self.last,
        )
        self.last = programme
        for number, wave_row in enumerate(row.waves, 1):
            wave = self._wave(programme, number, wave_row)
            if wave_row.made_on and wave_row.published_on:
                at = _morning(wave_row.made_on)
                plan = make_plan(self.size, wave, wave_row, at=at, by=self.owner)
                plan = publish_plan(plan, at=_morning(wave_row.published_on), by=self.owner)
                if wave_row.postponed_on:
                    at = _morning(wave_row.postponed_on)
                    postpone(self.size, plan, at=at, by=self.owner)

    # ---- a wave ----------------------------------------------------------------------------------

    def _wave(self, programme: Programme, number: int, row: WaveRow) -> Wave:
        wave = Wave.objects.create(
            **self.own,
            programme=programme,
            number=number,
            name=row.name,
            kind=Wave.Kind.PAUSE if row.is_pause else Wave.Kind.WAVE,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        TargetPart.objects.bulk_create(self._target(wave, row))
        Block.objects.bulk_create(
            Block(
                **self.own,
                wave=wave,
                number=k,
                title=block.title,
                focus=block.focus,
                days=block.days,
            )
            for k, block in enumerate(row.blocks, 1)
        )
        ClosedWeeks.objects.bulk_create(
            ClosedWeeks(**self.own, wave=wave, first_monday=first, last_monday=last, reason=reason)
            for first, last, reason in row.closed
        )
        teams = self.loader.teams
        KeepApart.objects.bulk_create(
            KeepApart(**self.own, wave=wave, team_a=teams[a], team_b=teams[b], reason=reason)
            for a, b, reason in row.keep_apart
        )
        units = self.loader.units
        UnitCap.objects.bulk_create(
            UnitCap(**self.own, wave=wave, unit=units[code], percent=percent, reason=reason)
            for code, percent, reason in row.lower_caps
        )
        self._rules(wave, row)
        return wave

    def _rules(self, wave: Wave, row: WaveRow) -> None:
        if row.rules is None:
            return
        rules = Rules.objects.create(
            **self.own,
            wave=wave,
            groups=row.rules.groups * len(self.copies),
            size_low=row.rules.size[0],
            size_high=row.rules.size[1],
            cap_percent=row.rules.cap_percent,
            gap_low=row.rules.gap[0],
            gap_high=row.rules.gap[1],
            first_day=row.starts_on,
            weeks=-(-((row.ends_on - row.starts_on).days + 1) // 7),
            weights=WEIGHTS,
        )
        leaders = Facilitator.objects.all()
        if not row.rules.has_own_facilitators:
            leaders = leaders.filter(is_external=True)
        rules.facilitators.set(leaders)

    def _target(self, wave: Wave, row: WaveRow) -> Iterable[TargetPart]:
        for kind in row.target:
            if kind == "top":
                yield from self._teams(wave, is_top=True)
            elif kind == "own":
                yield from self._teams(wave, is_top=False)
                yield from self._persons(wave, row.made_on)
            else:
                yield TargetPart(**self.own, wave=wave, role=kind)

    def _teams(self, wave: Wave, *, is_top: bool) -> Iterable[TargetPart]:
        for team in self._rows_of_teams(is_top=is_top):
            yield TargetPart(**self.own, wave=wave, team=team)

    def _rows_of_teams(self, *, is_top: bool) -> list[ManagementTeam]:
        rows = self.loader.malarvik.teams
        return [self.loader.teams[row.code] for row in rows if row.is_top == is_top]

    def _persons(self, wave: Wave, on: dt.date | None) -> Iterable[TargetPart]:
        """Managers and key persons without a team, those at least who were there on the day."""
        for person in self._alone(on):
            yield TargetPart(**self.own, wave=wave, person=person)

    def _alone(self, on: dt.date | None) -> list[Person]:
        malarvik = self.loader.malarvik
        seated = {number for team in malarvik.teams for number in team.members}
        return [
            self.loader.persons[row.number]
            for row in malarvik.employed
            if row.role != "employee"
            and row.number not in seated
            and (on is None or row.from_on <= on)
        ]


def _morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9, 30), dt.UTC)
