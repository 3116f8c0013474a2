"""From a row of texts to a record, or to a refusal that names row, column and reason."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from modig.apps.people.hr_files.columns import Mapping
from modig.apps.people.hr_files.dates import NotADateError, read_date
from modig.apps.people.hr_files.reading import Table

YES = {"1", "j", "ja", "y", "yes", "true", "x", "s"}
LONGEST = {"number": 60, "employment": 60, "title": 200, "email": 254, "mobile": 40}
LONGEST_OTHER = 200
LONGEST_CODE = 120


class Reason(StrEnum):
    """Why a row is refused; the page and the command have a sentence for each."""

    PROTECTED = "protected"
    RAGGED = "ragged"
    NO_NUMBER = "no_number"
    NO_UNIT = "no_unit"
    TWICE = "twice"
    DATE = "date"
    ENDS_BEFORE = "ends_before"
    DEGREE = "degree"
    TOO_LONG = "too_long"
    UNIT_ELSEWHERE = "unit_elsewhere"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not taken in. ``value`` is empty where it must not be kept."""

    row: int
    column: str
    reason: Reason
    value: str = ""


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """A unit as a row names it: its code, its name, and the code of the unit above."""

    code: str
    name: str
    parent: str


@dataclass(slots=True)
class Record:
    """One employment of one person, as the file has it."""

    row: int
    number: str
    key: str
    units: tuple[UnitPlace, ...]
    texts: dict[str, str] = field(default_factory=dict)
    degree: Decimal | None = None
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    is_manager: bool = False
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def unit(self) -> str:
        return self.units[-1].code


TEXTS = (
    "first_name", "last_name", "email", "mobile", "gender", "title", "aid_code", "manager", "form",
    "workplace", "cost_centre", "legal_entity",
)  # fmt: skip


def is_protected(cells: list[str], place: int | None) -> bool:
    """Whether the cell of the column for protected identity says so."""
    return place is not None and cells[place].casefold() in YES


def records_of(table: Table, mapping: Mapping) -> Iterator[Record | Refusal]:
    """Every row as a record or a refusal, in the order of the file; ``mapping`` must be fitted.

    Several rows of one number are several employments, told apart by the employment's own number,
    else by their unit, title and first day. A row that repeats an earlier one is refused.
    """
    reader = _Reader(table, mapping)
    for number, width in table.ragged:
        yield Refusal(number, "", Reason.RAGGED, f"{width} / {len(table.header)}")
    for number, cells in table.rows:
        yield reader.read(number, cells)


class _Refused(Exception):  # noqa: N818 -- carries a refusal, is none itself
    def __init__(self, column: str, reason: Reason, value: str = "") -> None:
        super().__init__(reason)
        self.column, self.reason, self.value = column, reason, value


