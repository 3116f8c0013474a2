"""What modig stands on, looked at one by one."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    is_well: bool
    says: str


def findings() -> list[Finding]:
    """Every check's finding; a check that breaks says how."""
    return [_look(name, check) for name, check in CHECKS.items()]


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

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return connection.display_name


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

    names = ("vendor/tabler.min.css", "vendor/tabler-icons.svg", "vendor/vega.js")
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


def _deployment() -> str:
    from django.core.checks import WARNING, run_checks  # noqa: PLC0415 -- after setup

    serious = [one for one in run_checks() if one.level >= WARNING]
    if serious:
        raise RuntimeError("; ".join(one.msg for one in serious))
    return "Django's checks find nothing"


CHECKS: dict[str, Callable[[], str]] = {
    "settings": _settings,
    "database": _database,
    "migrations": _migrations,
    "data folder": _data_folder,
    "front-end files": _front_end,
    "translations": _translations,
    "deployment": _deployment,
}
