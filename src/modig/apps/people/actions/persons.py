"""Everything that changes persons, their employments and the nominations of key persons."""

from datetime import date, datetime

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.people import roles
from modig.apps.people.folding import fold
from modig.apps.people.models import Employment, KeyPersonNomination, Person, RoleRule
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.scope import current_organisation

PERSON_FIELDS = ["first_name", "last_name", "email", "mobile", "gender"]
EMPLOYMENT_FIELDS = ["unit", "title", "role", "manager", "degree", "workplace", "from_on", "to_on"]


class AlreadyNominatedError(Exception):
    """The person is a key person by a nomination that is still open."""


class AlreadyWithdrawnError(Exception):
    """The nomination has been withdrawn before."""


@transaction.atomic
def edit_person(person: Person, *, version: int, by: User | None, at: datetime) -> None:
    """Save the fields of ``person`` as they are now, unless somebody else did meanwhile."""
    person.folded = fold(person.first_name, person.last_name, person.number)[:320]
    save_edit(person, version=version, fields=[*PERSON_FIELDS, "folded"])
    record("edit", person, at=at, by=by)


@transaction.atomic
def edit_employment(employment: Employment, *, version: int, by: User | None, at: datetime) -> None:
    """Save the fields of ``employment`` as they are now, unless somebody else did meanwhile.

    A role that the rules would not give stays as it was chosen, whatever rules or files come.
    """
    by_rule = roles.role_of(
        employment.title, RoleRule.objects.all(), is_manager=employment.named_manager
    )
    employment.role_by_hand = employment.role != by_rule
    save_edit(employment, version=version, fields=[*EMPLOYMENT_FIELDS, "role_by_hand"])
    record("edit", employment, at=at, by=by)


@transaction.atomic
def nominate(  # noqa: PLR0913 -- whom, why, by whom, and who wrote it down
    person: Person,
    *,
    reason: str,
    nominated_by: Person | None,
    on: date,
    by: User | None,
    at: datetime,
) -> KeyPersonNomination:
    """Make ``person`` a key person from ``on``."""
    Person.objects.select_for_update().get(pk=person.pk)
    if person.nominations.filter(withdrawn_on__isnull=True).exists():
        raise AlreadyNominatedError(str(person))
    nomination = KeyPersonNomination.objects.create(
        organisation=current_organisation(),
        person=person,
        reason=reason,
        nominated_by=nominated_by,
        nominated_on=on,
    )
    record("nominate", person, at=at, by=by)
    return nomination


@transaction.atomic
def withdraw_nomination(
    nomination: KeyPersonNomination, *, version: int, on: date, by: User | None, at: datetime
) -> None:
    """End a nomination; it stays in the history of the person."""
    if nomination.withdrawn_on is not None:
        raise AlreadyWithdrawnError(str(nomination.person))
    nomination.withdrawn_on = max(on, nomination.nominated_on)
    save_edit(nomination, version=version, fields=["withdrawn_on"])
    record("withdraw-nomination", nomination.person, at=at, by=by)
