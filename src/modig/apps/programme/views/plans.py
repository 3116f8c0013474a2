"""Plans: making, looking at, comparing, publishing."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from modig.apps.jobs.actions import notice_dead_worker, start_job
from modig.apps.jobs.models import Job
from modig.apps.jobs.queries import with_latest_progress
from modig.apps.programme import charts, planning_bridge, sentences, wishes
from modig.apps.programme.actions import plans as actions
from modig.apps.programme.forms.plans import PlanningForm
from modig.apps.programme.models import Attribute, Group, Plan, Wave
from modig.apps.programme.permissions import (
    may_change_plan,
    may_plan,
    may_publish_plan,
    may_see_people_of_plan,
    may_see_plan,
    may_see_plans_of,
)
from modig.apps.programme.queries import plans as queries
from modig.apps.programme.views.answers import conflict, refusal, version_of, visitor
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import wants_file
from modig.apps.ui.exports import export_response
from modig.apps.ui.guards import needs_on

GROUPS_ON_A_PAGE = 12
ROWS_OF_A_WHOLE_HEAT_MAP = 60


def find_wave(wave_id: int) -> Wave:
    return get_object_or_404(Wave.objects.select_related("programme"), pk=wave_id)


def find_plan(plan_id: int) -> Plan:
    return get_object_or_404(Plan.objects.select_related("wave__programme", "job"), pk=plan_id)


# ---- plans of a wave -----------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@needs_on(find_wave, may_see_plans_of)
def plan_list(request: HttpRequest, wave: Wave) -> HttpResponse:
    """The plans of a wave, the planning that runs or failed, and the way to plan (again)."""
    form = PlanningForm(request.POST or None)
    job = planning_job(wave)
    if request.method == "POST":
        if not may_plan(request.user, wave):
            raise PermissionDenied
        is_running = job is not None and job.is_open
        if not is_running and form.is_valid():
            _start(request, wave, form.cleaned_data)
        if is_running or form.is_valid():
            return redirect("programme:plans", wave_id=wave.pk)
    plans = list(queries.plans_of(wave))
    context = {
        "wave": wave,
        "plans": [(plan, _violations(plan)) for plan in plans],
        "published": next((plan for plan in plans if plan.state == Plan.State.PUBLISHED), None),
        "job": None if job is None or _has_made(job) else job,
        "ready": _plan_of(job, plans),
        "failure": failure_of(job, wave),
        "form": form,
        "is_planner": may_plan(request.user, wave),
    }
    return render(request, "programme/plans.html", context)


def _start(request: HttpRequest, wave: Wave, wanted: dict[str, Any]) -> None:
    text = request.POST.get("around", "")
    around = wave.plans.filter(pk=int(text)).first() if text.isdecimal() else None
    arguments = {"wave": wave.pk, "seconds": wanted["seconds"], "seed": wanted["seed"]}
    if around is not None:
        arguments["around"] = around.pk
    start_job("plan", arguments, by=visitor(request), at=timezone.now())


def planning_job(wave: Wave) -> Job | None:
    """The newest planning of the wave, if it has anything to tell."""
    job = queries.newest_planning_job(wave)
    if job is None:
        return None
    notice_dead_worker(job, at=timezone.now())
    return with_latest_progress(job)


def _has_made(job: Job) -> bool:
    """Whether a plan came out; also a planning that was stopped leaves the best it had."""
    return bool(job.result.get("plan"))


def _plan_of(job: Job | None, plans: Sequence[Plan]) -> Plan | None:
    """The newest plan, if the newest planning made it."""
    made = job.result.get("plan") if job else None
    return plans[0] if plans and plans[0].pk == made else None


# ---- why there is no plan ------------------------------------------------------------------------

ADDRESSES = {
    sentences.SET_RULES: "programme:rules",
    sentences.TARGET: "programme:target",
    sentences.BLOCKS: "programme:wave",
    sentences.VENUES: "programme:venues",
    sentences.FACILITATORS: "programme:facilitators",
    sentences.LOCKS: "programme:plans",
    sentences.KEEP_APART: "programme:keep_apart",
    sentences.CLOSED: "programme:closed_weeks",
    sentences.QUOTAS: "programme:quotas",
    sentences.AWAY: "programme:teams_away",
    sentences.FAR: "programme:far_apart",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a planning ended without a plan: a verdict, and reasons by where their rule is set."""

    verdict: str
    reasons: list[tuple[list[str], str]]


def failure_of(job: Job | None, wave: Wave) -> Failure | None:
    if job is None or job.state != Job.State.FAILED:
        return None
    if not job.result.get("reasons"):
        return Failure(job.error or _("The planning ended unexpectedly. Start it again."), [])
    told: dict[str, dict[str, None]] = {}
    for code, numbers, english in job.result["reasons"]:
        address = _address_of(code, numbers, wave, around=job.arguments.get("around"))
        told.setdefault(address, {})[sentences.reason_sentence(code, numbers, english)] = None
    reasons = [(list(said), address) for address, said in told.items()]
    return Failure(sentences.no_plan_verdict(job.result["status"]), reasons)


