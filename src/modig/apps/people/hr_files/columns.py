"""Which column means what: guessed from the names of the columns, corrected by the user."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from modig.apps.people.hr_files.dates import Order, examples_of_both, order_of
from modig.apps.people.hr_files.headings import LEVELS, WORDS
from modig.apps.people.hr_files.names import fold_name
from modig.apps.people.hr_files.reading import Table
from modig.apps.people.hr_files.sensitive import why_never_kept

FIELDS = (
    "number",
    "employment",
    "first_name",
    "last_name",
    "name",
    "email",
    "mobile",
    "gender",
    "title",
    "aid_code",
    "manager",
    "is_manager",
    "form",
    "degree",
    "from_on",
    "to_on",
    "workplace",
    "cost_centre",
    "legal_entity",
    "protected",
)
DATE_FIELDS = ("from_on", "to_on")

# However an employer words it: nobody who is to be left out shall be taken in for the heading.
PROTECTED = re.compile(r"skydda[dt]|sekretess|kvarskriv|protected|confidentialidentity")
YES_OR_NO = {"1", "0", "j", "ja", "n", "nej", "y", "yes", "no", "true", "false", "x", "s", ""}
CELLS_FOR_A_GUESS = 500


class MappingError(Exception):
    """The mapping does not fit the file; the message names the column and what the file has."""


class DatesToAskError(MappingError):
    """A column of dates reads both ways, or otherwise than was said; only the user can tell.

    ``found`` is the one order that the column allows where another one was chosen.
    """

    def __init__(self, name: str, column: str, examples: list[str], found: Order) -> None:
        shown = ", ".join(examples)
        what = "both as day/month and as month/day"
        if found is not Order.ASK:
            what = f"as {found}, and not as was said"
        super().__init__(
            f'column {column!r} reads {what} ({shown}); say which: "dates": "dmy" or "mdy"'
        )
        self.name, self.column, self.examples, self.found = name, column, examples, found


@dataclass(frozen=True, slots=True)
class Level:
    """One level of units, top first: the columns with its code and its name; one may be blank."""

    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column is which field, which columns name the units, and how dates are read.

    ``extra`` columns are kept with the employment under their own names.
    """

    columns: dict[str, str] = field(default_factory=dict)
    levels: tuple[Level, ...] = ()
    extra: tuple[str, ...] = ()
    dates: dict[str, Order] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """In the form of a mapping file."""
        return {
            "columns": dict(self.columns),
            "units": [{"code": level.code, "name": level.name} for level in self.levels],
            "extra": list(self.extra),
            "dates": {name: str(order) for name, order in self.dates.items()},
        }

    @classmethod
    def from_json(cls, given: Any) -> "Mapping":
        """From the form of a mapping file; a unit may be a plain column name.

        Raises:
            MappingError: a part has another form than it should, said in one sentence.

        """
        if not isinstance(given, dict) or not isinstance(given.get("columns"), dict):
            raise MappingError('the mapping is not an object with "columns"')
        columns = dict(given["columns"])
        units = given.get("units", columns.pop("unit", []))
        units = [units] if isinstance(units, str | dict) else units
        if unknown := set(columns) - set(FIELDS):
            raise MappingError(
                f"unknown field {min(unknown)!r} (known: {', '.join(FIELDS)}, units)"
            )
        extra = given.get("extra", [])
        if not isinstance(units, list) or not isinstance(extra, list):
            raise MappingError('"units" and "extra" are lists of columns')
        dates = _dates(given.get("dates", {}))
        return cls(
            {name: str(column) for name, column in columns.items() if column},
            tuple(_level(unit) for unit in units),
            tuple(str(name) for name in extra),
            dates,
        )

    def named(self) -> list[str]:
        """Every column that the mapping names."""
        levels = [name for level in self.levels for name in (level.code, level.name) if name]
        return [*self.columns.values(), *levels, *self.extra]

    def fitted(self, table: Table) -> "Mapping":
        """The mapping with the order of every date column found out.

        Raises:
            MappingError: a needed column is missing, a named one is not in the file or must not be
                stored, or a date column reads both ways.

        """
        found = f"the file has: {', '.join(table.header)}"
        if missing := [name for name in self.named() if name not in table.header]:
            raise MappingError(f"column {missing[0]!r} is missing; {found}")
        if "number" not in self.columns:
            raise MappingError(f"no column holds the employee number; {found}")
        if not self.levels:
            raise MappingError(f"no column names the unit; {found}")
        for name in self.named():
            why = table.withheld.get(name) or why_never_kept(name, table.column(name))
            if why:
                raise MappingError(f"column {name!r} holds {why}, which is never stored")
        dates = {name: self._order(name, table) for name in DATE_FIELDS if name in self.columns}
        return replace(self, dates=dates)

    def _order(self, name: str, table: Table) -> Order:
        """The order of a date column: as it was said, unless the column as a whole says otherwise."""
        column = self.columns[name]
        said, found = self.dates.get(name), order_of(table.column(column))
        if said in {Order.DMY, Order.MDY}:
            if found in {said, Order.YMD, Order.ASK}:
                return said
        elif found is not Order.ASK:
            return found
        raise DatesToAskError(name, column, examples_of_both(table.column(column)), found)


