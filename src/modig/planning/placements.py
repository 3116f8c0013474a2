"""Where each team stands in a grouping: whom it meets, and what its next best place would cost."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from modig.planning.explain import keeps_quotas
from modig.planning.problem import CompositionProblem, Person, TeamKey

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NextBest:
    """The best other place that breaks no rule: a free one, or one in exchange for a team there.

    ``value`` is what the whole grouping would gain (below nought: lose), ``same`` how many more
    pairs of the same kind would sit together, by attribute.
    """

    group: str
    exchanged: TeamKey | None
    value: float
    same: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Placement:
    """A team in its group, among ``others`` people of other teams.

    ``same`` counts pairs of a person of the team and one of the others who are of the same kind;
    ``new`` the others who are of no kind that the team has; ``only`` names the kinds that nobody
    but the team brings. All three go by attribute.
    """

    group: str
    is_locked: bool
    others: int
    same: Mapping[str, int]
    new: Mapping[str, int]
    only: Mapping[str, tuple[str, ...]]
    next_best: NextBest | None


def placements(
    problem: CompositionProblem, groups: Mapping[str, str], of: Iterable[TeamKey]
) -> dict[TeamKey, Placement]:
    """The placements of these teams. Every other place and every exchange of two is weighed.

    What is weighed alike for all teams is counted once: the cost grows with the teams asked for
    times all teams, not with its square.
    """
    board = _Board(problem, groups)
    return {key: board.placement(key) for key in of}


@dataclass(frozen=True, slots=True)
class PriceHere:
    """What a wish costs a team where it is: what the others would gain in the best place without it.

    ``place`` is that place, which keeps every rule; nothing where no other place is better, and
    then ``value`` is nought. The whole value, with the wish, is not looked at.
    """

    value: float
    place: NextBest | None


def prices_here(
    problem: CompositionProblem, groups: Mapping[str, str], of: TeamKey
) -> dict[str, PriceHere]:
    """The price of every wish for one team; none where a single wish is weighed."""
    wishes = [name for name, weight in problem.weights.items() if weight]
    if len(wishes) < 2:
        return {}
    return {wish: _price_here(problem, groups, of, wish) for wish in wishes}


def _price_here(
    problem: CompositionProblem, groups: Mapping[str, str], of: TeamKey, wish: str
) -> PriceHere:
    without = replace(problem, weights={**problem.weights, wish: 0.0})
    best = placements(without, groups, [of])[of].next_best
    if best is None or best.value <= 0:
        return PriceHere(0.0, None)
    return PriceHere(best.value, best)


class _Board:
    """A grouping as counts: teams x kinds, and groups x kinds."""

    def __init__(self, problem: CompositionProblem, groups: Mapping[str, str]) -> None:
        self.problem = problem
        self.teams = problem.teams()
        self.keys = list(self.teams)
        self.number = {key: i for i, key in enumerate(self.keys)}
        names = list(dict.fromkeys([*problem.group_names, *groups.values()]))
        place = {name: g for g, name in enumerate(names)}
        self.names = names
        self.at = np.array([place[groups[team[0].id]] for team in self.teams.values()])
        self.size = np.array([len(team) for team in self.teams.values()])
        self._count_kinds()
        self.filled = np.zeros(len(names), np.int64)
        np.add.at(self.filled, self.at, self.size)
        self.units: list[Counter[tuple[str, ...]]] = [Counter() for _ in names]
        for i, team in enumerate(self.teams.values()):
            self.units[self.at[i]].update(person.unit for person in team)
        self.asked = problem.quota_values()
        self.locked = {key for key, _ in problem.locked_keys()}
        self.apart = {pair for a, b in problem.keep_apart_keys() for pair in ((a, b), (b, a))}

    def _count_kinds(self) -> None:
        kinds: dict[tuple[str, str], int] = {}
        rows = [
            Counter(
                kinds.setdefault((name, person.attributes[name]), len(kinds))
                for person in team
                for name in self.problem.weights
            )
            for team in self.teams.values()
        ]
        self.kinds = list(kinds)
        self.count = np.zeros((len(rows), len(kinds)))
        for i, row in enumerate(rows):
            self.count[i, list(row)] = list(row.values())
        self.weight = np.array([self.problem.weights[name] for name, _ in self.kinds])
        self.total = float(sum(self.problem.weights.values()))
        self.there = np.zeros((len(self.names), len(kinds)))
        np.add.at(self.there, self.at, self.count)
        own = self.there[self.at] - self.count
        self.same_here: Floats = (self.count * own) @ self.weight

    def placement(self, key: TeamKey) -> Placement:
        i = self.number[key]
        mine, others = self.count[i], self.there[self.at[i]] - self.count[i]
        return Placement(
            group=self.names[self.at[i]],
            is_locked=key in self.locked,
            others=int(self.filled[self.at[i]] - self.size[i]),
            same=self._by_attribute(mine * others),
            new=self._by_attribute(np.where(mine == 0, others, 0)),
            only=self._only((mine > 0) & (others == 0)),
            next_best=self._next_best(i),
        )

    def _by_attribute(self, per_kind: Floats) -> dict[str, int]:
        found = dict.fromkeys(self.problem.weights, 0)
        for (name, _), n in zip(self.kinds, per_kind, strict=True):
            found[name] += int(n)
        return found

    def _only(self, is_only: NDArray[np.bool_]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = dict.fromkeys(self.problem.weights, ())
        for k in np.flatnonzero(is_only):
            name, kind = self.kinds[k]
            found[name] += (kind,)
        return found

    def _next_best(self, i: int) -> NextBest | None:
        for gain, g, other in self._elsewhere(i):
            if self._keeps_rules(i, g, other):
                exchanged = None if other is None else self.keys[other]
                same = self._more_of_the_same(i, g, other)
                return NextBest(self.names[g], exchanged, gain, same)
        return None

    def _elsewhere(self, i: int) -> Iterator[tuple[float, int, int | None]]:
        """Gain, group and partner of every place whose sizes fit, best first; free ones before."""
        low, high = self.problem.low, self.problem.high
        here, n = self.at[i], self.size[i]
        alike: Floats = self.there @ (self.count[i] * self.weight)
        stays = self.total * n * (self.filled[here] - n) - self.same_here[i]
        free = self.total * n * self.filled - alike - stays
        fits = (self.filled + n <= high) & (self.filled[here] - n >= low)
        fits[here] = False
        found = [(-float(free[g]), 0, int(g), -1) for g in np.flatnonzero(fits)]
        gain, left, joined = self._exchanges(i, alike, float(stays))
        fits = (self.at != here) & (low <= left) & (left <= high) & (low <= joined)
        fits &= joined <= high
        fits[[self.number[key] for key in self.locked]] = False
        found += [(-float(gain[u]), 1, int(self.at[u]), int(u)) for u in np.flatnonzero(fits)]
        for loss, is_exchange, g, u in sorted(found):
            yield round(-loss, 9), g, u if is_exchange else None

    def _exchanges(
        self, i: int, alike: Floats, stays: float
    ) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
        """What each other team in exchange would gain, and the sizes of both groups after it."""
        here, n = self.at[i], self.size[i]
        between: Floats = self.count @ (self.count[i] * self.weight)
        with_mine: Floats = self.count @ (self.there[here] * self.weight)
        joined = self.filled[self.at] - self.size
        left = self.filled[here] - n
        mine = self.total * n * joined - (alike[self.at] - between)
        theirs = self.total * self.size * left - (with_mine - between)
        they_stay = self.total * self.size * joined - self.same_here
        return mine + theirs - stays - they_stay, left + self.size, joined + n

    def _more_of_the_same(self, i: int, g: int, other: int | None) -> dict[str, int]:
        mine, here = self.count[i], self.there[self.at[i]] - self.count[i]
        if other is None:
            return self._by_attribute(mine * (self.there[g] - here))
        theirs, there = self.count[other], self.there[g] - self.count[other]
        return self._by_attribute((mine - theirs) * (there - here))

    def _keeps_rules(self, i: int, g: int, other: int | None) -> bool:
        """Whether nobody meets whom she is kept from, no unit is over its cap, quotas are kept."""
        members = self.teams[self.keys[i]]
        partners = [] if other is None else self.teams[self.keys[other]]
        comes = self._may_come(i, members, g, partners, other)
        if not comes or not (
            other is None or self._may_come(other, partners, int(self.at[i]), members, i)
        ):
            return False
        return not self.asked or all(
            keeps_quotas(self.asked, group) for group in self._after(i, g, other)
        )

    def _after(self, i: int, g: int, other: int | None) -> Iterator[list[Person]]:
        """The people of both groups after a move or an exchange."""
        at = self.at.copy()
        if other is not None:
            at[other] = at[i]
        at[i] = g
        teams = list(self.teams.values())
        for group in (g, int(self.at[i])):
            yield [person for team in np.flatnonzero(at == group) for person in teams[team]]

    def _may_come(
        self, i: int, members: list[Person], g: int, leaves: list[Person], left: int | None
    ) -> bool:
        key = self.keys[i]
        if any(
            mine == key and self.at[self.number[theirs]] == g and self.number[theirs] != left
            for mine, theirs in self.apart
        ):
            return False
        units = Counter(person.unit for person in members)
        gone = Counter(person.unit for person in leaves)
        return not any(
            unit in self.problem.caps
            and self.units[g][unit] + n - gone[unit] > self.problem.caps[unit].cap
            for unit, n in units.items()
        )
