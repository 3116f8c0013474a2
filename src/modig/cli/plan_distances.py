"""``modig plan mdgp``: groups from any table of distances."""

import argparse
import gzip
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from modig import planning
from modig.cli.plan_input import BadInputError
from modig.cli.plan_options import add_json, add_search
from modig.cli.plan_output import (
    answer_object,
    exit_code,
    may_be_written,
    print_json,
    progress_bar,
    say,
    summary,
    write_table,
)
from modig.planning import Status


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    mdgp = commands.add_parser("mdgp", help="the Maximally Diverse Grouping Problem")
    mdgp.add_argument("instance", type=Path, metavar="instance.txt[.gz]")
    add_search(mdgp)
    add_json(mdgp)
    mdgp.set_defaults(plan_deed=_mdgp)


def _mdgp(a: argparse.Namespace, stop: Callable[[], bool]) -> int:
    may_be_written(a.out)
    problem = read_instance(a.instance)
    with progress_bar("value {:g}") as on_progress:
        plan = planning.diversify(
            problem,
            seed=a.seed,
            seconds=a.seconds if a.seconds or a.steps else 3.0,
            steps=a.steps,
            workers=a.workers,
            on_progress=on_progress,
            should_stop=stop,
        )
    if plan.groups:
        write_table(a.out, ["id", "group"], enumerate(plan.groups))
    say(*summary(plan.status, {}, plan.reasons))
    if plan.value is not None:
        below = "; some distances are below 0" if problem.distance.min() < 0 else ""
        say(f"value {plan.value:.6f} of at most {plan.bound:.6f} (a loose bound{below})")
    print_json(
        a,
        answer_object(
            plan.status,
            value=plan.value,
            bound=plan.bound,
            share=plan.share,
            reasons=[str(reason) for reason in plan.reasons],
            seed=plan.seed,
            steps=plan.steps,
            cpu_seconds=plan.cpu_seconds,
            sizes=list(plan.sizes),
        ),
    )
    return exit_code(plan.status, {}) if plan.groups or plan.status is not Status.STOPPED else 3


def read_instance(path: Path) -> planning.DistanceProblem:
    """The MDGPLIB text format: ``n K type low high ...``, then ``i j distance`` for each i < j."""
    head, _, body = _text(path).partition("\n")
    n, low, high = _bounds(path, head.split())
    table = _numbers(path, body)
    if len(table) != n * (n - 1) // 2:
        wanted = n * (n - 1) // 2
        raise BadInputError(
            f"{path}, row {len(table) + 2}: {wanted} rows 'i j distance' are needed below row 1,"
            f" there are {len(table)}"
        )
    i, j = table[:, 0].astype(np.int64), table[:, 1].astype(np.int64)
    whole = (table[:, 0] == i) & (table[:, 1] == j)
    wrong = ~whole | (i < 0) | (i >= j) | (j >= n)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise BadInputError(
            f"{path}, row {row + 2}, columns 1 and 2: the pair must be i < j, both from 0 to {n - 1}"
        )
    _, first = np.unique(i * n + j, return_index=True)
    if len(first) < len(table):
        row = int(np.setdiff1d(np.arange(len(table)), first)[0])
        raise BadInputError(
            f"{path}, row {row + 2}, columns 1 and 2: the pair {i[row]} {j[row]} is there already"
        )
    distance = np.zeros((n, n))
    distance[i, j] = distance[j, i] = table[:, 2]
    return planning.DistanceProblem(distance, low, high)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path}: not UTF-8 text (byte {error.start})") from error
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadInputError(f"{path}: cannot be read ({reason})") from error


def _bounds(path: Path, words: list[str]) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    numbers = words[:2] + words[3:]
    if len(words) < 5 or not all(word.isdecimal() and len(word) < 7 for word in numbers):
        raise BadInputError(f"{path}, row 1: it is not like 'n K ss 10 10 10 10', whole numbers")
    n, groups = int(words[0]), int(words[1])
    low, high = tuple(map(int, words[3::2])), tuple(map(int, words[4::2]))
    if n < 2 or groups < 1:
        least = f"two people are needed, not {n}" if n < 2 else "one group is needed"
        raise BadInputError(f"{path}, row 1: at least {least}")
    if len(words) != 3 + 2 * groups:
        wanted = f"{planning.so_many(groups, 'group')} and so {2 * groups} bounds"
        raise BadInputError(f"{path}, row 1: {wanted} are asked for, there are {len(words) - 3}")
    for k, (a, b) in enumerate(zip(low, high, strict=True)):
        if a > b:
            raise BadInputError(
                f"{path}, row 1, column {4 + 2 * k}: the bounds {a}-{b} go backwards"
            )
    return n, low, high


def _numbers(path: Path, body: str) -> NDArray[np.float64]:
    lines = body.splitlines()
    if not any(line.strip() for line in lines):
        raise BadInputError(f"{path}, row 2: no distances below the first row")
    try:
        table = np.loadtxt(lines, ndmin=2)
    except ValueError:
        table = np.zeros((0, 0))
    if table.shape[1] == 3 and (np.abs(table) <= planning.LARGEST_DISTANCE).all():
        return table
    for row, line in enumerate(lines, 2):
        problem = _problem_of(line.split())
        if problem:
            raise BadInputError(f"{path}, row {row}{problem}")
    raise BadInputError(f"{path}, row 2: the rows are not like 'i j distance'")


def _problem_of(words: list[str]) -> str:
    if words and len(words) != 3:
        return f": {len(words)} numbers, not 'i j distance'"
    for column, word in enumerate(words, 1):
        try:
            number = float(word)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            return f", column {column}: {word!r} is not a number"
        if abs(number) > planning.LARGEST_DISTANCE:
            return f", column {column}: {word!r} is beyond {planning.LARGEST_DISTANCE:g}"
    return ""
