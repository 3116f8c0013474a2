"""From the bytes of a CSV or XLSX file to a table of texts, or one sentence why not."""

import csv
import datetime as dt
import io
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LARGEST_FILE = 200 * 1024 * 1024
LARGEST_UNPACKED = 1024 * 1024 * 1024
LARGEST_RATIO = 200
MOST_ROWS = 1_000_000
MOST_COLUMNS = 500
LARGEST_CELL = 32_767
DELIMITERS = (";", "\t", ",", "|")
ROWS_FOR_A_GUESS = 200


class UnreadableFileError(Exception):
    """The file cannot be read; the message is one sentence that names what and where."""


@dataclass(frozen=True, slots=True)
class Table:
    """A header, rows of texts with their number in the file (the header is row 1), and how it was read.

    ``ragged`` holds the rows whose number of cells is not the header's: number and cells found.
    """

    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    ragged: list[tuple[int, int]] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""

    def column(self, name: str) -> Iterator[str]:
        """The cells of one column, from the top down."""
        place = self.header.index(name)
        return (cells[place] for _, cells in self.rows)


def read_table(
    path: Path, *, encoding: str = "", delimiter: str = "", sheet: str = "", name: str = ""
) -> Table:
    """Read a CSV or XLSX file; what is not said is found out from the content."""
    called = name or path.name
    try:
        size = path.stat().st_size
        with path.open("rb") as source:
            head = source.read(8)
    except OSError as error:
        raise UnreadableFileError(f"{called}: cannot be read ({error.strerror})") from error
    if size == 0:
        raise UnreadableFileError(f"{called}: the file is empty")
    if size > LARGEST_FILE:
        raise UnreadableFileError(f"{called}: larger than {LARGEST_FILE // 1024 // 1024} MB")
    if head.startswith(b"PK\x03\x04"):
        return _read_workbook(path, called, sheet)
    if head.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x89PNG")):
        raise UnreadableFileError(f"{called}: is neither CSV nor XLSX; save it as one of these")
    return _read_text(path.read_bytes(), called, encoding, delimiter)


def sheet_names(path: Path) -> list[str]:
    """The names of a workbook's sheets; none for a text file."""
    if not zipfile.is_zipfile(path):
        return []
    return list(_open_workbook(path, path.name).sheet_names)


# ---- text ------------------------------------------------------------------------------------


def _read_text(raw: bytes, called: str, encoding: str, delimiter: str) -> Table:
    encoding = encoding or _guess_encoding(raw)
    try:
        text = raw.decode(encoding)
    except LookupError as error:
        raise UnreadableFileError(f"{called}: unknown encoding {encoding!r}") from error
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(f"{called}, line {line}: is not {encoding} text") from error
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise UnreadableFileError(f"{called}, line {line}: holds bytes that are no text")
    delimiter = delimiter or _guess_delimiter(text)
    rows = _parsed(text, called, delimiter)
    return _table(rows, called, encoding=encoding, delimiter=delimiter)


def _guess_encoding(raw: bytes) -> str:
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    for mark, encoding in marks.items():
        if raw.startswith(mark):
            return encoding
    sample = raw[:4096]
    if sample[1::2].count(0) > len(sample) // 8:
        return "utf-16-le"
    if sample[::2].count(0) > len(sample) // 8:
        return "utf-16-be"
    for encoding in ("utf-8", "cp1252"):
        try:
            raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def _guess_delimiter(text: str) -> str:
    """The delimiter that gives the most rows the same number of cells, and more than one."""
    sample = text[: 64 * 1024]
    return max(DELIMITERS, key=lambda one: (_evenness(sample, one), -DELIMITERS.index(one)))


def _evenness(sample: str, delimiter: str) -> float:
    widths: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        for _, cells in zip(range(ROWS_FOR_A_GUESS), reader, strict=False):
            if cells:
                widths[len(cells)] += 1
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    width, rows = widths.most_common(1)[0]
    return rows / widths.total() * (width - 1) if width > 1 else 0.0


