import csv
import io
import json
import zipfile
from unicodedata import normalize

import pytest
import xlsxwriter

from modig.apps.people.hr_files import (
    MappingError,
    UnreadableFileError,
    guess_mapping,
    read_table,
)
from reference import reference

SPECTRUM = (
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines",
    "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8",
)  # fmt: skip


@pytest.fixture
def written(tmp_path):
    """Write bytes into a file and give its path."""

    def write(content, name="file.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("name", SPECTRUM)
def test_csv_spectrum_is_read_as_its_json_says(name):
    folder = reference("corpora/csv-spectrum")
    expected = json.loads((folder / "json" / f"{name}.json").read_text(encoding="utf-8"))

    table = read_table(folder / "csvs" / f"{name}.csv")

    assert [dict(zip(table.header, cells, strict=True)) for _, cells in table.rows] == [
        {key: value.strip() for key, value in row.items()} for row in expected
    ]


def csvw_files():
    return sorted(reference("corpora/csvw-tests").rglob("*.csv"))


def test_every_row_of_every_csvw_file_is_kept_named_or_blank_and_none_is_altered():
    for path in csvw_files():
        table = read_table(path)
        with path.open(encoding=table.encoding, newline="") as source:
            raw = list(csv.reader(source, delimiter=table.delimiter))
        kept, ragged = dict(table.rows), dict(table.ragged)

        for number, cells in enumerate(raw, 1):
            plain = [normalize("NFC", cell.strip().strip("\ufeff")) for cell in cells]
            if number < table.header_row:
                assert sum(map(bool, plain)) <= 1, path
            elif number == table.header_row:
                assert list(table.header) == [n or f"({k})" for k, n in enumerate(plain, 1)], path
            elif number in kept:
                assert kept[number] == plain[: len(table.header)], path
                assert not any(plain[len(table.header) :]), path
            elif any(plain):
                assert ragged[number] != len(table.header), path


def test_csvw_file_that_is_no_hr_file_is_refused_with_the_columns_that_were_seen():
    for path in csvw_files():
        table = read_table(path)
        mapping = guess_mapping(table)
        if "number" in mapping.columns and mapping.levels:
            continue

        with pytest.raises(MappingError) as refused:
            mapping.fitted(table)

        assert table.header[0] in str(refused.value), path
        assert "\n" not in str(refused.value), path


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encoding_and_delimiter_are_found_out(written, encoding, delimiter):
    text = f"Anställningsnr{delimiter}Enhet\r\n1{delimiter}Lärkans förskola\r\n"

    table = read_table(written(text.encode(encoding)))

    assert (table.header, table.rows) == (
        ("Anställningsnr", "Enhet"),
        [(2, ["1", "Lärkans förskola"])],
    )


def test_letters_come_out_composed(written):
    table = read_table(written("nr,namn\n1,A\u030asa\n".encode()))

    assert table.rows == [(2, ["1", "Åsa"])]


def test_row_with_too_few_or_too_many_cells_is_named_and_blank_ones_are_passed_over(written):
    table = read_table(written(b"a,b\n1\n\n1,2,3\n1,2,\n"))

    assert (table.ragged, table.rows) == ([(2, 1), (4, 3)], [(5, ["1", "2"])])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n\n", "row 1: is empty"),
        (b"a,a\n1,2\n", "column 'a' is there more than once"),
        (b'a,b\n1,"2\n', "row 2 .*never closed"),
        (b'a,b\n1,"2"x\n', "row 2 .*after a closing quotation mark"),
        (b"a,b\n1,\x00\n", "line 2: holds bytes that are no text"),
        (b"%PDF-1.7", "neither CSV nor XLSX"),
        (b"\n<table><tr><td>1</td></tr></table>", "neither CSV nor XLSX"),
        (b"PK\x03\x04 cut", "damaged"),
    ],
)
def test_file_that_cannot_be_read_is_refused_in_one_sentence(written, content, says):
    with pytest.raises(UnreadableFileError, match=says):
        read_table(written(content))


def test_workbook_is_read_with_its_dates_and_numbers(written):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet("Omslag")
        sheet = book.add_worksheet("Anställda")
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["Nr", "Från", "Grad"])
        sheet.write_row(1, 0, [4711, "", 0.75])
        sheet.write_number(1, 1, 45000, date)
    path = written(made.getvalue(), "people.xlsx")

    table = read_table(path, sheet="Anställda")

    assert table.rows == [(2, ["4711", "2023-03-15", "0.75"])]


def test_sheet_that_is_not_there_is_named_with_those_that_are(written):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet("Blad1")

    with pytest.raises(UnreadableFileError, match=r"no sheet 'Blad2' \(found: Blad1\)"):
        read_table(written(made.getvalue(), "people.xlsx"), sheet="Blad2")


def test_workbook_that_unpacks_to_too_much_is_refused(written):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 40_000_000)

    with pytest.raises(UnreadableFileError, match="unpacks to too much"):
        read_table(written(made.getvalue(), "people.xlsx"))


def test_heading_above_the_names_of_the_columns_is_passed_over(written):
    table = read_table(written(b"Personal 2026;;\n;;\nAnstnr;Enhet;Befattning\n1;X;Kock\n"))

    assert (table.header_row, table.header, table.rows) == (
        3,
        ("Anstnr", "Enhet", "Befattning"),
        [(4, ["1", "X", "Kock"])],
    )


@pytest.mark.parametrize(
    "content",
    [b"nr\n1;a;b\n", b"a;b\nc;d;e\n", b"nr\nx;x;y\n", b"a;b;c\nd;e;f\n"],
)
def test_first_row_is_the_header_wherever_a_lower_one_might_be_a_row_of_people(written, content):
    assert read_table(written(content)).header_row == 1


def test_table_may_begin_lower_down_and_further_right_in_a_sheet(written):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 1, "Personallista")
        sheet.write_row(2, 1, ["Anstnr", "Enhet", "Befattning"])
        sheet.write_row(4, 1, [17, "Lärkan", "Kock"])

    table = read_table(written(made.getvalue(), "people.xlsx"))

    assert (table.header_row, table.rows) == (3, [(5, ["17", "Lärkan", "Kock"])])


def test_texts_that_a_column_repeats_are_kept_once(written):
    rows = "".join(f"{n};Lärkans förskola\n" for n in range(3))

    table = read_table(written(f"nr;enhet\n{rows}".encode()))

    first, *others = table.column("enhet")
    assert all(one is first for one in others)


def test_naughty_strings_come_through_as_they_are(written):
    strings = json.loads(reference("corpora/blns/blns.json").read_text(encoding="utf-8"))
    texts = [one for one in strings if "\x00" not in one]
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(["nr", "text"])
    writer.writerows([n, text] for n, text in enumerate(texts))

    table = read_table(written(made.getvalue().encode(), "naughty.csv"))

    assert len(table.rows) + len(table.ragged) == len(texts)
    assert not table.ragged
