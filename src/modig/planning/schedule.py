"""Find a day, a venue and a facilitator for every block of every group."""

import time
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from modig.planning import feasibility
from modig.planning.checker import check_schedule
from modig.planning.hosts import Span, Wishes, hosts_of
from modig.planning.problem import GAP_TOLERANCE_WEEKS, ScheduleProblem, Unit, raised_caps
from modig.planning.result import Meeting, Progress, Reason, Schedule, Status, so_many
from modig.planning.stop import DEFAULT_SECONDS, Clock

Ints = NDArray[np.int32]
HOTTEST, COLDEST = (0.3, 1.5), 0.05
"""Temperatures in broken rules; cooling goes from one to the other and begins again.

Large problems are soonest done when cooling begins at the first, but from there a small one whose
days are few may never find its way over worse schedules: every second time it begins hotter.
"""
ROOM_CODES = {"too_few_room_days", "too_few_facilitator_days"}
TRIES = 8
"""How often at most more weeks, or more rooms, are tried when too few are given."""


def schedule(  # noqa: PLR0913 -- all but the problem are by name
    problem: ScheduleProblem,
    *,
    seed: int,
    seconds: float | None = None,
    steps: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    workers: int = 1,
) -> Schedule:
    """A schedule that breaks no rule, if one is found within ``seconds`` or ``steps``.

    The same problem, seed, steps and workers give the same schedule. The first half of the search
    keeps gaps without tolerance and blocks of several days within one week; the second uses all
    that the rules allow.
    """
    started = time.process_time()
    if proof := feasibility.schedule_is_impossible(problem):
        trial = Trial(seed, seconds, steps, should_stop)
        helping = _what_would_help(problem, proof, trial)
        return impossible(problem, proof + helping, seed, started)
    clock = Clock(seconds, steps, on_progress, should_stop)
    tables = [tables_of(problem, strict=True), tables_of(problem, strict=False)]
    searches = [Search(problem, tables, seed * 1009 + k, k) for k in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda search: search.run(clock), searches))
    meetings = min(searches, key=lambda search: search.rank).meetings()
    taken = sum(search.steps for search in searches)
    return judged(problem, meetings, clock=clock, seed=seed, steps=taken, started=started)


def impossible(
    problem: ScheduleProblem, reasons: tuple[Reason, ...], seed: int, started: float
) -> Schedule:
    """No meetings, for the reasons that prove that there can be none."""
    return Schedule(
        meetings=(),
        violations={},
        status=Status.NOT_POSSIBLE,
        reasons=reasons,
        max_share_away=0.0,
        seed=seed,
        steps=0,
        cpu_seconds=time.process_time() - started,
        raised_caps=raised_caps(problem.caps),
    )


