"""`modig plan schedule` with files of venues and facilitators, their days off and the ways between."""

import csv
import json

import pytest

PEOPLE = "id,unit\n" + "".join(f"{k},U{k}\n" for k in range(1, 11))
GROUPS = "id,group\n" + "".join(f"{k},{'large' if k < 8 else 'small'}\n" for k in range(1, 11))
FILES = {
    "people.csv": PEOPLE,
    "groups.csv": GROUPS,
    "venues.csv": "venue,seats,place\nHall,10,Mora\nCabin,4,Skara\n",
    "leaders.csv": "facilitator\nAda\nBo\n",
    "off.csv": "name,date\nAda,2027-01-11\nAda,2027-01-12\nHall,2027-01-13\n",
    "travel.csv": "from,to,minutes\nMora,Skara,300\n",
}
RULES = (
    "people.csv groups.csv --cap 1 --unit unit --blocks 1 --from 2027-01-11 --weeks 1 --gap 1-1"
    " --rooms venues.csv --facilitators leaders.csv"
)


@pytest.fixture
def plan(modig_plan, tmp_path):
    """``modig plan`` beside these files, some of them with other contents."""

    def run(command, *more, **files):
        for name, text in {**FILES, **{f"{k}.csv": v for k, v in files.items()}}.items():
            (tmp_path / name).write_text(text)
        rules = RULES.split()
        out = ["--out", "schedule.csv", "--seed", 1, "--steps", 20_000, "--json"]
        if command == "check":
            return modig_plan("check", *rules[:2], "schedule.csv", *rules[2:], *more, "--json")
        return modig_plan(command, *rules, *more, *out)

    return run


def rows(folder):
    with (folder / "schedule.csv").open(newline="") as file:
        return {row["group"]: row for row in csv.DictReader(file)}


def test_large_group_meets_in_the_hall_while_it_is_open_and_nobody_leads_on_a_day_off(
    plan, tmp_path
):
    status, printed, _ = plan("schedule", "--days-off", "off.csv", "--days", "mon-wed")

    found = rows(tmp_path)
    assert (status, json.loads(printed)["status"]) == (0, "ok")
    assert found["large"]["venue"] == "Hall"
    assert found["large"]["date"] != "2027-01-13"
    off = {("Ada", "2027-01-11"), ("Ada", "2027-01-12")}
    assert not {(row["facilitator"], row["date"]) for row in found.values()} & off


def test_check_names_what_a_schedule_breaks(plan, tmp_path):
    plan("schedule", "--days-off", "off.csv")
    (tmp_path / "schedule.csv").write_text(
        "group,block,date,venue,facilitator\n"
        "large,1,2027-01-12,Cabin,Ada\nsmall,1,2027-01-13,Hall,Ada\n"
    )

    status, printed, _ = plan("check", "--days-off", "off.csv", "--travel", "travel.csv")

    assert status == 1
    assert json.loads(printed)["violations"] == {
        "facilitator_off": 1,
        "seats": 1,
        "far_apart": 1,
        "venue_closed": 1,
    }


def test_ways_of_as_many_minutes_as_are_allowed_may_be_travelled(plan, tmp_path):
    far = ["--travel", "travel.csv", "--days", "mon-tue", "--days-off", "off.csv"]
    one = {"leaders": "facilitator\nBo\n", "off": "name,date\nHall,2027-01-12\nCabin,2027-01-11\n"}

    assert plan("schedule", *far, "--most-travel", 299, **one)[0] == 3
    assert plan("schedule", *far, "--most-travel", 300, **one)[0] == 0


def test_plan_made_again_without_a_venue_and_a_facilitator_uses_neither(plan, tmp_path, modig_plan):
    plan("schedule")
    fewer = {"venues": "venue,seats,place\nHall,10,Mora\n", "leaders": "facilitator\nBo\n"}
    for name, text in fewer.items():
        (tmp_path / f"{name}.csv").write_text(text)

    status, _, said = modig_plan(
        "replan", "people.csv", "groups.csv", "schedule.csv", *RULES.split()[2:],
        "--size", "1-9", "--weights", "unit=1", "--steps", 20_000,
        "--out", "groups2.csv", "--out-schedule", "schedule.csv",
    )  # fmt: skip

    assert (status, said.count("Traceback")) == (0, 0)
    assert {row["venue"] for row in rows(tmp_path).values()} == {"Hall"}
    assert {row["facilitator"] for row in rows(tmp_path).values()} == {"Bo"}


MISTAKES = {
    "a name twice": ({"venues": "venue\nHall\nHall\n"}, "row 3, column venue: 'Hall' is there"),
    "no such column": ({"leaders": "name\nAda\n"}, "column 'facilitator' is missing"),
    "seats in words": ({"venues": "venue,seats\nHall,ten\n"}, "'ten' is not a whole number"),
    "somebody unknown": ({"off": "name,date\nEva,2027-01-11\n"}, "'Eva' is not in"),
    "no date": ({"off": "name,date\nAda,Monday\n"}, "column date: 'Monday' is not a date"),
    "a place unknown": ({"travel": "from,to,minutes\nMora,Åre,5\n"}, "'Åre' is not in venues.csv"),
}


@pytest.mark.parametrize(("files", "told"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_in_a_file_is_told_in_one_line_and_nothing_is_written(plan, tmp_path, files, told):
    status, printed, said = plan(
        "schedule", "--days-off", "off.csv", "--travel", "travel.csv", **files
    )

    assert (status, printed, said.count("\n")) == (2, "", 1)
    assert told in said
    assert not (tmp_path / "schedule.csv").exists()


def test_number_of_rooms_may_not_be_nought(plan):
    assert plan("schedule", "--rooms", "0")[0] == 2
