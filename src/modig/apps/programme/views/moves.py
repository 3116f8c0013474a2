"""Changing a plan: moves of teams and meetings, told what they cost before; and locks."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from modig.apps.programme import planning_bridge, sentences
from modig.apps.programme.actions import plans as actions
from modig.apps.programme.forms.plans import MeetingMoveForm, TeamMoveForm
from modig.apps.programme.models import (
    Attribute,
    Facilitator,
    Group,
    Meeting,
    MeetingDay,
    Participant,
    Plan,
    TeamPlacement,
    Venue,
)
from modig.apps.programme.permissions import (
    may_change_item,
    may_change_meeting,
    may_change_plan,
    may_see_people_of_plan,
)
from modig.apps.programme.queries import plans as queries
from modig.apps.programme.queries.groups import meetings_of_group
from modig.apps.programme.views.answers import conflict, refusal, version_of, visitor
from modig.apps.programme.views.plans import GROUPS_ON_A_PAGE, find_plan
from modig.apps.programme.views.reasons import names_of_exchanged
from modig.apps.programme.why_here import said_next_best
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.guards import needs_on
from modig.apps.ui.templatetags.ui import days as days_in_words

ALTERNATIVES = 4
Item = tuple[Plan, TeamPlacement | Participant]
REFUSALS = (
    actions.PlanBreaksRulesError,
    actions.PlanIsReplacedError,
    actions.GroupWouldBeEmptyError,
)


# ---- a team, or somebody who comes alone ---------------------------------------------------------


def find_item(plan_id: int, kind: str, code: str) -> Item:
    plan = find_plan(plan_id)
    if kind == "team":
        teams = TeamPlacement.objects.select_related("team", "group")
        return plan, get_object_or_404(teams, group__plan=plan, team__code=code)
    if kind != "alone":
        raise Http404
    alone = Participant.objects.select_related("person", "group")
    return plan, get_object_or_404(alone, group__plan=plan, team=None, person__number=code)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_on(find_item, may_change_item)
def team_move(request: HttpRequest, item: Item) -> HttpResponse:
    """Why a team is where it is, what another group would cost, and the move itself."""
    plan, thing = item
    key, name = _key_and_name(thing)
    asked = request.POST if request.method == "POST" else request.GET
    form = TeamMoveForm(asked if "to" in asked else None, plan=plan, here=thing.group)
    to: Group | None = form.cleaned_data["to"] if form.is_valid() else None
    if request.method == "POST" and to is not None:
        return _move_team(request, plan, key, name, to)
    groups = queries.groups_by_number(plan)
    context = {
        **_place(plan, groups, key),
        "next_best": _next_best(
            plan, groups, key, names_people=may_see_people_of_plan(request.user, plan)
        ),
        "plan": plan,
        "wave": plan.wave,
        "thing": thing,
        "is_team": key[0] == "team",
        "address": reverse("programme:team_move", args=[plan.pk, *key]),
        "back": _address_in_plan(plan, thing.group),
        "name": name,
        "people": len(_people_of(plan, key)),
        "form": form,
        "to": to,
        "price": _price_of_team(plan, groups, key, to) if to is not None else None,
    }
    is_part = bool(request.headers.get("HX-Request"))
    template = "programme/plan_team.html#ask" if is_part else "programme/plan_team.html"
    return render(request, template, context)


def _move_team(
    request: HttpRequest, plan: Plan, key: tuple[str, str], name: str, to: Group
) -> HttpResponse:
    page = _address_in_plan(plan, to)
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
    except REFUSALS as error:
        messages.error(request, refusal(error))
        return redirect(page)
    told = {"team": name, "group": to}
    messages.success(request, _("%(team)s now belongs to %(group)s, and is locked there.") % told)
    return redirect(page)


def _key_and_name(thing: TeamPlacement | Participant) -> tuple[tuple[str, str], str]:
    if isinstance(thing, TeamPlacement):
        return ("team", thing.team.code), thing.team.name
    return ("alone", thing.person.number), str(thing.person)


def _people_of(plan: Plan, key: tuple[str, str]) -> set[str]:
    kind, code = key
    people = plan.given["people"]
    return {one["id"] for one in people if (one["team"] if kind == "team" else one["id"]) == code}


def _place(plan: Plan, groups: dict[str, str], key: tuple[str, str]) -> dict[str, Any]:
    """Why here: whom it meets, and what the best other groups would change."""
    why = planning_bridge.why(plan.given, groups, key=key)
    numbers = dict(plan.groups.values_list("name", "pk"))
    free = [other for other in why.elsewhere if not other.broken]
    closed = [other for other in why.elsewhere if other.broken]
    return {
        "why": why,
        "same": [(Attribute(name).label, n, why.others - n) for name, n in why.same.items()],
        "free": [(other, numbers[other.group]) for other in free[:ALTERNATIVES]],
        "closed": [
            (other, numbers[other.group], [sentences.rule_name(rule) for rule in other.broken])
            for other in closed[:ALTERNATIVES]
        ],
    }


def _next_best(
    plan: Plan, groups: dict[str, str], key: tuple[str, str], *, names_people: bool
) -> str:
    """The best place that keeps every rule, by a move or by an exchange with another team."""
    found = planning_bridge.placements(plan.given, groups, keys=[key])
    names = names_of_exchanged(plan.given, found, names_people=names_people)
    return said_next_best(found[key], names.__getitem__)


def _price_of_team(
    plan: Plan, groups: dict[str, str], key: tuple[str, str], to: Group
) -> dict[str, Any]:
    rows = queries.meeting_rows(plan)
    price = planning_bridge.price_of_team_move(
        plan.given, groups, rows, before=plan.figures, key=key, to=to.name
    )
    return {
        **_costs(plan, price),
        "value": round(price.value, 1),
        "excess": [(Attribute(name).label, n) for name, n in price.excess.items()],
        "sizes": list(price.sizes.items()),
        "size": plan.given["size"],
        "told": len(_people_of(plan, key)) if plan.state == Plan.State.PUBLISHED else 0,
    }


def _costs(plan: Plan, price: planning_bridge.Price) -> dict[str, Any]:
    """What every change costs: rules, caps, seats, and how far the plan is from the bound."""
    broken = [(sentences.rule_name(rule), n) for rule, n in price.broken.items()]
    breaks = bool(sentences.broken_rules(price.after))
    return {
        "price": price,
        "broken": broken,
        "before": price.before,
        "after": price.after,
        "is_refused": breaks and plan.state == Plan.State.PUBLISHED,
    }


def _address_in_plan(plan: Plan, group: Group) -> str:
    """Where the group's card stands on the plan's pages."""
    address = reverse("programme:plan", args=[plan.pk])
    page = queries.groups_before(group) // GROUPS_ON_A_PAGE + 1
    return f"{address}{f'?page={page}' if page > 1 else ''}#group-{group.pk}"


# ---- a meeting -----------------------------------------------------------------------------------


def find_meeting(meeting_id: int) -> Meeting:
    days = Prefetch("days", MeetingDay.objects.order_by("on"))
    found = Meeting.objects.select_related(
        "group__plan__wave__programme", "block", "venue", "facilitator"
    )
    return get_object_or_404(found.prefetch_related(days), pk=meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_on(find_meeting, may_change_meeting)
def meeting_move(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What another day, venue or facilitator for a meeting would cost, and the move itself."""
    plan = meeting.group.plan
    asked = request.POST if request.method == "POST" else request.GET
    form = MeetingMoveForm(asked if "to" in asked else None, meeting=meeting)
    price = _price_of_meeting(plan, meeting, form.cleaned_data) if form.is_valid() else None
    if request.method == "POST" and price is not None:
        return _move_meeting(request, plan, meeting, price)
    context = {
        "plan": plan,
        "wave": plan.wave,
        "meeting": meeting,
        "days": [day.on for day in meeting.days.all()],
        "siblings": meetings_of_group(meeting.group),
        "back": _address_in_plan(plan, meeting.group),
        "form": form,
        "price": price,
        "costs": _costs(plan, price) if price else None,
        "told": meeting.group.participants.count() if plan.state == Plan.State.PUBLISHED else 0,
    }
    is_part = bool(request.headers.get("HX-Request"))
    template = "programme/plan_meeting.html#ask" if is_part else "programme/plan_meeting.html"
    return render(request, template, context)


