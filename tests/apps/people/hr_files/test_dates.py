import datetime as dt

import pytest

from modig.apps.people.hr_files.dates import NotADateError, Order, order_of, read_date


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["2026-02-03", ""], Order.YMD),
        (["01/02/2013", "01/14/2013"], Order.MDY),
        (["01/02/2013", "14/01/2013"], Order.DMY),
        (["03.04.2026"], Order.DMY),
        (["01/02/2013", "03/04/2014"], Order.ASK),
        (["14/01/2013", "01/14/2013"], Order.ASK),
        (["05/05/2020"], Order.YMD),
    ],
)
def test_column_as_a_whole_tells_the_order(cells, order):
    assert order_of(cells) == order


@pytest.mark.parametrize(
    ("text", "order", "date"),
    [
        ("2026-02-03", Order.YMD, dt.date(2026, 2, 3)),
        ("20260203", Order.DMY, dt.date(2026, 2, 3)),
        ("1/2/2013", Order.MDY, dt.date(2013, 1, 2)),
        ("1/2/2013", Order.DMY, dt.date(2013, 2, 1)),
        ("45000", Order.YMD, dt.date(2023, 3, 15)),
        ("2026-02-03 00:00:00", Order.YMD, dt.date(2026, 2, 3)),
        ("3.4.98", Order.DMY, dt.date(1998, 4, 3)),
    ],
)
def test_date_is_read_in_the_order_of_its_column(text, order, date):
    assert read_date(text, order) == date


@pytest.mark.parametrize("text", ["2026-02-30", "igår", "13/13/2013", "1/2/201", "2026-2"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(NotADateError):
        read_date(text, Order.MDY)


def test_day_and_month_that_could_change_places_are_no_date_where_the_column_does_not_tell():
    with pytest.raises(NotADateError):
        read_date("01/02/2013", Order.YMD)
