"""Who meets whom: before, as planned, and at best."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from modig import planning
from modig.apps.programme.planning_bridge.figures import (
    most_uneven,
)
from modig.apps.programme.planning_bridge.values import Given, Grouping


@dataclass(frozen=True, slots=True)
class Contact:
    """Pairs of people of two departments: all, met already, who meet by the plan, at most."""

    a: str
    b: str
    pairs: int
    before: int
    planned: int
    most: int

    def share(self, what: str) -> float:
        """How many of all pairs, for ``before``, ``planned`` or ``most``."""
        return int(getattr(self, what)) / self.pairs if self.pairs else 0.0


@dataclass(frozen=True, slots=True)
class Contacts:
    """Every two departments, each with itself too; and all pairs across departments at once."""

    rows: tuple[Contact, ...]
    across: Contact


def contacts(given: Given, groups: Grouping, earlier: Iterable[Sequence[str]]) -> Contacts:
    """Who meets whom: before (same team, unit or earlier group), by the plan, and at most.

    ``earlier`` are employee numbers by earlier group.
    """
    kinds = {person["id"]: str(person["department"]) for person in given["people"]}
    every = planning.pairs_of_kinds(kinds)
    met = planning.pairs_met(kinds, [*_circles(given), *earlier])
    meet = planning.pairs_together(kinds, groups)
    count, high = Counter(kinds.values()), given["size"][1]
    rows = tuple(
        Contact(a, b, n, met[a, b], meet[a, b], _most(a, b, count, high))
        for (a, b), n in sorted(every.items())
    )
    different = [row for row in rows if row.a != row.b]
    most = planning.most_across(count.values(), most_uneven(given, groups)) if rows else 0
    pairs = sum(row.pairs for row in different)
    before = sum(row.before for row in different)
    planned = sum(row.planned for row in different)
    return Contacts(rows, Contact("", "", pairs, before, planned, min(most, pairs)))


def _circles(given: Given) -> list[list[str]]:
    """Everybody by team and by unit."""
    circles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for person in given["people"]:
        circles["unit", person["unit"]].append(person["id"])
        if person["team"]:
            circles["team", person["team"]].append(person["id"])
    return list(circles.values())


def _most(a: str, b: str, count: Mapping[str, int], high: int) -> int:
    if a == b:
        return planning.most_together_within(count[a], high)
    return planning.most_together(count[a], count[b], high)
