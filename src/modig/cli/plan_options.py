"""The options of the planner's commands."""

import argparse
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

from modig.cli.plan_input import fraction, iso_date
from modig.cli.plan_output import BAD_INPUT, say
from modig.planning import Quota

MOST_GROUPS = 100_000
MOST_PLACES = 1_000
MOST_BLOCKS = 100
MOST_WEEKS = 1_040
MOST_WORKERS = 1_000
MOST_DIGITS = 15
"""Far above any use: what is larger would only fill the memory, or never end."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def span(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", text)
    if not match or int(match[2] or match[1]) < int(match[1]):
        raise argparse.ArgumentTypeError(f"{text!r} is not like 23-25")
    return int(match[1]), int(match[2] or match[1])


def size_span(text: str) -> tuple[int, int]:
    low, high = span(text)
    if low < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: a group has at least one person")
    return low, high


def named_numbers(text: str) -> dict[str, float]:
    found = re.findall(r"([^=,]+)=(\d+(?:\.\d+)?)(?:,|$)", text)
    whole = ",".join(f"{name}={number}" for name, number in found) == text
    if not found or not whole or len(dict(found)) != len(found):
        raise argparse.ArgumentTypeError(f"{text!r} is not like unit=2,administration=3")
    return {name: float(number) for name, number in found}


def mixing_weights(text: str) -> dict[str, float]:
    """Weights of which at least one is above 0: with zeros alone there is nothing to mix."""
    weights = named_numbers(text)
    if not any(weights.values()):
        raise argparse.ArgumentTypeError(f"{text!r}: at least one weight must be above 0")
    return weights


def quota(text: str) -> Quota:
    """``department:-40%``, ``company=North:2-5`` or, with "none or" before it, ``company:0|2-``."""
    match = re.fullmatch(
        r"([^=]+?)(?:=(.*))?:(0\|)?([0-9]{1,6})?-(?:([0-9]{1,6})|([0-9]{1,3}(?:\.[0-9]+)?)%)?",
        text,
        re.DOTALL,
    )
    if not match:
        message = f"{text!r} is not like department=North:2-5, department:-40% or company:0|2-"
        raise argparse.ArgumentTypeError(message)
    attribute, value, or_none, least, most, percent = match.groups()
    try:
        return Quota(
            attribute,
            value,
            least=int(least or 0),
            most=None if most is None else int(most),
            most_share=None if percent is None else Fraction(percent) / 100,
            or_none=bool(or_none),
        )
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from error


def closed_weeks(text: str) -> frozenset[tuple[int, int]]:
    weeks: set[tuple[int, int]] = set()
    for part in text.split(","):
        ends = part.split("..")
        try:
            first, last = (
                datetime.strptime(f"{week}-1", "%G-W%V-%u").date()  # noqa: DTZ007 -- a date alone
                for week in (ends * 2)[:2]
            )
        except ValueError as error:
            message = f"{part!r} is not like 2027-W26 or 2027-W26..2027-W32"
            raise argparse.ArgumentTypeError(message) from error
        if last < first or len(ends) > 2:
            raise argparse.ArgumentTypeError(f"{part!r} ends before it starts")
        for k in range(0, (last - first).days + 1, 7):
            year, week, _ = (first + timedelta(days=k)).isocalendar()
            weeks.add((year, week))
    return frozenset(weeks)


def weekdays(text: str) -> frozenset[int]:
    days: set[int] = set()
    for part in text.split(","):
        ends = part.split("-")
        first, last = (ends * 2)[:2]
        known = {first, last} <= set(WEEKDAYS) and len(ends) <= 2
        if not known or WEEKDAYS.index(last) < WEEKDAYS.index(first):
            raise argparse.ArgumentTypeError(f"{part!r} is not like mon-fri or mon,wed")
        days |= set(range(WEEKDAYS.index(first), WEEKDAYS.index(last) + 1))
    return frozenset(days)


def day(text: str) -> date:
    try:
        return iso_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def positive(text: str) -> int:
    if not re.fullmatch(rf"[0-9]{{1,{MOST_DIGITS}}}", text) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def up_to(most: int) -> Callable[[str], int]:
    """Reads a whole number from 1 to ``most``."""

    def number(text: str) -> int:
        is_number = re.fullmatch(r"[0-9]+", text)
        if is_number and (len(text) > MOST_DIGITS or int(text) > most):
            raise argparse.ArgumentTypeError(f"{text!r} is too large: at most {most:,}")
        return positive(text)

    return number


def number_or_file(text: str) -> int | Path:
    return up_to(MOST_PLACES)(text) if re.fullmatch(r"[-+]?[0-9]+", text) else Path(text)


def lengths(text: str) -> int | tuple[int, ...]:
    days = tuple(up_to(MOST_BLOCKS)(part) for part in text.split(","))
    return days if len(days) > 1 else days[0]


def whole(text: str) -> int:
    if not re.fullmatch(rf"[0-9]{{1,{MOST_DIGITS}}}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def seconds(text: str) -> float:
    if not re.fullmatch(r"\d+(\.\d+)?|\.\d+", text) or float(text) <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return float(text)


def columns(text: str) -> list[str]:
    return text.split(",")


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong with the options in one line."""

    def error(self, message: str) -> NoReturn:
        say(f"{self.prog}: {' '.join(message.split())}")
        raise SystemExit(BAD_INPUT)


