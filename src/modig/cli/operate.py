"""Commands for whoever runs modig: `migrate`, `invite`, `doctor`, `backup`, `restore`."""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any


class RefusedError(Exception):
    """The words of the command cannot be used; one sentence."""


def add_parser(commands: Any) -> None:
    commands.add_parser("migrate", help="bring the database up to date").set_defaults(run=migrate)
    _add_invite(commands)
    doctor_parser = commands.add_parser("doctor", help="say what is missing or broken")
    doctor_parser.add_argument("--json", action="store_true", help="print one JSON object")
    doctor_parser.set_defaults(run=doctor)
    backup_parser = commands.add_parser("backup", help="write everything into one file")
    backup_parser.add_argument("file", type=Path, help="the file to write, like modig.zip")
    backup_parser.set_defaults(run=backup)
    restore_parser = commands.add_parser("restore", help="bring everything back from a backup")
    restore_parser.add_argument("file", type=Path, help="what `modig backup` wrote")
    restore_parser.add_argument(
        "--replace", action="store_true", help="even if the database holds something: it is lost"
    )
    restore_parser.set_defaults(run=restore)


def _add_invite(commands: Any) -> None:
    parser = commands.add_parser("invite", help="make somebody a user, the first one above all")
    parser.add_argument("email", help="the address that the user signs in with")
    parser.add_argument("--organisation", metavar="CODE", required=True)
    parser.add_argument("--create", metavar="NAME", help="make the organisation if there is none")
    parser.add_argument("--name", default="", help="the user's name; without it, the address")
    parser.add_argument("--role", metavar="CODE", default="administrator", help="administrator")
    parser.set_defaults(run=invite)


def migrate(_: argparse.Namespace) -> int:
    migrate_database()
    return 0


def invite(arguments: argparse.Namespace) -> int:
    """Make a user with a role; 2 when the address, the organisation or the role cannot be used."""
    _set_up()
    from django.db import transaction  # noqa: PLC0415 -- after setup

    try:
        with transaction.atomic():
            said = _invite(arguments)
    except RefusedError as error:
        return _refuse(error)
    print(said)
    print(f"To sign in: open /accounts/login/code/ and write the address. {_where_mail_goes()}")
    return 0


def _invite(arguments: argparse.Namespace) -> str:
    from django.core.exceptions import ValidationError  # noqa: PLC0415 -- after setup
    from django.core.validators import validate_email  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from modig.apps.administration.actions import AlreadyMemberError, invite_user  # noqa: PLC0415
    from modig.apps.tenancy.scope import working_for  # noqa: PLC0415

    email = arguments.email
    organisation = _organisation(arguments.organisation, arguments.create)
    with working_for(organisation):
        role = _role(arguments.role)
        try:
            validate_email(email)
            invite_user(
                email=email,
                name=arguments.name or email,
                language=organisation.language,
                role=role,
                person=None,
                by=None,
                at=timezone.now(),
            )
        except ValidationError as error:
            raise RefusedError(f"{email} is no e-mail address") from error
        except AlreadyMemberError as error:
            raise RefusedError(f"{email} is a user of {organisation} already") from error
    return f"{email} is {role.names['en'] or role.code} at {organisation}."


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
    if missing := missing_migrations():
        return _refuse(f"{len(missing)} migrations are missing; run: modig migrate")
    try:
        rows = write_backup(arguments.file)
    except (BackupError, OSError) as error:
        return _refuse(error)
    print(f"{rows} rows are in {arguments.file}", file=sys.stderr)
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Bring back a backup. The file is looked through before anything is touched."""
    from modig.web.backup import (  # noqa: PLC0415 -- light start
        BackupError,
        examine_backup,
        read_backup,
        refuse_database_in_use,
    )

    _set_up()
    try:
        examine_backup(arguments.file)
        if not arguments.replace:
            refuse_database_in_use()
        migrate_database()
        rows = read_backup(arguments.file, replace=arguments.replace)
    except FileNotFoundError:
        return _refuse(f"{arguments.file}: there is no such file")
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


def _organisation(code: str, name_if_new: str | None) -> Any:
    from modig.apps.tenancy.actions import create_organisation  # noqa: PLC0415 -- after setup
    from modig.apps.tenancy.models import Organisation  # noqa: PLC0415

    found = Organisation.objects.filter(code=code).first()
    if found is None and not name_if_new:
        raise RefusedError(f"There is no organisation {code}; --create NAME makes it")
    return found or create_organisation(code, name_if_new or code)


def _role(code: str) -> Any:
    from modig.apps.tenancy.models import Role  # noqa: PLC0415 -- after setup

    found = Role.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Role.objects.values_list("code", flat=True))
        raise RefusedError(f"There is no role {code}; there are: {known}")
    return found


def _where_mail_goes() -> str:
    from django.conf import settings  # noqa: PLC0415 -- after setup

    if settings.ENVIRONMENT.mail_url:
        return "A code comes by mail."
    return f"The mail with the code is put into {settings.EMAIL_FILE_PATH}."


def _set_up() -> None:
    import django  # noqa: PLC0415 -- light start

    django.setup()


def _refuse(reason: object) -> int:
    print(reason, file=sys.stderr)
    return 2
