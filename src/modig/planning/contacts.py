"""Who sits with whom from round to round, so that people meet as many new people as can be."""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from modig.planning.constructions import perfect_rounds
from modig.planning.contacts_checker import check_contacts
from modig.planning.problem import ContactsProblem
from modig.planning.result import Progress, Reason, Status
from modig.planning.stop import Clock

HOTTEST, COLDEST = 1.0, 0.05
WARM = 0.15
"""Temperatures in first meetings; cooling goes from one to the other and begins again.

A start that was built begins warm: it has few repeats, and heat would forget it.
"""

MOST_PEOPLE = 20_000
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Contacts:
    """For each round, the group of everyone who is seated; figures as the checker computes them."""

    rounds: tuple[Mapping[str, str], ...]
    new_pairs: int
    repeats: int
    bound: float
    share: float
    crossing: Mapping[str, int]
    violations: Mapping[str, int]
    status: Status
    reasons: tuple[Reason, ...]
    seed: int
    steps: int
    cpu_seconds: float
    history_ignored: int = 0
    is_constructed: bool = False
    sat_out: Mapping[str, int] = field(default_factory=dict)


def arrange_contacts(  # noqa: PLR0913 -- all but the problem are by name
    problem: ContactsProblem,
    *,
    seed: int,
    seconds: float | None = None,
    steps: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    workers: int = 1,
) -> Contacts:
    """The most new contacts found: built where a perfect table is known, else searched for."""
    started = time.process_time()
    if problem.tables == 0:
        text = (
            f"{len(problem.people)} people do not fill one group of {problem.size}:"
            f" without sitting out, or in groups of {len(problem.people)}, they can meet"
        )
        reason = Reason("too_few_people", text, {"people": len(problem.people)})
        return _answer(problem, (), Status.NOT_POSSIBLE, (reason,), seed, 0, started)
    built = _built(problem, seed)
    settles = not problem.history_pairs() and not any(problem.weights.values())
    if settles and len(built) == problem.rounds:
        return _answer(problem, built, Status.OK, (), seed, 0, started, is_constructed=True)
    clock = Clock(seconds, steps, on_progress, should_stop)
    searches = [Search(problem, built, seed * 1009 + k, k) for k in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda search: search.run(clock), searches))
    best = max(searches, key=lambda search: search.best_value)
    status = Status.STOPPED if clock.was_stopped else Status.OK
    taken = sum(search.steps for search in searches)
    return _answer(problem, tuple(best.best), status, (), seed, taken, started)


def _answer(  # noqa: PLR0913, PLR0917 -- the parts of one answer
    problem: ContactsProblem,
    rounds: Sequence[Ints],
    status: Status,
    reasons: tuple[Reason, ...],
    seed: int,
    steps: int,
    started: float,
    *,
    is_constructed: bool = False,
) -> Contacts:
    names = [person.id for person in problem.people]
    seated = tuple(
        {name: str(g + 1) for name, g in zip(names, of.tolist(), strict=True) if g < problem.tables}
        for of in rounds
    )
    figures = check_contacts(problem, seated)
    if status is Status.OK and figures.violations:
        status, reasons = (
            Status.NOT_FOUND,
            tuple(Reason("broken", text) for text in figures.errors),
        )
    return Contacts(
        rounds=seated,
        new_pairs=figures.new_pairs,
        repeats=figures.repeats,
        bound=figures.bound,
        share=figures.share,
        crossing=figures.crossing,
        violations=figures.violations if rounds else {},
        status=status,
        reasons=reasons,
        seed=seed,
        steps=steps,
        cpu_seconds=time.process_time() - started,
        history_ignored=figures.history_ignored,
        is_constructed=is_constructed,
        sat_out={
            name: sum(name not in of for of in seated) for name in names if problem.sits_out_each
        },
    )


def _built(problem: ContactsProblem, seed: int) -> tuple[Ints, ...]:
    """Rounds without a repeat from a construction; chance says who takes which place."""
    if problem.sits_out_each:
        return ()
    n = len(problem.people)
    who = np.random.default_rng(seed).permutation(n)
    rounds = []
    for tables in perfect_rounds(n, problem.size, problem.rounds):
        of = np.zeros(n, np.int32)
        for g, table in enumerate(tables):
            of[who[table]] = g
        rounds.append(of)
    return tuple(rounds)


