"""Why each team of a group is there, in words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from modig.apps.programme import planning_bridge
from modig.apps.programme.models import Group
from modig.apps.programme.permissions import (
    may_change_plan,
    may_see_people_of_plan,
    may_see_reasons,
)
from modig.apps.programme.queries import acquaintance, plans
from modig.apps.programme.views.groups import find_group
from modig.apps.programme.views.plans import GROUPS_ON_A_PAGE
from modig.apps.programme.why_here import reasons as reasons_in_words
from modig.apps.ui.guards import needs_on

Key = tuple[str, str]


@require_safe
@needs_on(find_group, may_see_reasons)
def reasons(request: HttpRequest, group: Group) -> HttpResponse:
    """The page, or with htmx the part of it that the group's card shows."""
    plan = group.plan
    context = {
        "group": group,
        "plan": plan,
        "wave": plan.wave,
        "rows": _rows(group, names_people=may_see_people_of_plan(request.user, plan)),
        "page_in_plan": plans.groups_before(group) // GROUPS_ON_A_PAGE + 1,
        "may_move": may_change_plan(request.user, plan) and plan.state != plan.State.SUPERSEDED,
    }
    is_part = bool(request.headers.get("HX-Request"))
    template = "programme/group_reasons.html#reasons" if is_part else "programme/group_reasons.html"
    return render(request, template, context)


def _rows(group: Group, *, names_people: bool) -> list[tuple[Key, str, list[str]]]:
    """Key, name and sentences of every team, and of who comes alone where names are seen."""
    given = group.plan.given
    names = plans.names_in(group, names_people=names_people)
    found = planning_bridge.placements(given, plans.groups_by_number(group.plan), keys=list(names))
    others = names_of_exchanged(given, found, names_people=names_people)
    departments = {code: str(unit) for code, unit in plans.units_of(given).items()}
    met = acquaintance.met_before(group)
    return [
        (
            key,
            name,
            reasons_in_words(
                found[key],
                departments=departments,
                met=met.get(key, []),
                name_of=lambda other: others[other],
            ),
        )
        for key, name in names.items()
    ]


def names_of_exchanged(
    given: dict[str, Any],
    found: dict[Key, planning_bridge.Placement],
    *,
    names_people: bool,
) -> dict[Key, str]:
    """What those are called who would come in exchange."""
    keys = {
        one.next_best.exchanged
        for one in found.values()
        if one.next_best and one.next_best.exchanged
    }
    names = {key: given["teams"].get(key[1], key[1]) for key in keys if key[0] == "team"}
    alone = [code for kind, code in keys if kind == "alone"]
    return names | plans.names_of_persons(alone, are_seen=names_people)
