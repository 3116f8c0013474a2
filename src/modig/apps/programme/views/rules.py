"""What every plan of a wave keeps: its rules, closed weeks, teams kept apart, lower caps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import floatformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from modig.apps.people.queries.teams import teams_on
from modig.apps.programme.actions import waves as actions
from modig.apps.programme.days_off import spans_in
from modig.apps.programme.forms.fields import PartForm
from modig.apps.programme.forms.rules import RulesForm
from modig.apps.programme.forms.waves import (
    ClosedWeeksForm,
    FarApartForm,
    KeepApartForm,
    QuotaForm,
    TeamAwayForm,
    UnitCapForm,
)
from modig.apps.programme.models import (
    ClosedWeeks,
    FarApart,
    GroupQuota,
    KeepApart,
    Rules,
    TeamAway,
    UnitCap,
    Wave,
)
from modig.apps.programme.permissions import may_edit_part_of_wave, may_edit_wave
from modig.apps.programme.queries import programmes as queries
from modig.apps.programme.queries.quotas import Kinds
from modig.apps.programme.queries.resources import places_of_venues
from modig.apps.programme.sentences import said_quota
from modig.apps.programme.weeks import said_week
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import as_file, conflict, version_of, visitor, wants_file
from modig.apps.ui.guards import needs_on

get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@get_and_post
@needs_on(queries.find_wave, may_edit_wave)
def rules(request: HttpRequest, wave: Wave) -> HttpResponse:
    form = RulesForm(request.POST or None, instance=_rules_of(wave), wave=wave)
    here = reverse("programme:wave", args=[wave.pk])
    if form.is_valid():
        try:
            actions.save_rules(
                form.instance,
                version=form.cleaned_data.get("version"),
                venues=form.chosen_venues,
                facilitators=form.chosen_facilitators,
                by=visitor(request),
                at=timezone.now(),
            )
        except EditedMeanwhileError as error:
            differing = form.both_texts(error.theirs)
            return conflict(request, error, differing=differing, back=here)
        messages.success(request, _("Saved."))
        return redirect(here)
    return render(request, "programme/rules.html", {"form": form, "wave": wave})


def _rules_of(wave: Wave) -> Rules:
    """The wave's rules, or a first proposal for them."""
    known = Rules.objects.filter(wave=wave).first()
    return known or actions.proposed_rules(wave)


# ---- lists of a wave -----------------------------------------------------------------------------


def _list_page(  # noqa: PLR0913 -- what the pages of a wave's lists differ in
    request: HttpRequest,
    wave: Wave,
    *,
    name: str,
    form: PartForm,
    add: Callable[..., object],
    file: tuple[str, list[str], list[list[Any]]],
    context: dict[str, Any],
) -> HttpResponseBase:
    """A list of the wave with a form for one more row."""
    if wants_file(request):
        return as_file(request, *file)
    here = reverse(f"programme:{name}", args=[wave.pk])
    if form.is_valid():
        try:
            add(wave, **form.cleaned_data, by=visitor(request), at=timezone.now())
        except EditedMeanwhileError as error:
            now = "; ".join(str(row[0]) for row in file[2])
            differing = [(file[0].capitalize(), _("one more row"), now)]
            return conflict(request, error, differing=differing, back=here)
        return redirect(here)
    return render(request, f"programme/{name}.html", {"wave": wave, "form": form, **context})


def _deletion(
    request: HttpRequest,
    part: ClosedWeeks | KeepApart | UnitCap | GroupQuota | FarApart | TeamAway,
    *,
    name: str,
    question: str,
    shown: str = "",
) -> HttpResponse:
    here = reverse(f"programme:{name}", args=[part.wave_id])
    shown = shown or str(part)
    if request.method == "POST":
        try:
            actions.remove_part(
                part, version=version_of(request), by=visitor(request), at=timezone.now()
            )
        except EditedMeanwhileError as error:
            differing = [(shown, _("to be taken out"), _("still there"))]
            return conflict(request, error, differing=differing, back=here)
        messages.success(request, _("Removed: %(thing)s.") % {"thing": shown})
        return redirect(here)
    context = {"wave": part.wave, "shown": shown, "question": question, "back": here}
    return render(request, "programme/part_deletion.html", context)


@get_and_post
@needs_on(queries.find_wave, may_edit_wave)
def closed_weeks(request: HttpRequest, wave: Wave) -> HttpResponseBase:
    """The weeks in which no group of the wave meets."""
    known = list(wave.closed_weeks.all())
    rows = [[said_week(one.first_monday), said_week(one.last_monday), one.reason] for one in known]
    return _list_page(
        request,
        wave,
        name="closed_weeks",
        form=ClosedWeeksForm(request.POST or None, initial={"version": wave.version}, wave=wave),
        add=actions.close_weeks,
        file=(_("closed weeks"), [_("First week"), _("Last week"), _("Reason")], rows),
        context={"closed": known, "usual": queries.usual_closed_weeks(wave, known)},
    )


@get_and_post
@needs_on(queries.find_closed_weeks, may_edit_part_of_wave)
def closed_weeks_deletion(request: HttpRequest, closed: ClosedWeeks) -> HttpResponse:
    question = _("Let groups meet in these weeks again?")
    shown = render_to_string("programme/weeks.html", {"closed": closed}).strip()
    return _deletion(request, closed, name="closed_weeks", question=question, shown=shown)


