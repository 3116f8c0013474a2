"""The worker's part of planning."""

from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from modig.apps.jobs.actions import JobRefusedError
from modig.apps.jobs.handlers import Report, handles
from modig.apps.jobs.models import Job
from modig.apps.programme.actions.plans import NoPlanError, make_plan_now
from modig.apps.programme.models import Plan, Wave
from modig.apps.programme.planning_bridge import HowFar
from modig.apps.tenancy.scope import current_organisation


@handles("plan")
def plan(job: Job, report: Report) -> dict[str, Any]:
    """Plan the wave of the job's arguments around the locks of an earlier plan."""
    wanted = job.arguments
    wave = Wave.objects.select_related("programme").get(pk=wanted["wave"])
    around = Plan.objects.filter(pk=wanted.get("around"), wave=wave).first()
    with translation.override(current_organisation().language):
        report.progress(0.0, doing=_("Counts people, staff and rules"))
        try:
            made = make_plan_now(
                wave,
                at=timezone.now(),
                seed=wanted.get("seed", 1),
                seconds=wanted.get("seconds"),
                steps=wanted.get("steps"),
                around=around,
                by=job.started_by,
                job=job,
                tell=lambda far: _tell(report, far),
                stop_wanted=report.stop_wanted,
            )
        except NoPlanError as error:
            raise JobRefusedError(str(error)) from error
    return {"plan": made.pk, "wave": wave.pk}


def _tell(report: Report, far: HowFar) -> None:
    if far.looks_for == "groups":
        doing = _("Puts whole teams into groups")
        text = _("%(value)s points for mixed groups") % {"value": round(far.value)}
    else:
        doing = _("Looks for dates")
        text = _("dates for every group")
    broken = _("%(n)s rules broken") % {"n": far.broken} if far.broken else _("nothing broken")
    best = {"value": far.value, "broken": far.broken, "text": f"{text}, {broken}"}
    report.progress(far.share, doing=doing, best=best)