def _parsed(text: str, called: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LARGEST_CELL * 4)
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableFileError(
                f"{called}, row {number} (line {reader.line_num}): {_in_words(error)}"
            ) from error


def _in_words(error: csv.Error) -> str:
    words = str(error)
    if "expected after" in words:
        return "text stands after a closing quotation mark"
    if "unexpected end of data" in words:
        return "a quotation mark is opened and never closed"
    if "field limit" in words or "field larger" in words:
        return "a cell is too long"
    return words


# ---- workbooks -------------------------------------------------------------------------------


def _open_workbook(path: Path, called: str) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 -- heavy

    _refuse_a_zip_bomb(path, called)
    try:
        return CalamineWorkbook.from_path(str(path))
    except CalamineError as error:
        raise UnreadableFileError(f"{called}: is not a readable workbook") from error


def _refuse_a_zip_bomb(path: Path, called: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableFileError(f"{called}: is damaged and cannot be unpacked") from error
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    is_inflated = unpacked > 10 * 1024 * 1024 and unpacked / packed > LARGEST_RATIO
    if unpacked > LARGEST_UNPACKED or is_inflated:
        raise UnreadableFileError(f"{called}: unpacks to too much; save it as CSV")


def _read_workbook(path: Path, called: str, sheet: str) -> Table:
    book = _open_workbook(path, called)
    names: list[str] = book.sheet_names
    if sheet and sheet not in names:
        raise UnreadableFileError(f"{called}: has no sheet {sheet!r} (found: {', '.join(names)})")
    if not names:
        raise UnreadableFileError(f"{called}: has no sheets")
    chosen = sheet or names[0]
    cells = book.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    rows = ([_as_text(cell) for cell in row] for row in cells)
    table = _table(rows, f"{called}, sheet {chosen}", encoding="", delimiter="")
    return Table(table.header, table.rows, table.ragged, sheet=chosen)


def _as_text(cell: Any) -> str:
    match cell:
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer():
            return str(int(cell))
        case dt.datetime():
            return cell.date().isoformat()
        case dt.date():
            return cell.isoformat()
        case _:
            return str(cell)


# ---- both ------------------------------------------------------------------------------------


def _table(rows: Iterable[list[str]], called: str, *, encoding: str, delimiter: str) -> Table:
    numbered = enumerate(rows, 1)
    header = _header(next(numbered, (1, []))[1], called)
    kept: list[tuple[int, list[str]]] = []
    ragged: list[tuple[int, int]] = []
    for number, cells in numbered:
        if number > MOST_ROWS:
            raise UnreadableFileError(f"{called}: more than {MOST_ROWS:,} rows")
        found = [_clean(cell) for cell in cells]
        if not any(found):
            continue
        while len(found) > len(header) and not found[-1]:
            found.pop()
        if len(found) == len(header):
            kept.append((number, found))
        else:
            ragged.append((number, len(found)))
    return Table(header, kept, ragged, encoding, delimiter)


def _header(cells: list[str], called: str) -> tuple[str, ...]:
    header = [_clean(cell) for cell in cells]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise UnreadableFileError(
            f"{called}, row 1: is empty; the names of the columns stand there"
        )
    if len(header) > MOST_COLUMNS:
        raise UnreadableFileError(f"{called}, row 1: more than {MOST_COLUMNS} columns")
    twice = [name for name, n in Counter(header).items() if n > 1 and name]
    if twice:
        raise UnreadableFileError(f"{called}, row 1: column {twice[0]!r} is there more than once")
    return tuple(name or f"({place})" for place, name in enumerate(header, 1))


def _clean(cell: str) -> str:
    """The text in composed form, without the spaces around it."""
    text = cell.strip().strip("\u200b\ufeff")
    return text if text.isascii() else unicodedata.normalize("NFC", text)
