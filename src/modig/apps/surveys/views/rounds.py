"""Rounds and what they say."""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from modig.apps.jobs.actions import start_job
from modig.apps.surveys.actions import RoundIsLaunchedError, close_round, create_round, launch_round
from modig.apps.surveys.actions.blocks import launch_due_block_forms
from modig.apps.surveys.forms import PulseForm
from modig.apps.surveys.instruments import BLOCK, INSTRUMENTS, instrument
from modig.apps.surveys.models import Round
from modig.apps.surveys.permissions import (
    may_run_forms,
    may_run_round,
    may_see_round,
    may_see_rounds,
    rounds_seen_by,
)
from modig.apps.surveys.queries import results as queries
from modig.apps.surveys.queries.audiences import audience, meetings_without_form
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import page_of, visitor
from modig.apps.ui.exports import export_response
from modig.apps.ui.guards import needs, needs_on
from modig.apps.ui.templatetags.ui import day as day_in_words

DAYS_OF_A_PULSE = 14


def find_round(round_id: int) -> Round:
    return get_object_or_404(queries.rounds(), pk=round_id)


@require_safe
@needs(may_see_rounds)
def round_list(request: HttpRequest) -> HttpResponseBase:
    user, today = visitor(request), timezone.localdate()
    found = queries.rounds().filter(rounds_seen_by(user)).distinct()
    form = request.GET.get("form", "")
    if form in INSTRUMENTS:
        found = found.filter(form=form)
    if request.GET.get("format"):
        return _as_file(request, found)
    context = {
        "page": page_of(request, found),
        "instruments": INSTRUMENTS.values(),
        "form": form,
        "today": today,
        "runs": may_run_forms(user),
        "waiting": meetings_without_form(today).count() if may_run_forms(user) else 0,
    }
    return render(request, "surveys/round_list.html", context)


def _as_file(request: HttpRequest, found: Any) -> HttpResponseBase:
    """Rounds with their means; what may not be shown is named as withheld."""
    rounds, today = list(found), timezone.localdate()
    items = [item for one in INSTRUMENTS.values() for item in one.steps]
    columns = [_("Round"), _("Form"), _("Opens"), _("Closes"), _("Invited"), _("Answered")]
    columns += [str(item.text) for item in items]
    return export_response(_("forms"), columns, _cells(rounds, items, today), request.GET["format"])


def _cells(rounds: list[Round], items: list[Any], today: Any) -> Iterable[list[Any]]:
    results = queries.results_by_round(rounds, on=today)
    for one in rounds:
        means = {step.item.name: step.mean for step in results[one.pk].steps}
        row: list[Any] = [one.title, str(instrument(one.form).title), one.opens_on, one.closes_on]
        row += [getattr(one, "invited", 0), getattr(one, "answered", 0)]
        own = {item.name for item in instrument(one.form).steps}
        for item in items:
            mean = means.get(item.name)
            blank = _("withheld") if item.name in own else ""
            row.append(blank if mean is None else round(mean, 2))
        yield row


@require_safe
@needs_on(find_round, may_see_round)
def round_page(request: HttpRequest, found: Round) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "round": found,
        "instrument": instrument(found.form),
        "result": queries.result_of(found, on=today),
        "is_closed": queries.is_closed(found, today),
        "runs": may_run_round(visitor(request), found),
        "today": today,
    }
    return render(request, "surveys/round.html", context)


@require_safe
@needs(may_run_forms)
def results(request: HttpRequest) -> HttpResponseBase:
    """All closed block forms together, and by block and group, each where enough have answered."""
    today = timezone.localdate()
    found = [
        one
        for one in queries.rounds().filter(form=BLOCK.code, meeting__isnull=False)
        if queries.is_closed(one, today)
    ]
    if request.GET.get("format"):
        return _as_file(request, found)
    shown = queries.results_by_round(found, on=today)
    by_block: dict[Any, list[Round]] = {}
    for one in sorted(found, key=_place):
        by_block.setdefault(one.meeting.block, []).append(one)  # type: ignore[union-attr]
    tables = [
        {
            "block": block,
            "total": queries.together([shown[one.pk] for one in rounds]),
            "rows": [(one, shown[one.pk]) for one in rounds],
        }
        for block, rounds in by_block.items()
    ]
    total = queries.together(list(shown.values()))
    context = {"total": total, "tables": tables, "items": BLOCK.steps}
    return render(request, "surveys/results.html", context)


def _place(one: Round) -> tuple[int, int, int]:
    """By wave, block and group."""
    meeting = one.meeting
    return (
        (meeting.block.wave_id, meeting.block.number, meeting.group.number)
        if meeting
        else (0, 0, 0)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(may_run_forms)
def round_new(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    given = {
        "opens_on": today,
        "closes_on": today + dt.timedelta(days=DAYS_OF_A_PULSE),
        "audience": "leaders",
    }
    form = PulseForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        wanted = dict(form.cleaned_data)
        asked = wanted.pop("audience")
        code = wanted.pop("form")
        made = create_round(code, **wanted, by=visitor(request), at=timezone.now())
        _launch(request, made, asked)
        return redirect("surveys:round", round_id=made.pk)
    status = 422 if form.errors else 200
    return render(request, "surveys/round_new.html", {"form": form}, status=status)


def _launch(request: HttpRequest, made: Round, asked: str) -> None:
    """Ask the audience; the links go out at once, or by themselves on the day that it opens."""
    user, now, today = visitor(request), timezone.now(), timezone.localdate()
    with suppress(RoundIsLaunchedError):  # pressed twice: the first press has launched it
        launch_round(made, audience(asked, today), by=user, at=now)
        if made.opens_on <= today:
            _send(request, [made])
    if made.opens_on > today:
        said = _("The links go out on %(day)s.") % {"day": day_in_words(made.opens_on)}
    else:
        said = _("The form is out. Results can be read when it has closed.")
    messages.success(request, said)


@require_POST
@needs(may_run_forms)
def block_forms(request: HttpRequest) -> HttpResponse:
    """Forms for every meeting that has been held and has none."""
    made = launch_due_block_forms(by=visitor(request), at=timezone.now(), on=timezone.localdate())
    if made:
        _send(request, made)
    told = ngettext("%(n)s form is out.", "%(n)s forms are out.", len(made)) % {"n": len(made)}
    messages.success(request, told)
    return redirect("surveys:rounds")


def _send(request: HttpRequest, rounds: list[Round]) -> None:
    arguments = {
        "rounds": [one.pk for one in rounds],
        "address": request.build_absolute_uri("/"),
    }
    start_job("send-forms", arguments, by=visitor(request), at=timezone.now())


@require_POST
@needs_on(find_round, may_run_round)
def closing(request: HttpRequest, found: Round) -> HttpResponse:
    """Close a round before its last day, so that its results can be read."""
    try:
        close_round(found, on=timezone.localdate(), by=visitor(request), at=timezone.now())
    except (EditedMeanwhileError, RoundIsLaunchedError):
        messages.info(request, _("The round has been changed meanwhile; look at it again."))
    else:
        messages.success(request, _("The round is closed."))
    return redirect("surveys:round", round_id=found.pk)
