"""Imports, and what they would do."""

from collections.abc import Iterable
from itertools import islice

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from modig.apps.jobs.models import Job
from modig.apps.people.hr_files import Mapping, Table, sheet_names
from modig.apps.people.kept_files import upload_of
from modig.apps.people.models import HrImport, ImportMapping, ImportRow, Person

SAMPLES = 3
ROWS_FOR_SAMPLES = 5000
EARLIER_COMPARED = 6
FEWEST_TO_REMARK = 5


def find_import(import_id: int) -> HrImport:
    return get_object_or_404(HrImport.objects.select_related("job__started_by", "by"), pk=import_id)


def find_mapping(mapping_id: int) -> ImportMapping:
    return get_object_or_404(ImportMapping, pk=mapping_id)


def job_of(hr_import: HrImport) -> Job | None:
    """The work on this file that was started last, wherever it was started again."""
    if hr_import.job is None:
        return None
    again = Job.objects.filter(
        pk__gt=hr_import.job.pk, kind=hr_import.job.kind, arguments__import=hr_import.pk
    )
    return again.select_related("started_by").order_by("-pk").first() or hr_import.job


def imports() -> QuerySet[HrImport]:
    """Every import, newest first, without what only undoing needs."""
    return HrImport.objects.select_related("by", "job").defer("undo", "header", "mapping")


def rows_of(hr_import: HrImport, kind: str = "", *, notable: bool = False) -> QuerySet[ImportRow]:
    """What the rows of a file lead to, in the order of the file; of one kind, or all."""
    rows = ImportRow.objects.filter(hr_import=hr_import).order_by("row", "pk")
    if notable:
        rows = rows.filter(is_notable=True).order_by("-kind", "row", "pk")
    return rows.filter(kind=kind) if kind else rows


def persons_of(rows: Iterable[ImportRow]) -> dict[str, int]:
    """The key of the stored person for each of these rows, by her number."""
    numbers = [row.number for row in rows if row.number]
    found = Person.objects.filter(number__in=numbers).order_by()
    return dict(found.values_list("number", "pk"))


def samples(table: Table) -> dict[str, list[str]]:
    """The first different values of each column, so that the user recognises it."""
    found: dict[str, dict[str, None]] = {name: {} for name in table.header}
    for _, cells in islice(table.rows, ROWS_FOR_SAMPLES):
        for name, value in zip(table.header, cells, strict=True):
            if value and len(found[name]) < SAMPLES:
                found[name][value] = None
    return {name: list(values) for name, values in found.items()}


def kept_mappings() -> QuerySet[ImportMapping]:
    """The choices of columns kept under a name, the last used first."""
    return ImportMapping.objects.all()


def mappings_that_fit(header: list[str]) -> list[ImportMapping]:
    """The kept choices all of whose columns the file has."""
    columns = set(header)
    return [
        one for one in kept_mappings() if set(Mapping.from_json(one.mapping).named()) <= columns
    ]


def sheets_of(hr_import: HrImport) -> list[str]:
    """The sheets of the upload, while it is kept."""
    path = upload_of(hr_import)
    return sheet_names(path) if path.exists() else []


def may_be_read_again(hr_import: HrImport) -> bool:
    return upload_of(hr_import).exists()


def latest_applied() -> HrImport | None:
    """The one import that can be undone."""
    applied = HrImport.objects.filter(state=HrImport.State.APPLIED)
    return applied.order_by("-applied_at", "-pk").first()


def usual_gone(hr_import: HrImport) -> tuple[int, int] | None:
    """The fewest and the most that were gone in earlier files, if this one has more than ever."""
    earlier = HrImport.objects.filter(state=HrImport.State.APPLIED).exclude(pk=hr_import.pk)
    told = list(earlier.order_by("-applied_at").values_list("counts", flat=True)[:EARLIER_COMPARED])
    before = [counts.get("gone", 0) for counts in told[:-1]]
    gone = hr_import.counts.get("gone", 0)
    if len(before) < 2 or gone <= max(before) or gone < FEWEST_TO_REMARK:
        return None
    return min(before), max(before)
