"""Teams that could be: out of the managers who have no place yet."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from modig.apps.people.models import (
    Employment,
    Person,
    ProposedSeat,
    StaffRole,
    TeamProposal,
    TeamSeat,
    Unit,
)
from modig.apps.people.queries.persons import current_employments, valid_on
from modig.apps.people.team_bridge import bundle_into_teams

SMALLEST_TEAM, LARGEST_TEAM = 6, 12


@dataclass(slots=True)
class Bundle:
    """A team before it is proposed: who leads it, who sits in it, and which unit it belongs to."""

    code: str
    name: str
    unit: Unit
    leader: Person | None
    people: list[Person] = field(default_factory=list)


def bundles(on: date) -> list[Bundle]:
    """Teams out of the managers of that day.

    Where the file names leaders: a head who leads no team yet and the managers directly under.
    Where it does not: the managers of each top unit who sit in no team, bundled by unit into teams
    of 6 to 12.
    """
    managers = managers_by_person(on)
    leading, seated = _seated(on)
    found = _by_leader(managers, leading, seated)
    placed = {person.pk for bundle in found for person in bundle.people} | leading | seated
    return found + _by_unit([one for one in managers.values() if one.person_id not in placed])


def managers_employed(on: date) -> int:
    """How many persons are managers."""
    found = current_employments(on).filter(role=StaffRole.MANAGER, person__left_on__isnull=True)
    return found.values("person").distinct().count()


def managers_by_person(on: date) -> dict[int, Employment]:
    """One employment as a manager for each person who is one, by the person's key."""
    found = current_employments(on).filter(role=StaffRole.MANAGER, person__left_on__isnull=True)
    employments: dict[int, Employment] = {}
    for one in found.order_by("person__number", "pk"):
        employments.setdefault(one.person_id, one)
    return employments


def _seated(on: date) -> tuple[set[int], set[int]]:
    """Who leads a team on that day, and who sits in one otherwise."""
    leading: set[int] = set()
    seated: set[int] = set()
    seats = TeamSeat.objects.filter(valid_on(on), person__isnull=False)
    for person, kind in seats.values_list("person_id", "kind"):
        (leading if kind == TeamSeat.Kind.LEADER else seated).add(person)
    return leading, seated


def _by_leader(
    managers: dict[int, Employment], leading: set[int], seated: set[int]
) -> list[Bundle]:
    under: dict[int, list[Employment]] = defaultdict(list)
    for one in managers.values():
        head = one.manager_id
        if head in managers and head not in leading and one.person_id not in seated:
            under[head].append(one)
    return [
        Bundle(
            code=f"L-{managers[head].person.number}",
            name=managers[head].unit.name,
            unit=managers[head].unit,
            leader=managers[head].person,
            people=[managers[head].person, *(one.person for one in members)],
        )
        for head, members in under.items()
    ]


def _by_unit(employments: Iterable[Employment]) -> list[Bundle]:
    persons, tops = {}, {}
    by_unit: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in employments:
        top = one.unit.top or one.unit
        tops[top.code], persons[one.person.number] = top, one.person
        by_unit[top.code, one.unit.code].append(one.person.number)
    teams = bundle_into_teams(by_unit, low=SMALLEST_TEAM, high=LARGEST_TEAM)
    several = {top for top, n in Counter(team.top for team in teams).items() if n > 1}
    numbers: Counter[str] = Counter()
    found = []
    for team in teams:
        numbers[team.top] += 1
        name = tops[team.top].name
        found.append(
            Bundle(
                code=f"{team.top[:50]}-{numbers[team.top]}",
                name=f"{name} {numbers[team.top]}" if team.top in several else name,
                unit=tops[team.top],
                leader=None,
                people=[persons[number] for number in team.people],
            )
        )
    return found


# ---- what is proposed ----------------------------------------------------------------------------


def find_proposal(proposal_id: int) -> TeamProposal:
    found = TeamProposal.objects.select_related("unit__top__legal_entity")
    return get_object_or_404(found, pk=proposal_id)


def proposals(on: date) -> QuerySet[TeamProposal]:
    """All proposed teams with their ``places``, each with the person's employments today."""
    return (
        TeamProposal.objects.select_related("unit__top__legal_entity")
        .order_by("unit__top__sorting", "unit__path", "pk")
        .prefetch_related(Prefetch("seats", seats_with_people(on), to_attr="places"))
    )


def number_of_proposed() -> int:
    """How many persons have a place in a proposed team; each counts once."""
    return ProposedSeat.objects.order_by().values("person").distinct().count()


def seats_with_people(on: date) -> QuerySet[ProposedSeat]:
    return (
        ProposedSeat.objects.select_related("person")
        .order_by("-is_leader", "person__sorting", "pk")
        .prefetch_related(
            Prefetch(
                "person__employments",
                current_employments(on).order_by("person", "key"),
                to_attr="employments_now",
            )
        )
    )


def managers_without_a_place(on: date) -> QuerySet[Person]:
    """The managers of that day who sit in no team and in no proposed one."""
    managers = current_employments(on).filter(role=StaffRole.MANAGER)
    seats = TeamSeat.objects.filter(valid_on(on), person__isnull=False)
    return (
        Person.objects.filter(pk__in=managers.values("person"), left_on__isnull=True)
        .exclude(Q(pk__in=seats.values("person")) | Q(proposed_seats__isnull=False))
        .order_by("sorting", "pk")
        .prefetch_related(
            Prefetch(
                "employments",
                current_employments(on).order_by("person", "key"),
                to_attr="employments_now",
            )
        )
    )
