"""HR files on their way in, the rules for titles, and proposed teams."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from modig.apps.jobs.actions import notice_dead_worker, start_job
from modig.apps.jobs.queries import with_latest_progress
from modig.apps.people.actions import imports as actions
from modig.apps.people.actions import role_rules
from modig.apps.people.forms.imports import (
    ColumnsForm,
    ReadingForm,
    RoleRuleForm,
    UploadForm,
)
from modig.apps.people.hr_files import Mapping, MappingError, UnreadableFileError
from modig.apps.people.kept_files import ImportRefusedError
from modig.apps.people.models import HrImport, ImportRow, RoleRule, StaffRole
from modig.apps.people.permissions import (
    may_edit_people,
    may_import_people,
    may_use_import,
    may_use_rule,
)
from modig.apps.people.queries import imports as queries
from modig.apps.people.queries.persons import current_employments
from modig.apps.people.sentences import sentence_of
from modig.apps.people.views.answers import page_of, visitor
from modig.apps.ui.exports import export_response
from modig.apps.ui.guards import needs, needs_on

get_and_post = require_http_methods(["GET", "HEAD", "POST"])
State = HrImport.State


@get_and_post
@needs(may_import_people)
def import_list(request: HttpRequest) -> HttpResponseBase:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _kept(request, form)
        except UnreadableFileError as error:
            form.add_error("file", str(error))
        else:
            return redirect("people:import", import_id=made.pk)
    found = queries.imports()
    if request.GET.get("format"):
        columns = [_("File"), _("State"), _("Uploaded"), _("By"), *map(str, _COUNTS)]
        rows = (
            [i.file_name, i.get_state_display(), i.uploaded_at, str(i.by or ""), *_counts(i)]
            for i in found
        )
        return export_response(_("hr-files"), columns, rows, request.GET["format"])
    context = {"form": form, "page": page_of(request, found), "latest": queries.latest_applied()}
    status = 200 if request.method != "POST" else 422
    return render(request, "people/imports/import_list.html", context, status=status)


_COUNTS = ("new", "changed", "gone", "refused", "unchanged")


def _counts(hr_import: HrImport) -> list[Any]:
    return [hr_import.counts.get(name, "") for name in _COUNTS]


def _kept(request: HttpRequest, form: UploadForm) -> HrImport:
    """Keep the upload's table; the upload itself is gone when this returns."""
    upload = form.cleaned_data["file"]
    with tempfile.NamedTemporaryFile(suffix=Path(upload.name).suffix) as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        return actions.keep_file(
            Path(copy.name),
            name=upload.name,
            sheet=form.cleaned_data["sheet"],
            by=visitor(request),
            at=timezone.now(),
        )


@require_safe
@needs_on(queries.find_import, may_use_import)
def import_page(request: HttpRequest, hr_import: HrImport) -> HttpResponseBase:
    if hr_import.job is not None:
        notice_dead_worker(hr_import.job, at=timezone.now())
    if hr_import.state == State.MAPPING:
        return redirect("people:import_columns", import_id=hr_import.pk)
    kind = request.GET.get("kind", "")
    if kind not in ImportRow.Kind.values:
        kind = ""
    rows = queries.rows_of(hr_import, kind)
    if request.GET.get("format"):
        return export_response(_("rows"), _row_columns(), _row_cells(rows), request.GET["format"])
    page = page_of(request, rows)
    for row in page:
        row.sentence = sentence_of(row.reason, row.value) if row.reason else ""
    context = {
        "hr_import": hr_import,
        "counts": hr_import.counts,
        "kind": kind,
        "kinds": [
            (one.value, one.label, hr_import.counts.get(one.value, 0)) for one in ImportRow.Kind
        ],
        "page": page,
        "job": with_latest_progress(hr_import.job) if hr_import.job else None,
        "form": ReadingForm(),
        "is_latest": queries.latest_applied() == hr_import,
    }
    return render(request, "people/imports/import.html", context)


def _row_columns() -> list[str]:
    return [_("Row"), _("What happens"), _("Who"), _("Column"), _("Why")]


def _row_cells(rows: Any) -> Any:
    for row in rows.iterator(1000):
        why = sentence_of(row.reason, row.value) if row.reason else row.value
        yield [row.row, row.get_kind_display(), row.who, row.column, why]


