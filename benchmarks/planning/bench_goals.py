"""The planner against published records and its own goals, G1 to G10.

    python benchmarks/planning/bench_goals.py [--only G1,G5] [--seeds 1,2,3] [--peer PYTHON]

Needs the reference folder (``MODIG_REFERENCE``, else ``../shared``). Every plan is judged by the
independent ``check.py`` there. Appends one JSON line for each run to ``results.jsonl``, so that it
can be done in pieces, and writes the table of the newest lines into ``RESULTS.md``. ``--peer`` names a Python
in which the package ``anti-clustering`` is installed. Ends with 1 when a check refuses a plan.
"""

import argparse
import csv
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from results import put_section

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
REFERENCE = Path(os.environ.get("MODIG_REFERENCE", ROOT.parent / "shared")) / "reference/planning"
GOALS = tuple(f"G{k}" for k in range(1, 11))
PEOPLE, MANAGERS = REFERENCE / "people8500.csv", REFERENCE / "managers590.csv"
PEOPLE_RULES = ["--groups", "354", "--size", "23-25"]
PEOPLE_RULES += ["--weights", "unit=2,administration=3,role=1,site=1,seniority=0.5"]
TEAM_RULES = ["--groups", "25", "--size", "22-26", "--keep-together", "team"]
TEAM_RULES += ["--weights", "administration=3,site=1,level=0.5,gender=0.5,seniority=0.5"]
TEAM_RULES += ["--keep-apart", str(REFERENCE / "keep_apart590.csv")]
DATES = ["--blocks", "3", "--from", "2027-01-11", "--gap", "4-10", "--rooms", "6"]
DATES += ["--facilitators", "8"]
LARGE = {"genRanInt_n960_ss_01": (60.0, 1_219_055.0), "genMDGa_n2000_ss_01": (100.0, 265_287.0)}
Row = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default=",".join(("peers", *GOALS)))
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--instances", default="", help="part of the names of instances")
    parser.add_argument("--large", type=Path, default=Path(tempfile.gettempdir()) / "mdgp-large")
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--table", action="store_true", help="write the table, measure nothing")
    a = parser.parse_args()
    warm_up()
    refused = 0
    for goal in [] if a.table else a.only.split(","):
        for row in RUNS[goal](a):
            row |= {"benchmark": "planning/goals", "goal": goal, "load": os.getloadavg()[0]}
            row |= {"at": datetime.now(UTC).isoformat(timespec="seconds")}
            with (HERE / "results.jsonl").open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(row) + "\n")
            refused += not row["ok"]
            print(json.dumps(row), flush=True)
    put_section("The goals G1 to G10", table())
    return 1 if refused else 0


def seeds(a: argparse.Namespace) -> list[int]:
    return [int(seed) for seed in a.seeds.split(",")]


def warm_up() -> None:
    """Compile the kernels before anything is timed."""
    import numpy as np  # noqa: PLC0415

    from modig import planning  # noqa: PLC0415

    planning.warm_up().join()
    for scale in (1.0, 0.5):
        distance = (np.ones((6, 6)) - np.eye(6)) * scale
        planning.diversify(planning.DistanceProblem(distance, (3, 3), (3, 3)), seed=1, steps=1)


def modig(*words: object) -> tuple[Row, float]:
    """The JSON object of one command, and its seconds by the wall."""
    from contextlib import redirect_stderr, redirect_stdout  # noqa: PLC0415
    from io import StringIO  # noqa: PLC0415

    from modig.cli import plan  # noqa: PLC0415

    printed, told = StringIO(), StringIO()
    began = time.monotonic()
    with redirect_stdout(printed), redirect_stderr(told):
        plan.main([*map(str, words), "--json"])
    seconds = time.monotonic() - began
    if not printed.getvalue():
        raise SystemExit(told.getvalue())
    return json.loads(printed.getvalue()), seconds


