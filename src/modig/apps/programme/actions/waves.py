"""Everything that changes a wave and what it is set up of.

What hangs on a wave (target parts, new blocks, closed weeks, teams kept apart, lower caps) hangs on
the wave's version: two who change the same wave at once notice each other.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.people.models import ManagementTeam, Person, Unit
from modig.apps.programme.actions.programmes import HasBeenPublishedError
from modig.apps.programme.models import (
    Block,
    ClosedWeeks,
    Facilitator,
    FarApart,
    GroupQuota,
    KeepApart,
    Plan,
    Rules,
    TargetPart,
    TeamAway,
    UnitCap,
    Venue,
    Wave,
)
from modig.apps.tenancy.actions import EditedMeanwhileError, save_edit
from modig.apps.tenancy.scope import current_organisation

RULES_FIELDS = [
    "size_low",
    "size_high",
    "groups",
    "first_day",
    "weeks",
    "gap_low",
    "gap_high",
    "weekdays",
    "day_begins",
    "day_ends",
    "cap_percent",
    "weights",
]
KEPT_RULES = [field for field in RULES_FIELDS if field not in {"first_day", "weeks"}]
QUOTA = ("attribute", "value", "least", "or_none", "most", "most_percent", "reason")
SATURDAY = 5
PartT = TypeVar("PartT", ClosedWeeks, KeepApart, UnitCap, GroupQuota, FarApart, TeamAway)
WavePart = TargetPart | ClosedWeeks | KeepApart | UnitCap | GroupQuota | FarApart | TeamAway


class AlreadyThereError(Exception):
    """The wave has this already."""


# ---- waves ---------------------------------------------------------------------------------------


@transaction.atomic
def create_wave(
    wave: Wave,
    *,
    like: Wave | None = None,
    copies: Collection[str] = (),
    by: User | None,
    at: datetime,
) -> Wave:
    """Keep a new wave or pause after the others, with what it takes over from ``like``.

    ``copies`` names what: ``blocks``, ``rules``, ``places``, ``target``, ``keep_apart``. A wave has
    rules from the start, with its own first day and weeks.
    """
    last = wave.programme.waves.aggregate(last=Max("number"))["last"] or 0
    wave.organisation, wave.number = current_organisation(), last + 1
    wave.save()
    if not wave.is_pause:
        _start_rules(wave, like, copies)
        if like is not None:
            _copy_parts(like, wave, copies)
    record("create", wave, at=at, by=by)
    return wave


def _start_rules(wave: Wave, like: Wave | None, copies: Collection[str]) -> None:
    earlier = Rules.objects.filter(wave=like).first() if like else None
    rules = proposed_rules(wave)
    if earlier is not None and "rules" in copies:
        for field in KEPT_RULES:
            setattr(rules, field, getattr(earlier, field))
    rules.save()
    if earlier is not None and "places" in copies:
        rules.venues.set(earlier.venues.all())
        rules.facilitators.set(earlier.facilitators.all())


def proposed_rules(wave: Wave) -> Rules:
    """The usual rules over the wave's own weeks, not kept yet."""
    first = _first_working_day(wave)
    weeks = max(1, -(-((wave.ends_on - first).days + 1) // 7))
    return Rules(organisation=wave.organisation, wave=wave, first_day=first, weeks=weeks)


def _first_working_day(wave: Wave) -> date:
    day = wave.starts_on
    if day.weekday() >= SATURDAY:
        day += timedelta(days=7 - day.weekday())
    return min(day, wave.ends_on)


def _copy_parts(like: Wave, wave: Wave, copies: Collection[str]) -> None:
    own = {"organisation": wave.organisation, "wave": wave}
    if "blocks" in copies:
        Block.objects.bulk_create(
            Block(**own, number=b.number, title=b.title, focus=b.focus, days=b.days)
            for b in like.blocks.all()
        )
    if "rules" in copies:
        UnitCap.objects.bulk_create(
            UnitCap(**own, unit_id=cap.unit_id, percent=cap.percent, reason=cap.reason)
            for cap in like.unit_caps.all()
        )
        GroupQuota.objects.bulk_create(
            GroupQuota(**own, **{name: getattr(quota, name) for name in QUOTA})
            for quota in like.quotas.all()
        )
    if "places" in copies:
        FarApart.objects.bulk_create(
            FarApart(**own, place_a=pair.place_a, place_b=pair.place_b, reason=pair.reason)
            for pair in like.far_apart.all()
        )
    if "target" in copies:
        TargetPart.objects.bulk_create(
            TargetPart(
                **own,
                role=part.role,
                unit_id=part.unit_id,
                team_id=part.team_id,
                person_id=part.person_id,
            )
            for part in like.target_parts.all()
        )
    if "keep_apart" in copies:
        KeepApart.objects.bulk_create(
            KeepApart(**own, team_a_id=p.team_a_id, team_b_id=p.team_b_id, reason=p.reason)
            for p in like.keep_apart.all()
        )


@transaction.atomic
def edit_wave(wave: Wave, *, version: int, by: User | None, at: datetime) -> None:
    """Save the wave's name, number and time as they are now."""
    save_edit(wave, version=version, fields=["name", "number", "starts_on", "ends_on"])
    record("edit", wave, at=at, by=by)


@transaction.atomic
def delete_wave(wave: Wave, *, version: int, by: User | None, at: datetime) -> None:
    """Delete a wave with its drafts; one whose plan has been published stays."""
    save_edit(wave, version=version, fields=[])
    if wave.plans.filter(published_at__isnull=False).exists():
        raise HasBeenPublishedError(str(wave))
    record("delete", wave, at=at, by=by)
    wave.plans.all().delete()
    wave.delete()


# ---- rules ---------------------------------------------------------------------------------------


@transaction.atomic
def save_rules(  # noqa: PLR0913 -- all but the rules are by name
    rules: Rules,
    *,
    version: int | None,
    venues: Iterable[Venue],
    facilitators: Iterable[Facilitator],
    by: User | None,
    at: datetime,
) -> None:
    """Keep a wave's rules; without ``version`` they are its first."""
    if version is None:
        Wave.objects.select_for_update().get(pk=rules.wave_id)
        theirs = Rules.objects.filter(wave=rules.wave_id).first()
        if theirs is not None:
            raise EditedMeanwhileError(theirs)
        rules.organisation = current_organisation()
        rules.save()
    else:
        save_edit(rules, version=version, fields=RULES_FIELDS)
    rules.venues.set(venues)
    rules.facilitators.set(facilitators)
    record("edit", rules, at=at, by=by)


# ---- blocks --------------------------------------------------------------------------------------


@transaction.atomic
def add_block(  # noqa: PLR0913 -- what a block is
    wave: Wave,
    *,
    version: int,
    title: str,
    focus: str,
    days: int,
    by: User | None,
    at: datetime,
) -> Block:
    """A new block after the others."""
    save_edit(wave, version=version, fields=[])
    last = wave.blocks.aggregate(last=Max("number"))["last"] or 0
    block = Block.objects.create(
        organisation=current_organisation(),
        wave=wave,
        number=last + 1,
        title=title,
        focus=focus,
        days=days,
    )
    record("create", block, at=at, by=by)
    return block


@transaction.atomic
def edit_block(block: Block, *, version: int, by: User | None, at: datetime) -> None:
    save_edit(block, version=version, fields=["number", "title", "focus", "days"])
    record("edit", block, at=at, by=by)


@transaction.atomic
def delete_block(block: Block, *, version: int, by: User | None, at: datetime) -> None:
    """Delete a block, and the wave's drafts that have it; one with published meetings stays."""
    save_edit(block, version=version, fields=[])
    plans = Plan.objects.filter(wave=block.wave_id, groups__meetings__block=block)
    if plans.filter(published_at__isnull=False).exists():
        raise HasBeenPublishedError(str(block))
    record("delete", block, at=at, by=by)
    Plan.objects.filter(pk__in=plans.values("pk")).delete()
    block.delete()


# ---- target group --------------------------------------------------------------------------------


@transaction.atomic
def add_roles(  # noqa: PLR0913 -- all but the wave are by name
    wave: Wave,
    roles: Sequence[str],
    unit: Unit | None,
    *,
    version: int,
    by: User | None,
    at: datetime,
) -> None:
    """Take everybody with these roles into the target group, of one unit where it is named."""
    known = set(wave.target_parts.filter(unit=unit, team=None, person=None).values_list("role"))
    new = [TargetPart(role=role, unit=unit) for role in roles if (role,) not in known]
    _add_parts(wave, new, version=version, by=by, at=at)


@transaction.atomic
def add_teams(
    wave: Wave,
    teams: Collection[ManagementTeam],
    *,
    version: int,
    by: User | None,
    at: datetime,
) -> None:
    """Take whole management teams into the target group."""
    known = set(wave.target_parts.filter(team__in=teams).values_list("team", flat=True))
    new = [TargetPart(team=team) for team in teams if team.pk not in known]
    _add_parts(wave, new, version=version, by=by, at=at)


@transaction.atomic
def add_persons(
    wave: Wave, persons: Collection[Person], *, version: int, by: User | None, at: datetime
) -> None:
    """Take these persons into the target group."""
    known = set(wave.target_parts.exclude(person=None).values_list("person", flat=True))
    new = [TargetPart(person=person) for person in persons if person.pk not in known]
    _add_parts(wave, new, version=version, by=by, at=at)


def _add_parts(
    wave: Wave, parts: Sequence[TargetPart], *, version: int, by: User | None, at: datetime
) -> None:
    if not parts:
        raise AlreadyThereError(str(wave))
    save_edit(wave, version=version, fields=[])
    for part in parts:
        part.organisation, part.wave = wave.organisation, wave
    TargetPart.objects.bulk_create(parts, batch_size=500)
    record("widen target group", wave, at=at, by=by, parts=len(parts))


@transaction.atomic
def remove_persons(wave: Wave, *, version: int, by: User | None, at: datetime) -> None:
    """Take every person that was named one by one out of the target group."""
    save_edit(wave, version=version, fields=[])
    _, by_kind = wave.target_parts.exclude(person=None).delete()
    record("narrow target group", wave, at=at, by=by, parts=sum(by_kind.values()))


# ---- lists of a wave: closed weeks, caps, quotas, what is kept apart -----------------------------


@transaction.atomic
def _added(  # noqa: PLR0913 -- what is added, to what, and by whom
    kind: type[PartT],
    wave: Wave,
    deed: str,
    *,
    told: dict[str, Any],
    version: int,
    by: User | None,
    at: datetime,
    **fields: Any,
) -> PartT:
    """One more row of a list of the wave; ``told`` is what the log says of it."""
    save_edit(wave, version=version, fields=[])
    part = kind.objects.create(organisation=current_organisation(), wave=wave, **fields)
    record(deed, wave, at=at, by=by, **told)
    return part


def close_weeks(wave: Wave, *, first_monday: date, last_monday: date, **more: Any) -> ClosedWeeks:
    """Let no group meet from one Monday's week to another's; ``more`` is the rest of the row."""
    told = {"first": str(first_monday), "last": str(last_monday)}
    more |= {"first_monday": first_monday, "last_monday": last_monday}
    return _added(ClosedWeeks, wave, "close weeks", told=told, **more)


def keep_apart(
    wave: Wave, *, team_a: ManagementTeam, team_b: ManagementTeam, **more: Any
) -> KeepApart:
    """Let two teams never share a group."""
    told = {"teams": [team_a.code, team_b.code]}
    return _added(KeepApart, wave, "keep apart", told=told, team_a=team_a, team_b=team_b, **more)


def lower_cap(wave: Wave, *, unit: Unit, percent: Decimal, **more: Any) -> UnitCap:
    """Give a unit and those below it a lower cap than the wave's."""
    told = {"unit": unit.code, "percent": str(percent)}
    return _added(UnitCap, wave, "lower cap", told=told, unit=unit, percent=percent, **more)


def ask_for_quota(wave: Wave, *, attribute: str, value: str, **more: Any) -> GroupQuota:
    """Ask how many of a kind every group has."""
    told = {"kind": f"{attribute} {value}".strip()}
    more |= {"attribute": attribute, "value": value}
    return _added(GroupQuota, wave, "ask for quota", told=told, **more)


def note_far_apart(wave: Wave, *, place_a: str, place_b: str, **more: Any) -> FarApart:
    """Note that nobody leads in one of two places the day after the other."""
    more |= {"place_a": place_a, "place_b": place_b}
    return _added(FarApart, wave, "note far apart", told={"places": [place_a, place_b]}, **more)


def keep_team_free(wave: Wave, *, team: ManagementTeam, **more: Any) -> TeamAway:
    """Note on which days a team cannot come, so that its group does not meet then."""
    return _added(TeamAway, wave, "keep team free", told={"team": team.code}, team=team, **more)


@transaction.atomic
def remove_part(part: WavePart, *, version: int, by: User | None, at: datetime) -> None:
    """Take a target part, closed weeks, a pair kept apart, a lower cap, a quota, a team's absence or two far places out of its wave."""
    save_edit(part.wave, version=version, fields=[])
    record("remove", part, at=at, by=by, wave=part.wave_id)
    part.delete()
