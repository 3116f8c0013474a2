"""How many reached each stage, period by period, as rows of bars; one drawing for each width.

Everything is in the units of the drawing, rounded to tenths; the template only writes it down.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from modig.apps.initiatives.queries.flow import Flow, Period, Reached

ROW, BAR_TOP, NAME_HEIGHT = 68, 24.0, 16
FOOT = 22
WIDEST_BAR = 40.0


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    y: str
    width: str
    height: str
    middle: str
    label_y: str
    n: int


@dataclass(frozen=True, slots=True)
class Strip:
    """A stage: its name, the line that its bars stand on, and the bars."""

    label: str
    name_y: str
    base: str
    bars: Sequence[Bar]
    is_over: bool


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    text: str


@dataclass(frozen=True, slots=True)
class FlowDrawing:
    width: int
    height: int
    strips: Sequence[Strip]
    ticks: Sequence[Tick]
    foot: str


def flow_drawings(flow: Flow) -> list[tuple[str, FlowDrawing]]:
    """The latest periods that there is room for, on a desk and on a phone."""
    return [("desk", _drawing(flow, 940, 16)), ("phone", _drawing(flow, 300, 6))]


def period_name(period: Period, *, short: bool = False) -> str:
    """Q3 2026, or March 2026; under a bar only the first quarter of a year says which year."""
    if period.is_quarter:
        is_with_year = not short or period.number == 1
        said = _("Q%(number)s %(year)s") if is_with_year else _("Q%(number)s")
        return said % {"number": period.number, "year": period.year}
    return date_format(period.first_day, "M" if short else "F Y")


def _drawing(flow: Flow, width: int, most: int) -> FlowDrawing:
    first = max(0, len(flow.periods) - most)
    periods = flow.periods[first:]
    step = width / max(len(periods), 1)
    rows = [(one, one.counts[first:]) for one in flow.reached]
    tallest = max((n for _one, counts in rows for n in counts), default=0) or 1
    strips = [
        _strip(one, counts, number * ROW, step, tallest)
        for number, (one, counts) in enumerate(rows)
    ]
    height = ROW * len(strips) + FOOT
    ticks = [
        Tick(_at((place + 0.5) * step), period_name(period, short=True))
        for place, period in enumerate(periods)
    ]
    return FlowDrawing(width, height, strips, ticks, _at(height - 6))


def _strip(one: Reached, counts: Sequence[int], top: float, step: float, tallest: int) -> Strip:
    base = top + ROW - 6
    room = ROW - 6 - BAR_TOP - NAME_HEIGHT / 2
    wide = min(WIDEST_BAR, step * 0.7)
    bars = []
    for place, n in enumerate(counts):
        if not n:
            continue
        high, middle = max(room * n / tallest, 1.5), (place + 0.5) * step
        bars.append(
            Bar(
                _at(middle - wide / 2), _at(base - high), _at(wide), _at(high), _at(middle),
                _at(base - high - 4), n,
            )
        )  # fmt: skip
    label = str(one.stage.label)
    return Strip(label, _at(top + 12), _at(base), bars, one.stage == "stopped")


def _at(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
