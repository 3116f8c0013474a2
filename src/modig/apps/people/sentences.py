"""What the page says of a file and of its rows."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from modig.apps.people.consequences import Consequence
from modig.apps.people.hr_files import DatesToAskError, Fault, Reason, UnreadableFileError
from modig.apps.people.hr_files.dates import NotADateError, Order, read_date
from modig.apps.people.models import HrImport, ImportRow, StaffRole
from modig.apps.ui.templatetags.ui import number, percent

FIELD_NAMES: dict[str, Any] = {
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "email": gettext_lazy("E-mail"),
    "mobile": gettext_lazy("Mobile"),
    "gender": gettext_lazy("Gender"),
    "left_on": gettext_lazy("Left"),
    "title": gettext_lazy("Title"),
    "aid_code": gettext_lazy("AID code"),
    "form": gettext_lazy("Form of employment"),
    "workplace": gettext_lazy("Workplace"),
    "cost_centre": gettext_lazy("Cost centre"),
    "unit": gettext_lazy("Unit"),
    "manager": gettext_lazy("Nearest manager"),
    "named_manager": gettext_lazy("Manager by the file"),
    "role": gettext_lazy("Role"),
    "degree": gettext_lazy("Degree of employment"),
    "from_on": gettext_lazy("Employed from"),
    "to_on": gettext_lazy("Employed to"),
    "unit_name": gettext_lazy("Name of the unit"),
    "unit_parent": gettext_lazy("The unit lies under"),
    "unit_closed": gettext_lazy("The unit was closed"),
    "legal_entity": gettext_lazy("Legal entity"),
}
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows-1252 (Latin-1)",
    "latin-1": "Latin-1",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp850": "DOS (CP850)",
    "mac-roman": "Mac Roman",
}
DELIMITER_NAMES = {
    ";": gettext_lazy("semicolon"),
    ",": gettext_lazy("comma"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("vertical bar"),
}
NEVER_KEPT = {
    "personal identity numbers": gettext_lazy("personal identity numbers"),
    "pay": gettext_lazy("pay"),
    "absence for illness": gettext_lazy("absence for illness"),
}


FAULTS: dict[Fault, Any] = {
    Fault.UNREADABLE: gettext_lazy("It cannot be read (%(why)s)."),
    Fault.EMPTY: gettext_lazy("The file is empty."),
    Fault.TOO_LARGE: gettext_lazy("It is larger than %(most)s MB."),
    Fault.WRONG_KIND: gettext_lazy("It is neither CSV nor XLSX. Save it as one of these."),
    Fault.UNKNOWN_ENCODING: gettext_lazy("The encoding %(encoding)s is not known."),
    Fault.OTHER_ENCODING: gettext_lazy("This is no %(encoding)s text. Try another encoding."),
    Fault.NO_TEXT: gettext_lazy("There are bytes that are no text."),
    Fault.TEXT_AFTER_QUOTE: gettext_lazy("Text stands after a closing quotation mark."),
    Fault.QUOTE_LEFT_OPEN: gettext_lazy("A quotation mark is opened and never closed."),
    Fault.CELL_TOO_LONG: gettext_lazy("A cell is too long."),
    Fault.NOT_CSV: gettext_lazy("It is not written as CSV is (%(why)s)."),
    Fault.DAMAGED: gettext_lazy("It is damaged and cannot be unpacked."),
    Fault.NO_WORKBOOK: gettext_lazy("It is no workbook that can be read."),
    Fault.UNPACKS_TO_TOO_MUCH: gettext_lazy("It unpacks to too much. Save it as CSV."),
    Fault.NO_SUCH_SHEET: gettext_lazy("There is no sheet “%(sheet)s”, only %(found)s."),
    Fault.NO_SHEETS: gettext_lazy("The workbook has no sheets."),
    Fault.TOO_MANY_ROWS: gettext_lazy("It has more than %(most)s rows."),
    Fault.HEADER_EMPTY: gettext_lazy(
        "The names of the columns should stand here, but it is empty."
    ),
    Fault.TOO_MANY_COLUMNS: gettext_lazy("It has more than %(most)s columns."),
    Fault.COLUMN_TWICE: gettext_lazy("The column “%(column)s” is there more than once."),
}


def why_unreadable(error: UnreadableFileError) -> str:
    """Where a file cannot be read, and why."""
    place = error.place
    parts = [place.name]
    parts += [_("sheet “%(sheet)s”") % {"sheet": place.sheet}] if place.sheet else []
    parts += [_("row %(n)s") % {"n": place.row}] if place.row else []
    parts += [_("line %(n)s") % {"n": place.line}] if place.line else []
    return f"{', '.join(parts)}: {str(FAULTS[error.fault]) % error.said}"


def sentence_of(reason: str, value: str) -> str:
    """Why a row is refused, and what to do; ``value`` is what the cell held, if it may be said."""
    told = {
        Reason.PROTECTED: _(
            "Protected identity. The row is not stored, neither here nor in the log."
        ),
        Reason.RAGGED: _("The row has another number of cells than the header: %(value)s."),
        Reason.NO_NUMBER: _("The employee number is blank."),
        Reason.NO_UNIT: _("No unit is named."),
        Reason.TWICE: _("The same employment stands in row %(value)s already."),
        Reason.DATE: _("“%(value)s” is no date here."),
        Reason.ENDS_BEFORE: _("The employment ends on %(value)s, before it begins."),
        Reason.DEGREE: _("“%(value)s” is no per cent from 0 to 200."),
        Reason.TOO_LONG: _("The text is too long: “%(value)s…”."),
        Reason.UNIT_ELSEWHERE: _("Most rows put the unit “%(value)s” under another one."),
    }
    return told[Reason(reason)] % {"value": value}


def why_of(row: ImportRow) -> str:
    """Why a row is shown where it is, and what follows from it."""
    if row.kind == ImportRow.Kind.REFUSED:
        return sentence_of(row.reason, row.value)
    try:
        consequence = Consequence(row.reason)
    except ValueError:
        return ""
    return _what_follows(consequence, row)


def _what_follows(consequence: Consequence, row: ImportRow) -> str:
    told = {
        Consequence.JOINS: _("Is added."),
        Consequence.JOINS_AS_MANAGER: _("Is added as a manager."),
        Consequence.SECOND: _("One more employment, beside those there are."),
        Consequence.MOVES: _("The old place ends and is kept in the history."),
        Consequence.BECOMES_MANAGER: _("Becomes a manager by the new title."),
        Consequence.NO_MANAGER: _("Is no manager any more by the new title."),
        Consequence.RETURNS: _("Had left, and is back."),
        Consequence.UNIT_CHANGES: _("Follows the unit; nothing else changes for the person."),
        Consequence.UPDATED: _("The file has it otherwise."),
        Consequence.ENDS: _("Not in the file any more. The employment ends, nothing is deleted."),
        Consequence.LEAVES_TEAM: _(
            "Not in the file any more. Still has a place in %(team)s, which needs somebody new."
        )
        % {"team": row.column},
        Consequence.HIDDEN: _(
            "Protected identity now: the employment ends and the name is erased."
        ),
        Consequence.SAME: _("Stands here already."),
    }
    return told[consequence]


def changes_of(row: ImportRow) -> list[tuple[str, str, str]]:
    """What a row changes, in words: the field, the old value, the new one."""
    return [
        (str(FIELD_NAMES.get(name, name)), _said(name, old), _said(name, new))
        for name, (old, new) in row.changes.items()
        if name != "attributes"
    ] + _attribute_changes(row)


def _attribute_changes(row: ImportRow) -> list[tuple[str, str, str]]:
    old, new = row.changes.get("attributes", ({}, {}))
    return [
        (name, old.get(name, "–"), new.get(name, "–"))
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]


def _said(name: str, value: Any) -> str:
    if value in {None, ""}:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    match name:
        case "role":
            return str(StaffRole(value).label)
        case "degree":
            return percent(float(value) / 100, 0 if float(value).is_integer() else 2)
        case "from_on" | "to_on" | "left_on" | "unit_closed":
            return date_format(dt.date.fromisoformat(value), "SHORT_DATE_FORMAT")
        case _:
            return str(value)


def dates_to_ask(error: DatesToAskError) -> str:
    """The question about a column of dates that reads both ways."""
    words = {"column": error.column, "examples": ", ".join(error.examples)}
    if error.found in {Order.DMY, Order.MDY}:
        return _("“%(column)s” cannot be read that way: it holds %(examples)s.") % words
    both = _both_readings(error.examples)
    if both is None:
        return (
            _("“%(column)s” holds dates of both orders: %(examples)s. Say which is right.") % words
        )
    words |= both
    return (
        _(
            "“%(column)s” can be read in two ways: %(text)s is %(day_first)s or %(month_first)s. "
            "Say which; the column holds %(examples)s."
        )
        % words
    )


def _both_readings(examples: list[str]) -> dict[str, str] | None:
    """The first example that is a date both ways, and the two days that it can mean."""
    for text in examples:
        try:
            days = [read_date(text, order) for order in (Order.DMY, Order.MDY)]
        except NotADateError:
            continue
        day_first, month_first = (date_format(day, "j F Y") for day in days)
        return {"text": text, "day_first": day_first, "month_first": month_first}
    return None


def how_it_was_read(hr_import: HrImport) -> str:
    """Rows, encoding and delimiter of a file, or its sheet."""
    rows = ngettext("%(n)s row", "%(n)s rows", hr_import.rows_read)
    parts = [rows % {"n": number(hr_import.rows_read)}]
    if hr_import.sheet:
        parts.append(_("sheet “%(sheet)s”") % {"sheet": hr_import.sheet})
    if hr_import.encoding:
        encoding = ENCODING_NAMES.get(hr_import.encoding, hr_import.encoding)
        parts.append(_("encoding %(encoding)s") % {"encoding": encoding})
    if hr_import.delimiter:
        parts.append(str(DELIMITER_NAMES.get(hr_import.delimiter, hr_import.delimiter)))
    return ", ".join(parts)
