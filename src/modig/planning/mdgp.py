"""The Maximally Diverse Grouping Problem: any distances, the largest sum of them within groups."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from modig.planning.result import Progress, Reason, Status
from modig.planning.stop import Clock

ACCEPT_FIRST, ACCEPT_LAST = 0.6, 0.012
"""How many swaps of one person with all others are accepted losses, at both ends of each cooling.

Counted so, the same numbers serve 120 and 2,000 people.
"""

ACCEPT_AGAIN = 0.24
"""The first of these in every cooling but the first, which begins from the best so far."""

ACCEPT_SMALL, SMALL = 4.0, 40
"""The first of these for so few people: every move is a large one for them."""

SWEEPS_PER_ROUND = 100_000
MOST_ROUNDS = 8
INSERTS_FROM = 0.85
"""Share of a cooling after which sizes may change: the warm part would only spoil them.

Every other cooling lets them change from its start, for where another mix of sizes is better.
"""

STRETCH = 128
MOST_IN_A_BYTE = 127
LARGEST_DISTANCE = 1e30
"""Above or below zero; the sums of as many as memory holds still fit into single precision."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class DistanceProblem:
    """``distance`` is symmetric with zeros on its diagonal; one bound from ``low`` to ``high`` a group.

    A distance below 0 counts against a group that holds it; none is beyond ``LARGEST_DISTANCE``.
    """

    distance: Floats
    low: tuple[int, ...]
    high: tuple[int, ...]

    def __post_init__(self) -> None:
        d = self.distance
        if d.ndim != 2 or d.shape[0] != d.shape[1] or not np.isfinite(d).all():
            raise ValueError("the distances must be a square table of numbers")
        if (np.abs(d) > LARGEST_DISTANCE).any():
            raise ValueError(
                f"a distance is at most {LARGEST_DISTANCE:g}, or sums of them overflow"
            )
        if not np.array_equal(d, d.T) or d.diagonal().any():
            raise ValueError("the distances must be symmetric, and zero from each to itself")
        if not self.low or len(self.low) != len(self.high):
            raise ValueError("every group needs a low and a high bound")
        if any(not 0 <= a <= b for a, b in zip(self.low, self.high, strict=True)):
            raise ValueError("a group's size goes from its low to its high bound")

    @property
    def people(self) -> int:
        return len(self.distance)


@dataclass(frozen=True, slots=True)
class Diverse:
    """Group number by person number; ``bound`` is proven, and loose where distances are random.

    ``share`` is None without groups, and where distances below 0 leave a value below 0.
    """

    groups: tuple[int, ...]
    value: float | None
    bound: float | None
    status: Status
    reasons: tuple[Reason, ...]
    seed: int
    steps: int
    cpu_seconds: float
    sizes: tuple[int, ...] = field(default=())

    @property
    def share(self) -> float | None:
        if self.value is None or self.bound is None or self.value < 0:
            return None
        return self.value / self.bound if self.bound else 1.0


def diversify(  # noqa: PLR0913 -- all but the problem are by name
    problem: DistanceProblem,
    *,
    seed: int,
    seconds: float | None = None,
    steps: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    workers: int = 1,
) -> Diverse:
    """The grouping of the largest value found; a step compares one person with all the others."""
    started = time.process_time()
    if proof := impossible_sizes(problem):
        used = time.process_time() - started
        return Diverse((), None, None, Status.NOT_POSSIBLE, proof, seed, 0, used)
    clock = Clock(seconds, steps, on_progress, should_stop)
    searches = [Search(problem, seed * 1009 + k, k) for k in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda search: search.run(clock), searches))
    best = max(searches, key=lambda search: search.best_value)
    value = value_of(problem.distance, best.best)
    return Diverse(
        groups=tuple(int(g) for g in best.best),
        value=value,
        bound=most_value(problem),
        status=Status.STOPPED if clock.was_stopped else Status.OK,
        reasons=(),
        seed=seed,
        steps=sum(search.steps for search in searches),
        cpu_seconds=time.process_time() - started,
        sizes=tuple(int(s) for s in np.bincount(best.best, minlength=len(problem.low))),
    )


def impossible_sizes(problem: DistanceProblem) -> tuple[Reason, ...]:
    n, low, high = problem.people, sum(problem.low), sum(problem.high)
    if low <= n <= high:
        return ()
    text = f"{n} people cannot fill groups that hold {low}-{high} people together"
    return (Reason("sizes_do_not_add_up", text, {"people": n, "low": low, "high": high}),)


def value_of(distance: Floats, group_of: NDArray[np.integer]) -> float:
    """Sum of the distances within groups, added up in the order of the pairs."""
    same = group_of[:, None] == group_of[None, :]
    return float(np.triu(distance * same, 1).sum())


def largest_sizes(problem: DistanceProblem) -> Ints:
    """The sizes within the bounds whose squares have the largest sum: they hold the most pairs.

    Dynamic programme over groups and people; of equal ones, the first groups are the smaller.
    """
    n, groups = problem.people, len(problem.low)
    most = np.full((groups + 1, n + 1), -1, np.int64)
    most[0, 0] = 0
    for k, (low, high) in enumerate(zip(problem.low, problem.high, strict=True)):
        for size in range(low, min(high, n) + 1):
            before = most[k, : n + 1 - size]
            candidate = np.where(before >= 0, before + size * size, -1)
            most[k + 1, size:] = np.maximum(most[k + 1, size:], candidate)
    sizes = np.zeros(groups, np.int64)
    left = n
    for k in range(groups - 1, -1, -1):
        for size in range(min(problem.high[k], left), problem.low[k] - 1, -1):
            before = most[k, left - size]
            if before >= 0 and before + size * size == most[k + 1, left]:
                sizes[k], left = size, left - size
                break
    return sizes


