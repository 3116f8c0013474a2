from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from modig.apps.jobs import actions, queries
from modig.apps.jobs.models import Job
from modig.apps.jobs.permissions import may_see_job, may_see_jobs
from modig.apps.ui.guards import needs, needs_on

NEWEST = 100


def find_job(pk: int) -> Job:
    return get_object_or_404(Job.objects.select_related("started_by"), pk=pk)


@require_safe
@needs(may_see_jobs)
def job_list(request: HttpRequest) -> HttpResponse:
    actions.notice_dead_workers(timezone.now())
    jobs = [queries.with_latest_progress(job) for job in queries.newest_jobs()[:NEWEST]]
    return render(request, "jobs/job_list.html", {"jobs": jobs})


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
@needs_on(find_job, may_see_job)
def stop(request: HttpRequest, job: Job) -> HttpResponse:
    actions.stop_job(job, at=timezone.now())
    return _back(request, job)


@require_POST
@needs_on(find_job, may_see_job)
def restart(request: HttpRequest, job: Job) -> HttpResponse:
    user = request.user
    if job.is_open:
        return _back(request, job)
    again = actions.start_job_again(
        job, by=user if user.is_authenticated else None, at=timezone.now()
    )
    return _back(request, again)


def _back(request: HttpRequest, job: Job) -> HttpResponse:
    """To the page that the button stood on; from the page of another job to this one."""
    address = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(address, {request.get_host()})
    is_jobs_page = address.startswith(reverse("jobs:list"))
    return redirect(address) if own and not is_jobs_page else redirect("jobs:job", pk=job.pk)
