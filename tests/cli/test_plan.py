"""``modig plan`` as scripts see it: files, exit codes, one JSON object, one line for bad input."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

GROUPS = ["--groups", "4", "--size", "8-12", "--weights", "department=2,role=1"]
QUICK = ["--steps", "20000", "--seed", "3"]
DATES = ["--blocks", "2", "--from", "2027-01-11", "--weeks", "12", "--gap", "2-5"]
DATES += ["--rooms", "2", "--facilitators", "3", "--cap", "0.5", "--unit", "department,division"]
DATES += ["--staff", "all.csv"]


def write(path, header, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header.split(","), *rows])
    return str(path)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with 40 people in 10 teams; commands run in it."""
    monkeypatch.chdir(tmp_path)
    chance = random.Random(1)
    rows = [
        [f"p{k:02}", "Å" if k < 20 else "B", f"d{k // 8}", chance.choice("xyz"), f"t{k // 4}"]
        for k in range(40)
    ]
    write(tmp_path / "people.csv", "id,department,division,role,team", rows)
    staff = [[f"s{k}", *rows[k % 40][1:3]] for k in range(200)] + [r[:3] for r in rows]
    write(tmp_path / "all.csv", "id,department,division", staff)
    return tmp_path


@pytest.fixture
def modig_plan(here, modig_plan):
    """The command, in a folder that holds the files of ``here``."""
    return modig_plan


def read(path):
    with Path(path).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("teams", "told"), [([], " at these sizes: share"), (["--keep-together", "team"], ": share")]
)
def test_bound_without_teams_is_said_to_be_that_of_the_sizes(here, modig_plan, teams, told):
    _, out, err = modig_plan(
        "groups", "people.csv", *GROUPS, *QUICK, *teams, "--out", "g.csv", "--json"
    )

    assert f" of at most {json.loads(out)['bound']:g}{told}" in err


def test_checking_tells_the_excess_as_making_does(here, modig_plan):
    _, _, made = modig_plan("groups", "people.csv", *GROUPS, *QUICK, "--out", "g.csv")
    _, _, checked = modig_plan("check", "people.csv", "g.csv", *GROUPS)

    told = next(line for line in made.splitlines() if line.startswith("excess: "))
    assert told in checked.splitlines()


def test_groups_are_written_and_the_answer_printed(here, modig_plan):
    status, out, err = modig_plan(
        "groups",
        "people.csv",
        *GROUPS,
        *QUICK,
        "--keep-together",
        "team",
        "--out",
        "g.csv",
        "--json",
    )

    answer = json.loads(out)
    assert status == 0
    assert set(answer) >= {
        "status", "value", "bound", "share", "excess", "violations", "moved", "reasons", "seed",
        "steps", "cpu_seconds",
    }  # fmt: skip
    assert (answer["status"], answer["violations"], answer["seed"]) == ("ok", {}, 3)
    assert 0 < answer["share"] <= 1
    assert [row["id"] for row in read("g.csv")] == [f"p{k:02}" for k in range(40)]
    assert {row["group"] for row in read("g.csv")} == {"1", "2", "3", "4"}
    assert "every rule kept" in err
    assert [p.name for p in here.iterdir() if p.name.startswith(".")] == []


def test_check_says_what_the_maker_said(modig_plan):
    words = [*GROUPS, "--keep-together", "team", "--cap", "0.2", "--unit", "department,division"]
    words += ["--staff", "all.csv"]
    _, made, _ = modig_plan("groups", "people.csv", *words, *QUICK, "--out", "g.csv", "--json")

    status, checked, _ = modig_plan("check", "people.csv", "g.csv", *words, *QUICK, "--json")

    figures = ("status", "value", "bound", "share", "excess", "violations", "raised_caps", "sizes")
    assert status == 0
    assert [json.loads(made)[f] for f in figures] == [json.loads(checked)[f] for f in figures]


def test_whole_way_to_a_checked_schedule(modig_plan):
    rules = ["--keep-together", "team", "--country", "SE", "--closed", "2027-W08..2027-W09"]
    modig_plan("groups", "people.csv", *GROUPS, *QUICK, "--keep-together", "team", "--out", "g.csv")
    status, out, err = modig_plan(
        "schedule", "people.csv", "g.csv", *DATES, *rules, *QUICK, "--length", "2", "--out", "s.csv",
        "--json",
    )  # fmt: skip
    checked, told, _ = modig_plan(
        "check", "people.csv", "g.csv", "s.csv", *GROUPS, *DATES, *rules, "--length", "2", "--json"
    )

    assert (status, json.loads(out)["status"]) == (0, "ok"), err
    assert len(read("s.csv")) == 4 * 2 * 2
    assert list(read("s.csv")[0]) == ["group", "block", "date", "venue", "facilitator"]
    assert (checked, json.loads(told)["violations"]) == (0, {})


