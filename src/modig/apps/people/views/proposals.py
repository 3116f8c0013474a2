"""Teams that could be: looked at, corrected, made."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from modig.apps.people.actions import proposals as actions
from modig.apps.people.forms.imports import AdditionForm
from modig.apps.people.models import TeamProposal
from modig.apps.people.permissions import may_edit_people, may_edit_proposal
from modig.apps.people.queries import proposals as queries
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import as_file, conflict, page_of, version_of, visitor, wants_file
from modig.apps.ui.guards import needs, needs_on

get_and_post = require_http_methods(["GET", "HEAD", "POST"])
STAYS, NOWHERE = "", "none"


@get_and_post
@needs(may_edit_people)
def proposal_list(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    if request.method == "POST":
        return _answered(request)
    found = queries.proposals(today)
    if wants_file(request):
        return _seats_as_file(request, found)
    proposals = list(found)
    context = {
        "proposals": proposals,
        "people": queries.number_of_proposed(),
        "left": page_of(request, queries.managers_without_a_place(today)),
        "smallest": queries.SMALLEST_TEAM,
        "largest": queries.LARGEST_TEAM,
    }
    return render(request, "people/imports/proposals.html", context)


def _answered(request: HttpRequest) -> HttpResponse:
    """Propose anew, throw away what is proposed, or make the chosen teams."""
    today = timezone.localdate()
    if "propose" in request.POST:
        made = actions.propose_teams(on=today)
        told = ngettext("%(n)s team is proposed.", "%(n)s teams are proposed.", made)
        messages.success(request, told % {"n": made})
        return redirect("people:team_proposals")
    if "drop" in request.POST:
        actions.drop_proposals()
        return redirect("people:team_proposals")
    keys = [key for key in request.POST.getlist("team") if key.isdecimal()]
    chosen = TeamProposal.objects.filter(pk__in=keys)
    teams = actions.accept_proposals(chosen, on=today, by=visitor(request), at=timezone.now())
    if not teams:
        messages.error(request, _("Choose at least one team."))
        return redirect("people:team_proposals")
    told = ngettext("%(n)s team was made.", "%(n)s teams were made.", len(teams))
    messages.success(request, told % {"n": len(teams)})
    return redirect("people:team_proposals" if TeamProposal.objects.exists() else "people:teams")


def _seats_as_file(request: HttpRequest, found: Any) -> HttpResponseBase:
    columns = [
        _("Team code"), _("Management team"), _("Place"), _("Employee number"), _("Name"), _("Title"),
        _("Unit"),
    ]  # fmt: skip
    rows = (
        [
            proposal.code,
            proposal.name,
            _("leader") if seat.is_leader else _("member"),
            seat.person.number,
            str(seat.person),
            " / ".join(one.title for one in seat.person.employments_now),
            " / ".join(one.unit.name for one in seat.person.employments_now),
        ]
        for proposal in found
        for seat in proposal.places
    )
    return as_file(request, _("proposed-teams"), columns, rows)


@get_and_post
@needs_on(queries.find_proposal, may_edit_proposal)
def proposal(request: HttpRequest, proposal: TeamProposal) -> HttpResponse:
    here = reverse("people:team_proposal", args=[proposal.pk])
    others = list(
        TeamProposal.objects.exclude(pk=proposal.pk)
        .select_related("unit__top")
        .order_by("unit__top__sorting", "unit__path", "pk")
    )
    wrong = ""
    if request.method == "POST":
        proposal.name = request.POST.get("name", "").strip()[:200]
        wrong = "" if proposal.name else _("The team needs a name.")
        if not wrong:
            try:
                _correct(request, proposal, others)
            except EditedMeanwhileError as error:
                theirs: Any = error.theirs
                differing = [(_("Name"), proposal.name, theirs.name)]
                return conflict(request, error, differing=differing, back=here)
            messages.success(request, _("Saved."))
            return redirect(here)
    context = {
        "proposal": proposal,
        "seats": queries.seats_with_people(timezone.localdate()).filter(proposal=proposal),
        "has_leader": proposal.seats.filter(is_leader=True).exists(),
        "others": others,
        "wrong": wrong,
        "addition": AdditionForm(initial={"version": proposal.version}),
        "smallest": queries.SMALLEST_TEAM,
        "largest": queries.LARGEST_TEAM,
    }
    status = 422 if wrong else 200
    return render(request, "people/imports/proposal.html", context, status=status)


def _correct(request: HttpRequest, proposal: TeamProposal, others: list[TeamProposal]) -> None:
    by_key = {str(one.pk): one for one in others}
    moves: dict[int, TeamProposal | None] = {}
    for person in proposal.seats.values_list("person_id", flat=True):
        to = request.POST.get(f"to-{person}", STAYS)
        if to == NOWHERE or to in by_key:
            moves[person] = by_key.get(to)
    leader = request.POST.get("leader", "")
    actions.correct_proposal(
        proposal,
        version=version_of(request),
        leader=int(leader) if leader.isdecimal() else None,
        moves=moves,
    )


@require_POST
@needs_on(queries.find_proposal, may_edit_proposal)
def proposal_addition(request: HttpRequest, proposal: TeamProposal) -> HttpResponse:
    """One more person in a proposed team."""
    here = reverse("people:team_proposal", args=[proposal.pk])
    form = AdditionForm(request.POST)
    if not form.is_valid():
        told = [error for errors in form.errors.values() for error in errors]
        messages.error(request, " ".join(map(str, told)))
        return redirect(here)
    person = form.cleaned_data["person"]
    try:
        actions.add_to_proposal(proposal, person, version=form.cleaned_data["version"])
    except EditedMeanwhileError as error:
        return conflict(
            request, error, differing=[(pgettext("one person", "Who"), str(person), "–")], back=here
        )
    return redirect(here)