@get_and_post
@needs_on(queries.find_wave, may_edit_wave)
def keep_apart(request: HttpRequest, wave: Wave) -> HttpResponseBase:
    """The pairs of teams that must not share a group."""
    pairs = list(wave.keep_apart.select_related("team_a", "team_b"))
    rows = [[str(one.team_a), str(one.team_b), one.reason] for one in pairs]
    teams = teams_on(timezone.localdate()).order_by("sorting", "pk")
    return _list_page(
        request,
        wave,
        name="keep_apart",
        form=KeepApartForm(
            request.POST or None, initial={"version": wave.version}, wave=wave, teams=teams
        ),
        add=actions.keep_apart,
        file=(_("teams kept apart"), [_("Team"), _("Kept apart from"), _("Reason")], rows),
        context={"pairs": pairs},
    )


@get_and_post
@needs_on(queries.find_keep_apart, may_edit_part_of_wave)
def keep_apart_deletion(request: HttpRequest, pair: KeepApart) -> HttpResponse:
    question = _("Let these two teams share a group again?")
    return _deletion(request, pair, name="keep_apart", question=question)


@get_and_post
@needs_on(queries.find_wave, may_edit_wave)
def unit_caps(request: HttpRequest, wave: Wave) -> HttpResponseBase:
    """The units with a lower cap than the wave's."""
    caps = list(wave.unit_caps.select_related("unit__top__legal_entity"))
    rows = [[str(one.unit), one.percent, one.reason] for one in caps]
    general = _rules_of(wave).cap_percent
    return _list_page(
        request,
        wave,
        name="unit_caps",
        form=UnitCapForm(
            request.POST or None, initial={"version": wave.version}, wave=wave, general=general
        ),
        add=actions.lower_cap,
        file=(_("lower caps"), [_("Unit"), _("Per cent"), _("Reason")], rows),
        context={"caps": caps, "general": general},
    )


@get_and_post
@needs_on(queries.find_unit_cap, may_edit_part_of_wave)
def unit_cap_deletion(request: HttpRequest, cap: UnitCap) -> HttpResponse:
    question = _("Let the wave's own cap hold for this unit again?")
    told = {"unit": cap.unit, "percent": floatformat(cap.percent, -1)}
    shown = _("%(unit)s: at most %(percent)s per cent") % told
    return _deletion(request, cap, name="unit_caps", question=question, shown=shown)


@get_and_post
@needs_on(queries.find_wave, may_edit_wave)
def quotas(request: HttpRequest, wave: Wave) -> HttpResponseBase:
    """How many of a kind every group of the wave shall have."""
    kinds = Kinds()
    known = [(one, kinds.name(one), said_quota(one)) for one in wave.quotas.all()]
    rows = [[name, asked, one.reason] for one, name, asked in known]
    return _list_page(
        request,
        wave,
        name="quotas",
        form=QuotaForm(
            request.POST or None, initial={"version": wave.version}, wave=wave, kinds=kinds
        ),
        add=actions.ask_for_quota,
        file=(_("how many of a kind"), [_("Of whom"), _("In every group"), _("Reason")], rows),
        context={"quotas": known},
    )


@get_and_post
@needs_on(queries.find_quota, may_edit_part_of_wave)
def quota_deletion(request: HttpRequest, quota: GroupQuota) -> HttpResponse:
    question = _("Ask for this no longer?")
    shown = f"{Kinds().name(quota)}: {said_quota(quota)}"
    return _deletion(request, quota, name="quotas", question=question, shown=shown)


@get_and_post
@needs_on(queries.find_wave, may_edit_wave)
def teams_away(request: HttpRequest, wave: Wave) -> HttpResponseBase:
    """The days on which teams of the wave cannot come."""
    known = list(wave.teams_away.select_related("team__unit__top__legal_entity"))
    rows = [[str(one.team), one.days.replace("\n", ", "), one.reason] for one in known]
    teams = teams_on(timezone.localdate()).order_by("sorting", "pk")
    return _list_page(
        request,
        wave,
        name="teams_away",
        form=TeamAwayForm(
            request.POST or None, initial={"version": wave.version}, wave=wave, teams=teams
        ),
        add=actions.keep_team_free,
        file=(_("teams that cannot come"), [_("Team"), _("Days"), _("Reason")], rows),
        context={"away": [(one, spans_in(one.days)) for one in known]},
    )


@get_and_post
@needs_on(queries.find_team_away, may_edit_part_of_wave)
def team_away_deletion(request: HttpRequest, away: TeamAway) -> HttpResponse:
    question = _("May the team's group meet on these days again?")
    return _deletion(request, away, name="teams_away", question=question)


@get_and_post
@needs_on(queries.find_wave, may_edit_wave)
def far_apart(request: HttpRequest, wave: Wave) -> HttpResponseBase:
    """The pairs of places that nobody leads in on two days running."""
    pairs = list(wave.far_apart.all())
    places = places_of_venues()
    return _list_page(
        request,
        wave,
        name="far_apart",
        form=FarApartForm(
            request.POST or None, initial={"version": wave.version}, wave=wave, places=places
        ),
        add=actions.note_far_apart,
        file=(
            _("places far apart"),
            [_("Place"), _("Far from"), _("Reason")],
            [[one.place_a, one.place_b, one.reason] for one in pairs],
        ),
        context={"pairs": pairs, "has_places": len(places) > 1},
    )


@get_and_post
@needs_on(queries.find_far_apart, may_edit_part_of_wave)
def far_apart_deletion(request: HttpRequest, pair: FarApart) -> HttpResponse:
    question = _("May somebody lead in these two places on two days running again?")
    return _deletion(request, pair, name="far_apart", question=question)
