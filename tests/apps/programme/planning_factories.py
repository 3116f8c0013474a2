"""An organisation with management teams, and a wave to plan for them."""

import datetime as dt

from django.utils import timezone

from modig.apps.people.actions.units import rebuild_tree
from modig.apps.people.models import (
    Employment,
    ManagementTeam,
    Person,
    TeamSeat,
    Unit,
)
from modig.apps.programme.actions import publish_plan, store_plan
from modig.apps.programme.actions.plans import what_is_given
from modig.apps.programme.models import (
    Block,
    Facilitator,
    Programme,
    Rules,
    TargetPart,
    Venue,
    Wave,
)
from modig.apps.programme.queries.plans import MeetingRow
from modig.apps.tenancy.scope import current_organisation

START = dt.date(2027, 1, 11)
BEGAN = dt.date(2020, 1, 1)


def make_organisation(departments=4, teams_each=3, team_size=5, staff_each=12):
    """Departments with teams of managers, every team's managers from two units; and staff."""
    own = {"organisation": current_organisation()}
    names = [f"D{d}" for d in range(1, departments + 1)]
    tops = Unit.objects.bulk_create(
        Unit(**own, code=code, name=f"Department {code[1:]}", short=code) for code in names
    )
    codes = [(top, f"{top.code}T{t}") for top in tops for t in range(1, teams_each + 1)]
    units = Unit.objects.bulk_create(
        Unit(**own, code=f"{code}U{u}", name=f"Unit {u} {code}", parent=top)
        for top, code in codes
        for u in (1, 2)
    )
    teams = ManagementTeam.objects.bulk_create(
        ManagementTeam(**own, code=code, name=f"Team {code}", unit=unit, from_on=BEGAN)
        for (_top, code), unit in zip(codes, units[::2], strict=True)
    )
    managers = [(k, units[2 * t + k % 2]) for t in range(len(teams)) for k in range(team_size)]
    persons = _make_staff(
        [(f"M{number:04d}", unit) for number, (_k, unit) in enumerate(managers, 1)], role="manager"
    )
    TeamSeat.objects.bulk_create(
        TeamSeat(
            **own,
            team=teams[number // team_size],
            person=person,
            kind="member" if number % team_size else "leader",
            from_on=BEGAN,
        )
        for number, person in enumerate(persons)
    )
    _make_staff([(f"S{unit.code}{k}", unit) for unit in units for k in range(staff_each)])
    rebuild_tree()
    return teams


def _make_staff(wanted, role="employee"):
    """People by the hundred: in two writes, since most tests begin with them."""
    persons = Person.objects.bulk_create(_person(number) for number, _unit in wanted)
    Employment.objects.bulk_create(
        _employment(person, unit, role)
        for person, (_number, unit) in zip(persons, wanted, strict=True)
    )
    return persons


def make_person(number, unit, role="employee", **fields):
    person = _person(number, **fields)
    person.save()
    _employment(person, unit, role).save()
    return person


def _person(number, **fields):
    given = {"first_name": "Åsa", "last_name": f"Öst {number}", **fields}
    return Person(organisation=current_organisation(), number=number, **given)


def _employment(person, unit, role="employee"):
    own = {"organisation": current_organisation(), "person": person}
    return Employment(**own, unit=unit, role=role, from_on=BEGAN)


def make_wave(*, number=1, programme=None, role="manager", blocks=3, days=1, **rules):
    """A wave for everybody with a role, with blocks, rooms, facilitators and rules."""
    own = {"organisation": current_organisation()}
    end = START + dt.timedelta(weeks=40)
    programme = programme or Programme.objects.create(
        **own, code="brave", name="Brave leadership", starts_on=START, ends_on=end
    )
    wave = Wave.objects.create(
        **own,
        programme=programme,
        number=number,
        name=f"Wave {number}",
        starts_on=START,
        ends_on=end,
    )
    if role:
        TargetPart.objects.create(**own, wave=wave, role=role)
    for k in range(1, blocks + 1):
        Block.objects.create(**own, wave=wave, number=k, title=f"Block {k}", days=days)
    for k in range(1, 4):
        Venue.objects.get_or_create(**own, name=f"Room {k}", defaults={"place": f"Quay {k}"})
        Facilitator.objects.get_or_create(**own, name=f"Leader {k}")
    given = {"size_low": 13, "size_high": 17, "first_day": START, "weeks": 30, **rules}
    Rules.objects.create(**own, wave=wave, **given)
    return wave


def noon(year=2026, month=12, day=1):
    return dt.datetime(year, month, day, 12, tzinfo=timezone.get_default_timezone())


def kept_plan(wave, *, groups=4, is_published=False, first=START, **how):
    """A plan put together by hand: teams in turn, each group on its own days, nothing broken.

    ``groups`` meet in turn from Monday to Thursday, six weeks between the blocks, always in a room
    and with a leader of the same number.
    """
    given = what_is_given(wave, on=timezone.localdate(noon()))
    teams = sorted({one["team"] or one["id"] for one in given["people"]})
    names = [f"Group {k}" for k in range(1, groups + 1)]
    place = {team: names[k % groups] for k, team in enumerate(teams)}
    grouping = {one["id"]: place[one["team"] or one["id"]] for one in given["people"]}
    rows = [
        MeetingRow(
            name,
            block,
            tuple(
                first + dt.timedelta(weeks=6 * (block - 1) + k // 4, days=k % 4 + day)
                for day in range(days)
            ),
            f"Room {k % 3 + 1}",
            f"Leader {k % 3 + 1}",
        )
        for k, name in enumerate(names)
        for block, (_number, days) in enumerate(given["blocks"], 1)
    ]
    numbers = {name: k for k, name in enumerate(names, 1)}
    plan = store_plan(
        wave,
        groups=grouping,
        meetings=rows,
        at=noon(),
        given=given,
        **{"numbers": numbers, "seed": 4711, **how},
    )
    return publish_plan(plan, at=noon(), by=None) if is_published else plan


def group_of(plan, team):
    """The group that a team is in, by the team's code."""
    return plan.groups.get(placements__team__code=team)
