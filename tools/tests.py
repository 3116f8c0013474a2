"""Lint, types, contracts and tests, one after the other; every failure is told at the end."""

import os
import subprocess
import sys
import time
from pathlib import Path

import system
from cluster import cluster
from environment import BIN, PYTHON, ROOT

CHECKS = (
    ("lint", BIN / "ruff", "check", "--quiet", "."),
    ("format", BIN / "ruff", "format", "--check", "--quiet", "."),
    ("contracts", BIN / "lint-imports", "--no-logo"),
    ("types", BIN / "mypy"),
)
PYTEST = (PYTHON, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile")


def run_all(*, everywhere: bool) -> int:
    """Run everything on SQLite, then what is marked `database` (or all) on PostgreSQL."""
    missing = system.install_missing()
    for name in missing:
        print(f"NOT INSTALLED: {name}. Its tests fail; install it and try again.", flush=True)
    failed = [name for name, *words in CHECKS if not _passes(name, *words)]
    chosen = () if everywhere else ("-m", "database")
    environment = {"MODIG_CHROMIUM": system.chromium() or ""}
    programs = system.postgresql()
    if programs is None:
        failed.append("PostgreSQL is missing")
    else:
        with cluster(programs) as address:
            given = {**environment, "MODIG_DATABASE_URL": address}
            if not _passes("tests on PostgreSQL", *PYTEST, *chosen, **given):
                failed.append("tests on PostgreSQL")
    if not _passes("tests on SQLite", *PYTEST, **environment):
        failed.append("tests on SQLite")
    print(f"FAILED: {', '.join(failed)}" if failed else "All is well.", flush=True)
    return len(failed)


def run_benchmarks() -> int:
    """Run every benchmark; how many failed."""
    programs = sorted(Path(ROOT, "benchmarks").glob("*/bench_*.py"))
    return sum(not _passes(program.stem, PYTHON, program) for program in programs)


def _passes(name: str, *words: object, **environment: str) -> bool:
    print(f"== {name}", flush=True)
    begun = time.monotonic()
    command = [str(word) for word in words]
    finished = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False)
    outcome = "ok" if finished.returncode == 0 else f"failed ({finished.returncode})"
    print(f"== {name}: {outcome}, {time.monotonic() - begun:.0f} s", flush=True)
    return finished.returncode == 0


if __name__ == "__main__":
    sys.exit(run_all(everywhere=False))
