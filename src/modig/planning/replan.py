"""Plan again after people come and go, and change as little as can be."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from modig.planning import feasibility
from modig.planning.compose import compose
from modig.planning.explain import broken_among, worth_among
from modig.planning.problem import CompositionProblem, Person, ScheduleProblem, TeamKey
from modig.planning.result import Composition, Meeting, Progress, Schedule
from modig.planning.schedule import (
    COLDEST,
    Search,
    Tables,
    broken_of,
    impossible,
    judged,
    tables_of,
    with_places,
)
from modig.planning.stop import Clock

OnProgress = Callable[[Progress], None]

WIDEN_AFTER = 0.1
"""Share of the search after which more meetings may move than those that break something."""


@dataclass(frozen=True, slots=True)
class Move:
    """A team, or somebody who comes alone, in another group than before, and why.

    ``value`` is what the move itself is worth to the mix; ``why`` names the rules that the old
    place would break now, or is empty where the move only makes room for others.
    """

    team: TeamKey
    people: tuple[str, ...]
    before: str
    now: str
    value: float
    why: tuple[str, ...]

    def __str__(self) -> str:
        reason = f"{', '.join(self.why)} there now" if self.why else "makes room for others"
        return f"{self.team[1]} from {self.before} to {self.now}: {reason}; mix {self.value:+g}"


def same_group_names(
    groups: int, before: Mapping[str, str], locks: Collection[str]
) -> tuple[str, ...]:
    """Names for ``groups`` groups: those of before, the largest first, then new numbers."""
    kept = [*dict.fromkeys(locks)]
    kept += [name for name, _ in Counter(before.values()).most_common() if name not in kept]
    numbers = (str(k) for k in range(1, groups + len(kept) + 1))
    names = [*kept[:groups], *(n for n in numbers if n not in kept)][:groups]
    order = {name: k for k, name in enumerate(dict.fromkeys(before.values()))}
    return tuple(sorted(names, key=lambda name: order.get(name, len(order))))


def replan_groups(  # noqa: PLR0913 -- all but the problem and the earlier groups are by name
    problem: CompositionProblem,
    before: Mapping[str, str],
    *,
    seed: int,
    seconds: float | None = None,
    steps: int | None = None,
    on_progress: OnProgress | None = None,
    should_stop: Callable[[], bool] | None = None,
    workers: int = 1,
) -> tuple[Composition, tuple[Move, ...]]:
    """A grouping that keeps every rule and moves as few of the people who stay as was found."""
    plan = compose(
        problem,
        seed=seed,
        seconds=seconds,
        steps=steps,
        on_progress=on_progress,
        should_stop=should_stop,
        workers=workers,
        before=before,
    )
    return plan, moves_of(problem, before, plan.groups)


def moves_of(
    problem: CompositionProblem, before: Mapping[str, str], groups: Mapping[str, str]
) -> tuple[Move, ...]:
    """Everybody who was there before and is elsewhere now, team by team."""
    inside: dict[str, list[Person]] = defaultdict(list)
    for person in problem.people:
        if person.id in groups:
            inside[groups[person.id]].append(person)
    apart = problem.keep_apart_keys()
    locked = dict(problem.locked_keys())
    found = []
    for key, members in problem.teams().items():
        moved = [
            p for p in members if p.id in groups and before.get(p.id, groups[p.id]) != groups[p.id]
        ]
        if not moved:
            continue
        old, new = before[moved[0].id], groups[moved[0].id]
        left = [p for p in inside[new] if p.team_key != key]
        there = [p for p in inside[old] if p.team_key != key]
        own = {pair for pair in apart if key in pair}
        why = broken_among(problem, members, there, left=left, apart=own)
        if old not in problem.group_names:
            why = ("group_is_gone",)
        elif key in locked and locked[key] != old:
            why = ("lock", *why)
        elif len(moved) < len(members):
            why = ("team_split", *why)
        value = worth_among(problem, members, left) - worth_among(problem, members, there)
        found.append(Move(key, tuple(p.id for p in moved), old, new, value, why))
    return tuple(found)


# ---- schedule ------------------------------------------------------------------------------------


def replan_schedule(  # noqa: PLR0913 -- all but the problem and the earlier meetings are by name
    problem: ScheduleProblem,
    before: Sequence[Meeting],
    *,
    seed: int,
    seconds: float | None = None,
    steps: int | None = None,
    on_progress: OnProgress | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Schedule:
    """A schedule that keeps every rule and leaves as many meetings as was found where they were.

    First only meetings that break something may move, then more and more of them. Whatever moved
    and can go back, goes back at the end. Venues and facilitators stay with their meetings.
    """
    started = time.process_time()
    if proof := feasibility.schedule_is_impossible(problem):
        return impossible(problem, proof, seed, started)
    clock = Clock(seconds, steps, on_progress, should_stop)
    search = Repair(problem, before, seed)
    search.repair(clock)
    meetings = search.kept_meetings()
    return judged(problem, meetings, clock=clock, seed=seed, steps=search.steps, started=started)


class Repair(Search):
    """An annealer that begins at the old days and lets few meetings move."""

    def __init__(self, problem: ScheduleProblem, before: Sequence[Meeting], seed: int) -> None:
        tables = tables_of(problem, strict=False)
        super().__init__(problem, [tables, tables], seed * 1009, 0)
        self.before = {(m.group, m.block): m for m in sorted(before, key=lambda m: m.dates[0])}
        self.old = self._old_days(tables)
        self.first[:] = np.where(self.old >= 0, self.old, self.first)
        self._recount()
        self.all_movable = self.movable
        self.unplaced = {m for m in range(len(self.old)) if self.old[m] < 0}

    def _old_days(self, tables: Tables) -> np.ndarray:
        number = {day: d for d, day in enumerate(tables.days)}
        old = np.full(len(tables.options), -1, np.int32)
        for m, options in enumerate(tables.options):
            meeting = self.before.get(self._key(tables, m))
            day = number.get(meeting.dates[0], -1) if meeting else -1
            if day in options:
                old[m] = day
        return old

    def _key(self, tables: Tables, m: int) -> tuple[str, int]:
        return tables.groups[m // self.problem.blocks], m % self.problem.blocks + 1

    def _recount(self) -> None:
        t, blocks = self.tables, self.problem.blocks
        self.load[:], self.away[:] = t.base_load, t.base_away
        for m in range(len(self.first)):
            self._put(m, int(self.first[m]), 1)
        broken = broken_of(t, self.first, self.load, self.away, blocks)
        self.broken[:] = broken
        self.best_first = self.first.copy()

    def _put(self, m: int, start: int, sign: int) -> None:
        t = self.tables
        g, b = divmod(m, self.problem.blocks)
        part = slice(t.unit_start[g], t.unit_start[g + 1])
        for d in range(start, start + int(t.length[b])):
            self.load[d] += sign
            self.away[d, t.unit[part]] += sign * t.unit_count[part]

    def repair(self, clock: Clock) -> None:
        from modig.planning import kernels  # noqa: PLC0415 -- numba is slow to import

        self._anneal(kernels.schedule_steps, 0, COLDEST)
        clock.start()
        free = self._sore()
        widened, chunk, took = 0.0, 0, 0.0
        while self.fewest and not clock.is_over(0, self.steps):
            began = time.monotonic()
            if clock.share_done(self.steps) >= widened + WIDEN_AFTER:
                widened += WIDEN_AFTER
                self.first[:] = self.best_first
                self._recount()
                free |= self._sore() | self._near(free)
            self.movable = np.array(sorted(free.intersection(self.all_movable.tolist())), np.int32)
            if not len(self.movable):
                self.movable = self.all_movable
            if not len(self.movable):
                break
            chunk = min(50_000, clock.next_chunk(self.steps, chunk, took))
            self._anneal(kernels.schedule_steps, max(1, chunk), COLDEST + widened)
            took = time.monotonic() - began
            clock.report(self.steps, -float(self.fewest), self.fewest)
        self.first[:] = self.best_first
        self._recount()
        self._go_back()

    def _sore(self) -> set[int]:
        """Meetings that break something where they are, and those that have no old day."""
        t, blocks = self.tables, self.problem.blocks
        days = np.flatnonzero(self.load > t.places)
        sore = set(self.unplaced)
        over = self.away[:, : len(t.cap)] > t.cap
        crowded = set(days.tolist()) | set(np.flatnonzero(over.any(axis=1)).tolist())
        for m, start in enumerate(self.first.tolist()):
            g, b = divmod(m, blocks)
            part = slice(t.unit_start[g], t.unit_start[g + 1])
            for d in range(start, start + int(t.length[b])):
                if d in crowded and (self.load[d] > t.places or over[d, t.unit[part]].any()):
                    sore.add(m)
            if b:
                gap = int(t.day[start] - t.day[self.first[m - 1]])
                late_enough = start >= int(self.first[m - 1]) + int(t.length[b - 1])
                if not (t.gap_low <= gap <= t.gap_high and late_enough):
                    sore |= {m - 1, m}
        return sore

    def _near(self, free: set[int]) -> set[int]:
        """The other blocks of these groups, and as many meetings of others by chance."""
        blocks = self.problem.blocks
        same = {m // blocks * blocks + b for m in free for b in range(blocks)}
        count = min(len(self.first), 2 * len(free) + 10)
        return same | set(self.chance.choice(len(self.first), count, replace=False).tolist())

    def _go_back(self) -> None:
        """Meetings return to their old day, one by one, for as long as nothing breaks by it."""
        changed = True
        while changed and not self.broken[0]:
            changed = False
            for m in np.flatnonzero((self.old >= 0) & (self.old != self.first)).tolist():
                now = int(self.first[m])
                self._shift(m, int(self.old[m]))
                if self._is_fine(m):
                    changed = True
                else:
                    self._shift(m, now)
        self.best_first = self.first.copy()

    def _shift(self, m: int, to: int) -> None:
        self._put(m, int(self.first[m]), -1)
        self.first[m] = to
        self._put(m, to, 1)

    def _is_fine(self, m: int) -> bool:
        t, blocks = self.tables, self.problem.blocks
        g, b = divmod(m, blocks)
        part = slice(t.unit_start[g], t.unit_start[g + 1])
        units, start = t.unit[part], int(self.first[m])
        for d in range(start, start + int(t.length[b])):
            if self.load[d] > t.places or (self.away[d, units] > t.cap[units]).any():
                return False
        for early, late in ((m - 1, m), (m, m + 1)):
            if early // blocks != late // blocks or early < 0 or late >= len(self.first):
                continue
            gap = int(t.day[self.first[late]] - t.day[self.first[early]])
            length = int(t.length[early % blocks])
            if not t.gap_low <= gap <= t.gap_high or self.first[late] < self.first[early] + length:
                return False
        return True

    def kept_meetings(self) -> tuple[Meeting, ...]:
        """Venue and facilitator as before where they still can; the rest takes what is free."""
        leader: dict[str, str] = {m.group: m.facilitator for m in self.before.values()}
        order = sorted(
            range(len(self.first)), key=lambda m: (self.first[m] != self.old[m], int(self.first[m]))
        )

        def wishes(m: int, what: str) -> Sequence[str]:
            group, block = self._key(self.tables, m)
            if old := self.before.get((group, block)):
                return [getattr(old, what)]
            return [leader[group]] if what == "facilitator" and group in leader else []

        return with_places(self.problem, self.tables, self.first, order, wishes)


def changed_meetings(before: Sequence[Meeting], after: Sequence[Meeting]) -> dict[str, int]:
    """Meetings of both plans whose dates, venue or facilitator changed."""

    def merged(
        meetings: Sequence[Meeting],
    ) -> dict[tuple[str, int], tuple[set[date], set[str], set[str]]]:
        found: dict[tuple[str, int], tuple[set[date], set[str], set[str]]] = {}
        for m in meetings:
            days, venues, leaders = found.setdefault((m.group, m.block), (set(), set(), set()))
            days.update(m.dates)
            venues.add(m.venue)
            leaders.add(m.facilitator)
        return found

    old, new = merged(before), merged(after)
    both = old.keys() & new.keys()
    names = ("date", "venue", "facilitator")
    counts = {
        f"{name}_changed": sum(old[key][k] != new[key][k] for key in both)
        for k, name in enumerate(names)
    }
    return {
        "in_both": len(both),
        "added": len(new.keys() - both),
        "removed": len(old.keys() - both),
        **counts,
    }


def with_old_places(problem: ScheduleProblem, before: Sequence[Meeting]) -> ScheduleProblem:
    """The problem with the venues and facilitators of before, as many as it allows, then its own."""

    def names(own: tuple[str, ...], used: Sequence[str]) -> tuple[str, ...]:
        common = [name for name, _ in Counter(used).most_common()][: len(own)]
        return (*common, *(name for name in own if name not in common))[: len(own)]

    return replace(
        problem,
        venues=names(problem.venues, [m.venue for m in before]),
        facilitators=names(problem.facilitators, [m.facilitator for m in before]),
    )
