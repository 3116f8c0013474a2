"""Everything in one file, and back: the rows of every table, and the uploaded files.

The file is a ZIP: `about.json`, `rows/<model>.jsonl` (the names of the columns, then one row a line), `uploads/…`. The rows are read in one transaction, so they belong together, and the file can be
restored on either database, in a later version too, as long as its migrations lead there.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

import modig

FORM = 1
BATCH = 2000
LEFT_OUT = {"contenttypes.contenttype", "auth.permission", "sessions.session"}


class BackupError(Exception):
    """The backup cannot be written or read; the message says why."""


def write_backup(file: Path) -> int:
    """Write everything to ``file``, which appears only when it is whole; how many rows it holds."""
    unfinished = file.with_name(file.name + ".unfinished")
    rows = 0
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            is_outermost = not connection.in_atomic_block
            with transaction.atomic():
                if connection.vendor == "postgresql" and is_outermost:
                    connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                rows = sum(_write_rows(archive, model) for model in _models())
            for path in _uploads():
                archive.write(path, f"uploads/{path.relative_to(settings.UPLOADS)}")
            about = {"form": FORM, "modig": modig.__version__, "rows": rows}
            archive.writestr("about.json", json.dumps(about))
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return rows


def read_backup(file: Path, *, replace: bool) -> int:
    """Put back what ``file`` holds, all or nothing; how many rows. Refuses a database in use."""
    try:
        archive = zipfile.ZipFile(file)
        about = json.loads(archive.read("about.json"))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BackupError(f"{file} is not a backup of modig") from error
    if about.get("form") != FORM:
        raise BackupError(f"{file} was written by another version: {about.get('modig')}")
    with archive, transaction.atomic():
        if not replace and any(model._base_manager.exists() for model in _models()):
            raise BackupError("The database is not empty. With --replace what it holds is lost.")
        for model in _models():
            model._base_manager.all()._raw_delete(connection.alias)  # noqa: SLF001 -- no signals
        rows = sum(_read_rows(archive, model) for model in _models())
        for sql in connection.ops.sequence_reset_sql(no_style(), _models()):
            connection.cursor().execute(sql)
        _read_uploads(archive)
    return rows


def _models() -> list[type[models.Model]]:
    """Every model with a table of its own, those that Django makes for many-to-many included."""
    found = apps.get_models(include_auto_created=True)
    return [m for m in found if m._meta.managed and m._meta.label_lower not in LEFT_OUT]


def _write_rows(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    names = [field.attname for field in model._meta.concrete_fields]
    rows = 0
    with archive.open(f"rows/{model._meta.label_lower}.jsonl", "w") as target:
        target.write(_line(names))
        for row in model._base_manager.order_by("pk").values_list(*names).iterator(BATCH):
            target.write(_line(row))
            rows += 1
    return rows


def _line(values: Iterable[Any]) -> bytes:
    text = json.dumps(list(values), cls=DjangoJSONEncoder, ensure_ascii=False)
    return f"{text}\n".encode()


def _read_rows(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    try:
        source = archive.open(f"rows/{model._meta.label_lower}.jsonl")
    except KeyError:
        return 0
    with source:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        names = [name for name in json.loads(source.readline()) if name in fields]
        rows = (model(**_values(names, fields, json.loads(line))) for line in source)
        return sum(
            len(model._base_manager.bulk_create(batch)) for batch in iter(lambda: _some(rows), [])
        )


def _values(
    names: list[str], fields: dict[str, "models.Field[Any, Any]"], row: list[Any]
) -> dict[str, Any]:
    return {n: fields[n].to_python(value) for n, value in zip(names, row, strict=True)}


def _some(rows: Iterator[models.Model]) -> list[models.Model]:
    return list(islice(rows, BATCH))


def _uploads() -> list[Path]:
    return sorted(path for path in Path(settings.UPLOADS).rglob("*") if path.is_file())


def _read_uploads(archive: zipfile.ZipFile) -> None:
    root = Path(settings.UPLOADS).resolve()
    for name in archive.namelist():
        if not name.startswith("uploads/") or name.endswith("/"):
            continue
        target = (root / name.removeprefix("uploads/")).resolve()
        if not target.is_relative_to(root):
            raise BackupError(f"{name} points outside the folder of uploads")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(name))