def most_value(problem: DistanceProblem) -> float:
    """A value that no grouping exceeds.

    Every person sits with at most (largest size - 1) others, and together there are no more such
    places than the most uneven sizes have. The largest distances that fit into them are the bound.
    """
    n, sizes = problem.people, largest_sizes(problem)
    others = min(n - 1, int(max(problem.high)) - 1)
    places = int((sizes * sizes).sum()) - n
    if others < 1 or places < 1:
        return 0.0
    each = np.partition(problem.distance, n - others, axis=1)[:, n - others :].ravel()
    if places < len(each):
        each = np.partition(each, len(each) - places)[len(each) - places :]
    return float(np.maximum(each, 0.0).sum()) / 2


class Search:
    """One annealer with its own chance: it cools, and warms again from its best."""

    def __init__(self, problem: DistanceProblem, seed: int, number: int) -> None:
        self.problem, self.number, self.steps = problem, number, 0
        d, n = problem.distance, problem.people
        small = bool((d == np.rint(d)).all()) and d.min() >= 0 and d.max() <= MOST_IN_A_BYTE
        self.is_exact = small
        self.distance = d.astype(np.int8 if small else np.float32)
        self.low, self.high = np.array(problem.low, np.int64), np.array(problem.high, np.int64)
        self.groups = len(problem.low)
        self.state = np.array([seed % 2**63], np.uint64)
        of = np.repeat(np.arange(self.groups, dtype=np.uint32), largest_sizes(problem))
        np.random.default_rng(seed).shuffle(of)
        self.group_of = of
        self.value = np.zeros(2)
        self.best_now = of.copy()
        self.best, self.best_value = of.copy(), -np.inf
        self.gain = np.zeros((self.groups, n), np.float32)
        self.own = np.zeros(n, np.float32)
        self.tally = np.zeros(1, np.int64)
        self.logs = np.zeros(16_384 + 2 * n + self.groups, np.float32)
        self.here = np.zeros(self.groups, np.float32)
        self._count_anew()
        self.temperature = 0.5 * float(d.std()) or 1.0
        self.can_insert = bool((self.low < self.high).any())
        self.speed = 0.0

    def _count_anew(self) -> None:
        """Sizes, gains and value from the groups alone, so that no rounding adds up."""
        self.size = np.bincount(self.group_of, minlength=self.groups).astype(np.int64)
        for g in range(self.groups):
            self.gain[g] = self.problem.distance[:, self.group_of == g].sum(axis=1)
        self.own[:] = self.gain[self.group_of, np.arange(len(self.own))]
        self.value[0] = float(self.own.sum(dtype=np.float64)) / 2

    def run(self, clock: Clock) -> None:
        from modig.planning import kernels  # noqa: PLC0415 -- numba is slow to import

        self._anneal(kernels, 0, inserts=False)  # loads or compiles it before the clock starts
        clock.start()
        self.value[1] = -np.inf
        rounds, this, chunk, took = 1, 0, 0, 0.0
        while not clock.is_over(self.number, self.steps):
            began = time.monotonic()
            chunk = clock.next_chunk(self.steps, chunk, took)
            done = clock.share_done(self.steps) * rounds
            if done >= this + 1 and this + 1 < rounds:
                this = int(done)
                self._warm_again()
            resizes = self.can_insert and (this % 2 == 1 or done - this > INSERTS_FROM)
            self._anneal(kernels, chunk, inserts=resizes)
            took = time.monotonic() - began
            self._steer(chunk, this, min(1.0, done - this))
            if not this:
                rounds = self._rounds(clock)
            clock.report(self.steps, max(self.best_value, float(self.value[1])), 0)
        self._take_best()

    def _rounds(self, clock: Clock) -> int:
        """How many coolings fit: small problems are soon cold, large ones need all of the time."""
        share = clock.share_done(self.steps)
        whole = clock.steps or (self.steps / share if share > 0 else 0)
        if self.problem.people <= SMALL:
            return MOST_ROUNDS
        sweeps = 2 * whole / self.problem.people
        return int(min(MOST_ROUNDS, max(1, sweeps // SWEEPS_PER_ROUND)))

    def _anneal(self, kernels: object, chunk: int, *, inserts: bool) -> None:
        self.tally[0] = 0
        kernels.fill_with_logs(self.logs, self.state)  # type: ignore[attr-defined]
        if not self.is_exact:
            self._count_anew()
        kernels.mdgp_rows(  # type: ignore[attr-defined]
            chunk, self.temperature, inserts, self.distance, self.low, self.high, self.size,
            self.group_of, self.gain, self.own, self.best_now, self.value, self.state, self.tally,
            self.logs, self.here, STRETCH,
        )  # fmt: skip
        self.steps += chunk

    def _steer(self, chunk: int, this: int, cooled: float) -> None:
        """Let the temperature follow the wanted share of accepted losses."""
        first = ACCEPT_AGAIN if this else ACCEPT_FIRST
        if self.problem.people <= SMALL:
            first = ACCEPT_SMALL
        wanted = first * (ACCEPT_LAST / first) ** cooled
        accepted = max(int(self.tally[0]), 0.1) / chunk
        self.temperature *= min(1.5, max(0.67, (wanted / accepted) ** 0.5))

    def _take_best(self) -> None:
        value = value_of(self.problem.distance, self.best_now)
        if value > self.best_value:
            self.best, self.best_value = self.best_now.copy(), value

    def _warm_again(self) -> None:
        self._take_best()
        self.group_of[:] = self.best
        self._count_anew()
        self.value[1] = -np.inf
        self.best_now[:] = self.best
        self.temperature *= 4.0
