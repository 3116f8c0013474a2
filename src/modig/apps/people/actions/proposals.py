"""Teams that could be: proposed, corrected, made."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.people.models import (
    ManagementTeam,
    Person,
    ProposedSeat,
    TeamProposal,
    TeamSeat,
)
from modig.apps.people.queries.proposals import bundles
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.scope import current_organisation

LONGEST_CODE = 60


@transaction.atomic
def propose_teams(*, on: date) -> int:
    """Propose teams out of the managers without a place, instead of what was proposed before."""
    organisation = current_organisation()
    TeamProposal.objects.all().delete()
    found = bundles(on)
    made = TeamProposal.objects.bulk_create(
        TeamProposal(
            organisation=organisation,
            code=bundle.code[:LONGEST_CODE],
            name=bundle.name,
            unit=bundle.unit,
        )
        for bundle in found
    )
    ProposedSeat.objects.bulk_create(
        ProposedSeat(
            organisation=organisation,
            proposal=proposal,
            person=person,
            is_leader=person == bundle.leader,
        )
        for proposal, bundle in zip(made, found, strict=True)
        for person in bundle.people
    )
    return len(made)


@transaction.atomic
def correct_proposal(
    proposal: TeamProposal,
    *,
    version: int,
    leader: int | None,
    moves: dict[int, TeamProposal | None],
) -> None:
    """Save the name of ``proposal``, who leads it, and who goes elsewhere or nowhere (by person)."""
    save_edit(proposal, version=version, fields=["name"])
    seats = proposal.seats
    seats.update(is_leader=False)
    for person, elsewhere in moves.items():
        seats.filter(person=person).delete()
        if elsewhere is not None:
            _add(elsewhere, person)
    seats.filter(person=leader).update(is_leader=True)


@transaction.atomic
def add_to_proposal(proposal: TeamProposal, person: Person, *, version: int) -> None:
    """Let one more person sit in a proposed team."""
    save_edit(proposal, version=version, fields=[])
    _add(proposal, person.pk)


def _add(proposal: TeamProposal, person: int) -> None:
    ProposedSeat.objects.get_or_create(
        organisation=current_organisation(), proposal=proposal, person_id=person
    )


@transaction.atomic
def drop_proposals() -> None:
    """Throw away everything that is proposed."""
    TeamProposal.objects.all().delete()


@transaction.atomic
def accept_proposals(
    proposals: Iterable[TeamProposal], *, on: date, by: User | None, at: datetime
) -> list[ManagementTeam]:
    """Make management teams of proposals; a code that is taken gets a number behind it.

    Whoever has left since is left out, and a proposal without anybody makes no team.
    """
    chosen = list(
        TeamProposal.objects.select_for_update(of=("self",)).filter(
            pk__in=[p.pk for p in proposals]
        )
    )
    taken = set(ManagementTeam.objects.values_list("code", flat=True))
    made = []
    for proposal in chosen:
        seats = list(proposal.seats.filter(person__left_on__isnull=True))
        if seats:
            made.append(_team(proposal, seats, taken, on=on))
            record("accept-team", made[-1], at=at, by=by, people=len(seats))
    TeamProposal.objects.filter(pk__in=[proposal.pk for proposal in chosen]).delete()
    return made


def _team(
    proposal: TeamProposal, seats: list[ProposedSeat], taken: set[str], *, on: date
) -> ManagementTeam:
    organisation = current_organisation()
    team = ManagementTeam.objects.create(
        organisation=organisation,
        code=_free_code(proposal.code, taken),
        name=proposal.name,
        unit=proposal.unit,
        from_on=on,
    )
    TeamSeat.objects.bulk_create(
        TeamSeat(
            organisation=organisation,
            team=team,
            person_id=seat.person_id,
            kind=TeamSeat.Kind.LEADER if seat.is_leader else TeamSeat.Kind.MEMBER,
            from_on=on,
        )
        for seat in seats
    )
    return team


def _free_code(code: str, taken: set[str]) -> str:
    free, number = code, 2
    while free in taken:
        free, number = f"{code[: LONGEST_CODE - 8]}-{number}", number + 1
    taken.add(free)
    return free
