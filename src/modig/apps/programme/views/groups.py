"""A group's page, its list of members and its attendance sheet."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from modig.apps.people.permissions import may_see_persons
from modig.apps.programme import attendance as sheets
from modig.apps.programme.models import Group
from modig.apps.programme.permissions import (
    may_lead_group,
    may_see_group,
    may_see_people_of_group,
    may_see_plans_of,
)
from modig.apps.programme.queries import groups as queries
from modig.apps.ui.exports import export_response
from modig.apps.ui.guards import needs_on


def find_group(group_id: int) -> Group:
    return get_object_or_404(queries.all_groups(), pk=group_id)


@require_safe
@needs_on(find_group, may_see_group)
def group(request: HttpRequest, group: Group) -> HttpResponse:
    today = timezone.localdate()
    sees_people = may_see_people_of_group(request.user, group)
    feed = queries.feed_of_group(group) if sees_people else None
    context: dict[str, Any] = {
        "group": group,
        "plan": group.plan,
        "wave": group.plan.wave,
        "meetings": queries.meetings_of_group(group),
        "today": today,
        "members": queries.members_of(group, today) if sees_people else [],
        "size": group.participants.count(),
        "sees_people": sees_people,
        "sees_plan": may_see_plans_of(request.user, group.plan.wave),
        "opens_persons": may_see_persons(request.user),
        "leads": may_lead_group(request.user, group),
        "calendar": request.build_absolute_uri(feed.path) if feed else "",
    }
    return render(request, "programme/group.html", context)


@require_safe
@needs_on(find_group, may_lead_group)
def members(request: HttpRequest, group: Group) -> HttpResponseBase:
    """The members as a list to keep: CSV or XLSX."""
    found = queries.members_of(group, timezone.localdate())
    columns = [_("Name"), _("Employee number"), _("E-mail"), _("Team"), _("Title"), _("Unit")]
    rows = (
        [
            str(one.person),
            one.person.number,
            one.person.email,
            str(one.participant.team or ""),
            one.employment.title if one.employment else "",
            str(one.employment.unit) if one.employment else "",
        ]
        for one in found
    )
    return export_response(slugify(group.name), columns, rows, request.GET.get("format", "xlsx"))


@require_safe
@needs_on(find_group, may_lead_group)
def attendance(_request: HttpRequest, group: Group) -> HttpResponse:
    """A sheet to sign at every meeting, as PDF."""
    found = queries.members_of(group, timezone.localdate())
    made = sheets.attendance_sheet(group, queries.meetings_of_group(group), found)
    response = HttpResponse(made, content_type="application/pdf")
    name = slugify(f"{group.name}-{_('attendance')}")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
