"""A real employer's staff file through teams, groups and dates, checked twice.

    python benchmarks/planning/real_file.py [--out results.jsonl] [--seed 1]

Needs the reference folder (``MODIG_REFERENCE``, else ``../shared``): the file itself and the
independent ``check.py``. Prints a table; appends one JSON line to ``--out``.
"""

import argparse
import csv
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from modig.planning import bundle_into_teams

RULES = {
    "narrow": ("manager",),
    "broad": ("manager", "supervisor", "chief", "director", "lieutenant", "captain"),
}
GROUP_SIZE = 24
SECONDS = {"groups": "10", "schedule": "10"}


def reference() -> Path:
    return Path(os.environ.get("MODIG_REFERENCE", "../shared"))


def write_people(folder: Path, rule: tuple[str, ...]) -> dict[str, int]:
    """``all.csv`` and ``people.csv`` in ``folder``, and how many people and teams they hold."""
    source = reference() / "data/montgomery-2016/employees.csv"
    with source.open(newline="", encoding="utf-8") as file:
        staff = list(csv.DictReader(file))
    leads = re.compile("|".join(rule), re.IGNORECASE)
    managers = [row for row in staff if leads.search(row["Employee Position Title"])]
    by_unit: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in managers:
        by_unit[row["Department"], row["Division"]].append(row["Employee Number"])
    teams = bundle_into_teams(by_unit)
    team_of = {person: f"T{k}" for k, team in enumerate(teams, 1) for person in team.people}
    write(folder / "all.csv", "id,department,division", staff, {})
    write(folder / "people.csv", "id,department,division,gender,title,team", managers, team_of)
    return {
        "people": len(managers),
        "teams": len(teams),
        "small_teams": sum(team.is_small for team in teams),
        "divided_units": len(
            {(t.top, u) for t in teams for u in t.units if _is_divided(t, u, by_unit)}
        ),
    }


def _is_divided(team, unit, by_unit):  # noqa: ANN001, ANN202
    return not set(by_unit[team.top, unit]) <= set(team.people)


def write(path: Path, header: str, rows: list[dict[str, str]], team_of: dict[str, str]) -> None:
    column = {
        "id": "Employee Number",
        "department": "Department",
        "division": "Division",
        "gender": "Gender",
        "title": "Employee Position Title",
    }
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        for row in rows:
            cells = [row[column[name]] for name in header.split(",") if name in column]
            writer.writerow(cells + ([team_of[row["Employee Number"]]] if team_of else []))


def run(*words: str) -> tuple[dict[str, object], float]:
    began = time.monotonic()
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - began
    if not done.stdout:
        raise SystemExit(f"{' '.join(words)}\n{done.stderr}")
    return json.loads(done.stdout), seconds


def measure(name: str, seed: str) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        began = time.monotonic()
        result: dict[str, object] = {"rule": name, **write_people(folder, RULES[name])}
        result["teams_seconds"] = time.monotonic() - began
        people, groups, dates = (str(folder / f"{x}.csv") for x in ("people", "groups", "schedule"))
        count = str(round(int(str(result["people"])) / GROUP_SIZE))
        caps = [
            "--cap",
            "0.15",
            "--unit",
            "department,division",
            "--staff",
            str(folder / "all.csv"),
        ]
        whole = ["--keep-together", "team"]
        compose = ["--groups", count, "--size", "20-28"]
        compose += ["--weights", "department=3,division=1,title=1,gender=0.5"]
        meet = ["--blocks", "3", "--from", "2027-01-11", "--weeks", "40", "--gap", "4-10"]
        meet += ["--rooms", "4", "--facilitators", "6"]
        modig = [sys.executable, "-m", "modig.cli.plan"]
        search = ["--seed", seed, "--json"]
        made, seconds = run(
            *modig, "groups", people, *compose, *whole, *caps, *search,
            "--seconds", SECONDS["groups"], "--out", groups,
        )  # fmt: skip
        result |= {"groups": int(count), "groups_status": made["status"], "share": made["share"]}
        result["groups_seconds"] = seconds
        if made["status"] != "ok":
            return result | {"reasons": made["reasons"]}
        planned, seconds = run(
            *modig, "schedule", people, groups, *meet, *whole, *caps, *search,
            "--seconds", SECONDS["schedule"], "--out", dates,
        )  # fmt: skip
        result |= {"schedule_status": planned["status"], "schedule_seconds": seconds}
        if planned["status"] != "ok":
            return result | {"reasons": planned["reasons"]}
        own, seconds = run(
            *modig, "check", people, groups, dates, *compose, *meet, *whole, *caps, "--json"
        )
        result |= {"check_ok": own["status"] == "ok", "check_seconds": seconds}
        check = [sys.executable, str(reference() / "reference/planning/check.py")]
        theirs, _ = run(*check, "groups", people, groups, *compose, *whole, *caps)
        theirs_dates, _ = run(*check, "schedule", people, groups, dates, *meet, *whole, *caps)
        result["reference_ok"] = theirs["ok"] and theirs_dates["ok"]
        result["agree"] = (
            all(own[key] == theirs[key] for key in ("value", "bound", "share", "excess"))
            and own["max_share_away"] == theirs_dates["max_share_away"]
            and own["raised_caps"] == theirs["raised_caps"] == theirs_dates["raised_caps"]
        )
        result["raised_caps"] = len(own["raised_caps"])  # type: ignore[arg-type]
        result["max_share_away"] = own["max_share_away"]
        result["excess"] = own["excess"]
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--seed", default="1")
    arguments = parser.parse_args()
    results = [measure(name, arguments.seed) for name in RULES]
    keys = dict.fromkeys(key for result in results for key in result)
    for key in keys:
        cells = [result.get(key, "") for result in results]
        shown = [f"{cell:.4f}" if isinstance(cell, float) else str(cell) for cell in cells]
        print(f"{key:18}" + "".join(f"{cell:>24}" for cell in shown))
    if arguments.out:
        line = {
            "benchmark": "planning/real_file",
            "machine": platform.machine(),
            "results": results,
        }
        with arguments.out.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
