"""How initiatives move on: how many reach each stage in each period, and how long they wait in it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter

from django.db.models import Q

from modig.apps.initiatives.models import Initiative, Stage, StageChange
from modig.apps.initiatives.models.initiative import OPEN_STAGES

HALF = 0.5
Change = tuple[int, str, date]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month or a quarter."""

    year: int
    number: int
    is_quarter: bool = False

    def next(self) -> "Period":
        last = 4 if self.is_quarter else 12
        if self.number == last:
            return Period(self.year + 1, 1, self.is_quarter)
        return Period(self.year, self.number + 1, self.is_quarter)

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2 if self.is_quarter else self.number, 1)


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage with how many initiatives reached it for the first time in each period."""

    stage: Stage
    counts: Sequence[int]
    n: int


@dataclass(frozen=True, slots=True)
class Wait:
    """How long initiatives stay in a stage.

    ``half_days`` is the time within which half of them have moved on, with those that are still
    there counted as waiting (Kaplan & Meier, 1958); None while fewer than half have.
    """

    stage: Stage
    reached: int
    moved_on: int
    half_days: int | None
    still: int
    longest_days: int | None


@dataclass(frozen=True, slots=True)
class Flow:
    periods: Sequence[Period]
    reached: Sequence[Reached]
    waits: Sequence[Wait]


def flow(found: Q, today: date, *, by_quarter: bool) -> Flow:
    """How the initiatives that fit have moved on, until today."""
    own = Initiative.objects.filter(found).values("pk")
    changes = list(
        StageChange.objects.filter(initiative__in=own, on__lte=today)
        .order_by("initiative", "on", "pk")
        .values_list("initiative", "after", "on")
    )
    periods = _periods([on for _one, _stage, on in changes], today, by_quarter=by_quarter)
    return Flow(periods, _reached(changes, periods), _waits(changes, today))


def period_of(day: date, *, by_quarter: bool) -> Period:
    number = (day.month + 2) // 3 if by_quarter else day.month
    return Period(day.year, number, by_quarter)


def _periods(days: Iterable[date], today: date, *, by_quarter: bool) -> list[Period]:
    """Every period from the first change to today, the empty ones too."""
    first = min(days, default=today)
    periods = [period_of(first, by_quarter=by_quarter)]
    while periods[-1] < period_of(today, by_quarter=by_quarter):
        periods.append(periods[-1].next())
    return periods


def _reached(changes: Sequence[Change], periods: Sequence[Period]) -> list[Reached]:
    firsts: dict[tuple[int, str], date] = {}
    for one, stage, on in changes:
        firsts.setdefault((one, stage), on)
    by_quarter = periods[0].is_quarter
    counts = Counter(
        (stage, period_of(on, by_quarter=by_quarter)) for (_one, stage), on in firsts.items()
    )
    rows = {stage: [counts[stage.value, period] for period in periods] for stage in Stage}
    return [Reached(stage, row, sum(row)) for stage, row in rows.items()]


def _waits(changes: Sequence[Change], today: date) -> list[Wait]:
    stays: defaultdict[str, list[tuple[int, bool]]] = defaultdict(list)
    for stage, days, has_left in _stays(changes, today):
        stays[stage].append((days, has_left))
    return [_wait(stage, stays[stage]) for stage in OPEN_STAGES]


def _stays(changes: Sequence[Change], today: date) -> Iterator[tuple[str, int, bool]]:
    """Each stay in a stage: which, how many days, and whether it has ended."""
    for _one, rows in groupby(changes, key=itemgetter(0)):
        own = list(rows)
        for (_, stage, on), (_, _after, left) in pairwise(own):
            yield stage, (left - on).days, True
        _, stage, on = own[-1]
        yield stage, (today - on).days, False


def _wait(stage: Stage, stays: Sequence[tuple[int, bool]]) -> Wait:
    waiting = [days for days, has_left in stays if not has_left]
    return Wait(
        stage,
        reached=len(stays),
        moved_on=len(stays) - len(waiting),
        half_days=half_time(stays),
        still=len(waiting),
        longest_days=max(waiting, default=None),
    )


def half_time(stays: Sequence[tuple[int, bool]]) -> int | None:
    """The days within which half have left, by Kaplan and Meier; None while fewer than half have."""
    left: Mapping[int, int] = Counter(days for days, has_left in stays if has_left)
    ended: Mapping[int, int] = Counter(days for days, _ in stays)
    there, share = len(stays), 1.0
    for days in sorted(ended):
        share *= 1 - left.get(days, 0) / there
        if share <= HALF:
            return days
        there -= ended[days]
    return None
