"""Three proposals for a wave, side by side, and the wishes that they are made from."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from modig.apps.jobs.actions import start_job
from modig.apps.programme import wishes
from modig.apps.programme.forms.plans import ProposalsForm
from modig.apps.programme.models import Wave
from modig.apps.programme.permissions import may_plan, may_see_plans_of
from modig.apps.programme.queries import plans as queries
from modig.apps.programme.views.answers import visitor
from modig.apps.programme.views.plans import failure_of, find_wave, planning_job
from modig.apps.ui.guards import needs_on


@require_http_methods(["GET", "HEAD", "POST"])
@needs_on(find_wave, may_see_plans_of)
def proposals(request: HttpRequest, wave: Wave) -> HttpResponse:
    """What each proposal is better at, and the way to make three new ones."""
    form = ProposalsForm(request.POST or None, weights=queries.weights_of(wave))
    job = planning_job(wave)
    is_running = job is not None and job.is_open
    if request.method == "POST":
        if not may_plan(request.user, wave):
            raise PermissionDenied
        if not is_running and form.is_valid():
            _start(request, wave, form)
        if is_running or form.is_valid():
            return redirect("programme:proposals", wave_id=wave.pk)
    plans = queries.proposals_of(wave)
    best = wishes.best_for_each(plans)
    shown = [plans[k] for k in best]
    rows = wishes.comparison(shown)
    is_told = job is not None and job.kind == "proposals" and not job.result.get("plans")
    context = {
        "wave": wave,
        "plans": [
            (
                shown[k],
                *wishes.EMPHASES[plan.figures["emphasis"]],
                wishes.better_at(rows, k) if best[k] == k else wishes.same_as(shown[k]),
                [(row.name, *row.cells[k]) for row in rows],
            )
            for k, plan in enumerate(plans)
        ],
        "are_alike": len(plans) == len(wishes.EMPHASES) and wishes.are_alike(rows),
        "rows": rows,
        "prices": wishes.prices(plans[0].figures) if plans else [],
        "job": job if is_running or is_told else None,
        "failure": failure_of(job, wave) if is_told else None,
        "form": form,
        "is_planner": may_plan(request.user, wave),
    }
    return render(request, "programme/proposals.html", context)


def _start(request: HttpRequest, wave: Wave, form: ProposalsForm) -> None:
    wanted = form.cleaned_data
    arguments = {"wave": wave.pk, "seconds": wanted["seconds"], "seed": wanted["seed"]}
    start_job(
        "proposals",
        {**arguments, "wishes": form.wishes},
        by=visitor(request),
        at=timezone.now(),
    )
