"""The page of the direction, earlier visions, shifts with their readings, and what changed why."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from modig.apps.direction.actions import texts as actions
from modig.apps.direction.charts import track_of
from modig.apps.direction.forms.texts import NewVisionForm, ReadingForm, TakeOverForm, WhyForm
from modig.apps.direction.hangs_on import carriers_of, sections_for
from modig.apps.direction.kinds import KINDS
from modig.apps.direction.models import Orientation, Shift, StrategyStep, Vision
from modig.apps.direction.permissions import (
    may_call_off_vision,
    may_edit_direction,
    may_edit_text,
    may_see_direction,
    may_see_text,
)
from modig.apps.direction.queries import goals as goal_queries
from modig.apps.direction.queries import texts as queries
from modig.apps.direction.views.answers import done
from modig.apps.direction.wording import kind_name
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import as_file, conflict, page_of, visitor, wants_file
from modig.apps.ui.guards import needs, needs_on

CHANGES_SHOWN = 3
get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(may_see_direction)
def direction(request: HttpRequest) -> HttpResponse:
    """The vision that holds today, and everything that follows from it."""
    user, today = visitor(request), timezone.localdate()
    vision = queries.vision_on(today)
    coming = queries.coming_vision(today)
    may_edit = may_edit_direction(user)
    context: dict[str, Any] = {
        "vision": vision,
        "coming": coming,
        "today": today,
        "may_edit": may_edit,
        "editing": may_edit and "edit" in request.GET,
    }
    if vision is not None:
        context |= _content(request, vision)
    return render(request, "direction/direction.html", context)


def _content(request: HttpRequest, vision: Vision) -> dict[str, Any]:
    user, today = visitor(request), timezone.localdate()
    shifts = list(queries.shifts_of(vision))
    strategies = list(queries.strategies_of(vision))
    carriers = carriers_of([strategy.pk for strategy in strategies], user)
    areas = goal_queries.areas_of(vision, user, today)
    turned = goal_queries.goals_by_orientation(today)
    former = queries.former_vision(vision)
    return {
        "statements": list(vision.statements.order_by("number")),
        "tracks": [track_of(shift) for shift in shifts],
        "areas": areas,
        "leadership": queries.leadership_of(vision),
        "strategies": [
            (strategy, _by_kind(strategy.steps.all()), carriers[strategy.pk])
            for strategy in strategies
        ],
        "orientations": [(one, about, turned[one.value]) for one, about in _orientations().items()],
        "sources": list(queries.sources()),
        "changes": queries.happenings(queries.revisions()[:CHANGES_SHOWN]),
        "former": former,
        "sections": sections_for(user),
        "to_read": queries.shifts_to_read(shifts, today),
        "unowned": [one.goal for area in areas for one in area.goals if one.goal.owner is None],
        "nothing_taken_over": former is not None and not areas and former.focus_areas.exists(),
    }


def _by_kind(steps: Any) -> list[tuple[str, list[StrategyStep]]]:
    """The steps of a theory of change by what they are, in the order of the chain."""
    return [
        (str(kind.label), found)
        for kind in StrategyStep.Kind
        if (found := [step for step in steps if step.kind == kind])
    ]


def _orientations() -> dict[Orientation, str]:
    """The four orientations, each with what it asks of a leader."""
    return {
        Orientation.CUSTOMER: _("What does the one we are here for get out of it?"),
        Orientation.FLEXIBILITY: _("Can we do it in another way when the need changes?"),
        Orientation.BUSINESSLIKE: _("Do we get as much as possible for what it costs?"),
        Orientation.RESULTS: _("How do we see that it got better?"),
    }


# ---- visions -------------------------------------------------------------------------------------


@require_safe
@needs_on(queries.find_vision, may_see_text)
def vision(request: HttpRequest, vision: Vision) -> HttpResponse:
    """An earlier vision, or one that will hold later, as it was written."""
    today = timezone.localdate()
    context = {
        "vision": vision,
        "statements": vision.statements.order_by("number"),
        "former": queries.former_vision(vision),
        "is_coming": vision.from_on > today,
        "holds": vision == queries.vision_on(today),
        "may_edit": may_edit_direction(visitor(request)),
        "may_call_off": may_call_off_vision(visitor(request), vision),
    }
    return render(request, "direction/vision.html", context)


@get_and_post
@needs(may_edit_direction)
def vision_new(request: HttpRequest) -> HttpResponse:
    """Write a vision; it replaces the one before from a day."""
    today = timezone.localdate()
    form = NewVisionForm(request.POST or None, instance=Vision(from_on=today))
    if form.is_valid():
        made = form.instance
        try:
            actions.replace_vision(made, on=made.from_on, by=visitor(request), at=timezone.now())
        except actions.VisionBeginsTooEarlyError as error:
            words = {"vision": error.former, "day": error.former.from_on.isoformat()}
            form.add_error(
                "from_on", _("“%(vision)s” holds from %(day)s; a new one comes after it.") % words
            )
        else:
            return done(request, _after_new_vision(made))
    context = {
        "form": form,
        "former": queries.vision_on(today),
        "back": _address("direction"),
    }
    return render(request, "direction/vision_new.html", context)


def _after_new_vision(made: Vision) -> Any:
    """On to what shall go on under it, if it holds already and another one held before."""
    if made.from_on <= timezone.localdate() and queries.former_vision(made):
        return _address("takeover", made)
    return (
        _address("direction") if made.from_on <= timezone.localdate() else _address("vision", made)
    )


def _address(name: str, *about: Any) -> str:
    return reverse(f"direction:{name}", args=[one.pk for one in about])


@get_and_post
@needs_on(queries.find_vision, may_edit_text)
def vision_takeover(request: HttpRequest, vision: Vision) -> HttpResponse:
    """What of the former vision goes on under this one."""
    former = queries.former_vision(vision)
    if former is None:
        return redirect("direction:direction")
    form = TakeOverForm(request.POST or None)
    if form.is_valid():
        wanted = actions.TakenOver(**form.cleaned_data)
        actions.take_over(vision, wanted, by=visitor(request), at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("direction:direction")
    context = {"form": form, "vision": vision, "former": former, "back": _address("direction")}
    return render(request, "direction/takeover.html", context)


@get_and_post
@needs_on(queries.find_vision, may_call_off_vision)
def vision_removal(request: HttpRequest, vision: Vision) -> HttpResponse:
    """Call off a vision that does not hold yet; the one before holds on."""
    form = WhyForm(request.POST or None, initial={"version": vision.version})
    if form.is_valid():
        try:
            actions.call_off_vision(
                vision,
                version=form.cleaned_data["version"],
                on=timezone.localdate(),
                by=visitor(request),
                at=timezone.now(),
            )
        except EditedMeanwhileError as error:
            differing = [(_("Vision"), form.cleaned_data["why"], str(error.theirs))]
            return conflict(request, error, differing=differing, back=_address("vision", vision))
        except actions.GoalsRestOnItError:
            form.add_error(None, _("Goals have been written under it. Withdraw them first."))
        else:
            messages.success(request, _("The vision was called off."))
            return redirect("direction:direction")
    context = {"form": form, "vision": vision, "back": _address("vision", vision)}
    return render(request, "direction/vision_removal.html", context)


# ---- shifts --------------------------------------------------------------------------------------


def _may_open_shift(user: Any, shift: Shift) -> bool:
    return may_see_text(user, shift)


@get_and_post
@needs_on(queries.find_shift, _may_open_shift)
def shift(request: HttpRequest, shift: Shift) -> HttpResponseBase:
    """A from/to statement with its readings; who may edit reads it anew once a year."""
    user, today = visitor(request), timezone.localdate()
    may_edit = may_edit_text(user, shift)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    track = track_of(shift)
    if wants_file(request):
        columns = [_("Day"), _("Level"), _("What is seen"), _("Baseline")]
        rows = ([one.on, one.level, one.said.note, one.is_baseline] for one in track.readings)
        return as_file(request, _("readings"), columns, rows)
    baseline = next((one for one in track.readings if one.is_baseline), None)
    form = ReadingForm(request.POST or None, baseline=baseline, initial={"on": today})
    if form.is_valid():
        actions.read_shift(shift, **form.cleaned_data, by=user, at=timezone.now())
        messages.success(request, _("The reading is saved."))
        return done(request, "direction:shift", shift.pk)
    context = {"shift": shift, "track": track, "form": form, "may_edit": may_edit, "today": today}
    return render(request, "direction/shift.html", context)


# ---- lists ---------------------------------------------------------------------------------------


@require_safe
@needs(may_see_direction)
def changes(request: HttpRequest) -> HttpResponseBase:
    """Everything that has changed in the direction, and why."""
    kind = request.GET.get("kind", "")
    found = queries.revisions(kind)
    if wants_file(request):
        columns = [
            _("When"),
            _("Kind"),
            _("Text"),
            pgettext("text", "Changed"),
            _("Why"),
            pgettext("one person", "Who"),
        ]
        rows = (
            [
                one.revision.at,
                one.kind,
                one.name,
                one.fields or _("taken away"),
                one.revision.why,
                str(one.revision.by or ""),
            ]
            for one in queries.happenings(found)
        )
        return as_file(request, _("changes"), columns, rows)
    page = page_of(request, found)
    context = {
        "page": page,
        "changes": queries.happenings(page.object_list),
        "kind": kind,
        "kinds": [(code, kind_name(code)) for code in KINDS],
    }
    return render(request, "direction/changes.html", context)


@require_safe
@needs(may_see_direction)
def sources(request: HttpRequest) -> HttpResponseBase:
    """The laws and decisions that the direction rests on."""
    found = queries.sources()
    if wants_file(request):
        columns = [
            _("Kind"), _("Name"), _("Reference"), _("Link"), _("Decided"), _("Applies from"),
            _("Goals"),
        ]  # fmt: skip
        rows = (
            [
                one.get_kind_display(),
                one.said.name,
                one.reference,
                one.link,
                one.decided_on,
                one.applies_from,
                getattr(one, "resting", 0),
            ]
            for one in found
        )
        return as_file(request, _("laws-and-decisions"), columns, rows)
    context = {"page": page_of(request, found), "may_edit": may_edit_direction(visitor(request))}
    return render(request, "direction/sources.html", context)
