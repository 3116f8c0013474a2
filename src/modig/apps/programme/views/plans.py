"""Plans: making, looking at, changing, comparing, publishing."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from modig.apps.jobs.actions import notice_dead_worker, start_job
from modig.apps.jobs.models import Job
from modig.apps.jobs.queries import with_latest_progress
from modig.apps.programme import charts, planning_bridge
from modig.apps.programme.actions import plans as actions
from modig.apps.programme.forms.plans import MeetingMoveForm, PlanningForm, TeamMoveForm
from modig.apps.programme.models import (
    Attribute,
    Group,
    Meeting,
    MeetingDay,
    Participant,
    Plan,
    TeamPlacement,
    Wave,
)
from modig.apps.programme.permissions import (
    may_change_meeting,
    may_change_plan,
    may_plan,
    may_publish_plan,
    may_see_people_of_plan,
    may_see_plan,
    may_see_plans_of,
)
from modig.apps.programme.queries import plans as queries
from modig.apps.programme.sentences import rule_name
from modig.apps.programme.views.answers import conflict, version_of, visitor
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.guards import needs_on

ALTERNATIVES = 4


def find_wave(wave_id: int) -> Wave:
    return get_object_or_404(Wave.objects.select_related("programme"), pk=wave_id)


def find_plan(plan_id: int) -> Plan:
    return get_object_or_404(Plan.objects.select_related("wave__programme", "job"), pk=plan_id)


def find_meeting(meeting_id: int) -> Meeting:
    days = Prefetch("days", MeetingDay.objects.order_by("on"))
    found = Meeting.objects.select_related("group__plan__wave__programme", "block", "venue")
    return get_object_or_404(found.prefetch_related(days), pk=meeting_id)


# ---- plans of a wave -----------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@needs_on(find_wave, may_see_plans_of)
def plan_list(request: HttpRequest, wave: Wave) -> HttpResponse:
    form = PlanningForm(request.POST or None)
    job = _planning_job(wave)
    is_planner = may_plan(request.user, wave)
    if request.method == "POST":
        if not is_planner:
            raise Http404
        if job is not None and job.is_open:
            return redirect("programme:plans", wave_id=wave.pk)
        if form.is_valid():
            _start(request, wave, form.cleaned_data)
            return redirect("programme:plans", wave_id=wave.pk)
    context = {
        "wave": wave,
        "plans": list(queries.plans_of(wave)),
        "job": job,
        "form": form,
        "is_planner": is_planner,
    }
    return render(request, "programme/plans.html", context)


def _start(request: HttpRequest, wave: Wave, wanted: dict[str, Any]) -> None:
    around = wave.plans.filter(pk=request.POST.get("around") or 0).first()
    arguments = {"wave": wave.pk, "seconds": wanted["seconds"], "seed": wanted["seed"]}
    if around is not None:
        arguments["around"] = around.pk
    start_job("plan", arguments, by=visitor(request), at=timezone.now())


def _planning_job(wave: Wave) -> Job | None:
    """The newest planning of the wave, if it has anything to tell."""
    job = queries.newest_planning_job(wave)
    if job is None:
        return None
    notice_dead_worker(job, at=timezone.now())
    return with_latest_progress(job)


# ---- a plan --------------------------------------------------------------------------------------


@require_safe
@needs_on(find_plan, may_see_plan)
def plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    job = _planning_job(plan.wave)
    others = list(queries.plans_of(plan.wave).exclude(pk=plan.pk))
    figures = plan.figures
    context = {
        **_pictures(plan, shown=charts.UNITS_SHOWN),
        "plan": plan,
        "figures": figures,
        "broken": [(rule_name(rule), n) for rule, n in figures["violations"].items()],
        "excess": [(Attribute(name).label, n) for name, n in figures["excess"].items()],
        "job": job if job and (job.is_open or job.result.get("plan") != plan.pk) else None,
        "newest": next((other for other in others if other.number > plan.number), None),
        "published": next((o for o in others if o.state == Plan.State.PUBLISHED), None),
        "form": PlanningForm(initial={"seed": plan.seed}),
        "is_planner": may_change_plan(request.user, plan),
        "is_publisher": may_publish_plan(request.user, plan),
        "sees_people": may_see_people_of_plan(request.user, plan),
        "locks": len(queries.locks_of(plan)),
    }
    return render(request, "programme/plan.html", context)


def _pictures(plan: Plan, *, shown: int) -> dict[str, Any]:
    groups = list(queries.groups_of(plan))
    group_of = {
        one.person.number: group.name for group in groups for one in group.participants.all()
    }
    rows = [
        queries.MeetingRow(
            group.name, meeting.block.number, tuple(day.on for day in meeting.days.all()), "", ""
        )
        for group in groups
        for meeting in group.meetings.all()
    ]
    units = queries.units_of(plan.given)
    known = charts.departments(units.values())
    staffing = planning_bridge.staffing(plan.given, group_of, rows)
    days = [day for row in rows for day in row.dates]
    return {
        "heat": charts.heat_map(plan.given, group_of, groups, known),
        "cards": charts.cards(plan, groups, known),
        "staffing": charts.staffing_table(staffing, days, units, known, shown=shown),
        "raised": [
            {**cap, "name": units[cap["unit"]].name if cap["unit"] in units else cap["unit"]}
            for cap in plan.figures["raised_caps"]
        ],
        "cap": plan.given["cap"],
    }


@require_safe
@needs_on(find_plan, may_see_plan)
def staffing(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Every unit that sends people, week by week, narrowed by name or department."""
    wanted = request.GET.get("q", "").strip().casefold()
    department = request.GET.get("department", "")
    units = queries.units_of(plan.given)
    known = charts.departments(units.values())
    meetings = queries.meeting_rows(plan)
    rows = planning_bridge.staffing(plan.given, queries.groups_by_number(plan), meetings)
    departments = {person["unit"]: person["department"] for person in plan.given["people"]}
    kept = [
        row
        for row in rows
        if (not department or departments.get(row.unit) == department)
        and (wanted in row.unit.casefold() or wanted in _name(units, row.unit).casefold())
    ]
    days = [day for row in meetings for day in row.dates]
    context = {
        "plan": plan,
        "staffing": charts.staffing_table(kept, days, units, known, shown=len(kept)),
        "of": len(rows),
        "departments": known.values(),
        "q": request.GET.get("q", ""),
        "department": department,
        "cap": plan.given["cap"],
    }
    return render(request, "programme/plan_staffing.html", context)


