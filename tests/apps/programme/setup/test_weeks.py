import datetime as dt

import pytest

from modig.apps.programme.queries.plans import weekdays
from modig.apps.programme.weeks import (
    NoWeekError,
    blocks_fit,
    mondays_between,
    read_week,
    said_week,
    weekdays_as_text,
    weeks_needed,
)

MONDAY = dt.date(2027, 1, 11)


@pytest.mark.parametrize("text", ["2027-W02", "2027w2", "2027 v 2", "2027 V.2", "2027-01-13"])
def test_week_is_read_however_it_is_written(text):
    assert read_week(text) == MONDAY


@pytest.mark.parametrize("text", ["", "week 2", "2027-W54", "2027-13-01", "2"])
def test_what_is_no_week_is_refused(text):
    with pytest.raises(NoWeekError):
        read_week(text)


def test_week_is_written_as_it_is_read():
    assert read_week(said_week(MONDAY)) == MONDAY


def test_year_of_a_week_is_the_calendars():
    assert said_week(dt.date(2027, 1, 1)) == "2026-W53"


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        (["mon", "tue", "wed", "thu", "fri"], "mon-fri"),
        (["wed", "mon"], "mon,wed"),
        (["thu"], "thu"),
        (["sat", "sun"], "sat-sun"),
    ],
)
def test_weekdays_become_text_and_come_back(chosen, text):
    assert weekdays_as_text(chosen) == text
    assert len(weekdays(text)) == len(chosen)


def test_mondays_lie_between_two_days():
    assert mondays_between(dt.date(2027, 1, 13), dt.date(2027, 1, 25)) == [
        MONDAY,
        dt.date(2027, 1, 18),
        dt.date(2027, 1, 25),
    ]


@pytest.mark.parametrize(("blocks", "weeks"), [(0, 0), (1, 1), (4, 19)])
def test_weeks_needed_with_gaps_of_six(blocks, weeks):
    assert weeks_needed(blocks, 6) == weeks


@pytest.mark.parametrize(("weeks", "fit"), [(18, False), (19, True)])
def test_blocks_fit_from_the_week_that_they_need(weeks, fit):
    assert blocks_fit(4, (6, 10), MONDAY, weeks) is fit


def test_closed_weeks_can_be_stepped_over_within_the_longest_gap():
    closed = mondays_between(MONDAY + dt.timedelta(weeks=4), MONDAY + dt.timedelta(weeks=7))

    assert blocks_fit(2, (4, 8), MONDAY, 9, closed)
    assert not blocks_fit(2, (4, 7), MONDAY, 8, closed)


def test_no_blocks_fit_everywhere():
    assert blocks_fit(0, (4, 8), MONDAY, 0)
