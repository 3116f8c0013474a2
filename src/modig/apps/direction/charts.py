"""How far a shift has come, as a track of five stops from what it was to what it shall be.

The page draws it in HTML, so that its words keep their size on a phone; the same readings stand in
a table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from modig.apps.direction.models import Shift, ShiftReading

LEVELS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Stop:
    """One of the five stops: what stands on it, and whether the way runs to its left and right."""

    level: int
    mark: str
    years: str
    way_left: bool
    way_right: bool


@dataclass(frozen=True, slots=True)
class Track:
    """The stops of a shift, and the same in a sentence."""

    shift: Shift
    readings: list[ShiftReading]
    stops: list[Stop]
    sentence: str
    went_back: bool


def track_of(shift: Shift) -> Track:
    """The track of a shift whose readings are fetched, oldest first."""
    readings = list(shift.readings.all())
    if not readings:
        stops = [
            Stop(level, mark="", years="", way_left=False, way_right=False) for level in LEVELS
        ]
        return Track(shift, [], stops, _("Not read yet."), went_back=False)
    baseline = next((one for one in readings if one.is_baseline), readings[0])
    latest = readings[-1]
    low, high = sorted((baseline.level, latest.level))
    stops = [
        Stop(
            level=level,
            mark=_mark(level, baseline, latest, readings),
            years=_years([one for one in readings if one.level == level]),
            way_left=low < level <= high,
            way_right=low <= level < high,
        )
        for level in LEVELS
    ]
    return Track(shift, readings, stops, _sentence(baseline, latest), latest.level < baseline.level)


def _mark(
    level: int, baseline: ShiftReading, latest: ShiftReading, readings: Sequence[ShiftReading]
) -> str:
    if level == latest.level:
        return "latest"
    if level == baseline.level:
        return "baseline"
    return "between" if any(one.level == level for one in readings) else ""


def _years(readings: Sequence[ShiftReading]) -> str:
    years = sorted({one.on.year for one in readings})
    if not years:
        return ""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def _sentence(baseline: ShiftReading, latest: ShiftReading) -> str:
    words = {
        "first": baseline.level,
        "then": baseline.on.year,
        "level": latest.level,
        "year": latest.on.year,
    }
    if latest == baseline:
        return _("%(first)s of 5 in %(then)s, the baseline.") % words
    return _("%(first)s of 5 in %(then)s, the baseline; %(level)s of 5 in %(year)s.") % words
