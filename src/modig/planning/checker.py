"""An independent look at a plan: every figure anew from people and groups, in plain Python.

Nothing here uses the optimiser's counters, so a mistake there shows here.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from modig.planning.problem import (
    Cap,
    CompositionProblem,
    RaisedCap,
    ScheduleProblem,
    TeamKey,
    Unit,
    raised_caps,
)
from modig.planning.result import Meeting, so_many

SMALLEST_UNIT_FOR_SHARE = 20


@dataclass
class Findings:
    """Broken rules: how often each, and the first example."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, rule: str, example: str) -> None:
        self.counts[rule] += 1
        self.first.setdefault(rule, example)

    def sentences(self) -> tuple[str, ...]:
        return tuple(f"{rule}: {n}, first: {self.first[rule]}" for rule, n in self.counts.items())


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """What a grouping is worth and which rules it breaks.

    ``value`` = sum over attributes of weight x pairs of different teams that share a group and
    differ on the attribute. ``bound`` = the same if every kind were spread evenly over the groups
    (with teams at the most uneven sizes that hold the most pairs). ``excess`` = pairs of the same
    kind together beyond the proven minimum. All are None while somebody has no group.
    """

    value: float | None
    bound: float | None
    share: float | None
    excess: Mapping[str, int]
    sizes: Mapping[str, int]
    violations: Mapping[str, int]
    errors: tuple[str, ...]
    raised_caps: tuple[RaisedCap, ...]


@dataclass(frozen=True, slots=True)
class ScheduleFigures:
    """Which rules a schedule breaks, and the largest share of a unit away on one day."""

    meetings: int
    days: int
    max_share_away: float
    violations: Mapping[str, int]
    errors: tuple[str, ...]
    raised_caps: tuple[RaisedCap, ...]


# ---- groups --------------------------------------------------------------------------------------


def check_groups(problem: CompositionProblem, groups: Mapping[str, str]) -> GroupFigures:
    """Figures and broken rules of a grouping: group by person id."""
    found = Findings()
    missing = [person for person in problem.people if person.id not in groups]
    for person in missing:
        found.add("people_without_group", f"id {person.id}")
    placed = [person for person in problem.people if person.id in groups]
    sizes = Counter(groups[person.id] for person in placed)
    _check_sizes(problem, sizes, found)
    _check_teams(problem, groups, found)
    for (group, unit), n in Counter((groups[p.id], p.unit) for p in placed).items():
        if unit in problem.caps and n > problem.caps[unit].cap:
            found.add("unit_over_cap", f"group {group} has {n} of unit {_of(unit, problem.caps)}")
    _check_quotas(problem, groups, sizes, found)
    value, bound, excess = (None, None, {}) if missing else _figures(problem, groups, sizes)
    share = None if value is None or bound is None else value / bound if bound else 1.0
    table = {str(size): n for size, n in sorted(Counter(sizes.values()).items())}
    caps = raised_caps(problem.caps)
    return GroupFigures(
        value, bound, share, excess, table, dict(found.counts), found.sentences(), caps
    )


def _check_sizes(problem: CompositionProblem, sizes: Mapping[str, int], found: Findings) -> None:
    if len(sizes) != problem.groups:
        found.add("groups", f"{so_many(len(sizes), 'group')}, asked for {problem.groups}")
    for group, size in sizes.items():
        if not problem.low <= size <= problem.high:
            found.add("size", f"group {group} has {size}, allowed {problem.low}-{problem.high}")


def _check_teams(problem: CompositionProblem, groups: Mapping[str, str], found: Findings) -> None:
    where: dict[TeamKey, set[str]] = {
        key: {groups[person.id] for person in members if person.id in groups}
        for key, members in problem.teams().items()
    }
    for key, its_groups in where.items():
        if len(its_groups) > 1:
            found.add("team_split", f"{key[1]} is in groups {', '.join(sorted(its_groups))}")
    for first, second in problem.keep_apart_keys():
        if both := where[first] & where[second]:
            found.add("keep_apart", f"{first[1]} and {second[1]} are both in group {min(both)}")
    for key, group in problem.locked_keys():
        if where[key] - {group}:
            found.add("lock", f"{key[1]} is locked to group {group}")


