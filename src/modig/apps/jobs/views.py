from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from modig.apps.jobs import actions, queries
from modig.apps.jobs.models import Job
from modig.apps.jobs.permissions import (
    may_restart_job,
    may_see_job,
    may_see_jobs,
    may_stop_job,
)
from modig.apps.ui.answers import as_file, page_of, visitor, wants_file
from modig.apps.ui.guards import needs, needs_on

VIEWS = {"open": queries.OPEN, "bad": queries.ENDED_BADLY}


def find_job(pk: int) -> Job:
    return get_object_or_404(Job.objects.select_related("started_by"), pk=pk)


@require_safe
@needs(may_see_jobs)
def job_list(request: HttpRequest) -> HttpResponseBase:
    actions.notice_dead_workers(timezone.now())
    shown = request.GET.get("show", "")
    found = queries.newest_jobs(*VIEWS.get(shown, ()))
    if wants_file(request):
        columns = [_("What"), _("State"), _("Asked for by"), _("Asked for"), _("Began"), _("Ended")]
        return as_file(request, _("jobs"), columns, _rows(found))
    page = page_of(request, found)
    context = {
        "page": page,
        "jobs": [queries.with_latest_progress(job) for job in page],
        "shown": shown if shown in VIEWS else "",
        "bad": queries.newest_jobs(*queries.ENDED_BADLY).count(),
    }
    return render(request, "jobs/job_list.html", context)


@require_safe
@needs_on(find_job, may_see_job)
def job(request: HttpRequest, job: Job) -> HttpResponse:
    actions.notice_dead_worker(job, at=timezone.now())
    shown = queries.with_latest_progress(job)
    template = "jobs/progress.html" if request.headers.get("HX-Request") else "jobs/job.html"
    response = render(request, template, {"job": shown})
    if request.headers.get("HX-Request") and not job.is_open:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@needs_on(find_job, may_stop_job)
def stop(request: HttpRequest, job: Job) -> HttpResponse:
    actions.stop_job(job, at=timezone.now())
    return _back(request, job)


@require_POST
@needs_on(find_job, may_restart_job)
def restart(request: HttpRequest, job: Job) -> HttpResponse:
    if job.is_open:
        return _back(request, job)
    again = actions.start_job_again(job, by=visitor(request), at=timezone.now())
    return _back(request, again)


def _rows(found: Iterable[Job]) -> Iterator[tuple[Any, ...]]:
    for job in found:
        who = str(job.started_by or "")
        state = job.get_state_display()
        yield (job.kind_name, state, who, job.queued_at, job.started_at, job.ended_at)


def _back(request: HttpRequest, job: Job) -> HttpResponse:
    """To the page that the button stood on; from the page of another job to this one."""
    address = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(address, {request.get_host()})
    is_jobs_page = address.startswith(reverse("jobs:list"))
    return redirect(address) if own and not is_jobs_page else redirect("jobs:job", pk=job.pk)
