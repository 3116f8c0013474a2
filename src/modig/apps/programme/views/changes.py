"""Who has come and gone since a plan was made, and the fewest moves that put it right."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from modig.apps.jobs.actions import notice_dead_worker, start_job
from modig.apps.jobs.models import Job
from modig.apps.jobs.queries import with_latest_progress
from modig.apps.people.models import ManagementTeam, Person
from modig.apps.programme import sentences
from modig.apps.programme.actions.planning import ProposalIsOldError, accept_replan
from modig.apps.programme.actions.plans import what_is_given
from modig.apps.programme.models import Plan
from modig.apps.programme.permissions import (
    may_change_plan,
    may_see_people_of_plan,
    may_see_plan,
)
from modig.apps.programme.queries import plans as queries
from modig.apps.programme.queries.changes import changes_since, meetings_by_place_now
from modig.apps.programme.queries.plans import MeetingRow
from modig.apps.programme.views.answers import visitor
from modig.apps.programme.views.plans import failure_of, find_plan
from modig.apps.programme.why_here import listed
from modig.apps.ui.guards import needs_on
from modig.apps.ui.templatetags.ui import days as days_in_words

SECONDS = 20
SHOWN = 200
WHY = {
    "new": gettext_lazy("New: has had no group."),
    "too_large": gettext_lazy("The group would be too large."),
    "too_small": gettext_lazy("The new group would be too small otherwise."),
    "unit_over_cap": gettext_lazy("Too many would be away from one unit."),
    "keep_apart": gettext_lazy("Must be kept apart from a team there."),
    "quota": gettext_lazy("The group would have too few or too many of a kind."),
    "gives_room": gettext_lazy("Gives room for others."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs_on(find_plan, may_see_plan)
def changes(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The changes, what the planner proposes, and the deed that makes it a draft."""
    job = _newest(plan)
    if request.method == "POST":
        if not may_change_plan(request.user, plan):
            raise PermissionDenied
        return _done(request, plan, job)
    given = what_is_given(plan.wave, on=timezone.localdate())
    sees_people = may_see_people_of_plan(request.user, plan)
    found = job.result if job is not None and "groups" in job.result else None
    draft = Plan.objects.filter(pk=found["draft"]).first() if found and "draft" in found else None
    context = {
        "plan": plan,
        "wave": plan.wave,
        "changes": changes_since(plan, given),
        "sees_people": sees_people,
        "moves": _moves(found, names_people=sees_people) if found else [],
        "dates": _dates(plan, found) if found else [],
        "found": found is not None,
        "draft": draft,
        "job": job if job is not None and found is None else None,
        "failure": failure_of(job, plan.wave) if job is not None and found is None else None,
        "is_open": plan.state != Plan.State.SUPERSEDED,
        "is_planner": may_change_plan(request.user, plan),
        "shown": SHOWN,
    }
    return render(request, "programme/changes.html", context)


def _newest(plan: Plan) -> Job | None:
    job = queries.newest_replanning(plan)
    if job is None:
        return None
    notice_dead_worker(job, at=timezone.now())
    return with_latest_progress(job)


def _done(request: HttpRequest, plan: Plan, job: Job | None) -> HttpResponse:
    if plan.state == Plan.State.SUPERSEDED:
        messages.error(
            request, _("This plan has been replaced by a newer one and stays as it was.")
        )
    elif "accept" in request.POST and job is not None and "groups" in job.result:
        try:
            draft = accept_replan(plan, job, at=timezone.now(), by=visitor(request))
        except ProposalIsOldError:
            told = _("People or rules have changed again since then. Look once more.")
            messages.error(request, told)
        else:
            messages.success(request, _("The proposal is now a draft. Nobody has been told yet."))
            return redirect("programme:plan", plan_id=draft.pk)
    elif job is None or not job.is_open:
        arguments = {"plan": plan.pk, "wave": plan.wave_id, "seconds": SECONDS}
        start_job("replan", arguments, by=visitor(request), at=timezone.now())
    return redirect("programme:changes", plan_id=plan.pk)


def _moves(found: dict[str, Any], *, names_people: bool) -> list[tuple[str, str, str, str]]:
    """Name, group before, group after and reason: those who were there first, then the new."""
    rows = found["moves"]
    teams = ManagementTeam.objects.filter(code__in=[row[1] for row in rows if row[0] == "team"])
    alone = [row[1] for row in rows if row[0] == "alone"]
    names: dict[tuple[str, str], str] = {("team", one.code): one.name for one in teams}
    if names_people and alone:
        persons = Person.objects.filter(number__in=alone)
        names |= {("alone", one.number): str(one) for one in persons}
    somebody = _("somebody who comes alone")
    moves = [
        (
            names.get((kind, code), code if kind == "team" else somebody),
            before,
            after,
            str(WHY[why]),
        )
        for kind, code, before, after, why in rows
    ]
    return sorted(moves, key=lambda move: not move[1])


@dataclass(frozen=True, slots=True)
class Redated:
    """A meeting that would get other days, another venue or another facilitator, and why."""

    group: str
    block: str
    before: str
    after: str
    why: str


def _dates(plan: Plan, found: dict[str, Any]) -> list[Redated]:
    before = {(row.group, row.block): row for row in meetings_by_place_now(plan)}
    blocks = dict(enumerate(plan.wave.blocks.order_by("number"), 1))
    why = {(group, block): rules for group, block, rules in found.get("meetings_why", ())}
    changed = []
    for group, block, days, venue, leader in found["meetings"]:
        row = MeetingRow(group, block, tuple(map(date.fromisoformat, days)), venue, leader)
        old = before.get((group, block))
        if old != row:
            told = _why_redated(why.get((group, block)))
            then = _said_meeting(old) if old else ""
            changed.append(Redated(group, str(blocks[block]), then, _said_meeting(row), told))
    return changed


def _said_meeting(row: MeetingRow) -> str:
    told = [days_in_words(list(row.dates)), row.venue, row.facilitator]
    return ", ".join(word for word in told if word)


def _why_redated(rules: list[str] | None) -> str:
    """What would break if the meeting stayed; nothing where it was not looked at."""
    if rules is None:
        return ""
    if not rules:
        return str(WHY["gives_room"])
    if rules == ["new"]:
        return _("A new meeting.")
    names = listed(sentences.rule_name(rule) for rule in rules)
    return _("If it stayed: %(rules)s.") % {"rules": names}
