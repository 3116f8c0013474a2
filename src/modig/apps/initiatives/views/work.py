"""Stages, steps, diary and gates: the daily work with an initiative."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from modig.apps.initiatives.actions.initiatives import (
    NoSuchStepError,
    ReturnNeedsNoteError,
    StageAsksForMoreError,
    finish_step,
    move_to_stage,
    reopen_step,
    save_gate,
    save_steps,
    write_diary,
)
from modig.apps.initiatives.demands import BACK, FORWARD
from modig.apps.initiatives.forms.work import DiaryForm, GateForm, StageForm, StepFormSet
from modig.apps.initiatives.models import Gate, Initiative, InitiativeStep, Stage
from modig.apps.initiatives.permissions import (
    may_edit_initiative,
    may_edit_part_of,
    may_see_initiative,
)
from modig.apps.initiatives.queries import initiatives as queries
from modig.apps.initiatives.queries.page import asks_of
from modig.apps.initiatives.views.answers import (
    get_and_post,
    page_of_initiative,
    refuses_merged,
    saved,
    shown,
)
from modig.apps.people.queries.persons import person_of
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import came_too_late, conflict, version_of, visitor
from modig.apps.ui.guards import needs_on

# ---- stages ------------------------------------------------------------------------------------


@get_and_post
@needs_on(queries.find_initiative, may_edit_initiative)
@refuses_merged
def stage(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """Forward, back or out: ``stage`` names where to, and the page says what that asks for."""
    if request.method != "POST":
        wanted = request.GET.get("stage", "")
        form = StageForm(initial={"stage": wanted, "version": initiative.version})
        return _stage_page(request, initiative, form, wanted)
    form = StageForm(request.POST)
    wanted = request.POST.get("stage", "")
    if not form.is_valid() or wanted not in Stage.values:
        return _stage_page(request, initiative, form, wanted, status=422)
    return _move(request, initiative, form, Stage(wanted))


def _move(
    request: HttpRequest, initiative: Initiative, form: StageForm, wanted: Stage
) -> HttpResponse:
    before = Stage(initiative.stage)
    if before == wanted:  # pressed twice
        return redirect(page_of_initiative(initiative))
    try:
        move_to_stage(
            initiative,
            wanted,
            version=form.cleaned_data["version"],
            note=form.cleaned_data["note"],
            by=visitor(request),
            at=timezone.now(),
        )
    except ReturnNeedsNoteError:
        form.add_error("note", _("Say in a few words why it goes back."))
        return _stage_page(request, initiative, form, wanted, status=422)
    except (StageAsksForMoreError, NoSuchStepError):
        return _stage_page(request, initiative, form, wanted, status=422)
    except EditedMeanwhileError as error:
        now = Stage(getattr(error.theirs, "stage", before)).label
        differing = [(_("stage"), str(wanted.label), str(now))]
        back = page_of_initiative(initiative)
        return conflict(request, error, differing=differing, back=back)
    said = _("%(title)s: %(stage)s.") % {"title": initiative, "stage": wanted.label}
    return saved(request, initiative, said)


def _stage_page(
    request: HttpRequest, initiative: Initiative, form: StageForm, wanted: str, status: int = 200
) -> HttpResponse:
    """What the stage asks for; without a stage that can follow, those that can."""
    here = Stage(initiative.stage)
    ways = [*FORWARD[here], *([BACK[here]] if here in BACK else [])]
    chosen = Stage(wanted) if wanted in {way.value for way in ways} else None
    context: dict[str, Any] = {
        "initiative": initiative,
        "form": form,
        "ways": ways,
        "stage": chosen,
        "is_back": chosen is not None and BACK.get(here) == chosen,
        "was_refused": status != 200,
    }
    if chosen is not None and not context["is_back"]:
        context["next"] = asks_of(initiative, chosen)
    return render(request, "initiatives/stage.html", context, status=status)


# ---- steps -------------------------------------------------------------------------------------


@get_and_post
@needs_on(queries.find_initiative, may_edit_initiative)
@refuses_merged
def steps(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """All steps in one form; they come in the order of their days."""
    rows = list(initiative.steps.all())
    initial = [
        {"key": row.pk, "text": row.text, "due_on": row.due_on, "done_on": row.done_on}
        for row in rows
    ]
    formset = StepFormSet(request.POST or None, initial=initial)
    if request.method == "POST" and formset.is_valid():
        written = _written(formset)
        try:
            save_steps(initiative, written, version=version_of(request), at=timezone.now())
        except EditedMeanwhileError as error:
            now = [_step_in_words(row) for row in error.theirs.steps.all()]  # type: ignore[attr-defined]
            mine = [step["text"] for step in written]
            differing = [(_("steps"), "; ".join(mine), "; ".join(now))]
            back = page_of_initiative(initiative)
            return conflict(request, error, differing=differing, back=back)
        return saved(request, initiative, part="steps")
    context = {"formset": formset, "initiative": initiative}
    status = 422 if formset.is_bound and not formset.is_valid() else 200
    return render(request, "initiatives/steps.html", context, status=status)


def _written(formset: Any) -> list[dict[str, Any]]:
    rows = [form.cleaned_data for form in formset if form.cleaned_data.get("text")]
    kept = [{**row, "pk": row.get("key")} for row in rows]
    with_day = sorted((row for row in kept if row["due_on"]), key=lambda row: row["due_on"])
    return [*with_day, *(row for row in kept if not row["due_on"])]


def _step_in_words(step: InitiativeStep) -> str:
    return step.text


@require_POST
@needs_on(queries.find_step, may_edit_part_of)
@refuses_merged
def step_done(request: HttpRequest, step: InitiativeStep) -> HttpResponse:
    """Tick a step, or take the tick away."""
    if request.POST.get("done") == "no":
        reopen_step(step)
    else:
        finish_step(step, on=timezone.localdate())
    return redirect(page_of_initiative(step.initiative, "steps"))


# ---- diary -------------------------------------------------------------------------------------


@require_safe
@needs_on(queries.find_initiative, may_see_initiative)
def diary(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """Everything that happened, stages too, newest first."""
    context = {
        "initiative": initiative,
        "diary": queries.diary_of(initiative),
        "changes": queries.stage_changes_of(initiative).order_by("-on", "-pk"),
    }
    return render(request, "initiatives/diary.html", context)


@get_and_post
@needs_on(queries.find_initiative, may_edit_initiative)
@refuses_merged
def diary_new(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    user, today = visitor(request), timezone.localdate()
    form = DiaryForm(request.POST or None, today=today)
    if form.is_valid():
        write_diary(
            initiative,
            form.cleaned_data["text"],
            by=person_of(user),
            on=form.cleaned_data["on"],
            told_on=today,
        )
        return saved(request, initiative, _("It is in the diary."), part="diary")
    context = {"form": form, "initiative": initiative}
    return shown(request, "initiatives/diary_new.html", context, form=form)


# ---- gates -------------------------------------------------------------------------------------


@get_and_post
@needs_on(queries.new_gate, may_edit_part_of)
@refuses_merged
def gate_new(request: HttpRequest, gate: Gate) -> HttpResponse:
    return _gate_form(request, gate)


@get_and_post
@needs_on(queries.find_gate, may_edit_part_of)
@refuses_merged
def gate(request: HttpRequest, gate: Gate) -> HttpResponse:
    return _gate_form(request, gate)


def _gate_form(request: HttpRequest, gate: Gate) -> HttpResponse:
    initiative = gate.initiative
    form = GateForm(request.POST or None, instance=gate, today=timezone.localdate())
    if form.is_valid():
        try:
            save_gate(
                form.instance,
                version=form.cleaned_data["version"],
                by=visitor(request),
                at=timezone.now(),
            )
        except EditedMeanwhileError as error:
            return came_too_late(request, form, error, back=page_of_initiative(initiative))
        return saved(request, initiative, part="demands")
    context = {"form": form, "gate": gate, "initiative": initiative}
    return shown(request, "initiatives/gate.html", context, form=form)
