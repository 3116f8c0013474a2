"""The portfolio as figures: over time, by how long it is silent, by department and by goal."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from modig.apps.initiatives.flows import flow_drawings, period_name
from modig.apps.initiatives.models import OPEN_STAGES, Stage
from modig.apps.initiatives.permissions import may_see_initiatives
from modig.apps.initiatives.queries import overview as queries
from modig.apps.initiatives.queries.flow import Flow, flow
from modig.apps.initiatives.queries.portfolio import SILENT_WEEKS
from modig.apps.initiatives.views.portfolio import asked
from modig.apps.ui.answers import as_file, wants_file
from modig.apps.ui.guards import needs


@require_safe
@needs(may_see_initiatives)
def over_time(request: HttpRequest) -> HttpResponseBase:
    """How many reach each stage in each quarter or month, and how long they wait in it."""
    context, today = asked(request), timezone.localdate()
    by_quarter = request.GET.get("by") != "month"
    found = flow(context["fits"], today, by_quarter=by_quarter)
    if wants_file(request):
        return _flow_file(request, found)
    names = [period_name(period) for period in found.periods]
    context |= {
        "by_quarter": by_quarter,
        "flow": found,
        "drawings": flow_drawings(found),
        "stages_reached": [one.stage.label for one in found.reached],
        "by_period": list(
            zip(names, zip(*(one.counts for one in found.reached), strict=True), strict=True)
        )[::-1],
        "is_any": any(one.n for one in found.reached),
        "ideas": next((one for one in found.waits if one.stage == Stage.IDEA), None),
        "under_way": next((one for one in found.waits if one.stage == Stage.UNDER_WAY), None),
    }
    return render(request, "initiatives/over_time.html", context)


def _flow_file(request: HttpRequest, found: Flow) -> HttpResponseBase:
    columns = [_("Period"), *(str(capfirst(one.stage.label)) for one in found.reached)]
    counts = zip(*(one.counts for one in found.reached), strict=True)
    rows = [[period_name(period), *row] for period, row in zip(found.periods, counts, strict=True)]
    return as_file(request, _("initiatives over time"), columns, rows)


@require_safe
@needs(may_see_initiatives)
def ageing(request: HttpRequest) -> HttpResponseBase:
    """How long nothing has been heard, stage by stage, and those silent for longest."""
    context, today = asked(request), timezone.localdate()
    table = queries.ageing(context["fits"], today)
    if wants_file(request):
        columns = [_("Stage"), *(_weeks(*span) for span in queries.SPANS)]
        rows: list[list[object]] = [
            [str(capfirst(one.stage.label)), *(share.n for _span, share in one.cells)]
            for one in table
        ]
        return as_file(request, _("silence"), columns, rows)
    open_n = sum(one.n for one in table)
    silent = sum(
        share.n for one in table for span, share in one.cells if span.first >= SILENT_WEEKS
    )
    context |= {
        "table": table,
        "spans": [_weeks(*span) for span in queries.SPANS],
        "open_n": open_n,
        "n_silent": silent,
        "longest": queries.longest_silent(context["fits"], today),
        "open_stages": OPEN_STAGES,
    }
    return render(request, "initiatives/ageing.html", context)


def _weeks(first: int, end: int) -> str:
    if not end:
        return _("%(n)s weeks or longer") % {"n": first}
    return _("%(first)s–%(last)s weeks") % {"first": first, "last": end - 1}


@require_safe
@needs(may_see_initiatives)
def departments(request: HttpRequest) -> HttpResponseBase:
    """How many initiatives each department and company has in each stage."""
    return _parts(request, "department")


@require_safe
@needs(may_see_initiatives)
def goals(request: HttpRequest) -> HttpResponseBase:
    """How many initiatives serve each goal, and which serve none."""
    return _parts(request, "goal")


def _parts(request: HttpRequest, what: str) -> HttpResponseBase:
    context = asked(request)
    parts = _counted(what, context["fits"], timezone.localdate())
    if wants_file(request):
        name = _("initiatives by goal") if what == "goal" else _("initiatives by department")
        return as_file(request, name, _part_columns(what), [_part_row(one) for one in parts])
    context |= {
        "parts": parts,
        "what": what,
        "labels": [stage.label for stage in Stage],
        "without_goal": next((one.n for one in parts if one.thing is None), 0),
    }
    return render(request, f"initiatives/by_{what}.html", context)


def _counted(what: str, found: Q, today: date) -> Sequence[queries.Part]:
    count = queries.by_goal if what == "goal" else queries.by_department
    return count(found, today)


def _part_columns(what: str) -> list[str]:
    first = _("Goal") if what == "goal" else _("Department or company")
    stages = [str(capfirst(stage.label)) for stage in Stage]
    return [
        first, *stages, pgettext("sum", "All"), _("Across units"), _("With readings"),
        _("Silent for eight weeks"),
    ]  # fmt: skip


def _part_row(one: queries.Part) -> list[object]:
    name = str(one.thing) if one.thing is not None else _("No goal")
    return [name, *(share.n for share in one.stages), one.n, one.joint, one.measured, one.silent]