def _name(units: dict[str, Any], code: str) -> str:
    return str(units.get(code, code))


# ---- changes -------------------------------------------------------------------------------------


def find_item(plan_id: int, kind: str, code: str) -> tuple[Plan, TeamPlacement | Participant]:
    plan = find_plan(plan_id)
    if kind == "team":
        teams = TeamPlacement.objects.select_related("team", "group")
        return plan, get_object_or_404(teams, group__plan=plan, team__code=code)
    if kind != "alone":
        raise Http404
    alone = Participant.objects.select_related("person", "group")
    return plan, get_object_or_404(alone, group__plan=plan, team=None, person__number=code)


def may_see_item(user: Any, item: tuple[Plan, TeamPlacement | Participant]) -> bool:
    return may_change_plan(user, item[0])


@require_http_methods(["GET", "HEAD", "POST"])
@needs_on(find_item, may_see_item)
def team_move(request: HttpRequest, item: tuple[Plan, TeamPlacement | Participant]) -> HttpResponse:
    """Why a team is where it is, what another group would cost, and the move itself."""
    plan, thing = item
    key, name = _key_and_name(thing)
    asked = request.POST if request.method == "POST" else request.GET
    form = TeamMoveForm(asked if "to" in asked else None, plan=plan, here=thing.group.name)
    to: Group | None = form.cleaned_data["to"] if form.is_valid() else None
    page = reverse("programme:plan", args=[plan.pk])
    if request.method == "POST" and to is not None:
        try:
            actions.move_team(
                plan,
                key=key,
                to=to,
                version=version_of(request),
                by=visitor(request),
                at=timezone.now(),
            )
        except EditedMeanwhileError as error:
            now = find_item(plan.pk, *key)[1].group.name
            return conflict(request, error, differing=[(name, str(to), now)], back=page)
        except (actions.PlanBreaksRulesError, actions.PlanIsReplacedError) as error:
            messages.error(request, _refusal(error))
            return redirect(page)
        messages.success(
            request, _("%(team)s now belongs to %(group)s.") % {"team": name, "group": to}
        )
        return redirect(page)
    groups = queries.groups_by_number(plan)
    why = planning_bridge.why(plan.given, groups, key=key)
    context = {
        "plan": plan,
        "thing": thing,
        "kind": key[0],
        "code": key[1],
        "name": name,
        "people": [one for one in groups if one in _people_of(plan, key)],
        "form": form,
        "to": to,
        "why": why,
        "same": [(Attribute(a).label, n) for a, n in why.same.items()],
        "elsewhere": [
            (other, [rule_name(rule) for rule in other.broken])
            for other in why.elsewhere[:ALTERNATIVES]
        ],
        "price": _price(plan, groups, key, to) if to is not None else None,
    }
    is_part = bool(request.headers.get("HX-Request"))
    template = "programme/plan_why.html" if is_part else "programme/plan_team.html"
    return render(request, template, context)


def _key_and_name(thing: TeamPlacement | Participant) -> tuple[tuple[str, str], str]:
    if isinstance(thing, TeamPlacement):
        return ("team", thing.team.code), thing.team.name
    return ("alone", thing.person.number), str(thing.person)


def _people_of(plan: Plan, key: tuple[str, str]) -> set[str]:
    kind, code = key
    people = plan.given["people"]
    return {one["id"] for one in people if (one["team"] if kind == "team" else one["id"]) == code}


