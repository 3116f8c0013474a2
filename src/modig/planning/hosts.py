"""Which venue and which facilitator every meeting gets, once its days are known."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from modig.planning.problem import ScheduleProblem

Fits = Callable[[str, int], bool]
Wishes = Callable[[int, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Span:
    """The days of one group's meeting."""

    group: str
    dates: tuple[date, ...]


def hosts_of(
    problem: ScheduleProblem,
    spans: Sequence[Span],
    order: Sequence[int],
    wishes: Wishes = lambda _m, _what: (),
) -> list[tuple[str, str]]:
    """Venue and facilitator of each meeting, in the order of ``spans``.

    Meetings choose in ``order``: what they wish for (a meeting's number, and "venue" or
    "facilitator"), what their group has had, else the one used least. Where nobody is left, others
    change theirs along an augmenting path (Kuhn 1955): for meetings of one day somebody is found for
    all of them, if that is possible at all and no way is too far; for longer ones most often. A
    meeting that nobody is left for gets one that breaks a rule.
    """
    venues = _Pool(
        spans,
        problem.venues,
        fits=lambda name, m: (
            problem.seats_enough(name, spans[m].group)
            and not any((name, day) in problem.venues_closed for day in spans[m].dates)
        ),
    )
    at = venues.share_out(order, lambda m: wishes(m, "venue"))
    leaders = _Pool(
        spans,
        problem.facilitators,
        fits=lambda name, m: (
            not any((name, day) in problem.facilitators_off for day in spans[m].dates)
        ),
        is_far=lambda m, other: problem.is_far(at[m], at[other]),
    )
    led = leaders.share_out(order, lambda m: wishes(m, "facilitator"))
    return list(zip(at, led, strict=True))


@dataclass
class _Pool:
    """Names of which each is at one meeting a day at most."""

    spans: Sequence[Span]
    names: Sequence[str]
    fits: Fits
    is_far: Callable[[int, int], bool] = lambda _m, _other: False
    taken: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    used: Counter[str] = field(default_factory=Counter)
    name_of: dict[int, str] = field(default_factory=dict)
    had: dict[str, str] = field(default_factory=dict)

    def share_out(self, order: Sequence[int], wishes: Callable[[int], Sequence[str]]) -> list[str]:
        """The name of every meeting: of those that begin together, who has a wish goes first."""
        by_day: dict[date, list[int]] = defaultdict(list)
        for m in order:
            by_day[self.spans[m].dates[0]].append(m)
        for meetings in by_day.values():
            for m in [m for m in meetings if not self._take_wished(m, wishes(m))]:
                self._take_any(m)
        return [self.name_of[m] for m in range(len(self.spans))]

    def _take_wished(self, m: int, wished: Sequence[str]) -> bool:
        own = self.had.get(self.spans[m].group)
        for name in dict.fromkeys([*wished, *([own] if own else [])]):
            if name in self.names and self.fits(name, m) and not self._blockers(name, m):
                self._put(m, name)
                return True
        return False

    def _take_any(self, m: int) -> None:
        if self._take(m, set()):
            return
        fitting = [name for name in self.names if self.fits(name, m)]
        self._put(m, min(fitting or self.names, key=lambda name: self.used[name]))

    def _take(self, m: int, tried: set[str]) -> bool:
        """Give the meeting a free name, or one whose meetings find other names."""
        fitting = [name for name in self.names if name not in tried and self.fits(name, m)]
        fitting.sort(key=lambda name: self.used[name])
        if free := [name for name in fitting if not self._blockers(name, m)]:
            self._put(m, free[0])
            return True
        for name in fitting:
            if name in tried:
                continue
            tried.add(name)
            before = {other: self.name_of[other] for other in self._blockers(name, m)}
            for other in before:
                self._remove(other)
            self._put(m, name)
            moved = [other for other in sorted(before) if self._take(other, tried)]
            if len(moved) == len(before):
                return True
            for other in [m, *moved]:
                self._remove(other)
            for other, old in before.items():
                self._put(other, old)
        return False

    def _blockers(self, name: str, m: int) -> set[int]:
        """The meetings for which this one cannot have the name: on its days, or too far away."""
        taken, dates = self.taken[name], self.spans[m].dates
        found = {taken[day.toordinal()] for day in dates if day.toordinal() in taken}
        for day in (dates[0].toordinal() - 1, dates[-1].toordinal() + 1):
            if day in taken and self.is_far(m, taken[day]):
                found.add(taken[day])
        return found

    def _put(self, m: int, name: str) -> None:
        span = self.spans[m]
        for day in span.dates:
            self.taken[name][day.toordinal()] = m
        self.used[name] += 1
        self.name_of[m] = self.had[span.group] = name

    def _remove(self, m: int) -> None:
        name = self.name_of.pop(m)
        for day in self.spans[m].dates:
            if self.taken[name].get(day.toordinal()) == m:
                del self.taken[name][day.toordinal()]
        self.used[name] -= 1
