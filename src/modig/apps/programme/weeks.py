"""Weeks: from text and back, and whether a wave's blocks fit into its weeks."""

import re
from collections.abc import Collection, Iterable
from datetime import date, timedelta

WEEK = re.compile(r"^\s*(\d{4})\s*-?\s*[wv]\.?\s*(\d{1,2})\s*$", re.IGNORECASE)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class NoWeekError(ValueError):
    """The text is neither a week nor a day."""


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def read_week(text: str) -> date:
    """The Monday of ``2027-W26``, ``2027 v 26`` or any day of the week."""
    found = WEEK.match(text)
    try:
        if found:
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday_of(date.fromisoformat(text.strip()))
    except ValueError as error:
        raise NoWeekError(text) from error


def said_week(day: date) -> str:
    """The week as forms and files write it: 2027-W26."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def mondays_between(first: date, last: date) -> list[date]:
    """Every Monday from the week of ``first`` to the week of ``last``."""
    start, end = monday_of(first), monday_of(last)
    return [start + timedelta(weeks=k) for k in range((end - start).days // 7 + 1)]


def weekdays_as_text(chosen: Iterable[str]) -> str:
    """``mon-thu`` for days in a row, ``mon,wed`` for others."""
    numbers = sorted({WEEKDAYS.index(day) for day in chosen})
    in_a_row = len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1
    if in_a_row:
        return f"{WEEKDAYS[numbers[0]]}-{WEEKDAYS[numbers[-1]]}"
    return ",".join(WEEKDAYS[number] for number in numbers)


def weeks_needed(blocks: int, gap_low: int) -> int:
    """The fewest weeks that so many blocks take with the shortest gaps, none of them closed."""
    return max(0, blocks - 1) * gap_low + (1 if blocks else 0)


def blocks_fit(
    blocks: int, gap: tuple[int, int], first_day: date, weeks: int, closed: Collection[date] = ()
) -> bool:
    """Whether one group's blocks find weeks: gaps from first week to first week, none closed.

    ``closed`` holds Mondays. Counted in whole weeks; days, venues and caps are the planner's part.
    """
    start = monday_of(first_day)
    shut = {(day - start).days // 7 for day in closed}
    open_weeks = [k for k in range(weeks) if k not in shut]
    reached = set(open_weeks)
    for _ in range(blocks - 1):
        low, high = gap
        reached = {k for k in open_weeks if any(k - g in reached for g in range(low, high + 1))}
    return bool(reached) or not blocks
