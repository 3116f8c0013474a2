"""The files that the planner reads, each turned into a problem or refused in one line."""

import argparse
import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

from modig import planning
from modig.planning import Cap, CompositionProblem, Meeting, Person, ScheduleProblem, Unit

MOST_VALUES_TOLD = 10


class BadInputError(Exception):
    """The input cannot be used; the message names file, row and column."""


@dataclass(frozen=True, slots=True)
class Row:
    place: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def refuse(self, column: str, problem: str) -> NoReturn:
        raise BadInputError(f"{self.place}, column {column}: {problem}")

    def has(self, column: str) -> bool:
        """Whether there is such a column, and something in it."""
        return bool(self.cells.get(column, "").strip())

    def filled(self, column: str) -> str:
        if not self.cells[column].strip():
            self.refuse(column, "blank")
        return self.cells[column]

    def date(self, column: str) -> date:
        try:
            return iso_date(self.filled(column))
        except ValueError as error:
            self.refuse(column, str(error))

    def number(self, column: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", self.filled(column)):
            self.refuse(column, f"{self[column]!r} is not a whole number")
        return int(self[column])


def iso_date(text: str) -> date:
    message = f"{text!r} is not a date like 2027-01-11"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError(message)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(message) from error


def text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path}: not UTF-8 text (byte {error.start})") from error
    except OSError as error:
        raise BadInputError(f"{path}: cannot be read ({error.strerror or error})") from error


def read_table(path: Path, columns: Iterable[str], *, may_be_empty: bool = False) -> list[Row]:
    reader = csv.reader(io.StringIO(text_of(path), newline=""), strict=True)
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
            is_parted_otherwise = len(header) == 1 and bool(re.search("[;\t]", seen))
            hint = "; columns are parted by commas" if is_parted_otherwise else ""
            raise BadInputError(
                f"{path}, row 1: column {column!r} is {problem} (found: {seen}){hint}"
            )