def add_files(parser: argparse.ArgumentParser, *more: str) -> None:
    parser.add_argument("people", type=Path, metavar="people.csv")
    for name in more:
        parser.add_argument(name, type=Path, metavar="groups.csv")
    parser.add_argument("--keep-together", metavar="COLUMN", help="the column that names teams")
    parser.add_argument("--cap", type=fraction, metavar="SHARE", help="of a unit away at most")
    parser.add_argument(
        "--unit",
        type=columns,
        default=["unit"],
        metavar="COLUMN,...",
        help="columns naming a unit",
    )
    parser.add_argument("--staff", type=Path, metavar="all.csv", help="all employees, for the cap")
    parser.add_argument(
        "--unit-caps", type=Path, metavar="FILE", help="units with a cap of their own: unit,cap"
    )
    add_json(parser)


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def add_search(parser: argparse.ArgumentParser, *, out_required: bool = True) -> None:
    limit = parser.add_mutually_exclusive_group()
    limit.add_argument("--seconds", type=seconds, metavar="S")
    limit.add_argument("--steps", type=positive, metavar="N")
    parser.add_argument("--seed", type=whole, default=1)
    parser.add_argument("--workers", type=up_to(MOST_WORKERS), default=1)
    parser.add_argument("--out", type=Path, required=out_required, metavar="FILE")


def add_group_rules(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.set_defaults(ease_calendar=False)  # asked for at a single employer alone
    parser.add_argument("--groups", type=up_to(MOST_GROUPS), required=required, metavar="N")
    parser.add_argument("--size", type=size_span, required=required, metavar="LO-HI")
    parser.add_argument("--weights", type=mixing_weights, required=required, metavar="COLUMN=W,...")
    parser.add_argument("--keep-apart", type=Path, metavar="pairs.csv")
    parser.add_argument("--locks", type=Path, metavar="locks.csv", help="id,group")
    parser.add_argument("--history", type=Path, metavar="pairs.csv", help="who met before: a,b")
    parser.add_argument(
        "--quota",
        type=quota,
        action="append",
        default=[],
        dest="quotas",
        metavar="COLUMN=VALUE:RANGE",
        help="how many of them in each group: 2- at least, -5 at most, 2-5, -40%% of the group; 0|2-"
        " none or at least 2. Without =VALUE: of each value. May be given again",
    )


def add_schedule_rules(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--blocks", type=up_to(MOST_BLOCKS), required=required, metavar="N")
    parser.add_argument("--from", type=day, required=required, dest="start", metavar="DATE")
    parser.add_argument("--weeks", type=up_to(MOST_WEEKS), required=required, metavar="N")
    parser.add_argument("--gap", type=span, required=required, metavar="LO-HI")
    parser.add_argument(
        "--rooms",
        type=number_or_file,
        required=required,
        metavar="N|venues.csv",
        help="how many, or a file: venue and, where known, seats and place",
    )
    parser.add_argument(
        "--facilitators",
        type=number_or_file,
        required=required,
        metavar="N|facilitators.csv",
        help="how many, or a file with a column facilitator",
    )
    parser.add_argument(
        "--days-off", type=Path, metavar="days.csv", help="of facilitators and venues: name,date"
    )
    parser.add_argument("--travel", type=Path, metavar="travel.csv", help="from,to,minutes")
    parser.add_argument(
        "--most-travel",
        type=whole,
        default=60,
        metavar="MINUTES",
        help="between places where one facilitator leads on two days running (60)",
    )
    parser.add_argument("--country", metavar="CODE", help="keep its public holidays free")
    parser.add_argument("--holidays", type=Path, metavar="FILE", help="more: one date a line")
    parser.add_argument(
        "--closed", type=closed_weeks, default=frozenset(), metavar="2027-W26..2027-W32,..."
    )
    parser.add_argument("--days", type=weekdays, default=weekdays("mon-fri"), metavar="mon-fri")
    parser.add_argument(
        "--length", type=lengths, default=1, metavar="DAYS", help="days in a block: 2, or 2,1,2"
    )
    parser.add_argument("--unavailable", type=Path, metavar="id-date.csv")
    parser.add_argument("--lock-days", type=Path, metavar="FILE", help="group,block,date")
