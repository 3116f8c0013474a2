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
from modig.apps.programme.models import (
    Block,
    Facilitator,
    Programme,
    Rules,
    TargetPart,
    Venue,
    Wave,
)
from modig.apps.tenancy.scope import current_organisation

START = dt.date(2027, 1, 11)
BEGAN = dt.date(2020, 1, 1)


def make_organisation(departments=4, teams_each=3, team_size=5, staff_each=30):
    """Departments with teams of managers, every team's managers from two units; and staff."""
    own = {"organisation": current_organisation()}
    number = 0
    teams = []
    for d in range(1, departments + 1):
        top = Unit.objects.create(**own, code=f"D{d}", name=f"Department {d}", short=f"D{d}")
        for t in range(1, teams_each + 1):
            code = f"D{d}T{t}"
            units = [
                Unit.objects.create(**own, code=f"{code}U{u}", name=f"Unit {u} {code}", parent=top)
                for u in (1, 2)
            ]
            team = ManagementTeam.objects.create(
                **own, code=code, name=f"Team {code}", unit=units[0], from_on=BEGAN
            )
            teams.append(team)
            for k in range(team_size):
                number += 1
                person = make_person(f"M{number:04d}", units[k % 2], role="manager")
                kind = "leader" if k == 0 else "member"
                TeamSeat.objects.create(**own, team=team, person=person, kind=kind, from_on=BEGAN)
            for unit in units:
                for k in range(staff_each):
                    make_person(f"S{unit.code}{k}", unit)
    rebuild_tree()
    return teams


def make_person(number, unit, role="employee", **fields):
    own = {"organisation": current_organisation()}
    names = {"first_name": "Åsa", "last_name": f"Öst {number}"}
    person = Person.objects.create(**own, number=number, **{**names, **fields})
    Employment.objects.create(**own, person=person, unit=unit, role=role, from_on=BEGAN)
    return person


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
