"""How far a shift has come, on its track of five stops."""

from datetime import date

import pytest

from apps.direction.factories import make_reading, make_shift
from modig.apps.direction.charts import track_of

pytestmark = pytest.mark.django_db


def readings(*levels):
    shift = make_shift()
    for year, level in enumerate(levels, 2024):
        make_reading(shift, level, on=date(year, 11, 1), is_baseline=year == 2024)
    return track_of(shift)


def drawn(track):
    return [(stop.mark, stop.years, stop.way_left, stop.way_right) for stop in track.stops]


def test_way_runs_from_the_baseline_to_the_latest_reading(organisation):
    assert drawn(readings(2, 3, 4)) == [
        ("", "", False, False),
        ("baseline", "2024", False, True),
        ("between", "2025", True, True),
        ("latest", "2026", True, False),
        ("", "", False, False),
    ]


def test_readings_on_the_same_level_share_its_stop(organisation):
    assert drawn(readings(2, 2))[1] == ("latest", "2024–2025", False, False)


def test_track_tells_when_it_went_back(organisation):
    assert readings(3, 2).went_back
    assert not readings(2, 3).went_back


def test_shift_that_was_never_read_has_an_empty_track(organisation):
    track = track_of(make_shift())

    assert track.sentence == "Inte avläst än."
    assert {stop.mark for stop in track.stops} == {""}
