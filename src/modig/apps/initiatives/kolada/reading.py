"""Reading Kolada's published form: the JSON of its interface, version 3 or 2, and CSV.

A JSON file is what the interface answers: ``{"values": [...], "count": …, "next_url": …}``. The
values are either readings, ``{"kpi", "municipality", "period", "values": [{"gender", "status",
"value", "count", "isdeleted"}]}``; or what tells of indicators, ``{"id", "title", "description"}``;
or of areas, ``{"id", "title", "type"}``. One file may hold several answers: a list of them, or an
object with the keys ``kpi``, ``municipality`` and ``data``.

CSV has a header: ``kpi, municipality, period, value`` and, if it likes, ``gender``, ``status``,
``title`` (of the indicator) and ``municipality_title``. Semicolon or comma, decimal comma or point.
"""

import csv
import io
import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

MOST_BYTES = 20_000_000
MOST_VALUES = 200_000
GENDERS = {"T": "T", "K": "K", "M": "M", "F": "K", "": "T"}
AREA = re.compile(r"^[0-9A-Z]{1,20}$")
COLUMNS = {
    "kpi": {"kpi", "kpi_id", "nyckeltal", "nyckeltal_id", "indicator"},
    "area": {"municipality", "municipality_id", "kommun_id", "kommunkod", "area", "ou"},
    "year": {"period", "year", "år", "ar"},
    "value": {"value", "värde", "varde"},
    "gender": {"gender", "kön", "kon", "sex"},
    "status": {"status"},
    "title": {"title", "kpi_title", "titel", "nyckeltal_titel"},
    "area_name": {"municipality_title", "municipality_name", "kommun", "area_name"},
}
PARTS = ("kpi", "municipality", "data")
NEEDED = ("kpi", "area", "year", "value")


class UnreadableIndicatorsError(Exception):
    """The file cannot be used; the message is a sentence for whoever chose it."""


@dataclass(frozen=True, slots=True)
class Published:
    """One published value; None where the source withholds it."""

    kpi: str
    area: str
    year: int
    gender: str
    value: float | None
    status: str = ""


@dataclass(slots=True)
class Content:
    """Everything that a file tells: values, and the names of indicators and areas."""

    values: list[Published] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    deleted: int = 0


def read_indicators(name: str, content: bytes) -> Content:
    """What the file holds.

    Raises:
        UnreadableIndicatorsError: it is neither of the forms, or a value in it makes no sense.

    """
    if len(content) > MOST_BYTES:
        raise UnreadableIndicatorsError(_("%(name)s is larger than 20 MB.") % {"name": name})
    text = _text(name, content)
    if not text.strip():
        raise UnreadableIndicatorsError(_("%(name)s is empty.") % {"name": name})
    found = _from_json(name, text) if text.lstrip()[:1] in "{[" else _from_csv(name, text)
    if not found.values and not found.titles:
        raise UnreadableIndicatorsError(_("%(name)s holds no values.") % {"name": name})
    if len(found.values) > MOST_VALUES:
        raise UnreadableIndicatorsError(
            _("%(name)s holds more than 200,000 values. Ask Kolada for fewer areas or years.")
            % {"name": name}
        )
    return found


def _text(name: str, content: bytes) -> str:
    try:
        if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\x00" in content:
        raise UnreadableIndicatorsError(_("%(name)s is neither JSON nor CSV.") % {"name": name})
    return content.decode("latin-1")


# ---- JSON ----------------------------------------------------------------------------------------


def _from_json(name: str, text: str) -> Content:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableIndicatorsError(
            _("%(name)s begins as JSON but cannot be read to its end.") % {"name": name}
        ) from error
    found = Content()
    for place, row in enumerate(_rows(name, given), 1):
        if not isinstance(row, dict):
            raise _wrong(name, place, _("it is not an object"))
        _take(found, row, name, place)
    return found


def _rows(name: str, given: Any) -> Iterable[Any]:
    """The values of one answer, of a list of answers, or of an object of answers."""
    if isinstance(given, list):
        for one in given:
            yield from _rows(name, one) if _is_answer(one) else [one]
    elif _is_answer(given):
        if not isinstance(given["values"], list):
            raise UnreadableIndicatorsError(
                _("In %(name)s “values” is not a list.") % {"name": name}
            )
        yield from given["values"]
    elif parts := [given[key] for key in PARTS if key in given and "period" not in given]:
        for part in parts:
            yield from _rows(name, part)
    else:
        raise UnreadableIndicatorsError(
            _("%(name)s is not in Kolada's form: it has no “values”.") % {"name": name}
        )


def _is_answer(given: Any) -> bool:
    """Whether it is a whole answer, and not a reading, which has values too."""
    return isinstance(given, dict) and "values" in given and "kpi" not in given


