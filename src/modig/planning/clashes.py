"""Groups that can meet on the same day: the calendar's share in who sits with whom."""

import math
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from modig.planning.problem import CompositionProblem, Person, TeamKey, Unit

Pair = tuple[str, str]
HOTTEST, COLDEST = 0.3, 0.01
"""In clashing pairs: how much worse a swap may be at the start and at the end (measured)."""
STEPS = 200_000
LOOK_AT_THE_CLOCK_EVERY = 64


def clashing_pairs(problem: CompositionProblem, groups: Mapping[str, str]) -> frozenset[Pair]:
    """The pairs of groups that can never meet on the same day: together a unit is over its cap.

    ``groups`` gives the group of every person by id. Each pair is in alphabetical order. Only
    units with a cap in ``problem.caps`` count. With G groups there are at most G (G - 1) / 2.
    """
    counts: dict[Unit, Counter[str]] = defaultdict(Counter)
    for person in problem.people:
        if person.unit in problem.caps:
            counts[person.unit][groups[person.id]] += 1
    return frozenset(
        pair
        for unit, count in counts.items()
        for pair in combinations(sorted(count), 2)
        if count[pair[0]] + count[pair[1]] > problem.caps[unit].cap
    )


def ease_calendar(  # noqa: PLR0913 -- all but the problem and its groups are by name
    problem: CompositionProblem,
    groups: Mapping[str, str],
    *,
    seed: int = 1,
    steps: int | None = None,
    seconds: float | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> dict[str, str]:
    """The same groups with fewer pairs that can never meet on one day; never a worse mix.

    Where many units can spare one person at a time, nearly every two groups share such a unit, and
    each needs days of its own. Swaps of people (or whole teams of one size) that leave the value
    as it is or better, and keep every rule, are annealed so that those units fall on few pairs of
    groups: the energy is the sum over pairs of the square root of how many units keep them from
    one day, since a pair is free only when the last of its units has gone. Locked items, those with
    a keep-apart and those with a history stay. The best grouping met is returned: fewest clashing
    pairs, then lowest energy. The same ``seed`` and ``steps`` give the same groups; ``seconds`` is a
    limit by the wall. Our own; the idea of moving along the plateau of equal values is that of
    Selman, Levesque and Mitchell (1992), A new method for solving hard satisfiability problems.
    """
    search = _Search(problem, groups, random.Random(seed))  # noqa: S311 -- a search, no secret
    steps = steps or (STEPS if seconds is None else None)
    search.run(steps, seconds, should_stop)
    return search.best


@dataclass(slots=True)
class _Item:
    """A whole team or somebody alone."""

    ids: tuple[str, ...]
    units: Counter[Unit]
    values: dict[str, Counter[str]]
    quota_kinds: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


def _item(problem: CompositionProblem, people: Sequence[Person]) -> _Item:
    def count(name: str) -> Counter[str]:
        return Counter(person.attributes[name] for person in people)

    weighed = [name for name, weight in problem.weights.items() if weight]
    asked = sorted({quota.attribute for quota in problem.quotas})
    return _Item(
        ids=tuple(person.id for person in people),
        units=Counter(person.unit for person in people if person.unit in problem.caps),
        values={name: count(name) for name in weighed},
        quota_kinds=tuple((name, tuple(sorted(count(name).items()))) for name in asked),
    )


@dataclass
class _Search:
    problem: CompositionProblem
    groups: Mapping[str, str]
    random: random.Random
    items: list[_Item] = field(init=False)
    at: list[str] = field(init=False)
    best: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        teams = self.problem.teams()
        self.items = [_item(self.problem, people) for people in teams.values()]
        self.at = [self.groups[item.ids[0]] for item in self.items]
        self.best = dict(self.groups)
        self.in_unit: dict[Unit, Counter[str]] = defaultdict(Counter)
        self.of_value: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for item, group in zip(self.items, self.at, strict=True):
            self._put(item, group, 1)
        self.units_between: Counter[Pair] = Counter(
            pair for unit in self.in_unit for pair in self._pairs(unit, None)
        )
        self.clashing = len(self.units_between)
        self.energy = sum(map(math.sqrt, self.units_between.values()))
        self.partners = self._partners(teams)
        self.movable = [k for k, partners in enumerate(self.partners) if len(partners) > 1]

    def _partners(self, teams: Mapping[TeamKey, Sequence[Person]]) -> list[list[int]]:
        """For every item those of the same size and quota kinds, which it may change places with."""
        fixed = {key for pair in self.problem.keep_apart_keys() for key in pair}
        fixed |= {key for key, _group in self.problem.locked_keys()}
        met = {person for pair in self.problem.history for person in pair}
        alike: dict[object, list[int]] = defaultdict(list)
        kind_of: list[object] = []
        for k, (key, item) in enumerate(zip(teams, self.items, strict=True)):
            stays = key in fixed or not met.isdisjoint(item.ids)
            kind = key if stays else (len(item.ids), item.quota_kinds)
            kind_of.append(kind)
            alike[kind].append(k)
        return [alike[kind] for kind in kind_of]

    def run(
        self, steps: int | None, seconds: float | None, should_stop: Callable[[], bool] | None
    ) -> None:
        """Anneal until steps or seconds are used, nothing clashes, or somebody presses Stop."""
        began, best = time.monotonic(), (self.clashing, self.energy)
        best_at, step = [*self.at], 0
        while self.movable and self.clashing and (steps is None or step < steps):
            done = step / steps if steps else 0.0
            if step % LOOK_AT_THE_CLOCK_EVERY == 0:
                if seconds is not None:
                    done = max(done, (time.monotonic() - began) / seconds)
                if done >= 1 or (should_stop is not None and should_stop()):
                    break
                heat = HOTTEST * (COLDEST / HOTTEST) ** done
            if self._try(heat) and (self.clashing, self.energy) < best:
                best, best_at = (self.clashing, self.energy), [*self.at]
            step += 1
        self.best = {
            person: group
            for item, group in zip(self.items, best_at, strict=True)
            for person in item.ids
        }

    def _try(self, heat: float) -> bool:
        """Swap two items where that is no worse for the mix and passes for the calendar."""
        a = self.random.choice(self.movable)
        b = self.random.choice(self.partners[a])
        here, there = self.at[a], self.at[b]
        first, second = self.items[a], self.items[b]
        if here == there or self._gain(first, second, here, there) < 0:
            return False
        units = {*first.units, *second.units}
        before = [pair for unit in units for pair in self._pairs(unit, (here, there))]
        self._swap(a, b)
        after = [pair for unit in units for pair in self._pairs(unit, (here, there))]
        change = Counter(after)
        change.subtract(before)
        now = self.units_between
        energy = sum(math.sqrt(now[pair] + n) - math.sqrt(now[pair]) for pair, n in change.items())
        fits = all(
            self.in_unit[unit][group] <= self.problem.caps[unit].cap
            for unit in units
            for group in (here, there)
        )
        if not fits or (energy > 0 and self.random.random() >= math.exp(-energy / heat)):
            self._swap(a, b)
            return False
        for pair, n in change.items():
            self.clashing += (now[pair] + n > 0) - (now[pair] > 0)
            now[pair] += n
        self.energy += energy
        return energy < 0

    def _gain(self, first: _Item, second: _Item, here: str, there: str) -> float:
        """By how much the value rises: pairs that differ, weighed, as in the objective."""
        gain = 0.0
        for name, weight in self.problem.weights.items():
            if weight and first.values[name] != second.values[name]:
                kinds = first.values[name], second.values[name]
                gain -= weight * self._same_pairs(name, *kinds, here, there)
        return gain

    def _same_pairs(
        self, name: str, first: Counter[str], second: Counter[str], here: str, there: str
    ) -> int:
        """How many more pairs of the same kind sit together after the swap."""
        more = 0
        for value in {*first, *second}:
            count = self.of_value[name, value]
            change = second[value] - first[value]
            n, m = count[here], count[there]
            more += math.comb(n + change, 2) + math.comb(m - change, 2)
            more -= math.comb(n, 2) + math.comb(m, 2)
        return more

    def _pairs(self, unit: Unit, touched: tuple[str, str] | None) -> Iterator[Pair]:
        """The pairs of groups that a unit keeps from one day; only those with a touched group."""
        count, cap = self.in_unit[unit], self.problem.caps[unit].cap
        there = [group for group in count if count[group]]
        for a, b in combinations(sorted(there), 2):
            if (touched is None or a in touched or b in touched) and count[a] + count[b] > cap:
                yield a, b

    def _swap(self, a: int, b: int) -> None:
        self._put(self.items[a], self.at[a], -1)
        self._put(self.items[b], self.at[b], -1)
        self.at[a], self.at[b] = self.at[b], self.at[a]
        self._put(self.items[a], self.at[a], 1)
        self._put(self.items[b], self.at[b], 1)

    def _put(self, item: _Item, group: str, n: int) -> None:
        for unit, people in item.units.items():
            self.in_unit[unit][group] += n * people
        for name, values in item.values.items():
            for value, people in values.items():
                self.of_value[name, value][group] += n * people
