"""Who a wave is for: by role, by unit, by team, by list; counted as one chooses."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from modig.apps.people.queries.persons import matching
from modig.apps.people.queries.teams import teams_on
from modig.apps.programme.actions import waves as actions
from modig.apps.programme.forms.fields import PartForm
from modig.apps.programme.forms.waves import TargetListForm, TargetRoleForm, TargetTeamsForm
from modig.apps.programme.models import TargetPart, Wave
from modig.apps.programme.permissions import (
    may_edit_part_of_wave,
    may_edit_wave,
    may_see_people_of_programme,
)
from modig.apps.programme.queries import programmes as queries
from modig.apps.programme.queries import targets as target_queries
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import as_file, conflict, page_of, version_of, visitor, wants_file
from modig.apps.ui.guards import needs_on

get_and_post = require_http_methods(["GET", "HEAD", "POST"])
TEAMS_SHOWN = 60


@get_and_post
@needs_on(queries.find_wave, may_edit_wave)
def target(request: HttpRequest, wave: Wave) -> HttpResponseBase:
    """The target group of a wave; ``add`` tells which of the forms was sent."""
    today = timezone.localdate()
    sees_people = may_see_people_of_programme(request.user)
    parts = target_queries.parts_of([wave.pk])
    staff = target_queries.staff_for(parts, today)
    said = target_queries.said(parts, staff, sees_people=sees_people)
    if wants_file(request):
        columns = [_("Part"), _("Kind"), _("People")]
        rows = ([str(one.name), str(one.kind), one.people] for one in said)
        return as_file(request, _("target-group"), columns, rows)
    text = request.GET.get("q", "").strip()
    chosen = {part.team_id for part in parts if part.team_id}
    found = teams_on(today).filter(matching("folded", text)).exclude(pk__in=chosen)
    teams = list(found.order_by("unit__top__sorting", "sorting"))
    sent = request.POST.get("add", "")
    forms = _forms(request, wave, teams, sent)
    if sent in forms and forms[sent].is_valid():
        return _added(request, wave, forms[sent], said)
    context = {
        "wave": wave,
        "said": said,
        "target": target_queries.target_of(parts, staff),
        "named": sum(part.person_id is not None for part in parts),
        "forms": forms,
        "teams": teams[:TEAMS_SHOWN],
        "teams_in_all": len(teams),
        "checked": request.POST.getlist("teams"),
        "q": text,
        "sees_people": sees_people,
    }
    return render(request, "programme/target.html", context)


def _forms(request: HttpRequest, wave: Wave, teams: list[Any], sent: str) -> dict[str, PartForm]:
    def given(name: str) -> dict[str, Any]:
        data = request.POST if sent == name else None
        return {"data": data, "initial": {"version": wave.version}, "auto_id": f"id_{name}_%s"}

    return {
        "roles": TargetRoleForm(**given("roles")),
        "teams": TargetTeamsForm(**given("teams"), teams=teams),
        "persons": TargetListForm(**given("persons")),
    }


def _added(request: HttpRequest, wave: Wave, form: PartForm, said: list[Any]) -> HttpResponse:
    here = reverse("programme:target", args=[wave.pk])
    deed = {"version": form.cleaned_data["version"], "by": visitor(request), "at": timezone.now()}
    try:
        if isinstance(form, TargetRoleForm):
            actions.add_roles(wave, form.roles, form.cleaned_data["unit"], **deed)
        elif isinstance(form, TargetTeamsForm):
            teams = teams_on(timezone.localdate()).filter(pk__in=form.cleaned_data["teams"])
            actions.add_teams(wave, list(teams), **deed)
        else:
            actions.add_persons(wave, form.cleaned_data["persons"], **deed)
    except actions.AlreadyThereError:
        messages.warning(request, _("They are in the target group already."))
    except EditedMeanwhileError as error:
        now = ", ".join(str(one.name) for one in said)
        differing = [(_("Target group"), _("one more part"), now)]
        return conflict(request, error, differing=differing, back=here)
    return redirect(here)


@get_and_post
@needs_on(queries.find_target_part, may_edit_part_of_wave)
def part_deletion(request: HttpRequest, part: TargetPart) -> HttpResponse:
    here = reverse("programme:target", args=[part.wave_id])
    staff = target_queries.staff_for([part], timezone.localdate())
    said = target_queries.said([part], staff, sees_people=may_see_people_of_programme(request.user))
    if request.method == "POST":
        try:
            actions.remove_part(
                part, version=version_of(request), by=visitor(request), at=timezone.now()
            )
        except EditedMeanwhileError as error:
            differing = [(str(part), _("to be taken out"), _("in the target group"))]
            return conflict(request, error, differing=differing, back=here)
        messages.success(request, _("Removed: %(thing)s.") % {"thing": said[0].name})
        return redirect(here)
    context = {"part": part, "wave": part.wave, "said": said[0], "back": here}
    return render(request, "programme/target_deletion.html", context)


@get_and_post
@needs_on(queries.find_wave, may_edit_wave)
def target_persons(request: HttpRequest, wave: Wave) -> HttpResponseBase:
    """The persons that were named one by one; all of them can be taken out at once."""
    here = reverse("programme:target", args=[wave.pk])
    parts = wave.target_parts.exclude(person=None).select_related("person")
    if request.method == "POST":
        try:
            actions.remove_persons(
                wave, version=version_of(request), by=visitor(request), at=timezone.now()
            )
        except EditedMeanwhileError as error:
            differing = [(_("Named people"), _("to be taken out"), str(parts.count()))]
            return conflict(request, error, differing=differing, back=here)
        return redirect(here)
    sees_people = may_see_people_of_programme(request.user)
    rows = parts.order_by("person__sorting", "pk")
    if wants_file(request):
        columns = [_("Employee number"), _("Name")]
        cells = ([p.person.number, str(p.person) if sees_people else ""] for p in rows if p.person)
        return as_file(request, _("target-group"), columns, cells)
    context = {"wave": wave, "page": page_of(request, rows), "sees_people": sees_people}
    return render(request, "programme/target_persons.html", context)
