import json

import pytest

from modig.apps.people.models import Employment, HrImport, Person, Unit, UnitEdge
from modig.apps.tenancy.models import Organisation
from modig.apps.tenancy.scope import working_for
from modig.cli import main
from reference import reference

pytestmark = [pytest.mark.database, pytest.mark.django_db]

HEADER = "Anställningsnummer;Förnamn;Efternamn;Förvaltning;Enhet;Befattning;Anställd from;Skyddad identitet"
ANNA = "1;Anna;Åberg;Barn & utbildning;Lärkan;Rektor;2020-01-31;"
BO = "2;Bo;Öst;Barn & utbildning;Trasten;Lärare;2021-02-01;"
CEM = "3;Cem;Kaya;Vård & omsorg;Trasten;Undersköterska;2022-03-01;"


@pytest.fixture
def imported(tmp_path, capsys):
    """Import lines as a file; the exit status and what was printed."""

    def run(*lines, words=("--organisation", "north", "--create", "North")):
        path = tmp_path / "anställda.csv"
        path.write_text("\n".join([HEADER, *lines, ""]), encoding="cp1252")
        status = main(["import", str(path), *words, "--json"])
        printed = capsys.readouterr()
        return status, json.loads(printed.out) if printed.out else printed.err

    return run


def counts(new=0, changed=0, gone=0, refused=0, unchanged=0, rows=()):
    return {
        "new": new, "changed": changed, "gone": gone, "refused": refused,
        "unchanged": unchanged, "rows": list(rows),
    }  # fmt: skip


def test_same_file_twice_changes_nothing(imported):
    first = imported(ANNA, BO, CEM)
    second = imported(ANNA, BO, CEM)

    assert (first, second) == ((0, counts(new=3)), (0, counts(unchanged=3)))


def test_units_of_the_same_name_in_two_departments_stay_apart(imported):
    imported(ANNA, BO, CEM)

    codes = set(Unit.across_organisations.values_list("code", "parent__code"))
    assert codes == {
        ("Barn & utbildning", None),
        ("Vård & omsorg", None),
        ("Barn & utbildning/Lärkan", "Barn & utbildning"),
        ("Barn & utbildning/Trasten", "Barn & utbildning"),
        ("Vård & omsorg/Trasten", "Vård & omsorg"),
    }
    assert UnitEdge.across_organisations.count() == 5


def test_protected_identity_is_refused_and_nothing_of_it_is_kept(imported, caplog):
    status, outcome = imported(ANNA, "9;Hemlig;Person;Barn & utbildning;Lärkan;Lärare;2020-01-01;J")

    assert (status, outcome["refused"], outcome["new"]) == (1, 1, 1)
    assert [row["row"] for row in outcome["rows"]] == [3]
    assert "Hemlig" not in json.dumps(outcome) + caplog.text
    assert not Person.across_organisations.filter(number="9").exists()


def test_person_who_becomes_protected_keeps_no_name(imported):
    imported(ANNA, BO, CEM)

    imported(ANNA, BO, CEM.removesuffix(";") + ";x")

    person = Person.across_organisations.get(number="3")
    assert (person.first_name, person.last_name, person.folded) == ("", "", "")


def test_gone_is_ended_and_never_deleted(imported):
    imported(ANNA, BO, CEM)

    _, outcome = imported(ANNA, BO)

    assert outcome == counts(gone=1, unchanged=2)
    assert Employment.across_organisations.get(person__number="3").to_on is not None
    assert Person.across_organisations.get(number="3").left_on is not None


def many(first, last):
    return [f"{n};Ida;Ek;Vård & omsorg;Trasten;Vårdbiträde;2022-03-01;" for n in range(first, last)]


def test_more_than_a_tenth_are_ended_with_a_second_yes_only(imported):
    imported(*many(100, 200))

    status, told = imported(*many(100, 189))
    dry = imported(*many(100, 189), words=("--organisation", "north", "--dry-run"))
    left = Employment.across_organisations.filter(to_on=None).count()
    yes = imported(*many(100, 189), words=("--organisation", "north", "--second-yes"))

    assert status == 2
    assert "11 of the 100 employments" in told
    assert told.count("\n") == 1
    assert left == 100
    assert dry == yes == (0, counts(gone=11, unchanged=89))


def test_a_tenth_and_a_few_are_ended_without_more_words(imported):
    imported(*many(100, 200))

    assert imported(*many(100, 190)) == (0, counts(gone=10, unchanged=90))


@pytest.mark.parametrize(
    "heading", ["Skyddade personuppgifter (J/N)", "Skyddad id", "Skyddad folkbokföring"]
)
def test_protected_are_left_out_however_the_column_is_called(tmp_path, capsys, heading):
    path = tmp_path / "staff.csv"
    path.write_text(f"Anstnr;Namn;Enhet;{heading}\n1;Anna Å;Lärkan;N\n2;Bo Öst;Lärkan;J\n")

    status = main(["import", str(path), "--organisation", "north", "--create", "N", "--json"])

    assert status == 1
    assert json.loads(capsys.readouterr().out)["refused"] == 1
    assert [one.number for one in Person.across_organisations.all()] == ["1"]


