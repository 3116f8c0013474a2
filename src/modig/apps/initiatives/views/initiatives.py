"""Entering an initiative, its page, and the forms that change what it says."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from modig.apps.initiatives.actions.initiatives import (
    NoSuchRequirementError,
    edit_initiative,
    enter_initiative,
    turn_requirement,
)
from modig.apps.initiatives.charts import control_chart
from modig.apps.initiatives.forms.base import TwoTextsForm
from modig.apps.initiatives.forms.initiatives import (
    DetailsForm,
    InitiativeForm,
    LearningForm,
    NewInitiativeForm,
)
from modig.apps.initiatives.forms.work import DiaryForm
from modig.apps.initiatives.kinds import guide_of
from modig.apps.initiatives.models import Initiative
from modig.apps.initiatives.permissions import (
    initiatives_seen_by,
    may_edit_initiative,
    may_edit_initiatives,
    may_enter_initiative,
    may_see_initiative,
    may_see_initiatives,
)
from modig.apps.initiatives.queries import initiatives as queries
from modig.apps.initiatives.queries.page import most_read, whole_page
from modig.apps.initiatives.queries.similar import Similar, similar_to_text
from modig.apps.initiatives.views.answers import (
    done,
    get_and_post,
    page_of_initiative,
    refuses_merged,
    saved,
    shown,
)
from modig.apps.people.queries.persons import person_of
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import came_too_late, visitor
from modig.apps.ui.guards import needs, needs_on

LONGEST_TITLE, LONGEST_WHY = 200, 2000
OPTIONS_SHOWN = 12


@get_and_post
@needs(may_enter_initiative)
def new(request: HttpRequest) -> HttpResponseBase:
    """The first entry. ``?promise=`` begins it with what somebody promised and tried."""
    user, today = visitor(request), timezone.localdate()
    person = person_of(user)
    if person is None and not may_edit_initiatives(user):
        return render(request, "initiatives/not_a_person.html", status=403)
    promise = queries.find_promise(request.GET.get("promise", ""), person)
    if (grown := queries.grown_from(promise)) is not None:
        return redirect(page_of_initiative(grown))
    only_looks = "look" in request.POST
    form = NewInitiativeForm(
        None if only_looks else request.POST or None,
        person=person,
        unit=queries.unit_of(person, today),
        promise=promise,
        typed=request.POST if only_looks else request.GET,
        on=today,
    )
    if form.is_valid():
        made = enter_initiative(
            form.initiative(), goals=form.cleaned_data["goals"], by=user, at=timezone.now()
        )
        messages.success(request, _("It is entered as %(code)s.") % {"code": made.code})
        return done(request, page_of_initiative(made))
    context: dict[str, Any] = {"form": form, "promise": promise, "has_looked": only_looks}
    if only_looks:
        context["similar"] = _like_typed(request, request.POST)
    return shown(request, "initiatives/new.html", context, form=form)


@require_safe
@needs(may_see_initiatives)
def similar(request: HttpRequest) -> HttpResponse:
    """What is similar to what one is writing."""
    context = {"similar": _like_typed(request, request.GET), "has_looked": True}
    return render(request, "initiatives/new.html#similar", context)


def _like_typed(request: HttpRequest, typed: QueryDict) -> list[Similar]:
    title = typed.get("title", "").strip()[:LONGEST_TITLE]
    if not title:
        return []
    found = similar_to_text(
        title,
        why=typed.get("why", "")[:LONGEST_WHY],
        kind=typed.get("kind", ""),
        group=typed.get("group_text", "")[:LONGEST_TITLE],
        goals=[int(key) for key in typed.getlist("goals") if key.isdecimal()],
        seen=initiatives_seen_by(visitor(request)),
    )
    return [one for one in found if one.is_telling]


@require_safe
@needs(may_see_initiatives)
def options(request: HttpRequest) -> HttpResponse:
    """Initiatives to choose while one types."""
    text = request.GET.get(request.GET.get("field", ""), "")
    found = queries.initiatives_matching(text).filter(initiatives_seen_by(visitor(request)))
    return render(request, "initiatives/options.html", {"found": found[:OPTIONS_SHOWN]})


@require_safe
@needs_on(queries.find_initiative, may_see_initiative)
def initiative(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    today = timezone.localdate()
    page = whole_page(initiative, visitor(request), today)
    benefit = most_read(page["measured"])
    chart = control_chart(benefit, list(benefit.readings.all())) if benefit else None
    context = {
        **page,
        "diary_form": DiaryForm(today=today),
        "benefit": benefit,
        "chart": chart,
        "proof": chart.proof if chart else None,
    }
    return render(request, "initiatives/initiative.html", context)


@get_and_post
@needs_on(queries.find_initiative, may_edit_initiative)
@refuses_merged
def edit(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    form = InitiativeForm(request.POST or None, instance=initiative, on=timezone.localdate())
    return _edited(request, initiative, form, template="initiatives/edit.html")


@get_and_post
@needs_on(queries.find_initiative, may_edit_initiative)
@refuses_merged
def learning(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    form = LearningForm(request.POST or None, instance=initiative)
    return _edited(request, initiative, form, template="initiatives/learning.html", part="learning")


@get_and_post
@needs_on(queries.find_initiative, may_edit_initiative)
@refuses_merged
def details(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """What this sort of change asks for, with its guide."""
    form = DetailsForm(request.POST or None, instance=initiative)
    context = {"guide": guide_of(initiative.kind)}
    template = "initiatives/details.html"
    return _edited(request, initiative, form, template=template, context=context, part="guide")


def _edited(  # noqa: PLR0913 -- a form, its page, and where to then
    request: HttpRequest,
    initiative: Initiative,
    form: TwoTextsForm[Initiative],
    *,
    template: str,
    context: dict[str, Any] | None = None,
    part: str = "",
) -> HttpResponse:
    if form.is_valid():
        try:
            edit_initiative(
                form.instance,
                version=form.cleaned_data["version"],
                goals=form.cleaned_data.get("goals"),
                partner_units=form.cleaned_data.get("partner_units"),
                by=visitor(request),
                at=timezone.now(),
            )
        except EditedMeanwhileError as error:
            return came_too_late(request, form, error, back=page_of_initiative(initiative))
        return saved(request, initiative, part=part)
    given = {"form": form, "initiative": initiative, **(context or {})}
    return shown(request, template, given, form=form)


@require_POST
@needs_on(queries.find_initiative, may_edit_initiative)
@refuses_merged
def requirement(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """Settle a line of a checklist, or open it again."""
    try:
        turn_requirement(
            initiative,
            request.POST.get("name", ""),
            request.POST.get("line", ""),
            by=visitor(request),
            at=timezone.now(),
        )
    except (NoSuchRequirementError, EditedMeanwhileError):
        messages.warning(request, _("The list has changed meanwhile. Look again."))
    return redirect(page_of_initiative(initiative, "guide"))
