"""``modig plan many``: one plan for every sub-folder, over several processes or machines.

Every sub-folder holds ``people.csv`` and may hold ``all.csv`` (the staff), ``keep_apart.csv``,
``history.csv``, ``locks.csv``, ``unavailable.csv``, ``days_off.csv``, ``travel.csv``, ``holidays.txt``,
and ``options.txt`` with options of its own. A worker that dies lets go of its job, and another does it.
"""

import argparse
import contextlib
import io
import json
import multiprocessing
import os
import platform
import shlex
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modig.cli.plan_input import BadInputError, read_table
from modig.cli.plan_jobs import DatabaseJobs, FolderJobs, Jobs
from modig.cli.plan_options import (
    MOST_WORKERS,
    OneLineParser,
    add_files,
    add_group_rules,
    add_json,
    add_schedule_rules,
    add_search,
    up_to,
)
from modig.cli.plan_output import (
    BAD_INPUT,
    NO_PLAN,
    OK,
    answer_object,
    print_json,
    say,
    stoppable,
    write_table,
)
from modig.planning import Status

Deed = Callable[[argparse.Namespace, Callable[[], bool]], int]
USUAL_SIZE = 24
SIDE_FILES = {
    "staff": "all.csv",
    "keep_apart": "keep_apart.csv",
    "history": "history.csv",
    "locks": "locks.csv",
    "unavailable": "unavailable.csv",
    "days_off": "days_off.csv",
    "travel": "travel.csv",
    "holidays": "holidays.txt",
}
OWN = {"help", "people", "out", "workers", "json"}
KEPT = {str(Status.OK), str(Status.STOPPED)}
SPARE_WORKERS = 5
"""How many workers that died are replaced."""


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    many = commands.add_parser("many", help="a plan for every sub-folder", epilog=__doc__)
    many.add_argument("folder", type=Path, metavar="FOLDER")
    many.add_argument("--out", type=Path, required=True, metavar="FOLDER2")
    many.add_argument("--workers", type=up_to(MOST_WORKERS), default=1)
    many.add_argument("--queue", metavar="URL", help="a PostgreSQL database that workers share")
    many.add_argument("--resume", action="store_true", help="keep what is done already")
    add_json(many)
    _add_forwarded(many)
    many.set_defaults(plan_deed=_many)

    work = commands.add_parser("work", help="help with the jobs of a queue until none is left")
    work.add_argument("--queue", required=True, metavar="URL")
    work.set_defaults(plan_deed=_work)


DEEDS: dict[str, Deed] = {}
"""The two commands that a job consists of; the module ``plan``, which has them, names them here."""


def rules_parser() -> argparse.ArgumentParser:
    """Reads the options of one employer."""
    rules = OneLineParser(prog="modig plan many")
    add_files(rules)
    add_search(rules)
    add_group_rules(rules, required=False)
    add_schedule_rules(rules, required=False)
    return rules


def _add_forwarded(many: argparse.ArgumentParser) -> None:
    """The options of one employer as they are written; each job reads them itself."""
    for action in rules_parser()._actions:  # noqa: SLF001 -- there is no other list of options
        if action.dest not in OWN and action.option_strings:
            flags = action.option_strings
            many.add_argument(
                *flags, dest=f"all_{action.dest}", metavar=action.metavar, action="append"
            )


def _forwarded(a: argparse.Namespace) -> list[str]:
    words = []
    for action in rules_parser()._actions:  # noqa: SLF001 -- as above
        for value in getattr(a, f"all_{action.dest}", None) or ():
            words += [action.option_strings[0], value]
    return words


# ---- the whole -----------------------------------------------------------------------------------


def _many(a: argparse.Namespace, stop: Callable[[], bool]) -> int:
    began = time.monotonic()
    words = _forwarded(a)
    rules_parser().parse_args(["-", "--out", "-", *words])  # says at once what is wrong with them
    jobs = _jobs(a, words)
    _watch(jobs, a.workers, stop)
    answers = jobs.collect()
    rows = [
        (
            name,
            answer["status"],
            answer.get("people"),
            answer.get("share"),
            answer.get("seconds"),
            answer.get("megabytes"),
            answer.get("worker"),
        )
        for name, answer in sorted(answers.items())
    ]
    header = ["employer", "status", "people", "share", "seconds", "megabytes", "worker"]
    write_table(a.out / "summary.csv", header, rows)
    return _tell(a, answers, jobs.names, time.monotonic() - began)