def keyed(rows: Iterable[Row], column: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if row.filled(column) in found:
            row.refuse(column, f"{row[column]!r} is there already")
        found[row[column]] = row
    return found


def known_cell(row: Row, column: str, known: Collection[str], where: object) -> str:
    if row.filled(column) not in known:
        row.refuse(column, f"{row[column]!r} is not in {where}")
    return row[column]


def read_pairs(path: Path | None, first: str, second: str) -> Iterator[tuple[Row, str, str]]:
    for row in read_table(path, [first, second], may_be_empty=True) if path else []:
        if row.filled(first) == row.filled(second):
            row.refuse(second, f"{row[second]!r} is paired with itself")
        yield row, row[first], row[second]


@dataclass(frozen=True, slots=True)
class Input:
    """The people of the first file, with what the options make of them."""

    people: tuple[Person, ...]
    rows: Mapping[str, Row]
    caps: Mapping[Unit, Cap]


def read_people(a: argparse.Namespace) -> Input:
    attributes = [*(a.weights or {}), *(quota.attribute for quota in a.quotas)]
    columns = [*attributes]
    if a.keep_together:
        columns.append(a.keep_together)
    if a.cap is not None:
        columns += a.unit
    rows = keyed(read_table(a.people, dict.fromkeys(["id", *columns])), "id")
    people = tuple(
        Person(
            id=key,
            attributes={attribute: row[attribute] for attribute in attributes},
            team=(row[a.keep_together] if row[a.keep_together].strip() else None)
            if a.keep_together
            else None,
            unit=unit_of(row, a) if a.cap is not None else (),
        )
        for key, row in rows.items()
    )
    return Input(people, rows, read_caps(a, people, rows) if a.cap is not None else {})


def unit_of(row: Row, a: argparse.Namespace) -> Unit:
    return tuple(row[column] for column in a.unit)


def read_caps(
    a: argparse.Namespace, people: Sequence[Person], rows: Mapping[str, Row]
) -> dict[Unit, Cap]:
    staff = rows
    if a.staff:
        staff = keyed(read_table(a.staff, dict.fromkeys(["id", *a.unit])), "id")
    employees = Counter(unit_of(row, a) for row in staff.values())
    for person in people:
        if person.unit not in employees:
            unknown = "/".join(person.unit)
            rows[person.id].refuse(
                ",".join(a.unit), f"nobody in {a.staff} has the unit {unknown!r}"
            )
    lower = read_unit_caps(a)
    caps: dict[Unit, Cap] = {}
    for share in {a.cap, *lower.values()}:
        own = [person for person in people if lower.get(person.unit, a.cap) == share]
        caps |= planning.unit_caps(own, employees, share)
    return caps


def read_unit_caps(a: argparse.Namespace) -> dict[Unit, Fraction]:
    """The units that have a share of their own."""
    caps: dict[Unit, Fraction] = {}
    rows = read_table(a.unit_caps, [*a.unit, "cap"], may_be_empty=True) if a.unit_caps else []
    for row in rows:
        if unit_of(row, a) in caps:
            row.refuse(",".join(a.unit), "this unit is there already")
        try:
            caps[unit_of(row, a)] = fraction(row.filled("cap"))
        except argparse.ArgumentTypeError as error:
            row.refuse("cap", str(error))
    return caps


def read_groups(a: argparse.Namespace, known: Collection[str]) -> dict[str, str]:
    rows = keyed(read_table(a.groups_file, ["id", "group"]), "id")
    return {known_cell(row, "id", known, a.people): row.filled("group") for row in rows.values()}


def read_old_groups(path: Path) -> dict[str, str]:
    """Group by person of an earlier plan; people who have left since are among them."""
    rows = keyed(read_table(path, ["id", "group"]), "id")
    return {key: row.filled("group") for key, row in rows.items()}


def composition_problem(
    a: argparse.Namespace, given: Input, group_names: tuple[str, ...] = ()
) -> CompositionProblem:
    teams = {person.team for person in given.people if person.team is not None}
    alone = {person.id for person in given.people if person.team is None}
    first, second = ("team_a", "team_b") if a.keep_together else ("a", "b")
    apart = []
    for row, x, y in read_pairs(a.keep_apart, first, second):
        known_cell(row, first, teams if a.keep_together else alone, a.people)
        known_cell(row, second, teams if a.keep_together else alone, a.people)
        apart.append((x, y))
    _refuse_unknown_values(a, given)
    try:
        return CompositionProblem(
            people=given.people,
            groups=a.groups,
            low=a.size[0],
            high=a.size[1],
            weights=a.weights,
            keep_apart=tuple(apart),
            locks=read_locks(a, given),
            caps=given.caps,
            history=tuple((x, y) for _, x, y in read_pairs(a.history, "a", "b")),
            whole_teams=bool(a.keep_together),
            group_names=group_names,
            quotas=tuple(a.quotas),
        )
    except ValueError as error:
        raise BadInputError(f"{a.locks or a.people}: {error}") from error


def _refuse_unknown_values(a: argparse.Namespace, given: Input) -> None:
    for quota in a.quotas:
        known = dict.fromkeys(person.attributes[quota.attribute] for person in given.people)
        if quota.value is not None and quota.value not in known:
            seen = ", ".join([*known][:MOST_VALUES_TOLD]) + (
                ", …" * (len(known) > MOST_VALUES_TOLD)
            )
            raise BadInputError(
                f"{a.people}, column {quota.attribute}: nobody has {quota.value!r}, which --quota"
                f" names (found: {seen})"
            )


def read_locks(a: argparse.Namespace, given: Input) -> dict[str | planning.TeamKey, str]:
    team_of = {person.id: person.team_key for person in given.people}
    locks: dict[str | planning.TeamKey, str] = {}
    for row in (
        keyed(read_table(a.locks, ["id", "group"], may_be_empty=True), "id").values()
        if a.locks
        else []
    ):
        team = team_of[known_cell(row, "id", team_of, a.people)]
        if locks.setdefault(team, row.filled("group")) != row["group"]:
            row.refuse("group", f"the team of {row['id']!r} is locked to {locks[team]!r} already")
    return locks


def schedule_problem(
    a: argparse.Namespace, given: Input, groups: Mapping[str, str]
) -> ScheduleProblem:
    members: dict[str, list[Person]] = defaultdict(list)
    for person in given.people:
        if person.id in groups:
            members[groups[person.id]].append(person)
    if isinstance(a.length, tuple) and len(a.length) != a.blocks:
        raise BadInputError(f"--length: {len(a.length)} blocks are named, --blocks is {a.blocks}")
    venues = read_named(a.rooms, "Room", "venue")
    facilitators = read_named(a.facilitators, "Facilitator", "facilitator")
    places = {name: row["place"] for name, row in venues.items() if row and row.has("place")}
    off = read_days_off(a, {**venues, **facilitators})
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
        venues=tuple(venues),
        facilitators=tuple(facilitators),
        seats={n: row.number("seats") for n, row in venues.items() if row and row.has("seats")},
        places=places,
        venues_closed=frozenset(one for one in off if one[0] in venues),
        facilitators_off=frozenset(one for one in off if one[0] in facilitators),
        far_apart=read_far_apart(a, places),
        caps=given.caps,
        closed_weeks=a.closed,
        holidays=read_holidays(a, end),
        weekdays=a.days,
        unavailable=read_unavailable(a, given),
        locks=read_day_locks(a, members),
    )


def read_holidays(a: argparse.Namespace, end: date) -> frozenset[date]:
    days = _dates_of(a.holidays) if a.holidays else set()
    if a.country:
        try:
            days.update(planning.public_holidays(a.country, a.start, end))
        except planning.UnknownCountryError as error:
            raise BadInputError(f"--country: {error}") from error
    return frozenset(days)


