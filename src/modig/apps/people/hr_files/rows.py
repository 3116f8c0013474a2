"""From a row of texts to a record, or to a refusal that names row, column and reason."""

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from modig.apps.people.hr_files.columns import Mapping
from modig.apps.people.hr_files.dates import NotADateError, read_date
from modig.apps.people.hr_files.places import (
    Places,
    UnitElsewhereError,
    UnitPlace,
    UnitTooLongError,
)
from modig.apps.people.hr_files.protected import is_yes
from modig.apps.people.hr_files.reading import Table

LONGEST = {
    "number": 60, "employment": 60, "manager": 60, "first_name": 100, "last_name": 100,
    "email": 254, "mobile": 40, "gender": 20, "aid_code": 20, "form": 60, "cost_centre": 60,
}  # fmt: skip
LONGEST_OTHER = 200
LONGEST_KEPT_AS_IT_IS = 2000
SHOWN = 40
MOST_PER_CENT = 200
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


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
    number: str = ""


@dataclass(slots=True)
class Record:
    """One employment of one person, as the file has it; what it does not say is absent or None.

    ``path`` holds the codes of its units from the top down; ``employment`` is the employment's own
    number where the file has one.
    """

    row: int
    number: str
    employment: str
    path: tuple[str, ...]
    texts: dict[str, str]
    degree: Decimal | None = None
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    is_manager: bool | None = None
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def unit(self) -> str:
        return self.path[-1]

    @property
    def title(self) -> str:
        return self.texts.get("title", "")


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file as records and refusals, and what is odd about it though nothing is refused."""

    records: list[Record]
    refused: list[Refusal]
    units: dict[str, UnitPlace]
    called_differently: list[tuple[str, str, str]]
    unusable_emails: int
    says_when_it_ends: bool
    keeps_more: bool


TEXTS = (
    "first_name", "last_name", "email", "mobile", "gender", "title", "aid_code", "manager", "form",
    "workplace", "cost_centre", "legal_entity",
)  # fmt: skip


def records_of(table: Table, mapping: Mapping) -> Reading:
    """Every row as a record or a refusal; ``mapping`` must be fitted.

    Several rows of one number are several employments. A row that repeats an earlier one is
    refused.
    """
    reader = _Reader(table, mapping)
    protected = mapping.columns.get("protected", "")
    refused = [Refusal(row, protected, Reason.PROTECTED) for row in table.protected]
    refused += [
        Refusal(row, "", Reason.RAGGED, f"{width} / {len(table.header)}")
        for row, width in table.ragged
    ]
    records: list[Record] = []
    for row, cells in table.rows:
        found = reader.read(row, cells)
        if isinstance(found, Record):
            records.append(found)
        else:
            refused.append(found)
    named = {code for path in {record.path for record in records} for code in path}
    return Reading(
        records=records,
        refused=sorted(refused, key=lambda one: one.row),
        units={code: one for code, one in reader.places.units.items() if code in named},
        called_differently=[one for one in reader.places.called_differently if one[0] in named],
        unusable_emails=reader.unusable_emails,
        says_when_it_ends="to_on" in mapping.columns,
        keeps_more=bool(mapping.extra),
    )


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
        self.texts = [
            (name, self.place[name], LONGEST.get(name, LONGEST_OTHER))
            for name in TEXTS
            if name in self.place
        ]
        self.days: dict[tuple[str, str], dt.date] = {}
        self.degrees: dict[str, Decimal] = {}
        self.extra = [(name, at[name]) for name in mapping.extra]
        self.places = Places(table, mapping.levels)
        self.seen: dict[tuple[str, ...], int] = {}
        self.unusable_emails = 0
        self.per_cent_in_one = self._per_cent_in_one(table)

    def read(self, row: int, cells: list[str]) -> Record | Refusal:
        protected = self.place.get("protected")
        if protected is not None and is_yes(cells[protected]):
            return Refusal(row, self.mapping.columns["protected"], Reason.PROTECTED)
        try:
            return self._record(row, cells)
        except _Refused as refused:
            number = cells[self.place["number"]][:60]
            return Refusal(row, refused.column, refused.reason, refused.value, number)

    def _record(self, row: int, cells: list[str]) -> Record:
        number = self._text("number", cells)
        if not number:
            raise _Refused(self.mapping.columns["number"], Reason.NO_NUMBER)
        record = Record(
            row=row,
            number=number,
            employment=self._text("employment", cells),
            path=self._path(cells),
            texts=self._texts(cells),
            degree=self._degree(cells),
            from_on=self._date("from_on", cells),
            to_on=self._date("to_on", cells),
            attributes=self._attributes(cells),
        )
        self._split_name(record, cells)
        self._leave_out_a_bad_email(record)
        if "is_manager" in self.place:
            record.is_manager = is_yes(cells[self.place["is_manager"]])
        if record.from_on and record.to_on and record.to_on < record.from_on:
            raise _Refused(
                self.mapping.columns["to_on"], Reason.ENDS_BEFORE, record.to_on.isoformat()
            )
        self._refuse_a_repetition(record)
        return record

    def _refuse_a_repetition(self, record: Record) -> None:
        whole = (record.unit, record.title, str(record.from_on or ""))
        key = (record.number, *((record.employment,) if record.employment else whole))
        first = self.seen.setdefault(key, record.row)
        if first != record.row:
            raise _Refused(self.mapping.columns["number"], Reason.TWICE, str(first))

    def _texts(self, cells: list[str]) -> dict[str, str]:
        texts = {}
        for name, place, longest in self.texts:
            text = texts[name] = cells[place]
            if len(text) > longest:
                raise _Refused(self.mapping.columns[name], Reason.TOO_LONG, text[:SHOWN])
        return texts

    def _text(self, name: str, cells: list[str]) -> str:
        place = self.place.get(name)
        if place is None:
            return ""
        text = cells[place]
        if len(text) > LONGEST.get(name, LONGEST_OTHER):
            raise _Refused(self.mapping.columns[name], Reason.TOO_LONG, text[:SHOWN])
        return text

    def _path(self, cells: list[str]) -> tuple[str, ...]:
        try:
            path = self.places.path_of(cells)
        except UnitTooLongError as error:
            column = error.level.name or error.level.code
            raise _Refused(column, Reason.TOO_LONG, error.text[:SHOWN]) from error
        except UnitElsewhereError as error:
            column = error.level.code or error.level.name
            raise _Refused(column, Reason.UNIT_ELSEWHERE, error.code) from error
        if not path:
            last = self.mapping.levels[-1]
            raise _Refused(last.code or last.name, Reason.NO_UNIT)
        return path

    def _attributes(self, cells: list[str]) -> dict[str, str]:
        for name, place in self.extra:
            if len(cells[place]) > LONGEST_KEPT_AS_IT_IS:
                raise _Refused(name, Reason.TOO_LONG, cells[place][:SHOWN])
        return {name: cells[place] for name, place in self.extra if cells[place]}

    def _date(self, name: str, cells: list[str]) -> dt.date | None:
        if name not in self.place or not cells[self.place[name]]:
            return None
        text = cells[self.place[name]]
        if (name, text) not in self.days:
            try:
                self.days[name, text] = read_date(text, self.mapping.dates[name])
            except NotADateError as error:
                raise _Refused(self.mapping.columns[name], Reason.DATE, text[:SHOWN]) from error
        return self.days[name, text]

    def _degree(self, cells: list[str]) -> Decimal | None:
        if "degree" not in self.place or not cells[self.place["degree"]]:
            return None
        text = cells[self.place["degree"]]
        if text not in self.degrees:
            number = _number(text)
            degree = Decimal(-1) if number is None else number * self.per_cent_in_one
            if not 0 <= degree <= MOST_PER_CENT:
                raise _Refused(self.mapping.columns["degree"], Reason.DEGREE, text[:SHOWN])
            self.degrees[text] = degree.quantize(Decimal("0.01"))
        return self.degrees[text]

    def _per_cent_in_one(self, table: Table) -> int:
        """100 where the column as a whole holds shares from 0 to 1, as workbooks often do; else 1."""
        if "degree" not in self.mapping.columns:
            return 1
        cells = set(table.column(self.mapping.columns["degree"]))
        found = [number for cell in cells if (number := _number(cell)) is not None]
        are_shares = bool(found) and 0 < max(found) <= 1 and not any("%" in one for one in cells)
        return 100 if are_shares else 1

    def _split_name(self, record: Record, cells: list[str]) -> None:
        """Take one column for the whole name apart: "Last, First" or "First Last"."""
        whole = self._text("name", cells)
        if not whole:
            return
        last, comma, first = whole.partition(",")
        if not comma:
            first, _, last = whole.rpartition(" ")
        names = {"first_name": first.strip(), "last_name": last.strip()}
        if any(len(text) > LONGEST[name] for name, text in names.items()):
            raise _Refused(self.mapping.columns["name"], Reason.TOO_LONG, whole[:SHOWN])
        record.texts |= names

    def _leave_out_a_bad_email(self, record: Record) -> None:
        email = record.texts.get("email")
        if email and not EMAIL.fullmatch(email):
            self.unusable_emails += 1
            record.texts["email"] = ""


def _number(text: str) -> Decimal | None:
    plain = text.replace("%", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
