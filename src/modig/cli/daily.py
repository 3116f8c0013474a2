"""The command `daily`: everything that is due today, for every organisation."""

import argparse
import json
import sys
from typing import Any

ABOUT = """\
Send what is due today: the forms of meetings that have been held and a reminder before they close,
reminders of promises, and the monthly question about initiatives that nothing has been heard from.
Run it once a day. To run it twice does no harm: nothing is sent again."""


def add_parser(commands: Any) -> None:
    parser = commands.add_parser(
        "daily",
        help="send what is due today: forms, reminders, questions",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--organisation", metavar="CODE", help="only this one; else all of them")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quiet", action="store_true", help="print only what has failed")
    parser.set_defaults(run=daily)


def daily(arguments: argparse.Namespace) -> int:
    """Do every chore; 0 when all went well, 1 when one failed, 2 when the words cannot be used."""
    import django  # noqa: PLC0415 -- light start

    django.setup()
    from modig.apps.tenancy.models import Organisation  # noqa: PLC0415 -- after setup

    found = Organisation.objects.order_by("code")
    if arguments.organisation:
        found = found.filter(code=arguments.organisation)
        if not found:
            print(f"There is no organisation {arguments.organisation}", file=sys.stderr)
            return 2
    done = {organisation.code: _chores_of(organisation) for organisation in found}
    if arguments.json:
        print(json.dumps(done))
    else:
        _tell(done, is_quiet=arguments.quiet)
    failed = any(one["fault"] for chores in done.values() for one in chores)
    return 1 if failed else 0


def _chores_of(organisation: Any) -> list[dict[str, Any]]:
    from dataclasses import asdict  # noqa: PLC0415 -- light start

    from django.conf import settings  # noqa: PLC0415 -- after setup
    from django.utils import timezone  # noqa: PLC0415

    from modig.apps.jobs.daily import Day, do_chores  # noqa: PLC0415
    from modig.apps.tenancy.scope import working_for  # noqa: PLC0415

    with working_for(organisation):
        day = Day(timezone.localdate(), timezone.now(), settings.ENVIRONMENT.address)
        return [asdict(one) for one in do_chores(day)]


def _tell(done: dict[str, list[dict[str, Any]]], *, is_quiet: bool) -> None:
    for code, chores in done.items():
        for one in chores:
            if one["fault"]:
                print(f"{code}: {one['chore']} failed: {one['fault']}", file=sys.stderr)
            if one["fault"] or is_quiet:
                continue
            refused = f", {one['refused']} refused" if one["refused"] else ""
            print(f"{code}: {one['chore']}: {one['sent']} sent{refused}")
