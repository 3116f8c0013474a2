"""A composition problem as arrays: teams become items with counts of each kind of person."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from modig.planning.bounds import fewest_pairs
from modig.planning.problem import CompositionProblem, Person, TeamKey

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
NO_CAP = 2**30
ROOM = 1.1
"""How many more people of a kind than there are the groups shall have places for."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Items (whole teams) and kinds (values of attributes, and units whose cap can bind).

    A group has at most ``cap`` of a kind and at least ``least``, or none where ``or_none`` says so.
    ``x_start[i]:x_start[i + 1]`` is item i's part of the lists ``x``.
    """

    keys: tuple[TeamKey, ...]
    item_size: Ints
    item_start: Ints
    item_kind: Ints
    item_count: Ints
    weight: Floats
    cap: Ints
    least: Ints
    or_none: NDArray[np.bool_]
    apart_start: Ints
    apart: Ints
    met_start: Ints
    met: Ints
    met_weight: Floats
    locked_to: Ints
    home: Ints
    stay: Floats
    low: int
    high: int
    size_reward: Floats
    floor: float
    value_at_zero: float
    alike: int
    history_ignored: int


def tables_of(problem: CompositionProblem, before: Mapping[str, str] | None = None) -> Tables:
    """The arrays of a problem. Contradicting locks must have been refused before.

    ``before`` says in which group a person was: whoever leaves it costs more than can be won by it.
    """
    teams = problem.teams()
    keys = tuple(teams)
    number = {key: i for i, key in enumerate(keys)}
    apart = _apart(problem, number)
    met, ignored = _met(problem, number)
    locked_to = np.full(len(keys), -1, np.int32)
    for key, group in problem.locked_keys():
        locked_to[number[key]] = problem.group_names.index(group)
    low, high = max(1, problem.low), problem.high
    even, rest = divmod(len(problem.people), problem.groups)
    is_even = before is None and not problem.has_teams and len(keys) == len(problem.people)
    if is_even and low <= even and even + (rest > 0) <= high:
        low, high = even, even + (rest > 0)  # without teams sizes differ by at most one
    low = _low_for_shares(problem, low)
    kinds = _Kinds(problem, low, high)
    lists = [kinds.of(members) for members in teams.values()]
    home, stay = _homes(problem, before or {}, number)
    return Tables(
        keys=keys,
        item_size=np.array([len(members) for members in teams.values()], np.int32),
        item_start=_starts(lists),
        item_kind=_flat(k for entries in lists for k, _ in entries),
        item_count=_flat(n for entries in lists for _, n in entries),
        weight=np.array(kinds.weight, np.float64),
        cap=np.array(kinds.cap, np.int32),
        least=np.array(kinds.least, np.int32),
        or_none=np.array(kinds.or_none, np.bool_),
        apart_start=_starts(apart),
        apart=_flat(other for others in apart for other in others),
        met_start=_starts(met),
        met=_flat(other for others in met for other, _ in others),
        met_weight=np.array([w for others in met for _, w in others], np.float64),
        locked_to=locked_to,
        home=home,
        stay=stay,
        low=low,
        high=high,
        size_reward=_size_reward(problem, low, high),
        floor=_floor(problem, lists, kinds.weight, low, high),
        value_at_zero=_value_at_zero(problem, lists, kinds.weight),
        alike=_kinds_per_item(lists) if len(keys) == len(problem.people) else 0,
        history_ignored=ignored,
    )


def _low_for_shares(problem: CompositionProblem, low: int) -> int:
    """The smallest size at which groups hold all people of whom they may have but a share, with room.

    A share of a small group is too few for some; larger groups, up to even sizes, hold more.
    """
    wanted = [
        (quota, ROOM * people / problem.groups)
        for quota, value in problem.quota_values()
        if quota.most_share is not None
        for people in [sum(p.attributes[quota.attribute] == value for p in problem.people)]
    ]
    even = max(low, len(problem.people) // problem.groups)
    sizes = range(low, even)
    return next((s for s in sizes if all(q.most_in(s) >= n for q, n in wanted)), even)


def _homes(
    problem: CompositionProblem, before: Mapping[str, str], number: Mapping[TeamKey, int]
) -> tuple[Ints, Floats]:
    """The group in which most of each team was, and what it costs to leave it.

    A person can win at most the weights' sum with each person of a full group; staying is worth
    more than twice that, for a swap may win for both.
    """
    names = {name: g for g, name in enumerate(problem.group_names)}
    home, stay = np.full(len(number), -1, np.int32), np.zeros(len(number))
    dearest = 4.0 * (sum(problem.weights.values()) or 1.0) * problem.high
    for key, members in problem.teams().items():
        where = Counter(names[before[p.id]] for p in members if before.get(p.id) in names)
        if where:
            home[number[key]], there = where.most_common(1)[0]
            stay[number[key]] = dearest * there
    return home, stay


def _size_reward(problem: CompositionProblem, low: int, high: int) -> Floats:
    """Worth of the pairs in a group by its size, but for a constant; flat outside the bounds.

    The sizes' sum is fixed, so half the square of the distance to the mean size differs from the
    number of pairs by a constant. Centred so, nothing is to be gained outside the bounds.
    """
    people = len(problem.people)
    sizes = np.clip(np.arange(people + 1), low, high) - people / problem.groups
    return np.asarray(sum(problem.weights.values()) * sizes**2 / 2, np.float64)


def _floor(
    problem: CompositionProblem,
    lists: Sequence[Sequence[tuple[int, int]]],
    weight: Sequence[float],
    low: int,
    high: int,
) -> float:
    """A proven lower bound on the objective: whoever reaches it need not look further."""
    of_kind: list[list[int]] = [[] for _ in weight]
    for entries in lists:
        for kind, n in entries:
            of_kind[kind].append(n)
    fewest = sum(w * fewest_pairs(n, problem.groups) for w, n in zip(weight, of_kind, strict=True))
    reward = _size_reward(problem, low, high)
    sizes = replace(problem, low=low, high=high).most_uneven_sizes()
    return fewest - float(sum(reward[min(size, len(reward) - 1)] for size in sizes))


def _value_at_zero(
    problem: CompositionProblem,
    lists: Iterable[Sequence[tuple[int, int]]],
    weight: Sequence[float],
) -> float:
    """The value of a grouping whose objective is 0: value = this - objective."""
    n, groups = len(problem.people), problem.groups
    within = sum(len(team) * (len(team) - 1) // 2 for team in problem.teams().values())
    pairs = (n * n / groups - n) / 2 - within  # at equal sizes, where the size reward is 0
    given = sum(weight[k] * (c * (c - 1) // 2) for entries in lists for k, c in entries)
    return sum(problem.weights.values()) * pairs + given


class _Kinds:
    """Numbers for the kinds that matter: of attributes with a weight or quota, and of bound units."""

    def __init__(self, problem: CompositionProblem, low: int, high: int) -> None:
        self.attributes = [a for a, weight in problem.weights.items() if weight > 0]
        asked = dict.fromkeys(quota.attribute for quota in problem.quotas)
        self.attributes += [a for a in asked if a not in self.attributes]
        self.number: dict[Hashable, int] = {}
        self.weight: list[float] = []
        self.cap: list[int] = []
        self.least: list[int] = []
        self.or_none: list[bool] = []
        for attribute in self.attributes:
            for kind in dict.fromkeys(person.attributes[attribute] for person in problem.people):
                self._add((attribute, kind), problem.weights.get(attribute, 0.0), NO_CAP)
        self._bind_quotas(problem, low, high)
        units = Counter(person.unit for person in problem.people)
        binding = [u for u, n in units.items() if u in problem.caps and n > problem.caps[u].cap]
        for unit in binding:
            self._add(("", unit), 0.0, problem.caps[unit].cap)
        if binding:  # one kind for the rest, so that all people have equally many
            self._add(("", ...), 0.0, NO_CAP)

    def _add(self, kind: Hashable, weight: float, cap: int) -> None:
        self.number[kind] = len(self.number)
        self.weight.append(weight)
        self.cap.append(cap)
        self.least.append(0)
        self.or_none.append(False)

    def _bind_quotas(self, problem: CompositionProblem, low: int, high: int) -> None:
        """The strictest of all quotas on a kind; a share as the number that every size allows.

        Where that number cannot hold all people of the kind, groups must be larger than the
        smallest; then the search spreads them evenly, and the checker judges by the real sizes.
        """
        smallest = max(low, len(problem.people) - (problem.groups - 1) * high)
        people = Counter(
            (a, person.attributes[a]) for person in problem.people for a in self.attributes
        )
        for quota, value in problem.quota_values():
            kind = self.number[quota.attribute, value]
            evenly = -(-people[quota.attribute, value] // problem.groups)
            most = NO_CAP if quota.most is None else quota.most
            if quota.most_share is not None:
                most = min(most, max(evenly, quota.most_in(smallest)))
            self.cap[kind] = min(self.cap[kind], most)
            if quota.least:
                self.or_none[kind] = quota.or_none and (self.or_none[kind] or not self.least[kind])
                self.least[kind] = max(self.least[kind], quota.least)

    def of(self, members: Iterable[Person]) -> list[tuple[int, int]]:
        found: Counter[int] = Counter()
        for person in members:
            kinds: list[Hashable] = [(a, person.attributes[a]) for a in self.attributes]
            if ("", ...) in self.number:
                kinds.append(("", person.unit if ("", person.unit) in self.number else ...))
            found.update(self.number[kind] for kind in kinds)
        return sorted(found.items())


def _apart(problem: CompositionProblem, number: Mapping[TeamKey, int]) -> list[list[int]]:
    others: list[set[int]] = [set() for _ in number]
    for first, second in problem.keep_apart_keys():
        others[number[first]].add(number[second])
        others[number[second]].add(number[first])
    return [sorted(found) for found in others]


def _met(
    problem: CompositionProblem, number: Mapping[TeamKey, int]
) -> tuple[list[list[tuple[int, float]]], int]:
    """Each item's (other item, loss) if they meet again, and how many pairs were ignored.

    A pair that met before is worth nothing new, so meeting again costs what a pair that differs on
    every attribute is worth.
    """
    item_of = {person.id: number[person.team_key] for person in problem.people}
    worth = sum(problem.weights.values())
    loss: list[dict[int, float]] = [defaultdict(float) for _ in number]
    ignored = 0
    for first, second in {(min(pair), max(pair)) for pair in problem.history}:
        if first not in item_of or second not in item_of:
            ignored += 1
        elif (a := item_of[first]) != (b := item_of[second]):
            loss[a][b] += worth
            loss[b][a] += worth
    return [sorted(others.items()) for others in loss], ignored


def _kinds_per_item(lists: Sequence[Sized]) -> int:
    return len(lists[0]) if len({len(entries) for entries in lists}) == 1 else 0


def _starts(lists: Sequence[Sized]) -> Ints:
    return np.cumsum([0, *map(len, lists)]).astype(np.int32)


def _flat(numbers: Iterable[int]) -> Ints:
    return np.fromiter(numbers, np.int32)