class _Reader:
    """Knows where each field stands, and what earlier rows said."""

    def __init__(self, table: Table, mapping: Mapping) -> None:
        at = {name: place for place, name in enumerate(table.header)}
        self.mapping = mapping
        self.place = {name: at[column] for name, column in mapping.columns.items()}
        self.levels = [(at.get(one.code), at.get(one.name)) for one in mapping.levels]
        self.extra = [(name, at[name]) for name in mapping.extra]
        self.protected = self.place.get("protected")
        self.seen: dict[tuple[str, str], int] = {}
        self.keys: set[tuple[str, str]] = set()
        self.parent_of: dict[str, str] = {}

    def read(self, number: int, cells: list[str]) -> Record | Refusal:
        if is_protected(cells, self.protected):
            return Refusal(number, self.mapping.columns["protected"], Reason.PROTECTED)
        try:
            return self._record(number, cells)
        except _Refused as refused:
            return Refusal(number, refused.column, refused.reason, refused.value)

    def _record(self, row: int, cells: list[str]) -> Record:
        person = self._text("number", cells)
        if not person:
            raise _Refused(self.mapping.columns["number"], Reason.NO_NUMBER)
        units = self._units(cells)
        record = Record(
            row=row,
            number=person,
            key="",
            units=units,
            texts={name: self._text(name, cells) for name in TEXTS if name in self.place},
            degree=self._degree(cells),
            from_on=self._date("from_on", cells),
            to_on=self._date("to_on", cells),
            attributes={name: cells[place] for name, place in self.extra if cells[place]},
        )
        self._split_name(record, cells)
        if "is_manager" in self.place:
            record.is_manager = cells[self.place["is_manager"]].casefold() in YES
        if record.from_on and record.to_on and record.to_on < record.from_on:
            raise _Refused(
                self.mapping.columns["to_on"], Reason.ENDS_BEFORE, record.to_on.isoformat()
            )
        record.key = self._key(record, cells)
        return record

    def _key(self, record: Record, cells: list[str]) -> str:
        given = self._text("employment", cells)
        title = record.texts.get("title", "")
        whole = f"{record.unit}|{title}|{record.from_on or ''}"
        choices = [given] if given else [record.unit, f"{record.unit}|{title}", whole]
        first = self.seen.get((record.number, given or whole))
        free = [key[-60:] for key in choices if (record.number, key[-60:]) not in self.keys]
        if first is not None or not free:
            raise _Refused(self.mapping.columns["number"], Reason.TWICE, str(first or ""))
        self.seen[record.number, given or whole] = record.row
        self.keys.add((record.number, free[0]))
        return free[0]

    def _text(self, name: str, cells: list[str]) -> str:
        if name not in self.place:
            return ""
        text = cells[self.place[name]]
        if len(text) > LONGEST.get(name, LONGEST_OTHER):
            raise _Refused(self.mapping.columns[name], Reason.TOO_LONG, text[:40])
        return text

    def _units(self, cells: list[str]) -> tuple[UnitPlace, ...]:
        units: list[UnitPlace] = []
        parent = ""
        for level, (code_at, name_at) in zip(self.mapping.levels, self.levels, strict=True):
            code = cells[code_at] if code_at is not None else ""
            name = cells[name_at] if name_at is not None else ""
            if not code and not name:
                continue
            key = code or (f"{parent}/{name}" if parent else name)
            if len(key) > LONGEST_CODE or len(name) > LONGEST_OTHER:
                raise _Refused(level.name or level.code, Reason.TOO_LONG, key[:40])
            if self.parent_of.setdefault(key, parent) != parent:
                raise _Refused(level.code or level.name, Reason.UNIT_ELSEWHERE, key)
            units.append(UnitPlace(key, name or code, parent))
            parent = key
        if not units:
            last = self.mapping.levels[-1]
            raise _Refused(last.code or last.name, Reason.NO_UNIT)
        return tuple(units)

    def _date(self, name: str, cells: list[str]) -> dt.date | None:
        if name not in self.place or not cells[self.place[name]]:
            return None
        text = cells[self.place[name]]
        try:
            return read_date(text, self.mapping.dates[name])
        except NotADateError as error:
            raise _Refused(self.mapping.columns[name], Reason.DATE, text[:40]) from error

    def _degree(self, cells: list[str]) -> Decimal | None:
        if "degree" not in self.place or not cells[self.place["degree"]]:
            return None
        text = cells[self.place["degree"]]
        plain = text.replace("%", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
        try:
            degree = Decimal(plain)
        except InvalidOperation:
            degree = Decimal(-1)
        if not degree.is_finite() or not 0 <= degree <= 200:
            raise _Refused(self.mapping.columns["degree"], Reason.DEGREE, text[:40])
        return degree.quantize(Decimal("0.01"))

    def _split_name(self, record: Record, cells: list[str]) -> None:
        """Take one column for the whole name apart: "Last, First" or "First Last"."""
        whole = self._text("name", cells)
        if not whole:
            return
        last, comma, first = whole.partition(",")
        if not comma:
            first, _, last = whole.rpartition(" ")
        record.texts |= {"first_name": first.strip()[:100], "last_name": last.strip()[:100]}