def test_same_seed_and_steps_give_the_same_bytes(here, modig_plan):
    for name in ("a", "b"):
        modig_plan(
            "groups", "people.csv", *GROUPS, *QUICK, "--workers", "2", "--out", f"{name}.csv"
        )
        modig_plan("schedule", "people.csv", f"{name}.csv", *DATES, *QUICK, "--out", f"{name}s.csv")

    assert (here / "a.csv").read_bytes() == (here / "b.csv").read_bytes()
    assert (here / "as.csv").read_bytes() == (here / "bs.csv").read_bytes()


def test_broken_plan_fails_the_check_with_the_rule_named(here, modig_plan):
    write(here / "g.csv", "id,group", [[f"p{k:02}", "A" if k < 30 else "B"] for k in range(40)])

    status, out, err = modig_plan(
        "check", "people.csv", "g.csv", *GROUPS, "--keep-together", "team", "--json"
    )

    assert status == 1
    assert json.loads(out)["violations"] == {"groups": 1, "size": 1, "team_split": 1}
    assert json.loads(out)["status"] != "ok"
    assert "team_split: 1, first: t7 is in groups A, B" in err


def test_impossible_is_said_with_its_reason_and_nothing_is_written(here, modig_plan):
    status, out, err = modig_plan(
        "groups", "people.csv", "--groups", "2", "--size", "5-9", "--weights", "role=1",
        "--out", "g.csv", "--json",
    )  # fmt: skip

    assert status == 3
    assert json.loads(out)["status"] == "not_possible"
    assert json.loads(out)["value"] is None
    assert "40 people do not fit into 2 groups of at most 9 = 18" in json.loads(out)["reasons"][0]
    assert not (here / "g.csv").exists()
    assert "not possible" in err


def test_impossible_schedule_writes_nothing(here, modig_plan):
    modig_plan("groups", "people.csv", *GROUPS, *QUICK, "--out", "g.csv")

    status, out, _ = modig_plan(
        "schedule", "people.csv", "g.csv", *DATES, "--days", "mon", "--weeks", "3", "--rooms", "1",
        *QUICK, "--out", "s.csv", "--json",
    )  # fmt: skip

    assert status == 3
    assert "1 room x at most 3 days = 3 < 8 meeting days" in json.loads(out)["reasons"][0]
    assert not (here / "s.csv").exists()


def test_locks_and_keep_apart_are_kept(here, modig_plan):
    locks = write(
        here / "locks.csv", "id,group", [["p00", "North"], ["p05", "2"], ["p39", "North"]]
    )
    apart = write(here / "apart.csv", "team_a,team_b", [["t2", "t3"], ["t4", "t1"]])
    words = [*GROUPS, "--keep-together", "team", "--locks", locks, "--keep-apart", apart]

    status, _, _ = modig_plan("groups", "people.csv", *words, *QUICK, "--out", "g.csv")

    group = {row["id"]: row["group"] for row in read("g.csv")}
    assert status == 0
    assert [group["p00"], group["p05"], group["p39"]] == ["North", "2", "North"]
    assert group["p08"] != group["p12"]
    assert modig_plan("check", "people.csv", "g.csv", *words)[0] == 0


def test_history_with_absent_people_is_ignored_and_counted(here, modig_plan):
    history = write(here / "met.csv", "a,b", [["p00", "p10"], ["p00", "ghost"], ["x", "y"]])

    status, out, _ = modig_plan(
        "groups", "people.csv", *GROUPS, *QUICK, "--history", history, "--out", "g.csv", "--json"
    )

    assert status == 0
    assert json.loads(out)["history_ignored"] == 2
    assert json.loads(out)["repeats"] == 0


def test_unavailable_days_holidays_and_locked_days_are_kept(here, modig_plan):
    modig_plan("groups", "people.csv", *GROUPS, *QUICK, "--out", "g.csv")
    (here / "days.txt").write_text("2027-01-11\n\n2027-01-12\n")
    away = write(here / "away.csv", "id,date", [["p00", f"2027-01-{d}"] for d in range(13, 30)])
    lock = write(here / "lock.csv", "group,block,date", [["2", "1", "2027-01-14"]])
    words = [*DATES, "--unavailable", away, "--holidays", "days.txt", "--lock-days", lock]
    words[words.index("0.5")] = "1"

    status, _, err = modig_plan("schedule", "people.csv", "g.csv", *words, *QUICK, "--out", "s.csv")

    assert status == 0, err
    assert min(row["date"] for row in read("s.csv")) >= "2027-01-13"
    assert ("2", "1", "2027-01-14") in {(r["group"], r["block"], r["date"]) for r in read("s.csv")}
    assert modig_plan("check", "people.csv", "g.csv", "s.csv", *words)[0] == 0