def _check_quotas(
    problem: CompositionProblem,
    groups: Mapping[str, str],
    sizes: Mapping[str, int],
    found: Findings,
) -> None:
    """Every quota in every group: by whole numbers, so that 40 % of 20 is 8 and no less."""
    for quota in problem.quotas:
        attribute = quota.attribute
        values = dict.fromkeys(person.attributes[attribute] for person in problem.people)
        count = Counter(
            (groups[p.id], p.attributes[attribute]) for p in problem.people if p.id in groups
        )
        share = quota.most_share
        for value in values if quota.value is None else [quota.value]:
            for group, size in sizes.items():
                n = count[group, value]
                too_few = n < quota.least and (n > 0 or not quota.or_none)
                too_many = quota.most is not None and n > quota.most
                if share is not None and n * share.denominator > size * share.numerator:
                    too_many = True
                if too_few or too_many:
                    of = f"{n} of {size} people with {attribute} {value}"
                    found.add("quota", f"group {group} has {of}, asked for {quota}")


def _figures(
    problem: CompositionProblem, groups: Mapping[str, str], sizes: Mapping[str, int]
) -> tuple[float, float, dict[str, int]]:
    people = problem.people
    within = _pairs(Counter(person.team_key for person in people).values())
    together = most = _pairs(sizes.values()) - within
    low, high = problem.groups * problem.low, problem.groups * problem.high
    if problem.has_teams and low <= len(people) <= high:
        most = _pairs(_most_uneven_sizes(problem)) - within
    value = bound = 0.0
    excess = {}
    for attribute, weight in problem.weights.items():
        kinds = {person.id: person.attributes[attribute] for person in people}
        even = sum(_even_pairs(n, problem.groups) for n in Counter(kinds.values()).values())
        given = _same((person.team_key, kinds[person.id]) for person in people)
        same = _same((groups[person.id], kinds[person.id]) for person in people)
        value += weight * (together - (same - given))
        bound += weight * (most - max(0, even - given))
        excess[attribute] = same - max(even, given)
    return value, bound, excess


def _pairs(heaps: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in heaps)


def _same(places_and_kinds: Iterable[Hashable]) -> int:
    return _pairs(Counter(places_and_kinds).values())


