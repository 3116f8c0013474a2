import pytest

from modig.evaluation import TooFewReadingsError, change, xmr

# Wheeler, Understanding Variation (1993), US trade deficit 1987 in billions, January to December.
DEFICIT = [10.7, 13.0, 11.4, 11.5, 12.5, 14.1, 14.8, 14.1, 12.6, 16.0, 11.7, 10.6]


def test_limits_equal_the_published_ones():
    chart = xmr(DEFICIT)

    assert chart.centre == pytest.approx(12.75, abs=0.005)
    assert chart.mean_range == pytest.approx(1.66, abs=0.005)
    assert chart.low == pytest.approx(8.3, abs=0.05)
    assert chart.high == pytest.approx(17.2, abs=0.05)


def test_noise_gives_no_signal():
    assert xmr(DEFICIT).signals(DEFICIT) == ()


def test_reading_outside_the_limits_is_a_signal():
    signals = xmr(DEFICIT).signals([*DEFICIT, 18.0])

    assert [(signal.rule, signal.places, signal.is_above) for signal in signals] == [
        ("outside", (12,), True)
    ]


def test_eight_in_a_row_on_one_side_is_a_signal():
    signals = xmr(DEFICIT).signals([13.0] * 7)
    longer = xmr(DEFICIT).signals([13.0] * 8)

    assert signals == ()
    assert [(signal.rule, len(signal.places)) for signal in longer] == [("run", 8)]


def test_reading_on_the_centre_line_ends_a_run():
    assert xmr([1, 3] * 5).signals([2.5] * 7 + [2.0] + [2.5] * 7) == ()


def test_three_of_four_near_a_limit_is_a_signal():
    chart = xmr(DEFICIT)
    near = (chart.centre + chart.high) / 2 + 0.1

    signals = chart.signals([near, 12.0, near, near])

    assert [(signal.rule, signal.places) for signal in signals] == [("near_limit", (0, 2, 3))]


def test_five_readings_are_too_few_for_limits():
    with pytest.raises(TooFewReadingsError, match="5 readings"):
        xmr([1, 2, 3, 4, 5])


def test_change_against_the_limits_before_is_shown():
    found = change([31, 32, 29, 30, 31, 30], [22, 19, 14, 12])

    assert found.is_shown is True
    assert found.difference == pytest.approx(16.75 - 30.5)
    assert (found.n_before, found.n_after) == (6, 4)


def test_small_difference_within_noise_is_not_shown():
    assert change([30, 34, 28, 33, 29, 32], [30, 29, 31]).is_shown is False


def test_change_with_few_readings_before_says_neither():
    assert change([30, 31], [12, 13]).is_shown is None
