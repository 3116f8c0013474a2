"""Everything that changes management teams and the places in them.

A place hangs on the team's version: two who change the same team at once notice each other.
"""

from datetime import date, datetime

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.people.models import ManagementTeam, Person, TeamSeat, Unit
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.scope import current_organisation

TEAM_FIELDS = ["name", "unit", "from_on", "to_on"]


class SeatTakenError(Exception):
    """The person has a place in the team already, or the team has a leader already."""


class BeforeItBeganError(Exception):
    """A place cannot end before it began."""


@transaction.atomic
def create_team(  # noqa: PLR0913 -- what a team is
    *, code: str, name: str, unit: Unit | None, from_on: date, by: User | None, at: datetime
) -> ManagementTeam:
    team = ManagementTeam.objects.create(
        organisation=current_organisation(), code=code, name=name, unit=unit, from_on=from_on
    )
    record("create", team, at=at, by=by)
    return team


@transaction.atomic
def edit_team(team: ManagementTeam, *, version: int, by: User | None, at: datetime) -> None:
    """Save the fields of ``team`` as they are now, unless somebody else did meanwhile."""
    save_edit(team, version=version, fields=TEAM_FIELDS)
    record("edit", team, at=at, by=by)


@transaction.atomic
def add_seat(  # noqa: PLR0913 -- what a place is
    team: ManagementTeam,
    *,
    version: int,
    person: Person | None,
    kind: str,
    title: str,
    on: date,
    by: User | None,
    at: datetime,
) -> TeamSeat:
    """Give ``person`` a place from ``on``; without a person the place is vacant."""
    save_edit(team, version=version, fields=[])
    seat = _open_seat(team, person=person, kind=kind, title=title, on=on)
    record("add-seat", team, at=at, by=by, seat=seat.pk)
    return seat


@transaction.atomic
def fill_seat(  # noqa: PLR0913 -- who takes which place when
    seat: TeamSeat,
    person: Person,
    *,
    version: int,
    on: date,
    by: User | None,
    at: datetime,
) -> TeamSeat:
    """Let ``person`` take over the place from ``on``; who had it, or the vacancy, ends then."""
    save_edit(seat.team, version=version, fields=[])
    _end(seat, on)
    new = _open_seat(seat.team, person=person, kind=seat.kind, title=seat.title, on=on)
    record("fill-seat", seat.team, at=at, by=by, seat=new.pk)
    return new


@transaction.atomic
def leave_seat(  # noqa: PLR0913 -- which place when, and what remains
    seat: TeamSeat,
    *,
    version: int,
    on: date,
    leaves_vacancy: bool,
    by: User | None,
    at: datetime,
) -> None:
    """End a place on ``on``; where the team is to fill it again a vacancy remains."""
    save_edit(seat.team, version=version, fields=[])
    _end(seat, on)
    if leaves_vacancy:
        _open_seat(seat.team, person=None, kind=seat.kind, title=seat.title, on=on)
    record("leave-seat", seat.team, at=at, by=by, seat=seat.pk)


def _open_seat(
    team: ManagementTeam, *, person: Person | None, kind: str, title: str, on: date
) -> TeamSeat:
    open_seats = team.seats.filter(to_on__isnull=True)
    if person and open_seats.filter(person=person).exists():
        raise SeatTakenError(str(person))
    if kind == TeamSeat.Kind.LEADER and open_seats.filter(kind=kind).exists():
        raise SeatTakenError(str(team))
    return TeamSeat.objects.create(
        organisation=current_organisation(),
        team=team,
        person=person,
        kind=kind,
        title=title,
        from_on=on,
    )


def _end(seat: TeamSeat, on: date) -> None:
    if on < seat.from_on:
        raise BeforeItBeganError(str(seat))
    seat.to_on = on
    seat.save(update_fields=["to_on"])
