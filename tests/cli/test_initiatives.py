import csv
import json

import pytest

from apps.initiatives.factories import make_goal, make_initiative
from apps.people.factories import make_person, make_unit
from modig.apps.initiatives.models import Initiative, Stage
from modig.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(organisation):
    made = make_initiative(
        "=En dörr in",
        why='Rad ett\nrad två; med "tecken"',
        unit=make_unit("Mottagningen", code="Omsorg/Mottagningen"),
        goals=[make_goal(code="G2"), make_goal(code="G10")],
        orientations=["results"],
        code="MV-001",
    )
    made.partner_units.add(make_unit("Växeln", code="V & S"), make_unit("Posten"))
    return made


@pytest.fixture
def command(capsys):
    """Run the command; its exit status and what was printed."""

    def run(*words):
        status = main(["initiatives", *map(str, words), "--organisation", "north", "--json"])
        printed = capsys.readouterr()
        return status, json.loads(printed.out) if printed.out else printed.err

    return run


@pytest.fixture
def file(tmp_path, command):
    """The exported file, with cells changed: ``file(**{"MV-001": {"title": "Ny"}})``."""

    def make(new=(), without=(), **changes):
        path = tmp_path / "initiatives.csv"
        command("export", path)
        with path.open(encoding="utf-8", newline="") as source:
            rows = [row for row in csv.DictReader(source) if row["code"] not in without]
        for row in rows:
            row.update(changes.get(row["code"], {}))
        with path.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, fieldnames=list(rows[0]), delimiter=";")
            writer.writeheader()
            writer.writerows([*rows, *new])
        return path

    return make


def counts(new=0, changed=0, gone=0, refused=0, unchanged=0, rows=()):
    return {
        "new": new, "changed": changed, "gone": gone, "refused": refused,
        "unchanged": unchanged, "rows": list(rows),
    }  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_exported_file_changes_nothing(door, command, tmp_path, ending):
    path = tmp_path / f"initiatives.{ending}"
    make_initiative("Tidigare is", code="MV-002")

    exported = command("export", path)

    assert exported == (0, {"rows": 2})
    assert command("import", path) == (0, counts(unchanged=2))


def test_changed_file_changes_once(door, command, file):
    path = file(**{"MV-001": {"title": "Två dörrar in", "goals": "G2", "stage": "started"}})

    first, second = command("import", path), command("import", path)

    door.refresh_from_db()
    assert (first, second) == ((0, counts(changed=1)), (0, counts(unchanged=1)))
    assert (door.title, door.stage) == ("Två dörrar in", Stage.STARTED)
    assert [goal.code for goal in door.goals.all()] == ["G2"]


def test_dry_run_changes_nothing(door, command, file):
    path = file(**{"MV-001": {"title": "Två dörrar in"}})

    answer = command("import", path, "--dry-run")

    door.refresh_from_db()
    assert answer == (0, counts(changed=1))
    assert door.title == "=En dörr in"


def test_new_code_is_a_new_initiative(door, command, file):
    row = {"code": "MV-009", "title": "Ny", "why": "Kön", "owner": door.owner.number}
    path = file(new=[{**row, "unit": door.unit.code, "kind": "law"}])

    first, second = command("import", path), command("import", path)

    assert (first, second) == ((0, counts(new=1, unchanged=1)), (0, counts(unchanged=2)))
    assert Initiative.objects.get(code="MV-009").kind == "law"


def test_initiative_that_the_file_leaves_out_stays(door, command, file):
    make_initiative("Tidigare is", code="MV-002")

    answer = command("import", file(without=["MV-002"]))

    assert answer == (0, counts(gone=1, unchanged=1))
    assert Initiative.objects.filter(code="MV-002").exists()


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"stage": "embedded"}, "stage"),
        ({"stage": "stopped"}, "stage"),
        ({"stage": "flying"}, "stage"),
        ({"owner": "nobody"}, "owner"),
        ({"owner": ""}, "owner"),
        ({"goals": "G2 | G99"}, "goals"),
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "Ny", "version": "7"}, "version"),
        ({"code": ""}, "code"),
    ],
)
def test_row_that_cannot_be_is_refused_whole_with_a_reason(door, command, file, cells, column):
    path = file(**{"MV-001": {"learning": "Något", **cells} if column != "stage" else cells})

    status, outcome = command("import", path)

    door.refresh_from_db()
    assert (status, outcome["refused"], outcome["changed"]) == (1, 1, 0)
    assert [(row["row"], row["column"]) for row in outcome["rows"]] == [(2, column)]
    assert outcome["rows"][0]["reason"]
    assert (door.learning, door.stage) == ("", "idea")


def test_other_rows_go_through_beside_a_refused_one(door, command, file):
    rink = make_initiative("Tidigare is", code="MV-002", owner=make_person("Bo Öst"))
    path = file(**{"MV-001": {"stage": "embedded"}, "MV-002": {"title": "Senare is"}})

    status, outcome = command("import", path)

    rink.refresh_from_db()
    assert (status, outcome["changed"], outcome["refused"]) == (1, 1, 1)
    assert rink.title == "Senare is"


def test_one_code_twice_is_refused_the_second_time(door, command, file):
    path = file(new=[{"code": "MV-001", "title": "Igen"}])

    status, outcome = command("import", path)

    assert (status, outcome["unchanged"], outcome["refused"]) == (1, 1, 1)


@pytest.mark.parametrize("content", ["", "name;age\na;1\n", "code\nMV-001\n"])
def test_file_that_holds_no_initiatives_is_told_in_a_sentence(door, command, tmp_path, content):
    path = tmp_path / "other.csv"
    path.write_text(content, encoding="utf-8")

    status, said = command("import", path)

    assert status == 2
    assert "other.csv" in said
    assert len(said.splitlines()) == 1


def test_missing_file_organisation_or_ending_is_told(organisation, command, tmp_path, capsys):
    assert command("import", tmp_path / "none.csv")[0] == 2
    assert command("export", tmp_path / "out.pdf")[0] == 2
    assert main(["initiatives", "export", "x.csv", "--organisation", "nowhere"]) == 2
