"""The kernels' slow twins: the same moves, but everything counted anew after each one.

They share no counting with the kernels, only the stream of chance. A test lets both run from the
same start and wants the same groups, days, figures and state of chance at the end.
"""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from modig.planning.schedule import Tables as ScheduleTables
from modig.planning.tables import Tables

Ints = NDArray[np.int32]
MASK = 2**64 - 1


class Chance:
    """SplitMix64 in whole numbers."""

    def __init__(self, state: int) -> None:
        self.state = state

    def bits(self) -> int:
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def share(self) -> float:
        return (self.bits() >> 11) / 2**53


def high_of(bits: int, n: int) -> int:
    """A number below n out of the high half of 64 random bits."""
    return ((bits >> 32) * n) >> 32


def low_of(bits: int, n: int) -> int:
    return ((bits & 0xFFFFFFFF) * n) >> 32


class PlainComposition:
    """One annealer over a composition, without any incremental counter."""

    def __init__(self, tables: Tables, groups: int, group_of: Ints, state: int) -> None:
        self.tables, self.groups = tables, groups
        self.group_of = [int(g) for g in group_of]
        self.movable = [i for i, g in enumerate(tables.locked_to) if g < 0]
        self.chance = Chance(state)
        self.best = (*self.energy(), list(self.group_of))

    def energy(self) -> tuple[float, int]:
        """Objective, and how much is broken, from the items alone."""
        t, of = self.tables, self.group_of
        size = [0] * self.groups
        count: dict[tuple[int, int], int] = {}
        objective, broken = 0.0, 0
        for i, g in enumerate(of):
            size[g] += int(t.item_size[i])
            for x in range(t.item_start[i], t.item_start[i + 1]):
                key = (g, int(t.item_kind[x]))
                count[key] = count.get(key, 0) + int(t.item_count[x])
            for x in range(t.apart_start[i], t.apart_start[i + 1]):
                broken += i < t.apart[x] and of[t.apart[x]] == g
            for x in range(t.met_start[i], t.met_start[i + 1]):
                if i < t.met[x] and of[t.met[x]] == g:
                    objective += float(t.met_weight[x])
        objective += self._away_from_home()
        for (_, k), n in count.items():
            objective += float(t.weight[k]) * (n * (n - 1) // 2)
            broken += max(0, n - int(t.cap[k]))
        broken += self._too_few(count)
        for people in size:
            objective -= float(t.size_reward[people])
            broken += max(0, t.low - people) + max(0, people - t.high)
        return objective, broken

    def _too_few(self, count: Mapping[tuple[int, int], int]) -> int:
        t, broken = self.tables, 0
        for g in range(self.groups):
            for k in range(len(t.least)):
                n = count.get((g, k), 0)
                short = max(0, int(t.least[k]) - n)
                broken += n * short if t.or_none[k] else short
        return broken

    def _away_from_home(self) -> float:
        t = self.tables
        away = [i for i, g in enumerate(self.group_of) if t.home[i] not in {-1, g}]
        return sum(float(t.stay[i]) for i in away)

    def run(
        self,
        steps: int,
        temperature: float,
        penalty: float,
        insert_share: float,
        mate_share: float = 0.0,
    ) -> None:
        for _ in range(steps):
            if (proposal := self._proposal(insert_share, mate_share)) is None:
                continue
            now = self.energy()
            before = list(self.group_of)
            self._apply(*proposal)
            then = self.energy()
            worse = (then[0] - now[0]) + penalty * (then[1] - now[1])
            if worse > 0:
                if worse > 40.0 * temperature or self.chance.share() >= math.exp(
                    -worse / temperature
                ):
                    self.group_of = before
                    continue
                self._remember(now, before)
        self._remember(self.energy(), self.group_of)

    def _proposal(self, insert_share: float, mate_share: float) -> tuple[int, int, int] | None:
        """Item, its new group, and the item that comes in exchange or -1."""
        bits = self.chance.bits()
        i = self.movable[high_of(bits, len(self.movable))]
        more = self.chance.bits()
        if (more >> 32) < int(insert_share * 2**32):
            j, h = -1, low_of(bits, self.groups)
        elif (more & 0xFFFFFFFF) < int(mate_share * 2**32):
            kinds = self._kinds(i)
            kind = kinds[high_of(self.chance.bits(), len(kinds))]
            mates = [item for item in self.movable if kind in self._kinds(item)]
            j = mates[low_of(bits, len(mates))]
            h = self.group_of[j]
        else:
            j = self.movable[low_of(bits, len(self.movable))]
            h = self.group_of[j]
        return None if h == self.group_of[i] else (i, h, j)

    def _kinds(self, item: int) -> list[int]:
        start, end = self.tables.item_start[item : item + 2]
        return [int(kind) for kind in self.tables.item_kind[start:end]]

    def _apply(self, i: int, h: int, j: int) -> None:
        g, self.group_of[i] = self.group_of[i], h
        if j >= 0:
            self.group_of[j] = g

    def _remember(self, energy: tuple[float, int], group_of: list[int]) -> None:
        objective, broken, _ = self.best
        if energy[1] < broken or (energy[1] == broken and energy[0] < objective - 1e-9):
            self.best = (*energy, list(group_of))


class PlainSchedule:
    """One annealer over first days, without any incremental counter."""

    def __init__(
        self, tables: ScheduleTables, blocks: int, first: Ints, state: int, reach: int
    ) -> None:
        self.tables, self.blocks, self.reach = tables, blocks, reach
        self.first = [int(d) for d in first]
        self.movable = [m for m, options in enumerate(tables.options) if len(options) > 1]
        self.chance = Chance(state)
        self.best = (self.broken(), list(self.first))

    def broken(self) -> int:
        return self.gaps() + self.crowding()

    def gaps(self) -> int:
        t, broken = self.tables, 0
        for m in range(len(self.first)):
            if m % self.blocks:
                days = int(t.day[self.first[m]]) - int(t.day[self.first[m - 1]])
                broken += math.ceil(max(0, t.gap_low - days, days - t.gap_high) / 7)
                length = int(t.length[m % self.blocks - 1])
                broken += self.first[m] < self.first[m - 1] + length
        return broken

    def crowding(self) -> int:
        t = self.tables
        load: dict[int, int] = {}
        away: dict[tuple[int, int], int] = {}
        for m, start in enumerate(self.first):
            g, b = divmod(m, self.blocks)
            for d in range(start, start + int(t.length[b])):
                load[d] = load.get(d, 0) + 1
                for x in range(t.unit_start[g], t.unit_start[g + 1]):
                    key = (d, int(t.unit[x]))
                    away[key] = away.get(key, 0) + int(t.unit_count[x])
        crowded = sum(max(0, n - t.places) for n in load.values())
        return crowded + sum(max(0, n - int(t.cap[u])) for (_, u), n in away.items())

    def run(self, steps: int, temperature: float) -> int:
        for step in range(steps):
            if (now := self.broken()) == 0:
                return step
            m, new = self._proposal()
            old = self.first[m]
            if new == old:
                continue
            gaps = self.gaps()
            self.first[m] = new
            if self.gaps() - gaps <= 6.0 * temperature + 8.0:
                then = self.broken()
                if then <= now or self.chance.share() < math.exp(-(then - now) / temperature):
                    if then < self.best[0]:
                        self.best = (then, list(self.first))
                    continue
            self.first[m] = old
        return steps

    def _proposal(self) -> tuple[int, int]:
        bits = self.chance.bits()
        m = self.movable[high_of(bits, len(self.movable))]
        options = self.tables.options[m]
        if len(options) > 2 * self.reach and self.chance.bits() >> 63:
            at = max(0, sum(d < self.first[m] for d in options) - self.reach)
            at = min(at, len(options) - 2 * self.reach - 1)
            return m, options[at + low_of(bits, 2 * self.reach + 1)]
        return m, options[low_of(bits, len(options))]
