"""``modig plan replan`` and ``explain``, with the reference beside."""

import csv
import json
import random
from pathlib import Path

import pytest

GROUPS = ["--size", "8-12", "--weights", "unit=2,role=1", "--cap", "0.4"]
DATES = ["--blocks", "2", "--from", "2027-01-11", "--weeks", "16", "--gap", "2-6"]
DATES += ["--rooms", "2", "--facilitators", "2"]
STEPS = ["--steps", "30000"]


def write(path, header, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header.split(","), *rows])


def read(path):
    with Path(path).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def here(tmp_path, modig_plan):
    """60 people in 6 groups with dates; then three leave and four come."""
    chance = random.Random(4)
    rows = [[f"p{k:02}", f"u{k % 5}", chance.choice("xyz")] for k in range(60)]
    write(tmp_path / "people.csv", "id,unit,role", rows)
    new = [[f"n{k}", f"u{k}", "x"] for k in range(4)]
    write(tmp_path / "new.csv", "id,unit,role", [*rows[3:], *new])
    rules = ["--groups", "6", *GROUPS, *STEPS]
    assert modig_plan("groups", "people.csv", *rules, "--out", "g.csv")[0] == 0
    made = modig_plan(
        "schedule", "people.csv", "g.csv", *DATES, "--cap", "0.4", *STEPS, "--out", "s.csv"
    )
    assert made[0] == 0
    return tmp_path


def test_nobody_moves_without_need(here, modig_plan, theirs):
    status, out, err = modig_plan(
        "replan", "new.csv", "g.csv", "s.csv", *GROUPS, *DATES, *STEPS,
        "--out", "g2.csv", "--out-schedule", "s2.csv", "--json",
    )  # fmt: skip

    answer = json.loads(out)
    assert (status, answer["status"], answer["violations"]) == (0, "ok", {}), err
    assert answer["moved"] == 0
    changed = theirs(
        "replan", "g.csv", "g2.csv", "--old-schedule", "s.csv", "--new-schedule", "s2.csv"
    )
    assert (changed["moved"], changed["joined"], changed["left"]) == (0, 4, 3)
    assert changed["meetings"] == answer["meetings"]
    cap = ["--cap", "0.4"]
    assert theirs("schedule", "new.csv", "g2.csv", "s2.csv", *DATES, *cap)["ok"]
    checked = theirs("groups", "new.csv", "g2.csv", "--groups", 6, *GROUPS)
    assert checked["ok"]
    assert answer["value"] == pytest.approx(checked["value"])


def test_whoever_must_move_is_told_why(here, modig_plan):
    group = {row["id"]: row["group"] for row in read("g.csv")}
    to = next(name for name in group.values() if name != group["p10"])
    write(here / "locks.csv", "id,group", [["p10", to]])

    status, out, _ = modig_plan(
        "replan",
        "new.csv",
        "g.csv",
        *GROUPS,
        *STEPS,
        "--locks",
        "locks.csv",
        "--out",
        "g2.csv",
        "--json",
    )

    answer = json.loads(out)
    mine = next(move for move in answer["moves"] if move["team"] == "p10")
    assert status == 0
    assert (mine["from"], mine["to"], mine["why"][0]) == (group["p10"], to, "lock")
    assert answer["moved"] <= 2


def test_fewer_groups_empty_one_and_keep_the_others(here, modig_plan):
    status, out, _ = modig_plan(
        "replan", "new.csv", "g.csv", "--groups", "5", "--size", "8-14", *GROUPS[2:], *STEPS,
        "--out", "g2.csv", "--json",
    )  # fmt: skip

    group = {row["id"]: row["group"] for row in read("g.csv")}
    gone = set(group.values()) - {row["group"] for row in read("g2.csv")}
    answer = json.loads(out)
    assert (status, len(gone)) == (0, 1)
    assert answer["moved"] == sum(group[k] in gone for k in list(group)[3:])
    assert {tuple(move["why"]) for move in answer["moves"]} == {("group_is_gone",)}


def test_lost_room_moves_meetings_but_no_people(here, modig_plan, theirs):
    words = [*DATES]
    words[words.index("--rooms") + 1] = "1"

    status, out, err = modig_plan(
        "replan", "people.csv", "g.csv", "s.csv", *GROUPS, *words, *STEPS,
        "--out", "g2.csv", "--out-schedule", "s2.csv", "--json",
    )  # fmt: skip

    assert (status, json.loads(out)["moved"]) == (0, 0), err
    assert len({row["venue"] for row in read("s2.csv")}) == 1
    assert theirs("schedule", "people.csv", "g2.csv", "s2.csv", *words, "--cap", "0.4")["ok"]


def test_same_steps_give_the_same_bytes(here, modig_plan):
    for name in "ab":
        modig_plan(
            "replan", "new.csv", "g.csv", "s.csv", *GROUPS, *DATES, *STEPS, "--out", f"{name}.csv",
            "--out-schedule", f"{name}s.csv",
        )  # fmt: skip

    assert (here / "a.csv").read_bytes() == (here / "b.csv").read_bytes()
    assert (here / "as.csv").read_bytes() == (here / "bs.csv").read_bytes()