def _price_of_meeting(
    plan: Plan, meeting: Meeting, wanted: dict[str, Any]
) -> planning_bridge.MeetingMovePrice:
    venue, facilitator = wanted["venue"], wanted["facilitator"]
    return planning_bridge.price_of_meeting_move(
        plan.given,
        queries.groups_by_number(plan),
        queries.meeting_rows(plan),
        before=plan.figures,
        of=(meeting.group.name, queries.block_places(plan)[meeting.block_id]),
        to=wanted["to"],
        venues=_names(venue, Venue.objects.values_list("name", flat=True)),
        facilitators=_names(facilitator, Facilitator.objects.values_list("name", flat=True)),
    )


def _names(chosen: Venue | Facilitator | None, known: Collection[str]) -> list[str]:
    """Only the chosen one; else all that there are."""
    return [chosen.name] if chosen is not None else list(known)


def _move_meeting(
    request: HttpRequest,
    plan: Plan,
    meeting: Meeting,
    price: planning_bridge.MeetingMovePrice,
) -> HttpResponse:
    page = _address_in_plan(plan, meeting.group)
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
        differing = _both_meetings(meeting, price.row)
        return conflict(request, error, differing=differing, back=page)
    except REFUSALS as error:
        messages.error(request, refusal(error))
        return redirect(page)
    told = {"group": meeting.group, "days": days_in_words(list(price.row.dates))}
    messages.success(request, _("%(group)s now meets on %(days)s, and is locked there.") % told)
    return redirect(page)


