"""Proofs that no plan exists. What is not proven here is only "not found", never "impossible".

Every proof is plain arithmetic that a reader can follow; its sentence says the numbers and, where
arithmetic knows it, the smallest change that would take the obstacle away.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from math import floor

from modig.planning.problem import (
    GAP_TOLERANCE_WEEKS,
    CompositionProblem,
    Quota,
    ScheduleProblem,
    TeamKey,
    Unit,
)
from modig.planning.result import Reason, so_many

EXHAUSTIVE_ITEMS = 40
EXHAUSTIVE_STEPS = 100_000
LONGEST_WEEKS = 1_000
Pair = tuple[str, str]

# ---- composition ---------------------------------------------------------------------------------


def composition_is_impossible(problem: CompositionProblem) -> tuple[Reason, ...]:
    """Every obstacle that simple arithmetic proves; empty when it proves none."""
    teams = problem.teams()
    size = {key: len(members) for key, members in teams.items()}
    found = [*_contradicting_locks(problem), *_sizes(problem, size)]
    if not found:
        found += _sums(problem, size)
        found += _caps(problem)
        found += _quotas(problem)
        found += _clique(problem)
        found += _locked_groups(problem, size)
    return tuple(found)


def _contradicting_locks(problem: CompositionProblem) -> Iterator[Reason]:
    where: dict[TeamKey, str] = {}
    for key, group in problem.locked_keys():
        if where.setdefault(key, group) != group:
            yield Reason(
                "lock_contradicts",
                f"{key[1]} is locked both to group {where[key]} and to group {group}",
                {"team": key[1]},
            )
    for first, second in problem.keep_apart_keys():
        if first in where and where[first] == where.get(second):
            yield Reason(
                "lock_breaks_keep_apart",
                f"{first[1]} and {second[1]} must be kept apart but are both locked to group"
                f" {where[first]}",
                {"team_a": first[1], "team_b": second[1], "group": where[first]},
            )


def _sizes(problem: CompositionProblem, size: Mapping[TeamKey, int]) -> Iterator[Reason]:
    n, groups, low, high = len(problem.people), problem.groups, problem.low, problem.high
    for key, people in size.items():
        if people > high:
            yield Reason(
                "team_too_large",
                f"team {key[1]} has {people} people, but a group has at most {high}:"
                f" allow groups of {people}, or divide the team",
                {"team": key[1], "people": people, "high": high},
            )
    if n > groups * high:
        yield Reason(
            "too_many_people",
            f"{so_many(n, 'person')} do not fit into {so_many(groups, 'group')} of at most {high} ="
            f" {groups * high}: {so_many(-(-n // high), 'group')} or sizes up to {-(-n // groups)} are"
            " needed",
            {"people": n, "places": groups * high, "groups_needed": -(-n // high)},
        )
    if n < groups * max(1, low):
        yield Reason(
            "too_few_people",
            f"{so_many(n, 'person')} cannot fill {so_many(groups, 'group')} of at least {max(1, low)} ="
            f" {groups * max(1, low)}: at most {so_many(n // max(1, low), 'group')}, or sizes from"
            f" {n // groups}",
            {"people": n, "wanted": groups * max(1, low), "groups_at_most": n // max(1, low)},
        )
    if len(size) < groups:
        yield Reason(
            "too_few_teams",
            f"{so_many(len(size), 'whole team')} cannot fill {so_many(groups, 'group')}",
            {"teams": len(size), "groups": groups},
        )


def _sums(problem: CompositionProblem, size: Mapping[TeamKey, int]) -> Iterator[Reason]:
    """Sizes that whole teams cannot add up to."""
    groups, low, high = problem.groups, max(1, problem.low), problem.high
    for people, teams in sorted(_by_size(size).items()):
        others = Counter(size.values())
        others[people] -= 1
        if not _reaches(others.elements(), low - people, high - people):
            bounds = f"{low}-{high}" if low < high else f"{low}"
            yield Reason(
                "sizes_do_not_add_up",
                f"team {teams[0][1]} of {people} is in no set of whole teams that makes a group of"
                f" {bounds}",
                {"team": teams[0][1], "people": people, "low": low, "high": high},
            )
            return
    needed = groups_needed(list(size.values()), high)
    if needed > groups:
        yield Reason(
            "too_few_groups",
            f"whole teams of these sizes need at least {needed} groups of at most {high}, not"
            f" {groups}",
            {"groups_needed": needed, "groups": groups},
        )


def _by_size(size: Mapping[TeamKey, int]) -> dict[int, list[TeamKey]]:
    found: dict[int, list[TeamKey]] = defaultdict(list)
    for key, people in size.items():
        found[people].append(key)
    return found


def _reaches(sizes: Iterable[int], low: int, high: int) -> bool:
    """Whether some of the sizes add up to a number from low to high."""
    within = (1 << (high + 1)) - 1
    sums = 1
    for people in sizes:
        sums |= (sums << people) & within
    return sums >> max(0, low) != 0


def groups_needed(sizes: Sequence[int], high: int) -> int:
    """A lower bound on the groups that whole teams of these sizes need (Martello and Toth's L2)."""
    most = -(-sum(sizes) // high)
    for small in sorted({s for s in sizes if 2 * s <= high} | {0}):
        alone = sum(s > high - small for s in sizes)
        large = [s for s in sizes if high < 2 * s <= 2 * (high - small)]
        rest = sum(s for s in sizes if small <= s and 2 * s <= high)
        spare = len(large) * high - sum(large)
        most = max(most, alone + len(large) + max(0, -(-(rest - spare) // high)))
    return most


def _caps(problem: CompositionProblem) -> Iterator[Reason]:
    """Units with more people than all groups together may hold of them."""
    of_team: dict[Unit, Counter[TeamKey]] = defaultdict(Counter)
    for person in problem.people:
        of_team[person.unit][person.team_key] += 1
    for unit, teams in of_team.items():
        if unit not in problem.caps:
            continue
        cap, n, name = problem.caps[unit].cap, teams.total(), "/".join(unit)
        if n > problem.groups * cap:
            yield Reason(
                "cap_cannot_hold",
                f"unit {name} sends {n} people, but {problem.groups} groups of at most {cap} of it"
                f" hold {problem.groups * cap}: {-(-n // cap)} groups are needed",
                {"unit": name, "people": n, "cap": cap, "groups_needed": -(-n // cap)},
            )
            continue
        alone = sum(2 * people > cap for people in teams.values())
        if alone > problem.groups or max(teams.values()) > cap:
            yield Reason(
                "cap_keeps_teams_apart",
                f"no two of {alone} teams fit together under unit {name}'s cap of {cap}, but there"
                f" are only {so_many(problem.groups, 'group')}",
                {"unit": name, "teams": alone, "cap": cap, "groups": problem.groups},
            )


def _quotas(problem: CompositionProblem) -> Iterator[Reason]:
    """Values that too few or too many people have for what every group must or may have of them."""
    groups = problem.groups
    of_team: dict[Pair, Counter[TeamKey]] = defaultdict(Counter)
    for attribute in dict.fromkeys(quota.attribute for quota in problem.quotas):
        for person in problem.people:
            of_team[attribute, person.attributes[attribute]][person.team_key] += 1
    for quota, value in problem.quota_values():
        teams = of_team[quota.attribute, value]
        n, kind = teams.total(), f"{quota.attribute} {value}"
        if reason := _too_few(quota, kind, n, groups):
            yield reason
        team, largest = teams.most_common(1)[0]
        if quota.most is not None and n > groups * quota.most:
            yield Reason(
                "quota_has_too_many",
                f"{n} people have {kind}, but {groups} groups with at most {quota.most} of them"
                f" hold {groups * quota.most}: at most {-(-n // groups)} in a group would be needed",
                {"kind": kind, "people": n, "most": quota.most, "most_needed": -(-n // groups)},
            )
        elif reason := _share_too_low(quota, kind, n, problem):
            yield reason
        elif largest > quota.most_in(problem.high):
            yield _too_low_for_team(quota, kind, largest, team, problem.high)


def _share_too_low(quota: Quota, kind: str, n: int, problem: CompositionProblem) -> Reason | None:
    """A share of a group that cannot hold a value's people; the answer is a share too."""
    if quota.most_share is None:
        return None
    groups, high, everybody = problem.groups, problem.high, len(problem.people)
    each = floor(quota.most_share * high)
    if n <= quota.most_share * everybody and n <= groups * each:
        return None
    percent = f"{float(100 * quota.most_share):g}"
    needed = max(-(-100 * n // everybody), -(-100 * -(-n // groups) // high))
    if n > quota.most_share * everybody:
        why = f"{n} of all {everybody} people have {kind}, more than the {percent} % that a group may have"
    else:
        why = (
            f"{n} people have {kind}, but {groups} groups of at most {high} with at most {percent} %"
            f" of them hold {groups * each}"
        )
    return Reason(
        "quota_share_too_low",
        f"{why}: {needed} % would be needed",
        {"kind": kind, "people": n, "percent": percent, "percent_needed": needed},
    )


def _too_low_for_team(quota: Quota, kind: str, people: int, team: TeamKey, high: int) -> Reason:
    """A team that alone has more of a value than a group may, in numbers or in shares as asked."""
    told: dict[str, int | str] = {"team": team[1], "kind": kind, "people": people}
    if quota.most is not None and people > quota.most:
        return Reason(
            "quota_too_low_for_team",
            f"team {team[1]} has {people} people with {kind}, but a group may have at most"
            f" {quota.most}: {people} would be needed",
            {**told, "most": quota.most},
        )
    percent, needed = f"{float(100 * (quota.most_share or 0)):g}", -(-100 * people // high)
    return Reason(
        "quota_share_too_low_for_team",
        f"team {team[1]} has {people} people with {kind}, more than {percent} % of a group of"
        f" {high}: {needed} % would be needed",
        {**told, "percent": percent, "percent_needed": needed},
    )


def _too_few(quota: Quota, kind: str, n: int, groups: int) -> Reason | None:
    """People of a value that every group, or with "or none" a single one, needs more of."""
    of_groups = 1 if quota.or_none else groups
    needed, possible = quota.least * of_groups, n // of_groups
    if n >= needed:
        return None
    where = "a group" if quota.or_none else f"each of {groups} groups"
    least = f"at least {possible}" if possible else "no such quota"
    return Reason(
        "quota_has_too_few" if possible else "quota_has_fewer_than_groups",
        f"{n} people have {kind}, but at least {quota.least} in {where} take {needed}:"
        f" {needed - n} more people, or {least}, would be needed",
        {"kind": kind, "people": n, "people_needed": needed, "least_possible": possible},
    )


def _clique(problem: CompositionProblem) -> Iterator[Reason]:
    """Teams that all must be kept apart from one another, more than there are groups."""
    others: dict[TeamKey, set[TeamKey]] = defaultdict(set)
    for first, second in problem.keep_apart_keys():
        others[first].add(second)
        others[second].add(first)
    order = sorted(others, key=lambda key: (-len(others[key]), key))
    for start in order:
        clique, candidates = [start], others[start]
        while candidates:
            best = max(candidates, key=lambda key: (len(others[key] & candidates), key))
            clique.append(best)
            candidates = candidates & others[best]
        if len(clique) > problem.groups:
            yield Reason(
                "too_many_to_keep_apart",
                f"{len(clique)} teams must all be kept apart from one another, but there are only"
                f" {so_many(problem.groups, 'group')}: {', '.join(sorted(key[1] for key in clique))}",
                {"teams": len(clique), "groups": problem.groups},
            )
            return


def _locked_groups(problem: CompositionProblem, size: Mapping[TeamKey, int]) -> Iterator[Reason]:
    """Groups that the locks alone overfill, or that nothing can complete."""
    locked: dict[str, set[TeamKey]] = defaultdict(set)
    for key, group in problem.locked_keys():
        locked[group].add(key)
    taken = {key for keys in locked.values() for key in keys}
    free = [people for key, people in size.items() if key not in taken]
    teams = problem.teams()
    others = [name for name in problem.group_names if name not in locked] if locked else []
    for group in [*locked, *others[:1]]:
        keys = locked[group]
        people = sum(size[key] for key in keys)
        low, high = max(1, problem.low) - people, problem.high - people
        if high < 0 or not _reaches(free, low, high):
            yield Reason(
                "locks_do_not_add_up",
                f"{people} people are locked to group {group}, and no set of the other teams makes"
                f" that {problem.low}-{problem.high}",
                {"group": group, "people": people, "low": problem.low, "high": problem.high},
            )
        units = Counter(person.unit for key in keys for person in teams[key])
        for unit, n in units.items():
            if unit in problem.caps and n > problem.caps[unit].cap:
                yield Reason(
                    "locks_break_cap",
                    f"{n} people of unit {'/'.join(unit)} are locked to group {group}, its cap is"
                    f" {problem.caps[unit].cap}",
                    {"group": group, "unit": "/".join(unit), "people": n},
                )


class Exhaustion:
    """Tries every grouping of a small problem, largest teams first.

    ``answer`` is a grouping that keeps every rule, ``is_proof`` tells that there is none; neither,
    when the problem is too large to try everything.
    """

    def __init__(self, problem: CompositionProblem) -> None:
        self.problem = problem
        self.low, self.high = max(1, problem.low), problem.high
        teams = problem.teams()
        self.size = {key: len(members) for key, members in teams.items()}
        locked = dict(problem.locked_keys())
        self.where = dict(locked)
        self.order = sorted(teams, key=lambda key: (key not in locked, -self.size[key]))
        self.units = {
            key: Counter(p.unit for p in members if p.unit in problem.caps)
            for key, members in teams.items()
        }
        self.apart: dict[TeamKey, set[TeamKey]] = defaultdict(set)
        for first, second in problem.keep_apart_keys():
            self.apart[first].add(second)
            self.apart[second].add(first)
        self.asked = problem.quota_values()
        wanted = dict.fromkeys((quota.attribute, value) for quota, value in self.asked)
        self.values = {
            key: Counter((a, v) for a, v in wanted for p in members if p.attributes[a] == v)
            for key, members in teams.items()
        }
        self.of_value: dict[str, Counter[Pair]] = {name: Counter() for name in problem.group_names}
        self.unplaced = sum(self.values.values(), Counter[Pair]())
        self.held: dict[str, list[TeamKey]] = {name: [] for name in problem.group_names}
        self.people = dict.fromkeys(problem.group_names, 0)
        self.of_unit: dict[str, Counter[Unit]] = {name: Counter() for name in problem.group_names}
        self.steps_left = EXHAUSTIVE_STEPS
        is_small = len(self.order) <= EXHAUSTIVE_ITEMS
        found = is_small and self._place(0)
        self.answer = {key: g for g, keys in self.held.items() for key in keys} if found else None
        self.is_proof = is_small and not found and self.steps_left >= 0

    def _place(self, k: int) -> bool:
        self.steps_left -= 1
        missing = sum(max(0, self.low - people) for people in self.people.values())
        if missing > len(self.problem.people) - sum(self.people.values()):
            return False
        if not self._can_fill_quotas():
            return False
        if k == len(self.order):
            return self._keeps_quotas()
        key = self.order[k]
        for name in self._candidates(key):
            if self.steps_left < 0:
                return False
            self._put(key, name)
            if self._place(k + 1):
                return True
            self._take(key, name)
        return False

    def _can_fill_quotas(self) -> bool:
        """Whether enough people are left for what every group must have at least."""
        return all(
            sum(
                max(0, quota.least - count[quota.attribute, value])
                for count in self.of_value.values()
            )
            <= self.unplaced[quota.attribute, value]
            for quota, value in self.asked
            if not quota.or_none
        )

    def _keeps_quotas(self) -> bool:
        return all(
            quota.allows(self.of_value[name][quota.attribute, value], self.people[name])
            for quota, value in self.asked
            for name in self.held
        )

    def _candidates(self, key: TeamKey) -> list[str]:
        """Groups that may take the team; of several empty ones only the first."""
        if key in self.where:
            return [self.where[key]] if self._fits(key, self.where[key]) else []
        names = [name for name in self.held if self._fits(key, name)]
        empty = next((name for name in names if not self.held[name]), None)
        return [name for name in names if self.held[name] or name == empty]

    def _fits(self, key: TeamKey, name: str) -> bool:
        return (
            self.people[name] + self.size[key] <= self.high
            and not self.apart[key].intersection(self.held[name])
            and all(
                self.of_unit[name][unit] + n <= self.problem.caps[unit].cap
                for unit, n in self.units[key].items()
            )
            and all(
                self.of_value[name][quota.attribute, value]
                + self.values[key][quota.attribute, value]
                <= quota.most_in(self.high)
                for quota, value in self.asked
            )
        )

    def _put(self, key: TeamKey, name: str) -> None:
        self.held[name].append(key)
        self.people[name] += self.size[key]
        self.of_unit[name] += self.units[key]
        self.of_value[name] += self.values[key]
        self.unplaced -= self.values[key]

    def _take(self, key: TeamKey, name: str) -> None:
        self.held[name].remove(key)
        self.people[name] -= self.size[key]
        self.of_unit[name] -= self.units[key]
        self.of_value[name] -= self.values[key]
        self.unplaced += self.values[key]

    def reason(self) -> Reason:
        return Reason(
            "all_tried",
            f"every way of putting the {len(self.order)} teams into {self.problem.groups} groups"
            " was tried: each breaks a size, a keep-apart, a lock, a cap or a quota",
            {"teams": len(self.order), "groups": self.problem.groups},
        )


# ---- schedule ------------------------------------------------------------------------------------


def schedule_is_impossible(problem: ScheduleProblem) -> tuple[Reason, ...]:
    """Every obstacle that simple arithmetic proves; empty when it proves none."""
    days = problem.working_days()
    found = [*_room_days(problem, days), *_seat_days(problem, days)]
    found += _unit_days(problem, len(days))
    found += _chains(problem, days)
    found += _crowded_locks(problem, days)
    return tuple(found)


def _room_days(problem: ScheduleProblem, days: Sequence[date]) -> Iterator[Reason]:
    rooms, leaders = len(problem.venues), len(problem.facilitators)
    wanted = len(problem.members) * sum(problem.length_of_block)
    of_rooms = rooms * len(days) - len(problem.venues_closed)
    of_leaders = leaders * len(days) - len(problem.facilitators_off)
    _, places, what = min((of_rooms, rooms, "rooms"), (of_leaders, leaders, "facilitators"))
    free = sum(problem.places_on(day) for day in days)
    if wanted <= free:
        return
    weeks = _smallest_horizon(problem, -(-wanted // places))
    more = -(-wanted // len(days)) if days else 0
    help_ = [f"at least {so_many(weeks, 'week')}"] if weeks else []
    help_ += [f"at least {so_many(more, what[:-1])}"] if more else []
    least = f": {' or '.join(help_)} would be needed" if help_ else ""
    if free == places * len(days):
        each = f"{so_many(places, what[:-1])} x at most {so_many(len(days), 'day')}"
        counted = f"{each} = {free} < {so_many(wanted, 'meeting day')}"
    else:
        counted = (
            f"rooms and facilitators that are free on the {so_many(len(days), 'day')} have room for"
            f" {free} < {so_many(wanted, 'meeting day')}"
        )
    yield Reason(
        "too_few_room_days" if what == "rooms" else "too_few_facilitator_days",
        counted + least,
        {
            "places": places,
            "days": len(days),
            "meeting_days": wanted,
            "weeks_needed": weeks or 0,
            f"{what}_needed": more,
        },
    )


def _seat_days(problem: ScheduleProblem, days: Sequence[date]) -> Iterator[Reason]:
    """Groups so large that too few venues have room for them."""
    length = sum(problem.length_of_block)
    sizes = Counter(len(members) for members in problem.members.values())
    wanted = 0
    for size in sorted(sizes, reverse=True):
        wanted += sizes[size] * length
        rooms = sum(problem.seats.get(venue, size) >= size for venue in problem.venues)
        free = sum(problem.venues_on(day, size) for day in days)
        if rooms < len(problem.venues) and wanted > free:
            yield Reason(
                "too_few_seats",
                f"{rooms} of the rooms have {size} seats: on the {len(days)} days that is room for"
                f" {free} < {wanted} meeting days of groups that are as large",
                {
                    "people": size,
                    "rooms": rooms,
                    "days": len(days),
                    "places": free,
                    "meeting_days": wanted,
                },
            )
            return


def _smallest_horizon(problem: ScheduleProblem, days: int) -> int | None:
    """Weeks from the start that hold so many working days; holidays beyond the end are unknown."""
    free = 0
    for k in range(7 * LONGEST_WEEKS):
        free += problem.closed_by(problem.start + timedelta(days=k)) is None
        if free >= days:
            return k // 7 + 1
    return None


def _unit_days(problem: ScheduleProblem, days: int) -> Iterator[Reason]:
    length = sum(problem.length_of_block)
    in_group: dict[Unit, Counter[str]] = defaultdict(Counter)
    for group, members in problem.members.items():
        for person in members:
            in_group[person.unit][group] += 1
    for unit, groups in in_group.items():
        if unit not in problem.caps:
            continue
        cap, name = problem.caps[unit].cap, "/".join(unit)
        if (most := max(groups.values())) > cap:
            group = groups.most_common(1)[0][0]
            yield Reason(
                "group_over_cap",
                f"group {group} has {most} people of unit {name}, whose cap is {cap}: no day can"
                " hold it",
                {"group": group, "unit": name, "people": most, "cap": cap},
            )
            continue
        alone = sum(2 * n > cap for n in groups.values())
        needed = max(-(-groups.total() * length // cap), alone * length)
        if needed > days:
            least = max(-(-groups.total() * length // days), most) if days else 0
            more = so_many(needed - days, "more day")
            or_cap = f", or a cap of at least {least}," if least else ""
            yield Reason(
                "too_few_unit_days",
                f"unit {name}, cap {cap}, needs {so_many(needed, 'day')} for its"
                f" {so_many(groups.total(), 'person')} in {so_many(len(groups), 'group')}, but there"
                f" {'is' if days == 1 else 'are'} {days}: {more}{or_cap} would be needed",
                {
                    "unit": name,
                    "cap": cap,
                    "days_needed": needed,
                    "days": days,
                    "cap_needed": least,
                },
            )


def teams_without_days(problem: ScheduleProblem) -> tuple[Reason, ...]:
    """Teams that cannot come to all blocks whatever group they are in; empty where nobody could.

    Who comes alone is a team of one. It does not matter how ``members`` are put into groups.
    """
    days = problem.working_days()
    if not _chain_exists(problem, days, set(), {}):
        return ()
    return tuple(_without_days(problem, days).values())


def _without_days(problem: ScheduleProblem, days: Sequence[date]) -> dict[TeamKey, Reason]:
    taken: dict[TeamKey, set[date]] = defaultdict(set)
    away = _away(problem)
    for members in problem.members.values():
        for person in members:
            if person.id in away:
                taken[person.team_key] |= away[person.id]
    has_days: dict[frozenset[date], bool] = {}
    found = {}
    for key, off in taken.items():
        kind = frozenset(off)
        if kind not in has_days:
            has_days[kind] = _chain_exists(problem, days, off, {})
        if not has_days[kind]:
            free = len(set(days) - off)
            found[key] = Reason(
                "team_has_no_days",
                f"{'team ' if key[0] == 'team' else ''}{key[1]} can come on {free} of the"
                f" {len(days)} days, and these do not hold {problem.blocks} blocks with gaps of"
                f" {problem.gap[0]}-{problem.gap[1]} weeks, whatever its group",
                {"team": key[1], "blocks": problem.blocks, "days": len(days), "free": free},
            )
    return found


def _away(problem: ScheduleProblem) -> dict[str, set[date]]:
    away: dict[str, set[date]] = defaultdict(set)
    for person, day in problem.unavailable:
        away[person].add(day)
    return away


def _chains(problem: ScheduleProblem, days: Sequence[date]) -> Iterator[Reason]:
    """Teams, then groups, whose blocks cannot follow one another at the wanted gaps."""
    if not _chain_exists(problem, days, set(), {}):
        low = problem.gap[0]
        yield Reason(
            "horizon_too_short",
            f"the {so_many(len(days), 'working day')} of {so_many(problem.weeks, 'week')} have no"
            f" room for {so_many(problem.blocks, 'block')} with gaps of {low}-{problem.gap[1]} weeks",
            {"blocks": problem.blocks, "weeks": problem.weeks, "days": len(days)},
        )
        return
    stuck = _without_days(problem, days)
    yield from stuck.values()
    away = _away(problem)
    for group, members in problem.members.items():
        absent = [person for person in members if person.id in away]
        taken = set[date]().union(*(away[person.id] for person in absent))
        locks = {block: day for (name, block), day in problem.locks.items() if name == group}
        teams = dict.fromkeys(person.team_key for person in absent)
        if teams.keys() & stuck.keys():
            continue
        if (taken or locks) and not _chain_exists(problem, days, taken, locks):
            yield Reason(
                "group_has_no_days",
                f"the blocks of group {group} cannot follow one another at the wanted gaps on the"
                " days that its members' unavailable days and its locks leave",
                {
                    "group": group,
                    "unavailable_days": len(taken),
                    "locks": len(locks),
                    "absent": ", ".join(key[1] for key in teams),
                },
            )


def _chain_exists(
    problem: ScheduleProblem,
    days: Sequence[date],
    taken: set[date],
    locks: Mapping[int, date],
) -> bool:
    before: list[int] | None = None
    for block, length in enumerate(problem.length_of_block, 1):
        free = [
            d
            for d in range(len(days) - length + 1)
            if (block not in locks or locks[block] == days[d])
            and not (taken and taken.intersection(days[d : d + length]))
        ]
        if before is not None:
            earlier = problem.length_of_block[block - 2]
            free = _after(problem, days, before, free, earlier)
        if not free:
            return False
        before = free
    return True


def _after(
    problem: ScheduleProblem,
    days: Sequence[date],
    before: Sequence[int],
    free: Sequence[int],
    length: int,
) -> list[int]:
    """Those of ``free`` that some day of ``before`` reaches at the wanted gap."""
    low, high = problem.gap_in_days(GAP_TOLERANCE_WEEKS)
    day = [d.toordinal() for d in days]
    reached = [0] * (len(days) + 1)
    for d in before:
        first = max(bisect_left(day, day[d] + low), d + length)
        end = bisect_right(day, day[d] + high)
        if first < end:
            reached[first] += 1
            reached[end] -= 1
    open_ = list(accumulate(reached))
    return [d for d in free if open_[d] > 0]


def _crowded_locks(problem: ScheduleProblem, days: Sequence[date]) -> Iterator[Reason]:
    """Days on which the locked meetings alone break a rule."""
    number = {day: d for d, day in enumerate(days)}
    on_day: dict[date, list[str]] = defaultdict(list)
    for (group, block), day in problem.locks.items():
        if day in number:
            start = number[day]
            for d in days[start : start + problem.length_of_block[block - 1]]:
                on_day[d].append(group)
    for day, groups in sorted(on_day.items()):
        places = problem.places_on(day)
        if len(groups) > places:
            yield Reason(
                "locks_need_rooms",
                f"{len(groups)} meetings are locked to {day}, but there is room for {places}",
                {"day": str(day), "meetings": len(groups), "places": places},
            )
        units = Counter(person.unit for group in groups for person in problem.members[group])
        for unit, n in units.items():
            if unit in problem.caps and n > problem.caps[unit].cap:
                yield Reason(
                    "locks_break_cap",
                    f"the meetings locked to {day} take {n} people from unit {'/'.join(unit)},"
                    f" whose cap is {problem.caps[unit].cap}",
                    {"day": str(day), "unit": "/".join(unit), "people": n},
                )
