"""A real employer's HR file, and the demo's 46 teams, through the product: seconds for each step.

    python benchmarks/planning/bench_real_file.py [--runs 3] [--seconds 20]

Needs the reference folder (``MODIG_REFERENCE``, else ``../shared``): the file itself and the
independent ``check.py``. Every run has a database of its own and a seed of its own; the search has
the seconds that the product gives it. Prints a table of medians, appends one JSON line to
``results.jsonl`` and writes ``RESULTS.md`` beside it. Ends with 1 when a promise is broken: every
rule kept, found within 30 seconds, and the same figures from both checkers.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from results import put_section

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
REFERENCE = Path(os.environ.get("MODIG_REFERENCE", ROOT.parent / "shared"))
PROMISED_SECONDS = 30
STEPS = ("import", "roles", "teams", "groups", "dates", "publish", "check")
FIGURES = ("people", "teams formed", "groups made", "share", "of tight bound", "violations")
Run = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20.0)
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    seeds = range(1, arguments.runs + 1)
    runs = {
        name: [in_own_process(name, seed, arguments.seconds) for seed in seeds] for name in RUNS
    }
    outcome = {
        "benchmark": "planning/real_file",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "seconds_of_search": arguments.seconds,
        "runs": runs,
    }
    with (HERE / "results.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(outcome) + "\n")
    text = table(runs)
    print(text)
    write_results(text, outcome, arguments.runs)
    broken = [problem for name in runs for run in runs[name] for problem in problems_of(run)]
    for problem in broken:
        print(f"BROKEN: {problem}", file=sys.stderr)
    return 1 if broken else 0


def in_own_process(name: str, seed: int, seconds: float) -> Run:
    """Run one of them with nothing left of the runs before: the answer of a child process."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        child = os.fork()
        if child == 0:
            os.environ |= {
                "MODIG_DATA": folder,
                "MODIG_DATABASE_URL": "",
                "DJANGO_SETTINGS_MODULE": "modig.web.settings",
            }
            answer.write_text(json.dumps(RUNS[name](Path(folder), seed, seconds)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status or not answer.exists():
            raise SystemExit(f"{name}, seed {seed}, failed")
        run: Run = json.loads(answer.read_text())
    return run


# ---- the real file -------------------------------------------------------------------------------


class Clock:
    """Seconds of each step: by the wall, and on the processor, child processes with them."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu: dict[str, float] = {}

    def time(self, step: str, deed: Callable[[], Any]) -> Any:
        began = now()
        answer = deed()
        self._keep(step, began, now())
        return answer

    def time_plan(self, make: Callable[..., Any]) -> Any:
        """A plan is groups, then dates: what is being looked for says when one ends."""
        began = now()
        turned: list[tuple[float, float]] = []

        def look(far: Any) -> None:
            if far.looks_for == "dates" and not turned:
                turned.append(now())

        plan = make(look)
        ended = now()
        middle = turned[0] if turned else ended
        self._keep("groups", began, middle)
        self._keep("dates", middle, ended)
        return plan

    def _keep(self, step: str, began: tuple[float, float], ended: tuple[float, float]) -> None:
        self.seconds[step], self.cpu[step] = ended[0] - began[0], ended[1] - began[1]


def now() -> tuple[float, float]:
    """By the wall, and on the processor."""
    used = os.times()
    spent = used.user + used.system + used.children_user + used.children_system
    return time.monotonic(), spent


def narrow(folder: Path, seed: int, seconds: float) -> Run:
    return real_file("NARROW", folder, seed, seconds)


def broad(folder: Path, seed: int, seconds: float) -> Run:
    return real_file("BROAD", folder, seed, seconds)


def real_file(rule: str, folder: Path, seed: int, seconds: float) -> Run:
    set_up()
    from modig.apps.programme.actions import make_plan_now  # noqa: PLC0415 -- after set-up
    from real import journey  # noqa: PLC0415

    clock = Clock()
    clock.time("import", lambda: journey.read_in(REFERENCE / "data/montgomery-2016/employees.csv"))
    with working_for(journey.CODE) as county:
        owner = journey.owner_of(county)
        clock.time("roles", lambda: journey.make_roles(county, getattr(journey, rule)))
        clock.time("teams", journey.make_teams)
        wave = journey.make_wave(owner)
        plan = clock.time_plan(
            lambda look: make_plan_now(wave, at=journey.AT, seed=seed, seconds=seconds, tell=look)
        )
        plan = clock.time("publish", lambda: journey.publish(plan, owner))
        journey.download(plan, owner, folder)
        checker = REFERENCE / "reference/planning/check.py"
        answers = clock.time("check", lambda: journey.check(plan, folder, checker))
    return {
        **figures_of(plan),
        "differences": answers.differences,
        "seconds": clock.seconds,
        "cpu": clock.cpu,
    }


# ---- the demo ------------------------------------------------------------------------------------


def demo(_folder: Path, seed: int, seconds: float) -> Run:
    """All 46 teams in one wave: four blocks of two days, as the demo's second wave has them."""
    set_up()
    from modig.apps.demo.actions import load_demo  # noqa: PLC0415 -- after set-up
    from modig.apps.people.models import ManagementTeam  # noqa: PLC0415
    from modig.apps.programme.actions import make_plan_now, publish_plan  # noqa: PLC0415
    from modig.apps.programme.actions.waves import add_teams, create_wave  # noqa: PLC0415
    from modig.apps.programme.models import Rules, Wave  # noqa: PLC0415

    clock = Clock()
    clock.time("import", lambda: load_demo("full"))
    at = datetime(2026, 12, 1, 12, tzinfo=UTC)
    with working_for("malarvik"):
        like = Wave.objects.get(programme__code="modigt-ledarskap", number=2)
        wave = Wave(
            programme=like.programme,
            name="46 teams",
            starts_on=like.starts_on,
            ends_on=like.ends_on,
        )
        copies = {"blocks", "rules", "places"}
        wave = create_wave(wave, like=like, copies=copies, by=None, at=at)
        add_teams(wave, ManagementTeam.objects.all(), version=wave.version, by=None, at=at)
        Rules.objects.filter(wave=wave).update(groups=0, size_low=20, size_high=28)
        plan = clock.time_plan(
            lambda look: make_plan_now(wave, at=at, seed=seed, seconds=seconds, tell=look)
        )
        clock.time("publish", lambda: publish_plan(plan, at=at, by=None))
    return {**figures_of(plan), "differences": [], "seconds": clock.seconds, "cpu": clock.cpu}


RUNS = {"narrow": narrow, "broad": broad, "demo": demo}


def set_up() -> None:
    """An empty database, and the kernels compiled: a worker has them before its first job."""
    from modig.cli.operate import migrate_database  # noqa: PLC0415 -- after the environment is set
    from modig.planning import warm_up  # noqa: PLC0415

    migrate_database()
    Path(os.environ["MODIG_DATA"], "static").mkdir()
    warm_up().join()


def working_for(code: str) -> AbstractContextManager[Any]:
    from contextlib import contextmanager  # noqa: PLC0415

    from modig.apps.tenancy.models import Organisation  # noqa: PLC0415
    from modig.apps.tenancy.scope import working_for as work_for  # noqa: PLC0415

    @contextmanager
    def working() -> Any:
        organisation = Organisation.objects.get(code=code)
        with work_for(organisation):
            yield organisation

    return working()


def figures_of(plan: Any) -> Run:
    figures = plan.figures
    tight = figures.get("tight_bound") or figures["bound"]
    return {
        "people": figures["people"],
        "teams formed": figures["teams"],
        "groups made": figures["groups"],
        "share": figures["share"],
        "of tight bound": figures["value"] / tight if tight else 1.0,
        "violations": sum(figures["violations"].values()),
    }


# ---- telling -------------------------------------------------------------------------------------


def problems_of(run: Run) -> list[str]:
    problems = list(run["differences"])
    if run["violations"]:
        problems.append(f"{run['violations']} rules broken")
    search = run["seconds"]["groups"] + run["seconds"]["dates"]
    if search > PROMISED_SECONDS:
        problems.append(f"{search:.0f} s to find a plan, promised {PROMISED_SECONDS}")
    return problems


def table(runs: dict[str, list[Run]]) -> str:
    """Medians over the runs, as a Markdown table."""
    titles = {
        "narrow": "real file, title contains manager",
        "broad": "real file, six words",
        "demo": "demo, 46 teams",
    }
    lines = [
        "| | " + " | ".join(titles[name] for name in runs) + " |",
        "|---|" + "---:|" * len(runs),
    ]
    for step in STEPS:
        cells = [
            f"{median_of(own, 'seconds', step):.1f} s ({median_of(own, 'cpu', step):.1f})"
            if step in own[0]["seconds"]
            else "–"
            for own in runs.values()
        ]
        lines.append(f"| {step} | " + " | ".join(cells) + " |")
    for figure in FIGURES:
        cells = [told(statistics.median(run[figure] for run in own)) for own in runs.values()]
        lines.append(f"| {figure} | " + " | ".join(cells) + " |")
    cells = [str(sum(len(run["differences"]) for run in own)) for own in runs.values()]
    lines.append("| figures on which the checkers differ | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def median_of(runs: list[Run], kind: str, step: str) -> float:
    return statistics.median(run[kind][step] for run in runs)


def told(value: float) -> str:
    return (
        f"{value:.4f}" if isinstance(value, float) and value < 2 and value % 1 else f"{value:.0f}"
    )


def write_results(text: str, outcome: Run, runs: int) -> None:
    about = (
        f"Measured {outcome['at'][:10]} on {outcome['machine']}, Python {outcome['python']}: medians of"
        f" {runs} runs, each with a database and a seed of its own. The search has the"
        f" {outcome['seconds_of_search']:g} seconds that the product gives it: half for the groups,"
        " which are improved for as long as that, half for the dates, which end when every rule is"
        " kept.\n\n"
        "    python benchmarks/planning/bench_real_file.py\n\n"
        "Seconds by the wall, in brackets on the processor. `import` of the demo is loading it whole."
        " `share` is of the bound that the checker computes;"
        " the tight bound knows that teams cannot be divided.\n\n"
    )
    put_section("From an HR file to a published plan", f"{about}{text}")


if __name__ == "__main__":
    sys.exit(main())
