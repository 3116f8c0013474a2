"""HR files on their way in."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from modig.apps.jobs.actions import notice_dead_worker, start_job
from modig.apps.jobs.models import Job
from modig.apps.jobs.queries import with_latest_progress
from modig.apps.people.actions import imports as actions
from modig.apps.people.forms.imports import ColumnsForm, HowForm, ReadingForm, UploadForm
from modig.apps.people.hr_files import (
    DatesToAskError,
    Mapping,
    MappingError,
    UnreadableFileError,
)
from modig.apps.people.kept_files import ImportRefusedError, kept_table
from modig.apps.people.models import HrImport, ImportMapping, ImportRow
from modig.apps.people.permissions import may_import_people, may_use_import, may_use_mapping
from modig.apps.people.queries import imports as queries
from modig.apps.people.sentences import (
    NEVER_KEPT,
    changes_of,
    how_it_was_read,
    why_of,
    why_unreadable,
)
from modig.apps.ui.answers import as_file, page_of, visitor, wants_file
from modig.apps.ui.guards import needs, needs_on

get_and_post = require_http_methods(["GET", "HEAD", "POST"])
State = HrImport.State
LOOKED_OVER_AT_ONCE = 15_000
COUNTS = ("new", "changed", "gone", "refused", "unchanged")


@get_and_post
@needs(may_import_people)
def import_list(request: HttpRequest) -> HttpResponseBase:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent)
    if form.is_valid():
        try:
            made = _kept(request, form)
        except UnreadableFileError as error:
            form.add_error("file", why_unreadable(error))
        else:
            return redirect("people:import", import_id=made.pk)
    found = queries.imports()
    if wants_file(request):
        return _imports_as_file(request, found)
    context = {
        "form": form,
        "page": page_of(request, found),
        "latest": queries.latest_applied(),
        "mappings": queries.kept_mappings(),
    }
    status = 422 if form.errors else 200
    return render(request, "people/imports/import_list.html", context, status=status)


def _imports_as_file(request: HttpRequest, found: Any) -> HttpResponseBase:
    columns = [
        _("File"), _("State"), _("Uploaded"), _("Uploaded by"), _("New"), _("Changed"), _("Gone"),
        _("Refused"), _("Unchanged"),
    ]  # fmt: skip
    rows = (
        [
            one.file_name,
            one.get_state_display(),
            timezone.localtime(one.uploaded_at),
            str(one.by or ""),
            *(one.counts.get(name, "") for name in COUNTS),
        ]
        for one in found
    )
    return as_file(request, _("hr-files"), columns, rows)


def _kept(request: HttpRequest, form: UploadForm) -> HrImport:
    """Keep the upload's table; what the browser sent is gone when this returns."""
    upload = form.cleaned_data["file"]
    with tempfile.NamedTemporaryFile(suffix=Path(upload.name).suffix) as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        return actions.keep_file(
            Path(copy.name),
            name=upload.name,
            by=visitor(request),
            at=timezone.now(),
            how=_how(form),
        )


def _how(form: HowForm) -> actions.HowToRead:
    said = form.cleaned_data
    return actions.HowToRead(
        encoding=said.get("encoding", ""),
        delimiter=said.get("delimiter", ""),
        sheet=said.get("sheet", ""),
    )


# ---- one file: its rows --------------------------------------------------------------------------


@require_safe
@needs_on(queries.find_import, may_use_import)
def import_page(request: HttpRequest, hr_import: HrImport) -> HttpResponseBase:
    job = queries.job_of(hr_import)
    if job is not None:
        notice_dead_worker(job, at=timezone.now())
    is_waiting = job is not None and job.state != Job.State.DONE
    if hr_import.state == State.MAPPING and not is_waiting:
        return redirect("people:import_columns", import_id=hr_import.pk)
    shown = request.GET.get("kind") or ("" if "kind" in request.GET else _first_kind(hr_import))
    rows = _rows(hr_import, shown)
    if wants_file(request):
        return as_file(request, _("rows"), _row_columns(), _row_cells(rows))
    page = page_of(request, rows)
    known = queries.persons_of(page)
    for row in page:
        row.why, row.told = why_of(row), changes_of(row)
        row.person_id = known.get(row.number)
    latest = queries.latest_applied()
    context = {
        "hr_import": hr_import,
        "how": how_it_was_read(hr_import),
        "counts": hr_import.counts,
        "remarks": hr_import.remarks,
        "usual_gone": queries.usual_gone(hr_import) if hr_import.state == State.PREVIEW else None,
        "changes_nothing": not any(hr_import.counts.get(name) for name in COUNTS[:3]),
        "to_read": sum(hr_import.counts.get(name, 0) for name in ("new", "changed", "gone")),
        "shown": shown,
        "chips": _chips(hr_import),
        "page": page,
        "job": None if job is None or _is_over(hr_import, job) else with_latest_progress(job),
        "is_busy": job is not None and job.is_open,
        "form": ReadingForm(),
        "is_latest": latest == hr_import,
        "stages": _stages(hr_import),
    }
    return render(request, "people/imports/import.html", context)


