"""The map of initiatives, and the clusters that it is made of."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from modig.apps.initiatives.actions.clusters import edit_cluster, keep_cluster, remove_cluster
from modig.apps.initiatives.forms.clusters import ClusterForm
from modig.apps.initiatives.maps import MOST_SHOWN, map_drawing
from modig.apps.initiatives.models import Cluster
from modig.apps.initiatives.permissions import (
    may_edit_cluster,
    may_edit_initiatives,
    may_see_initiatives,
)
from modig.apps.initiatives.queries import clusters as queries
from modig.apps.initiatives.views.answers import done, get_and_post, shown
from modig.apps.initiatives.views.portfolio import asked
from modig.apps.jobs.actions import start_job
from modig.apps.jobs.models import Job
from modig.apps.jobs.permissions import may_see_job
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import as_file, came_too_late, visitor, wants_file
from modig.apps.ui.guards import needs, needs_on


@require_safe
@needs(may_see_initiatives)
def cluster_map(request: HttpRequest) -> HttpResponseBase:
    """Initiatives about the same thing as circles, with the same in a table."""
    context = asked(request)
    rows, in_none = queries.counted(context["fits"], timezone.localdate())
    if wants_file(request):
        return as_file(request, _("clusters"), _columns(), [_file_row(one) for one in rows])
    may_edit = may_edit_initiatives(visitor(request))
    context |= {
        "rows": rows,
        "in_none": in_none,
        "drawing": map_drawing(rows),
        "n_drawn": min(len(rows), MOST_SHOWN),
        "may_edit": may_edit,
        "empty": queries.empty_clusters() if may_edit else [],
        **_how_fresh(request),
    }
    return render(request, "initiatives/map.html", context)


def _how_fresh(request: HttpRequest) -> dict[str, Any]:
    """When the map was drawn; where anything has changed since, a job that draws it anew."""
    drawn, state = queries.current_map(), queries.state_now()
    if drawn is not None and drawn.state == state:
        return {"drawn": drawn, "job": None}
    job = _drawing_job(state)
    return {"drawn": drawn, "job": job, "may_see_job": may_see_job(visitor(request), job)}


def _drawing_job(state: str) -> Job:
    """The job that draws what is there now. One that failed on the very same is not begun again."""
    latest = queries.latest_drawing()
    if latest is not None and (latest.is_open or _failed_on(latest, state)):
        return latest
    return start_job(queries.JOB, {"state": state}, by=None, at=timezone.now())


def _failed_on(job: Job, state: str) -> bool:
    return job.state == Job.State.FAILED and job.arguments.get("state") == state


def _columns() -> list[str]:
    return [
        _("Cluster"), _("Words that hold it together"), _("Initiatives"),
        _("Departments and companies"), _("With readings"), _("Silent for eight weeks"),
    ]  # fmt: skip


def _file_row(one: queries.Counted) -> list[object]:
    words = ", ".join(one.telling)
    return [str(one.cluster), words, one.n, one.departments, one.measured, one.silent]


# ---- making clusters one's own ------------------------------------------------------------------


@get_and_post
@needs(may_edit_initiatives)
def cluster_new(request: HttpRequest) -> HttpResponse:
    form = ClusterForm(request.POST or None, instance=Cluster())
    if form.is_valid():
        given = form.cleaned_data
        keep_cluster(given["name"], given["words"], by=visitor(request), at=timezone.now())
        return _kept(request)
    return shown(request, "initiatives/cluster.html", {"form": form}, form=form)


@get_and_post
@needs_on(queries.find_cluster, may_edit_cluster)
def cluster(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    form = ClusterForm(request.POST or None, instance=cluster)
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            edit_cluster(form.instance, version=version, by=visitor(request), at=timezone.now())
        except EditedMeanwhileError as error:
            return came_too_late(request, form, error, back=reverse("initiatives:map"))
        return _kept(request)
    context = {"form": form, "cluster": cluster}
    return shown(request, "initiatives/cluster.html", context, form=form)


def _kept(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved. The map is drawn anew with it."))
    return done(request, reverse("initiatives:map"))


@require_POST
@needs_on(queries.find_cluster, may_edit_cluster)
def cluster_removal(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    name = str(cluster)
    remove_cluster(cluster, by=visitor(request), at=timezone.now())
    messages.success(
        request,
        _("The cluster “%(name)s” is gone. Its initiatives are put where they fit now.")
        % {"name": name},
    )
    return redirect("initiatives:map")