def _address_of(
    code: str, numbers: dict[str, int | str], wave: Wave, *, around: int | None = None
) -> str:
    """Where the rule behind a reason is set, to the field; locks are in the plan planned around."""
    place = sentences.place_of(code, numbers)
    if place == sentences.LOCKS and around and wave.plans.filter(pk=around).exists():
        return reverse("programme:plan", args=[around])
    keys = [] if place in {sentences.VENUES, sentences.FACILITATORS} else [wave.pk]
    address = reverse(ADDRESSES[place], args=keys)
    field = sentences.field_of(code, numbers) if place == sentences.SET_RULES else ""
    return f"{address}#id_{field}" if field else address


# ---- a plan --------------------------------------------------------------------------------------


@require_safe
@needs_on(find_plan, may_see_plan)
def plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    others = list(queries.plans_of(plan.wave).exclude(pk=plan.pk))
    groups_in_plan = queries.groups_by_number(plan)
    is_planner = may_change_plan(request.user, plan)
    context = {
        **_pictures(request, plan, groups_in_plan),
        **_evidence(plan),
        **_planning(plan, others, request),
        "plan": plan,
        "wave": plan.wave,
        "others": others,
        "published": next((o for o in others if o.state == Plan.State.PUBLISHED), None),
        "is_open": plan.state != Plan.State.SUPERSEDED,
        "is_planner": is_planner,
        "may_move": is_planner and plan.state != Plan.State.SUPERSEDED,
        "is_publisher": may_publish_plan(request.user, plan),
        "sees_people": may_see_people_of_plan(request.user, plan),
        "locks": queries.locked(plan),
        "command": shlex.join(planning_bridge.check_command(plan.given, groups_in_plan)),
    }
    return render(request, "programme/plan.html", context)


def _planning(plan: Plan, others: Sequence[Plan], request: HttpRequest) -> dict[str, Any]:
    """The planning that runs, or came to nothing after this plan was made."""
    job = planning_job(plan.wave)
    is_news = job is not None and (job.is_open or job.queued_at > plan.made_at)
    shown = job if job is not None and is_news and not _has_made(job) else None
    is_planner = may_change_plan(request.user, plan)
    return {
        "job": shown if is_planner else None,
        "failure": failure_of(shown, plan.wave) if is_planner else None,
        "newer": next((other for other in others if other.number > plan.number), None),
        "form": PlanningForm(initial={"seed": plan.seed}),
    }


def _evidence(plan: Plan) -> dict[str, Any]:
    """The checker's numbers in words; attributes by the names that rules have for them."""
    figures = plan.figures
    sizes = sorted(map(int, figures["sizes"]))
    tight = figures.get("tight_bound")
    return {
        "figures": figures,
        "tight_share": figures["value"] / tight if tight else None,
        "broken": sentences.broken_rules(figures),
        "violations": _violations(plan),
        "smallest": sizes[0] if sizes else 0,
        "largest": sizes[-1] if sizes else 0,
        "excess": [
            (Attribute(name).label, n, plan.given["weights"][name])
            for name, n in figures["excess"].items()
        ],
        "prices": wishes.prices(figures),
        "span": queries.first_and_last_day(plan),
        "blocks": len(plan.given["blocks"]),
        "cap": plan.given["cap"],
    }


def _violations(plan: Plan) -> int:
    """How often the plan breaks a rule."""
    return sum(n for _rule, n in sentences.broken_rules(plan.figures))


def _pictures(request: HttpRequest, plan: Plan, group_of: dict[str, str]) -> dict[str, Any]:
    """Heat map, cards and staffing: of the groups that are asked for, a page of them at a time."""
    wanted = request.GET.get("q", "").strip()
    sees_people = may_see_people_of_plan(request.user, plan)
    found = queries.groups_of(plan)
    if wanted:
        found = queries.groups_with(plan, wanted, persons_too=sees_people)
    page = Paginator(found, GROUPS_ON_A_PAGE).get_page(request.GET.get("page"))
    groups = list(page.object_list)
    is_whole = plan.figures["groups"] <= ROWS_OF_A_WHOLE_HEAT_MAP and not wanted
    rows: Sequence[Group] = list(plan.groups.all()) if is_whole else groups
    meetings = queries.meeting_rows(plan)
    days = {day for row in meetings for day in row.dates}
    raised = plan.figures["raised_caps"]
    staffing = planning_bridge.staffing(plan.given, group_of, meetings)
    shown = staffing[: charts.UNITS_SHOWN]
    named = {row.unit for row in shown} | {cap["unit"] for cap in raised}
    units = queries.units_of(plan.given, only=named)
    known = charts.departments(plan.given, units)
    return {
        "q": wanted,
        "page": page,
        "heat": charts.heat_map(plan.given, group_of, rows, known),
        "cards": charts.cards(plan.given, groups, known),
        "dates": charts.dates(plan.given, groups, days),
        "staffing": charts.staffing_table(plan.given, shown, days, units, of=len(staffing)),
        "raised": [
            {**cap, "name": _name(units, cap["unit"]), "team": _team(plan, cap["team"])}
            for cap in raised
        ],
    }


