"""Put whole teams into programme groups by annealing over count tables."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from modig.planning import feasibility
from modig.planning.bounds import tight_bound
from modig.planning.checker import check_groups
from modig.planning.problem import CompositionProblem, TeamKey
from modig.planning.result import Composition, Progress, Reason, Status
from modig.planning.stop import Clock
from modig.planning.tables import Tables, tables_of

ACCEPT_FIRST, ACCEPT_LAST = 0.01, 0.000002
"""Share of proposals that are accepted although they are worse, at the start and at the end."""

MATE_SHARE = 0.6
"""Share of swaps between people who are alike in something: what is even already stays even."""

SOFT_PART, SOFTEST = 0.7, 0.02
"""How long, and down to which part, the price of a broken rule falls while no rule is broken.

Where groups are full, two small teams change places with a large one only over a broken size; and
from one grouping that moves few to another that moves fewer, the way leads over such a one too.
"""

EXHAUST_AFTER = 0.1
"""Share of the search after which a small problem with something broken is tried exhaustively."""

OnProgress = Callable[[Progress], None]


def compose(  # noqa: PLR0913 -- all but the problem are by name
    problem: CompositionProblem,
    *,
    seed: int,
    seconds: float | None = None,
    steps: int | None = None,
    on_progress: OnProgress | None = None,
    should_stop: Callable[[], bool] | None = None,
    workers: int = 1,
    before: Mapping[str, str] | None = None,
) -> Composition:
    """The best grouping found within ``seconds`` or ``steps`` (10 seconds if neither is given).

    With ``before``, the group by person id of an earlier plan, as few as possible leave theirs.

    The same problem, seed, steps and workers give the same grouping. ``workers`` searches run at
    once, each with its own chance; the best one counts.
    """
    started = time.process_time()
    if proof := feasibility.composition_is_impossible(problem):
        return _without_groups(problem, proof, seed, time.process_time() - started)
    tables = tables_of(problem, before)
    clock = Clock(seconds, steps, on_progress, should_stop)
    searches = [Search(problem, tables, seed * 1009 + k, k) for k in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda search: search.run(clock), searches))
    best = min(searches, key=lambda search: (search.broken, search.objective))
    taken = sum(search.steps for search in searches)
    proofs = tuple(search.proof for search in searches if search.proof)
    if proofs:
        return _without_groups(problem, proofs[:1], seed, time.process_time() - started)
    groups = best.groups(problem)
    figures = check_groups(problem, groups)
    answer = next((search.answer for search in searches if search.answer), None)
    if figures.violations and answer:  # the tables judge otherwise than the rules, so it was left
        groups = {person.id: answer[person.team_key] for person in problem.people}
        figures = check_groups(problem, groups)
    status, reasons = Status.OK, tuple[Reason, ...]()
    if figures.violations:
        status = Status.NOT_FOUND
        reasons = tuple(Reason("broken", sentence) for sentence in figures.errors)
    if clock.was_stopped:
        status = Status.STOPPED
    bound = tight_bound(problem, _sizes_for_bound(problem, groups))
    return Composition(
        groups=groups,
        value=figures.value,
        bound=figures.bound,
        share=figures.share,
        excess=figures.excess,
        violations=figures.violations,
        status=status,
        reasons=reasons,
        seed=seed,
        steps=taken,
        cpu_seconds=time.process_time() - started,
        sizes=figures.sizes,
        raised_caps=figures.raised_caps,
        tight_bound=None if figures.bound is None else min(bound, figures.bound),
        repeats=_repeats(problem, groups),
        history_ignored=tables.history_ignored,
    )


def _without_groups(
    problem: CompositionProblem, proof: tuple[Reason, ...], seed: int, cpu_seconds: float
) -> Composition:
    nothing = check_groups(problem, {})
    return Composition(
        groups={},
        value=None,
        bound=None,
        share=None,
        excess={},
        violations={},
        status=Status.NOT_POSSIBLE,
        reasons=proof,
        seed=seed,
        steps=0,
        cpu_seconds=cpu_seconds,
        raised_caps=nothing.raised_caps,
    )


def _sizes_for_bound(problem: CompositionProblem, groups: dict[str, str]) -> list[int]:
    """The sizes found, or with whole teams the most uneven ones allowed, as the checker does."""
    if problem.has_teams and problem.can_fill:
        return problem.most_uneven_sizes()
    return list(Counter(groups.values()).values())


def _repeats(problem: CompositionProblem, groups: dict[str, str]) -> int:
    return sum(
        a in groups and b in groups and groups[a] == groups[b]
        for a, b in {(min(pair), max(pair)) for pair in problem.history}
    )


@dataclass
class Search:
    """One annealer: its state, and its best grouping so far."""

    problem: CompositionProblem
    tables: Tables
    seed: int
    number: int = 0
    steps: int = 0
    proof: Reason | None = None
    is_exhausted: bool = False
    answer: dict[TeamKey, str] | None = None

    def __post_init__(self) -> None:
        t = self.tables
        self.state = np.array([self.seed % 2**63], np.uint64)
        self.group_of = _start(self.problem, t, np.random.default_rng(self.seed))
        self.group_size, self.count = _counts(t, self.group_of, self.problem.groups)
        self.has_least = bool(t.least.any())
        self.movable = np.flatnonzero(t.locked_to < 0).astype(np.int32)
        objective, broken = energy_of(t, self.group_of, self.group_size, self.count)
        self.energy = np.array([objective, broken, objective, broken], np.float64)
        self.best_group_of = self.group_of.copy()
        worth = float(t.weight.max(initial=0.0)) or 1.0
        steepest = float(np.abs(np.diff(t.size_reward)).max(initial=0.0))
        self.penalty = 4.0 * worth + 2.0 * steepest + 2.0 * float(t.stay.max(initial=0.0))
        self.firm = self.penalty
        self.temperature = 0.4 * worth
        self.hottest = self.temperature if t.stay.any() else np.inf
        self.tally = np.zeros(1, np.int64)
        alone = len(t.keys) == len(self.problem.people)
        self.has_teams = not alone
        self.mate_share = MATE_SHARE if alone and len(t.weight) else 0.0  # else nobody is alike
        self.mate_start, self.mate = _mates(t, self.movable)
        is_fixed = t.low == t.high and len(np.unique(t.item_size)) == 1
        self.insert_share = 0.0 if is_fixed else 0.02 if alone else 0.25

    @property
    def objective(self) -> float:
        return float(self.energy[2])

    @property
    def broken(self) -> int:
        return int(self.energy[3])

    def groups(self, problem: CompositionProblem) -> dict[str, str]:
        names = problem.group_names
        place = {key: names[g] for key, g in zip(self.tables.keys, self.best_group_of, strict=True)}
        return {person.id: place[person.team_key] for person in problem.people}

    def run(self, clock: Clock) -> None:
        if not len(self.movable) or self.problem.groups == 1:
            return
        kernel = _kernel()
        self._anneal(kernel, 0)  # loads or compiles it before the clock starts
        clock.start()
        chunk, took = 0, 0.0
        while not clock.is_over(self.number, self.steps):
            began = time.monotonic()
            chunk = clock.next_chunk(self.steps, chunk, took)
            self._anneal(kernel, chunk)
            took = time.monotonic() - began
            done = clock.share_done(self.steps)
            self._steer(chunk, done)
            clock.report(self.steps, self.value, self.broken)
            if self.broken and not self.is_exhausted and done >= EXHAUST_AFTER:
                self._try_everything()
            if self.proof or self.is_best_possible:
                clock.finish(self.number)
        if not self.is_exhausted and not clock.was_stopped and self._breaks_rules():
            self._try_everything()

    def _breaks_rules(self) -> bool:
        """Whether the best breaks a rule; of shares the tables know too little to say."""
        if self.broken or all(quota.most_share is None for quota in self.problem.quotas):
            return bool(self.broken)
        return bool(check_groups(self.problem, self.groups(self.problem)).violations)

    @property
    def is_best_possible(self) -> bool:
        return not self.broken and self.objective <= self.tables.floor + 1e-9

    @property
    def value(self) -> float:
        """The best grouping's value, as the checker computes it (but for broken sizes)."""
        return self.tables.value_at_zero - self.objective

    def _try_everything(self) -> None:
        """A small problem that resists may have no answer, or one that only patience finds."""
        self.is_exhausted = True
        exhaustion = feasibility.Exhaustion(self.problem)
        if exhaustion.is_proof:
            self.proof = exhaustion.reason()
        elif exhaustion.answer is not None:
            names = {name: g for g, name in enumerate(self.problem.group_names)}
            place = self.answer = exhaustion.answer
            self.group_of[:] = [names[place[key]] for key in self.tables.keys]
            self.group_size, self.count = _counts(self.tables, self.group_of, self.problem.groups)
            objective, broken = energy_of(self.tables, self.group_of, self.group_size, self.count)
            self.energy[:] = (objective, broken, objective, broken)
            self.best_group_of[:] = self.group_of

    def _anneal(self, kernel: Callable[..., None], chunk: int) -> None:
        t = self.tables
        self.tally[0] = 0
        kernel(
            chunk, self.temperature, self.penalty, self.insert_share, self.mate_share, t.low, t.high,
            t.size_reward, t.alike, t.weight, t.cap, self.has_least, t.least, t.or_none,
            t.item_size, t.item_start, t.item_kind, t.item_count,
            t.apart_start, t.apart, t.met_start, t.met, t.met_weight, self.movable,
            self.mate_start, self.mate, t.home, t.stay,
            self.group_of, self.group_size, self.count, self.state, self.energy,
            self.best_group_of, self.tally,
        )  # fmt: skip
        self.steps += chunk

    def _steer(self, chunk: int, done: float) -> None:
        """Let the temperature follow the wanted share of accepted losses, and the penalty the need."""
        wanted = ACCEPT_FIRST * (ACCEPT_LAST / ACCEPT_FIRST) ** done
        accepted = max(int(self.tally[0]), 0.1) / chunk
        self.temperature *= min(1.5, max(0.67, (wanted / accepted) ** 0.5))
        self.temperature = min(self.temperature, self.hottest)
        if self.energy[1] > 0:
            self.penalty *= 1.1
        elif self.has_teams:
            self.penalty = max(0.9 * self.penalty, SOFTEST * self.firm)
        if done >= SOFT_PART:
            self.penalty = max(self.penalty, self.firm)
        self.energy[0], self.energy[1] = energy_of(
            self.tables, self.group_of, self.group_size, self.count
        )