def _is_over(hr_import: HrImport, job: Job) -> bool:
    """Whether nothing more need be told of the work: what it was for has happened."""
    done = {"import": State.APPLIED, "undo-import": State.UNDONE, "look-over-import": State.PREVIEW}
    return not job.is_open and (
        job.state == Job.State.DONE or hr_import.state in {done.get(job.kind), State.GIVEN_UP}
    )


def _first_kind(hr_import: HrImport) -> str:
    """What is shown first: what somebody should look at, if there is anything."""
    return "notable" if queries.rows_of(hr_import, notable=True).exists() else ""


def _rows(hr_import: HrImport, shown: str) -> Any:
    if shown == "notable":
        return queries.rows_of(hr_import, notable=True)
    kind = shown if shown in ImportRow.Kind.values else ""
    return queries.rows_of(hr_import, kind)


def _chips(hr_import: HrImport) -> list[tuple[str, Any, int]]:
    notable = queries.rows_of(hr_import, notable=True).count()
    labels = (_("New"), _("Changed"), _("Gone"), _("Refused"), _("Unchanged"))
    kinds = [
        (kind, label, hr_import.counts.get(kind, 0))
        for kind, label in zip(COUNTS, labels, strict=True)
    ]
    return [("notable", _("To look over"), notable), *kinds]


def _stages(hr_import: HrImport, here: int = 0) -> list[tuple[Any, str]]:
    """The stages of a file: each done, here or to come."""
    names = [_("File"), _("Columns"), _("Look over"), _("Read in")]
    here = here or {State.MAPPING: 1, State.PREVIEW: 2}.get(State(hr_import.state), 4)
    kinds = ["done" if n < here else "here" if n == here else "" for n in range(len(names))]
    return list(zip(names, kinds, strict=True))


def _row_columns() -> list[str]:
    return [
        _("Row"), _("What happens"), _("Employee number"), pgettext("one person", "Who"), _("What"), _("Changes"),
        _("Column"), _("Why"),
    ]  # fmt: skip


def _row_cells(rows: Any) -> Any:
    for row in rows.iterator(1000):
        is_refused = row.kind == ImportRow.Kind.REFUSED
        yield [
            row.row,
            row.get_kind_display(),
            row.number,
            row.who,
            "" if is_refused else row.value,
            "; ".join(f"{name}: {old} → {new}" for name, old, new in changes_of(row)),
            row.column if is_refused else "",
            why_of(row),
        ]


# ---- one file: its columns -----------------------------------------------------------------------


@get_and_post
@needs_on(queries.find_import, may_use_import)
def import_columns(request: HttpRequest, hr_import: HrImport) -> HttpResponseBase:
    if hr_import.state not in {State.MAPPING, State.PREVIEW} or _is_busy(hr_import):
        return redirect("people:import", import_id=hr_import.pk)
    try:
        table = kept_table(hr_import)
    except ImportRefusedError:
        messages.error(request, _("The file is no longer here; upload it again."))
        return redirect("people:imports")
    fitting = queries.mappings_that_fit(hr_import.header)
    chosen = _chosen_mapping(request, hr_import, fitting)
    form = ColumnsForm(table, chosen, request.POST or None)
    if request.method == "POST" and form.is_valid() and _columns_chosen(hr_import, form):
        _keep_mapping(form)
        return _looked_over(request, hr_import)
    samples = queries.samples(table)
    context = {
        "hr_import": hr_import,
        "how": how_it_was_read(hr_import),
        "form": form,
        "fields": [
            (name, samples[name], bound, NEVER_KEPT.get(why, ""))
            for name, bound, why in form.column_fields()
        ],
        "fitting": fitting,
        "how_form": _how_form(hr_import),
        "asks_dates": bool({"from_on", "to_on"} & set(chosen.columns)) or bool(form.errors),
        "stages": _stages(hr_import, here=1),
    }
    status = 422 if form.errors else 200
    return render(request, "people/imports/columns.html", context, status=status)


def _chosen_mapping(
    request: HttpRequest, hr_import: HrImport, fitting: list[ImportMapping]
) -> Mapping:
    """The kept choice that the address names; else what is known of the file."""
    for kept in fitting:
        if str(kept.pk) == request.GET.get("kept"):
            return Mapping.from_json(kept.mapping)
    return Mapping.from_json(hr_import.mapping)


def _columns_chosen(hr_import: HrImport, form: ColumnsForm) -> bool:
    try:
        actions.choose_columns(hr_import, form.mapping())
    except DatesToAskError as error:
        form.ask_about(error)
    except MappingError:
        form.add_error(None, _("The choices do not fit the columns of the file."))
    except ImportRefusedError:
        form.add_error(None, _("The file has been read in or given up already."))
    else:
        return True
    return False


def _keep_mapping(form: ColumnsForm) -> None:
    if form.cleaned_data["name"]:
        actions.remember_mapping(form.cleaned_data["name"], form.mapping(), at=timezone.now())


