"""The command `modig`. Each group of commands is a module that is imported when it is asked for."""

import argparse
import importlib
import os
import sys

from modig.web.env import BadEnvironmentError

GROUPS = ("serve", "operate", "daily", "imports", "plan", "similar", "initiatives", "indicators")
ABOUT = """\
modig runs an organisation-wide leadership programme: it reads the employer's HR file, puts whole
management teams into programme groups, and gives the groups dates with every unit still staffed."""
MORE = """\
The environment decides where things are: MODIG_DATA holds the database and files (.modig),
MODIG_DATABASE_URL names a PostgreSQL database. docs/admin.md tells all of it.
`modig COMMAND --help` tells more of a command; `modig manage` hands on to Django's own."""


def main(words: list[str] | None = None) -> int:
    """Run one command; its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "modig.web.settings")
    given = sys.argv[1:] if words is None else words
    if given[:1] == ["manage"]:
        return _manage(given)
    parser = argparse.ArgumentParser(
        prog="modig",
        description=ABOUT,
        epilog=MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", title="commands"
    )
    for name in GROUPS:
        importlib.import_module(f"modig.cli.{name}").add_parser(commands)
    arguments = parser.parse_args(given)
    try:
        status: int = arguments.run(arguments)
    except BadEnvironmentError as error:
        print(error, file=sys.stderr)
        return 2
    return status


def _manage(words: list[str]) -> int:
    """Hand the words to Django's own commands."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- light start

    execute_from_command_line(["modig manage", *words[1:]])
    return 0
