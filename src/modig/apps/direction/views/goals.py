"""The list of goals, and a goal level by level."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from modig.apps.direction.hangs_on import hanging_on
from modig.apps.direction.models import Goal, Orientation
from modig.apps.direction.permissions import (
    may_edit_direction,
    may_edit_text,
    may_give_assignment,
    may_see_direction,
    may_see_text,
)
from modig.apps.direction.queries import goals as queries
from modig.apps.people.permissions import may_see_units
from modig.apps.people.queries.units import opened_unit
from modig.apps.ui.answers import as_file, page_of, visitor, wants_file
from modig.apps.ui.guards import needs, needs_on


@require_safe
@needs(may_see_direction)
def goal_list(request: HttpRequest) -> HttpResponseBase:
    user, today = visitor(request), timezone.localdate()
    wanted = queries.GoalFilter(
        text=request.GET.get("q", "").strip(),
        area=queries.opened_area(request.GET.get("area", "")),
        unit=opened_unit(request.GET.get("unit", "")),
        orientation=request.GET.get("orientation", ""),
        withdrawn="withdrawn" in request.GET,
    )
    found = queries.goals_matching(wanted, today)
    if wants_file(request):
        return _as_file(request, found)
    page = page_of(request, found)
    hanging = hanging_on([goal.pk for goal in page], user)
    context = {
        "wanted": wanted,
        "page": page,
        "rows": [(goal, hanging[goal.pk]) for goal in page],
        "areas": queries.focus_areas(),
        "units": queries.units_with_goals(),
        "orientations": Orientation.choices,
        "may_edit": may_edit_direction(user),
    }
    return render(request, "direction/goal_list.html", context)


def _as_file(request: HttpRequest, found: list[Goal]) -> HttpResponseBase:
    columns = [
        _("Code"), _("Goal"), _("What it means"), _("Focus area"), _("Under the goal"), _("Unit"),
        _("Unit code"), _("Owner"), _("Turns towards"), _("Rests on"), _("Valid from"),
        _("Valid to"), _("Withdrawn"), _("Hangs on it"),
    ]  # fmt: skip
    hanging = hanging_on([goal.pk for goal in found], visitor(request))
    codes = {goal.pk: goal.code for goal in found}
    rows = (
        [
            goal.code,
            goal.said.name,
            goal.said.description,
            str(goal.focus_area),
            codes.get(goal.parent_id or 0, ""),
            str(goal.unit or ""),
            goal.unit.code if goal.unit else "",
            str(goal.owner or ""),
            ", ".join(goal.orientation_names),
            ", ".join(str(source) for source in goal.sources.all()),
            goal.from_on,
            goal.to_on,
            goal.withdrawn_on,
            ", ".join(one.words for one in hanging[goal.pk]),
        ]
        for goal in found
    )
    return as_file(request, _("goals"), columns, rows)


@require_safe
@needs_on(queries.find_goal, may_see_text)
def goal(request: HttpRequest, goal: Goal) -> HttpResponse:
    """A goal: what it means, who owns it, the levels above and below, and what hangs on it."""
    user, today = visitor(request), timezone.localdate()
    context = {
        "goal": goal,
        "area": goal.focus_area,
        "vision": goal.focus_area.vision,
        "levels": queries.levels_of(goal, user, today),
        "assignments": queries.assignments_serving(goal, user),
        "holds": goal.holds_on(today),
        "today": today,
        "may_edit": may_edit_text(user, goal),
        "may_give": may_give_assignment(user),
        "sees_units": may_see_units(user),
    }
    return render(request, "direction/goal.html", context)