@get_and_post
@needs_on(queries.find_import, may_use_import)
def import_columns(request: HttpRequest, hr_import: HrImport) -> HttpResponseBase:
    if hr_import.state not in {State.MAPPING, State.PREVIEW}:
        return redirect("people:import", import_id=hr_import.pk)
    mapping = Mapping.from_json(hr_import.mapping)
    form = ColumnsForm(hr_import.header, mapping, request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.mapping()
        try:
            actions.choose_columns(hr_import, chosen)
        except (MappingError, ImportRefusedError) as error:
            form.add_error(None, str(error))
        else:
            if form.cleaned_data["name"]:
                actions.remember_mapping(form.cleaned_data["name"], chosen, at=timezone.now())
            return redirect("people:import", import_id=hr_import.pk)
    try:
        samples = queries.samples(hr_import)
    except ImportRefusedError:
        messages.error(request, _("The file is no longer here; upload it again."))
        return redirect("people:imports")
    fields = [(name, samples[name], bound) for name, bound in form.column_fields()]
    context = {"hr_import": hr_import, "form": form, "fields": fields}
    status = 422 if form.errors else 200
    return render(request, "people/imports/columns.html", context, status=status)


@require_POST
@needs_on(queries.find_import, may_use_import)
def import_reading(request: HttpRequest, hr_import: HrImport) -> HttpResponseBase:
    """Start reading the looked-over file in; a second press while it runs starts nothing."""
    form = ReadingForm(request.POST)
    form.is_valid()
    second_yes = form.cleaned_data.get("second_yes", False)
    if hr_import.counts.get("second_yes") and not second_yes:
        messages.error(request, _("More than a tenth would be ended: say yes to that first."))
    elif hr_import.state == State.PREVIEW and not (hr_import.job and hr_import.job.is_open):
        _start(request, hr_import, "import", second_yes=second_yes)
    return redirect("people:import", import_id=hr_import.pk)


@require_POST
@needs_on(queries.find_import, may_use_import)
def import_undoing(request: HttpRequest, hr_import: HrImport) -> HttpResponseBase:
    if queries.latest_applied() != hr_import:
        messages.error(request, _("Only the latest import can be undone."))
    elif not (hr_import.job and hr_import.job.is_open):
        _start(request, hr_import, "undo-import")
    return redirect("people:import", import_id=hr_import.pk)


def _start(request: HttpRequest, hr_import: HrImport, kind: str, **more: Any) -> None:
    hr_import.job = start_job(
        kind, {"import": hr_import.pk, **more}, by=visitor(request), at=timezone.now()
    )
    hr_import.save(update_fields=["job"])


@require_POST
@needs_on(queries.find_import, may_use_import)
def import_giving_up(_request: HttpRequest, hr_import: HrImport) -> HttpResponseBase:
    actions.give_up(hr_import)
    return redirect("people:imports")


@get_and_post
@needs(may_import_people)
def rule_list(request: HttpRequest) -> HttpResponse:
    known = queries.titles(timezone.localdate())
    rules = [(rule, queries.matches(rule, known)) for rule in RoleRule.objects.all()]
    form = RoleRuleForm(request.POST or None, initial={"order": len(rules) + 1})
    tried = None
    if request.method == "POST" and form.is_valid():
        rule = form.save(commit=False)
        if "try" in request.POST:
            tried = queries.matches(rule, known)
        else:
            changed = role_rules.save_rule(rule, by=visitor(request), at=timezone.now())
            _tell_changed(request, changed)
            return redirect("people:role_rules")
    context = {"rules": rules, "form": form, "tried": tried, "titles": len(known)}
    template = "people/imports/role_rules.html"
    if tried is not None and request.headers.get("HX-Request"):
        template = "people/imports/matches.html"
    return render(request, template, context)


def _tell_changed(request: HttpRequest, changed: int) -> None:
    told = ngettext("%(n)s role changed.", "%(n)s roles changed.", changed) % {"n": changed}
    messages.success(request, told)


@require_POST
@needs_on(queries.find_rule, may_use_rule)
def rule_deletion(request: HttpRequest, rule: RoleRule) -> HttpResponse:
    changed = role_rules.delete_rule(rule, by=visitor(request), at=timezone.now())
    _tell_changed(request, changed)
    return redirect("people:role_rules")


@get_and_post
@needs(may_edit_people)
def proposal_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    proposals = queries.team_proposals(today)
    if request.method == "POST":
        chosen = set(request.POST.getlist("team"))
        wanted = [one for one in proposals if one.code in chosen]
        for one in wanted:
            one.name = request.POST.get(f"name-{one.code}", "").strip()[:200] or one.name
        made = role_rules.accept_proposals(wanted, on=today, by=visitor(request), at=timezone.now())
        told = ngettext("%(n)s team was made.", "%(n)s teams were made.", len(made))
        messages.success(request, told % {"n": len(made)})
        return redirect("people:teams")
    people = sum(len(one.people) for one in proposals)
    managers = current_employments(today).filter(role=StaffRole.MANAGER).count()
    context = {"proposals": proposals, "people": people, "managers": managers}
    return render(request, "people/imports/proposals.html", context)