def _both_meetings(mine: Meeting, row: queries.MeetingRow) -> list[tuple[str, str, str]]:
    """What was asked for beside what stands there now, field by field."""
    now = find_meeting(mine.pk)
    dates = [day.on for day in now.days.all()]
    rows = [
        (_("Days"), days_in_words(list(row.dates)), days_in_words(dates)),
        (_("Venue"), row.venue, str(now.venue or "")),
        (_("Facilitator"), row.facilitator, str(now.facilitator or "")),
    ]
    return [one for one in rows if one[1] != one[2]]


# ---- locks ---------------------------------------------------------------------------------------


@require_POST
@needs_on(find_plan, may_change_plan)
def lock(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Lock a team, a lone person or a meeting where it is, or let it go."""
    is_locked = "lock" in request.POST
    kind, _colon, pk = request.POST.get("lock" if is_locked else "free", "").partition(":")
    rows = _lockable(plan).get(kind)
    if rows is None or not pk.isdecimal():
        raise Http404
    thing = get_object_or_404(rows, pk=int(pk))
    page = _address_in_plan(plan, thing.group)
    try:
        actions.set_lock(
            plan,
            thing,
            is_locked=is_locked,
            version=version_of(request),
            by=visitor(request),
            at=timezone.now(),
        )
    except EditedMeanwhileError as error:
        texts = {True: _("locked"), False: _("free to move")}
        now = rows.get(pk=thing.pk).is_locked
        differing = [(str(thing), texts[is_locked], texts[now])]
        return conflict(request, error, differing=differing, back=page)
    except actions.PlanIsReplacedError as error:
        messages.error(request, refusal(error))
    return redirect(page)


def _lockable(plan: Plan) -> dict[str, Any]:
    return {
        "team": TeamPlacement.objects.filter(group__plan=plan).select_related("group", "team"),
        "alone": Participant.objects.filter(group__plan=plan, team=None).select_related(
            "group", "person"
        ),
        "meeting": Meeting.objects.filter(group__plan=plan).select_related("group", "block"),
    }
