"""A picture of who meets whom: departments x departments, before, planned, best possible."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from modig.apps.programme import charts, planning_bridge
from modig.apps.programme.models import Plan
from modig.apps.programme.permissions import may_see_plan
from modig.apps.programme.queries import acquaintance
from modig.apps.programme.queries import plans as queries
from modig.apps.programme.views.plans import find_plan
from modig.apps.ui.answers import wants_file
from modig.apps.ui.exports import export_response
from modig.apps.ui.guards import needs_on

PAIRS_ON_A_PAGE = 200
"""Seventy departments have 2,415 pairs; the picture and the file have them all."""


@require_safe
@needs_on(find_plan, may_see_plan)
def contacts(request: HttpRequest, plan: Plan) -> HttpResponseBase:
    """Which shares of the pairs of two departments have met, will meet, and could."""
    found = planning_bridge.contacts(
        plan.given,
        queries.groups_by_number(plan),
        acquaintance.earlier_groups(plan).values(),
    )
    known = charts.departments(plan.given, queries.units_of(plan.given, only=()))
    rows = charts.contact_rows(found, known)
    if wants_file(request):
        return _file(request, plan, rows)
    shown = request.GET.get("show", "")
    shown = shown if shown in charts.SHOWN else "planned"
    context = {
        "plan": plan,
        "wave": plan.wave,
        "page": Paginator(rows, PAIRS_ON_A_PAGE).get_page(request.GET.get("page")),
        "is_open": "page" in request.GET,
        "map": charts.contact_map(rows, known, shown),
        "across": found.across,
        "shares": [found.across.share(what) for what in charts.SHOWN],
        "shown": shown,
        "choices": [
            ("before", _("Before")),
            ("planned", _("Planned")),
            ("most", _("Best possible")),
        ],
    }
    return render(request, "programme/contacts.html", context)


def _file(request: HttpRequest, plan: Plan, rows: Sequence[charts.ContactRow]) -> HttpResponseBase:
    columns = [_("Department"), _("and department"), _("Pairs of people"), _("Have met before")]
    columns += [_("Meet by the plan"), _("At most")]
    cells = (
        [str(row.a), str(row.b), one.pairs, one.before, one.planned, one.most]
        for row in rows
        for one in [row.contact]
    )
    what = _("who meets whom")
    name = slugify(f"{what}-{plan.wave}-{plan.number}")
    return export_response(name, columns, cells, request.GET["format"])