class Search:
    """One annealer over the seats of all rounds; those that were built stay at first."""

    def __init__(
        self, problem: ContactsProblem, built: Sequence[Ints], seed: int, number: int
    ) -> None:
        self.problem, self.number, self.steps = problem, number, 0
        n, tables = len(problem.people), problem.tables
        self.state = np.array([seed % 2**63], np.uint64)
        chance = np.random.default_rng(seed)
        self.group_of = np.zeros((problem.rounds, n), np.int32)
        order = chance.permutation(n)
        for r in range(problem.rounds):
            self.group_of[r] = built[r] if r < len(built) else _dealt(problem, r, order, chance)
        self.weight = np.array([w for w in problem.weights.values() if w > 0], np.float64)
        self.kind = np.array(
            [_numbers([p.attributes[a] for p in problem.people]) for a, w in problem.weights.items() if w > 0],
            np.int32,
        ).reshape(len(self.weight), n).T.copy()  # fmt: skip
        self.value = np.zeros(2)
        self.tally = np.zeros(1, np.int64)
        self.best, self.best_value = self.group_of.copy(), -1.0
        self.room = max(problem.size, problem.sits_out_each)
        self.groups = tables + (problem.sits_out_each > 0)
        met = problem.history_pairs()
        number_of = {person.id: k for k, person in enumerate(problem.people)}
        self.history = np.zeros((n, n), np.uint8)
        for a, b in met:
            self.history[number_of[a], number_of[b]] = self.history[number_of[b], number_of[a]] = 1
        self._count_anew()
        self.hottest = WARM if built else HOTTEST
        kept = len(built) if len(built) < problem.rounds and not met and not len(self.weight) else 0
        self.movable = np.arange(kept, problem.rounds, dtype=np.int64)
        self.cycle_began, self.cycle = 0, max(20_000, 40 * problem.rounds * n)

    def _count_anew(self) -> None:
        """Members, meetings and value from the groups alone."""
        rounds, n = self.group_of.shape
        self.member = np.zeros((rounds, self.groups, self.room), np.int32)
        self.filled = np.zeros((rounds, self.groups), np.int32)
        self.slot_of = np.zeros((rounds, n), np.int32)
        self.meetings = self.history.copy()
        for r in range(rounds):
            for g in range(self.groups):
                members = np.flatnonzero(self.group_of[r] == g)
                self.filled[r, g] = len(members)
                self.member[r, g, : len(members)] = members
                self.slot_of[r, members] = np.arange(len(members))
                if g < self.problem.tables:
                    self.meetings[np.ix_(members, members)] += 1
        np.fill_diagonal(self.meetings, 0)
        self.value[0] = self._worth_of_first_meetings()

    def _worth_of_first_meetings(self) -> float:
        new = np.triu((self.meetings > 0) & (self.history == 0), 1)
        worth = float(new.sum())
        for a, weight in enumerate(self.weight):
            of = self.kind[:, a]
            worth += float(weight) * float((new & (of[:, None] != of[None, :])).sum())
        return worth

    @property
    def is_perfect(self) -> bool:
        """Everybody meets only new people: without wishes nothing better exists."""
        return not len(self.weight) and self.best_value >= self.problem.most_meetings() - 1e-6

    def run(self, clock: Clock) -> None:
        from modig.planning import kernels  # noqa: PLC0415 -- numba is slow to import

        if self.problem.tables == 1 and not self.problem.sits_out_each:
            self._take_best()
            return
        self._anneal(kernels, 0, 1.0)  # loads or compiles it before the clock starts
        clock.start()
        chunk, took = 0, 0.0
        while not clock.is_over(self.number, self.steps):
            began = time.monotonic()
            chunk = min(self.cycle // 40, clock.next_chunk(self.steps, chunk, took))
            self._anneal(
                kernels, max(1, chunk), self.hottest * (COLDEST / self.hottest) ** self._cooled()
            )
            took = time.monotonic() - began
            if self.value[1] > self.best_value:
                self._take_best()
            clock.report(self.steps, self.best_value, 0)
            if self.is_perfect:
                clock.finish(self.number)
        self._take_best()

    def _cooled(self) -> float:
        """How far this cooling has come; each one is twice as long and may move every round."""
        if self.steps - self.cycle_began >= self.cycle:
            self.cycle_began, self.cycle = self.steps, 2 * self.cycle
            self.movable = np.arange(self.problem.rounds, dtype=np.int64)
            self.hottest = HOTTEST
        return (self.steps - self.cycle_began) / self.cycle

    def _anneal(self, kernels: object, chunk: int, temperature: float) -> None:
        scale = 1.0 + float(self.weight.max(initial=0.0))
        kernels.contact_steps(  # type: ignore[attr-defined]
            chunk, temperature * scale, self.movable, self._sore(), self.problem.tables, self.group_of,
            self.slot_of, self.member, self.filled, self.meetings, self.kind, self.weight,
            self.value, self._best_now, self.state, self.tally,
        )  # fmt: skip
        self.steps += chunk

    def _sore(self) -> NDArray[np.int64]:
        """Seats at which somebody meets again: half of all tries begin at one of them."""
        n = len(self.problem.people)
        pairs_again = np.argwhere(self.meetings > 1)
        if len(pairs_again) > n:
            return np.zeros(0, np.int64)
        seats = [
            r * n + a
            for a, b in pairs_again.tolist()
            for r in self.movable.tolist()
            if self.group_of[r, a] == self.group_of[r, b] < self.problem.tables
        ]
        return np.array(seats, np.int64)

    @property
    def _best_now(self) -> Ints:
        if not hasattr(self, "_room_for_best"):
            self._room_for_best = self.group_of.copy()
        return self._room_for_best

    def _take_best(self) -> None:
        if self.value[1] > self.best_value or self.best_value < 0:
            self.best, self.best_value = self._best_now.copy(), float(self.value[1])


def _dealt(
    problem: ContactsProblem, turn: int, order: NDArray[np.int64], chance: np.random.Generator
) -> Ints:
    """A round by chance; whoever sits out does so in turn, so that all do about equally often."""
    n, bench = len(problem.people), problem.sits_out_each
    of = np.full(n, problem.tables, np.int32)
    out = order[(turn * bench + np.arange(bench)) % n]
    seated = np.setdiff1d(np.arange(n), out)
    chance.shuffle(seated)
    for k, person in enumerate(seated):
        of[person] = k % problem.tables
    return of


def _numbers(values: Sequence[str]) -> list[int]:
    number: dict[str, int] = {}
    return [number.setdefault(value, len(number)) for value in values]