def test_impossible_replan_writes_nothing(here, modig_plan):
    status, out, _ = modig_plan(
        "replan",
        "new.csv",
        "g.csv",
        "--size",
        "8-9",
        *GROUPS[2:],
        *STEPS,
        "--out",
        "g2.csv",
        "--json",
    )

    assert (status, json.loads(out)["status"], json.loads(out)["moved"]) == (
        3,
        "not_possible",
        None,
    )
    assert not (here / "g2.csv").exists()


BAD = [
    (["replan", "new.csv", "g.csv", "--out", "x.csv"], "plan replan: --size and --weights are needed"),
    (["replan", "new.csv", "g.csv", "s.csv", *GROUPS, "--out", "x.csv"],
     "plan replan: schedule.csv and --out-schedule go together"),
    (["replan", "new.csv", "g.csv", "s.csv", *GROUPS, "--out", "x.csv", "--out-schedule", "y.csv"],
     "plan replan: --blocks is needed with a schedule"),
    (["replan", "new.csv", "bad.csv", *GROUPS, "--out", "x.csv"], "bad.csv, row 3, column id: 'p1'"),
    (["explain", "new.csv", "g.csv", "--of", "p50"], "row 2, column id: 'p00' is not in new.csv"),
    (["explain", "people.csv", "g.csv", "--of", "p99"], "--of: 'p99' is no id in people.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "message"), BAD)
def test_bad_input_is_refused_in_one_line(here, modig_plan, words, message):
    write(here / "bad.csv", "id,group", [["p1", "1"], ["p1", "2"]])

    status, out, err = modig_plan(*words)

    assert (status, out, err.count("\n")) == (2, "", 1)
    assert message in err
    assert not (here / "x.csv").exists()


def test_explanation_names_the_next_best_place(here, modig_plan):
    status, out, err = modig_plan(
        "explain", "people.csv", "g.csv", "--of", "p07", "--weights", "unit=2,role=1", "--json"
    )

    answer = json.loads(out)
    group = {row["id"]: row["group"] for row in read("g.csv")}
    assert status == 0
    assert answer["group"] == group["p07"]
    assert len(answer["alternatives"]) == 5
    assert set(answer["wishes"]) == {"unit", "role"}
    assert f"p07 is in group {group['p07']}" in err


@pytest.mark.parametrize("days", ["2", "3", "2,3"])
def test_meetings_of_several_days_stay_where_nothing_changed(here, modig_plan, theirs, days):
    words = [*DATES, "--cap", "0.4", "--length", days, *STEPS]
    assert modig_plan("schedule", "people.csv", "g.csv", *words, "--out", "s.csv")[0] == 0

    status, out, err = modig_plan(
        "replan", "people.csv", "g.csv", "s.csv", *GROUPS, *DATES, *STEPS, "--length", days,
        "--out", "g2.csv", "--out-schedule", "s2.csv", "--json",
    )  # fmt: skip

    assert (status, json.loads(out)["moved"]) == (0, 0), err
    assert json.loads(out)["meetings"] == {
        "in_both": 12, "added": 0, "removed": 0,
        "date_changed": 0, "venue_changed": 0, "facilitator_changed": 0,
    }  # fmt: skip
    assert sorted(map(str, read("s2.csv"))) == sorted(map(str, read("s.csv")))


def test_block_whose_days_have_different_venues_is_no_earlier_plan(here, modig_plan):
    rows = [["1", 1, "2027-01-11", "A", "F"], ["1", 1, "2027-01-12", "B", "F"]]
    write(here / "s.csv", "group,block,date,venue,facilitator", rows)

    status, out, err = modig_plan(
        "replan", "people.csv", "g.csv", "s.csv", *GROUPS, *DATES, *STEPS, "--length", "2",
        "--out", "g2.csv", "--out-schedule", "s2.csv",
    )  # fmt: skip

    assert (status, out) == (2, "")
    assert err == (
        "s.csv, row 3, column venue: group 1 block 1 has 'A' on 2027-01-11;"
        " all days of a block have the same venue\n"
    )
    assert not (here / "g2.csv").exists()


def test_explanation_shows_what_may_be_had_before_what_is_not_allowed(tmp_path, modig_plan):
    rows = [[f"p{k}", f"t{k // 3}", f"u{k // 3}", "xy"[k % 2]] for k in range(12)]
    write(tmp_path / "people.csv", "id,team,unit,role", rows)
    write(tmp_path / "g.csv", "id,group", [[f"p{k}", "AB"[k // 6]] for k in range(12)])
    rules = ["--keep-together", "team", "--size", "6-6", "--weights", "unit=2,role=1"]

    status, out, err = modig_plan("explain", "people.csv", "g.csv", "--of", "t0", *rules, "--json")

    answer, told = json.loads(out), err.splitlines()
    assert status == 0
    assert answer["next_best"] == {
        "group": "B", "exchanged": "t2", "value": 0.0, "same": {"unit": 0, "role": 0}
    }  # fmt: skip
    assert set(answer["prices"]) == {"unit", "role"}
    best = "  next best place that keeps every rule: group B in exchange for t2, +0 in value"
    assert told.index(best) < next(
        k for k, line in enumerate(told) if "not allowed: group B" in line
    )
    assert told[-1].endswith("in value, breaks size")
    assert "  the wish for role costs nothing here" in told