BAD_FILES = {
    "id,department\np1,Å\n": "people.csv, row 1: column 'role' is missing (found: id, department)",
    "id,department,role,role\np1,Å,x,y\n": "people.csv, row 1: column 'role' is there more than once"
    " (found: id, department, role, role)",
    "id,department,role\np1,Å,x\np1,Å,y\n": "people.csv, row 3, column id: 'p1' is there already",
    "id,department,role\np1,Å,x\n ,Å,y\n": "people.csv, row 3, column id: blank",
    "id,department,role\np1,Å\n": "people.csv, row 2: 2 cells, the header has 3",
    "id,department,role\n": "people.csv, row 2: no rows below the header",
    "": "people.csv, row 1: the file is empty, or its first row is",
    'id,department,role\np1,"Å,x\n': "people.csv, line 2: unexpected end of data",
    b"id,department,role\np1,\xc5,x\n": "people.csv: not UTF-8 text (byte 22)",
}


@pytest.mark.parametrize("content", BAD_FILES)
def test_bad_people_file_is_refused_in_one_line(here, modig_plan, content):
    raw = content if isinstance(content, bytes) else content.encode()
    (here / "people.csv").write_bytes(raw)

    status, out, err = modig_plan("groups", "people.csv", *GROUPS, "--out", "g.csv", "--json")

    assert (status, out, err) == (2, "", BAD_FILES[content] + "\n")
    assert not (here / "g.csv").exists()


BAD_SIDE_FILES = [
    ("--locks", "id,group\np00,1\nnobody,1\n", "row 3, column id: 'nobody' is not in people.csv"),
    ("--locks", "id,group\np00,\n", "row 2, column group: blank"),
    ("--keep-apart", "a,b\np00,p00\n", "row 2, column b: 'p00' is paired with itself"),
    ("--keep-apart", "a,b\np00,p99\n", "row 2, column b: 'p99' is not in people.csv"),
    ("--keep-apart", "x,y\np00,p99\n", "row 1: column 'a' is missing (found: x, y)"),
    ("--history", "a,b\np00,\n", "row 2, column b: blank"),
]


@pytest.mark.parametrize(("option", "content", "message"), BAD_SIDE_FILES)
def test_bad_side_file_is_refused_in_one_line(here, modig_plan, option, content, message):
    (here / "side.csv").write_text(content)

    status, out, err = modig_plan(
        "groups", "people.csv", *GROUPS, option, "side.csv", "--out", "g.csv", "--json"
    )

    assert (status, out, err) == (2, "", f"side.csv, {message}\n")


BAD_OPTIONS = [
    (["--size", "12-8"], "--size: '12-8' is not like 23-25"),
    (["--size", "0-8"], "--size: '0-8': a group has at least one person"),
    (["--groups", "0"], "--groups: '0' is not a whole number above 0"),
    (["--weights", "role"], "--weights: 'role' is not like unit=2,administration=3"),
    (["--cap", "2"], "--cap: '2' is not a share from 0 to 1, like 0.10"),
    (["--seconds", "0"], "--seconds: '0' is not a number of seconds above 0"),
    (["--seconds", "1", "--steps", "5"], "--steps: not allowed with argument --seconds"),
    (["--seed", "-1"], "--seed: '-1' is not a whole number"),
    (["--unknown"], "unrecognized arguments: --unknown"),
    (["--locks", "none.csv"], "none.csv: cannot be read (No such file or directory)"),
    (["--out", "nowhere/g.csv"], "--out: nowhere/g.csv is a folder, or its folder does not exist"),
    (["--cap", "0.1"], "people.csv, row 1: column 'unit' is missing"),
]