def _jobs(a: argparse.Namespace, words: Sequence[str]) -> Jobs:
    if not a.folder.is_dir():
        raise BadInputError(f"{a.folder}: is not a folder")
    names = _longest_first(a.folder)
    if not names:
        raise BadInputError(f"{a.folder}: no sub-folder has a people.csv")
    try:
        a.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError(f"--out: {a.out} cannot be made ({error.strerror})") from error
    if a.queue:
        return DatabaseJobs.begin(a.queue, a.folder, a.out, names, words)
    return FolderJobs.begin(a.folder, a.out, names, words, resume=a.resume)


def _longest_first(folder: Path) -> list[str]:
    """The employers, the largest file first: at the end nobody waits for a large one alone."""
    files = [place / "people.csv" for place in folder.iterdir()]
    bytes_of = {file.parent.name: file.stat().st_size for file in files if file.is_file()}
    return sorted(bytes_of, key=lambda name: (-bytes_of[name], name))


def _watch(jobs: Jobs, workers: int, stop: Callable[[], bool]) -> None:
    """Start workers, replace those that die, and wait until every job is done."""
    context = multiprocessing.get_context("spawn")

    def begin() -> Any:
        process = context.Process(target=work_on, args=(jobs.ticket(),))
        process.start()
        return process

    total, spare = len(jobs.names), SPARE_WORKERS
    running = [begin() for _ in range(min(workers, total))]
    is_stopping = False
    while running:
        time.sleep(0.1)
        if stop() and not is_stopping:
            is_stopping = True
            for process in running:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGINT)
        for process in [p for p in running if not p.is_alive()]:
            running.remove(process)
            if process.exitcode and not is_stopping and spare:
                spare -= 1
                running.append(begin())
        if sys.stderr.isatty():
            print(f"\r{jobs.done()} of {total} done  ", end="", file=sys.stderr, flush=True)


def _tell(
    a: argparse.Namespace,
    answers: Mapping[str, Mapping[str, Any]],
    names: Sequence[str],
    seconds: float,
) -> int:
    counts = Counter(str(answer["status"]) for answer in answers.values())
    counts["undone"] = len(names) - len(answers)
    fine = [x for x in answers.values() if x["status"] in KEPT and not x["violations"]]
    say(f"{len(fine)} of {len(names)} have a plan, after {seconds:.1f} s")
    for name, answer in sorted(answers.items()):
        if answer["status"] != Status.OK:
            say(f"  {name}: {answer['status']}: {'; '.join(answer['reasons'][:1])}")
    print_json(
        a,
        answer_object(
            _status_of_all(counts, len(names)),
            reasons=[f"{n}: {r}" for n, x in sorted(answers.items()) for r in x["reasons"][:1]],
            cpu_seconds=sum(x.get("cpu_seconds") or 0.0 for x in answers.values()),
            employers={name: n for name, n in counts.items() if n},
            people=sum(x.get("people") or 0 for x in answers.values()),
            seconds=seconds,
            megabytes_per_worker=max(
                (x.get("megabytes") or 0 for x in answers.values()), default=0
            ),
        ),
    )
    if counts["bad_input"]:
        return BAD_INPUT
    return OK if fine and len(fine) == len(answers) else NO_PLAN


def _status_of_all(counts: Mapping[str, int], total: int) -> Status:
    """Not possible where that is proven for all that have no plan; bad input proves nothing."""
    if counts["undone"] or counts["stopped"]:
        return Status.STOPPED
    if counts["ok"] == total:
        return Status.OK
    is_proven = counts["ok"] + counts["not_possible"] == total
    return Status.NOT_POSSIBLE if is_proven else Status.NOT_FOUND


def _work(a: argparse.Namespace, stop: Callable[[], bool]) -> int:
    jobs = DatabaseJobs.join(a.queue)
    say(f"{_work_through(jobs, stop)} jobs done")
    return OK


# ---- one worker ----------------------------------------------------------------------------------


