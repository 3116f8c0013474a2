"""The command `modig`. Each group of commands is a module that is imported when it is asked for."""

import argparse
import importlib
import os
import sys

GROUPS = ("serve", "operate", "imports", "plan", "indicators", "similar", "initiatives")


def main(words: list[str] | None = None) -> int:
    """Run one command; its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "modig.web.settings")
    given = sys.argv[1:] if words is None else words
    if given[:1] == ["manage"]:
        return _manage(given)
    parser = argparse.ArgumentParser(prog="modig", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in GROUPS:
        importlib.import_module(f"modig.cli.{name}").add_parser(commands)
    arguments = parser.parse_args(given)
    status: int = arguments.run(arguments)
    return status


def _manage(words: list[str]) -> int:
    """Hand the words to Django's own commands."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- light start

    execute_from_command_line(["modig manage", *words[1:]])
    return 0
