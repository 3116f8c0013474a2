"""The waves of a programme in time: one picture for desks and one for phones, in plain numbers.

Names and links are HTML; a picture is drawn per row, all on one scale. Lengths are in the units of
the picture's own ``viewBox``, already as text, so that no language puts a comma into them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean, median_low

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from modig.apps.programme.models import Programme, Wave
from modig.apps.programme.queries.missing import WaveState
from modig.apps.programme.queries.programmes import GroupRow

MONTHS_BETWEEN_TICKS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a picture is, and what finds room in it."""

    width: int
    radius: int
    ticks: int
    letter: float
    is_short: bool


DESK = Size(width=900, radius=9, ticks=9, letter=6.6, is_short=False)
PHONE = Size(width=300, radius=7, ticks=5, letter=6.6, is_short=True)


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The months above the rows, and today."""

    width: int
    ticks: list[Tick]
    today: str
    today_anchor: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a block lies, by the middle one of its groups."""

    x: str
    number: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A wave or pause: how much of it is over, and its meetings where they are published."""

    x: str
    width: str
    done: str
    middle: str
    text: str
    marks: list[Mark]
    days: list[str]


@dataclass(frozen=True, slots=True)
class BlockSpan:
    """From when to when the groups of a wave have a block."""

    number: int
    title: str
    first: date
    last: date
    middle: date


@dataclass(frozen=True, slots=True)
class Row:
    state: WaveState
    blocks: list[BlockSpan]
    desk: Bar
    phone: Bar

    @property
    def wave(self) -> Wave:
        return self.state.wave


@dataclass(frozen=True, slots=True)
class Gantt:
    desk: Scale
    phone: Scale
    rows: list[Row]
    first: date
    last: date


def gantt(programme: Programme, states: Sequence[WaveState], on: date) -> Gantt:
    """The picture of a programme's waves and pauses in their order."""
    waves = [state.wave for state in states]
    first = min([programme.starts_on, *(wave.starts_on for wave in waves)]).replace(day=1)
    last = max([programme.ends_on, *(wave.ends_on for wave in waves)])
    rows = []
    for state in states:
        blocks = spans(state.groups)
        days = sorted({day for row in state.groups for block in row.blocks for day in block.days})
        desk, phone = (_bar(state, blocks, days, _Axis(first, last, size), on) for size in SIZES)
        rows.append(Row(state, blocks, desk, phone))
    desk_scale, phone_scale = (_scale(_Axis(first, last, size), on) for size in SIZES)
    return Gantt(desk_scale, phone_scale, rows, first, last)


SIZES = (DESK, PHONE)


def spans(groups: Iterable[GroupRow]) -> list[BlockSpan]:
    """The blocks of a wave's published groups with their first, last and middle days."""
    firsts: dict[tuple[int, str], list[date]] = defaultdict(list)
    lasts: dict[tuple[int, str], list[date]] = defaultdict(list)
    for row in groups:
        for block in row.blocks:
            firsts[block.number, block.title].append(block.days[0])
            lasts[block.number, block.title].append(block.days[-1])
    return [
        BlockSpan(number, title, min(days), max(lasts[number, title]), median_low(days))
        for (number, title), days in sorted(firsts.items())
    ]


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date
    size: Size

    def at(self, day: date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days + 1)
        return min(1.0, max(0.0, share)) * self.size.width


def _bar(
    state: WaveState, blocks: Sequence[BlockSpan], days: Sequence[date], axis: _Axis, on: date
) -> Bar:
    wave = state.wave
    start, end = axis.at(wave.starts_on), axis.at(wave.ends_on + timedelta(days=1))
    end = max(end, start + 2)
    done = min(max(axis.at(on), start), end) - start
    return Bar(
        x=_said(start),
        width=_said(end - start),
        done=_said(done if state.published else 0),
        middle=_said((start + end) / 2),
        text=_text_in(state, end - start, axis.size),
        marks=_marks(blocks, axis),
        days=[_said(axis.at(day)) for day in days],
    )


def _text_in(state: WaveState, width: float, size: Size) -> str:
    """The word inside a bar that has no meetings, where it finds room."""
    if state.published:
        return ""
    text = _("pause") if state.wave.is_pause else _("no plan yet")
    return text if len(text) * size.letter + 8 <= width else ""


def _marks(blocks: Sequence[BlockSpan], axis: _Axis) -> list[Mark]:
    """The number of every block, moved aside as little as keeps its ring clear of the others."""
    ordered = sorted(blocks, key=lambda block: (block.middle, block.number))
    first, last = float(axis.size.radius), float(axis.size.width - axis.size.radius)
    gap = min(2 * axis.size.radius + 1, (last - first) / max(1, len(ordered) - 1))
    places = _apart([axis.at(block.middle) for block in ordered], gap)
    kept = [
        _said(min(max(place, first + k * gap), last - (len(places) - 1 - k) * gap))
        for k, place in enumerate(places)
    ]
    return [Mark(x, block.number) for x, block in zip(kept, ordered, strict=True)]


def _apart(places: Sequence[float], gap: float) -> list[float]:
    """The nearest places at least ``gap`` apart: those that crowd share the middle of their own."""
    crowds: list[list[float]] = []
    for k, place in enumerate(places):
        crowds.append([place - k * gap])
        while len(crowds) > 1 and mean(crowds[-2]) > mean(crowds[-1]):
            crowds[-2:] = [crowds[-2] + crowds[-1]]
    moved = [mean(crowd) for crowd in crowds for _own in crowd]
    return [place + k * gap for k, place in enumerate(moved)]


def _scale(axis: _Axis, on: date) -> Scale:
    today = axis.at(on) if axis.first <= on <= axis.last else None
    word = _("today")
    room = len(word) * axis.size.letter + 8
    ticks = [
        Tick(_said(x), text if today is None or _is_clear(x, text, today, room, axis.size) else "")
        for x, text in _ticks(axis)
    ]
    if today is None:
        return Scale(axis.size.width, ticks, "", "")
    anchor = "middle"
    if today < room / 2:
        anchor = "start"
    elif today > axis.size.width - room / 2:
        anchor = "end"
    return Scale(axis.size.width, ticks, _said(today), anchor)


def _is_clear(x: float, text: str, today: float, room: float, size: Size) -> bool:
    """Whether a label that begins at ``x`` leaves the word at today's line alone."""
    return x + len(text) * size.letter + 4 < today - room / 2 or x > today + room / 2


def _ticks(axis: _Axis) -> list[tuple[float, str]]:
    months = (axis.last.year - axis.first.year) * 12 + axis.last.month - axis.first.month + 1
    step = next((s for s in MONTHS_BETWEEN_TICKS if months / s <= axis.size.ticks), 120)
    ticks: list[tuple[float, str]] = []
    for k in range(months):
        year, month = divmod(axis.first.year * 12 + axis.first.month - 1 + k, 12)
        if (year * 12 + month) % step == 0:
            day = date(year, month + 1, 1)
            ticks.append((axis.at(day), _label(day, axis.size, is_first=not ticks)))
    return ticks


def _label(day: date, size: Size, *, is_first: bool) -> str:
    is_swedish = (get_language() or "sv").startswith("sv")
    month = date_format(day, "b" if is_swedish else "M")
    if size.is_short and day.month == 1:
        month = ""
    if day.month > 1 and not is_first:
        return month
    return f"{month} {day.year}".strip()


def _said(length: float) -> str:
    return f"{length:.1f}"
