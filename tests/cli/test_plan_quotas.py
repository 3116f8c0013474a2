"""``modig plan ... --quota``: how many of a kind each group shall have."""

import csv
import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from modig.cli.plan import main
from modig.cli.plan_options import quota
from modig.planning import Quota

RULES = ["--groups", "4", "--size", "10", "--weights", "role=1"]


@pytest.fixture
def people(tmp_path, monkeypatch):
    """40 people: 16 of department A, 9 of the small company North; commands run in their folder."""
    monkeypatch.chdir(tmp_path)
    rows = [
        [k, "ABC"[(k > 15) + (k > 29)], "North" if k % 9 < 2 else "Main", k % 3] for k in range(40)
    ]
    with Path("people.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "department", "company", "role"], *rows])
    return {str(row[0]): {"department": row[1], "company": row[2]} for row in rows}


def run(*words):
    try:
        return main([str(word) for word in words])
    except SystemExit as stop:
        return stop.code


def count(people, column):
    with Path("g.csv").open(newline="", encoding="utf-8") as file:
        return Counter((row["group"], people[row["id"]][column]) for row in csv.DictReader(file))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("company=North:2-", Quota("company", "North", least=2)),
        ("company=North:-5", Quota("company", "North", most=5)),
        ("company=North:2-5", Quota("company", "North", least=2, most=5)),
        ("department:-40%", Quota("department", most_share=Fraction(2, 5))),
        ("department:-12.5%", Quota("department", most_share=Fraction(1, 8))),
        ("department:1-40%", Quota("department", least=1, most_share=Fraction(2, 5))),
        ("company:0|2-", Quota("company", least=2, or_none=True)),
        ("company=A:B=C:0|2-3", Quota("company", "A:B=C", least=2, most=3, or_none=True)),
        ("company=:-3", Quota("company", "", most=3)),
    ],
)
def test_quota_is_read(text, meant):
    assert quota(text) == meant


def test_groups_keep_every_quota_and_check_agrees(people, capsys):
    asked = ["--quota", "company=North:2-", "--quota", "department:-40%"]

    code = run(
        "groups", "people.csv", *RULES, *asked, "--steps", "20000", "--out", "g.csv", "--json"
    )

    assert code == 0
    assert json.loads(capsys.readouterr().out)["violations"] == {}
    assert min(count(people, "company")[group, "North"] for group in "1234") >= 2
    assert max(count(people, "department").values()) <= 4
    assert run("check", "people.csv", "g.csv", *RULES, *asked) == 0


def test_none_or_at_least_four(people):
    asked = ["--quota", "company=North:0|4-"]

    code = run("groups", "people.csv", *RULES, *asked, "--steps", "20000", "--out", "g.csv")

    assert code == 0
    assert all(count(people, "company")[group, "North"] in {0, 4, 5, 6, 9, 10} for group in "1234")


def test_check_names_what_breaks_a_quota(people, capsys):
    assert run("groups", "people.csv", *RULES, "--steps", "20000", "--out", "g.csv") == 0
    capsys.readouterr()

    code = run("check", "people.csv", "g.csv", *RULES, "--quota", "company=North:-1", "--json")

    answer = json.loads(capsys.readouterr().out)
    assert (code, answer["violations"].keys()) == (1, {"quota"})
    assert "people with company North, asked for at most 1" in answer["errors"][0]


def test_quota_that_cannot_be_is_told_with_what_would_do(people, capsys):
    code = run("groups", "people.csv", *RULES, "--quota", "company=North:3-", "--out", "g.csv")

    assert code == 3
    assert not Path("g.csv").exists()
    assert (
        "10 people have company North, but at least 3 in each of 4 groups take 12: 2 more people,"
        " or at least 2, would be needed"
    ) in capsys.readouterr().err


def test_plan_again_keeps_quotas(people, capsys):
    assert run("groups", "people.csv", *RULES, "--steps", "20000", "--out", "old.csv") == 0
    asked = ["--quota", "company=North:2-", "--quota", "department:-50%"]

    code = run(
        "replan", "people.csv", "old.csv", *RULES, *asked, "--steps", "20000", "--out", "g.csv"
    )

    assert code == 0
    assert run("check", "people.csv", "g.csv", *RULES, *asked) == 0


def test_explain_tells_which_groups_a_quota_closes(people, capsys):
    asked = ["--quota", "company=North:2-3"]
    rules = ["--groups", "4", "--size", "9-11", "--weights", "role=1"]
    assert run("groups", "people.csv", *rules, *asked, "--steps", "20000", "--out", "g.csv") == 0
    there = count(people, "company")
    full = {group for group in "1234" if there[group, "North"] == 3}
    capsys.readouterr()

    code = run("explain", "people.csv", "g.csv", "--of", "0", *rules, *asked, "--json")

    answer = json.loads(capsys.readouterr().out)
    assert code == 0
    closed = {o["group"] for o in answer["alternatives"] if "quota" in o["broken"]}
    assert closed >= full - {answer["group"]}


def test_every_quota_reaches_each_of_many_employers(people, capsys):
    place = Path("in/one")
    place.mkdir(parents=True)
    Path("people.csv").rename(place / "people.csv")
    asked = ["--quota", "company=North:2-", "--quota", "department:-40%"]

    code = run("many", "in", "--out", "out", *RULES, "--steps", "20000", *asked)

    assert code == 0
    (Path("out/one/groups.csv")).rename("g.csv")
    assert min(count(people, "company")[group, "North"] for group in "1234") >= 2
    assert max(count(people, "department").values()) <= 4


LIKE = "is not like department=North:2-5, department:-40% or company:0|2-"
ASKS_NOTHING = "the quota for company of any kind asks for nothing"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("company", f"--quota: 'company' {LIKE}"),
        ("company:2", f"--quota: 'company:2' {LIKE}"),
        ("company:two-", f"--quota: 'company:two-' {LIKE}"),
        ("company:2-%", f"--quota: 'company:2-%' {LIKE}"),
        ("company:-", f"--quota: 'company:-': {ASKS_NOTHING}"),
        ("company:0-", f"--quota: 'company:0-': {ASKS_NOTHING}"),
        ("company:5-2", "at least 5 is more than at most 2"),
        ("company:0|-2", "'or none' needs a least number"),
        ("company:-0%", "a share is above 0 % and at most 100 %"),
        ("company:-140%", "a share is above 0 % and at most 100 %"),
        ("colour:2-", "people.csv, row 1: column 'colour' is missing (found: id, department,"),
        (
            "company=Nort:2-",
            "people.csv, column company: nobody has 'Nort', which --quota names (found: North, Main)",
        ),
    ],
)
@pytest.mark.parametrize("command", ["groups", "check"])
def test_quota_that_makes_no_sense_is_refused_in_one_line(people, capsys, command, text, message):
    Path("g.csv").write_text("id,group\n0,1\n", encoding="utf-8")
    files = ["people.csv", *(["g.csv"] if command == "check" else ["--out", "new.csv"])]

    code = run(command, *files, *RULES, "--quota", text)

    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert message in told.err
    assert told.err.count("\n") == 1


def test_check_of_dates_alone_takes_no_quota(people, capsys):
    Path("g.csv").write_text("id,group\n0,1\n", encoding="utf-8")

    assert run("check", "people.csv", "g.csv", "s.csv", "--quota", "company:2-") == 2
    assert "--quota needs --groups, --size and --weights" in capsys.readouterr().err


def test_help_shows_how_a_quota_is_written(capsys):
    assert run("groups", "--help") == 0
    assert "-40% of the group" in " ".join(capsys.readouterr().out.split())
