"""Imports, what they would do, and what the rules make of titles."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from modig.apps.people import roles
from modig.apps.people.kept_files import kept_table
from modig.apps.people.models import (
    HrImport,
    ImportRow,
    ManagementTeam,
    Person,
    RoleRule,
    StaffRole,
    Unit,
)
from modig.apps.people.queries.persons import current_employments
from modig.apps.people.team_bridge import bundle_into_teams

SAMPLES = 3
EXAMPLES = 5
SMALLEST_TEAM, LARGEST_TEAM = 6, 12


def find_import(import_id: int) -> HrImport:
    return get_object_or_404(HrImport.objects.select_related("job", "by"), pk=import_id)


def find_rule(rule_id: int) -> RoleRule:
    return get_object_or_404(RoleRule, pk=rule_id)


def imports() -> QuerySet[HrImport]:
    """Every import, newest first, without what only undoing needs."""
    return HrImport.objects.select_related("by", "job").defer("undo", "header", "mapping")


def rows_of(hr_import: HrImport, kind: str = "") -> QuerySet[ImportRow]:
    """What the rows of a file lead to, in the order of the file; of one kind, or all."""
    rows = ImportRow.objects.filter(hr_import=hr_import)
    return rows.filter(kind=kind) if kind else rows


def samples(hr_import: HrImport) -> dict[str, list[str]]:
    """The first different values of each column, so that the user recognises it."""
    table = kept_table(hr_import)
    found: dict[str, list[str]] = {}
    for name in table.header:
        values: list[str] = []
        for value in table.column(name):
            if value and value not in values:
                values.append(value)
            if len(values) == SAMPLES:
                break
        found[name] = values
    return found


def latest_applied() -> HrImport | None:
    """The one import that can be undone."""
    applied = HrImport.objects.filter(state=HrImport.State.APPLIED)
    return applied.order_by("-applied_at", "-pk").first()


# ---- titles and roles ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Matches:
    """How many people a rule is about, and some of their titles."""

    people: int
    titles: list[tuple[str, int]]


def titles(on: date) -> Counter[str]:
    """How many employments there are of each title."""
    rows = current_employments(on).order_by().values_list("title").annotate(n=Count("pk"))
    return Counter(dict(rows))


def matches(rule: RoleRule, known: Counter[str]) -> Matches:
    """Whom the rule is about, whatever other rules say."""
    found = [(title, n) for title, n in known.most_common() if roles.fits(rule, title)]
    return Matches(sum(n for _, n in found), found[:EXAMPLES])


# ---- teams -----------------------------------------------------------------------------------


@dataclass(slots=True)
class TeamProposal:
    """A team that could be: who leads it, who sits in it, and which units they come from."""

    code: str
    name: str
    unit: Unit | None
    leader: Person | None
    people: list[Person] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    is_small: bool = False


def team_proposals(on: date) -> list[TeamProposal]:
    """Teams out of the managers of that day who sit in none.

    Where the file names leaders: a head and the managers directly under. Where it does not: the
    managers of each top unit bundled by unit into teams of 6 to 12.
    """
    seated = ManagementTeam.objects.filter(to_on__isnull=True, seats__to_on__isnull=True)
    taken = set(seated.values_list("seats__person_id", flat=True))
    employments = [
        one
        for one in current_employments(on).filter(role=StaffRole.MANAGER).select_related("manager")
        if one.person_id not in taken
    ]
    if any(one.manager_id for one in employments):
        return _by_leader(employments)
    return _by_unit(employments)


def _by_leader(employments: list[Any]) -> list[TeamProposal]:
    managers = {one.person_id: one for one in employments}
    under: dict[int, list[Any]] = defaultdict(list)
    for one in managers.values():
        if one.manager_id in managers:
            under[one.manager_id].append(one)
    return [
        TeamProposal(
            code=f"L-{managers[leader].person.number}",
            name=managers[leader].unit.name,
            unit=managers[leader].unit,
            leader=managers[leader].person,
            people=[managers[leader].person, *(one.person for one in members)],
            units=sorted({one.unit.name for one in members}),
            is_small=len(members) + 1 < SMALLEST_TEAM,
        )
        for leader, members in under.items()
    ]


def _by_unit(employments: list[Any]) -> list[TeamProposal]:
    persons = {one.person.number: one.person for one in employments}
    units = {one.unit.code: one.unit for one in employments}
    by_unit: dict[tuple[str, str], list[str]] = defaultdict(list)
    tops = {}
    seen: set[str] = set()
    for one in sorted(employments, key=lambda one: (one.person.number, one.pk)):
        if one.person.number not in seen:
            seen.add(one.person.number)
            top = one.unit.top or one.unit
            tops[top.code] = top
            by_unit[top.code, one.unit.code].append(one.person.number)
    proposals = []
    numbers: Counter[str] = Counter()
    for team in bundle_into_teams(by_unit, low=SMALLEST_TEAM, high=LARGEST_TEAM):
        numbers[team.top] += 1
        top = tops[team.top]
        proposals.append(
            TeamProposal(
                code=f"{team.top}-{numbers[team.top]}",
                name=f"{top.name} {numbers[team.top]}",
                unit=top,
                leader=None,
                people=[persons[number] for number in team.people],
                units=[units[code].name for code in team.units],
                is_small=team.is_small,
            )
        )
    return proposals