def _dates(given: Any) -> dict[str, Order]:
    orders = dict.fromkeys(DATE_FIELDS, given) if isinstance(given, str) else given
    try:
        return {str(name): Order(order) for name, order in orders.items()}
    except (ValueError, AttributeError) as error:
        raise MappingError(f"dates: {error}; it can be ymd, dmy or mdy") from error


def _level(unit: Any) -> Level:
    if isinstance(unit, str):
        return Level(name=unit)
    if isinstance(unit, dict) and set(unit) <= {"code", "name"} and any(unit.values()):
        return Level(str(unit.get("code") or ""), str(unit.get("name") or ""))
    raise MappingError(f'{unit!r} is no unit; it is a column, or {{"code": …, "name": …}}')


def guess_mapping(table: Table) -> Mapping:
    """What the names of the columns say, and where they leave doubt their content.

    Columns that nobody can name are left out: what is not needed is not stored.
    """
    left = {
        fold_name(name): name
        for name in reversed(table.header)
        if name not in table.withheld and not why_never_kept(name, table.column(name))
    }
    levels = _levels(left, table)
    columns = {}
    for name, words in WORDS.items():
        if (column := _take(left, words)) is not None:
            columns[name] = column
    if "protected" not in columns and (column := _protected(left, table)):
        columns["protected"] = column
    if "first_name" in columns or "last_name" in columns:
        columns.pop("name", None)
    _tell_managers_apart(columns, table)
    return Mapping(columns, levels)


def _levels(left: dict[str, str], table: Table) -> tuple[Level, ...]:
    levels = []
    for codes, names in LEVELS:
        code, name = _take(left, codes), _take(left, names)
        if code and not name and fold_name(code) in names:
            code, name = "", code
        if code or name:
            levels.append(Level(code or "", name or ""))
    return tuple(_widest_first(levels, table))


def _widest_first(levels: list[Level], table: Table) -> list[Level]:
    """The levels in the middle by how many units they have: fewer lie above more."""

    def units(level: Level) -> int:
        return len(set(table.column(level.code or level.name)))

    if len(levels) < 4:
        return levels
    return [levels[0], *sorted(levels[1:-1], key=units), levels[-1]]


def _tell_managers_apart(columns: dict[str, str], table: Table) -> None:
    """A column called "chef" may say who is a manager, or who somebody's manager is."""
    column = columns.get("is_manager")
    if column is None or "number" not in columns:
        return
    cells = {cell for _, cell in zip(range(CELLS_FOR_A_GUESS), table.column(column), strict=False)}
    if {cell.casefold() for cell in cells} <= YES_OR_NO:
        return
    del columns["is_manager"]
    if "manager" not in columns and cells - {""} <= set(table.column(columns["number"])):
        columns["manager"] = column


def _protected(left: dict[str, str], table: Table) -> str:
    """A column that speaks of protection and says yes or no, or marks some rows."""
    for folded, column in left.items():
        cells = zip(range(CELLS_FOR_A_GUESS), table.column(column), strict=False)
        if PROTECTED.search(folded) and {cell.casefold() for _, cell in cells} <= YES_OR_NO:
            return column
    return ""


def _take(left: dict[str, str], words: Iterable[str]) -> str | None:
    for word in words:
        if word in left:
            return left.pop(word)
    return None