def work_on(ticket: Mapping[str, Any]) -> None:
    """A process of its own: take jobs until none is left."""
    from modig.cli import plan  # noqa: PLC0415, F401 -- it names the two commands

    jobs: Jobs = DatabaseJobs(**ticket) if "url" in ticket else FolderJobs(**ticket)
    with stoppable() as stop:
        _work_through(jobs, stop)


def _work_through(jobs: Jobs, stop: Callable[[], bool]) -> int:
    done = 0
    while not stop():
        with jobs.take() as job:
            if job is None:
                if jobs.is_finished():
                    break
                time.sleep(0.2)
                continue
            answer = do(Employer(job.name, job.source, job.target), job.words, stop)
            job.finish(answer)
            done += 1
    return done


@dataclass(frozen=True, slots=True)
class Employer:
    name: str
    source: Path
    target: Path


def do(employer: Employer, words: Sequence[str], stop: Callable[[], bool]) -> dict[str, Any]:
    """Plan one employer; bad input of one does not keep the others from their plans."""
    import resource  # noqa: PLC0415 -- not on every system

    began = time.monotonic()
    told = io.StringIO()
    answer: dict[str, Any] = {"status": "bad_input", "reasons": [], "violations": {}}
    with contextlib.redirect_stderr(told), contextlib.redirect_stdout(io.StringIO()) as printed:
        try:
            a = _options(employer, words)
            status = DEEDS["compose"](a, stop)
            answer = _last_object(printed)
            if status == OK and a.blocks is not None:
                a.groups_file, a.out = (
                    employer.target / "groups.csv",
                    employer.target / "schedule.csv",
                )
                DEEDS["dates"](a, stop)
                answer = _joined(answer, _last_object(printed))
            answer["people"] = len(read_table(a.people, ["id"]))
        except BadInputError as error:
            answer["reasons"] = [" ".join(str(error).split())]
        except SystemExit:
            answer["reasons"] = [told.getvalue().strip()]
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return answer | {
        "seconds": round(time.monotonic() - began, 3),
        "megabytes": round(usage.ru_maxrss / 1024),
        "worker": f"{platform.node()}:{os.getpid()}",
    }


def _last_object(printed: io.StringIO) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(printed.getvalue().splitlines()[-1])
    return found


def _joined(groups: dict[str, Any], dates: dict[str, Any]) -> dict[str, Any]:
    """The answer of the groups, with what the dates add."""
    status = groups["status"] if dates["status"] == Status.OK else dates["status"]
    return groups | {
        "status": status,
        "violations": groups["violations"] | dates["violations"],
        "reasons": groups["reasons"] + dates["reasons"],
        "steps": groups["steps"] + dates["steps"],
        "cpu_seconds": groups["cpu_seconds"] + dates["cpu_seconds"],
        "meetings": dates["meetings"],
        "max_share_away": dates["max_share_away"],
    }


def _options(employer: Employer, words: Sequence[str]) -> argparse.Namespace:
    own = employer.source / "options.txt"
    more = shlex.split(own.read_text(encoding="utf-8")) if own.is_file() else []
    people = employer.source / "people.csv"
    a = rules_parser().parse_args(
        [str(people), "--out", str(employer.target / "groups.csv"), *words, *more]
    )
    for name, file in SIDE_FILES.items():
        if (employer.source / file).is_file():
            setattr(a, name, employer.source / file)
    rows = read_table(people, ["id"])
    if a.size is None:
        a.groups = a.groups or max(1, round(len(rows) / USUAL_SIZE))
        a.size = (max(1, len(rows) // a.groups - 1), -(-len(rows) // a.groups) + 1)
    if a.groups is None:
        a.groups = _groups_of(len(rows), *a.size)
    if a.weights is None:
        a.weights = {
            column: 1.0
            for column in rows[0].cells
            if column not in {"id", a.keep_together}
            and len({row[column] for row in rows}) <= len(rows) // 2
        }
    a.workers, a.json = 1, True
    return a


def _groups_of(people: int, low: int, high: int) -> int:
    """The number of groups within whose sizes the people fit, nearest to the middle size."""
    wanted = round(2 * people / (low + high))
    return max(1, min(max(wanted, -(-people // high)), people // low))
