from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from modig.apps.people.actions import teams as actions
from modig.apps.people.forms.teams import FillForm, LeaveForm, NewTeamForm, SeatForm, TeamForm
from modig.apps.people.models import ManagementTeam, TeamSeat
from modig.apps.people.permissions import (
    may_edit_people,
    may_edit_seat,
    may_edit_team,
    may_see_team,
    may_see_teams,
    may_see_units,
)
from modig.apps.people.queries import teams as queries
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import (
    as_file,
    conflict,
    edited,
    page_of,
    visitor,
    wants_file,
)
from modig.apps.ui.guards import needs, needs_on

get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(may_see_teams)
def team_list(request: HttpRequest) -> HttpResponseBase:
    user, today = visitor(request), timezone.localdate()
    text, gone = request.GET.get("q", "").strip(), "gone" in request.GET
    found = queries.teams(user, on=today, text=text, gone=gone)
    if wants_file(request):
        return _seats_as_file(request, found)
    context = {
        "page": page_of(request, found),
        "q": text,
        "gone": gone,
        "may_edit": may_edit_people(user),
    }
    return render(request, "people/team_list.html", context)


def _seats_as_file(request: HttpRequest, found: Any) -> HttpResponseBase:
    columns = [
        _("Team code"), _("Management team"), _("Unit"), _("Place"), _("Employee number"), _("Name"),
        _("Title"), _("From"), _("To"),
    ]  # fmt: skip
    seats = queries.seats_on(timezone.localdate()).filter(team__in=found.values("pk"))
    rows = (
        [
            seat.team.code,
            seat.team.name,
            seat.team.unit.name if seat.team.unit else "",
            seat.get_kind_display(),
            seat.person.number if seat.person else "",
            str(seat.person or _("vacant")),
            seat.title,
            seat.from_on,
            seat.to_on,
        ]
        for seat in seats.select_related("team__unit").order_by("team__sorting", "kind", "pk")
    )
    return as_file(request, _("management-teams"), columns, rows)


@require_safe
@needs_on(queries.find_team, may_see_team)
def team(request: HttpRequest, team: ManagementTeam) -> HttpResponse:
    user, today = visitor(request), timezone.localdate()
    seats = list(queries.seats_with_titles(team, today))
    context = {
        "team": team,
        "seats": seats,
        "to_do": _to_do(seats) if team.to_on is None else None,
        "coming": queries.coming_seats(team, today),
        "past": queries.past_seats(team, today),
        "may_edit": may_edit_team(user, team),
        "sees_units": may_see_units(user),
    }
    return render(request, "people/team.html", context)


def _to_do(seats: list[TeamSeat]) -> TeamSeat | None:
    """The place that needs somebody first: whose holder has left, that is vacant, or the leader's."""
    for seat in seats:
        if seat.to_on is None and (seat.person is None or seat.person.left_on is not None):
            return seat
    leads = any(seat.kind == TeamSeat.Kind.LEADER for seat in seats)
    return None if leads else TeamSeat()


@get_and_post
@needs(may_edit_people)
def team_new(request: HttpRequest) -> HttpResponse:
    given = {"from_on": timezone.localdate(), "unit": request.GET.get("unit", "")}
    form = NewTeamForm(request.POST or None, initial=given)
    if form.is_valid():
        made = actions.create_team(**form.cleaned_data, by=visitor(request), at=timezone.now())
        return redirect("people:team", made.pk)
    return render(request, "people/team_new.html", {"form": form})


@get_and_post
@needs_on(queries.find_team, may_edit_team)
def team_edit(request: HttpRequest, team: ManagementTeam) -> HttpResponse:
    form = TeamForm(request.POST or None, instance=team)
    here = reverse("people:team", args=[team.pk])
    if form.is_valid():
        return edited(request, form, actions.edit_team, back=here, at=timezone.now())
    return render(request, "people/team_edit.html", {"form": form, "team": team})


@get_and_post
@needs_on(queries.find_team, may_edit_team)
def seat_new(request: HttpRequest, team: ManagementTeam) -> HttpResponse:
    given = {
        "on": timezone.localdate(),
        "version": team.version,
        "kind": request.GET.get("kind", TeamSeat.Kind.MEMBER),
    }
    form = SeatForm(request.POST or None, initial=given)
    here = reverse("people:team", args=[team.pk])
    if form.is_valid():
        try:
            actions.add_seat(team, **form.cleaned_data, by=visitor(request), at=timezone.now())
        except actions.SeatTakenError:
            form.add_error("person", _("The place is taken: nobody sits twice, and one leads."))
        except EditedMeanwhileError as error:
            return conflict(request, error, differing=_changed(request, team), back=here)
        else:
            return redirect(here)
    return render(request, "people/seat_new.html", {"form": form, "team": team})


@get_and_post
@needs_on(queries.find_seat, may_edit_seat)
def seat_fill(request: HttpRequest, seat: TeamSeat) -> HttpResponse:
    """Somebody takes over a place or fills a vacancy."""
    given = {"on": timezone.localdate(), "version": seat.team.version}
    form = FillForm(request.POST or None, initial=given)
    here = reverse("people:team", args=[seat.team_id])
    if form.is_valid():
        try:
            actions.fill_seat(seat, **form.cleaned_data, by=visitor(request), at=timezone.now())
        except actions.SeatTakenError:
            form.add_error("person", _("This person has a place in the team already."))
        except actions.BeforeItBeganError:
            form.add_error("on", _("The place had not begun yet on that day."))
        except EditedMeanwhileError as error:
            return conflict(request, error, differing=_changed(request, seat.team), back=here)
        else:
            return redirect(here)
    context = {"form": form, "seat": seat, "team": seat.team}
    return render(request, "people/seat_fill.html", context)


@get_and_post
@needs_on(queries.find_seat, may_edit_seat)
def seat_leave(request: HttpRequest, seat: TeamSeat) -> HttpResponse:
    """Somebody leaves a place."""
    given = {"on": timezone.localdate(), "version": seat.team.version, "leaves_vacancy": True}
    form = LeaveForm(request.POST or None, initial=given)
    here = reverse("people:team", args=[seat.team_id])
    if form.is_valid():
        try:
            actions.leave_seat(seat, **form.cleaned_data, by=visitor(request), at=timezone.now())
        except actions.BeforeItBeganError:
            form.add_error("on", _("The place had not begun yet on that day."))
        except EditedMeanwhileError as error:
            return conflict(request, error, differing=_changed(request, seat.team), back=here)
        else:
            return redirect(here)
    context = {"form": form, "seat": seat, "team": seat.team}
    return render(request, "people/seat_leave.html", context)


def _changed(request: HttpRequest, team: ManagementTeam) -> list[tuple[str, str, str]]:
    """Who was written here, beside the members as they are now."""
    seats = queries.seats_of_team(team, timezone.localdate())
    now = ", ".join(str(seat.person or _("vacant")) for seat in seats)
    return [(_("Members"), request.POST.get("person") or "–", now)]
