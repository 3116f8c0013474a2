"""``modig plan groups|schedule|check``: the planner for people who have only files.

Exit 0: every rule kept; 1: a check failed; 2: bad input, one line, nothing written; 3: not possible
or not found.
"""

import argparse
import csv
import io
import json
import os
import re
import signal
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from modig import planning
from modig.planning import Cap, CompositionProblem, Meeting, Person, ScheduleProblem, Status, Unit

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OK, CHECK_FAILED, BAD_INPUT, NO_PLAN = 0, 1, 2, 3


class BadInputError(Exception):
    """The input cannot be used; the message names file, row and column."""


# ---- reading -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    place: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def refuse(self, column: str, problem: str) -> NoReturn:
        raise BadInputError(f"{self.place}, column {column}: {problem}")

    def filled(self, column: str) -> str:
        if not self.cells[column].strip():
            self.refuse(column, "blank")
        return self.cells[column]

    def date(self, column: str) -> date:
        try:
            return _iso_date(self.filled(column))
        except ValueError as error:
            self.refuse(column, str(error))

    def number(self, column: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", self.filled(column)):
            self.refuse(column, f"{self[column]!r} is not a whole number")
        return int(self[column])


def _iso_date(text: str) -> date:
    message = f"{text!r} is not a date like 2027-01-11"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError(message)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(message) from error


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path}: not UTF-8 text (byte {error.start})") from error
    except OSError as error:
        raise BadInputError(f"{path}: cannot be read ({error.strerror or error})") from error


def _read_table(path: Path, columns: Iterable[str], *, may_be_empty: bool = False) -> list[Row]:
    reader = csv.reader(io.StringIO(_text_of(path), newline=""), strict=True)
    try:
        lines = list(reader)
    except csv.Error as error:
        raise BadInputError(f"{path}, line {reader.line_num}: {error}") from error
    if not lines or not lines[0]:
        raise BadInputError(f"{path}, row 1: the file is empty, or its first row is")
    header = lines[0]
    _check_header(path, header, columns)
    rows = []
    for number, cells in enumerate(lines[1:], 2):
        if cells and len(cells) != len(header):
            problem = f"{len(cells)} cells, the header has {len(header)}"
            raise BadInputError(f"{path}, row {number}: {problem}")
        if cells:
            rows.append(Row(f"{path}, row {number}", dict(zip(header, cells, strict=True))))
    if not rows and not may_be_empty:
        raise BadInputError(f"{path}, row 2: no rows below the header")
    return rows


def _check_header(path: Path, header: Sequence[str], columns: Iterable[str]) -> None:
    for column in columns:
        if header.count(column) != 1:
            problem = "there more than once" if column in header else "missing"
            seen = ", ".join(header)
            raise BadInputError(f"{path}, row 1: column {column!r} is {problem} (found: {seen})")