def _name(units: dict[str, Any], code: str) -> str:
    return str(units.get(code, code))


def _team(plan: Plan, code: str) -> str:
    return str(plan.given["teams"].get(code, code))


# ---- staffing ------------------------------------------------------------------------------------


@require_safe
@needs_on(find_plan, may_see_plan)
def staffing(request: HttpRequest, plan: Plan) -> HttpResponseBase:
    """Every unit that sends people, week by week, narrowed by name or department."""
    wanted = request.GET.get("q", "").strip().casefold()
    department = request.GET.get("department", "")
    units = queries.units_of(plan.given)
    groups, meetings = queries.groups_by_number(plan), queries.meeting_rows(plan)
    days = [day for row in meetings for day in row.dates]
    rows = planning_bridge.staffing(plan.given, groups, meetings)
    kept = charts.staffing_of(plan.given, rows, units, text=wanted, department=department)
    if wants_file(request):
        table = charts.staffing_table(plan.given, kept, days, units)
        return _staffing_file(request, plan, table, table.rows)
    page = Paginator(kept, 50).get_page(request.GET.get("page"))
    table = charts.staffing_table(plan.given, list(page.object_list), days, units)
    context = {
        "plan": plan,
        "wave": plan.wave,
        "weeks": table.weeks,
        "rows": table.rows,
        "page": page,
        "of": len(rows),
        "departments": charts.departments(plan.given, units).values(),
        "q": request.GET.get("q", ""),
        "department": department,
        "cap": plan.given["cap"],
    }
    return render(request, "programme/plan_staffing.html", context)


def _staffing_file(
    request: HttpRequest,
    plan: Plan,
    table: charts.StaffingTable,
    rows: Sequence[charts.StaffingRow],
) -> HttpResponseBase:
    """How many of each unit are away at most on one day of each week."""
    columns = [_("Unit code"), _("Unit"), _("Department"), _("Employees"), _("Cap")]
    columns += [_("Taking part"), _("Most away")]
    columns += ["{}-W{:02d}".format(*monday.isocalendar()[:2]) for monday in table.weeks]
    cells = (
        [row.unit, row.name, str(row.department or ""), row.n, row.cap, row.taking_part, row.peak]
        + [cell.n for cell in row.cells]
        for row in rows
    )
    what = _("staffing")
    name = slugify(f"{what}-{plan.wave}-{plan.number}")
    return export_response(name, columns, cells, request.GET["format"])


# ---- comparing and publishing --------------------------------------------------------------------


@require_safe
@needs_on(find_plan, may_see_plan)
def comparison(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The plan beside the wave's published one, or beside the one asked for."""
    others = queries.plans_of(plan.wave).exclude(pk=plan.pk)
    asked = request.GET.get("with", "")
    other: Plan | None
    if asked.isdecimal():
        other = get_object_or_404(others, pk=int(asked))
    else:
        other = others.filter(state=Plan.State.PUBLISHED).first() or others.first()
    sees_people = may_see_people_of_plan(request.user, plan)
    moved = queries.moved_between(plan, other) if other else []
    context = {
        "plan": plan,
        "wave": plan.wave,
        "other": other,
        "others": list(others),
        "sides": [(one, _violations(one)) for one in (other, plan) if one],
        "moved": [one for one in moved if one.is_team or sees_people],
        "hidden": 0 if sees_people else sum(not one.is_team for one in moved),
        "dates": queries.dates_changed_between(plan, other) if other else [],
        "touched": queries.touched_by(plan, other),
    }
    return render(request, "programme/plan_comparison.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_on(find_plan, may_publish_plan)
def publication(request: HttpRequest, plan: Plan) -> HttpResponse:
    """What publishing means, for whom, and the deed itself."""
    page = reverse("programme:plan", args=[plan.pk])
    if request.method == "POST":
        try:
            actions.publish_plan(
                plan, at=timezone.now(), by=visitor(request), version=version_of(request)
            )
        except EditedMeanwhileError as error:
            differing = [(str(plan), _("publish it as you saw it"), _("it has been changed"))]
            return conflict(request, error, differing=differing, back=page)
        except (actions.PlanBreaksRulesError, actions.PlanIsReplacedError) as error:
            messages.error(request, refusal(error))
            return redirect(page)
        messages.success(request, _("The plan is published. Everybody in it now has dates."))
        return redirect(page)
    former = queries.published_plan(plan.wave)
    former = former if former and former.pk != plan.pk else None
    context = {
        **_evidence(plan),
        "plan": plan,
        "wave": plan.wave,
        "former": former,
        "touched": queries.touched_by(plan, former),
        "gone": queries.gone_since(plan, timezone.localdate()),
        "today": timezone.localdate(),
    }
    return render(request, "programme/plan_publication.html", context)
