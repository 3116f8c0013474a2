"""The command `modig similar`."""

import json

import pytest

from apps.initiatives.factories import make_initiative
from modig.apps.initiatives.queries.similar import forget_indexes
from modig.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _initiatives(organisation):
    forget_indexes()
    make_initiative("En dörr in på socialkontoret", code="MV-006", why="Väntan var lång.")
    make_initiative("Parken får fler bänkar", code="MV-007", why="Ingenstans att sitta.")


@pytest.fixture
def asked(tmp_path, capsys):
    """Ask a file of lines; the exit status and what was printed."""

    def run(content, *words, organisation="north"):
        path = tmp_path / "queries.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        status = main(["similar", str(path), "--organisation", organisation, *words])
        return status, capsys.readouterr()

    return run


def test_share_of_the_right_ones_is_printed(asked):
    status, printed = asked(
        "query,expected\nreception på socialkontoret,MV-006 MV-007\nxylofon,MV-007\n", "--json"
    )

    figures = json.loads(printed.out)
    assert status == 0
    assert figures.pop("median_ms") > 0
    assert figures == {"queries": 2, "hits_top5": 1, "share": 0.5}


def test_figures_in_words(asked):
    status, printed = asked("query,expected\nsocialkontoret,MV-006\n")

    assert (status, printed.out[:21]) == (0, "1 of 1 right (100.0%)")


def test_file_of_a_swedish_spreadsheet_is_read(asked):
    status, printed = asked("﻿Query;Expected\r\nsocialkontoret;MV-006\r\n\r\n", "--json")

    assert (status, json.loads(printed.out)["hits_top5"]) == (0, 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("query,expected\nkö,MV-006 MV-999\n", "no initiative has the code MV-999"),
        ("question,right\nkö,MV-006\n", "the first line names no column query or expected"),
        ("query,expected\n", "there is no question in it"),
        ("", "the first line names no column query or expected"),
        ("query,expected\nkö\n", "line 2: a column is missing"),
        ("query,expected\n,MV-006\n", "line 2: there is no question"),
        ("query,expected\nkö,\n", "line 2: there is no expected code"),
        ("query,expected\nkö,MV-006\n".encode("utf-16"), "it is not written in UTF-8"),
    ],
)
def test_file_that_cannot_be_asked_is_refused_in_one_sentence(asked, content, sentence):
    status, printed = asked(content, "--json")

    assert (status, printed.out) == (2, "")
    assert sentence in printed.err
    assert printed.err.count("\n") == 1


def test_unknown_organisation_is_refused_with_those_that_there_are(asked):
    status, printed = asked("query,expected\nkö,MV-006\n", organisation="west")

    assert status == 2
    assert "no organisation has the code 'west' (known: north)" in printed.err


def test_file_that_is_not_there_is_refused(capsys):
    status = main(["similar", "/nowhere/queries.csv", "--organisation", "north"])

    assert (status, "No such file" in capsys.readouterr().err) == (2, True)