def _dates_of(path: Path) -> set[date]:
    """A file with one date a line, at least one."""
    days: set[date] = set()
    for number, line in enumerate(text_of(path).splitlines(), 1):
        if line.strip():
            try:
                days.add(iso_date(line.strip()))
            except ValueError as error:
                raise BadInputError(f"{path}, row {number}, column 1: {error}") from error
    if not days:
        raise BadInputError(f"{path}, row 1: the file is empty; a date like 2027-01-06 is needed")
    return days


def read_named(given: int | Path, word: str, column: str) -> dict[str, Row | None]:
    """Venues or facilitators: so many of them, or those of a file with a row for each."""
    if isinstance(given, int):
        return {f"{word} {k}": None for k in range(1, given + 1)}
    return dict(keyed(read_table(given, [column]), column))


def read_days_off(a: argparse.Namespace, known: Collection[str]) -> set[tuple[str, date]]:
    """When facilitators are off and venues closed, by their names."""
    if not a.days_off:
        return set()
    rows = read_table(a.days_off, ["name", "date"], may_be_empty=True)
    whose = "the rooms and facilitators"
    return {(known_cell(row, "name", known, whose), row.date("date")) for row in rows}


def read_far_apart(a: argparse.Namespace, places: Mapping[str, str]) -> frozenset[frozenset[str]]:
    """Places with more than so many minutes of travel between them."""
    if not a.travel:
        return frozenset()
    known = set(places.values())
    ways = [
        (frozenset(known_cell(row, end, known, a.rooms) for end in ("from", "to")), row)
        for row in read_table(a.travel, ["from", "to", "minutes"], may_be_empty=True)
    ]
    return frozenset(ends for ends, row in ways if row.number("minutes") > a.most_travel)


def read_unavailable(a: argparse.Namespace, given: Input) -> frozenset[tuple[str, date]]:
    if not a.unavailable:
        return frozenset()
    rows = read_table(a.unavailable, ["id", "date"], may_be_empty=True)
    return frozenset(
        (known_cell(row, "id", given.rows, a.people), row.date("date")) for row in rows
    )


def read_day_locks(a: argparse.Namespace, groups: Collection[str]) -> dict[tuple[str, int], date]:
    locks: dict[tuple[str, int], date] = {}
    columns = ["group", "block", "date"]
    for row in read_table(a.lock_days, columns, may_be_empty=True) if a.lock_days else []:
        key = (known_cell(row, "group", groups, a.groups_file), row.number("block"))
        if not 1 <= key[1] <= a.blocks:
            row.refuse("block", f"{key[1]} is not one of the blocks 1-{a.blocks}")
        if key in locks:
            row.refuse("block", f"group {key[0]} block {key[1]} is locked already")
        locks[key] = row.date("date")
    return locks


def read_schedule(a: argparse.Namespace, groups: Collection[str]) -> list[Meeting]:
    """One meeting a row, so that a checker sees blocks whose days have different places."""
    rows = _schedule_rows(a.schedule)
    for row in rows:
        known_cell(row, "group", groups, a.groups_file)
    return [_meeting_of([row]) for row in rows]


def read_old_schedule(path: Path) -> list[Meeting]:
    """The meetings of an earlier plan, each with all of its days; any group may have one."""
    rows_of: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in _schedule_rows(path):
        rows = rows_of[row["group"], row.number("block")]
        rows.append(row)
        for column in ("venue", "facilitator"):
            if row[column] != rows[0][column]:
                row.refuse(
                    column,
                    f"group {row['group']} block {row['block']} has {rows[0][column]!r} on"
                    f" {rows[0]['date']}; all days of a block have the same {column}",
                )
    return [_meeting_of(rows) for rows in rows_of.values()]


def _schedule_rows(path: Path) -> list[Row]:
    seen: set[tuple[str, int, date]] = set()
    rows = read_table(path, ["group", "block", "date", "venue", "facilitator"])
    for row in rows:
        day = (row.filled("group"), row.number("block"), row.date("date"))
        if day in seen:
            row.refuse("date", "this group, block and date are there already")
        seen.add(day)
        row.filled("venue")
        row.filled("facilitator")
    return rows


def _meeting_of(rows: Sequence[Row]) -> Meeting:
    """The meeting whose days these rows are."""
    days = tuple(sorted(row.date("date") for row in rows))
    first = rows[0]
    return Meeting(
        first["group"], first.number("block"), days, first["venue"], first["facilitator"]
    )


def fraction(text: str) -> Fraction:
    if not re.fullmatch(r"0?\.\d+|0|1(\.0*)?|0\.", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a share from 0 to 1, like 0.10")
    return Fraction(text)
