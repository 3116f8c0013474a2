"""What a file's columns mean: guessed, shown, chosen, kept for the next file."""

import io

import pytest
import xlsxwriter
from django.urls import reverse

from apps.people.imports.desk import ANNA, BO, HEADER, counts, text_of
from modig.apps.people.kept_files import kept_table, upload_of
from modig.apps.people.models import Employment, HrImport, ImportMapping, Person

pytestmark = pytest.mark.django_db
STRANGE = "A;B;C;D"
DATES = "Anställningsnummer;Enhet;Anställd from;Anställd tom"
PERSONAL_NUMBERS = ("811218-9876", "640823-3234", "670919-9530", "19900101-0017", "850709-9805")


def workbook(*sheets):
    """The bytes of a workbook; each sheet is a name and its rows."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return made.getvalue()


def test_page_shows_how_the_file_was_read_and_what_the_columns_hold(desk):
    desk.upload(text_of(ANNA, BO))

    page = desk.open("import_columns")

    for text in ("2 rader", "Windows-1252", "semikolon", "Befattning", "Rektor · Lärare"):
        assert text in page


def test_columns_that_the_guess_does_not_know_are_chosen_by_the_user(desk):
    desk.upload(text_of("1;Lärkan;Lärare;x", header=STRANGE))

    desk.choose(column0="number", column1="unit1.name", column2="title")

    assert counts(desk.newest) == {"new": 1}


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"column1": "unit1.name"}, "anställningsnumret"),
        ({"column0": "number"}, "enheten"),
        ({"column0": "number", "column1": "number", "column2": "unit1.name"}, "”A”"),
    ],
)
def test_choice_that_cannot_be_is_refused_and_keeps_what_was_chosen(desk, chosen, says):
    desk.upload(text_of("1;Lärkan;Lärare;x", header=STRANGE))

    answer = desk.choose(column3="gender", **chosen)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert answer.context["form"]["column3"].value() == "gender"


def test_choice_is_kept_under_a_name_and_used_for_the_next_file_and_said_so(desk):
    desk.upload(text_of("1;Lärkan;Lärare;x", header=STRANGE))
    desk.choose(column0="number", column1="unit1.name", column2="title", name="Månadsfilen")

    desk.upload(text_of("2;Lärkan;Kock;x", header=STRANGE))

    page = desk.open("import_columns")
    fields = desk.answer.context["form"]
    assert [fields[f"column{n}"].value() for n in range(4)] == ["number", "unit1.name", "title", ""]
    assert "Månadsfilen" in page


def test_columns_of_the_last_file_are_chosen_again_without_a_name(desk):
    desk.upload(text_of("1;Lärkan;Lärare;x", header=STRANGE))
    desk.choose(column0="number", column1="unit1.name")
    desk.read_in()

    desk.upload(text_of("1;Lärkan;Lärare;x", header=STRANGE), name="nästa.csv")

    page = desk.open("import_columns")
    assert desk.answer.context["form"]["column0"].value() == "number"
    assert "anställda.csv" in page


def test_kept_choice_can_be_forgotten(desk):
    desk.upload(text_of("1;Lärkan;Lärare;x", header=STRANGE))
    desk.choose(column0="number", column1="unit1.name", name="Månadsfilen")
    kept = ImportMapping.objects.get()

    desk.client.post(reverse("people:mapping_deletion", args=[kept.pk]))

    assert not ImportMapping.objects.exists()


# ---- dates ---------------------------------------------------------------------------------------


def test_column_of_dates_that_reads_both_ways_is_asked_about(desk):
    desk.upload(text_of("1;Lärkan;01/02/2013;", "2;Lärkan;03/04/2014;", header=DATES))

    answer = desk.choose()

    page = answer.content.decode()
    assert (answer.status_code, desk.newest.state) == (422, HrImport.State.MAPPING)
    for text in ("Anställd from", "01/02/2013", "1 februari 2013", "2 januari 2013"):
        assert text in page


def test_answer_to_the_question_decides(desk):
    desk.upload(text_of("1;Lärkan;01/02/2013;", header=DATES))

    desk.choose(dates_from_on="mdy")
    desk.read_in()

    assert str(Employment.objects.get().from_on) == "2013-01-02"


def test_two_columns_of_dates_may_be_written_in_two_ways(desk):
    desk.upload(text_of("1;Lärkan;01/02/2013;03/04/2030", header=DATES))

    desk.choose(dates_from_on="mdy", dates_to_on="dmy")
    desk.read_in()

    employment = Employment.objects.get()
    assert (str(employment.from_on), str(employment.to_on)) == ("2013-01-02", "2030-04-03")


def test_answer_that_the_column_contradicts_is_asked_again(desk):
    desk.upload(text_of("1;Lärkan;01/14/2013;", header=DATES))

    answer = desk.choose(dates_from_on="dmy")

    assert answer.status_code == 422
    assert "01/14/2013" in answer.content.decode()


def test_column_that_was_clear_once_is_asked_about_when_it_is_not(desk):
    desk.upload(text_of("1;Lärkan;2013-02-01;", header=DATES))
    desk.choose(name="Månadsfilen")
    desk.read_in()
    desk.upload(text_of("1;Lärkan;01/02/2013;", header=DATES))

    answer = desk.choose()

    assert answer.status_code == 422


# ---- reading it in another way -------------------------------------------------------------------


def test_upload_is_read_again_with_another_encoding(desk):
    raw = text_of("1;Lärkan", header="Anstnr;Enhet").encode("mac-roman")
    desk.upload(raw)

    desk.post("import_rereading", encoding="mac-roman", delimiter=";")

    assert "Lärkan" in desk.open("import_columns")


def test_another_sheet_is_chosen(desk):
    desk.upload(
        workbook(("2025", [["Anstnr", "Enhet"], [1, "Lärkan"]]), ("2026", [["Nr", "Plats"]])),
        name="personal.xlsx",
    )

    desk.post("import_rereading", sheet="2026")

    assert (desk.newest.sheet, desk.newest.header) == ("2026", ["Nr", "Plats"])


def test_cover_page_of_a_workbook_is_passed_over(desk):
    desk.upload(
        workbook(
            ("Omslag", [["Personal", "2026"]]), ("Data", [["Anstnr", "Enhet"], [1, "Lärkan"]])
        ),
        name="personal.xlsx",
    )

    assert desk.newest.sheet == "Data"


def test_workbook_read_in_twice_changes_nothing(desk):
    book = workbook(("Data", [HEADER.split(";"), ANNA.split(";"), BO.split(";")]))
    for _ in range(2):
        desk.upload(book, name="personal.xlsx")
        desk.choose()
        desk.read_in()

    assert (counts(desk.newest), Person.objects.count()) == ({"unchanged": 2}, 2)


def test_file_that_cannot_be_read_that_way_is_refused_in_a_sentence(desk):
    desk.upload(text_of(ANNA), encoding="utf-8-sig")

    assert (desk.answer.status_code, HrImport.objects.count()) == (422, 0)
    assert "anställda.csv" in desk.answer.content.decode()


def test_upload_without_a_file_says_so(desk):
    answer = desk.client.post(reverse("people:imports"), {})

    assert answer.status_code == 422


# ---- what is never stored ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Personnummer", ["a"]),
        ("Månadslön", ["31000"]),
        ("Sjukfrånvaro", ["3"]),
        ("Nyckel", PERSONAL_NUMBERS),
    ],
)
def test_column_of_what_is_never_stored_cannot_be_chosen(desk, header, cells):
    rows = [f"{n};Lärkan;{cell}" for n, cell in enumerate(cells)]
    desk.upload(text_of(*rows, header=f"Anstnr;Enhet;{header}"))

    kept = kept_table(desk.newest).column(header)
    desk.choose(column2="extra")
    desk.read_in()

    assert (set(kept), upload_of(desk.newest).exists()) == ({""}, False)
    assert {str(one.attributes) for one in Employment.objects.all()} == {"{}"}


def test_what_nobody_can_name_is_left_out_unless_it_is_asked_for(desk):
    header = "Anstnr;Enhet;Facklig förening"
    desk.take("1;Lärkan;Ja", header=header)
    kept_at_first = Employment.objects.get().attributes
    desk.upload(text_of("1;Lärkan;Ja", header=header))
    desk.choose(column2="extra")
    desk.read_in()

    assert (kept_at_first, Employment.objects.get().attributes) == ({}, {"Facklig förening": "Ja"})
