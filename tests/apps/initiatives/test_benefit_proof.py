"""How sure a benefit is, and what its chart draws, on series made by hand."""

from datetime import date

import pytest

from modig.apps.initiatives.charts import control_chart, round_levels, years_chart
from modig.apps.initiatives.models import Benefit
from modig.apps.initiatives.proof import proof_of
from modig.apps.initiatives.queries.benefits import Area, Value, next_period, steps_of

BEFORE = [9, 8, 10, 9, 8, 10]


def readings(values, *, waiting=0):
    """One a month from January 2026; the last ``waiting`` are provisional."""
    return [
        Value(date(2026, month, 28), float(value), month > len(values) - waiting)
        for month, value in enumerate(values, 1)
    ]


def benefit(*, changed_after=6, **given):
    changed_on = date(2026, changed_after + 1, 1) if changed_after else None
    return Benefit(changed_on=changed_on, **{"better": "lower", **given})


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ([], "unread"),
        (BEFORE, "few"),
        ([*BEFORE, 4], "few"),
        ([*BEFORE, 4, 4.2, 3.9], "shown"),
        ([*BEFORE, 8.8, 8.9, 8.5], "leaning"),
        ([*BEFORE, 9, 9, 9], "none"),
        ([*BEFORE, 9.4, 9.2, 9.5], "none"),
        ([*BEFORE, 16, 17, 16], "worse"),
    ],
)
def test_word_of_proof_follows_from_the_natural_limits_of_before(values, word):
    assert proof_of(benefit(), readings(values)).code == word


def test_higher_may_be_the_better():
    values = readings([*BEFORE, 16, 17, 16])

    assert proof_of(benefit(better="higher"), values).code == "shown"


def test_few_readings_before_can_only_lean():
    values = readings([9, 9, 1, 1, 1])

    assert proof_of(benefit(changed_after=2), values).code == "leaning"


def test_without_a_day_of_change_nothing_is_shown():
    assert proof_of(benefit(changed_after=0, baseline=9), readings([1] * 9)).code == "leaning"


def test_rolling_years_can_only_lean():
    values = readings([*BEFORE, 4, 4.2, 3.9])

    assert proof_of(benefit(aggregation="rolling_12"), values).code == "leaning"


def test_provisional_readings_count_for_nothing():
    values = readings([*BEFORE, 4, 4.2, 3.9], waiting=1)

    assert proof_of(benefit(), values).code == "few"


def test_only_shown_and_worse_are_proven():
    shown = proof_of(benefit(), readings([*BEFORE, 4, 4, 4]))
    leaning = proof_of(benefit(), readings([*BEFORE, 8.8, 8.9, 8.5]))

    assert (shown.is_proven, leaning.is_proven) == (True, False)


def test_chart_has_the_limits_of_before_in_the_units_of_the_readings():
    chart = control_chart(benefit(), readings([*BEFORE, 4, 4.2, 3.9]))

    # mean 9, moving ranges 1, 2, 1, 1, 2: mean 1.4; limits 9 ± 2.66 x 1.4
    assert (round(chart.low, 3), round(chart.high, 3)) == (5.276, 12.724)
    assert (chart.outside, chart.n_after) == (3, 3)


def test_chart_draws_every_reading_twice_and_the_provisional_ones_hollow():
    chart = control_chart(benefit(), readings([*BEFORE, 4, 4.2, 3.9], waiting=1))

    assert [place for place, _drawing in chart.drawings] == ["desk", "phone"]
    for _place, drawing in chart.drawings:
        assert [point.is_provisional for point in drawing.points] == [False] * 8 + [True]


def test_chart_of_rolling_years_has_no_limits():
    chart = control_chart(benefit(aggregation="rolling_12"), readings([*BEFORE, 4, 4, 4]))

    assert all(not drawing.zones for _place, drawing in chart.drawings)


def test_chart_stays_inside_its_frame():
    chart = control_chart(benefit(target=2), readings([*BEFORE, 0, 0, 250]))

    for _place, drawing in chart.drawings:
        assert all(0 <= float(point.x) <= drawing.width for point in drawing.points)
        assert all(0 <= float(point.y) <= drawing.bottom for point in drawing.points)


def test_one_reading_can_be_drawn():
    chart = control_chart(benefit(changed_after=0), readings([0]))

    assert len(chart.drawings[0][1].points) == 1


def test_nothing_is_drawn_without_readings():
    assert control_chart(benefit(), []) is None


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [
        (0, 10, [0, 2.5, 5, 7.5, 10]),
        (0, 100, [0, 25, 50, 75, 100]),
        (62, 71, [60, 62.5, 65, 67.5, 70, 72.5]),
    ],
)
def test_levels_are_round(low, high, levels):
    assert round_levels(low, high, 4) == levels


@pytest.mark.parametrize(
    "text", ["Ett → två → tre", "Ett\nTvå\n\nTre", "Ett -> två -> tre", " Ett \n två→ tre "]
)
def test_effect_chain_is_read_by_lines_or_arrows(text):
    assert [step.lower() for step in steps_of(text)] == ["ett", "två", "tre"]


def test_next_period_is_the_month_that_waits_to_be_final():
    today = date(2026, 11, 25)
    rows = readings([9] * 10, waiting=1)

    assert next_period(rows, today) == date(2026, 10, 28)
    assert next_period([], today) == date(2026, 10, 31)


def test_withheld_years_are_left_out_of_the_national_picture():
    areas = [Area("9901", "Mälarvik", {2023: 9.0, 2024: None, 2025: 7.5}, is_own=True)]

    drawing = years_chart(areas)

    assert [len(curve.points) for curve in drawing.curves] == [2]
    assert years_chart([]) is None
