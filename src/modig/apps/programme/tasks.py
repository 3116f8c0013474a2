"""The worker's part of planning."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from modig.apps.jobs.actions import JobRefusedError
from modig.apps.jobs.daily import Day, each_day
from modig.apps.jobs.handlers import Report, handles
from modig.apps.jobs.kinds import leads_to
from modig.apps.jobs.mails import Sent
from modig.apps.jobs.models import Job
from modig.apps.programme.actions import reminders
from modig.apps.programme.actions.planning import NoPlanError, make_plan_now, propose_replan
from modig.apps.programme.models import Plan, Wave
from modig.apps.programme.planning_bridge import EMPHASES, RULES, HowFar
from modig.apps.tenancy.scope import current_organisation


@handles("plan")
def plan(job: Job, report: Report) -> dict[str, Any]:
    """Plan the wave of the job's arguments around the locks of an earlier plan."""
    wanted = job.arguments
    wave = Wave.objects.select_related("programme").get(pk=wanted["wave"])
    around = Plan.objects.filter(pk=wanted.get("around"), wave=wave).first()
    report.progress(0.0, doing=gettext_noop("Counts people, staff and rules"))
    with translation.override(current_organisation().language):
        try:
            made = make_plan_now(
                wave,
                at=timezone.now(),
                seed=wanted.get("seed", 1),
                seconds=wanted.get("seconds"),
                steps=wanted.get("steps"),
                around=around,
                has_prices=True,
                by=job.started_by,
                job=job,
                tell=lambda far: _tell(report, far),
                stop_wanted=report.stop_wanted,
            )
        except NoPlanError as error:
            why = {"status": error.status, "reasons": error.reasons}
            raise JobRefusedError(str(error), result=why) from error
    return {"plan": made.pk, "wave": wave.pk}


@handles("proposals")
def proposals(job: Job, report: Report) -> dict[str, Any]:
    """Plan the wave of the job's arguments once with each emphasis; what is made is kept.

    Who stops it keeps those that are made; one that is not found leaves the others alone.
    """
    wanted = job.arguments
    wave = Wave.objects.select_related("programme").get(pk=wanted["wave"])
    seconds = wanted.get("seconds")
    made: list[int] = []
    missing: dict[str, list[Any]] = {}
    for turn, emphasis in enumerate(EMPHASES):
        if made and report.stop_wanted():
            break
        with translation.override(current_organisation().language):
            try:
                plan = make_plan_now(
                    wave,
                    at=timezone.now(),
                    seed=wanted.get("seed", 1),
                    seconds=seconds and seconds / len(EMPHASES),
                    steps=wanted.get("steps"),
                    emphasis=emphasis,
                    wishes=wanted.get("wishes"),
                    has_prices=emphasis == RULES,
                    by=job.started_by,
                    job=job,
                    tell=_teller(report, turn),
                    stop_wanted=report.stop_wanted,
                )
            except NoPlanError as error:
                if not made and emphasis == RULES:
                    why = {"status": error.status, "reasons": error.reasons}
                    raise JobRefusedError(str(error), result=why) from error
                missing[emphasis] = error.reasons
            else:
                made.append(plan.pk)
    return {"plans": made, "plan": made[-1], "wave": wave.pk, "missing": missing}


@handles("replan")
def replan(job: Job, report: Report) -> dict[str, Any]:
    """See what must move in a plan for the people of today; nothing is changed."""
    plan = Plan.objects.select_related("wave__programme").get(pk=job.arguments["plan"])
    report.progress(0.0, doing=gettext_noop("Counts people, staff and rules"))
    with translation.override(current_organisation().language):
        try:
            return propose_replan(
                plan,
                at=timezone.now(),
                seconds=job.arguments.get("seconds"),
                steps=job.arguments.get("steps"),
                tell=lambda far: _tell(report, far),
                stop_wanted=report.stop_wanted,
            )
        except NoPlanError as error:
            why = {"status": error.status, "reasons": error.reasons}
            raise JobRefusedError(str(error), result=why) from error


@leads_to("replan")
def page_of_replan(job: Job) -> str:
    return reverse("programme:changes", args=[job.arguments["plan"]])


def _teller(report: Report, turn: int) -> Callable[[HowFar], None]:
    """Tell how far all proposals have come together."""
    return lambda far: _tell(report, replace(far, share=(turn + far.share) / len(EMPHASES)))


@leads_to("proposals")
def page_of_proposals(job: Job) -> str:
    return reverse("programme:proposals", args=[job.arguments["wave"]])


def _tell(report: Report, far: HowFar) -> None:
    """What is looked for and the best so far, in words that the page translates."""
    numbers = {"value": round(far.value), "n": far.broken}
    if far.looks_for == "groups":
        doing = gettext_noop("Puts whole teams into groups")
        told = gettext_noop("value %(value)s, nothing broken")
        if far.broken:
            told = gettext_noop("value %(value)s, rules still broken: %(n)s")
    elif far.looks_for == "prices":
        doing = gettext_noop("Finds what each wish costs the others")
        told = gettext_noop("value %(value)s, nothing broken")
    else:
        doing = gettext_noop("Looks for dates")
        told = gettext_noop("dates for every group, nothing broken")
        if far.broken:
            told = gettext_noop("dates for every group, rules still broken: %(n)s")
    report.progress(far.share, doing=doing, best={"told": told, "numbers": numbers})


@leads_to("plan")
def page_of_plan(job: Job) -> str:
    """The plan that was made; before that, and when none was found, the plans of the wave."""
    if plan := job.result.get("plan"):
        return reverse("programme:plan", args=[plan])
    return reverse("programme:plans", args=[job.arguments["wave"]])


@each_day("promises")
def remind_of_promises(day: Day) -> Sent:
    """Ask what happened with each promise whose day has come."""
    return reminders.remind_of_promises(on=day.on, address=day.address)
