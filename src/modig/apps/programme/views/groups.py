"""A group's page, its list of members and its attendance sheet."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from modig.apps.programme import attendance as sheets
from modig.apps.programme.models import Group, Plan
from modig.apps.programme.permissions import (
    may_lead_group,
    may_see_group,
    may_see_people_of_group,
    may_see_plans_of,
    may_see_promises_of,
)
from modig.apps.programme.queries import groups as queries
from modig.apps.programme.views.answers import calendar_addresses
from modig.apps.ui.exports import export_response
from modig.apps.ui.guards import needs_on


def find_group(group_id: int) -> Group:
    return get_object_or_404(queries.all_groups(), pk=group_id)


@require_safe
@needs_on(find_group, may_see_group)
def group(request: HttpRequest, group: Group) -> HttpResponse:
    """A group: when and where it meets, with whom, and its members for those who may see them."""
    today = timezone.localdate()
    sees_people = may_see_people_of_group(request.user, group)
    leads = may_lead_group(request.user, group)
    meetings = queries.meetings_of_group(group)
    coming = queries.coming(meetings, today)
    feed = queries.feed_of_group(group) if sees_people else None
    context: dict[str, Any] = {
        "group": group,
        "plan": group.plan,
        "wave": group.plan.wave,
        "meetings": [(row, row.is_over(today)) for row in meetings],
        "next": coming[0] if coming else None,
        "next_day": coming[0].next_day(today) if coming else None,
        "today": today,
        "members": queries.members_of(group, today) if sees_people else [],
        "size": queries.size_of(group),
        "sees_people": sees_people,
        "sees_plan": may_see_plans_of(request.user, group.plan.wave),
        "leads": leads,
        "reads_promises": may_see_promises_of(request.user, group),
        "opens_people": leads,
    }
    if feed is not None and group.plan.state == Plan.State.PUBLISHED:
        context |= calendar_addresses(request, feed.path)
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
    """A sheet to sign at every meeting, as PDF; none where there is no meeting yet."""
    today = timezone.localdate()
    # The next one comes first: nobody leafs through what has been.
    meetings = sorted(queries.meetings_of_group(group), key=lambda row: row.is_over(today))
    if not meetings:
        raise Http404
    made = sheets.attendance_sheet(group, meetings, queries.members_of(group, today))
    response = HttpResponse(made, content_type="application/pdf")
    what = _("attendance")
    name = slugify(f"{group.name}-{what}")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
