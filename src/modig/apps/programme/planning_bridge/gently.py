"""Planning again after people have come and gone."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from modig import planning
from modig.apps.programme.planning_bridge.figures import (
    caps_of,
    figures_of,
)
from modig.apps.programme.planning_bridge.making import (
    reasons_of,
)
from modig.apps.programme.planning_bridge.problems import (
    composition_problem,
    days_off_of,
    key_of,
    meetings_of,
    people_in,
    quotas_in,
    rows_of,
    schedule_problem,
)
from modig.apps.programme.planning_bridge.values import (
    Given,
    Grouping,
    HowFar,
    Limit,
    Made,
)
from modig.apps.programme.queries.plans import NO_LOCKS, Locks, MeetingRow
from modig.planning import Status

Key = tuple[str, str]
SHARE_FOR_MOVES = 0.6


@dataclass(frozen=True, slots=True)
class Moving:
    """A team or a lone person who gets another group, or a first one; ``why`` is a code."""

    key: Key
    before: str
    after: str
    why: str


def replan(  # noqa: PLR0913 -- the plan by place, the rest by name
    given: Given,
    groups: Grouping,
    meetings: Sequence[MeetingRow],
    *,
    locks: Locks,
    names: Sequence[str],
    seed: int,
    limit: Limit,
    today: date,
    tell: Callable[[HowFar], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Made, tuple[Moving, ...]]:
    """A plan for the people of now with as few moves as possible, and who moves and why.

    Meetings stay unless a rule would break; those before ``today`` stay whatever happens.
    """
    gently = _Gently(given, groups, meetings, locks, names, seed, limit, today, should_stop)
    if tell is not None:
        tell(HowFar(0.0, "groups", 0.0, 0))
    made = gently.regrouped()
    if not made.groups:
        return made, ()
    if tell is not None:
        tell(HowFar(SHARE_FOR_MOVES, "dates", 0.0, 0))
    rows = gently.redated(made.groups)
    figures = figures_of(given, made.groups, rows, locks)
    is_whole = not figures["violations"] and not figures["crowded"]
    status = Status.OK if is_whole else Status.NOT_FOUND
    made = replace(made, status=status, meetings=tuple(rows), figures=figures)
    return made, _moves(given, gently.home, made.groups)


@dataclass(frozen=True)
class _Gently:
    """Everything that a gentle search needs to know."""

    given: Given
    groups: Grouping
    meetings: Sequence[MeetingRow]
    locks: Locks
    names: Sequence[str]
    seed: int
    limit: Limit
    today: date
    should_stop: Callable[[], bool] | None

    @property
    def home(self) -> dict[Key, str]:
        return homes_of(self.given, self.groups)

    def regrouped(self) -> Made:
        names = tuple(self.names)
        problem = composition_problem(self.given, len(names), self.locks, names)
        known = {person.id for person in problem.people}
        found, _ = planning.replan_groups(
            problem,
            {person: group for person, group in self.groups.items() if person in known},
            seed=self.seed,
            **self.limit.part(SHARE_FOR_MOVES),
            should_stop=self.should_stop,
        )
        if not found.groups or found.violations:
            return Made(found.status, reasons_of(found.reasons), seed=self.seed)
        return Made(Status.OK, (), found.groups, names, seed=self.seed, steps=found.steps)

    def redated(self, groups: Grouping) -> list[MeetingRow]:
        """The meetings as they are if they keep every rule; else as few others as possible."""
        names = tuple(dict.fromkeys(groups.values()))
        rows = [row for row in self.meetings if row.group in names]
        figures = figures_of(self.given, groups, rows, self.locks)
        if not figures["violations"] and not figures["crowded"]:
            return rows
        past = {
            (row.group, row.block): min(row.dates) for row in rows if min(row.dates) < self.today
        }
        held = Locks({}, {}, {**past, **self.locks.days})
        answer = planning.replan_schedule(
            schedule_problem(self.given, groups, held, names),
            meetings_of(rows),
            seed=self.seed,
            **self.limit.part(1 - SHARE_FOR_MOVES),
            should_stop=self.should_stop,
        )
        return _with_old_places(self.given, groups, rows, rows_of(answer.meetings)) or rows


def homes_of(given: Given, groups: Grouping) -> dict[Key, str]:
    """The group so far of every team and lone person, by most of its people."""
    found: dict[Key, Counter[str]] = defaultdict(Counter)
    for person in given["people"]:
        if person["id"] in groups:
            found[key_of(person)][groups[person["id"]]] += 1
    return {key: count.most_common(1)[0][0] for key, count in found.items()}


def troubled_groups(given: Given, home: Mapping[Key, str]) -> dict[str, str]:
    """The groups that break a rule if everybody stays, with a code for the rule."""
    low, high = given["size"]
    sizes: Counter[str] = Counter()
    units: dict[str, Counter[str]] = defaultdict(Counter)
    for person in given["people"]:
        if group := home.get(key_of(person)):
            sizes[group] += 1
            units[group][person["unit"]] += 1
    caps = caps_of(given)
    held = _kinds_held(given, home)
    troubled = {
        group: "quota"
        for group, n in sizes.items()
        for quota, value in _asked_of(given)
        if not quota.allows(held[group][quota.attribute, value], n)
    }
    troubled |= {group: "too_large" for group, n in sizes.items() if n > high}
    troubled |= {group: "too_small" for group, n in sizes.items() if n < low}
    for group, count in units.items():
        if any(n > caps[unit].cap for unit, n in count.items()):
            troubled.setdefault(group, "unit_over_cap")
    for a, b in given["keep_apart"]:
        here = home.get(("team", a))
        if here is not None and here == home.get(("team", b)):
            troubled.setdefault(here, "keep_apart")
    return troubled


def _kinds_held(given: Given, home: Mapping[Key, str]) -> dict[str, Counter[tuple[str, str]]]:
    """How many of each kind sit in each group."""
    held: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for person in people_in(given):
        if group := home.get(person.team_key):
            held[group].update(person.attributes.items())
    return held


def _asked_of(given: Given) -> list[tuple[planning.Quota, str]]:
    """Every quota with each of the values that it counts."""
    people = given["people"]
    return [
        (quota, value)
        for quota in quotas_in(given)
        for value in dict.fromkeys(person[quota.attribute] for person in people)
        if quota.value in {None, value}
    ]


def _moves(given: Given, home: Mapping[Key, str], groups: Grouping) -> tuple[Moving, ...]:
    after = {key_of(person): groups[person["id"]] for person in given["people"]}
    troubled = troubled_groups(given, home)
    moves = []
    for key, group in after.items():
        before = home.get(key, "")
        if before != group:
            why = why_moved(troubled, before, group) if before else "new"
            moves.append(Moving(key, before, group, why))
    return tuple(moves)


def why_moved(troubled: Mapping[str, str], before: str, after: str) -> str:
    """What drives somebody away, else what calls for her; nobody leaves a group for being small."""
    if (drives := troubled.get(before, "too_small")) != "too_small":
        return drives
    return "too_small" if troubled.get(after) == "too_small" else "gives_room"


MOST_EXPLAINED = 200
"""Meetings whose reason is looked for: each takes a check of the whole calendar."""


def why_redated(
    given: Given, groups: Grouping, before: Sequence[MeetingRow], after: Sequence[MeetingRow]
) -> dict[tuple[str, int], tuple[str, ...]]:
    """The rules that each changed meeting would break were it alone to stay as it was.

    Empty where it would break none: then it gives room for others. ``venue_gone`` and
    ``facilitator_gone`` are those that can be had no more, ``new`` is a meeting that was not there.
    """
    was = {(row.group, row.block): row for row in before}
    names = tuple(dict.fromkeys(groups.values()))
    problem = schedule_problem(given, groups, NO_LOCKS, names)
    broken = Counter(planning.check_schedule(problem, meetings_of(after)).violations)
    venues = dict(given["venues"])
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    changed = [row for row in after if was.get((row.group, row.block)) != row]
    for row in changed[:MOST_EXPLAINED]:
        place = row.group, row.block
        old = was.get(place)
        if old is None:
            found[place] = ("new",)
            continue
        gone = [("venue_gone", old.venue in venues)]
        gone += [("facilitator_gone", old.facilitator in given["facilitators"])]
        rules = tuple(code for code, is_there in gone if not is_there)
        if not rules:
            rows = [old if other is row else other for other in after]
            then = Counter(planning.check_schedule(problem, meetings_of(rows)).violations)
            rules = tuple(then - broken)
        found[place] = rules
    return found


def _with_old_places(
    given: Given, groups: Grouping, old: Sequence[MeetingRow], new: Sequence[MeetingRow]
) -> list[MeetingRow]:
    """Meetings that keep their days keep venue and facilitator too, where nobody else has them."""
    seats: dict[str, int] = dict(given["venues"])
    sizes, off = Counter(groups.values()), set(days_off_of(given))
    was = {(row.group, row.block): row for row in old}
    kept: list[MeetingRow] = []
    for row in new:
        same = was.get((row.group, row.block))
        stays = (
            same is not None
            and same.dates == row.dates
            and seats.get(same.venue, 0) >= sizes[row.group]
            and same.facilitator in given["facilitators"]
            and not off
            & {(host, day) for host in (same.venue, same.facilitator) for day in same.dates}
        )
        kept.append(same if stays and same is not None else row)
    problem = schedule_problem(given, groups, NO_LOCKS, tuple(dict.fromkeys(groups.values())))
    broken = planning.check_schedule(problem, meetings_of(kept)).violations
    return list(new) if {"venue_clash", "facilitator_clash", "far_apart"} & broken.keys() else kept
