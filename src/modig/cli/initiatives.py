"""The command `modig initiatives`: the portfolio as a file, out and in again."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

ENDINGS = ("csv", "xlsx")
COUNTS = ("new", "changed", "gone", "refused", "unchanged")


class RefusedError(Exception):
    """The file or the words of the command cannot be used; one sentence."""


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("initiatives", help="the initiatives as a file, out and in again")
    actions = parser.add_subparsers(dest="action", required=True)
    out = actions.add_parser("export", help="write the initiatives to a CSV or XLSX file")
    into = actions.add_parser("import", help="change the initiatives as a file says")
    for one in (out, into):
        one.add_argument("file", type=Path)
        one.add_argument("--organisation", required=True, metavar="CODE")
        one.add_argument("--json", action="store_true", help="print one JSON object")
    into.add_argument("--sheet", default="", help="which sheet of a workbook")
    into.add_argument("--dry-run", action="store_true", help="change nothing, only say what would")
    out.set_defaults(run=run, work=_export)
    into.set_defaults(run=run, work=_import)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0: all rows went through; 1: some were refused; 2: nothing could be done."""
    import django  # noqa: PLC0415 -- light start

    django.setup()
    from modig.apps.tenancy.scope import working_for  # noqa: PLC0415 -- after setup

    try:
        with working_for(_organisation(arguments.organisation)):
            status: int = arguments.work(arguments)
    except RefusedError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    return status


def _organisation(code: str) -> Any:
    from modig.apps.tenancy.models import Organisation  # noqa: PLC0415 -- after setup

    found = Organisation.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Organisation.objects.values_list("code", flat=True)) or "none"
        raise RefusedError(f"no organisation has the code {code!r} (known: {known})")
    return found


def _export(arguments: argparse.Namespace) -> int:
    from modig.apps.initiatives.queries.portfolio_files import (  # noqa: PLC0415 -- after setup
        COLUMNS,
        rows_for_file,
    )
    from modig.apps.ui.exports import export_response, plain_csv  # noqa: PLC0415

    ending = arguments.file.suffix.lstrip(".").casefold()
    if ending not in ENDINGS:
        raise RefusedError(f"{arguments.file.name}: the file must end in .csv or .xlsx")
    columns, rows = [column.name for column in COLUMNS], list(rows_for_file())
    if ending == "xlsx":
        content = getattr(export_response("", columns, rows, ending), "content", b"")
    else:
        content = plain_csv(columns, rows).encode()
    try:
        arguments.file.write_bytes(content)
    except OSError as error:
        raise RefusedError(f"{arguments.file}: {error.strerror or error}") from error
    print(json.dumps({"rows": len(rows)}) if arguments.json else f"rows {len(rows)}")
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from django.utils import timezone  # noqa: PLC0415 -- after setup

    from modig.apps.initiatives.actions.portfolio_files import (  # noqa: PLC0415
        NotAPortfolioError,
        preview,
        take_in,
    )
    from modig.apps.people.hr_files import UnreadableFileError, read_table  # noqa: PLC0415

    try:
        table = read_table(arguments.file, sheet=arguments.sheet)
        work = preview if arguments.dry_run else take_in
        outcome = work(table, by=None, at=timezone.now())
    except UnreadableFileError as error:
        raise RefusedError(str(error)) from error
    except NotAPortfolioError as error:
        raise RefusedError(f"{arguments.file.name}: {error}") from error
    counts = {name: getattr(outcome, name) for name in COUNTS}
    if arguments.json:
        rows = [asdict(one) for one in outcome.rows]
        print(json.dumps({**counts, "rows": rows}, ensure_ascii=False))
    else:
        print(", ".join(f"{name} {n}" for name, n in counts.items()))
        for one in outcome.rows:
            print(f"row {one.row}, column {one.column or '-'}: {one.reason}")
    return 1 if outcome.refused else 0
