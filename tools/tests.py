"""Lint, types, contracts and tests, one after the other; what came of them is told at the end."""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

import system
from cluster import ClusterError, cluster
from environment import BIN, PYTHON, ROOT

CHECKS = (
    ("lint", BIN / "ruff", "check", "--quiet", "."),
    ("format", BIN / "ruff", "format", "--check", "--quiet", "."),
    ("contracts", BIN / "lint-imports", "--no-logo"),
    ("types", BIN / "mypy"),
    # Once, before a dozen processes of the tests would each do it.
    ("kernels", PYTHON, "-c", "from modig.planning import warm_up; warm_up().join()"),
)
CORES = os.cpu_count() or 2
PYTEST = (PYTHON, "-m", "pytest", "-q", "--dist", "loadfile", "--no-loadscope-reorder")
IN_CHROMIUM = "tests.pages."
SECONDS_ALLOWED = 9 * 60
SLOWEST = 8


@dataclass
class Outcome:
    """What came of one step; only steps of tests have counts."""

    name: str
    is_well: bool
    seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    in_chromium: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    said: str = ""
    """What it said while others spoke."""


def run_all(*, everywhere: bool) -> int:
    """Run everything on SQLite, and beside it what is marked `database` (or all) on PostgreSQL.

    A process for each core, and one for PostgreSQL: some wait for a browser, a server or a worker.
    """
    begun = time.monotonic()
    missing = system.install_missing()
    with ThreadPoolExecutor(CORES) as at_once:
        outcomes = list(at_once.map(lambda check: _quietly(*check), CHECKS))
    with ThreadPoolExecutor(1) as beside:
        postgresql = beside.submit(_on_postgresql, everywhere=everywhere)
        outcomes.append(_tests("tests on SQLite", CORES, MODIG_CHROMIUM=system.chromium() or ""))
        outcomes.append(postgresql.result())
    for outcome in outcomes:
        print(f"\n== {outcome.name} said\n{outcome.said}" if outcome.said else "", end="")
    _tell(outcomes, missing, time.monotonic() - begun)
    return sum(not outcome.is_well for outcome in outcomes) + len(missing)


def run_benchmarks() -> int:
    """Run every benchmark; how many failed."""
    programs = sorted(Path(ROOT, "benchmarks").glob("*/bench_*.py"))
    return sum(not _check(program.stem, PYTHON, program).is_well for program in programs)


def _check(
    name: str, *words: object, told_to: IO[bytes] | None = None, **environment: str
) -> Outcome:
    print(f"== {name}", flush=True)
    begun = time.monotonic()
    finished = subprocess.run(
        [str(word) for word in words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=told_to,
        stderr=told_to and subprocess.STDOUT,
        check=False,
    )
    return Outcome(name, finished.returncode == 0, time.monotonic() - begun)


def _quietly(name: str, *words: object) -> Outcome:
    """What it says is kept until the end: others speak meanwhile."""
    with tempfile.TemporaryFile() as told:
        outcome = _check(name, *words, told_to=told)
        told.seek(0)
        outcome.said = "" if outcome.is_well else told.read().decode(errors="replace")
    return outcome


def _on_postgresql(*, everywhere: bool) -> Outcome:
    """What it says is kept until the end: the tests on SQLite speak meanwhile."""
    name, programs = "tests on PostgreSQL", system.postgresql()
    if programs is None:
        return Outcome(name, is_well=False)
    chosen = ("-m", "not page") if everywhere else ("-m", "database", *_files_with("mark.database"))
    processes = CORES if everywhere else 1
    try:
        with cluster(programs) as address, tempfile.TemporaryFile() as told:
            outcome = _tests(name, processes, *chosen, told_to=told, MODIG_DATABASE_URL=address)
            told.seek(0)
            outcome.said = told.read().decode(errors="replace")
            return outcome
    except ClusterError as error:
        return Outcome(name, is_well=False, said=str(error))


def _files_with(mark: str) -> list[Path]:
    """The files of tests that hold a mark: to look into all others takes seconds."""
    files = sorted(Path(ROOT, "tests").rglob("test_*.py"))
    return [file for file in files if mark in file.read_text(encoding="utf-8")]


def _tests(
    name: str, processes: int, *chosen: str, told_to: IO[bytes] | None = None, **environment: str
) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        words = (*PYTEST, "-n", processes, *chosen, f"--junitxml={report}")
        outcome = _check(name, *words, told_to=told_to, **environment)
        if report.exists():
            _count(outcome, ET.parse(report).iter("testcase"))
    return outcome


def _count(outcome: Outcome, cases: object) -> None:
    for case in cases:
        place, name = case.get("classname", ""), case.get("name", "")
        result = next((r for r in ("failure", "error", "skipped") if case.find(r) is not None), "")
        word = {"failure": "failed", "error": "failed", "": "passed"}.get(result, result)
        outcome.counts[word] += 1
        outcome.files[place] += round(float(case.get("time", 0)), 1)
        if place.startswith(IN_CHROMIUM):
            outcome.in_chromium[word] += 1
        if word == "failed":
            outcome.failed.append(f"{place.replace('.', '/')}.py::{name}")
        if word == "skipped":
            outcome.skipped[case.find("skipped").get("message", "")] += 1


def _tell(outcomes: list[Outcome], missing: list[str], seconds: float) -> None:
    print("\n== what came of it")
    for outcome in outcomes:
        said = _words(outcome.counts) or ("ok" if outcome.is_well else "FAILED")
        print(f"{outcome.name:22} {said:36} {outcome.seconds:5.0f} s")
        if outcome.in_chromium:
            print(f"{'  of them in Chromium':22} {_words(outcome.in_chromium)}")
    for name in missing:
        print(f"NOT INSTALLED: {name}. Its tests fail; install it and try again.")
    for outcome in outcomes:
        for reason, times in outcome.skipped.items():
            print(f"SKIPPED {times} {outcome.name}: {reason}")
        for case in outcome.failed:
            print(f"FAILED {case} ({outcome.name})")
    if seconds > SECONDS_ALLOWED:
        _tell_slowest(outcomes)
    print(_last_line(outcomes, seconds), flush=True)


def _tell_slowest(outcomes: list[Outcome]) -> None:
    print(f"SLOWER than {SECONDS_ALLOWED} s. The files of tests that took longest:")
    files = sum((outcome.files for outcome in outcomes), Counter())
    for name, took in files.most_common(SLOWEST):
        print(f"{took:7.0f} s {name}")


def _last_line(outcomes: list[Outcome], seconds: float) -> str:
    counts = sum((outcome.counts for outcome in outcomes), Counter())
    failed = [outcome.name for outcome in outcomes if not outcome.is_well]
    said = _words(counts) or "nothing was tested"
    wrong = f"; failed: {', '.join(failed)}" if failed else ""
    return f"=== {said} in {seconds:.0f} s ({seconds // 60:.0f}:{seconds % 60:02.0f}){wrong} ==="


def _words(counts: Counter[str]) -> str:
    order = ("failed", "passed", "skipped")
    return ", ".join(f"{counts[word]} {word}" for word in order if counts[word])


if __name__ == "__main__":
    sys.exit(run_all(everywhere=False))
