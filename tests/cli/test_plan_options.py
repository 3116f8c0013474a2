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
