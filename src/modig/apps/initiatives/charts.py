"""The drawings of a benefit: its control chart, and the national indicator beside it.

Everything is in the units of the drawing, a point each, rounded to tenths; the template only writes
it down. A phone gets a drawing of its own: scaling one down would make its text too small to read.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from django.utils.translation import gettext as _

from modig.apps.initiatives.models import Benefit
from modig.apps.initiatives.proof import Proof, Read, proof_of
from modig.apps.initiatives.queries.benefits import Area
from modig.apps.initiatives.series_bridge import FEWEST, XmR, xmr
from modig.apps.initiatives.templatetags.initiatives import figure, rounded

STEPS = (1, 2, 2.5, 5, 10)
LABEL_WIDTH = 6.4
"""How wide a sign of 12 points is, roughly: for knowing whether a label fits."""


@dataclass(frozen=True, slots=True)
class Size:
    width: int
    height: int
    ticks: int


DESK, PHONE = Size(720, 230, 4), Size(300, 210, 3)
MOST_SIGNS = {DESK: 24, PHONE: 12}
LINE_HEIGHT = 13
"""Of the name of an area beside its curve: signs in a line, and how far apart lines are."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A text on a line across or down: where, and what it says."""

    at: str
    text: str
    anchor: str = "start"
    x: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    x: str
    y: str
    is_provisional: bool
    title: str


@dataclass(frozen=True, slots=True)
class Zone:
    """The natural limits of the readings of one side, with their centre line."""

    x: str
    y: str
    width: str
    height: str
    end: str
    centre: str
    label: str
    label_x: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A control chart in one size."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    levels: Sequence[Mark]
    years: Sequence[Mark]
    zones: Sequence[Zone]
    line: str
    provisional: str
    points: Sequence[Point]
    changed: Mark | None
    target: Mark | None


@dataclass(frozen=True, slots=True)
class ControlChart:
    """The readings of a benefit over time, so that noise is not called change."""

    drawings: Sequence[tuple[str, Drawing]]
    proof: Proof
    outside: int
    n_after: int
    low: float | None
    high: float | None


def control_chart(benefit: Benefit, readings: Sequence[Read]) -> ControlChart | None:
    """The chart of the readings in time order; nothing to draw without any."""
    ordered = sorted(readings, key=lambda one: one.on)
    if not ordered:
        return None
    proof = proof_of(benefit, ordered)
    limits = _limits(benefit, ordered)
    before = limits[0][0] if limits and benefit.changed_on else None
    after = [
        one.value
        for one in ordered
        if benefit.changed_on and one.on >= benefit.changed_on and not one.is_provisional
    ]
    outside = sum(not before.low <= value <= before.high for value in after) if before else 0
    return ControlChart(
        drawings=[
            ("desk", _drawing(benefit, ordered, limits, DESK)),
            ("phone", _drawing(benefit, ordered, limits, PHONE)),
        ],
        proof=proof,
        outside=outside,
        n_after=len(after),
        low=before.low if before else None,
        high=before.high if before else None,
    )


Limits = tuple[XmR, date, date]


def _limits(benefit: Benefit, readings: Sequence[Read]) -> list[Limits]:
    """The natural limits before and after the new way, where there are enough readings for them."""
    if benefit.aggregation == Benefit.Aggregation.ROLLING:
        return []
    final = [one for one in readings if not one.is_provisional]
    if benefit.changed_on is None:
        sides = [final]
    else:
        sides = [
            [one for one in final if one.on < benefit.changed_on],
            [one for one in final if one.on >= benefit.changed_on],
        ]
    return [
        (xmr([one.value for one in side]), side[0].on, side[-1].on)
        for side in sides
        if len(side) >= FEWEST
    ]


def _drawing(
    benefit: Benefit, readings: Sequence[Read], limits: Sequence[Limits], size: Size
) -> Drawing:
    levels = _levels(benefit, readings, limits, size)
    left = 12 + round(LABEL_WIDTH * max(len(figure(level)) for level in levels))
    right, top, bottom = size.width - 8, 22, size.height - 24
    days = [one.on for one in readings]
    if benefit.changed_on:
        days.append(benefit.changed_on)
    first, last = min(days).toordinal(), max(days).toordinal()
    spread = max(last - first, 1)
    margin = (right - left) / 40

    def x(day: date) -> float:
        return left + margin + (right - left - 2 * margin) * (day.toordinal() - first) / spread

    def y(value: float) -> float:
        share = (value - levels[0]) / (levels[-1] - levels[0])
        return bottom - (bottom - top) * min(max(share, 0), 1)

    final = [one for one in readings if not one.is_provisional]
    waiting = [one for one in readings if one.is_provisional]
    changed = None
    if benefit.changed_on:
        is_late = x(benefit.changed_on) > (left + right) / 2
        label = _("the new way begins")
        near = x(benefit.changed_on) + (-6 if is_late else 6)
        changed = Mark(_at(x(benefit.changed_on)), label, "end" if is_late else "start", _at(near))
    target = None
    if benefit.target is not None:
        target = Mark(
            _at(y(benefit.target)), _("target %(value)s") % {"value": figure(benefit.target)}
        )
    return Drawing(
        width=size.width,
        height=size.height,
        left=left,
        right=right,
        bottom=bottom,
        levels=[Mark(_at(y(level)), figure(level)) for level in levels],
        years=_years(min(days), max(days), x, size),
        zones=[_zone(one, x, y, margin) for one in limits],
        line=_path([(x(one.on), y(one.value)) for one in final]),
        provisional=_path([(x(one.on), y(one.value)) for one in [*final[-1:], *waiting]])
        if waiting
        else "",
        points=[
            Point(
                _at(x(one.on)),
                _at(y(one.value)),
                one.is_provisional,
                f"{one.on.isoformat()}: {figure(one.value)}",
            )
            for one in readings
        ],
        changed=changed,
        target=target,
    )


