"""The command `modig similar`: how often the finder of similar initiatives is right, for any file."""

import argparse
import csv
import io
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

SHOWN = 5
COLUMNS = ("query", "expected")


class RefusedError(Exception):
    """The file or the words of the command cannot be used; one sentence."""


def add_parser(commands: Any) -> None:
    parser = commands.add_parser(
        "similar", help="try the finder of similar initiatives on questions with known answers"
    )
    parser.add_argument(
        "file", type=Path, metavar="QUERIES.csv", help="columns query and expected (codes)"
    )
    parser.add_argument("--organisation", required=True, metavar="CODE")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0: every question was asked; 2: the file or the organisation cannot be used.

    A question is a hit if one of its expected codes is among the first five.
    """
    import django  # noqa: PLC0415 -- light start

    django.setup()
    try:
        figures = _figures(arguments)
    except RefusedError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps(figures))
    else:
        share, median = f"{figures['share']:.1%}", f"{figures['median_ms']:.1f} ms"
        print(f"{figures['hits_top5']} of {figures['queries']} right ({share}), median {median}")
    return 0


def _figures(arguments: argparse.Namespace) -> dict[str, Any]:
    from modig.apps.tenancy.models import Organisation  # noqa: PLC0415 -- after setup
    from modig.apps.tenancy.scope import working_for  # noqa: PLC0415

    questions = _questions(arguments.file)
    organisation = Organisation.objects.filter(code=arguments.organisation).first()
    if organisation is None:
        known = ", ".join(Organisation.objects.values_list("code", flat=True)) or "none"
        raise RefusedError(
            f"no organisation has the code {arguments.organisation!r} (known: {known})"
        )
    with working_for(organisation):
        _refuse_unknown_codes(questions, arguments.file)
        return _asked(questions)


def _questions(path: Path) -> list[tuple[str, set[str]]]:
    """Each question with its expected codes, as the file has them."""
    rows = csv.reader(io.StringIO(_text(path), newline=""), _dialect(_text(path)))
    header = [name.strip().casefold() for name in next(rows, [])]
    if missing := [name for name in COLUMNS if name not in header]:
        raise RefusedError(f"{path.name}: the first line names no column {' or '.join(missing)}")
    query, expected = (header.index(name) for name in COLUMNS)
    questions = []
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= max(query, expected):
            raise RefusedError(f"{path.name}, line {number}: a column is missing")
        asked, codes = row[query].strip(), set(row[expected].split())
        if not asked or not codes:
            lacking = "question" if not asked else "expected code"
            raise RefusedError(f"{path.name}, line {number}: there is no {lacking}")
        questions.append((asked, codes))
    if not questions:
        raise RefusedError(f"{path.name}: there is no question in it")
    return questions


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RefusedError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise RefusedError(f"{path.name}: it is not written in UTF-8") from error


def _dialect(text: str) -> type[csv.Dialect]:
    """Commas, or semicolons where the first line has those."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    return type("Parted", (csv.excel,), {"delimiter": delimiter})


def _refuse_unknown_codes(questions: list[tuple[str, set[str]]], path: Path) -> None:
    from modig.apps.initiatives.models import Initiative  # noqa: PLC0415 -- after setup

    known = set(Initiative.objects.values_list("code", flat=True))
    unknown = sorted({code for _, codes in questions for code in codes} - known)
    if unknown:
        raise RefusedError(f"{path.name}: no initiative has the code {', '.join(unknown)}")


def _asked(questions: list[tuple[str, set[str]]]) -> dict[str, Any]:
    from modig.apps.initiatives.queries.similar import similar_to_text  # noqa: PLC0415

    similar_to_text(questions[0][0])  # the first one reads every initiative
    hits, milliseconds = 0, []
    for query, expected in questions:
        began = time.perf_counter()
        found = similar_to_text(query, limit=SHOWN)
        milliseconds.append((time.perf_counter() - began) * 1000)
        hits += any(one.initiative.code in expected for one in found)
    return {
        "queries": len(questions),
        "hits_top5": hits,
        "share": round(hits / len(questions), 4),
        "median_ms": round(statistics.median(milliseconds), 2),
    }
