"""The red thread, and the story of an initiative on a page and as PDF."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from modig.apps.direction.models import Goal
from modig.apps.initiatives.charts import control_chart
from modig.apps.initiatives.models import Initiative
from modig.apps.initiatives.permissions import may_edit_initiative, may_enter_initiative
from modig.apps.initiatives.queries.initiatives import find_initiative
from modig.apps.people.queries.units import opened_unit
from modig.apps.reports.charts import picture
from modig.apps.reports.forms import ThreadForm
from modig.apps.reports.permissions import may_read_story, may_see_thread
from modig.apps.reports.queries import thread as queries
from modig.apps.reports.queries.story import story_of
from modig.apps.reports.story import story_sheet
from modig.apps.ui.answers import visitor
from modig.apps.ui.guards import needs, needs_on

ASKED = ("unit", "from", "to", "focus", "goal")


@require_safe
@needs(may_see_thread)
def thread(request: HttpRequest) -> HttpResponse:
    """From the vision to who gains. ``focus``, ``goal`` and ``initiative`` say where one looks."""
    user, today = visitor(request), timezone.localdate()
    form = ThreadForm(request.GET)
    wanted = _wanted(request, form)
    found = queries.thread(wanted, user, today)

    def address(**changes: Any) -> str:
        values = {name: request.GET[name] for name in ASKED if request.GET.get(name)}
        values |= {name: str(value) for name, value in changes.items() if value}
        gone = {name for name, value in changes.items() if not value}
        return _question({name: value for name, value in values.items() if name not in gone})

    context = {
        "thread": found,
        "wanted": wanted,
        "form": form,
        "picture": picture(found, address),
        "followed": found.followed,
        "units": queries.units(),
        "names": queries.gainer_names(),
        "all_url": address(focus=None, goal=None),
        "loose_url": address(goal=queries.NONE, focus=None),
        "may_enter": may_enter_initiative(user),
        "is_filtered": bool(wanted.unit or wanted.from_on or wanted.to_on),
    }
    return render(request, "reports/thread.html", context)


def _question(values: dict[str, str]) -> str:
    return f"?{urlencode(values)}" if values else "?"


def _wanted(request: HttpRequest, form: ThreadForm) -> queries.ThreadFilter:
    asked = request.GET
    is_valid = form.is_valid()
    given = form.cleaned_data if is_valid else {}
    initiative = queries.find_seen_initiative(asked.get("initiative", ""), visitor(request))
    goal: Goal | None = queries.find_goal(asked.get("goal", ""))
    is_loose = asked.get("goal") == queries.NONE
    if initiative is not None and goal is None:
        goal = queries.goal_followed(initiative)
        is_loose = goal is None
    area = goal.focus_area if goal else queries.find_area(asked.get("focus", ""))
    return queries.ThreadFilter(
        unit=opened_unit(asked.get("unit", "")),
        from_on=given.get("from"),
        to_on=given.get("to"),
        area=area,
        goal=goal,
        is_loose=is_loose,
        initiative=initiative,
    )


@require_safe
@needs_on(find_initiative, may_read_story)
def story(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    told = story_of(initiative)
    charts = [(one, control_chart(one.benefit, one.readings)) for one in told.figures]
    context = {
        "story": told,
        "initiative": initiative,
        "charts": charts,
        "may_edit": may_edit_initiative(visitor(request), initiative),
        "today": timezone.localdate(),
    }
    return render(request, "reports/story.html", context)


@require_safe
@needs_on(find_initiative, may_read_story)
def story_pdf(request: HttpRequest, initiative: Initiative) -> HttpResponse:  # noqa: ARG001 -- a page
    """The story to hand out: typeset, on paper, readable by screen readers."""
    sheet = story_sheet(story_of(initiative), timezone.localdate())
    name = slugify(f"{initiative.code} {initiative.said.title}")[:80]
    answer = HttpResponse(sheet, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
