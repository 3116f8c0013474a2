"""Options of `modig plan check` for rules that differ by unit or block."""

import json

import pytest

from modig.cli.plan import main

PEOPLE = "id,team,unit\n1,a,U\n2,a,U\n3,b,U\n4,b,V\n"
STAFF = "id,unit\n" + "".join(f"{k},{'U' if k < 40 else 'V'}\n" for k in range(1, 61))
SCHEDULE = """group,block,date,venue,facilitator
x,1,2027-01-11,R,F
x,2,2027-02-15,R,F
x,2,2027-02-16,R,F
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "staff.csv").write_text(STAFF)
    (tmp_path / "groups.csv").write_text("id,group\n1,x\n2,x\n3,x\n4,x\n")
    (tmp_path / "schedule.csv").write_text(SCHEDULE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*more):
    words = "check people.csv groups.csv schedule.csv --keep-together team --cap 0.1 --unit unit"
    words += " --staff staff.csv --blocks 2 --from 2027-01-11 --weeks 10 --gap 4-6 --rooms 1"
    return main([*words.split(), "--facilitators", "1", *more, "--json"])


def test_unit_with_a_cap_of_its_own_is_held_to_it(folder, capsys):
    (folder / "unit_caps.csv").write_text("unit,cap\nU,0.05\n")

    code = check("--length", "1,2", "--unit-caps", "unit_caps.csv")

    assert code == 1
    assert json.loads(capsys.readouterr().out)["violations"] == {"unit_over_cap": 3}


def test_every_block_has_the_length_that_is_named(folder, capsys):
    assert check("--length", "1,2") == 0
    assert check("--length", "2") == 1


@pytest.mark.parametrize(
    ("caps", "told"),
    [
        ("unit,cap\nU,5\n", "column cap"),
        ("unit,cap\nU,0.1\nU,0.2\n", "there already"),
        ("unit\nU\n", "'cap' is missing"),
    ],
)
def test_caps_that_make_no_sense_are_refused_in_one_line(folder, capsys, caps, told):
    (folder / "unit_caps.csv").write_text(caps)

    assert check("--unit-caps", "unit_caps.csv") == 2
    assert told in capsys.readouterr().err


def test_lengths_must_be_as_many_as_blocks(folder, capsys):
    assert check("--length", "1,2,1") == 2
    assert "--blocks is 2" in capsys.readouterr().err


def test_groups_change_places_so_that_more_can_meet_on_one_day(modig_plan, tmp_path, theirs):
    people = [f"{d}{u}{k},{d},{d}{u}" for d in range(4) for u in range(6) for k in range(4)]
    (tmp_path / "people.csv").write_text("\n".join(["id,department,unit", *people]) + "\n")
    rules = ["--groups", 8, "--size", "12-12", "--weights", "department=1", "--cap", "0.25"]
    words = ["groups", "people.csv", *rules, "--steps", 20_000, "--json"]

    _, plain, _ = modig_plan(*words, "--out", "plain.csv")
    status, eased, told = modig_plan(*words, "--ease-calendar", "--out", "eased.csv")

    before, after = json.loads(plain), json.loads(eased)
    assert (status, after["clashing_pairs_before"], after["clashing_pairs"]) == (0, 28, 12)
    assert (after["value"], after["share"]) == (before["value"], before["share"])
    assert "cannot meet on one day: 12, before 28" in told
    judged = theirs("groups", "people.csv", "eased.csv", *rules)
    assert (judged["ok"], judged["value"]) == (True, after["value"])


def test_easing_the_calendar_needs_a_cap(modig_plan, tmp_path):
    (tmp_path / "people.csv").write_text("id,kind\n1,a\n2,b\n")
    rules = ["--groups", 2, "--size", "1-1", "--weights", "kind=1", "--ease-calendar"]

    status, _, told = modig_plan("groups", "people.csv", *rules, "--out", "g.csv")

    assert (status, told.count("\n")) == (2, 1)
    assert "--cap" in told
