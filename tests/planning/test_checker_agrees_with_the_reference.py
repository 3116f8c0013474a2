"""Random files, kept and broken rules alike: our checker and the reference say the same."""

import csv
import importlib.util
import json
import random
import sys
from datetime import date, timedelta

import pytest

from modig.cli import plan
from reference import reference


@pytest.fixture(scope="module")
def theirs():
    path = reference("reference/planning/check.py")
    spec = importlib.util.spec_from_file_location("reference_check", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["reference_check"] = module
    spec.loader.exec_module(module)
    deeds = {"groups": module.check_groups, "schedule": module.check_schedule}

    def check(*words):
        a = module.parser().parse_args([str(word) for word in words])
        if a.command == "groups":
            a.max_excess = {}
        return deeds[a.command](a)

    yield check
    del sys.modules["reference_check"]


@pytest.fixture
def ours(capsys):
    def check(*words):
        status = plan.main(["check", *map(str, words), "--json"])
        printed = capsys.readouterr()
        assert status in {0, 1}, printed.err
        return json.loads(printed.out)

    return check


def write(path, header, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header.split(","), *rows])
    return path


def counted(errors):
    """The rules and how often, out of ``rule: n, first: ...``."""
    return {rule: int(rest.split(",")[0]) for rule, _, rest in (e.partition(": ") for e in errors)}


@pytest.fixture
def random_files(tmp_path):
    """People with blank cells and teams, a staff file, groups and pairs; seldom a good plan."""

    def make(seed):
        chance = random.Random(seed)
        n, groups = chance.randrange(8, 60), chance.randrange(2, 6)
        people = []
        for k in range(n):
            department = chance.choice(["A", "B", "Å"])
            team = chance.choice(["", "1", "2", "3", "4"])
            division = chance.choice(["Director", "", "x,y"])
            people.append([f"{k}", department, division, chance.choice(["m", "f", ""]), team])
        staff = [[f"{k}", *person[1:3]] for k, person in enumerate(people)]
        staff += [[f"s{k}", *chance.choice(people)[1:3]] for k in range(chance.randrange(80))]
        names = [f"G{g}" for g in range(groups)]
        of_team = {team: chance.choice(names) for team in "1234"}
        placed = [
            [p[0], of_team[p[4]] if p[4] and chance.random() < 0.97 else chance.choice(names)]
            for p in people
            if chance.random() < (1 if seed % 3 else 0.95)
        ]
        write(tmp_path / "people.csv", "id,department,division,gender,team", people)
        write(tmp_path / "all.csv", "id,department,division", staff)
        write(tmp_path / "groups.csv", "id,group", placed)
        teams = sorted({p[4] for p in people} - {""})
        pairs = [sorted(chance.sample(teams, 2))] if len(teams) > 1 else []
        write(tmp_path / "teams_apart.csv", "team_a,team_b", pairs)
        write(tmp_path / "apart.csv", "a,b", [["0", "5"], ["1", "2"]])
        return tmp_path, groups, sorted({g for _, g in placed}), chance

    return make


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("together", [True, False])
def test_groups(random_files, theirs, ours, seed, together):
    folder, groups, _, chance = random_files(seed)
    low = chance.randrange(1, 12)
    words = [folder / "people.csv", folder / "groups.csv", "--groups", groups]
    words += ["--size", f"{low}-{low + chance.randrange(20)}"]
    words += [
        "--weights",
        chance.choice(["department=3,gender=0.7", "division=1.1,department=0.3,gender=2"]),
    ]
    words += ["--keep-apart", folder / ("teams_apart.csv" if together else "apart.csv")]
    words += ["--keep-together", "team"] if together else []
    if seed % 4:
        share = chance.choice(["0.1", "0.15", "0.3", "1"])
        words += ["--cap", share, "--unit", "department,division", "--staff", folder / "all.csv"]

    expected, found = theirs("groups", *words), ours(*words)

    for figure in ("value", "bound", "share"):
        assert found[figure] == expected[figure]
    assert found["excess"] == (expected["excess"] or {})
    if expected["value"] is not None:  # with people missing the reference looks no further
        assert found["violations"] == counted(expected["errors"])
        assert found["sizes"] == expected["sizes"]
        assert found["raised_caps"] == expected.get("raised_caps", [])
    else:
        assert found["violations"]["people_without_group"] > 0


@pytest.mark.parametrize("seed", range(60))
def test_schedules(random_files, theirs, ours, tmp_path, seed):
    folder, _, names, chance = random_files(seed)
    length, blocks = chance.choice([1, 1, 2, 3]), chance.choice([2, 3])
    monday = date(2026, 12, 21)
    rows = set()
    for name in names:
        day = monday + timedelta(days=chance.randrange(-3, 20))
        for block in range(1, blocks + 1):
            if chance.random() < 0.97:
                where, who = chance.choice("RST"), chance.choice("FGHI")
                for k in range(length if chance.random() < 0.95 else length + 1):
                    step = timedelta(days=k + 2 * ((day.weekday() + k) // 7) * chance.randrange(2))
                    rows.add((name, block, (day + step).isoformat(), where, who))
            day += timedelta(days=chance.randrange(3, 30))
    unique = list({row[:3]: row for row in sorted(rows)}.values())
    chance.shuffle(unique)
    write(tmp_path / "schedule.csv", "group,block,date,venue,facilitator", unique)
    away = [[chance.randrange(8), monday + timedelta(days=chance.randrange(60))] for _ in range(90)]
    write(tmp_path / "away.csv", "id,date", away)
    (tmp_path / "holidays.txt").write_text("2026-12-25\n2027-01-01\n\n2027-01-06\n")
    words = [folder / "people.csv", folder / "groups.csv", folder / "schedule.csv"]
    words += ["--blocks", 2, "--cap", chance.choice([".1", "0.2", "0.35"]), "--gap", "1-3"]
    words += ["--rooms", 2, "--facilitators", 3, "--from", monday, "--weeks", 8, "--length", length]
    words += ["--unit", "department,division", "--staff", folder / "all.csv"]
    words += ["--closed", "2027-W01..2027-W01,2027-W05", "--holidays", tmp_path / "holidays.txt"]
    words += ["--unavailable", tmp_path / "away.csv"] if seed % 2 else []
    words += ["--keep-together", "team"] if seed % 3 else []
    words += ["--days", chance.choice(["mon-fri", "mon-thu,sat", "tue"])]

    expected, found = theirs("schedule", *words), ours(*words)

    assert found["violations"] == expected["violations"]
    for figure in ("max_share_away", "raised_caps", "meetings", "days"):
        assert found[figure] == expected[figure]
