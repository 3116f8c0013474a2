"""Writing and changing the texts of the direction, one page for all of them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from modig.apps.accounts.models import User
from modig.apps.direction.actions import texts as actions
from modig.apps.direction.forms.texts import FORMS, TextForm, WhyForm
from modig.apps.direction.kinds import KINDS, REMOVABLE, Text, kind_of
from modig.apps.direction.models import (
    FocusArea,
    Goal,
    LeadershipStatement,
    Shift,
    StatutorySource,
    Strategy,
    StrategyStep,
    Vision,
    VisionStatement,
)
from modig.apps.direction.permissions import (
    may_edit_direction,
    may_edit_text,
    may_remove_text,
    may_see_text,
    may_withdraw_text,
)
from modig.apps.direction.queries import goals as goal_queries
from modig.apps.direction.queries import texts as queries
from modig.apps.direction.views.answers import done
from modig.apps.direction.wording import kind_name, the_kind
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.tenancy.permissions import Visitor
from modig.apps.ui.answers import conflict, visitor
from modig.apps.ui.guards import needs_on

NEW_KINDS = tuple(kind for kind in KINDS if kind != "vision")
get_and_post = require_http_methods(["GET", "HEAD", "POST"])


def find_kind(kind: str) -> str:
    """A kind of text that can be written by itself; a vision replaces another."""
    if kind not in NEW_KINDS:
        raise Http404
    return kind


def may_write(user: Visitor, kind: str) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_edit_direction(user)


@get_and_post
@needs_on(find_kind, may_write)
def text_new(request: HttpRequest, kind: str) -> HttpResponse:
    blank = _blank(kind, request)
    if blank is None:
        messages.warning(request, _("There is no place for it yet, or it is there already."))
        return redirect("direction:direction")
    form = FORMS[kind](request.POST or None, instance=blank)
    if form.is_valid():
        given = {"sources": form.cleaned_data["sources"]} if "sources" in form.cleaned_data else {}
        actions.create_text(form.instance, **given, by=visitor(request), at=timezone.now())
        return done(request, page_of_text(form.instance))
    context = {"form": form, "kind": kind, "name": kind_name(kind), "back": _back(blank)}
    return render(request, "direction/text_new.html", context)


@get_and_post
@needs_on(queries.find_text, may_edit_text)
def text_edit(request: HttpRequest, text: Text) -> HttpResponse:
    kind = kind_of(text)
    form = FORMS[kind](request.POST or None, instance=text)
    if form.is_valid():
        try:
            _revise(request, form)
        except EditedMeanwhileError as error:
            return conflict(
                request, error, differing=form.both_texts(error.theirs), back=page_of_text(text)
            )
        return done(request, page_of_text(text))
    context = {
        "form": form,
        "text": text,
        "kind": kind,
        "name": kind_name(kind),
        "the_text": the_kind(kind),
        "back": page_of_text(text),
        "may_remove": kind in REMOVABLE,
        "may_withdraw": isinstance(text, FocusArea) and not text.withdrawn_on,
    }
    return render(request, "direction/text_edit.html", context)


def _revise(request: HttpRequest, form: TextForm[Any]) -> None:
    changed = actions.revise_text(
        form.instance,
        version=form.cleaned_data["version"],
        why=form.cleaned_data["why"],
        sources=form.cleaned_data.get("sources"),
        by=visitor(request),
        at=timezone.now(),
    )
    said = _("Saved. The former wording is kept.") if changed else _("Nothing was changed.")
    messages.success(request, said)


@require_safe
@needs_on(queries.find_text, may_see_text)
def text_history(request: HttpRequest, text: Text) -> HttpResponse:
    """How a text read before, what changed, and why."""
    context = {
        "text": text,
        "name": kind_name(kind_of(text)),
        "the_text": the_kind(kind_of(text)),
        "changes": queries.history_of(text),
        "back": page_of_text(text),
        "may_edit": may_edit_text(request.user, text),
        "kind": kind_of(text),
    }
    return render(request, "direction/text_history.html", context)


@get_and_post
@needs_on(queries.find_text, may_remove_text)
def text_removal(request: HttpRequest, text: Text) -> HttpResponse:
    """Take a text away; what goes with it is said first."""
    form = WhyForm(request.POST or None, initial={"version": text.version})
    if form.is_valid():
        try:
            actions.remove_text(
                text,
                version=form.cleaned_data["version"],
                why=form.cleaned_data["why"],
                by=visitor(request),
                at=timezone.now(),
            )
        except EditedMeanwhileError as error:
            return _changed_meanwhile(request, error, text, form)
        except actions.GoalsRestOnItError:
            form.add_error(None, _("Goals rest on it. Let them rest on something else first."))
        else:
            messages.success(request, _("Taken away. Its last wording is kept among the changes."))
            return redirect(_address("sources" if isinstance(text, StatutorySource) else ""))
    context = {
        "form": form,
        "text": text,
        "name": kind_name(kind_of(text)),
        "the_text": the_kind(kind_of(text)),
        "back": page_of_text(text),
        "goes_along": _goes_along(text),
    }
    return render(request, "direction/text_removal.html", context)


@get_and_post
@needs_on(queries.find_text, may_withdraw_text)
def text_withdrawal(request: HttpRequest, text: Goal | FocusArea) -> HttpResponse:
    """Withdraw a goal or a focus area, or let it hold again; what will hang loose is said first."""
    form = WhyForm(request.POST or None, initial={"version": text.version})
    if form.is_valid():
        try:
            _withdraw(request, text, form)
        except EditedMeanwhileError as error:
            return _changed_meanwhile(request, error, text, form)
        except actions.GoalsRestOnItError:
            form.add_error(None, _("Goals under it still hold. Withdraw or move them first."))
        else:
            return redirect(page_of_text(text))
    loose = _loose(text, visitor(request)) if isinstance(text, Goal) else ""
    context = {
        "form": form,
        "text": text,
        "name": kind_name(kind_of(text)),
        "the_text": the_kind(kind_of(text)),
        "back": page_of_text(text),
        "loose": loose,
        "is_withdrawn": text.withdrawn_on is not None,
    }
    return render(request, "direction/text_withdrawal.html", context)


def _loose(goal: Goal, user: User) -> str:
    """What hangs on a goal, in words: 117 assignments, 124 initiatives and 1 goal below it."""
    hanging = goal_queries.hanging_loose(goal, user, timezone.localdate())
    return get_text_list([one.words for one in hanging], _("and"))


def _changed_meanwhile(
    request: HttpRequest, error: EditedMeanwhileError, text: Text, form: WhyForm
) -> HttpResponse:
    """409: the reason that was written beside the text as it reads now."""
    differing = [(kind_name(kind_of(text)), form.cleaned_data["why"], str(error.theirs))]
    return conflict(request, error, differing=differing, back=page_of_text(text))


def _withdraw(request: HttpRequest, text: Goal | FocusArea, form: WhyForm) -> None:
    given: dict[str, Any] = {**form.cleaned_data, "by": visitor(request), "at": timezone.now()}
    if text.withdrawn_on is not None:
        if isinstance(text, Goal):
            actions.restore_goal(text, **given)
        else:
            actions.restore_focus_area(text, **given)
        messages.success(request, _("It holds again."))
        return
    given["on"] = timezone.localdate()
    if isinstance(text, Goal):
        actions.withdraw_goal(text, **given)
    else:
        actions.withdraw_focus_area(text, **given)
    messages.success(request, _("Withdrawn. What hung on it is kept, and shown as hanging loose."))


def page_of_text(text: Text) -> str:
    """Where a text is read."""
    match text:
        case Goal():
            return _address("goal", text.pk)
        case Shift():
            return _address("shift", text.pk)
        case StatutorySource():
            return _address("sources")
        case Vision() if text != queries.vision_on(timezone.localdate()):
            return _address("vision", text.pk)
        case _:
            return f"{_address()}?edit#{kind_of(text)}"


def _address(name: str = "", *keys: int) -> str:
    return reverse(f"direction:{name or 'direction'}", args=keys)


def _back(text: Text) -> str:
    return _address("sources") if isinstance(text, StatutorySource) else f"{_address()}?edit"


def _goes_along(text: Text) -> list[str]:
    """What is lost with a text that is taken away, in words."""
    match text:
        case Shift():
            readings = text.readings.count()
            return [_("Its %(n)s readings go with it.") % {"n": readings}] if readings else []
        case Strategy():
            steps = text.steps.count()
            return [_("Its %(n)s steps go with it.") % {"n": steps}] if steps else []
        case _:
            return []


def _blank(kind: str, request: HttpRequest) -> Any:
    """A new text, where the address says that it belongs; none where there is no vision yet."""
    if kind == "statutorysource":
        return StatutorySource()
    vision = _vision(request)
    return BLANKS[kind](request, vision) if vision else None


def _blank_statement(_request: HttpRequest, vision: Vision) -> VisionStatement:
    return VisionStatement(vision=vision)


def _blank_shift(_request: HttpRequest, vision: Vision) -> Shift:
    return Shift(vision=vision)


def _blank_area(_request: HttpRequest, vision: Vision) -> FocusArea:
    last = vision.focus_areas.order_by("-number").first()
    return FocusArea(vision=vision, number=last.number + 1 if last else 1)


def _blank_strategy(_request: HttpRequest, vision: Vision) -> Strategy:
    return Strategy(vision=vision)


def _blank_step(request: HttpRequest, _vision: Vision) -> StrategyStep | None:
    key = request.GET.get("strategy", "")
    found = Strategy.objects.filter(pk=int(key)).first() if key.isdecimal() else None
    return StrategyStep(strategy=found) if found else None


def _blank_leadership(_request: HttpRequest, vision: Vision) -> LeadershipStatement | None:
    """One statement a vision: a second one is an edit of the first."""
    if queries.leadership_of(vision):
        return None
    return LeadershipStatement(vision=vision, agreed_on=timezone.localdate())


def _vision(request: HttpRequest) -> Vision | None:
    key = request.GET.get("vision", "")
    if key.isdecimal():
        return queries.visions().filter(pk=int(key)).first()
    return queries.vision_on(timezone.localdate())


def _blank_goal(request: HttpRequest, vision: Vision) -> Goal | None:
    """A goal under another goal, or in a focus area; the first one if the address names none."""
    parent_key, area_key = request.GET.get("under", ""), request.GET.get("area", "")
    parent = Goal.objects.filter(pk=int(parent_key) if parent_key.isdecimal() else 0).first()
    area = goal_queries.opened_area(area_key) or vision.focus_areas.first()
    if parent is None and area is None:
        return None
    return Goal(
        parent=parent,
        focus_area=parent.focus_area if parent else area,
        from_on=timezone.localdate(),
    )


BLANKS: dict[str, Callable[[HttpRequest, Vision], Text | None]] = {
    "visionstatement": _blank_statement,
    "shift": _blank_shift,
    "focusarea": _blank_area,
    "goal": _blank_goal,
    "leadershipstatement": _blank_leadership,
    "strategy": _blank_strategy,
    "strategystep": _blank_step,
}
