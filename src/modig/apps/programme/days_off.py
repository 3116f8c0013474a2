"""Days off as people write them: a day or a span on each line; kept as the text of those lines."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

BETWEEN = re.compile(r"\s*(?:–|—|\.\.|\s-\s|\bto\b|\btill\b)\s*")
LONGEST = 366
"""A longer span is more likely a mistaken year than time off."""


class NoDayError(ValueError):
    """A line that is neither a day nor two; ``args`` are its number and its text."""


def read_days_off(text: str) -> str:
    """The lines with nothing but days in them, in order, each once."""
    spans = set()
    for number, line in enumerate(text.splitlines(), 1):
        if written := line.strip(" \t,;"):
            spans.add(_span(number, written))
    lines = (f"{first}" if first == last else f"{first}–{last}" for first, last in sorted(spans))
    return "\n".join(lines)


def _span(number: int, written: str) -> tuple[date, date]:
    try:
        days = [date.fromisoformat(part) for part in BETWEEN.split(written)]
    except ValueError as error:
        raise NoDayError(number, written) from error
    first, last = days[0], days[-1]
    if len(days) > 2 or not first <= last < first + timedelta(days=LONGEST):
        raise NoDayError(number, written)
    return first, last


def spans_in(kept: str) -> list[tuple[date, date]]:
    """First and last day of every line of a text that ``read_days_off`` has made."""
    lines = (line.split("–") for line in kept.splitlines())
    return [(date.fromisoformat(ends[0]), date.fromisoformat(ends[-1])) for ends in lines]


def days_in(kept: str) -> Iterator[date]:
    """Every day of a text that ``read_days_off`` has made."""
    for first, last in spans_in(kept):
        for k in range((last - first).days + 1):
            yield first + timedelta(days=k)
