"""What the independent checker says of a plan, and how units stay staffed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from modig import planning
from modig.apps.programme.planning_bridge.problems import (
    caps_in,
    composition_problem,
    meetings_of,
    people_in,
    schedule_problem,
)
from modig.apps.programme.planning_bridge.values import Figures, Given, Grouping
from modig.apps.programme.queries.plans import NO_LOCKS, Locks, MeetingRow
from modig.planning.checker import SMALLEST_UNIT_FOR_SHARE


def figures_of(
    given: Given, groups: Grouping, meetings: Sequence[MeetingRow], locks: Locks = NO_LOCKS
) -> Figures:
    """What the independent checker says of a plan, as plain values to keep."""
    names = tuple(dict.fromkeys(groups.values()))
    problem = composition_problem(given, len(names), locks, names)
    found = planning.check_groups(problem, groups)
    figures: Figures = {
        "people": len(problem.people),
        "teams": sum(key[0] == "team" for key in problem.teams()),
        "groups": len(names),
        "value": found.value,
        "bound": found.bound,
        "share": found.share,
        "excess": dict(found.excess),
        "sizes": dict(found.sizes),
        "violations": dict(found.violations),
        "errors": list(found.errors),
        "raised_caps": [
            {"unit": cap.unit[0], "n": cap.n, "plain": cap.plain, "cap": cap.cap, "team": cap.team}
            for cap in found.raised_caps
        ],
        "meetings": len(meetings),
        "max_share_away": None,
        "crowded": _crowded(given, groups, meetings),
    }
    if meetings:
        asked = replace(schedule_problem(given, groups, locks, names), seats={})
        dates = planning.check_schedule(asked, meetings_of(meetings))
        figures["violations"] = dict(Counter(found.violations) + Counter(dates.violations))
        figures["errors"] += dates.errors
        figures["max_share_away"] = dates.max_share_away
        figures["days"] = dates.days
        figures["most_away"] = _most_away(groups, meetings)
        figures["shortest_gap"] = _shortest_gap(meetings)
    figures["departments"] = _departments_in_a_group(given, groups)
    return figures


def _most_away(groups: Grouping, meetings: Iterable[MeetingRow]) -> int:
    """How many people are away on the day that takes most."""
    sizes, away = Counter(groups.values()), Counter[date]()
    for meeting in meetings:
        for day in meeting.dates:
            away[day] += sizes[meeting.group]
    return max(away.values(), default=0)


def _shortest_gap(meetings: Iterable[MeetingRow]) -> float | None:
    """The fewest weeks between the first days of two blocks of a group."""
    first: dict[str, list[date]] = defaultdict(list)
    for meeting in meetings:
        first[meeting.group].append(min(meeting.dates))
    gaps = [(b - a).days for days in first.values() for a, b in pairwise(sorted(days))]
    return round(min(gaps) / 7, 1) if gaps else None


def _departments_in_a_group(given: Given, groups: Grouping) -> float | None:
    """From how many departments and companies a group's people come, on average."""
    there: dict[str, set[str]] = defaultdict(set)
    for person in given["people"]:
        if person["id"] in groups:
            there[groups[person["id"]]].add(person["department"])
    return round(sum(map(len, there.values())) / len(there), 2) if there else None


def _crowded(
    given: Given, groups: Grouping, meetings: Iterable[MeetingRow]
) -> list[dict[str, int | str]]:
    """Groups in a venue that seats fewer: the checker's files say nothing of seats."""
    seats: dict[str, int] = dict(given["venues"])
    sizes = Counter(groups.values())
    places = dict.fromkeys((meeting.group, meeting.venue) for meeting in meetings)
    return [
        {"group": group, "venue": venue, "people": sizes[group], "seats": seats[venue]}
        for group, venue in places
        if sizes[group] > seats.get(venue, sizes[group])
    ]


@dataclass(frozen=True, slots=True)
class CapOfUnit:
    """The most people of a unit who may be away on one day, out of ``n``."""

    n: int
    plain: int
    cap: int


def caps_of(given: Given) -> dict[str, CapOfUnit]:
    caps = caps_in(given, people_in(given))
    return {unit[0]: CapOfUnit(cap.n, cap.plain, cap.cap) for unit, cap in caps.items()}


def most_uneven(given: Given, groups: Grouping) -> list[int]:
    """The sizes that hold the most pairs; the plan's own where people do not fit the rules' sizes."""
    names = tuple(dict.fromkeys(groups.values()))
    problem = composition_problem(given, len(names), NO_LOCKS, names)
    return (
        problem.most_uneven_sizes() if problem.can_fill else list(Counter(groups.values()).values())
    )


@dataclass(frozen=True, slots=True)
class Staffing:
    """How many of a unit are away at most on one day of each week; weeks with nobody are absent."""

    unit: str
    n: int
    cap: int
    taking_part: int
    away: Mapping[tuple[int, int], int]

    @property
    def peak(self) -> int:
        return max(self.away.values(), default=0)

    @property
    def is_small(self) -> bool:
        """Whether it has so few employees that a share of them says little."""
        return self.n < SMALLEST_UNIT_FOR_SHARE

    @property
    def can_bind(self) -> bool:
        """Whether everybody away at once would be over the cap."""
        return self.taking_part > self.cap


def staffing(given: Given, groups: Grouping, meetings: Iterable[MeetingRow]) -> list[Staffing]:
    """Every unit that sends people; first those that the cap can bind, by share away."""
    per_group: dict[str, Counter[str]] = defaultdict(Counter)
    for person in given["people"]:
        if person["id"] in groups:
            per_group[groups[person["id"]]][person["unit"]] += 1
    per_day: dict[date, Counter[str]] = defaultdict(Counter)
    for meeting in meetings:
        for day in meeting.dates:
            per_day[day].update(per_group[meeting.group])
    away: dict[str, dict[tuple[int, int], int]] = defaultdict(dict)
    for day, counts in per_day.items():
        year, week, _ = day.isocalendar()
        for unit, n in counts.items():
            away[unit][year, week] = max(n, away[unit].get((year, week), 0))
    taking_part = Counter[str]()
    for counts in per_group.values():
        taking_part.update(counts)
    rows = [
        Staffing(unit, cap.n, cap.cap, taking_part[unit], away[unit])
        for unit, cap in caps_of(given).items()
    ]
    return sorted(rows, key=lambda row: (not row.can_bind, -row.peak / row.n, row.unit))
