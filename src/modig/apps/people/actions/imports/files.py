"""The file on its way in: kept, read in another way, its columns chosen, given up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.people.hr_files import (
    Mapping,
    Table,
    UnreadableFileError,
    guess_mapping,
    protected_numbers,
    read_table,
    sheet_names,
    without_protected,
    without_what_is_never_kept,
)
from modig.apps.people.kept_files import (
    ImportRefusedError,
    keep_upload,
    kept_table,
    throw_away,
    throw_upload_away,
    upload_of,
    write_table,
)
from modig.apps.people.models import HrImport, ImportMapping, Person
from modig.apps.tenancy.scope import current_organisation

FORGOTTEN_AFTER = timedelta(days=30)
EARLIER_LOOKED_AT = 12
State = HrImport.State
OPEN = (State.MAPPING, State.PREVIEW)


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What the user says of the file; blank is found out."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


def keep_file(
    path: Path, *, name: str, by: User | None, at: datetime, how: HowToRead = HowToRead()
) -> HrImport:
    """Read an uploaded file and keep its table until it is applied, without the protected rows.

    Raises:
        UnreadableFileError: it cannot be read.

    """
    give_up_forgotten(at)
    table, mapping, told_by = _read(path, name=name, how=how)
    with transaction.atomic():
        made = HrImport.objects.create(
            organisation=current_organisation(), file_name=name[:200], uploaded_at=at, by=by
        )
        _keep(made, table, mapping, told_by)
        if not _is_sensitive(table, mapping):
            keep_upload(made, path)
    return made


def read_again(hr_import: HrImport, how: HowToRead) -> None:
    """Read the kept upload in another way; the columns are guessed anew.

    Raises:
        UnreadableFileError: it cannot be read this way.
        ImportRefusedError: the upload is not kept any more.

    """
    path = upload_of(hr_import)
    if not path.exists() or hr_import.state not in OPEN:
        raise ImportRefusedError("the upload is no longer here; upload it again")
    table, mapping, told_by = _read(path, name=hr_import.file_name, how=how)
    with transaction.atomic():
        hr_import.rows.all().delete()
        _keep(hr_import, table, mapping, told_by)
    if _is_sensitive(table, mapping):
        throw_upload_away(hr_import)


def choose_columns(hr_import: HrImport, mapping: Mapping) -> None:
    """Let ``mapping`` say what the columns mean; what it hides is taken out of the kept file.

    Raises:
        MappingError: the mapping does not fit the file.
        ImportRefusedError: the file is read in, given up or gone.

    """
    if hr_import.state not in OPEN:
        raise ImportRefusedError("this file has been read in or given up already")
    table = kept_table(hr_import)
    mapping.fitted(table)
    _keep(hr_import, table, mapping, hr_import.mapping_from)
    if _is_sensitive(table, mapping):
        throw_upload_away(hr_import)


def _is_sensitive(table: Table, mapping: Mapping) -> bool:
    """Whether the upload holds, or may hold, what must not be kept."""
    return "protected" in mapping.columns or bool(table.withheld)


def _read(path: Path, *, name: str, how: HowToRead) -> tuple[Table, Mapping, str]:
    """The file's table, what its columns mean, and whence that is known."""
    if how.sheet:
        table = read_table(
            path, name=name, encoding=how.encoding, delimiter=how.delimiter, sheet=how.sheet
        )
    else:
        table = _likeliest_sheet(path, name=name, how=how)
    table = without_what_is_never_kept(table)
    return table, *_known_mapping(table)


def _likeliest_sheet(path: Path, *, name: str, how: HowToRead) -> Table:
    """The first sheet that names employees and units; a cover page does not."""
    table = read_table(path, name=name, encoding=how.encoding, delimiter=how.delimiter)
    if not table.sheet or _is_complete(guess_mapping(table)):
        return table
    for sheet in sheet_names(path)[1:]:
        try:
            other = read_table(path, name=name, sheet=sheet)
        except UnreadableFileError:
            continue
        if _is_complete(guess_mapping(other)):
            return other
    return table


def _is_complete(mapping: Mapping) -> bool:
    return "number" in mapping.columns and bool(mapping.levels)


def _known_mapping(table: Table) -> tuple[Mapping, str]:
    """The newest kept mapping that fits; else that of the last file with these columns; a guess."""
    for kept in ImportMapping.objects.all():
        mapping = Mapping.from_json(kept.mapping)
        if set(mapping.named()) <= set(table.header):
            return mapping, kept.name
    earlier = HrImport.objects.filter(state__in=[State.APPLIED, State.UNDONE]).exclude(mapping={})
    for one in earlier.order_by("-uploaded_at", "-pk")[:EARLIER_LOOKED_AT]:
        if one.header == list(table.header):
            return Mapping.from_json(one.mapping), one.file_name
    return guess_mapping(table), ""


def _keep(hr_import: HrImport, table: Table, mapping: Mapping, told_by: str) -> None:
    hidden = protected_numbers(table, mapping)
    known = Person.objects.filter(number__in=hidden).values_list("pk", flat=True)
    scrubbed = without_protected(table, mapping)
    hr_import.now_protected = sorted({*hr_import.now_protected, *known})
    hr_import.state = State.MAPPING
    hr_import.mapping, hr_import.mapping_from = mapping.as_json(), told_by
    hr_import.header, hr_import.header_row = list(table.header), table.header_row
    hr_import.rows_read = table.rows_read
    hr_import.job = None
    is_new = bool(table.encoding or table.sheet)
    fields = ["now_protected", "state", "mapping", "mapping_from", "header", "header_row"]
    if is_new:
        hr_import.encoding, hr_import.delimiter = table.encoding, table.delimiter
        hr_import.sheet = table.sheet[:100]
        fields += ["encoding", "delimiter", "sheet"]
    if is_new or scrubbed.protected != table.protected:
        write_table(hr_import, scrubbed)
    hr_import.save(update_fields=[*fields, "rows_read", "job"])


@transaction.atomic
def remember_mapping(name: str, mapping: Mapping, *, at: datetime) -> ImportMapping:
    """Keep a choice of columns under a name for the next file."""
    kept, _ = ImportMapping.objects.update_or_create(
        organisation=current_organisation(),
        name=name,
        defaults={"mapping": mapping.as_json(), "used_at": at},
    )
    return kept


def forget_mapping(kept: ImportMapping) -> None:
    """Throw a kept choice of columns away."""
    kept.delete()


def give_up(hr_import: HrImport) -> None:
    """Throw the kept file away without reading it in."""
    with transaction.atomic():
        found = HrImport.objects.filter(pk=hr_import.pk, state__in=OPEN)
        if found.update(state=State.GIVEN_UP):
            hr_import.rows.all().delete()
    throw_away(hr_import)


def give_up_forgotten(at: datetime) -> None:
    """Give up files that have waited for a month, and throw away what a finished one left behind."""
    waiting = HrImport.objects.filter(state__in=OPEN, uploaded_at__lt=at - FORGOTTEN_AFTER)
    for one in waiting:
        give_up(one)
    _throw_away_leftovers(HrImport.objects.exclude(state__in=OPEN).order_by("-pk")[:100])


def _throw_away_leftovers(finished: Iterable[HrImport]) -> None:
    for one in finished:
        throw_away(one)
