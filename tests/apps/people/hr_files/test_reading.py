import io
import json
import zipfile

import pytest
import xlsxwriter

from modig.apps.people.hr_files import UnreadableFileError, read_table
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


def test_every_file_of_csvw_is_read_whole_or_refused_in_one_sentence():
    for path in sorted(reference("corpora/csvw-tests").rglob("*.csv")):
        try:
            table = read_table(path)
        except UnreadableFileError as error:
            said = str(error)
        else:
            said = None
        if said is not None:
            assert path.name in said
            assert "\n" not in said
            continue
        widths = {len(cells) for _, cells in table.rows}
        assert widths <= {len(table.header)}, path
        numbers = [n for n, _ in table.rows] + [n for n, _ in table.ragged]
        assert len(numbers) == len(set(numbers)), path


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