def _take(found: Content, row: dict[str, Any], name: str, place: int) -> None:
    if "kpi" in row and "period" in row:
        area = row.get("municipality") or row.get("ou") or ""
        inner = row.get("values")
        if not isinstance(inner, list):
            raise _wrong(name, place, _("it has no list of values"))
        for one in inner:
            if not isinstance(one, dict):
                raise _wrong(name, place, _("a value of it is not an object"))
            if one.get("isdeleted") or one.get("is_deleted"):
                found.deleted += 1
                continue
            found.values.append(
                _value(name, place, row["kpi"], area, row["period"], one.get("gender") or "",
                       one.get("value"), one.get("status"))
            )  # fmt: skip
    elif "id" in row and "title" in row:
        key, title = str(row["id"]), str(row["title"])
        if row.get("type") in {"K", "R", "L"} and "description" not in row:
            found.areas[key] = title[:100]
        else:
            found.titles[key] = title[:300]
            found.descriptions[key] = str(row.get("description") or "")
    else:
        raise _wrong(name, place, _("it is neither a reading nor an indicator nor an area"))


# ---- CSV -----------------------------------------------------------------------------------------


def _from_csv(name: str, text: str) -> Content:
    header = text.lstrip().splitlines()[0]
    parting = max(";,\t", key=header.count)
    rows = csv.reader(io.StringIO(text.lstrip()), delimiter=parting)
    places = _places(name, next(rows))
    found = Content()
    try:
        for number, row in enumerate(rows, 2):
            if any(cell.strip() for cell in row):
                _take_line(found, row, places, name, number)
    except csv.Error as error:
        raise UnreadableIndicatorsError(
            _("%(name)s cannot be read as CSV.") % {"name": name}
        ) from error
    return found


def _places(name: str, header: list[str]) -> dict[str, int]:
    plain = [cell.strip().strip("\ufeff").lower() for cell in header]
    places = {
        wanted: place
        for wanted, words in COLUMNS.items()
        for place, cell in enumerate(plain)
        if cell in words
    }
    missing = [column for column in NEEDED if column not in places]
    if missing:
        shown = {"kpi": "kpi", "area": "municipality", "year": "period", "value": "value"}
        raise UnreadableIndicatorsError(
            _("%(name)s lacks the columns %(columns)s in its first row.")
            % {"name": name, "columns": ", ".join(shown[column] for column in missing)}
        )
    return places


def _take_line(
    found: Content, row: list[str], places: dict[str, int], name: str, number: int
) -> None:
    cells = {
        column: row[place].strip() if place < len(row) else "" for column, place in places.items()
    }
    value = _value(
        name, number, cells["kpi"], cells["area"], cells["year"], cells.get("gender", ""),
        cells["value"], cells.get("status", ""),
    )  # fmt: skip
    found.values.append(value)
    if cells.get("title"):
        found.titles[value.kpi] = cells["title"][:300]
    if cells.get("area_name"):
        found.areas[value.area] = cells["area_name"][:100]


# ---- one value -----------------------------------------------------------------------------------


def _value(  # noqa: PLR0913, PLR0917 -- what a published value is, and where it stands
    name: str, place: int, kpi: Any, area: Any, year: Any, gender: Any, value: Any, status: Any
) -> Published:
    kpi, area = str(kpi).strip().upper(), str(area).strip().upper()
    if not AREA.match(kpi):
        raise _wrong(name, place, _("“%(text)s” is no indicator") % {"text": kpi[:40]})
    if not AREA.match(area):
        raise _wrong(name, place, _("“%(text)s” is no area") % {"text": area[:40]})
    if area.isdecimal():
        area = area.zfill(4)
    if str(gender).strip().upper() not in GENDERS:
        raise _wrong(name, place, _("“%(text)s” is neither T, K nor M") % {"text": gender})
    return Published(
        kpi=kpi,
        area=area,
        year=_year(name, place, year),
        gender=GENDERS[str(gender).strip().upper()],
        value=_number(name, place, value),
        status=str(status or "")[:20],
    )


def _year(name: str, place: int, given: Any) -> int:
    text = str(given).strip()
    if not (text.isdecimal() and 1950 <= int(text) <= 2100):
        raise _wrong(name, place, _("“%(text)s” is no year") % {"text": text[:40]})
    return int(text)


def _number(name: str, place: int, given: Any) -> float | None:
    """A number with decimal comma or point; blank and a dash are a value that is withheld."""
    if given is None or isinstance(given, bool):
        return None
    text = re.sub(r"[\s\u00a0\u202f]", "", str(given)).replace("−", "-").replace(",", ".")
    if text in {"", "-", ".."}:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _wrong(name, place, _("“%(text)s” is no number") % {"text": str(given)[:40]})
    return number


def _wrong(name: str, place: int, why: str) -> UnreadableIndicatorsError:
    return UnreadableIndicatorsError(
        _("Row %(row)s of %(name)s cannot be used: %(why)s. Nothing was taken in.")
        % {"row": place, "name": name, "why": why}
    )