@pytest.mark.parametrize(("words", "message"), BAD_OPTIONS)
def test_bad_option_is_refused_in_one_line(modig_plan, words, message):
    status, out, err = modig_plan("groups", "people.csv", *GROUPS, "--out", "g.csv", *words)

    assert (status, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


BAD_DATE_OPTIONS = [
    (["--closed", "2027-W33..2027-W30"], "ends before it starts"),
    (["--closed", "2027-30"], "'2027-30' is not like 2027-W26 or 2027-W26..2027-W32"),
    (["--days", "fri-mon"], "'fri-mon' is not like mon-fri or mon,wed"),
    (["--from", "11/01/2027"], "'11/01/2027' is not a date like 2027-01-11"),
    (["--country", "QQ"], "--country: 'QQ' is not a country whose holidays are known"),
    (["--from", "9999-12-20"], "--weeks: the calendar ends before that"),
    (["--unavailable", "side.csv"], "side.csv, row 2, column date: '2027-02-30' is not a date"),
    (["--lock-days", "lock.csv"], "lock.csv, row 2, column block: 3 is not one of the blocks 1-2"),
    (["--holidays", "days.txt"], "days.txt, row 2, column 1: 'x' is not a date like 2027-01-11"),
    (["--staff", "few.csv"], "column department,division: nobody in few.csv has the unit 'Å/d0'"),
]


@pytest.mark.parametrize(("words", "message"), BAD_DATE_OPTIONS)
def test_bad_input_about_dates_is_refused_in_one_line(here, modig_plan, words, message):
    write(here / "g.csv", "id,group", [[f"p{k:02}", k // 10] for k in range(40)])
    (here / "side.csv").write_text("id,date\np00,2027-02-30\n")
    (here / "lock.csv").write_text("group,block,date\n1,3,2027-02-01\n")
    (here / "days.txt").write_text("2027-01-11\nx\n")
    (here / "few.csv").write_text("id,department,division\np00,B,d4\n")

    status, out, err = modig_plan(
        "schedule", "people.csv", "g.csv", *DATES, *words, "--out", "s.csv", "--json"
    )

    assert (status, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_schedule_wants_a_group_for_everybody(here, modig_plan):
    write(here / "g.csv", "id,group", [[f"p{k:02}", k // 10] for k in range(39)])

    status, _, err = modig_plan("schedule", "people.csv", "g.csv", *DATES, "--out", "s.csv")

    assert (status, err) == (2, "people.csv, row 41, column id: 'p39' has no group in g.csv\n")


def test_check_wants_the_options_of_what_it_checks(here, modig_plan):
    write(here / "g.csv", "id,group", [[f"p{k:02}", k // 10] for k in range(40)])
    write(
        here / "s.csv", "group,block,date,venue,facilitator", [["1", "1", "2027-01-11", "a", "b"]]
    )

    assert modig_plan("check", "people.csv", "g.csv")[0] == 2
    assert modig_plan("check", "people.csv", "g.csv", "s.csv")[0] == 2
    status, _, err = modig_plan("check", "people.csv", "g.csv", "s.csv", "--blocks", "2")
    assert (status, err) == (2, "plan check: --cap is needed with a schedule\n")
    assert modig_plan("check", "people.csv", "g.csv", "s.csv", *DATES)[0] == 1


def interrupted(here, *words, after=2.5):
    process = subprocess.Popen(
        [sys.executable, "-m", "modig.cli.plan", *words],
        cwd=here,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ},
    )
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return process.returncode, json.loads(out), err


def test_interrupted_search_writes_the_best_so_far(here):
    status, answer, err = interrupted(
        here, "groups", "people.csv", *GROUPS, "--seconds", "60", "--keep-together", "team",
        "--out", "g.csv", "--json",
    )  # fmt: skip

    assert (status, answer["status"]) == (0, "stopped"), err
    assert len(read(here / "g.csv")) == 40
    assert answer["cpu_seconds"] < 50


def test_interrupted_search_that_breaks_a_rule_says_so(here):
    """Five teams in a ring that must be kept apart do not fit into two groups, nor are they few."""
    rows = [[f"p{k:03}", "u", f"t{k}"] for k in range(61)]
    write(here / "people.csv", "id,department,team", rows)
    write(here / "ring.csv", "a,b", [[rows[k][0], rows[(k + 1) % 61][0]] for k in range(61)])

    status, answer, err = interrupted(
        here, "groups", "people.csv", "--groups", "2", "--size", "1-60", "--weights", "department=1",
        "--keep-apart", "ring.csv", "--seconds", "60", "--out", "g.csv", "--json",
    )  # fmt: skip

    assert (status, answer["status"]) == (3, "stopped"), err
    assert answer["violations"]["keep_apart"] > 0
    assert len(read(here / "g.csv")) == 61


def test_plan_is_a_group_of_the_command_modig(here):
    done = subprocess.run(
        [sys.executable, "-m", "modig.cli", "plan", "groups", "people.csv", *GROUPS, *QUICK,
         "--out", "g.csv", "--json"],
        capture_output=True, text=True, check=False, cwd=here,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "ok"