def judged(  # noqa: PLR0913 -- what a search has come to, and what it took
    problem: ScheduleProblem,
    meetings: tuple[Meeting, ...],
    *,
    clock: Clock,
    seed: int,
    steps: int,
    started: float,
) -> Schedule:
    """The schedule that a search ended with; every figure is the checker's."""
    figures = check_schedule(problem, meetings)
    status = Status.NOT_FOUND if figures.violations else Status.OK
    return Schedule(
        meetings=meetings,
        violations=figures.violations,
        status=Status.STOPPED if clock.was_stopped else status,
        reasons=tuple(Reason("broken", sentence) for sentence in figures.errors),
        max_share_away=figures.max_share_away,
        seed=seed,
        steps=steps,
        cpu_seconds=time.process_time() - started,
        raised_caps=figures.raised_caps,
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """How hard to look for what would help: each try gets a part of the seconds, or the steps."""

    seed: int
    seconds: float | None
    steps: int | None
    should_stop: Callable[[], bool] | None

    def least_that_works(self, least: int, wider: Callable[[int], ScheduleProblem]) -> int | None:
        """The smallest number with which a schedule was found; below ``least`` there is none.

        First half as much again, or twice or four times as much; then the middle of what is left.
        """
        tries, works, fails = 0, 0, least - 1
        for more in (least + least // 2, 2 * least, 4 * least):
            tries += 1
            if self.succeeds(wider(more)):
                works = more
                break
            fails = more
        while works and works - fails > 1 and tries < TRIES:
            tries, middle = tries + 1, (works + fails) // 2
            if self.succeeds(wider(middle)):
                works = middle
            else:
                fails = middle
        return works or None

    def succeeds(self, problem: ScheduleProblem) -> bool:
        if self.should_stop is not None and self.should_stop():
            return False
        if feasibility.schedule_is_impossible(problem):
            return False
        answer = schedule(
            problem,
            seed=self.seed,
            seconds=None if self.steps else (self.seconds or DEFAULT_SECONDS) / (2 * TRIES),
            steps=self.steps,
            should_stop=self.should_stop,
        )
        return answer.status is Status.OK


def _what_would_help(
    problem: ScheduleProblem, proof: Sequence[Reason], trial: Trial
) -> tuple[Reason, ...]:
    """Where rooms or days are too few: the fewest weeks, and rooms, that a search succeeds with."""
    short = [reason.numbers for reason in proof if reason.code in ROOM_CODES]
    if not short:
        return ()
    found = []
    if least := int(short[0]["weeks_needed"]):
        weeks = trial.least_that_works(least, lambda n: replace(problem, weeks=n))
        if weeks is not None:
            text = f"with {so_many(weeks, 'week')} a schedule that keeps every rule was found"
            found.append(Reason("works_with_weeks", text, {"weeks": weeks}))
    if least := int(short[0].get("rooms_needed", 0) or short[0].get("facilitators_needed", 0)):
        rooms = trial.least_that_works(least, lambda n: _with_places(problem, n))
        if rooms is not None:
            wider = _with_places(problem, rooms)
            n, leaders = len(wider.venues), len(wider.facilitators)
            text = f"with {so_many(n, 'room')} and {so_many(leaders, 'facilitator')} a schedule was found in the same time"
            found.append(Reason("works_with_rooms", text, {"rooms": n, "facilitators": leaders}))
    return tuple(found)


def _with_places(problem: ScheduleProblem, places: int) -> ScheduleProblem:
    def enough(names: tuple[str, ...]) -> tuple[str, ...]:
        return names + tuple(f"+{k}" for k in range(1, places - len(names) + 1))

    return replace(
        problem, venues=enough(problem.venues), facilitators=enough(problem.facilitators)
    )


@dataclass(frozen=True, slots=True)
class Tables:
    """A schedule problem as arrays; meetings are numbered group by group, block by block."""

    groups: tuple[str, ...]
    days: tuple[date, ...]
    day: Ints
    length: Ints
    gap_low: int
    gap_high: int
    places: int
    base_load: Ints
    base_away: Ints
    """What counts as used on a day before anybody meets: places that are closed or off then."""
    options: tuple[tuple[int, ...], ...]
    cap: Ints
    unit_start: Ints
    unit: Ints
    unit_count: Ints


def tables_of(problem: ScheduleProblem, *, strict: bool) -> Tables:
    """``strict`` keeps gaps without tolerance and blocks within a week, wherever that leaves a day."""
    groups = tuple(problem.members)
    days = tuple(problem.working_days())
    gap_low, gap_high = problem.gap_in_days(0.0 if strict else GAP_TOLERANCE_WEEKS)
    away = _away(problem)
    options = tuple(
        _options(days, length, problem.locks.get((group, block)), away[group], strict=strict)
        for group in groups
        for block, length in enumerate(problem.length_of_block, 1)
    )
    binding = _binding_units(problem)
    number = {unit: k for k, unit in enumerate(binding)}
    scarce = _scarce_rooms(problem)
    counts = [
        sorted(Counter(number[p.unit] for p in problem.members[g] if p.unit in number).items())
        + [(len(binding) + k, 1) for k, n in enumerate(scarce) if len(problem.members[g]) >= n]
        for g in groups
    ]
    rooms = {n: [problem.venues_on(day, n) for day in days] for n in scarce}
    places = min(len(problem.venues), len(problem.facilitators))
    base_away = np.zeros((len(days), max(1, len(binding) + len(scarce))), np.int32)
    for k, n in enumerate(scarce):
        base_away[:, len(binding) + k] = max(rooms[n]) - np.array(rooms[n])
    return Tables(
        groups=groups,
        days=days,
        day=np.array([day.toordinal() for day in days], np.int32),
        length=np.array(problem.length_of_block, np.int32),
        gap_low=gap_low,
        gap_high=gap_high,
        places=places,
        base_load=np.array([places - problem.places_on(day) for day in days], np.int32),
        base_away=base_away,
        options=options,
        cap=np.array(
            [problem.caps[unit].cap for unit in binding] + [max(rooms[n]) for n in scarce], np.int32
        ),
        unit_start=np.cumsum([0, *map(len, counts)]).astype(np.int32),
        unit=np.array([u for entries in counts for u, _ in entries], np.int32),
        unit_count=np.array([n for entries in counts for _, n in entries], np.int32),
    )


def _scarce_rooms(problem: ScheduleProblem) -> list[int]:
    """Sizes of groups for which not every venue has room.

    For each of them the groups that are as large count as one person from a unit whose cap is the
    number of venues with room for them: by Hall's theorem, as rooms that take more people take all
    that smaller ones do, every group of a day then finds one.
    """
    sizes = sorted({len(members) for members in problem.members.values()})
    rooms = [sum(problem.seats.get(v, n) >= n for v in problem.venues) for n in sizes]
    fewer = [(n, k) for n, k in zip(sizes, rooms, strict=True) if k < len(problem.venues)]
    return [n for at, (n, k) in enumerate(fewer) if not at or k < fewer[at - 1][1]]


def _binding_units(problem: ScheduleProblem) -> list[Unit]:
    everybody = Counter(p.unit for members in problem.members.values() for p in members)
    return [u for u, n in everybody.items() if u in problem.caps and n > problem.caps[u].cap]


def _away(problem: ScheduleProblem) -> dict[str, set[date]]:
    """The days on which somebody of a group cannot come."""
    days_of: dict[str, set[date]] = defaultdict(set)
    for person, day in problem.unavailable:
        days_of[person].add(day)
    return {
        group: set[date]().union(*(days_of[p.id] for p in members if p.id in days_of))
        for group, members in problem.members.items()
    }


def _options(
    days: Sequence[date], length: int, lock: date | None, away: set[date], *, strict: bool
) -> tuple[int, ...]:
    """First days, as numbers of working days, that a block of a group may have."""
    free = [
        d
        for d in range(len(days) - length + 1)
        if (lock is None or days[d] == lock)
        and not (away and away.intersection(days[d : d + length]))
    ]
    whole = [d for d in free if (days[d + length - 1] - days[d]).days == length - 1]
    return tuple(whole if strict and whole else free)


@dataclass
class Search:
    """One annealer over the first days of all meetings, with strict tables first, then wide ones."""

    problem: ScheduleProblem
    phases: Sequence[Tables]
    seed: int
    number: int
    steps: int = 0
    least_far: tuple[int, tuple[Meeting, ...], bytes] | None = None
    """Of the schedules whose days are right, the one with the fewest ways too far."""

    def __post_init__(self) -> None:
        self.state = np.array([self.seed % 2**63], np.uint64)
        self.chance = np.random.default_rng(self.seed)
        self._begin(self.phases[0])

    def _begin(self, tables: Tables) -> None:
        self.tables = tables
        self.option_start = np.cumsum([0, *map(len, tables.options)]).astype(np.int32)
        self.option = np.array([d for options in tables.options for d in options], np.int32)
        self.reach = 5 + (tables.gap_high - tables.gap_low) * 5 // 14  # about half the gap's play
        self.movable = np.array([m for m, o in enumerate(tables.options) if len(o) > 1], np.int32)
        self.first = _start(self.problem, tables, self.chance)
        self.load, self.away = _loads(tables, self.first, self.problem.blocks)
        broken = broken_of(tables, self.first, self.load, self.away, self.problem.blocks)
        self.broken = np.array([broken, broken], np.int64)
        self.best_first = self.first.copy()
        self.round_began = self.steps
        self.round = max(20_000, 60 * len(tables.options))
        self.hottest = HOTTEST[0]

    @property
    def fewest(self) -> int:
        return int(self.broken[1])

    @property
    def rank(self) -> tuple[int, int]:
        """The lower, the better: first those whose days are right."""
        return (1, self.fewest) if self.least_far is None else (0, self.least_far[0])

    def run(self, clock: Clock) -> None:
        kernel = _kernel()
        self._anneal(kernel, 0, 1.0)  # loads or compiles it before the clock starts
        clock.start()
        first, wide = self.phases
        chunk, took = 0, 0.0
        while not self._is_done() and not clock.is_over(self.number, self.steps):
            began = time.monotonic()
            if not self.fewest:  # the days are right, but somebody would travel too far
                self._begin(self.tables)
            is_idle = not len(self.movable)
            if self.tables is first and (is_idle or clock.share_done(self.steps) >= 0.5):
                self._begin(wide)
            elif is_idle:
                break
            cooled = self._cooled()
            temperature = self.hottest * (COLDEST / self.hottest) ** cooled
            chunk = min(self.round // 40, clock.next_chunk(self.steps, chunk, took))
            self._anneal(kernel, chunk, temperature)
            took = time.monotonic() - began
            clock.report(self.steps, -float(self.fewest), self.fewest)
        if self._is_done():
            clock.finish(self.number)

    def _cooled(self) -> float:
        """How far this round of cooling has come; each one is twice as long as the last."""
        if self.steps - self.round_began >= self.round:
            self.round_began, self.round = self.steps, 2 * self.round
            self.hottest = HOTTEST[self.hottest == HOTTEST[0]]
        return (self.steps - self.round_began) / self.round

    def _anneal(self, kernel: Callable[..., int], chunk: int, temperature: float) -> None:
        t = self.tables
        taken = kernel(
            chunk, temperature, t.places, t.gap_low, t.gap_high, self.problem.blocks,
            t.length, t.day, self.option_start, self.option, self.reach, t.cap, t.unit_start, t.unit,
            t.unit_count, self.movable, self.first, self.load, self.away, self.state,
            self.broken, self.best_first,
        )  # fmt: skip
        self.steps += int(taken)

    def _is_done(self) -> bool:
        if self.fewest or not self.problem.far_apart:
            return not self.fewest
        if self.least_far is None or self.best_first.tobytes() != self.least_far[2]:
            meetings = with_places(self.problem, self.tables, self.best_first)
            broken = sum(check_schedule(self.problem, meetings).violations.values())
            if self.least_far is None or broken < self.least_far[0]:
                self.least_far = (broken, meetings, self.best_first.tobytes())
        return self.least_far[0] == 0

    def meetings(self) -> tuple[Meeting, ...]:
        if self.least_far is not None:
            return self.least_far[1]
        return with_places(self.problem, self.tables, self.best_first)


def _start(problem: ScheduleProblem, tables: Tables, chance: np.random.Generator) -> Ints:
    """Groups spread over the first weeks, each later block in the middle of its gap."""
    first = np.zeros(len(tables.options), np.int32)
    for g in range(len(tables.groups)):
        for b in range(problem.blocks):
            m = g * problem.blocks + b
            options = tables.options[m]
            if b == 0:
                first[m] = options[int(chance.integers(len(options)))]
                continue
            early = int(tables.day[first[m - 1]])
            low = bisect_left(options, early + tables.gap_low, key=lambda d: int(tables.day[d]))
            high = bisect_right(options, early + tables.gap_high, key=lambda d: int(tables.day[d]))
            if low < high:
                first[m] = options[int(chance.integers(low, high))]
            else:
                first[m] = options[min(low, len(options) - 1)]
    return first


def _loads(tables: Tables, first: Ints, blocks: int) -> tuple[Ints, Ints]:
    load, away = tables.base_load.copy(), tables.base_away.copy()
    for m, start in enumerate(first):
        g, b = divmod(m, blocks)
        part = slice(tables.unit_start[g], tables.unit_start[g + 1])
        for d in range(start, start + tables.length[b]):
            load[d] += 1
            away[d, tables.unit[part]] += tables.unit_count[part]
    return load, away


def broken_of(tables: Tables, first: Ints, load: Ints, away: Ints, blocks: int) -> int:
    """Meetings too many a day, people over a cap, and weeks outside the gap."""
    broken = int(np.maximum(0, load - tables.places).sum())
    broken += int(np.maximum(0, away[:, : len(tables.cap)] - tables.cap).sum())
    for m in range(len(first)):
        if m % blocks:
            days = int(tables.day[first[m]] - tables.day[first[m - 1]])
            outside = max(0, tables.gap_low - days, days - tables.gap_high)
            broken += -(-outside // 7)
            broken += int(first[m] < first[m - 1] + tables.length[m % blocks - 1])
    return broken


def with_places(
    problem: ScheduleProblem,
    tables: Tables,
    first: Sequence[int] | Ints,
    order: Sequence[int] = (),
    wishes: Wishes = lambda _m, _what: (),
) -> tuple[Meeting, ...]:
    """The meetings with their venues and facilitators, chosen in the order of the days.

    A group keeps its own where it can; else the least used one is taken.
    """
    spans = [
        Span(tables.groups[m // problem.blocks], tables.days[start : start + length])
        for m, start in enumerate(map(int, first))
        for length in [int(tables.length[m % problem.blocks])]
    ]
    by_day = sorted(range(len(spans)), key=lambda m: (int(first[m]), m))
    hosts = hosts_of(problem, spans, order or by_day, wishes)
    return tuple(
        Meeting(span.group, m % problem.blocks + 1, span.dates, *hosts[m])
        for m, span in enumerate(spans)
    )


def _kernel() -> Callable[..., int]:
    from modig.planning import kernels  # noqa: PLC0415 -- numba is slow to import

    steps: Callable[..., int] = kernels.schedule_steps
    return steps