def _levels(
    benefit: Benefit, readings: Sequence[Read], limits: Sequence[Limits], size: Size
) -> list[float]:
    """Round values across, from below the lowest to above the highest that is drawn."""
    values = [one.value for one in readings]
    least = min(values)
    values += [bound for one, _first, _last in limits for bound in (one.low, one.high)]
    if benefit.target is not None:
        values.append(benefit.target)
    low, high = min(values), max(values)
    if least >= 0:  # what cannot be negative is not drawn as if it could
        low = max(low, 0)
    if 0 <= low < (high - low) or high == low:
        low = min(low, 0)
    if high == low:
        high = low + 1
    return round_levels(low, high, size.ticks)


def round_levels(low: float, high: float, wanted: int) -> list[float]:
    """About ``wanted`` steps of a round size that hold ``low`` and ``high``."""
    rough = (high - low) / wanted
    power = 10 ** math.floor(math.log10(rough))
    step = next(one * power for one in STEPS if one * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * place, 10) for place in range(first, max(last, first + 1) + 1)]


def _zone(limits: Limits, x, y, margin: float) -> Zone:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- two scales
    found, first, last = limits
    start, end = x(first) - margin / 2, x(last) + margin / 2
    top, bottom, centre = y(found.high), y(found.low), y(found.centre)
    return Zone(
        x=_at(start),
        y=_at(top),
        width=_at(max(end - start, 2)),
        height=_at(max(bottom - top, 1)),
        end=_at(end),
        centre=_at(centre),
        label=_("mean %(value)s") % {"value": rounded(found.centre)},
        label_x=_at(start + 6),
        label_y=_at(bottom - 6 if bottom - centre > 22 else bottom + 15),
    )


def _years(first: date, last: date, x, size: Size) -> list[Mark]:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- a scale
    """Where each year begins; the first one at the first reading."""
    marks: list[Mark] = []
    edge = -100.0
    for year in range(first.year, last.year + 1):
        at = x(max(first, date(year, 1, 1)))
        if at - edge < 40 or at > size.width - 34:
            if marks and year == first.year + 1 and at <= size.width - 34:
                marks.clear()
            else:
                continue
        marks.append(Mark(_at(at), str(year)))
        edge = at
    return marks


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_at(x)},{_at(y)}" for x, y in points) if points else ""


def _at(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


# ---- the national indicator ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Curve:
    """An area of the national indicator, with its name at its last value."""

    path: str
    name: Sequence[tuple[str, str]]
    """Its lines, each with how far down it stands."""
    x: str
    is_own: bool
    points: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class YearsDrawing:
    width: int
    height: int
    left: int
    right: int
    bottom: int
    levels: Sequence[Mark]
    years: Sequence[Mark]
    curves: Sequence[Curve]


def years_chart(areas: Sequence[Area], size: Size = PHONE) -> YearsDrawing | None:
    """The published values of a few areas by year, each with its name beside its line."""
    given = [
        (area, {year: value for year, value in area.values.items() if value is not None})
        for area in areas[:4]
    ]
    shown = [(area, values) for area, values in given if values]
    if not shown:
        return None
    every = [value for _area, values in shown for value in values.values()]
    years = sorted({year for _area, values in shown for year in values})
    low, high = min(every), max(every)
    spread = (high - low) or abs(high) or 1
    levels = round_levels(low - spread * 0.1, high + spread * 0.1, size.ticks)
    left = 12 + round(LABEL_WIDTH * max(len(figure(level)) for level in levels))
    names = [wrap(area.name, MOST_SIGNS[size], max_lines=2, placeholder="…") for area, _ in shown]
    name_width = round(LABEL_WIDTH * max(len(line) for lines in names for line in lines))
    right, top, bottom = size.width - name_width - 18, 10, size.height - 24

    def x(year: int) -> float:
        return left + 8 + (right - left - 16) * (year - years[0]) / max(years[-1] - years[0], 1)

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - levels[0]) / (levels[-1] - levels[0])

    curves = []
    taken: list[float] = []
    for (area, values), lines in zip(shown, names, strict=True):
        points = [(x(year), y(value)) for year, value in sorted(values.items())]
        label = points[-1][1] + 4 - LINE_HEIGHT * (len(lines) - 1) / 2
        own = [label + LINE_HEIGHT * k for k in range(len(lines))]
        while any(abs(line - other) < LINE_HEIGHT for line in own for other in taken):
            own = [line + LINE_HEIGHT for line in own]
        taken.extend(own)
        curves.append(
            Curve(
                _path(points),
                [(_at(down), line) for down, line in zip(own, lines, strict=True)],
                _at(right + 4),
                area.is_own,
                [(_at(a), _at(b)) for a, b in points],
            )
        )
    return YearsDrawing(
        size.width, size.height, left, right, bottom,
        [Mark(_at(y(level)), figure(level)) for level in levels],
        [Mark(_at(x(year)), str(year)) for year in years[:: max(1, len(years) // 3)]],
        curves,
    )  # fmt: skip
