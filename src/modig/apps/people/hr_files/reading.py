"""From the bytes of a CSV or XLSX file to a table of texts, or one sentence why not."""

import codecs
import csv
import datetime as dt
import io
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain
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
ROWS_ABOVE_THE_HEADER = 10
FEWEST_IN_A_LOWER_HEADER = 3
CHUNK = 1024 * 1024
# The first bytes of old workbooks, PDF, packed files and pictures; "<" begins a web page or XML.
OTHER_KINDS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x89PNG")
KEPT_ONCE = 4000


class Fault(StrEnum):
    """Why a file cannot be read; the value is the English sentence, the page has its own."""

    UNREADABLE = "cannot be read (%(why)s)"
    EMPTY = "the file is empty"
    TOO_LARGE = "larger than %(most)s MB"
    WRONG_KIND = "is neither CSV nor XLSX; save it as one of these"
    UNKNOWN_ENCODING = "unknown encoding %(encoding)s"
    OTHER_ENCODING = "is not %(encoding)s text"
    NO_TEXT = "holds bytes that are no text"
    TEXT_AFTER_QUOTE = "text stands after a closing quotation mark"
    QUOTE_LEFT_OPEN = "a quotation mark is opened and never closed"
    CELL_TOO_LONG = "a cell is too long"
    NOT_CSV = "is not written as CSV is (%(why)s)"
    DAMAGED = "is damaged and cannot be unpacked"
    NO_WORKBOOK = "is not a readable workbook"
    UNPACKS_TO_TOO_MUCH = "unpacks to too much; save it as CSV"
    NO_SUCH_SHEET = "has no sheet '%(sheet)s' (found: %(found)s)"
    NO_SHEETS = "has no sheets"
    TOO_MANY_ROWS = "more than %(most)s rows"
    HEADER_EMPTY = "is empty; the names of the columns stand there"
    TOO_MANY_COLUMNS = "more than %(most)s columns"
    COLUMN_TWICE = "column '%(column)s' is there more than once"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something is: its name, and what is known of sheet, row and line."""

    name: str
    sheet: str = ""
    row: int = 0
    line: int = 0

    def __str__(self) -> str:
        parts = [self.name]
        parts += [f"sheet {self.sheet}"] if self.sheet else []
        parts += [f"row {self.row}"] if self.row else []
        where = ", ".join(parts)
        if not self.line:
            return where
        return f"{where} (line {self.line})" if self.row else f"{where}, line {self.line}"


class UnreadableFileError(Exception):
    """The file cannot be read; the message is one sentence that names what and where."""

    def __init__(self, place: Place, fault: Fault, **said: object) -> None:
        super().__init__(f"{place}: {fault % said}")
        self.place, self.fault, self.said = place, fault, said


@dataclass(frozen=True, slots=True)
class Table:
    """A header, rows of texts with their number in the file, and how it was read.

    ``ragged`` holds the rows whose number of cells is not the header's: number and cells found.
    ``protected`` holds the numbers of rows about protected identities; their cells are gone.
    ``withheld`` holds the columns that are never stored, by what they held; their cells are blank.
    """

    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    ragged: list[tuple[int, int]] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 1
    protected: list[int] = field(default_factory=list)
    withheld: dict[str, str] = field(default_factory=dict)

    def column(self, name: str) -> Iterator[str]:
        """The cells of one column, from the top down."""
        place = self.header.index(name)
        return (cells[place] for _, cells in self.rows)

    @property
    def rows_read(self) -> int:
        """How many rows the file has below its header, blank ones left out."""
        return len(self.rows) + len(self.ragged) + len(self.protected)


def read_table(
    path: Path, *, encoding: str = "", delimiter: str = "", sheet: str = "", name: str = ""
) -> Table:
    """Read a CSV or XLSX file; what is not said is found out from the content."""
    file = Place(name or path.name)
    try:
        size = path.stat().st_size
        with path.open("rb") as source:
            head = source.read(8)
    except OSError as error:
        raise UnreadableFileError(file, Fault.UNREADABLE, why=error.strerror) from error
    if size == 0:
        raise UnreadableFileError(file, Fault.EMPTY)
    if size > LARGEST_FILE:
        raise UnreadableFileError(file, Fault.TOO_LARGE, most=LARGEST_FILE // 1024 // 1024)
    if head.startswith(b"PK\x03\x04"):
        return _read_workbook(path, file, sheet)
    if head.startswith(OTHER_KINDS) or head.lstrip().startswith(b"<"):
        raise UnreadableFileError(file, Fault.WRONG_KIND)
    return _read_text(path, file, encoding, delimiter)


def sheet_names(path: Path) -> list[str]:
    """The names of a workbook's sheets; none for a text file."""
    if not zipfile.is_zipfile(path):
        return []
    return list(_open_workbook(path, Place(path.name)).sheet_names)


