"""Which persons of the organisation the demo's users are, so that their pages have something on them."""

import datetime as dt

from django.db.models import Max, Min

from modig.apps.demo.users import DEMO_USERS
from modig.apps.people.models import Person, StaffRole, TeamSeat
from modig.apps.programme.models import Group, Participant, Plan

A_YEAR_ON = dt.date(2027, 11, 25)


def linked_persons() -> dict[str, Person]:
    """A person for each role that has one; no two have the same first name."""
    found = _named_persons()
    chief = Person.objects.filter(employments__title="Kommundirektör", left_on=None).first()
    wanted = (
        ("chief-executive", [chief] if chief else _leaders()),
        ("team-leader", _leaders()),
        ("participant", _participants()),
        ("unit-manager", _managers()),
    )
    taken = {one.name.partition(" ")[0] for one in DEMO_USERS}
    for role, persons in wanted:
        person = next((one for one in persons if one.first_name not in taken), None)
        if person is not None:
            found[role] = person
            taken.add(person.first_name)
    return found


def _named_persons() -> dict[str, Person]:
    """The employees who have the name of a user."""
    found = {}
    for one in DEMO_USERS:
        first, _, last = one.name.partition(" ")
        person = Person.objects.filter(first_name=first, last_name=last, left_on=None).first()
        if one.name and person is not None:
            found[one.role] = person
    return found


def _late_groups() -> list[int]:
    """Published groups: those that still meet a year from now, the earliest first; then the rest."""
    dated = Group.objects.filter(plan__state=Plan.State.PUBLISHED).annotate(
        last=Max("meetings__days__on"), first=Min("meetings__days__on")
    )
    rows = dated.order_by("number", "pk").values_list("pk", "first", "last")
    return [pk for pk, _, _ in sorted(rows, key=lambda row: (row[2] < A_YEAR_ON, row[1]))]


def _in_late_groups(**wanted: object) -> list[Person]:
    rows: list[Person] = []
    for group in _late_groups():
        people = Participant.objects.filter(group=group, **wanted).select_related("person")
        rows += [row.person for row in people.order_by("pk")]
    return rows


def _leaders() -> list[Person]:
    """Leaders of teams, first those who are in several groups."""
    seats = TeamSeat.objects.filter(kind=TeamSeat.Kind.LEADER, to_on=None).values("person")
    persons = _in_late_groups(person__in=seats, team__isnull=False)
    return sorted(dict.fromkeys(persons), key=lambda one: -persons.count(one))


def _managers() -> list[Person]:
    """Managers of a unit of their own who lead no team."""
    leading = TeamSeat.objects.filter(kind=TeamSeat.Kind.LEADER).values("person")
    persons = _in_late_groups(person__employments__role=StaffRole.MANAGER)
    seated = set(Person.objects.filter(pk__in=leading).values_list("pk", flat=True))
    return [one for one in persons if one.pk not in seated]


def _participants() -> list[Person]:
    """Key persons who come alone; where there is none, whoever takes part."""
    key_persons = _in_late_groups(team=None, person__nominations__isnull=False)
    return list(dict.fromkeys([*key_persons, *_in_late_groups()]))
