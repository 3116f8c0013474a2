"""Control charts for a single series of readings, so that noise is not called change."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

LIMIT_FACTOR = 2.66
"""3 / d2 with d2 = 1.128 for moving ranges of two (Shewhart; Wheeler & Chambers 1992)."""
RANGE_FACTOR = 3.268
"""D4 for moving ranges of two: the upper limit of a moving range is D4 times their mean."""
RUN_LENGTH = 8
"""So many readings in a row on one side of the centre line are not chance (rule 2 of Western Electric,
in Wheeler's form)."""
NEAR_LIMITS, OF_LAST = 3, 4
"""Three of four in a row nearer to a limit than to the centre line."""
FEWEST = 6
"""Under so many readings limits say too little to be drawn."""


class TooFewReadingsError(ValueError):
    """Limits need at least ``FEWEST`` readings."""


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that chance does not explain: which rule, and the readings (by place) that show it."""

    rule: str
    places: tuple[int, ...]
    is_above: bool


@dataclass(frozen=True, slots=True)
class XmR:
    """The chart of individual values (X) and moving ranges (mR).

    ``centre``, ``low`` and ``high`` are in the unit of the readings; ``range_high`` is the upper
    limit of a moving range; ``n`` the readings that the limits were computed from.
    """

    centre: float
    low: float
    high: float
    mean_range: float
    range_high: float
    n: int

    def signals(self, readings: Sequence[float]) -> tuple[Signal, ...]:
        """What in ``readings`` chance does not explain, judged against these limits.

        Rules (Wheeler 2000): a reading outside the limits; eight in a row on one side of the centre
        line; three of four in a row nearer to the same limit than to the centre line.
        """
        found = [
            Signal("outside", (place,), value > self.high)
            for place, value in enumerate(readings)
            if not self.low <= value <= self.high
        ]
        found += self._runs(readings)
        found += self._near_limits(readings)
        return tuple(sorted(found, key=lambda signal: (signal.places, signal.rule)))

    def _runs(self, readings: Sequence[float]) -> list[Signal]:
        found: list[Signal] = []
        run: list[int] = []
        side = 0
        for place, value in enumerate([*readings, self.centre]):
            now = (value > self.centre) - (value < self.centre)
            if now != side or now == 0:
                if len(run) >= RUN_LENGTH:
                    found.append(Signal("run", tuple(run), side > 0))
                run, side = [], now
            if now:
                run.append(place)
        return found

    def _near_limits(self, readings: Sequence[float]) -> list[Signal]:
        found: list[Signal] = []
        for limit in (self.low, self.high):
            middle = (self.centre + limit) / 2
            is_above = limit > self.centre
            near = [value > middle if is_above else value < middle for value in readings]
            for end in range(OF_LAST, len(readings) + 1):
                places = tuple(place for place in range(end - OF_LAST, end) if near[place])
                if len(places) >= NEAR_LIMITS and near[end - 1]:
                    found.append(Signal("near_limit", places, is_above))
                    break
        return found


def xmr(readings: Sequence[float]) -> XmR:
    """Natural process limits of a series in time order: mean ± 2.66 x the mean moving range.

    Assumes that the readings are of one kind (the same unit, period and aggregation), one a period.
    Makes no assumption of a normal distribution. Source: Wheeler & Chambers, Understanding
    Statistical Process Control (1992), chapter 3.

    Raises:
        TooFewReadingsError: fewer than six readings.

    """
    values = [float(value) for value in readings]
    if len(values) < FEWEST:
        raise TooFewReadingsError(f"{len(values)} readings; limits need at least {FEWEST}")
    centre = fmean(values)
    mean_range = fmean(abs(late - early) for early, late in pairwise(values))
    return XmR(
        centre=centre,
        low=centre - LIMIT_FACTOR * mean_range,
        high=centre + LIMIT_FACTOR * mean_range,
        mean_range=mean_range,
        range_high=RANGE_FACTOR * mean_range,
        n=len(values),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """Readings before and after a new way began, each with its own limits where there are enough.

    ``is_shown`` when the later readings give a signal against the limits of the earlier ones in the
    direction of their difference; None where the earlier ones are too few to draw limits from.
    """

    before: XmR | None
    after: XmR | None
    before_mean: float
    after_mean: float
    n_before: int
    n_after: int
    is_shown: bool | None

    @property
    def difference(self) -> float:
        """After minus before, in the unit of the readings."""
        return self.after_mean - self.before_mean


def change(before: Sequence[float], after: Sequence[float]) -> Change:
    """Put the readings after a change against the natural limits of those before it.

    Raises:
        ValueError: either side is empty.

    """
    if not before or not after:
        raise ValueError("readings before and after are needed")
    limits = xmr(before) if len(before) >= FEWEST else None
    later = xmr(after) if len(after) >= FEWEST else None
    mean_before, mean_after = fmean(before), fmean(after)
    is_shown = None
    if limits is not None:
        rises = mean_after > mean_before
        is_shown = any(signal.is_above == rises for signal in limits.signals(after))
    return Change(limits, later, mean_before, mean_after, len(before), len(after), is_shown)