# ---- text ------------------------------------------------------------------------------------


def _read_text(path: Path, file: Place, encoding: str, delimiter: str) -> Table:
    encoding = encoding or _guess_encoding(path)
    _refuse_what_is_no_text(path, file, encoding)
    with path.open(encoding=encoding, newline="") as source:
        sample = source.read(64 * 1024).removeprefix("\ufeff")
        delimiter = delimiter or _guess_delimiter(sample)
        source.seek(0)
        rows = _parsed(source, file, delimiter)
        return _table(rows, file, encoding=encoding, delimiter=delimiter)


def _guess_encoding(path: Path) -> str:
    with path.open("rb") as source:
        sample = source.read(4096)
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    for mark, encoding in marks.items():
        if sample.startswith(mark):
            return encoding
    if sample[1::2].count(0) > len(sample) // 8:
        return "utf-16-le"
    if sample[::2].count(0) > len(sample) // 8:
        return "utf-16-be"
    for encoding in ("utf-8", "cp1252"):
        if _first_fault(path, encoding) is None:
            return encoding
    return "latin-1"


def _first_fault(path: Path, encoding: str) -> tuple[int, Fault] | None:
    """The line where the file is no text of this encoding and what is wrong there; or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as source:
        while True:
            chunk = source.read(CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(encoding, errors="ignore")
                return line + before.count("\n"), Fault.OTHER_ENCODING
            if "\x00" in text:
                before = text[: text.index("\x00")]
                return line + before.count("\n"), Fault.NO_TEXT
            if not chunk:
                return None
            line += text.count("\n")


def _refuse_what_is_no_text(path: Path, file: Place, encoding: str) -> None:
    try:
        found = _first_fault(path, encoding)
    except LookupError as error:
        raise UnreadableFileError(file, Fault.UNKNOWN_ENCODING, encoding=encoding) from error
    if found is not None:
        line, fault = found
        raise UnreadableFileError(replace(file, line=line), fault, encoding=encoding)


def _guess_delimiter(sample: str) -> str:
    """The delimiter that gives the most rows the same number of cells, and more than one."""
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


def _parsed(source: Iterable[str], file: Place, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LARGEST_CELL * 4)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            place = replace(file, row=number, line=reader.line_num)
            raise UnreadableFileError(place, _fault_of(error), why=error) from error


def _fault_of(error: csv.Error) -> Fault:
    words = str(error)
    if "expected after" in words:
        return Fault.TEXT_AFTER_QUOTE
    if "unexpected end of data" in words:
        return Fault.QUOTE_LEFT_OPEN
    if "field limit" in words or "field larger" in words:
        return Fault.CELL_TOO_LONG
    return Fault.NOT_CSV


# ---- workbooks -------------------------------------------------------------------------------


def _open_workbook(path: Path, file: Place) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 -- heavy

    _refuse_a_zip_bomb(path, file)
    try:
        return CalamineWorkbook.from_path(str(path))
    except CalamineError as error:
        raise UnreadableFileError(file, Fault.NO_WORKBOOK) from error


def _refuse_a_zip_bomb(path: Path, file: Place) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableFileError(file, Fault.DAMAGED) from error
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    is_inflated = unpacked > 10 * 1024 * 1024 and unpacked / packed > LARGEST_RATIO
    if unpacked > LARGEST_UNPACKED or is_inflated:
        raise UnreadableFileError(file, Fault.UNPACKS_TO_TOO_MUCH)


def _read_workbook(path: Path, file: Place, sheet: str) -> Table:
    book = _open_workbook(path, file)
    names: list[str] = book.sheet_names
    if sheet and sheet not in names:
        raise UnreadableFileError(file, Fault.NO_SUCH_SHEET, sheet=sheet, found=", ".join(names))
    if not names:
        raise UnreadableFileError(file, Fault.NO_SHEETS)
    chosen = sheet or names[0]
    rows = _rows_of(book.get_sheet_by_name(chosen))
    return _table(rows, replace(file, sheet=chosen), sheet=chosen)


def _rows_of(sheet: Any) -> Iterator[list[str]]:
    """The rows from the very first one on, blank ones too, each as texts."""
    return ([_as_text(cell) for cell in row] for row in sheet.iter_rows())


def _as_text(cell: Any) -> str:
    match cell:
        case str():
            return cell
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


def _table(rows: Iterable[list[str]], file: Place, **how: Any) -> Table:
    numbered = ((number, _cleaned(cells)) for number, cells in enumerate(rows, 1))
    header_row, cells, waiting = _header_and_what_follows(numbered)
    header = _header(cells, replace(file, row=header_row))
    kept: list[tuple[int, list[str]]] = []
    ragged: list[tuple[int, int]] = []
    once = _Once(len(header))
    for number, found in chain(waiting, numbered):
        if number > MOST_ROWS:
            raise UnreadableFileError(file, Fault.TOO_MANY_ROWS, most=MOST_ROWS)
        if not any(found):
            continue
        while len(found) > len(header) and not found[-1]:
            found.pop()
        if len(found) == len(header):
            kept.append((number, once.row(found)))
        else:
            ragged.append((number, len(found)))
    return Table(header, kept, ragged, header_row=header_row, **how)


def _header_and_what_follows(
    numbered: Iterator[tuple[int, list[str]]],
) -> tuple[int, list[str], list[tuple[int, list[str]]]]:
    """The row with the names of the columns: the first, unless only a heading stands above it.

    A lower row is taken only where every row above it holds one cell at most, and it holds
    several different ones without any digits: a table's own first row never looks like that.
    """
    first = [row for _, row in zip(range(ROWS_ABOVE_THE_HEADER), numbered, strict=False)]
    for place, (number, cells) in enumerate(first):
        filled = [cell for cell in cells if cell]
        if place and len(filled) >= FEWEST_IN_A_LOWER_HEADER and _are_names(filled):
            return number, cells, first[place + 1 :]
        if len(filled) > 1:
            break
    number, cells = first[0] if first else (1, [])
    return number, cells, first[1:]


def _are_names(cells: list[str]) -> bool:
    return len(set(cells)) == len(cells) and not any(sign.isdigit() for c in cells for sign in c)


def _header(cells: list[str], place: Place) -> tuple[str, ...]:
    header = list(cells)
    while header and not header[-1]:
        header.pop()
    if not header:
        raise UnreadableFileError(place, Fault.HEADER_EMPTY)
    if len(header) > MOST_COLUMNS:
        raise UnreadableFileError(place, Fault.TOO_MANY_COLUMNS, most=MOST_COLUMNS)
    twice = [name for name, n in Counter(header).items() if n > 1 and name]
    if twice:
        raise UnreadableFileError(place, Fault.COLUMN_TWICE, column=twice[0])
    return tuple(name or f"({place})" for place, name in enumerate(header, 1))


class _Once:
    """Keeps one copy of a text that a column repeats, so that a large file needs little memory."""

    def __init__(self, columns: int) -> None:
        self.seen: list[dict[str, str]] = [{} for _ in range(columns)]

    def row(self, cells: list[str]) -> list[str]:
        return [
            seen.setdefault(cell, cell) if len(seen) < KEPT_ONCE else seen.get(cell, cell)
            for cell, seen in zip(cells, self.seen, strict=True)
        ]


def _cleaned(cells: list[str]) -> list[str]:
    return [_clean(cell) for cell in cells]


def _clean(cell: str) -> str:
    """The text in composed form, without the spaces around it and without unseen signs."""
    text = cell.strip().strip("\u200b\ufeff")
    if text.isascii():
        return text.replace("\x00", "")
    return unicodedata.normalize("NFC", text)
