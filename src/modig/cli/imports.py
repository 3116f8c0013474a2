"""The command `modig import`: one HR file into one organisation."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

REMARKS = {
    "unusable_emails": "e-mail addresses cannot be used and are left out",
    "unknown_managers": "rows name managers who are nowhere in the file; they are read in without",
}


class RefusedError(Exception):
    """The file or the words of the command cannot be used; one sentence."""


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("import", help="read an HR file into an organisation")
    parser.add_argument("file", type=Path)
    parser.add_argument("--organisation", required=True, metavar="CODE")
    parser.add_argument("--create", metavar="NAME", help="make the organisation if there is none")
    parser.add_argument("--mapping", type=Path, metavar="FILE.json")
    parser.add_argument("--sheet", default="", help="which sheet of a workbook")
    parser.add_argument(
        "--dry-run", action="store_true", help="change nothing, only say what would"
    )
    parser.add_argument(
        "--second-yes",
        action="store_true",
        help="yes, end the employments of more than a tenth, who are not in the file any more",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0: all rows were read; 1: some were refused; 2: nothing could be read."""
    import django  # noqa: PLC0415 -- light start

    django.setup()
    from django.db import DatabaseError  # noqa: PLC0415 -- after setup
    from django.utils import translation  # noqa: PLC0415 -- after setup

    try:
        with translation.override("en"):
            outcome = _import(arguments)
    except DatabaseError as error:
        if why := _not_migrated():
            print(why, file=sys.stderr)
            return 2
        raise error from None
    except RefusedError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps(outcome, ensure_ascii=False))
    else:
        counts = ", ".join(f"{name} {n}" for name, n in outcome.items() if name != "rows")
        print(counts)
        for row in outcome["rows"]:
            print(f"row {row['row']}, column {row['column'] or '-'}: {row['reason']}")
    return 1 if outcome["refused"] else 0


def _not_migrated() -> str:
    from modig.cli.operate import missing_migrations  # noqa: PLC0415 -- after setup

    missing = missing_migrations()
    return f"{len(missing)} migrations are missing; run: modig migrate" if missing else ""


def _import(arguments: argparse.Namespace) -> dict[str, Any]:
    from django.db import transaction  # noqa: PLC0415 -- after setup

    from modig.apps.people.hr_files import (  # noqa: PLC0415
        MappingError,
        UnreadableFileError,
        guess_mapping,
        read_table,
    )
    from modig.apps.tenancy.scope import working_for  # noqa: PLC0415

    try:
        table = read_table(arguments.file, sheet=arguments.sheet)
        mapping = _mapping(arguments.mapping) if arguments.mapping else guess_mapping(table)
        mapping.fitted(table)
    except (UnreadableFileError, MappingError) as error:
        named = str(error)
        raise RefusedError(
            named if str(arguments.file.name) in named else f"{arguments.file.name}: {named}"
        ) from error
    with transaction.atomic():
        organisation = _organisation(arguments)
        with working_for(organisation):
            counts, refused = _take_in(table, mapping, arguments)
        if arguments.dry_run:
            transaction.set_rollback(True)
    rows = [{"row": r.row, "column": r.column, "reason": _sentence(r)} for r in refused]
    return {**counts, "rows": rows}


def _take_in(table: Any, mapping: Any, arguments: argparse.Namespace) -> Any:
    from django.utils import timezone  # noqa: PLC0415 -- after setup

    from modig.apps.people.actions import imports  # noqa: PLC0415

    if arguments.dry_run:
        return imports.compare_only(table, mapping, at=timezone.now())
    name, second_yes = arguments.file.name, arguments.second_yes
    try:
        outcome = imports.record_import(
            table, mapping, name=name, at=timezone.now(), second_yes=second_yes
        )
    except imports.SecondYesWantedError as error:
        raise RefusedError(
            f"{name}: {error.gone} of the {error.employed} employments are not in the file, which is"
            " more than a tenth; nothing was changed. --dry-run tells what would be, --second-yes"
            " ends them all"
        ) from error
    _tell_remarks()
    return outcome


def _tell_remarks() -> None:
    """What was left out of rows that were read: no row is refused for it, so it is told beside."""
    from modig.apps.people.models import HrImport  # noqa: PLC0415 -- after setup

    remarks = HrImport.objects.latest("pk").remarks
    for name, what in REMARKS.items():
        if n := remarks.get(name):
            print(f"{n} {what}", file=sys.stderr)


def _organisation(arguments: argparse.Namespace) -> Any:
    from modig.apps.tenancy.actions import create_organisation  # noqa: PLC0415 -- after setup
    from modig.apps.tenancy.models import Organisation  # noqa: PLC0415

    found = Organisation.objects.filter(code=arguments.organisation).first()
    if found is None and arguments.create:
        return create_organisation(arguments.organisation, arguments.create)
    if found is None:
        known = ", ".join(Organisation.objects.values_list("code", flat=True)) or "none"
        raise RefusedError(
            f"no organisation has the code {arguments.organisation!r} (known: {known});"
            " --create NAME makes it"
        )
    return found


def _mapping(path: Path) -> Any:
    from modig.apps.people.hr_files import Mapping, MappingError  # noqa: PLC0415 -- after setup

    try:
        return Mapping.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, MappingError) as error:
        raise RefusedError(f"{path}: {error}") from error


def _sentence(refusal: Any) -> str:
    from modig.apps.people.sentences import sentence_of  # noqa: PLC0415 -- after setup

    return sentence_of(refusal.reason, refusal.value)
