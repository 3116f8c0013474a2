import json

import pytest

from modig.apps.people.hr_files import (
    DatesToAskError,
    Level,
    Mapping,
    MappingError,
    Table,
    guess_mapping,
)
from modig.apps.people.hr_files.dates import Order

CANONICAL = (
    "anstallningsnummer", "personnyckel", "fornamn", "efternamn", "epost", "mobil",
    "organisationskod", "enhet", "befattning", "AID-kod", "chef_anstallningsnummer", "ar_chef",
    "anstallningsform", "sysselsattningsgrad", "anstallning_from", "anstallning_tom",
    "arbetsstalle", "kostnadsstalle", "forvaltning/bolag", "skyddad_uppgift",
)  # fmt: skip


def table(header, *rows):
    return Table(tuple(header), [(n, list(row)) for n, row in enumerate(rows, 2)])


def test_names_that_payroll_systems_use_are_known():
    mapping = guess_mapping(table(CANONICAL))

    assert mapping.columns == {
        "number": "anstallningsnummer", "first_name": "fornamn", "last_name": "efternamn",
        "email": "epost", "mobile": "mobil", "title": "befattning", "aid_code": "AID-kod",
        "manager": "chef_anstallningsnummer", "is_manager": "ar_chef",
        "form": "anstallningsform", "degree": "sysselsattningsgrad",
        "from_on": "anstallning_from", "to_on": "anstallning_tom", "workplace": "arbetsstalle",
        "cost_centre": "kostnadsstalle", "protected": "skyddad_uppgift",
    }  # fmt: skip
    assert mapping.levels == (
        Level(name="forvaltning/bolag"),
        Level(code="organisationskod", name="enhet"),
    )


@pytest.mark.parametrize(
    ("cells", "field"),
    [(["J", "", "N"], "is_manager"), (["101", "", "101"], "manager"), (["Siv Svan", "", ""], None)],
)
def test_column_called_chef_means_what_its_cells_show(cells, field):
    rows = [(str(n), "X", cell) for n, cell in enumerate(cells, 101)]

    mapping = guess_mapping(table(["Anstnr", "Enhet", "Chef"], *rows))

    assert {name for name, column in mapping.columns.items() if column == "Chef"} == (
        {field} - {None}
    )


def test_levels_in_the_middle_lie_in_the_order_of_how_many_units_they_have():
    header = ["Anstnr", "Förvaltning", "Avdelning", "Område", "Enhet"]
    rows = [(str(n), "BU", f"A{n // 4}", f"O{n // 2}", f"E{n}") for n in range(8)]

    levels = guess_mapping(table(header, *rows)).levels

    assert [level.name for level in levels] == ["Förvaltning", "Avdelning", "Område", "Enhet"]


@pytest.mark.parametrize("name", ["Personnummer", "Lön", "Sjukfrånvaro"])
def test_what_is_never_stored_is_in_no_guess_and_in_no_mapping(name):
    found = table(["Anstnr", "Enhet", name], ("1", "X", "7"))

    guessed = guess_mapping(found)

    assert name not in guessed.named()
    with pytest.raises(MappingError, match=f"{name!r} holds .* never stored"):
        Mapping({"number": "Anstnr"}, (Level(name="Enhet"),), (name,)).fitted(found)


def test_mapping_comes_back_from_its_own_json():
    mapping = Mapping(
        {"number": "Nr", "from_on": "Från"},
        (Level("K", "Namn"), Level(name="Enhet")),
        ("Övrigt",),
        {"from_on": Order.DMY},
    )

    assert Mapping.from_json(json.loads(json.dumps(mapping.as_json()))) == mapping


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], "columns"),
        ({"columns": {"nummer": "Nr"}}, "unknown field 'nummer'"),
        ({"columns": {"number": "Nr"}, "units": 5}, "lists of columns"),
        ({"columns": {"number": "Nr"}, "units": [{"kod": "x"}]}, "is no unit"),
        ({"columns": {"number": "Nr"}, "dates": "ddmm"}, "ymd, dmy or mdy"),
        ({"columns": {"number": "Nr"}, "dates": 7}, "ymd, dmy or mdy"),
        ({"columns": {"number": "Nr"}, "extra": "alla"}, "lists of columns"),
    ],
)
def test_mapping_of_another_form_is_refused_in_a_sentence(given, says):
    with pytest.raises(MappingError, match=says):
        Mapping.from_json(given)


DATED = Mapping({"number": "Nr", "from_on": "Från"}, (Level(name="Enhet"),))


def dated(*cells):
    return table(["Nr", "Enhet", "Från"], *((str(n), "X", cell) for n, cell in enumerate(cells)))


def test_question_about_dates_names_the_column_and_examples():
    with pytest.raises(DatesToAskError) as asked:
        DATED.fitted(dated("01/02/2013", "", "03/04/2014"))

    assert (asked.value.column, asked.value.examples) == ("Från", ["01/02/2013", "03/04/2014"])


def test_order_of_dates_is_found_anew_for_every_file():
    first = DATED.fitted(dated("14/01/2013")).dates
    second = DATED.fitted(dated("01/14/2013")).dates

    assert (first, second) == ({"from_on": Order.DMY}, {"from_on": Order.MDY})
