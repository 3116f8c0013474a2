"""A wave: everything it needs on one page, its time, and its blocks."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from modig.apps.programme.actions import waves as actions
from modig.apps.programme.actions.programmes import HasBeenPublishedError
from modig.apps.programme.days_off import spans_in
from modig.apps.programme.forms.waves import BlockForm, NewBlockForm, NewWaveForm, WaveForm
from modig.apps.programme.gantt import spans
from modig.apps.programme.models import Block, Programme, Rules, Wave
from modig.apps.programme.permissions import (
    may_edit_part_of_wave,
    may_edit_programme,
    may_edit_wave,
    may_plan,
    may_see_people_of_programme,
    may_see_wave,
)
from modig.apps.programme.queries import plans as plan_queries
from modig.apps.programme.queries import programmes as queries
from modig.apps.programme.queries import targets as target_queries
from modig.apps.programme.queries.missing import missing_in_wave, overview
from modig.apps.programme.queries.quotas import Kinds
from modig.apps.programme.sentences import said_quota, said_rules
from modig.apps.programme.views.programmes import with_way
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import as_file, conflict, edited, version_of, visitor, wants_file
from modig.apps.ui.guards import needs_on

get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs_on(queries.find_wave, may_see_wave)
def wave(request: HttpRequest, wave: Wave) -> HttpResponse:
    """Who, when, in which blocks, by which rules; and what is missing."""
    today = timezone.localdate()
    found = overview([wave.programme], today)
    state = found.states[wave.pk]
    missing = with_way(request.user, missing_in_wave(state))
    context = {
        "wave": state.wave,
        "state": state,
        "today": today,
        "parts": target_queries.said(
            target_queries.parts_of([wave.pk]),
            found.standing.staff,
            sees_people=may_see_people_of_programme(request.user),
        ),
        "blocks": _blocks_with_days(state),
        "rules": _rules_in_words(state.rules) if state.rules else [],
        "closed": state.wave.closed_weeks.all(),
        "pairs": wave.keep_apart.select_related("team_a", "team_b"),
        "unit_caps": wave.unit_caps.select_related("unit"),
        "quotas": _quotas_in_words(wave),
        "far_apart": wave.far_apart.all(),
        "away": [(one.team, spans_in(one.days)) for one in wave.teams_away.select_related("team")],
        "missing": missing,
        "first": next((one for one, may in missing if may), None),
        "may_edit": may_edit_wave(request.user, wave),
        "may_plan": may_plan(request.user, wave),
    }
    return render(request, "programme/wave.html", context)


def _quotas_in_words(wave: Wave) -> list[tuple[str, str]]:
    quotas = list(wave.quotas.all())
    kinds = Kinds() if quotas else None
    return [(kinds.name(one), said_quota(one)) for one in quotas if kinds]


def _rules_in_words(rules: Rules) -> list[tuple[str, str]]:
    days = plan_queries.weekdays(rules.weekdays)
    return said_rules(rules, days, rules.weights or plan_queries.DEFAULT_WEIGHTS)


def _blocks_with_days(state: Any) -> list[tuple[Block, Any]]:
    by_number = {span.number: span for span in spans(state.groups)}
    return [(block, by_number.get(block.number)) for block in state.wave.blocks.all()]


# ---- waves ---------------------------------------------------------------------------------------


@get_and_post
@needs_on(queries.find_programme, may_edit_programme)
def wave_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    given = _next_wave(programme)
    form = NewWaveForm(
        request.POST or None, instance=Wave(programme=programme), programme=programme, initial=given
    )
    if form.is_valid():
        made = actions.create_wave(
            form.instance,
            like=form.cleaned_data.get("like"),
            copies=form.cleaned_data.get("copies", ()),
            by=visitor(request),
            at=timezone.now(),
        )
        messages.success(request, _("%(wave)s is there.") % {"wave": made})
        return redirect("programme:wave", made.pk)
    context = {"form": form, "programme": programme, "is_full": "starts_on" not in given}
    return render(request, "programme/wave_new.html", context)


def _next_wave(programme: Programme) -> dict[str, Any]:
    """Name and time of a wave after the last one; no time where the waves fill the programme."""
    waves = list(programme.waves.order_by("ends_on"))
    number = 1 + sum(not wave.is_pause for wave in waves)
    given: dict[str, Any] = {"name": _("Wave %(number)s") % {"number": number}}
    starts, length = programme.starts_on, programme.ends_on - programme.starts_on
    if waves:
        last = waves[-1]
        starts, length = last.ends_on + timedelta(days=1), last.ends_on - last.starts_on
    if starts > programme.ends_on:
        return given
    return {**given, "starts_on": starts, "ends_on": min(starts + length, programme.ends_on)}


@get_and_post
@needs_on(queries.find_wave, may_edit_wave)
def wave_edit(request: HttpRequest, wave: Wave) -> HttpResponse:
    form = WaveForm(request.POST or None, instance=wave, programme=wave.programme)
    here = reverse("programme:wave", args=[wave.pk])
    if form.is_valid():
        return edited(request, form, actions.edit_wave, back=here, at=timezone.now())
    context = {"form": form, "wave": queries.find_wave(wave.pk)}
    return render(request, "programme/wave_edit.html", context)


@get_and_post
@needs_on(queries.find_wave, may_edit_wave)
def wave_deletion(request: HttpRequest, wave: Wave) -> HttpResponse:
    here = reverse("programme:wave", args=[wave.pk])
    if request.method == "POST":
        try:
            actions.delete_wave(
                wave, version=version_of(request), by=visitor(request), at=timezone.now()
            )
        except HasBeenPublishedError:
            messages.error(request, _("It has a published plan and stays, as part of the history."))
            return redirect(here)
        except EditedMeanwhileError as error:
            differing = [(_("Wave"), _("to be deleted"), str(error.theirs))]
            return conflict(request, error, differing=differing, back=here)
        messages.success(request, _("%(wave)s is deleted.") % {"wave": wave})
        return redirect("programme:programme", wave.programme_id)
    context = {
        "wave": wave,
        "plans": wave.plans.count(),
        "is_kept": queries.has_been_published([wave]),
        "back": here,
    }
    return render(request, "programme/wave_deletion.html", context)


# ---- blocks --------------------------------------------------------------------------------------


@get_and_post
@needs_on(queries.find_wave, may_edit_wave)
def blocks(request: HttpRequest, wave: Wave) -> HttpResponseBase:
    """The blocks of a wave, and a new one after them."""
    known = list(wave.blocks.all())
    if wants_file(request):
        columns = [_("Number"), pgettext("block", "Title"), _("Focus"), _("Days")]
        rows = ([one.number, one.title, one.focus, one.days] for one in known)
        return as_file(request, _("blocks"), columns, rows)
    here = reverse("programme:blocks", args=[wave.pk])
    form = NewBlockForm(request.POST or None, initial={"version": wave.version})
    if form.is_valid():
        try:
            actions.add_block(wave, **form.cleaned_data, by=visitor(request), at=timezone.now())
        except EditedMeanwhileError as error:
            now = ", ".join(str(one) for one in wave.blocks.all())
            differing = [(_("Blocks"), form.cleaned_data["title"], now)]
            return conflict(request, error, differing=differing, back=here)
        return redirect(here)
    context = {"wave": wave, "blocks": known, "form": form, "days": sum(b.days for b in known)}
    return render(request, "programme/blocks.html", context)


@get_and_post
@needs_on(queries.find_block, may_edit_part_of_wave)
def block_edit(request: HttpRequest, block: Block) -> HttpResponse:
    form = BlockForm(request.POST or None, instance=block)
    here = reverse("programme:blocks", args=[block.wave_id])
    if form.is_valid():
        return edited(request, form, actions.edit_block, back=here, at=timezone.now())
    context = {"form": form, "edited": queries.find_block(block.pk)}
    return render(request, "programme/block_edit.html", context)


@get_and_post
@needs_on(queries.find_block, may_edit_part_of_wave)
def block_deletion(request: HttpRequest, block: Block) -> HttpResponse:
    here = reverse("programme:blocks", args=[block.wave_id])
    if request.method == "POST":
        try:
            actions.delete_block(
                block, version=version_of(request), by=visitor(request), at=timezone.now()
            )
        except HasBeenPublishedError:
            messages.error(
                request, _("The block has published meetings and stays, as part of the history.")
            )
        except EditedMeanwhileError as error:
            differing = [(_("Block"), _("to be deleted"), str(error.theirs))]
            return conflict(request, error, differing=differing, back=here)
        return redirect(here)
    plans = block.wave.plans.filter(groups__meetings__block=block).distinct()
    context = {
        "edited": block,
        "drafts": plans.count(),
        "is_kept": plans.filter(published_at__isnull=False).exists(),
        "back": here,
    }
    return render(request, "programme/block_deletion.html", context)
