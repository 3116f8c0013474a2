"""Which column means what: guessed from the names of the columns, corrected by the user."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from modig.apps.people.hr_files.dates import Order, order_of
from modig.apps.people.hr_files.reading import Table

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

# Names that employers' files use, folded: small letters and digits only. The first that fits wins.
WORDS: dict[str, tuple[str, ...]] = {
    "number": (
        "anstallningsnummer",
        "anstallningsnr",
        "anstnr",
        "anstallnr",
        "anstalldnr",
        "personalnummer",
        "personalnr",
        "personnyckel",
        "employeenumber",
        "employeeno",
        "employeeid",
        "staffnumber",
        "staffid",
        "personid",
        "empid",
        "anstallningsid",
    ),
    "employment": (
        "anstallningslopnr",
        "lopnummer",
        "employmentid",
        "employmentnumber",
        "contractid",
    ),
    "first_name": ("fornamn", "firstname", "givenname", "tilltalsnamn"),
    "last_name": ("efternamn", "lastname", "surname", "familyname"),
    "name": ("namn", "fullname", "name", "employeename", "anstalldnamn"),
    "email": ("epost", "epostadress", "email", "mail", "emailaddress", "mejl"),
    "mobile": ("mobil", "mobiltelefon", "mobilnummer", "mobile", "mobilephone", "cellphone"),
    "gender": ("kon", "gender", "sex"),
    "title": (
        "befattning",
        "befattningsbenamning",
        "titel",
        "yrkestitel",
        "yrke",
        "employeepositiontitle",
        "positiontitle",
        "jobtitle",
        "title",
        "position",
    ),
    "aid_code": ("aidkod", "aid", "aidetikett", "occupationcode"),
    "manager": (
        "chefanstallningsnummer",
        "chefsanstallningsnummer",
        "chefanstnr",
        "chefensanstallningsnummer",
        "chefnr",
        "narmastechef",
        "manageremployeenumber",
        "managernumber",
        "managerid",
        "reportsto",
        "supervisorid",
    ),
    "is_manager": ("archef", "chef", "chefskap", "ismanager", "manager"),
    "form": (
        "anstallningsform",
        "assignmentcategory",
        "employmentform",
        "employmenttype",
        "contracttype",
    ),
    "degree": (
        "sysselsattningsgrad",
        "sysselsattninggrad",
        "syssgr",
        "tjanstgoringsgrad",
        "fte",
        "degree",
    ),
    "from_on": (
        "anstallningfrom",
        "anstalldfrom",
        "anstallningsdatum",
        "from",
        "fromdatum",
        "datefirsthired",
        "hiredate",
        "startdate",
        "employedfrom",
        "anstfrom",
    ),
    "to_on": (
        "anstallningtom",
        "anstalldtom",
        "tom",
        "tomdatum",
        "slutdatum",
        "enddate",
        "employedto",
        "ansttom",
    ),
    "workplace": ("arbetsstalle", "arbetsplats", "workplace", "site", "location"),
    "cost_centre": ("kostnadsstalle", "ansvar", "costcentre", "costcenter"),
    "legal_entity": ("juridiskenhet", "foretag", "arbetsgivare", "legalentity", "employer"),
    "protected": (
        "skyddaduppgift",
        "skyddadidentitet",
        "skyddadepersonuppgifter",
        "sekretess",
        "sekretessmarkering",
        "skyddad",
        "protectedidentity",
        "protected",
    ),
}
TOP_CODES = ("forvaltningskod", "departmentcode", "department", "forvaltningkod", "bolagskod")
TOP_NAMES = (
    "forvaltning",
    "forvaltningbolag",
    "forvaltningbolag",
    "bolag",
    "forvaltningsnamn",
    "departmentname",
    "directorate",
    "department",
)
MIDDLE_CODES = ("avdelningskod", "avdelningkod", "divisioncode", "omradeskod", "verksamhetskod")
MIDDLE_NAMES = (
    "avdelning",
    "avdelningsnamn",
    "verksamhetsomrade",
    "omrade",
    "verksamhet",
    "division",
    "service",
)
UNIT_CODES = (
    "organisationskod",
    "orgkod",
    "orgid",
    "enhetskod",
    "enhetsid",
    "unitcode",
    "unitid",
    "organisationid",
)
UNIT_NAMES = (
    "enhet",
    "enhetsnamn",
    "organisation",
    "organisationsnamn",
    "arbetslag",
    "unit",
    "unitname",
    "section",
    "team",
)
PERSONAL_NUMBERS = ("personnummer", "personnr", "pnr", "socialsecuritynumber", "ssn", "nationalid")


class MappingError(Exception):
    """The mapping does not fit the file; the message names the column and what the file has."""


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
        orders = given.get("dates", {})
        if isinstance(orders, str):
            orders = dict.fromkeys(DATE_FIELDS, orders)
        try:
            dates = {name: Order(order) for name, order in orders.items()}
        except ValueError as error:
            raise MappingError(f"dates: {error}; it can be ymd, dmy or mdy") from error
        return cls(
            {name: str(column) for name, column in columns.items() if column},
            tuple(_level(unit) for unit in units),
            tuple(given.get("extra", ())),
            dates,
        )

    def named(self) -> list[str]:
        """Every column that the mapping names."""
        levels = [name for level in self.levels for name in (level.code, level.name) if name]
        return [*self.columns.values(), *levels, *self.extra]

    def fitted(self, table: Table) -> "Mapping":
        """The mapping with the order of every date column found out.

        Raises:
            MappingError: a needed column is missing, a named one is not in the file, or a date
                column reads both ways.

        """
        found = f"the file has: {', '.join(table.header)}"
        if missing := [name for name in self.named() if name not in table.header]:
            raise MappingError(f"column {missing[0]!r} is missing; {found}")
        if "number" not in self.columns:
            raise MappingError(f"no column holds the employee number; {found}")
        if not self.levels:
            raise MappingError(f"no column names the unit; {found}")
        dates = dict(self.dates)
        for name in DATE_FIELDS:
            if name in self.columns and dates.get(name, Order.ASK) is Order.ASK:
                dates[name] = order_of(table.column(self.columns[name]))
                if dates[name] is Order.ASK:
                    raise MappingError(
                        f"column {self.columns[name]!r} reads both as day/month and as month/day;"
                        ' say which: "dates": "dmy" or "mdy"'
                    )
        return replace(self, dates=dates)


def _level(unit: Any) -> Level:
    if isinstance(unit, str):
        return Level(name=unit)
    if isinstance(unit, dict) and set(unit) <= {"code", "name"} and any(unit.values()):
        return Level(str(unit.get("code") or ""), str(unit.get("name") or ""))
    raise MappingError(f'{unit!r} is no unit; it is a column, or {{"code": …, "name": …}}')


def guess_mapping(header: Sequence[str]) -> Mapping:
    """What the names of the columns say; a personal number is never taken up."""
    left = {fold_name(name): name for name in reversed(header)}
    for word in PERSONAL_NUMBERS:
        left.pop(word, None)
    levels = _levels(left)
    columns = {}
    for name, words in WORDS.items():
        if (column := _take(left, words)) is not None:
            columns[name] = column
    if "first_name" in columns or "last_name" in columns:
        columns.pop("name", None)
    # A column "chef" next to one with the manager's number says who is one; "manager" alone is a name.
    return Mapping(columns, levels, tuple(name for name in header if name in left.values()))


def _levels(left: dict[str, str]) -> tuple[Level, ...]:
    kinds = ((TOP_CODES, TOP_NAMES), (MIDDLE_CODES, MIDDLE_NAMES), (UNIT_CODES, UNIT_NAMES))
    levels = []
    for codes, names in kinds:
        code, name = _take(left, codes), _take(left, names)
        if code and not name and fold_name(code) in names:
            code, name = "", code
        if code or name:
            levels.append(Level(code or "", name or ""))
    return tuple(levels)


def _take(left: dict[str, str], words: Iterable[str]) -> str | None:
    for word in words:
        if word in left:
            return left.pop(word)
    return None


def fold_name(name: str) -> str:
    """A column's name with small plain letters and digits only."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]", "", plain)
