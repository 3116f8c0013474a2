"""Everything in one file, and back: the rows of every table, and the uploaded files.

The file is a ZIP: `about.json`, `rows/<model>.jsonl` (the names of the columns, then one row a
line), `uploads/…`. The rows are read in one transaction, so they belong together. The file can be
restored on either database, by a modig with the same migrations: rows of another form would have
to be guessed at, and are refused instead.
"""

import json
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import F

import modig

FORM = 2
BATCH = 2000
LEFT_OUT = {"contenttypes.contenttype", "auth.permission", "sessions.session"}
UPLOADS = "uploads/"


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
                archive.write(path, f"{UPLOADS}{path.relative_to(settings.UPLOADS).as_posix()}")
            about = {
                "form": FORM,
                "modig": modig.__version__,
                "rows": rows,
                "migrations": _own_migrations(),
            }
            archive.writestr("about.json", json.dumps(about))
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return rows


def examine_backup(file: Path) -> None:
    """Look the whole file through and touch nothing; whatever is wrong with it is said."""
    with _opened(file) as archive:
        try:
            damaged = archive.testzip()
        except OSError as error:  # a member that would begin before the file does
            raise BackupError(f"{file} is damaged: {error.strerror or error}") from error
        if damaged:
            raise BackupError(f"{file} is damaged: {damaged} cannot be read")
        about = _about(file, archive)
        if about.get("form") != FORM or about["migrations"] != _own_migrations():
            raise BackupError(
                f"{file} was written by modig {about.get('modig')}, whose database has another "
                f"form. Restore it with that version, then upgrade."
            )
        for name in _upload_names(archive):
            _inside(Path(settings.UPLOADS), name)


def refuse_database_in_use() -> None:
    """Raise unless every table of ours is empty or not even there."""
    tables = set(connection.introspection.table_names())
    present = (model for model in _models() if model._meta.db_table in tables)
    if any(model._base_manager.exists() for model in present):
        raise BackupError("The database is not empty. With --replace what it holds is lost.")


def read_backup(file: Path, *, replace: bool) -> int:
    """Put back what ``file`` holds, all or nothing; how many rows. Refuses a database in use."""
    examine_backup(file)
    if not replace:
        refuse_database_in_use()
    with _opened(file) as archive:
        fresh = _unpack_uploads(archive)
        try:
            rows = _read_all_rows(archive, _about(file, archive)["rows"])
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
    _replace_folder(Path(settings.UPLOADS), fresh)
    return rows


# Also what zipfile says of members that look encrypted, or made by a zip that is yet to come.
DAMAGE = (
    zlib.error,
    EOFError,
    ValueError,
    TypeError,
    RuntimeError,
    ValidationError,
    DatabaseError,
)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; what cannot be read in it is a sentence for the one who asked."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except zipfile.BadZipFile as error:
        raise BackupError(f"{file} is not a backup of modig, or it is damaged") from error
    except DAMAGE as error:
        raise BackupError(f"{file} is damaged: {' '.join(str(error).split())}") from error


def _about(file: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        about: dict[str, Any] = json.loads(archive.read("about.json"))
    except (KeyError, ValueError) as error:
        raise BackupError(f"{file} is not a backup of modig") from error
    return about


def _own_migrations() -> list[list[str]]:
    """The migrations of this version, whatever the database has seen of them."""
    return sorted(map(list, MigrationLoader(None).disk_migrations))


def _models() -> list[type[models.Model]]:
    """Every model with a table of its own, those that Django makes for many-to-many included."""
    found = apps.get_models(include_auto_created=True)
    return [m for m in found if m._meta.managed and m._meta.label_lower not in LEFT_OUT]


def _write_rows(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    """Every row as it stands, save what the model itself keeps out of backups (``in_backups``)."""
    names = [field.attname for field in _stored_fields(model)]
    today = datetime.now(tz=UTC).date()
    otherwise = model.in_backups(today) if hasattr(model, "in_backups") else {}
    columns = [otherwise.get(name, F(name)) for name in names]
    rows = 0
    with archive.open(_rows_of(model), "w") as target:
        target.write(_line(names))
        for row in model._base_manager.order_by("pk").values_list(*columns).iterator(BATCH):
            target.write(_line(row))
            rows += 1
    return rows


def _stored_fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns, without those that the database computes itself."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def _rows_of(model: type[models.Model]) -> str:
    return f"rows/{model._meta.label_lower}.jsonl"


def _line(values: Iterable[Any]) -> bytes:
    text = json.dumps(list(values), cls=DjangoJSONEncoder, ensure_ascii=False)
    return f"{text}\n".encode()


@transaction.atomic
def _read_all_rows(archive: zipfile.ZipFile, expected: int) -> int:
    for model in _models():
        model._base_manager.all()._raw_delete(connection.alias)  # noqa: SLF001 -- no signals
    rows = sum(_read_rows(archive, model) for model in _models())
    if rows != expected:
        raise BackupError(f"The backup is damaged: it holds {rows} of its {expected} rows")
    for sql in connection.ops.sequence_reset_sql(no_style(), _models()):
        connection.cursor().execute(sql)
    return rows


def _read_rows(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    if _rows_of(model) not in archive.namelist():
        return 0
    with archive.open(_rows_of(model)) as source:
        fields = {field.attname: field for field in _stored_fields(model)}
        names = json.loads(source.readline())
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


def _upload_names(archive: zipfile.ZipFile) -> list[str]:
    return [n for n in archive.namelist() if n.startswith(UPLOADS) and not n.endswith("/")]


def _unpack_uploads(archive: zipfile.ZipFile) -> Path:
    """Put the files into a folder beside their own, which is left alone until all is well."""
    fresh = _beside(Path(settings.UPLOADS), "restored")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in _upload_names(archive):
        target = _inside(fresh, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
    return fresh


def _inside(root: Path, name: str) -> Path:
    """Where a file of the archive goes; refused if that is not within ``root``."""
    parts = PurePosixPath(name.removeprefix(UPLOADS)).parts
    target = root.joinpath(*parts).resolve()
    if not target.is_relative_to(root.resolve()):
        raise BackupError(f"{name} points outside the folder of uploads")
    return target


def _replace_folder(old: Path, fresh: Path) -> None:
    aside = _beside(old, "replaced")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    fresh.rename(old)
    shutil.rmtree(aside, ignore_errors=True)


def _beside(folder: Path, word: str) -> Path:
    return folder.with_name(f"{folder.name}.{word}")
