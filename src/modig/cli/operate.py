"""Commands for whoever runs modig: `migrate`, `doctor`, `backup`, `restore`."""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any


def add_parser(commands: Any) -> None:
    commands.add_parser("migrate", help="bring the database up to date").set_defaults(run=migrate)
    doctor_parser = commands.add_parser("doctor", help="say what is missing or broken")
    doctor_parser.add_argument("--json", action="store_true", help="print one JSON object")
    doctor_parser.set_defaults(run=doctor)
    backup_parser = commands.add_parser("backup", help="write everything into one file")
    backup_parser.add_argument("file", type=Path)
    backup_parser.set_defaults(run=backup)
    restore_parser = commands.add_parser("restore", help="bring everything back from a backup")
    restore_parser.add_argument("file", type=Path)
    restore_parser.add_argument(
        "--replace", action="store_true", help="even if the database holds something: it is lost"
    )
    restore_parser.set_defaults(run=restore)


def migrate(_: argparse.Namespace) -> int:
    migrate_database()
    return 0


def doctor(arguments: argparse.Namespace) -> int:
    """Check what modig stands on; 0 when all is well, else 1."""
    from modig.web.doctor import findings  # noqa: PLC0415 -- light start

    found = findings()
    is_well = all(one.is_well for one in found)
    if arguments.json:
        checks = [{"name": o.name, "ok": o.is_well, "says": o.says} for o in found]
        print(json.dumps({"ok": is_well, "checks": checks}))
    else:
        for one in found:
            print(f"{'ok  ' if one.is_well else 'BAD '} {one.name}: {one.says}")
    return 0 if is_well else 1


def backup(arguments: argparse.Namespace) -> int:
    from modig.web.backup import BackupError, write_backup  # noqa: PLC0415 -- light start

    _set_up()
    try:
        rows = write_backup(arguments.file)
    except (BackupError, OSError) as error:
        return _refuse(error)
    print(f"{rows} rows are in {arguments.file}", file=sys.stderr)
    return 0


def restore(arguments: argparse.Namespace) -> int:
    from modig.web.backup import BackupError, read_backup  # noqa: PLC0415 -- light start

    _set_up()
    migrate_database()
    try:
        rows = read_backup(arguments.file, replace=arguments.replace)
    except (BackupError, OSError) as error:
        return _refuse(error)
    print(f"{rows} rows were restored from {arguments.file}", file=sys.stderr)
    return 0


def migrate_database() -> None:
    """Bring the database up to date; makes the data folder."""
    _set_up()
    from django.conf import settings  # noqa: PLC0415 -- after setup
    from django.core.management import call_command  # noqa: PLC0415 -- after setup

    Path(settings.ENVIRONMENT.data).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)


def missing_migrations() -> list[str]:
    """The migrations that the database has not seen."""
    _set_up()
    from django.db import connection  # noqa: PLC0415 -- after setup
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _ in plan]


def collect_static() -> None:
    """Gather static files with hashed names, unless they are as they were the last time."""
    _set_up()
    from django.conf import settings  # noqa: PLC0415 -- after setup
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    sources = (storage.path(n) for f in get_finders() for n, storage in f.list([]))
    stats = sorted((path, Path(path).stat().st_mtime_ns) for path in sources)
    state = hashlib.sha256(repr(stats).encode()).hexdigest()
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)


def _set_up() -> None:
    import django  # noqa: PLC0415 -- light start

    django.setup()


def _refuse(error: Exception) -> int:
    print(error, file=sys.stderr)
    return 2
