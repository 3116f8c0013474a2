"""The command `modig indicators`: a file in Kolada's published form into one organisation."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any


def add_parser(commands: Any) -> None:
    parser = commands.add_parser(
        "indicators", help="read national indicators (Kolada's JSON or CSV) into an organisation"
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--organisation", required=True, metavar="CODE")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0: the file was taken in; 2: it could not be used, and nothing was changed."""
    import django  # noqa: PLC0415 -- light start

    django.setup()
    from modig.apps.initiatives.kolada.reading import (  # noqa: PLC0415 -- after setup
        UnreadableIndicatorsError,
    )

    try:
        counts = _take_in(arguments)
    except (UnreadableIndicatorsError, LookupError, OSError) as error:
        said = error.strerror if isinstance(error, OSError) else error.args[0]
        print(f"{arguments.file.name}: {said}" if isinstance(error, OSError) else said,
              file=sys.stderr)  # fmt: skip
        return 2
    if arguments.json:
        print(json.dumps(counts))
    else:
        print(", ".join(f"{name} {n}" for name, n in counts.items()))
    return 0


def _take_in(arguments: argparse.Namespace) -> dict[str, int]:
    from django.utils import timezone  # noqa: PLC0415 -- after setup
    from django.utils.translation import override  # noqa: PLC0415

    from modig.apps.initiatives.actions.indicators import take_in_indicators  # noqa: PLC0415
    from modig.apps.initiatives.kolada.reading import read_indicators  # noqa: PLC0415
    from modig.apps.tenancy.models import Organisation  # noqa: PLC0415
    from modig.apps.tenancy.scope import working_for  # noqa: PLC0415

    with override("en"):
        content = read_indicators(arguments.file.name, arguments.file.read_bytes())
        organisation = Organisation.objects.filter(code=arguments.organisation).first()
        if organisation is None:
            known = ", ".join(Organisation.objects.values_list("code", flat=True)) or "none"
            raise LookupError(
                f"no organisation has the code {arguments.organisation!r} (known: {known})"
            )
        with working_for(organisation):
            return asdict(take_in_indicators(content, by=None, at=timezone.now()))
