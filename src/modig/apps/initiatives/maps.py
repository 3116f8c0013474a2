"""The map of clusters as a drawing: a circle each, near what is like it, none over another.

Everything is in the units of the drawing, rounded to tenths; the template only writes it down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from modig.apps.initiatives.queries.clusters import Counted

WIDTH, HEIGHT = 960, 520
FILLED = 0.5
"""The share of the drawing that the circles cover together."""
SMALLEST, LARGEST = 15.0, 92.0
GAP = 5.0
ROUNDS = 160
SIGN, LINE = 6.6, 14.0
"""How wide a sign and how high a line of 12 points is, roughly."""
MOST_LINES = 3
MOST_SHOWN = 60
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: where its middle is, and what it says."""

    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """A cluster on the map. Its name stands in it where there is room; its number always."""

    counted: Counted
    x: str
    y: str
    radius: str
    lines: Sequence[Line]
    number_y: str
    strength: int


@dataclass(frozen=True, slots=True)
class MapDrawing:
    width: int
    height: int
    bubbles: Sequence[Bubble]


def map_drawing(clusters: Sequence[Counted]) -> MapDrawing | None:
    """The largest clusters; nothing to draw without any."""
    shown = clusters[:MOST_SHOWN]
    if not shown:
        return None
    radii = _radii([one.n for one in shown])
    lie = np.array([[one.cluster.x, one.cluster.y] for one in shown])
    places = _apart(_spread(lie, radii**2), radii)
    most = max(one.n for one in shown)
    return MapDrawing(
        WIDTH,
        HEIGHT,
        [
            _bubble(one, float(x), float(y), float(radius), most)
            for one, (x, y), radius in zip(shown, places, radii, strict=True)
        ],
    )


def _radii(counts: Sequence[int]) -> Numbers:
    """Areas as the counts, together a steady share of the drawing; small ones still have room for it."""
    scale = sqrt(FILLED * WIDTH * HEIGHT / (np.pi * sum(counts)))
    radii: Numbers = np.clip(scale * np.sqrt(np.array(counts, float)), SMALLEST, LARGEST)
    return radii


def _spread(lie: Numbers, areas: Numbers) -> Numbers:
    """Keep who lies left of whom and above whom, and use the whole drawing evenly."""
    order = lie.argsort(axis=0, kind="stable")
    sorted_areas = areas[order]
    middles = (sorted_areas.cumsum(axis=0) - sorted_areas / 2) / areas.sum()
    spread = np.empty_like(lie)
    np.put_along_axis(spread, order, middles, axis=0)
    return spread


def _apart(places: Numbers, radii: Numbers) -> Numbers:
    """Push circles that overlap apart, and back onto the drawing, until they hardly move."""
    at = places * [WIDTH, HEIGHT]
    at += np.arange(len(at))[:, None] * [0.011, 0.007]  # so that none lies exactly on another
    reach = radii[:, None] + radii + GAP
    for _ in range(ROUNDS):
        between = at[:, None] - at
        distance = np.sqrt((between**2).sum(axis=2))
        np.fill_diagonal(distance, np.inf)
        overlap = np.maximum(reach - distance, 0)
        if overlap.max(initial=0) < 1:
            break
        push = (between / distance[:, :, None] * overlap[:, :, None] / 2).sum(axis=1)
        at = _inside(at + 0.6 * push, radii)
    return _inside(at, radii)


def _inside(at: Numbers, radii: Numbers) -> Numbers:
    edge = radii[:, None] + 2
    kept: Numbers = np.clip(at, edge, np.array([WIDTH, HEIGHT]) - edge)
    return kept


def _bubble(one: Counted, x: float, y: float, radius: float, most: int) -> Bubble:
    lines = _lines(str(one.cluster), radius)
    top = y - LINE * len(lines) / 2
    return Bubble(
        one,
        _at(x),
        _at(y),
        _at(radius),
        [Line(_at(top + LINE * number), text) for number, text in enumerate(lines)],
        _at(top + LINE * len(lines)),
        1 + round(2 * one.n / most),
    )


def _lines(name: str, radius: float) -> list[str]:
    """The name in lines that fit in the circle above its number; none if they do not."""
    room = int(1.75 * radius / SIGN)
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    fits = max(map(len, lines), default=0) <= room and LINE * (len(lines) + 1) <= 1.6 * radius
    return lines if fits and len(lines) <= MOST_LINES else []


def _at(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
