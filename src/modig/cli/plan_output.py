"""What the planner's commands write and say, and how they are stopped."""

import argparse
import csv
import io
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from modig import planning
from modig.cli.plan_input import BadInputError
from modig.planning import Status

OK, CHECK_FAILED, BAD_INPUT, NO_PLAN = 0, 1, 2, 3


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Whole or not at all: a half-written file never bears the name."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_text(text.getvalue(), encoding="utf-8", newline="")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise BadInputError(f"{path}: cannot be written ({error.strerror or error})") from error


def write_schedule(path: Path, meetings: Iterable[planning.Meeting]) -> None:
    """One row a day."""
    rows = [
        (meeting.group, meeting.block, day, meeting.venue, meeting.facilitator)
        for meeting in meetings
        for day in meeting.dates
    ]
    write_table(path, ["group", "block", "date", "venue", "facilitator"], rows)


def may_be_written(path: Path, option: str = "--out") -> None:
    if path.is_dir() or not path.parent.is_dir():
        raise BadInputError(f"{option}: {path} is a folder, or its folder does not exist")


def print_json(a: argparse.Namespace, answer: Mapping[str, Any]) -> None:
    if a.json:
        print(json.dumps(answer))


def say(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)


def answer_object(status: Status, **figures: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "status": str(status), "value": None, "bound": None, "share": None, "excess": {},
        "violations": {}, "moved": None, "reasons": [], "seed": None, "steps": None,
        "cpu_seconds": None,
    }  # fmt: skip
    return empty | figures


def raised(caps: Iterable[planning.RaisedCap]) -> list[dict[str, Any]]:
    return [
        {"unit": list(c.unit), "n": c.n, "plain_cap": c.plain, "cap": c.cap, "team": c.team}
        for c in caps
    ]


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """The first SIGINT asks the search to stop; a second one ends the process as usual."""
    asked = threading.Event()

    def ask(_number: int, _frame: object) -> None:
        asked.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def progress_bar(figure: str = "") -> Iterator[Callable[[planning.Progress], None] | None]:
    """A bar on a terminal, and nothing elsewhere; ``figure`` says how to tell the best value."""
    if not sys.stderr.isatty():
        yield None
        return

    def show(progress: planning.Progress) -> None:
        full = int(progress.share_done * 30)
        broken = f"{progress.violations} broken" if progress.violations else "nothing broken"
        told = figure.format(progress.best_value) if figure else broken
        line = f"\r[{'#' * full}{'.' * (30 - full)}] {progress.share_done:4.0%}  {told}   "
        print(line, end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        say("")


def summary(
    status: Status, violations: Mapping[str, int], reasons: Iterable[planning.Reason]
) -> list[str]:
    first = {
        Status.OK: "every rule kept",
        Status.NOT_POSSIBLE: "not possible; nothing written",
        Status.NOT_FOUND: "not found: no plan that keeps every rule turned up; nothing written",
        Status.STOPPED: "stopped; the best so far "
        + ("BREAKS RULES" if violations else "keeps every rule"),
    }[status]
    return [first, *(f"  {reason}" for reason in reasons)]


def exit_code(status: Status, violations: Mapping[str, int]) -> int:
    if status is Status.OK or (status is Status.STOPPED and not violations):
        return OK
    return NO_PLAN