def _keyed(rows: Iterable[Row], column: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if row.filled(column) in found:
            row.refuse(column, f"{row[column]!r} is there already")
        found[row[column]] = row
    return found


def _known(row: Row, column: str, known: Collection[str], where: object) -> str:
    if row.filled(column) not in known:
        row.refuse(column, f"{row[column]!r} is not in {where}")
    return row[column]


def _read_pairs(path: Path | None, first: str, second: str) -> Iterator[tuple[Row, str, str]]:
    for row in _read_table(path, [first, second], may_be_empty=True) if path else []:
        if row.filled(first) == row.filled(second):
            row.refuse(second, f"{row[second]!r} is paired with itself")
        yield row, row[first], row[second]


@dataclass(frozen=True, slots=True)
class Input:
    """The people of the first file, with what the options make of them."""

    people: tuple[Person, ...]
    rows: Mapping[str, Row]
    caps: Mapping[Unit, Cap]


def _read_people(a: argparse.Namespace) -> Input:
    columns = [*(a.weights or {})]
    if a.keep_together:
        columns.append(a.keep_together)
    if a.cap is not None:
        columns += a.unit
    rows = _keyed(_read_table(a.people, dict.fromkeys(["id", *columns])), "id")
    people = tuple(
        Person(
            id=key,
            attributes={attribute: row[attribute] for attribute in a.weights or {}},
            team=(row[a.keep_together] if row[a.keep_together].strip() else None)
            if a.keep_together
            else None,
            unit=_unit(row, a) if a.cap is not None else (),
        )
        for key, row in rows.items()
    )
    return Input(people, rows, _read_caps(a, people, rows) if a.cap is not None else {})


def _unit(row: Row, a: argparse.Namespace) -> Unit:
    return tuple(row[column] for column in a.unit)


def _read_caps(
    a: argparse.Namespace, people: Sequence[Person], rows: Mapping[str, Row]
) -> dict[Unit, Cap]:
    staff = rows
    if a.staff:
        staff = _keyed(_read_table(a.staff, dict.fromkeys(["id", *a.unit])), "id")
    employees = Counter(_unit(row, a) for row in staff.values())
    for person in people:
        if person.unit not in employees:
            unknown = "/".join(person.unit)
            rows[person.id].refuse(
                ",".join(a.unit), f"nobody in {a.staff} has the unit {unknown!r}"
            )
    lower = _read_unit_caps(a)
    caps: dict[Unit, Cap] = {}
    for share in {a.cap, *lower.values()}:
        own = [person for person in people if lower.get(person.unit, a.cap) == share]
        caps |= planning.unit_caps(own, employees, share)
    return caps


def _read_unit_caps(a: argparse.Namespace) -> dict[Unit, Fraction]:
    """The units that have a share of their own."""
    caps: dict[Unit, Fraction] = {}
    rows = _read_table(a.unit_caps, [*a.unit, "cap"], may_be_empty=True) if a.unit_caps else []
    for row in rows:
        if _unit(row, a) in caps:
            row.refuse(",".join(a.unit), "this unit is there already")
        try:
            caps[_unit(row, a)] = _fraction(row.filled("cap"))
        except argparse.ArgumentTypeError as error:
            row.refuse("cap", str(error))
    return caps


def _read_groups(a: argparse.Namespace, known: Collection[str]) -> dict[str, str]:
    rows = _keyed(_read_table(a.groups_file, ["id", "group"]), "id")
    return {_known(row, "id", known, a.people): row.filled("group") for row in rows.values()}


def _composition_problem(a: argparse.Namespace, given: Input) -> CompositionProblem:
    teams = {person.team for person in given.people if person.team is not None}
    alone = {person.id for person in given.people if person.team is None}
    first, second = ("team_a", "team_b") if a.keep_together else ("a", "b")
    apart = []
    for row, x, y in _read_pairs(a.keep_apart, first, second):
        _known(row, first, teams if a.keep_together else alone, a.people)
        _known(row, second, teams if a.keep_together else alone, a.people)
        apart.append((x, y))
    try:
        return CompositionProblem(
            people=given.people,
            groups=a.groups,
            low=a.size[0],
            high=a.size[1],
            weights=a.weights,
            keep_apart=tuple(apart),
            locks=_read_locks(a, given),
            caps=given.caps,
            history=tuple((x, y) for _, x, y in _read_pairs(a.history, "a", "b")),
            whole_teams=bool(a.keep_together),
        )
    except ValueError as error:
        raise BadInputError(f"{a.locks or a.people}: {error}") from error


def _read_locks(a: argparse.Namespace, given: Input) -> dict[str | planning.TeamKey, str]:
    team_of = {person.id: person.team_key for person in given.people}
    locks: dict[str | planning.TeamKey, str] = {}
    for row in (
        _keyed(_read_table(a.locks, ["id", "group"], may_be_empty=True), "id").values()
        if a.locks
        else []
    ):
        team = team_of[_known(row, "id", team_of, a.people)]
        if locks.setdefault(team, row.filled("group")) != row["group"]:
            row.refuse("group", f"the team of {row['id']!r} is locked to {locks[team]!r} already")
    return locks


def _schedule_problem(
    a: argparse.Namespace, given: Input, groups: Mapping[str, str]
) -> ScheduleProblem:
    members: dict[str, list[Person]] = defaultdict(list)
    for person in given.people:
        if person.id in groups:
            members[groups[person.id]].append(person)
    if isinstance(a.length, tuple) and len(a.length) != a.blocks:
        raise BadInputError(f"--length: {len(a.length)} blocks are named, --blocks is {a.blocks}")
    try:
        end = a.start + timedelta(weeks=a.weeks)
    except OverflowError as error:
        raise BadInputError("--weeks: the calendar ends before that") from error
    return ScheduleProblem(
        members=members,
        blocks=a.blocks,
        lengths=a.length,
        start=a.start,
        weeks=a.weeks,
        gap=a.gap,
        venues=tuple(f"Room {k}" for k in range(1, a.rooms + 1)),
        facilitators=tuple(f"Facilitator {k}" for k in range(1, a.facilitators + 1)),
        caps=given.caps,
        closed_weeks=a.closed,
        holidays=_read_holidays(a, end),
        weekdays=a.days,
        unavailable=_read_unavailable(a, given),
        locks=_read_day_locks(a, members),
    )


def _read_holidays(a: argparse.Namespace, end: date) -> frozenset[date]:
    days: set[date] = set()
    if a.country:
        try:
            days.update(planning.public_holidays(a.country, a.start, end))
        except planning.UnknownCountryError as error:
            raise BadInputError(f"--country: {error}") from error
    for number, line in enumerate(_text_of(a.holidays).splitlines() if a.holidays else [], 1):
        if line.strip():
            try:
                days.add(_iso_date(line.strip()))
            except ValueError as error:
                raise BadInputError(f"{a.holidays}, row {number}, column 1: {error}") from error
    return frozenset(days)


def _read_unavailable(a: argparse.Namespace, given: Input) -> frozenset[tuple[str, date]]:
    if not a.unavailable:
        return frozenset()
    rows = _read_table(a.unavailable, ["id", "date"], may_be_empty=True)
    return frozenset((_known(row, "id", given.rows, a.people), row.date("date")) for row in rows)


def _read_day_locks(a: argparse.Namespace, groups: Collection[str]) -> dict[tuple[str, int], date]:
    locks: dict[tuple[str, int], date] = {}
    columns = ["group", "block", "date"]
    for row in _read_table(a.lock_days, columns, may_be_empty=True) if a.lock_days else []:
        key = (_known(row, "group", groups, a.groups_file), row.number("block"))
        if not 1 <= key[1] <= a.blocks:
            row.refuse("block", f"{key[1]} is not one of the blocks 1-{a.blocks}")
        if key in locks:
            row.refuse("block", f"group {key[0]} block {key[1]} is locked already")
        locks[key] = row.date("date")
    return locks


def _read_schedule(a: argparse.Namespace, groups: Collection[str]) -> list[Meeting]:
    columns = ["group", "block", "date", "venue", "facilitator"]
    seen: set[tuple[str, int, date]] = set()
    meetings = []
    for row in _read_table(a.schedule, columns):
        group = _known(row, "group", groups, a.groups_file)
        day = (group, row.number("block"), row.date("date"))
        if day in seen:
            row.refuse("date", "this group, block and date are there already")
        seen.add(day)
        venue, facilitator = row.filled("venue"), row.filled("facilitator")
        meetings.append(Meeting(group, day[1], (day[2],), venue, facilitator))
    return meetings


# ---- writing -------------------------------------------------------------------------------------


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Whole or not at all: a half-written file never bears the name."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_text(text.getvalue(), encoding="utf-8", newline="")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise BadInputError(f"{path}: cannot be written ({error.strerror or error})") from error


def _may_be_written(path: Path) -> None:
    if path.is_dir() or not path.parent.is_dir():
        raise BadInputError(f"--out: {path} is a folder, or its folder does not exist")


def _print_json(a: argparse.Namespace, answer: Mapping[str, Any]) -> None:
    if a.json:
        print(json.dumps(answer))


def _say(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)


def _object(status: Status, **figures: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "status": str(status), "value": None, "bound": None, "share": None, "excess": {},
        "violations": {}, "moved": None, "reasons": [], "seed": None, "steps": None,
        "cpu_seconds": None,
    }  # fmt: skip
    return empty | figures


def _raised(caps: Iterable[planning.RaisedCap]) -> list[dict[str, Any]]:
    return [
        {"unit": list(c.unit), "n": c.n, "plain_cap": c.plain, "cap": c.cap, "team": c.team}
        for c in caps
    ]


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """The first SIGINT asks the search to stop; a second one ends the process as usual."""
    asked = threading.Event()

    def ask(_number: int, _frame: object) -> None:
        asked.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _bar(progress: planning.Progress) -> None:
    full = int(progress.share_done * 30)
    broken = f"{progress.violations} broken" if progress.violations else "nothing broken"
    line = f"\r[{'#' * full}{'.' * (30 - full)}] {progress.share_done:4.0%}  {broken}   "
    print(line, end="", file=sys.stderr, flush=True)


# ---- commands ------------------------------------------------------------------------------------


def _groups(a: argparse.Namespace, stop: Callable[[], bool]) -> int:
    _may_be_written(a.out)
    problem = _composition_problem(a, _read_people(a))
    on_terminal = sys.stderr.isatty()
    plan = planning.compose(
        problem,
        seed=a.seed,
        seconds=a.seconds,
        steps=a.steps,
        workers=a.workers,
        on_progress=_bar if on_terminal else None,
        should_stop=stop,
    )
    if plan.groups and (plan.status is Status.OK or plan.status is Status.STOPPED):
        _write(a.out, ["id", "group"], plan.groups.items())
    _say(*([""] if on_terminal else []), *_summary(plan.status, plan.violations, plan.reasons))
    if plan.share is not None and plan.value is not None and plan.bound is not None:
        _say(
            f"value {plan.value:g} of at most {plan.bound:g}: share {plan.share:.5f}",
            "excess: " + (", ".join(f"{k} {n}" for k, n in plan.excess.items()) or "none asked"),
            "sizes: " + ", ".join(f"{n} of {size}" for size, n in plan.sizes.items()),
        )
    _print_json(
        a,
        _object(
            plan.status,
            value=plan.value,
            bound=plan.bound,
            share=plan.share,
            excess=dict(plan.excess),
            violations=dict(plan.violations),
            reasons=[str(reason) for reason in plan.reasons],
            seed=plan.seed,
            steps=plan.steps,
            cpu_seconds=plan.cpu_seconds,
            sizes=dict(plan.sizes),
            tight_bound=plan.tight_bound,
            raised_caps=_raised(plan.raised_caps) if a.cap is not None else [],
            repeats=plan.repeats,
            history_ignored=plan.history_ignored,
        ),
    )
    return _exit(plan.status, plan.violations)


def _schedule(a: argparse.Namespace, stop: Callable[[], bool]) -> int:
    _may_be_written(a.out)
    if a.cap is None:
        raise BadInputError("modig plan schedule: --cap is needed")
    given = _read_people(a)
    groups = _read_groups(a, given.rows)
    for key, row in given.rows.items():
        if key not in groups:
            row.refuse("id", f"{key!r} has no group in {a.groups_file}")
    problem = _schedule_problem(a, given, groups)
    on_terminal = sys.stderr.isatty()
    plan = planning.schedule(
        problem,
        seed=a.seed,
        seconds=a.seconds,
        steps=a.steps,
        workers=a.workers,
        on_progress=_bar if on_terminal else None,
        should_stop=stop,
    )
    if plan.meetings and (plan.status is Status.OK or plan.status is Status.STOPPED):
        rows = [
            (meeting.group, meeting.block, day, meeting.venue, meeting.facilitator)
            for meeting in plan.meetings
            for day in meeting.dates
        ]
        _write(a.out, ["group", "block", "date", "venue", "facilitator"], rows)
    _say(*([""] if on_terminal else []), *_summary(plan.status, plan.violations, plan.reasons))
    if plan.meetings:
        _say(f"{len(plan.meetings)} meetings, at most {plan.max_share_away:.1%} of a unit away")
    _print_json(
        a,
        _object(
            plan.status,
            violations=dict(plan.violations),
            reasons=[str(reason) for reason in plan.reasons],
            seed=plan.seed,
            steps=plan.steps,
            cpu_seconds=plan.cpu_seconds,
            meetings=len(plan.meetings),
            max_share_away=plan.max_share_away,
            raised_caps=_raised(plan.raised_caps),
        ),
    )
    return _exit(plan.status, plan.violations)


def _summary(
    status: Status, violations: Mapping[str, int], reasons: Iterable[planning.Reason]
) -> list[str]:
    first = {
        Status.OK: "every rule kept",
        Status.NOT_POSSIBLE: "not possible; nothing written",
        Status.NOT_FOUND: "not found: no plan that keeps every rule turned up; nothing written",
        Status.STOPPED: "stopped; the best so far "
        + ("BREAKS RULES" if violations else "keeps every rule"),
    }[status]
    return [first, *(f"  {reason}" for reason in reasons)]


def _exit(status: Status, violations: Mapping[str, int]) -> int:
    if status is Status.OK or (status is Status.STOPPED and not violations):
        return OK
    return NO_PLAN


def _check(a: argparse.Namespace, _stop: Callable[[], bool]) -> int:
    began = time.process_time()
    asks_groups = None not in (a.groups, a.size, a.weights)
    if not asks_groups and (a.schedule is None or {a.groups, a.size, a.weights} != {None}):
        raise BadInputError("plan check: --groups, --size and --weights go together")
    given = _read_people(a)
    groups = _read_groups(a, given.rows)
    answer = _object(Status.OK, reasons=[], errors=[])
    if asks_groups:
        _check_groups(a, given, groups, answer)
    if a.schedule is not None:
        _check_schedule(a, given, groups, answer)
    answer["reasons"] = answer["errors"]
    answer["cpu_seconds"] = time.process_time() - began
    if answer["errors"]:
        answer["status"] = str(Status.NOT_FOUND)
    _say("a rule is broken:" if answer["errors"] else "every rule kept")
    _say(*(f"  {error}" for error in answer["errors"]))
    if answer["share"] is not None:
        _say(f"share {answer['share']:.5f}, excess {answer['excess']}")
    _print_json(a, answer)
    return CHECK_FAILED if answer["errors"] else OK


def _check_groups(
    a: argparse.Namespace, given: Input, groups: Mapping[str, str], answer: dict[str, Any]
) -> None:
    figures = planning.check_groups(_composition_problem(a, given), groups)
    answer |= {
        "value": figures.value,
        "bound": figures.bound,
        "share": figures.share,
        "excess": dict(figures.excess),
        "sizes": dict(figures.sizes),
        "violations": dict(figures.violations),
        "raised_caps": _raised(figures.raised_caps),
        "errors": list(figures.errors),
    }


def _check_schedule(
    a: argparse.Namespace, given: Input, groups: Mapping[str, str], answer: dict[str, Any]
) -> None:
    wanted = ("blocks", "cap", "gap", "rooms", "facilitators", "start", "weeks")
    for name in wanted:
        if getattr(a, name) is None:
            option = "--from" if name == "start" else f"--{name}"
            raise BadInputError(f"plan check: {option} is needed with a schedule")
    problem = _schedule_problem(a, given, groups)
    figures = planning.check_schedule(problem, _read_schedule(a, problem.members))
    violations = Counter(answer["violations"]) + Counter(figures.violations)
    errors = [*answer["errors"], *figures.errors]
    missing = [person.id for person in given.people if person.id not in groups]
    if missing and "people_without_group" not in violations:
        violations["people_without_group"] = len(missing)
        errors.append(f"people_without_group: {len(missing)}, first: id {missing[0]}")
    answer |= {
        "violations": dict(violations),
        "raised_caps": _raised(figures.raised_caps),
        "errors": errors,
        "meetings": figures.meetings,
        "days": figures.days,
        "max_share_away": figures.max_share_away,
    }


# ---- options -------------------------------------------------------------------------------------


def _span(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", text)
    if not match or int(match[2] or match[1]) < int(match[1]):
        raise argparse.ArgumentTypeError(f"{text!r} is not like 23-25")
    return int(match[1]), int(match[2] or match[1])


def _size(text: str) -> tuple[int, int]:
    low, high = _span(text)
    if low < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: a group has at least one person")
    return low, high


def _named_numbers(text: str) -> dict[str, float]:
    found = re.findall(r"([^=,]+)=(\d+(?:\.\d+)?)(?:,|$)", text)
    whole = ",".join(f"{name}={number}" for name, number in found) == text
    if not found or not whole or len(dict(found)) != len(found):
        raise argparse.ArgumentTypeError(f"{text!r} is not like unit=2,administration=3")
    return {name: float(number) for name, number in found}


def _fraction(text: str) -> Fraction:
    if not re.fullmatch(r"0?\.\d+|0|1(\.0*)?|0\.", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a share from 0 to 1, like 0.10")
    return Fraction(text)


def _closed_weeks(text: str) -> frozenset[tuple[int, int]]:
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


def _weekdays(text: str) -> frozenset[int]:
    days: set[int] = set()
    for part in text.split(","):
        ends = part.split("-")
        first, last = (ends * 2)[:2]
        known = {first, last} <= set(WEEKDAYS) and len(ends) <= 2
        if not known or WEEKDAYS.index(last) < WEEKDAYS.index(first):
            raise argparse.ArgumentTypeError(f"{part!r} is not like mon-fri or mon,wed")
        days |= set(range(WEEKDAYS.index(first), WEEKDAYS.index(last) + 1))
    return frozenset(days)


def _day(text: str) -> date:
    try:
        return _iso_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _positive(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,15}", text) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def _lengths(text: str) -> int | tuple[int, ...]:
    days = tuple(_positive(part) for part in text.split(","))
    return days if len(days) > 1 else days[0]


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def _seconds(text: str) -> float:
    if not re.fullmatch(r"\d+(\.\d+)?|\.\d+", text) or float(text) <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return float(text)


def _columns(text: str) -> list[str]:
    return text.split(",")


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong with the options in one line."""

    def error(self, message: str) -> NoReturn:
        _say(f"{self.prog}: {' '.join(message.split())}")
        raise SystemExit(BAD_INPUT)


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add ``plan`` with its commands to the parser of ``modig``."""
    plan = subparsers.add_parser("plan", help="put people into groups and give the groups dates")
    _add_commands(plan)


def _add_commands(plan: argparse.ArgumentParser) -> None:
    plan.set_defaults(run=run)
    commands = plan.add_subparsers(
        dest="plan_command", required=True, metavar="COMMAND", parser_class=OneLineParser
    )
    groups = commands.add_parser("groups", help="put whole teams, or people, into groups")
    _add_files(groups)
    _add_search(groups)
    _add_group_rules(groups, required=True)
    groups.set_defaults(plan_deed=_groups)

    schedule = commands.add_parser("schedule", help="give every block of every group a date")
    _add_files(schedule, "groups_file")
    _add_search(schedule)
    _add_schedule_rules(schedule, required=True)
    schedule.set_defaults(plan_deed=_schedule, weights=None)

    check = commands.add_parser("check", help="check a plan; options as for making it")
    _add_files(check, "groups_file")
    check.add_argument("schedule", type=Path, nargs="?", metavar="schedule.csv")
    _add_search(check, out_required=False)
    _add_group_rules(check, required=False)
    _add_schedule_rules(check, required=False)
    check.set_defaults(plan_deed=_check)


def _add_files(parser: argparse.ArgumentParser, *more: str) -> None:
    parser.add_argument("people", type=Path, metavar="people.csv")
    for name in more:
        parser.add_argument(name, type=Path, metavar="groups.csv")
    parser.add_argument("--keep-together", metavar="COLUMN", help="the column that names teams")
    parser.add_argument("--cap", type=_fraction, metavar="SHARE", help="of a unit away at most")
    parser.add_argument(
        "--unit",
        type=_columns,
        default=["unit"],
        metavar="COLUMN,...",
        help="columns naming a unit",
    )
    parser.add_argument("--staff", type=Path, metavar="all.csv", help="all employees, for the cap")
    parser.add_argument(
        "--unit-caps", type=Path, metavar="FILE", help="units with a cap of their own: unit,cap"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _add_search(parser: argparse.ArgumentParser, *, out_required: bool = True) -> None:
    limit = parser.add_mutually_exclusive_group()
    limit.add_argument("--seconds", type=_seconds, metavar="S")
    limit.add_argument("--steps", type=_positive, metavar="N")
    parser.add_argument("--seed", type=_whole, default=1)
    parser.add_argument("--workers", type=_positive, default=1)
    parser.add_argument("--out", type=Path, required=out_required, metavar="FILE")


def _add_group_rules(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--groups", type=_positive, required=required, metavar="N")
    parser.add_argument("--size", type=_size, required=required, metavar="LO-HI")
    parser.add_argument("--weights", type=_named_numbers, required=required, metavar="COLUMN=W,...")
    parser.add_argument("--keep-apart", type=Path, metavar="pairs.csv")
    parser.add_argument("--locks", type=Path, metavar="locks.csv", help="id,group")
    parser.add_argument("--history", type=Path, metavar="pairs.csv", help="who met before: a,b")


def _add_schedule_rules(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--blocks", type=_positive, required=required, metavar="N")
    parser.add_argument("--from", type=_day, required=required, dest="start", metavar="DATE")
    parser.add_argument("--weeks", type=_positive, required=required, metavar="N")
    parser.add_argument("--gap", type=_span, required=required, metavar="LO-HI")
    parser.add_argument("--rooms", type=_positive, required=required, metavar="N")
    parser.add_argument("--facilitators", type=_positive, required=required, metavar="N")
    parser.add_argument("--country", metavar="CODE", help="keep its public holidays free")
    parser.add_argument("--holidays", type=Path, metavar="FILE", help="more: one date a line")
    parser.add_argument(
        "--closed", type=_closed_weeks, default=frozenset(), metavar="2027-W26..2027-W32,..."
    )
    parser.add_argument("--days", type=_weekdays, default=_weekdays("mon-fri"), metavar="mon-fri")
    parser.add_argument(
        "--length", type=_lengths, default=1, metavar="DAYS", help="days in a block: 2, or 2,1,2"
    )
    parser.add_argument("--unavailable", type=Path, metavar="id-date.csv")
    parser.add_argument("--lock-days", type=Path, metavar="FILE", help="group,block,date")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for and give the exit code."""
    try:
        with _stoppable() as stop:
            deed: Callable[[argparse.Namespace, Callable[[], bool]], int] = arguments.plan_deed
            return deed(arguments, stop)
    except BadInputError as error:
        _say(" ".join(str(error).split()))
        return BAD_INPUT


def main(words: Sequence[str] | None = None) -> int:
    """``python -m modig.cli.plan groups ...`` for trying the group of commands on its own."""
    parser = OneLineParser(prog="modig plan")
    _add_commands(parser)
    return run(parser.parse_args(words))


if __name__ == "__main__":
    sys.exit(main())