def _looked_over(request: HttpRequest, hr_import: HrImport) -> HttpResponse:
    """Compare the file with what is stored: at once, or by a worker where it is large."""
    if hr_import.rows_read > LOOKED_OVER_AT_ONCE:
        _start(request, hr_import, "look-over-import")
    else:
        HrImport.objects.filter(pk=hr_import.pk).update(job=None)
        try:
            actions.look_over(hr_import, at=timezone.now())
        except ImportRefusedError:
            messages.error(request, _("The file has been read in or given up already."))
    return redirect("people:import", import_id=hr_import.pk)


def _how_form(hr_import: HrImport, data: Any = None) -> HowForm | None:
    """The form to read the upload in another way, while it is kept and there is another way."""
    if not queries.may_be_read_again(hr_import):
        return None
    sheets = queries.sheets_of(hr_import)
    if len(sheets) == 1:
        return None
    said = {
        "encoding": "utf-8-sig" if hr_import.encoding == "utf-8" else hr_import.encoding,
        "delimiter": hr_import.delimiter,
        "sheet": hr_import.sheet,
    }
    return HowForm(data, sheets=sheets, initial=said)


@require_POST
@needs_on(queries.find_import, may_use_import)
def import_rereading(request: HttpRequest, hr_import: HrImport) -> HttpResponse:
    """Read the upload with another encoding or delimiter, or another sheet of it."""
    form = _how_form(hr_import, request.POST)
    if form is None or _is_busy(hr_import):
        messages.error(request, _("The upload is not kept any more; upload the file again."))
    elif form.is_valid():
        try:
            actions.read_again(hr_import, _how(form))
        except UnreadableFileError as error:
            messages.error(request, why_unreadable(error))
        except ImportRefusedError:
            messages.error(request, _("The upload is not kept any more; upload the file again."))
    return redirect("people:import_columns", import_id=hr_import.pk)


@require_POST
@needs_on(queries.find_import, may_use_import)
def import_preview(request: HttpRequest, hr_import: HrImport) -> HttpResponse:
    """Compare the file anew with what is stored, which has changed since."""
    if hr_import.state in {State.MAPPING, State.PREVIEW} and not _is_busy(hr_import):
        return _looked_over(request, hr_import)
    return redirect("people:import", import_id=hr_import.pk)


# ---- one file: reading in, stopping, undoing, giving up ------------------------------------------


@require_POST
@needs_on(queries.find_import, may_use_import)
def import_reading(request: HttpRequest, hr_import: HrImport) -> HttpResponseBase:
    """Start reading the looked-over file in; a second press while it runs starts nothing."""
    form = ReadingForm(request.POST)
    form.is_valid()
    second_yes = form.cleaned_data.get("second_yes", False)
    if hr_import.counts.get("second_yes") and not second_yes:
        messages.error(request, _("More than a tenth would be ended: say yes to that first."))
    elif hr_import.state == State.PREVIEW:
        _start(request, hr_import, "import", second_yes=second_yes)
    elif hr_import.state == State.APPLIED:
        messages.info(request, _("The file has been read in already."))
    return redirect("people:import", import_id=hr_import.pk)


@require_POST
@needs_on(queries.find_import, may_use_import)
def import_undoing(request: HttpRequest, hr_import: HrImport) -> HttpResponseBase:
    if queries.latest_applied() != hr_import:
        messages.error(request, _("Only the latest import can be undone."))
    else:
        _start(request, hr_import, "undo-import")
    return redirect("people:import", import_id=hr_import.pk)


@require_POST
@needs_on(queries.find_import, may_use_import)
def import_giving_up(request: HttpRequest, hr_import: HrImport) -> HttpResponseBase:
    if _is_busy(hr_import):
        messages.error(request, _("The file is being read in; stop that first."))
        return redirect("people:import", import_id=hr_import.pk)
    actions.give_up(hr_import)
    messages.success(request, _("The file is thrown away. Nothing of it was stored."))
    return redirect("people:imports")


@require_POST
@needs_on(queries.find_mapping, may_use_mapping)
def mapping_deletion(request: HttpRequest, kept: ImportMapping) -> HttpResponseBase:
    actions.forget_mapping(kept)
    messages.success(request, _("The choice of columns is forgotten."))
    return redirect("people:imports")


def _is_busy(hr_import: HrImport) -> bool:
    job = queries.job_of(hr_import)
    return job is not None and job.is_open


@transaction.atomic
def _start(request: HttpRequest, hr_import: HrImport, kind: str, **more: Any) -> None:
    """Start a job for the import, unless one is at work already: the row is locked meanwhile."""
    locked = HrImport.objects.select_for_update().get(pk=hr_import.pk)
    if _is_busy(locked):
        return
    locked.job = start_job(
        kind, {"import": hr_import.pk, **more}, by=visitor(request), at=timezone.now()
    )
    locked.save(update_fields=["job"])