def _price(plan: Plan, groups: dict[str, str], key: tuple[str, str], to: Group) -> dict[str, Any]:
    rows = queries.meeting_rows(plan)
    price = planning_bridge.price_of_team_move(plan.given, groups, rows, key=key, to=to.name)
    return {
        "price": price,
        "value": round(price.value, 1),
        "broken": [(rule_name(rule), n) for rule, n in price.broken.items()],
        "excess": [(Attribute(name).label, n) for name, n in price.excess.items()],
        "size": plan.given["size"],
        "told": len(_people_of(plan, key)) if plan.state == Plan.State.PUBLISHED else 0,
    }


def _refusal(error: Exception) -> str:
    if isinstance(error, actions.PlanIsReplacedError):
        return _("This plan has been replaced by a newer one and stays as it was.")
    return _("A published plan breaks no rule, and this would: %(rules)s.") % {"rules": error}


@require_http_methods(["GET", "HEAD", "POST"])
@needs_on(find_meeting, may_change_meeting)
def meeting_move(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What another day for a meeting would cost, and the move itself."""
    plan = meeting.group.plan
    asked = request.POST if request.method == "POST" else request.GET
    form = MeetingMoveForm(asked if "to" in asked else None, meeting=meeting)
    page = reverse("programme:plan", args=[plan.pk])
    price = None
    if form.is_valid():
        price = planning_bridge.price_of_meeting_move(
            plan.given,
            queries.groups_by_number(plan),
            queries.meeting_rows(plan),
            of=(meeting.group.name, meeting.block.number),
            to=form.cleaned_data["to"],
        )
    if request.method == "POST" and price is not None:
        try:
            actions.move_meeting(
                plan,
                meeting,
                row=price.row,
                version=version_of(request),
                by=visitor(request),
                at=timezone.now(),
            )
        except EditedMeanwhileError as error:
            now = ", ".join(str(day.on) for day in find_meeting(meeting.pk).days.all())
            mine = ", ".join(map(str, price.row.dates))
            return conflict(request, error, differing=[(str(meeting), mine, now)], back=page)
        except (actions.PlanBreaksRulesError, actions.PlanIsReplacedError) as error:
            messages.error(request, _refusal(error))
            return redirect(page)
        messages.success(request, _("The meeting has got its new day."))
        return redirect(page)
    context = {
        "plan": plan,
        "meeting": meeting,
        "days": [day.on for day in meeting.days.all()],
        "form": form,
        "price": price,
        "broken": [(rule_name(rule), n) for rule, n in price.broken.items()] if price else [],
        "told": meeting.group.participants.count(),
    }
    return render(request, "programme/plan_meeting.html", context)


@require_POST
@needs_on(find_plan, may_change_plan)
def lock(request: HttpRequest, plan: Plan) -> HttpResponse:
    kinds: dict[str, Any] = {
        "team": TeamPlacement.objects.filter(group__plan=plan),
        "alone": Participant.objects.filter(group__plan=plan, team=None),
        "meeting": Meeting.objects.filter(group__plan=plan),
    }
    rows = kinds.get(request.POST.get("kind", ""))
    pk = request.POST.get("thing", "")
    if rows is None or not pk.isdecimal():
        raise Http404
    thing = get_object_or_404(rows, pk=int(pk))
    is_locked = request.POST.get("locked") == "1"
    page = reverse("programme:plan", args=[plan.pk])
    try:
        actions.set_lock(plan, thing, is_locked=is_locked, version=version_of(request))
    except EditedMeanwhileError as error:
        texts = {True: _("locked"), False: _("free")}
        now = rows.get(pk=thing.pk).is_locked
        differing = [(str(thing), texts[is_locked], texts[now])]
        return conflict(request, error, differing=differing, back=page)
    except actions.PlanIsReplacedError as error:
        messages.error(request, _refusal(error))
    return redirect(f"{page}#group-{_group_of(thing)}")


def _group_of(thing: TeamPlacement | Participant | Meeting) -> int:
    return thing.group_id


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
    context = {
        "plan": plan,
        "other": other,
        "others": list(others),
        "moved": queries.moved_between(plan, other) if other else [],
        "dates": queries.dates_changed_between(plan, other) if other else [],
    }
    return render(request, "programme/plan_comparison.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_on(find_plan, may_publish_plan)
def publication(request: HttpRequest, plan: Plan) -> HttpResponse:
    former = queries.published_plan(plan.wave)
    page = reverse("programme:plan", args=[plan.pk])
    if request.method == "POST":
        try:
            actions.publish_plan(
                plan, at=timezone.now(), by=visitor(request), version=version_of(request)
            )
        except EditedMeanwhileError as error:
            differing = [(str(plan), _("publish"), _("changed meanwhile"))]
            return conflict(request, error, differing=differing, back=page)
        except (actions.PlanBreaksRulesError, actions.PlanIsReplacedError) as error:
            messages.error(request, _refusal(error))
            return redirect(page)
        messages.success(request, _("The plan is published. Everybody in it now has dates."))
        return redirect(page)
    context = {
        "plan": plan,
        "former": former if former and former.pk != plan.pk else None,
        "people": queries.people_with_dates(plan),
        "moved": queries.moved_between(plan, former) if former else [],
        "broken": [(rule_name(rule), n) for rule, n in plan.figures["violations"].items()],
    }
    return render(request, "programme/plan_publication.html", context)
