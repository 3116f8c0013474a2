"""Lists as files: CSV and XLSX that no spreadsheet takes for formulas."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

FORMATS = ("csv", "xlsx")
# What a spreadsheet may read as the beginning of a formula, the full-width forms included.
DANGEROUS = re.compile(r"^[\s\u200b\ufeff]*[=+\-@\t\r\n|%＝＋－＠]")
PLAIN_NUMBER = re.compile(r"^[+\-]?\d+([.,]\d+)?$")


def export_response(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], wanted: str
) -> HttpResponse:
    """A list as a file to download; ``wanted`` is ``csv`` or ``xlsx``, anything else gives CSV.

    CSV begins with a byte order mark and follows the language: semicolon and decimal comma in
    Swedish, comma and decimal point in English, so that the spreadsheet of the country opens it.
    The rows are read at once, while the request still tells whose they are: a file that breaks off
    in the middle would look whole.
    """
    if wanted == "xlsx":
        content = _workbook(columns, rows)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        wanted = "csv"
        content = b"".join(_lines(columns, rows))
        kind = "text/csv; charset=utf-8"
    response = HttpResponse(content, content_type=kind)
    file_name = f"{name}.{wanted}"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name)}"
    return response


def neutral(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if DANGEROUS.match(text) and not PLAIN_NUMBER.match(text) else text


def plain_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV for programs: UTF-8, commas, dates as 2027-01-11, values as they are."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


class _Echo:
    """Hands each written line on."""

    def write(self, line: str) -> str:
        return line


def _lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    is_swedish = (get_language() or "sv").startswith("sv")
    writer = csv.writer(_Echo(), delimiter=";" if is_swedish else ",")
    yield b"\xef\xbb\xbf"
    yield writer.writerow([neutral(str(name)) for name in columns]).encode()
    for row in rows:
        yield writer.writerow([_in_text(cell, is_swedish=is_swedish) for cell in row]).encode()


def _in_text(cell: Any, *, is_swedish: bool) -> str:  # noqa: PLR0911 -- one line a kind
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case int():
            return str(cell)
        case float() | Decimal():
            return str(cell).replace(".", ",") if is_swedish else str(cell)
        case dt.datetime():
            return _local(cell).strftime("%Y-%m-%d %H:%M")
        case dt.date():
            return cell.isoformat()
        case _:
            return neutral(str(cell))


def _workbook(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 -- heavy

    made = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, {"in_memory": True, "constant_memory": True, **plain}) as book:
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True, "bottom": 1})
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        time = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for place, name in enumerate(columns):
            sheet.write_string(0, place, str(name), head)
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                _write(sheet, number, place, cell, date, time)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(columns) - 1, 0), 22)
    return made.getvalue()


def _write(sheet: Any, row: int, place: int, cell: Any, date: Any, time: Any) -> None:  # noqa: PLR0913, PLR0917 -- one cell and its looks
    match cell:
        case None | "":
            return
        case bool():
            sheet.write_boolean(row, place, cell)
        case int() | float() | Decimal():
            sheet.write_number(row, place, cell)
        case dt.datetime():
            sheet.write_datetime(row, place, _local(cell), time)
        case dt.date():
            sheet.write_datetime(row, place, dt.datetime(cell.year, cell.month, cell.day), date)  # noqa: DTZ001 -- a day has no zone
        case _:
            sheet.write_string(row, place, neutral(str(cell)))


def _local(at: dt.datetime) -> dt.datetime:
    """The time as a clock on the wall shows it; a spreadsheet knows no zones."""
    return timezone.make_naive(at) if timezone.is_aware(at) else at