def _even_pairs(n: int, groups: int) -> int:
    """Pairs that remain together when n people of a kind are spread evenly."""
    quotient, rest = divmod(n, groups)
    return groups * (quotient * (quotient - 1) // 2) + rest * quotient


def _most_uneven_sizes(problem: CompositionProblem) -> list[int]:
    spare = len(problem.people) - problem.groups * problem.low
    sizes = []
    for _ in range(problem.groups):
        extra = min(spare, problem.high - problem.low)
        sizes.append(problem.low + extra)
        spare -= extra
    return sizes


def _of(unit: Unit, caps: Mapping[Unit, Cap]) -> str:
    return f"{'/'.join(unit)}, cap {caps[unit].cap} of {caps[unit].n}"


# ---- schedule ------------------------------------------------------------------------------------


def check_schedule(problem: ScheduleProblem, meetings: Iterable[Meeting]) -> ScheduleFigures:
    """Broken rules of a schedule, counted as often as they are broken."""
    found = Findings()
    blocks: dict[str, dict[int, list[Meeting]]] = defaultdict(lambda: defaultdict(list))
    by_day: dict[date, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        blocks[meeting.group][meeting.block].append(meeting)
        for day in meeting.dates:
            by_day[day].append(meeting)
    for group in dict.fromkeys([*problem.members, *blocks]):
        _check_blocks(problem, group, blocks[group], found)
    _check_locked_days(problem, blocks, found)
    away_on: dict[date, set[str]] = defaultdict(set)
    for person, day in problem.unavailable:
        away_on[day].add(person)
    worst = 0.0
    for day, present in sorted(by_day.items()):
        _check_places(problem, day, present, found)
        _check_hosts(problem, day, present, by_day.get(day + timedelta(days=1), ()), found)
        worst = max(worst, _check_staffing(problem, day, present, away_on[day], found))
    leaders = {meeting.facilitator for day in by_day.values() for meeting in day}
    if len(leaders) > len(problem.facilitators):
        allowed = len(problem.facilitators)
        found.add("facilitators", f"{so_many(len(leaders), 'facilitator')}, allowed {allowed}")
    return ScheduleFigures(
        meetings=sum(map(len, blocks.values())),
        days=len(by_day),
        max_share_away=worst,
        violations=dict(found.counts),
        errors=found.sentences(),
        raised_caps=raised_caps(problem.caps),
    )


def _check_blocks(
    problem: ScheduleProblem,
    group: str,
    blocks: Mapping[int, Sequence[Meeting]],
    found: Findings,
) -> None:
    if group not in problem.members:
        found.add("unknown_group", group)
    for block in range(1, problem.blocks + 1):
        if block not in blocks:
            found.add("missing_block", f"group {group} block {block}")
    for block, meetings in sorted(blocks.items()):
        _check_block(problem, f"group {group} block {block}", block, meetings, found)
    firsts = sorted((block, _days(meetings)[0]) for block, meetings in blocks.items())
    for (first, early), (second, late) in pairwise(firsts):
        if second == first + 1 and not problem.keeps_gap(early, late):
            weeks = (late - early).days / 7
            found.add("gap", f"group {group} blocks {first} and {second}: {weeks:.1f} weeks")


def _check_block(
    problem: ScheduleProblem, name: str, block: int, meetings: Sequence[Meeting], found: Findings
) -> None:
    days = _days(meetings)
    if not 1 <= block <= problem.blocks:
        found.add("unknown_block", name)
    asked = problem.length_of_block[min(max(block, 1), problem.blocks) - 1]
    if len(days) != asked:
        found.add("block_length", f"{name} has {so_many(len(days), 'day')}, asked for {asked}")
    if not problem.follow(days):
        found.add("block_not_consecutive", f"{name}: {', '.join(map(str, days))}")
    if len({(meeting.venue, meeting.facilitator) for meeting in meetings}) > 1:
        found.add("block_changes_venue_or_facilitator", name)


def _days(meetings: Iterable[Meeting]) -> list[date]:
    return sorted(day for meeting in meetings for day in meeting.dates)


def _check_locked_days(
    problem: ScheduleProblem,
    blocks: Mapping[str, Mapping[int, Sequence[Meeting]]],
    found: Findings,
) -> None:
    for (group, block), day in problem.locks.items():
        if block in blocks[group] and _days(blocks[group][block])[0] != day:
            found.add("lock", f"group {group} block {block} is locked to {day}")


def _check_places(
    problem: ScheduleProblem, day: date, present: Sequence[Meeting], found: Findings
) -> None:
    """Is this a day to meet on, and is there a room and a facilitator for each meeting?"""
    if reason := problem.why_not(day):
        for meeting in present:
            found.add(reason, f"group {meeting.group} block {meeting.block}: {day}")
    if len(present) > len(problem.venues):
        found.add(
            "rooms",
            f"{day}: {so_many(len(present), 'meeting')}, {so_many(len(problem.venues), 'room')}",
        )
    for what in ("group", "venue", "facilitator"):
        for name, n in Counter(getattr(meeting, what) for meeting in present).items():
            if n > 1:
                found.add(f"{what}_clash", f"{name} {n} times on {day}")


def _check_hosts(
    problem: ScheduleProblem,
    day: date,
    present: Sequence[Meeting],
    next_day: Sequence[Meeting],
    found: Findings,
) -> None:
    """Is the venue open and large enough, and can its facilitator come, and get to the next one?"""
    for meeting in present:
        name = f"group {meeting.group} block {meeting.block}"
        if (meeting.venue, day) in problem.venues_closed:
            found.add("venue_closed", f"{name}: {meeting.venue} on {day}")
        if (meeting.facilitator, day) in problem.facilitators_off:
            found.add("facilitator_off", f"{name}: {meeting.facilitator} on {day}")
        members = len(problem.members.get(meeting.group, ()))
        if members > (seats := problem.seats.get(meeting.venue, members)):
            found.add("seats", f"{name}: {members} people, {meeting.venue} seats {seats}")
        for other in next_day:
            if other.facilitator == meeting.facilitator:
                ends = {problem.places.get(one.venue, "") for one in (meeting, other)}
                if frozenset(ends) in problem.far_apart:
                    way = " and ".join(sorted(ends))
                    found.add(
                        "far_apart", f"{meeting.facilitator} leads in {way} on {day} and after"
                    )


def _check_staffing(
    problem: ScheduleProblem,
    day: date,
    present: Sequence[Meeting],
    away: set[str],
    found: Findings,
) -> float:
    """Who cannot come, and which unit lends too many; gives the largest share of a unit away."""
    groups = dict.fromkeys(meeting.group for meeting in present)
    people = [person for group in groups for person in problem.members.get(group, ())]
    for person in people:
        if person.id in away:
            found.add("unavailable", f"id {person.id} on {day}")
    worst = 0.0
    counts = Counter(person.unit for person in people)
    for unit, n in counts.items():
        if unit not in problem.caps:
            continue
        cap = problem.caps[unit]
        if n > cap.cap:
            found.add("unit_over_cap", f"{day}: {n} away of unit {_of(unit, problem.caps)}")
        if cap.n >= SMALLEST_UNIT_FOR_SHARE:
            worst = max(worst, n / cap.n)
    return worst
