"""What modig stands on, looked at one by one."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

PATIENCE = timedelta(minutes=2)
SECONDS_TO_CONNECT = 5


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    is_well: bool
    says: str


def findings() -> list[Finding]:
    """Every check's finding; a check that breaks says how. Without settings there is but one."""
    first = _look("settings", _settings)
    if not first.is_well:
        return [first]
    database = _look("database", _database)
    answers = database.is_well
    return [
        first,
        database,
        *(
            _look(name, check if answers or name not in OF_THE_DATABASE else _no_database)
            for name, check in CHECKS.items()
        ),
    ]


def _look(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, is_well=True, says=check())
    except Exception as error:  # noqa: BLE001 -- whatever breaks is the finding
        return Finding(name, is_well=False, says=" ".join(str(error).split()) or repr(error))


def _settings() -> str:
    import django  # noqa: PLC0415 -- its failure is a finding

    django.setup()
    return f"Django {django.get_version()}"


def _database() -> str:
    from django.db import connection  # noqa: PLC0415 -- after setup

    if connection.vendor == "postgresql":  # a pool would try again and again, for half a minute
        options = {**connection.settings_dict["OPTIONS"], "connect_timeout": SECONDS_TO_CONNECT}
        options.pop("pool", None)
        connection.settings_dict["OPTIONS"] = options
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return connection.display_name


def _no_database() -> str:
    raise RuntimeError("was not looked at: the database does not answer")


def _migrations() -> str:
    from django.db import connection  # noqa: PLC0415 -- after setup
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        raise RuntimeError(f"{len(plan)} are missing; run: modig migrate")
    return "all are there"


def _data_folder() -> str:
    from django.conf import settings  # noqa: PLC0415 -- after setup

    folder = Path(settings.ENVIRONMENT.data)
    probe = folder / f".doctor-{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)
    probe.write_text("")
    probe.unlink()
    return f"{folder} can be written"


def _front_end() -> str:
    from django.contrib.staticfiles import finders  # noqa: PLC0415 -- after setup

    names = ("vendor/tabler.min.css", "vendor/tabler-icons.svg")
    missing = [name for name in names if not finders.find(name)]
    if missing:
        raise RuntimeError(f"{', '.join(missing)} missing; run: make setup")
    return "all files are there"


def _translations() -> str:
    source = Path(__file__).resolve().parent.parent
    missing = [po for po in source.rglob("*.po") if not po.with_suffix(".mo").exists()]
    if missing:
        raise RuntimeError(f"{len(missing)} are not compiled; run: make setup")
    return "all are compiled"


def _mail() -> str:
    from django.conf import settings  # noqa: PLC0415 -- after setup
    from django.core.mail import get_connection  # noqa: PLC0415

    environment = settings.ENVIRONMENT
    if environment.mail_url:
        server = get_connection()
        server.open()
        server.close()
        return "the server answers"
    if environment.secure:
        raise RuntimeError("MODIG_MAIL_URL is missing, so nobody gets codes and invitations")
    return f"is put into {settings.EMAIL_FILE_PATH}"


def _worker() -> str:
    from modig.apps.jobs.models import Job  # noqa: PLC0415 -- after setup

    if Job._meta.db_table not in _tables():
        return "has nothing to do yet"
    long_ago = datetime.now(tz=UTC) - PATIENCE
    waiting = Job.across_organisations.filter(state=Job.State.QUEUED, queued_at__lt=long_ago)
    if n := waiting.count():
        raise RuntimeError(f"{n} jobs have waited long; run: modig worker")
    return "leaves nothing waiting"


def _tables() -> list[str]:
    from django.db import connection  # noqa: PLC0415 -- after setup

    return connection.introspection.table_names()


def _deployment() -> str:
    from django.conf import settings  # noqa: PLC0415 -- after setup
    from django.core.checks import WARNING, run_checks  # noqa: PLC0415

    found = run_checks(include_deployment_checks=settings.ENVIRONMENT.secure)
    serious = [one for one in found if one.level >= WARNING]
    if serious:
        raise RuntimeError("; ".join(one.msg for one in serious))
    if settings.ENVIRONMENT.secure and settings.DEMO:
        raise RuntimeError("MODIG_DEMO_SITE is on: anybody may sign in as anybody")
    return "Django's checks find nothing"


CHECKS: dict[str, Callable[[], str]] = {
    "migrations": _migrations,
    "data folder": _data_folder,
    "front-end files": _front_end,
    "translations": _translations,
    "mail": _mail,
    "worker": _worker,
    "deployment": _deployment,
}
OF_THE_DATABASE = {"migrations", "worker"}
