"""Rows for tests, as short as a sentence: ``make_person("Åsa Öberg", unit=make_unit("BU"))``."""

from datetime import UTC, date, datetime
from itertools import count

from modig.apps.people.actions.units import place_unit
from modig.apps.people.folding import fold
from modig.apps.people.models import (
    Employment,
    HrImport,
    LegalEntity,
    ManagementTeam,
    Person,
    ProposedSeat,
    RoleRule,
    TeamProposal,
    TeamSeat,
    Unit,
)
from modig.apps.tenancy.scope import current_organisation

LONG_AGO = date(2020, 1, 1)
numbers = count(1001)


def make_unit(name="Barn och utbildning", *, under=None, code=None, on=LONG_AGO, **given):
    unit = Unit.objects.create(
        organisation=current_organisation(),
        code=code or f"U{next(numbers)}",
        name=name,
        opened_on=on,
        **given,
    )
    place_unit(unit, under, on=on)
    unit.refresh_from_db()
    return unit


def make_person(name="Sara Lindqvist", *, unit=None, number=None, user=None, **employed):
    first, _, last = name.partition(" ")
    number = number or str(next(numbers))
    person = Person.objects.create(
        organisation=current_organisation(),
        number=number,
        first_name=first,
        last_name=last,
        folded=fold(name, number),
        user=user,
    )
    if unit is not None:
        make_employment(person, unit, **employed)
    return person


def make_employment(person, unit, *, role="employee", **given):
    given.setdefault("key", str(next(numbers)))
    given.setdefault("from_on", LONG_AGO)
    return Employment.objects.create(
        organisation=current_organisation(), person=person, unit=unit, role=role, **given
    )


def make_team(name="Ledningsgruppen", *, unit=None, code=None, members=(), leader=None):
    team = ManagementTeam.objects.create(
        organisation=current_organisation(),
        code=code or f"T{next(numbers)}",
        name=name,
        unit=unit,
        from_on=LONG_AGO,
    )
    if leader is not None:
        make_seat(team, leader, kind="leader")
    for member in members:
        make_seat(team, member)
    return team


def make_seat(team, person=None, *, kind="member", from_on=LONG_AGO, **given):
    return TeamSeat.objects.create(
        organisation=current_organisation(),
        team=team,
        person=person,
        kind=kind,
        from_on=from_on,
        **given,
    )


def make_legal_entity(name="Mälarviks kommun", *, code="kommun", kind="municipality"):
    return LegalEntity.objects.create(
        organisation=current_organisation(), code=code, name=name, kind=kind
    )


def make_rule(words="chef", *, role="manager", how="contains", order=1):
    return RoleRule.objects.create(
        organisation=current_organisation(), words=words, role=role, how=how, order=order
    )


def make_proposal(unit, *people, name="Förskolornas ledning"):
    proposal = TeamProposal.objects.create(
        organisation=current_organisation(), code=f"P{next(numbers)}", name=name, unit=unit
    )
    for person in people:
        ProposedSeat.objects.create(
            organisation=current_organisation(), proposal=proposal, person=person
        )
    return proposal


def make_import(name="anställda.csv", *, state="applied"):
    """A file that was read in and changed nothing."""
    then = datetime(2026, 1, 2, 8, tzinfo=UTC)
    return HrImport.objects.create(
        organisation=current_organisation(),
        file_name=name,
        state=state,
        counts=dict.fromkeys(("new", "changed", "gone", "refused", "unchanged"), 0),
        uploaded_at=then,
        applied_at=then,
    )