def judged(*words: object) -> Row:
    """What the reference says about a plan."""
    done = subprocess.run(
        [sys.executable, REFERENCE / "check.py", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(done.stdout) if done.stdout else {"ok": False, "errors": [done.stderr]}


# ---- distances -----------------------------------------------------------------------------------


def known() -> dict[str, Row]:
    with (REFERENCE / "best_known.csv").open(encoding="utf-8") as file:
        return {row["instance"]: row for row in csv.DictReader(file)}


def instances(kinds: tuple[str, ...], sizes: tuple[int, ...], a: argparse.Namespace) -> list[Path]:
    found = sorted((REFERENCE / "mdgplib").glob("*.txt.gz"))
    wanted = tuple(f"{kind}_n{n}_" for kind in kinds for n in sizes)
    return [p for p in found if p.name.startswith(wanted) and a.instances in p.name]


def solve(path: Path, limit: float, workers: int, seed: int, published: Row) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "g.csv"
        words = ["--seconds", limit, "--workers", workers, "--seed", seed, "--out", out]
        answer, _ = modig("mdgp", path, *words)
        check = judged("mdgp", path, out)
    return {
        "case": path.name.removesuffix(".txt.gz"),
        "seed": seed,
        "value": check["value"],
        "seconds": limit,
        "workers": workers,
        "ok": check["ok"] and abs(check["value"] - answer["value"]) < 1e-3,
        **published,
    }


def mdgplib(
    kinds: tuple[str, ...],
    sizes: tuple[int, ...],
    share: float,
    workers: int,
    a: argparse.Namespace,
) -> Iterator[Row]:
    of = known()
    for path in instances(kinds, sizes, a):
        row = of[path.name.removesuffix(".txt.gz")]
        published = {"best": float(row["best"]), "average": float(row["avg"])}
        for seed in seeds(a):
            yield solve(path, share * float(row["time_limit_s"]), workers, seed, published)


def g1(a: argparse.Namespace) -> Iterator[Row]:
    return mdgplib(("Geo",), (120, 240, 480), 1.0, 1, a)


def g2(a: argparse.Namespace) -> Iterator[Row]:
    return mdgplib(("RanInt", "RanReal"), (480,), 0.5, 1, a)


def g3(a: argparse.Namespace) -> Iterator[Row]:
    return mdgplib(("RanInt", "RanReal"), (120, 240), 1.0, 2, a)


def g4(a: argparse.Namespace) -> Iterator[Row]:
    made = a.large / "genMDGa_n2000_ss_01.txt.gz"
    if not made.exists():
        subprocess.run([sys.executable, REFERENCE / "make_large.py", a.large], check=True)
    for name, (limit, best) in LARGE.items():
        for seed in seeds(a) if a.instances in name else []:
            yield solve(a.large / f"{name}.txt.gz", limit, 2, seed, {"best": best, "average": best})


# ---- people, teams, dates ------------------------------------------------------------------------


def grouped(folder: Path, people: Path, rules: list[str], seed: int, *limits: str) -> Row:
    out = folder / "g.csv"
    words = ["--seconds", 10, "--workers", 2, "--seed", seed, "--out", out]
    answer, seconds = modig("groups", people, *rules, *words)
    check = judged("groups", people, out, *rules, *limits)
    return {
        "seed": seed,
        "value": check["value"],
        "share": check["share"],
        "of_tight_bound": answer["value"] / answer["tight_bound"],
        "excess": check["excess"],
        "seconds": seconds,
        "ok": check["ok"],
        "errors": check["errors"],
    }


def g5(a: argparse.Namespace) -> Iterator[Row]:
    limits = ["--min-share", "0.99999", "--max-excess", "unit=0,administration=0"]
    for seed in seeds(a):
        with tempfile.TemporaryDirectory() as folder:
            yield {"case": "people8500"} | grouped(
                Path(folder), PEOPLE, PEOPLE_RULES, seed, *limits
            )


def g6(a: argparse.Namespace) -> Iterator[Row]:
    limits = ["--min-share", "0.99", "--max-excess", "administration=0"]
    for seed in seeds(a):
        with tempfile.TemporaryDirectory() as folder:
            yield {"case": "managers590"} | grouped(
                Path(folder), MANAGERS, TEAM_RULES, seed, *limits
            )


def g7(a: argparse.Namespace) -> Iterator[Row]:
    for seed in seeds(a):
        with tempfile.TemporaryDirectory() as folder:
            groups, out = Path(folder) / "g.csv", Path(folder) / "s.csv"
            modig("groups", PEOPLE, *PEOPLE_RULES, "--seconds", 5, "--seed", seed, "--out", groups)
            for cap in ("0.10", "0.08"):
                rules = [*DATES, "--weeks", "78", "--cap", cap]
                words = ["--seconds", 10, "--seed", seed, "--out", out]
                answer, seconds = modig("schedule", PEOPLE, groups, *rules, *words)
                check = judged("schedule", PEOPLE, groups, out, *rules)
                yield {
                    "case": f"78 weeks, cap {cap}",
                    "seed": seed,
                    "value": sum(answer["violations"].values()),
                    "seconds": seconds,
                    "ok": check["ok"],
                }
            rules = [*DATES, "--weeks", "26", "--cap", "0.10"]
            words = ["--seconds", 10, "--seed", seed, "--out", Path(folder) / "none.csv"]
            answer, seconds = modig("schedule", PEOPLE, groups, *rules, *words)
            yield {
                "case": "26 weeks",
                "seed": seed,
                "value": "; ".join(answer["reasons"]),
                "seconds": seconds,
                "ok": answer["status"] == "not_possible" and len(answer["reasons"]) > 1,
            }


def g8(a: argparse.Namespace) -> Iterator[Row]:
    cases = [
        ("600 people, 24, 3 rounds", ["--people", "600", "--size", "24", "--rounds", "3"]),
        ("8 tables of 4, 10 rounds", ["--people", "32", "--size", "4", "--rounds", "10"]),
    ]
    for case, rules in cases:
        for seed in seeds(a):
            with tempfile.TemporaryDirectory() as folder:
                out = Path(folder) / "r.csv"
                words = ["--seconds", 30, "--workers", 2, "--seed", seed, "--out", out]
                _, seconds = modig("contacts", *rules, *words)
                check = judged("contacts", out, *rules)
            yield {
                "case": case,
                "seed": seed,
                "value": check["repeats"],
                "share": check["share"],
                "seconds": seconds,
                "ok": check["ok"],
            }


def g9(a: argparse.Namespace) -> Iterator[Row]:
    for seed in seeds(a):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            before, after = place / "g.csv", place / "g2.csv"
            old, new, people = place / "s.csv", place / "s2.csv", place / "p.csv"
            modig("groups", PEOPLE, *PEOPLE_RULES, "--seconds", 5, "--seed", seed, "--out", before)
            rules = [*DATES, "--weeks", "78", "--cap", "0.10"]
            modig("schedule", PEOPLE, before, *rules, "--seconds", 10, "--out", old)
            come_and_go(people, seed)
            words = ["--seconds", 10, "--seed", seed, "--out", after, "--out-schedule", new]
            answer, seconds = modig("replan", people, before, old, *PEOPLE_RULES, *rules, *words)
            both = ["--old-schedule", old, "--new-schedule", new, "--max-moved", "0.02"]
            change = judged("replan", before, after, *both)
            dates = judged("schedule", people, after, new, *rules)
            groups = judged("groups", people, after, *PEOPLE_RULES, "--cap", "0.10")
        yield {
            "case": "1 % come and go",
            "seed": seed,
            "value": change["share_moved"],
            "meetings_moved": change["meetings"]["date_changed"],
            "share": groups["share"],
            "seconds": seconds,
            "ok": change["ok"] and dates["ok"] and groups["ok"] and answer["status"] == "ok",
        }


def come_and_go(path: Path, seed: int) -> None:
    """One in a hundred leaves, as many come; the new ones are like somebody who is there."""
    chance = random.Random(seed)
    with PEOPLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    count = len(rows) // 100
    gone = set(chance.sample(range(len(rows)), count))
    new = [{**chance.choice(rows), "id": f"new{k}"} for k in range(count)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows([row for k, row in enumerate(rows) if k not in gone] + new)


def g10(_a: argparse.Namespace) -> Iterator[Row]:
    """290 employers of 500 to 30,000 people, 1.2 million together, with 1 and 2 workers."""
    with tempfile.TemporaryDirectory() as folder:
        total = employers(Path(folder) / "in", 290, 1_200_000)
        for workers in (1, 2):
            out = Path(folder) / f"out{workers}"
            words = ["--steps", 2_000_000, "--size", "23-25", "--workers", workers, "--out", out]
            words += ["--weights", "unit=2,administration=3,role=1,site=1"]
            answer, seconds = modig("many", Path(folder) / "in", *words)
            yield {
                "case": f"{workers} workers",
                "seed": 1,
                "value": total,
                "seconds": seconds,
                "megabytes": answer["megabytes_per_worker"],
                "cpu_seconds": answer["cpu_seconds"],
                "employers": answer["employers"],
                "ok": answer["employers"] == {"ok": 290},
            }


def employers(folder: Path, count: int, people: int) -> int:
    chance = random.Random(290)
    size = [chance.paretovariate(1.2) for _ in range(count)]
    scale = people / sum(min(s, 30) for s in size)
    total = 0
    for e, s in enumerate(size):
        n = max(48, round(scale * min(s, 30)))
        total += n
        place = folder / f"employer{e:03}"
        place.mkdir(parents=True)
        with (place / "people.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "unit", "administration", "role", "site"])
            for k in range(n):
                unit = chance.randrange(max(2, n // 19))
                row = [unit, unit % 14, chance.randrange(8), unit * 7 % max(2, n // 150)]
                writer.writerow([k, *row])
    return total


PEERS = (
    "ExchangeHeuristicAntiClustering",
    "SimulatedAnnealingHeuristicAntiClustering",
    "TabuSearchHeuristicAntiClustering",
)
SLOWEST_PEER = 120


def peers(a: argparse.Namespace) -> Iterator[Row]:
    """What others reach on the same files: a sorted sheet dealt round the table, and a package."""
    yield from dealt()
    if a.peer is None:
        return
    of = known()
    for path in instances(("RanInt",), (120,), a):
        name = path.name.removesuffix(".txt.gz")
        for peer in PEERS if "_ss_" in name else ():
            words = [a.peer, HERE / "peer_anticlustering.py", path, peer]
            try:
                done = subprocess.run(
                    words, capture_output=True, text=True, check=True, timeout=SLOWEST_PEER
                )
                answer = json.loads(done.stdout)
            except subprocess.TimeoutExpired:
                answer = {"value": 0.0, "seconds": float(SLOWEST_PEER)}
            yield {
                "case": f"{name}, {peer.removesuffix('HeuristicAntiClustering')}",
                "seed": 1,
                "value": answer["value"],
                "seconds": answer["seconds"],
                "average": float(of[name]["avg"]),
                "ok": True,
            }


def dealt() -> Iterator[Row]:
    """Sorted by administration, unit, role, site and seniority, and dealt in turn."""
    with PEOPLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = ("administration", "unit", "role", "site", "seniority")
    began = time.monotonic()
    rows.sort(key=lambda row: [row[column] for column in columns])
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "g.csv"
        lines = [f"{row['id']},{k % 354}" for k, row in enumerate(rows)]
        out.write_text("id,group\n" + "\n".join(lines) + "\n", encoding="utf-8")
        seconds = time.monotonic() - began
        check = judged("groups", PEOPLE, out, *PEOPLE_RULES)
    yield {
        "case": "people8500, sorted and dealt",
        "seed": 1,
        "value": check["value"],
        "share": check["share"],
        "excess": check["excess"],
        "seconds": seconds,
        "ok": True,
    }


RUNS = {
    "peers": peers,
    "G1": g1,
    "G2": g2,
    "G3": g3,
    "G4": g4,
    "G5": g5,
    "G6": g6,
    "G7": g7,
    "G8": g8,
}
RUNS |= {"G9": g9, "G10": g10}

# ---- telling -------------------------------------------------------------------------------------


def newest() -> dict[str, dict[str, dict[int, Row]]]:
    """The last line of each goal, case and seed."""
    found: dict[str, dict[str, dict[int, Row]]] = defaultdict(lambda: defaultdict(dict))
    for line in (HERE / "results.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["benchmark"] == "planning/goals":
            found[row["goal"]][row["case"]][row["seed"]] = row
    return found


def table() -> str:
    found = newest()
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [
        (
            f"Measured on {machine}, with `python benchmarks/planning/bench_goals.py`; medians of the"
            " seeds. Every plan was judged by the independent `check.py`. `load` is how many programs"
            " wanted the processor at the time: above 2, the planner had less than the named cores."
        ),
        "",
    ]
    for goals, about in (
        (("G1", "G2", "G3", "G4"), "Distances: at or above the published figures"),
        (("G5", "G6"), "People and whole teams"),
        (("G7", "G8", "G9", "G10"), "Dates, contacts, planning again, many employers"),
        (("peers",), "Other programs on the same files"),
    ):
        part = {goal: found[goal] for goal in goals if goal in found}
        if part:
            lines += [f"### {about}", "", *PARTS[goals[0]](part), ""]
    return "\n".join(lines)


def distances(part: dict[str, dict[str, dict[int, Row]]]) -> list[str]:
    lines = [
        (
            "| goal | instance | seconds × workers | value | of the seeds | published average | best |"
            " against average | against best | load |"
        ),
        "|---|---|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    sums = []
    for goal, cases in part.items():
        over_average, over_best = 0, 0
        for case, rows in sorted(cases.items()):
            row = next(iter(rows.values()))
            values = sorted(r["value"] for r in rows.values())
            value, seeds = statistics.median(values), f"{values[0]:.2f} to {values[-1]:.2f}"
            average, best = row["average"], row["best"]
            over_average += value >= average - 1e-6
            over_best += value >= best - 1e-2
            lines.append(
                f"| {goal} | {case} | {row['seconds']:g} × {row['workers']} | {value:.2f} |"
                f" {seeds} | {average:.2f} | {best:.2f} | {100 * (value / average - 1):+.4f} % |"
                f" {100 * (value / best - 1):+.4f} % | {row['load']:.1f} |"
            )
        sums.append(
            f"- {goal}: at or above the average on {over_average} of {len(cases)}, at or above the"
            f" best on {over_best} of {len(cases)}."
        )
    return [*sums, "", *lines]


def people(part: dict[str, dict[str, dict[int, Row]]]) -> list[str]:
    lines = [
        (
            "| goal | case | share of the bound | of the tight bound | excess | seconds | all rules and"
            " limits kept | load |"
        ),
        "|---|---|---:|---:|---|---:|---|---:|",
    ]
    for goal, cases in part.items():
        for case, rows in cases.items():
            middle = sorted(rows.values(), key=lambda r: r["share"])[len(rows) // 2]
            excess = ", ".join(f"{k} {n}" for k, n in middle["excess"].items())
            lines.append(
                f"| {goal} | {case} | {middle['share']:.7f} | {middle['of_tight_bound']:.7f} |"
                f" {excess} | {middle['seconds']:.1f} | {kept(rows)} | {middle['load']:.1f} |"
            )
    return lines


def others(part: dict[str, dict[str, dict[int, Row]]]) -> list[str]:
    lines = ["| goal | case | result | seconds | kept | load |", "|---|---|---|---:|---|---:|"]
    for goal, cases in part.items():
        for case, rows in cases.items():
            row = sorted(rows.values(), key=lambda r: r["seconds"])[len(rows) // 2]
            lines.append(
                f"| {goal} | {case} | {RESULT[goal](row)} | {row['seconds']:.1f} | {kept(rows)} |"
                f" {row['load']:.1f} |"
            )
    return lines


def of_peers(part: dict[str, dict[str, dict[int, Row]]]) -> list[str]:
    lines = [
        (
            "`anti-clustering` from PyPI, in a Python of its own, ended by itself, and a sorted sheet"
            " dealt in turn; at the end what modig finds on the same instances (G3: 3 s on two cores, median)."
        )
    ]
    lines += ["", "| case | result | seconds | load |", "|---|---|---:|---:|"]
    for case, rows in [*part["peers"].items(), *ours_beside(part["peers"]).items()]:
        row = rows[1]
        if "share" in row:
            excess = ", ".join(f"{k} {n}" for k, n in row["excess"].items())
            result = f"share {row['share']:.5f}, excess {excess}"
        else:
            result = (
                f"{row['value']:.0f}, {100 * (row['value'] / row['average'] - 1):+.2f} % against the"
                " published average"
            )
        lines.append(f"| {case} | {result} | {row['seconds']:.1f} | {row['load']:.1f} |")
    return lines


def ours_beside(peers: dict[str, dict[int, Row]]) -> dict[str, dict[int, Row]]:
    """Our own median on each instance that another program was given."""
    instances = dict.fromkeys(case.partition(",")[0] for case in peers)
    ours = {name: newest()["G3"].get(name, {}) for name in instances}
    middle = {
        name: sorted(rows.values(), key=lambda row: row["value"])[len(rows) // 2]
        for name, rows in ours.items()
        if rows
    }
    return {f"{name}, modig": {1: row} for name, row in middle.items()}


def kept(rows: dict[int, Row]) -> str:
    return f"{sum(row['ok'] for row in rows.values())} of {len(rows)} seeds"


PARTS = {"G1": distances, "G5": people, "G7": others, "peers": of_peers}
RESULT = {
    "G7": lambda row: (
        f"{row['value']} rules broken" if isinstance(row["value"], int) else row["value"]
    ),
    "G8": lambda row: f"{row['value']} repeats, share {row['share']:.5f}",
    "G9": lambda row: (
        f"{100 * row['value']:.3f} % moved, {row['meetings_moved']} meetings on another day"
    ),
    "G10": lambda row: (
        f"{row['value']} people, {row['megabytes']} MB a worker,"
        f" {row['cpu_seconds']:.0f} s of processor in the searches"
    ),
}


if __name__ == "__main__":
    sys.exit(main())
