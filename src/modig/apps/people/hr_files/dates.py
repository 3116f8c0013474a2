"""Dates, read by what a column as a whole allows: one cell alone does not tell the order."""

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum

NUMBERS = re.compile(r"(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
SERIAL = re.compile(r"[2-6]\d{4}(?:[.,]0+)?")
EXCEL_EPOCH = dt.date(1899, 12, 30)
LATEST_TWO_DIGIT_YEAR = 50


class Order(StrEnum):
    """In which order day, month and year stand."""

    YMD = "ymd"
    DMY = "dmy"
    MDY = "mdy"
    ASK = "ask"


class NotADateError(ValueError):
    """The text is no date in the column's order."""


def order_of(cells: Iterable[str]) -> Order:
    """The one order in which the column's dates exist; ``ASK`` where it reads both ways or mixes them.

    A date such as 01/02/2013 reads both ways; 01/14/2013 somewhere in the same column decides.
    With full stops (14.01.2013) the day stands first by custom.
    """
    ways = {_way(cell) for cell in cells}
    if {Order.DMY, Order.MDY} <= ways:
        return Order.ASK
    for order in (Order.DMY, Order.MDY, Order.ASK):
        if order in ways:
            return order
    return Order.YMD


def examples_of_both(cells: Iterable[str], most: int = 3) -> list[str]:
    """The first different dates that a reader could take for two days, or that tell the order."""
    found: dict[str, None] = {}
    for cell in cells:
        if _way(cell) is not Order.YMD:
            found[cell] = None
        if len(found) == most:
            break
    return list(found)


def _way(cell: str) -> Order:
    """What one cell says of the order; ``YMD`` where it says nothing."""
    match = NUMBERS.fullmatch(cell)
    if match is None or len(match[1]) > 2:
        return Order.YMD
    first, second = int(match[1]), int(match[3])
    if match[2] == "." or first > 12 >= second:
        return Order.DMY
    if second > 12 >= first:
        return Order.MDY
    return Order.ASK if first != second else Order.YMD


def read_date(text: str, order: Order) -> dt.date:
    """The date of one cell.

    Raises:
        NotADateError: there is no such date in this order.

    """
    try:
        return _parts(text, order)
    except ValueError as error:
        raise NotADateError(text) from error


def _parts(text: str, order: Order) -> dt.date:
    if compact := COMPACT.fullmatch(text):
        return dt.date(int(compact[1]), int(compact[2]), int(compact[3]))
    if SERIAL.fullmatch(text):
        return EXCEL_EPOCH + dt.timedelta(days=int(re.split("[.,]", text)[0]))
    match = NUMBERS.fullmatch(text)
    if match is None:
        raise NotADateError(text)
    first, second, third = match[1], match[3], match[4]
    if len(first) == 4:
        return dt.date(int(first), int(second), int(third))
    if len(third) == 3 or order is Order.ASK or (order is Order.YMD and int(first) != int(second)):
        raise NotADateError(text)
    year = int(third)
    if len(third) <= 2:
        year += 2000 if year < LATEST_TWO_DIGIT_YEAR else 1900
    day, month = (first, second) if order is not Order.MDY else (second, first)
    return dt.date(year, int(month), int(day))