def _start(
    problem: CompositionProblem, tables: Tables, chance: np.random.Generator
) -> NDArray[np.int32]:
    """Whoever is locked or was somewhere first, then the largest, each into the smallest group."""
    group_of = np.where(tables.locked_to >= 0, tables.locked_to, tables.home).astype(np.int32)
    size = np.zeros(problem.groups, np.int64)
    np.add.at(size, group_of[group_of >= 0], tables.item_size[group_of >= 0])
    tie = chance.random(len(tables.keys))
    free = [i for i in np.lexsort((tie, -tables.item_size)) if group_of[i] < 0]
    for i in free:
        g = int(np.argmin(size))
        group_of[i] = g
        size[g] += tables.item_size[i]
    return group_of


def _mates(
    tables: Tables, movable: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The movable items of each kind, one kind after the other."""
    items = np.repeat(np.arange(len(tables.item_size), dtype=np.int32), np.diff(tables.item_start))
    moves = np.isin(items, movable)
    kinds, items = tables.item_kind[moves], items[moves]
    start = np.searchsorted(np.sort(kinds), np.arange(len(tables.weight) + 1))
    return start.astype(np.int32), items[np.argsort(kinds, kind="stable")]


def _counts(
    tables: Tables, group_of: NDArray[np.int32], groups: int
) -> tuple[NDArray[np.int32], NDArray[np.int16 | np.int32]]:
    size = np.zeros(groups, np.int32)
    np.add.at(size, group_of, tables.item_size)
    narrow = len(group_of) < 2**14  # halves the memory that the kernel waits for
    count = np.zeros((groups, max(1, len(tables.weight))), np.int16 if narrow else np.int32)
    rows = np.repeat(group_of, np.diff(tables.item_start))
    np.add.at(count, (rows, tables.item_kind), tables.item_count)
    return size, count


def energy_of(
    tables: Tables,
    group_of: NDArray[np.int32],
    size: NDArray[np.int32],
    count: NDArray[np.int16 | np.int32],
) -> tuple[float, int]:
    """Objective to minimise (minus the value, but for a constant), and how much is broken."""
    counts = count[:, : len(tables.weight)].astype(np.float64)
    objective = float((tables.weight * (counts * (counts - 1) / 2)).sum())
    objective -= float(tables.size_reward[size].sum())
    objective += float(tables.stay[(tables.home >= 0) & (tables.home != group_of)].sum())
    items = np.repeat(np.arange(len(group_of)), np.diff(tables.met_start))
    again = group_of[items] == group_of[tables.met]
    objective += float(tables.met_weight[again].sum()) / 2
    items = np.repeat(np.arange(len(group_of)), np.diff(tables.apart_start))
    broken = int((group_of[items] == group_of[tables.apart]).sum()) // 2
    broken += int(np.maximum(0, count[:, : len(tables.cap)] - tables.cap).sum())
    if tables.least.any():
        n = count[:, : len(tables.least)].astype(np.int64)
        short = np.maximum(0, tables.least - n)
        broken += int(np.where(tables.or_none, n * short, short).sum())
    broken += int(np.maximum(0, tables.low - size).sum() + np.maximum(0, size - tables.high).sum())
    return objective, broken


def _kernel() -> Callable[..., None]:
    from modig.planning import kernels  # noqa: PLC0415 -- numba is slow to import

    steps: Callable[..., None] = kernels.compose_steps
    return steps