def test_column_of_safety_representatives_hides_nobody(tmp_path, capsys):
    path = tmp_path / "staff.csv"
    path.write_text("Anstnr;Namn;Enhet;Skyddsombud\n1;Anna Å;Lärkan;J\n2;Bo Öst;Lärkan;N\n")

    main(["import", str(path), "--organisation", "north", "--create", "N", "--json"])

    assert json.loads(capsys.readouterr().out)["new"] == 2


def test_what_is_left_out_of_a_row_is_told_beside(tmp_path, capsys):
    path = tmp_path / "staff.csv"
    path.write_text("Anstnr;Namn;Enhet;E-post\n1;Anna Å;Lärkan;inte-epost\n2;Bo Öst;Lärkan;\n")

    status = main(["import", str(path), "--organisation", "north", "--create", "N", "--json"])

    assert status == 0
    assert "1 e-mail addresses cannot be used" in capsys.readouterr().err


def test_new_place_is_one_change_and_keeps_the_old_employment(imported):
    imported(ANNA, BO, CEM)

    _, outcome = imported(
        ANNA, BO, CEM.replace("Vård & omsorg;Trasten", "Barn & utbildning;Lärkan")
    )

    mine = Employment.across_organisations.filter(person__number="3").select_related("unit")
    assert outcome == counts(changed=1, unchanged=2)
    assert {one.unit.name: one.to_on is None for one in mine} == {"Trasten": False, "Lärkan": True}


def test_dry_run_changes_nothing(imported):
    words = ("--organisation", "north", "--create", "North", "--dry-run")

    _, outcome = imported(ANNA, BO, words=words)

    assert outcome == counts(new=2)
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (";Anna;Åberg;Barn & utbildning;Lärkan;Rektor;2020-01-31;", "Anställningsnummer"),
        ("1;Anna;Åberg;;;Rektor;2020-01-31;", "Enhet"),
        ("1;Anna;Åberg;Barn & utbildning;Lärkan;Rektor;2020-02-31;", "Anställd from"),
        (BO, "Anställningsnummer"),
        ("1;Anna;Åberg", ""),
    ],
)
def test_refused_row_is_named_with_its_column(imported, line, column):
    status, outcome = imported(BO, line)

    assert (status, [(r["row"], r["column"]) for r in outcome["rows"]]) == (1, [(3, column)])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Namn;Enhet\nAnna;X\n", "no column holds the employee number; the file has: Namn, Enhet"),
        (b"Anstnr;Namn\n1;Anna\n", "no column names the unit; the file has: Anstnr, Namn"),
        (b"Anstnr;Enhet;From\n1;X;01/02/2013\n", "reads both as day/month and as month/day"),
        (b"", "the file is empty"),
    ],
)
def test_unreadable_file_is_refused_in_one_sentence_and_changes_nothing(
    tmp_path, capsys, content, says
):
    path = tmp_path / "file.csv"
    path.write_bytes(content)

    status = main(["import", str(path), "--organisation", "north", "--create", "North", "--json"])

    told = capsys.readouterr().err
    assert (status, told.count("\n"), Organisation.objects.exists()) == (2, 1, False)
    assert says in told
    assert "file.csv" in told


def test_unknown_organisation_is_named_with_those_that_exist(imported):
    status, told = imported(ANNA, words=("--organisation", "nowhere"))

    assert (status, "nowhere" in told, "--create" in told) == (2, True, True)


def test_mapping_file_says_what_the_guess_cannot_know(tmp_path, capsys):
    (tmp_path / "file.csv").write_text("A;B;C;D\n1;X;Lärare;01/02/2013\n")
    mapping = {
        "columns": {"number": "A", "title": "C", "from_on": "D"},
        "units": ["B"],
        "dates": "mdy",
    }
    (tmp_path / "mapping.json").write_text(json.dumps(mapping))
    words = ["--organisation", "north", "--create", "North", "--json"]

    status = main(
        ["import", str(tmp_path / "file.csv"), "--mapping", str(tmp_path / "mapping.json"), *words]
    )

    assert (status, json.loads(capsys.readouterr().out)["new"]) == (0, 1)
    assert str(Employment.across_organisations.get().from_on) == "2013-01-02"


def test_real_employers_file_is_read_by_the_guess_alone(capsys):
    path = reference("data/montgomery-2016/employees.csv")
    words = ["--organisation", "county", "--create", "County", "--json"]

    status = main(["import", str(path), *words])
    first = json.loads(capsys.readouterr().out)
    main(["import", str(path), *words])
    second = json.loads(capsys.readouterr().out)

    assert (status, first, second) == (0, counts(new=9228), counts(unchanged=9228))
    with working_for(Organisation.objects.get(code="county")):
        assert Unit.objects.filter(parent__isnull=True).count() == 37
        assert Unit.objects.filter(parent__isnull=False).count() == 733
        assert Employment.objects.filter(from_on__year__gt=2016).count() == 0
        assert HrImport.objects.count() == 2
