"""What a change by hand costs, why a team is where it is, and where else it could be."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from modig import planning
from modig.apps.programme.planning_bridge.figures import (
    figures_of,
)
from modig.apps.programme.planning_bridge.problems import (
    composition_problem,
    key_of,
    meetings_of,
    rows_of,
    schedule_problem,
)
from modig.apps.programme.planning_bridge.values import Figures, Given, Grouping
from modig.apps.programme.queries.plans import NO_LOCKS, MeetingRow


@dataclass(frozen=True, slots=True)
class Price:
    """What a change would make of a plan: the checker's figures before and after it."""

    before: Figures
    after: Figures

    @property
    def value(self) -> float:
        return float(self.after["value"] - self.before["value"])

    @property
    def excess(self) -> dict[str, int]:
        """Pairs of the same kind more, or fewer, by attribute; only where something changes."""
        before = self.before["excess"]
        change = {name: n - before.get(name, 0) for name, n in self.after["excess"].items()}
        return {name: n for name, n in change.items() if n}

    @property
    def broken(self) -> dict[str, int]:
        """Rules that would be broken more often, or less."""
        before: Counter[str] = Counter(self.before["violations"])
        after: Counter[str] = Counter(self.after["violations"])
        rules = dict.fromkeys([*before, *after])
        return {rule: after[rule] - before[rule] for rule in rules if after[rule] != before[rule]}

    @property
    def crowded(self) -> list[dict[str, int | str]]:
        """Groups that would no longer have a seat for everybody."""
        return [one for one in self.after["crowded"] if one not in self.before.get("crowded", ())]

    @property
    def keeps_caps(self) -> bool:
        return self.broken.get("unit_over_cap", 0) <= 0


@dataclass(frozen=True, slots=True)
class TeamMovePrice(Price):
    """The price of another group for a team, or a lone person; with the new sizes of both groups."""

    groups: Grouping
    sizes: Mapping[str, int]


def price_of_team_move(  # noqa: PLR0913 -- the plan by place, the move by name
    given: Given,
    groups: Grouping,
    meetings: Sequence[MeetingRow],
    *,
    before: Figures,
    key: tuple[str, str],
    to: str,
) -> TeamMovePrice:
    people = {person["id"] for person in given["people"] if key_of(person) == key}
    moved = {**groups, **dict.fromkeys(people, to)}
    touched = [*dict.fromkeys(groups[person] for person in people), to]
    count = Counter(moved.values())
    return TeamMovePrice(
        before,
        figures_of(given, moved, meetings),
        moved,
        {name: count[name] for name in touched},
    )


@dataclass(frozen=True, slots=True)
class MeetingMovePrice(Price):
    """The price of another day, venue or facilitator; ``row`` is the meeting after it."""

    row: MeetingRow


def price_of_meeting_move(  # noqa: PLR0913 -- the plan by place, the move by name
    given: Given,
    groups: Grouping,
    meetings: Sequence[MeetingRow],
    *,
    before: Figures,
    of: tuple[str, int],
    to: date,
    venues: Sequence[str],
    facilitators: Sequence[str],
) -> MeetingMovePrice:
    """A meeting keeps its venue and facilitator if these are among the given ones and free."""
    names = tuple(dict.fromkeys(groups.values()))
    problem = schedule_problem(given, groups, NO_LOCKS, names)
    problem = replace(
        problem,
        venues=_those_of(problem.venues, venues),
        facilitators=_those_of(problem.facilitators, facilitators),
    )
    (old,) = (row for row in meetings if (row.group, row.block) == of)
    own = replace(
        old,
        venue=old.venue if old.venue in venues else problem.venues[0],
        facilitator=old.facilitator if old.facilitator in facilitators else problem.facilitators[0],
    )
    others = [row for row in meetings if row is not old]
    cost = planning.cost_of_meeting_move(problem, meetings_of([*others, own]), *of, to)
    (row,) = rows_of([cost.meeting])
    return MeetingMovePrice(before, figures_of(given, groups, [*others, row]), row)


def _those_of(names: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The names that are wanted, in the order of the plan; all wanted where none is of the plan."""
    return tuple(name for name in names if name in wanted) or tuple(wanted)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another group: the change of value there, and the rules that it would break."""

    group: str
    value: float
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why somebody is where she is: kinds that she meets again there, and the other groups."""

    group: str
    same: Mapping[str, int]
    others: int
    elsewhere: tuple[Elsewhere, ...]


def why(given: Given, groups: Grouping, *, key: tuple[str, str]) -> Why:
    names = tuple(dict.fromkeys(groups.values()))
    problem = composition_problem(given, len(names), NO_LOCKS, names)
    found = planning.why_here(problem, groups, key)
    sizes = Counter(groups.values())
    own = len(problem.teams()[key])
    return Why(
        found.group,
        dict(found.same),
        own * (sizes[found.group] - own),
        tuple(Elsewhere(a.group, a.value, a.broken) for a in found.alternatives),
    )


def placements(
    given: Given, groups: Grouping, *, keys: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], planning.Placement]:
    """Where these teams and lone persons stand, and what their next best places would cost.

    Departments are counted also where the rules do not weigh them.
    """
    given = {**given, "weights": {"department": 0.0, **given["weights"]}}
    names = tuple(dict.fromkeys(groups.values()))
    problem = composition_problem(given, len(names), NO_LOCKS, names)
    return planning.placements(problem, groups, keys)
