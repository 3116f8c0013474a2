"""Assignments, and agreements that two sides make and confirm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.direction.models import (
    Agreement,
    AgreementEdition,
    Assignment,
    Commitment,
    Goal,
)
from modig.apps.people.models import Person
from modig.apps.tenancy.actions import EditedMeanwhileError, save_edit
from modig.apps.tenancy.scope import current_organisation

ASSIGNMENT_FIELDS = ["holder", "giver", "unit", "title", "text", "from_on", "to_on"]
AGREEMENT_FIELDS = ["title", "review_on"]


class NotASideError(Exception):
    """Only the two sides of an agreement change and confirm it."""


class NothingPromisedError(Exception):
    """An agreement needs a promise of each side before it can be confirmed."""


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment as it is written in a form. ``pk`` is that of one that stays."""

    side: str
    text: str
    due_on: date | None = None
    pk: int | None = None


@transaction.atomic
def give_assignment(
    assignment: Assignment, goals: Iterable[Goal] = (), *, by: User | None, at: datetime
) -> None:
    """Keep a new assignment."""
    assignment.organisation = current_organisation()
    assignment.save()
    assignment.goals.set(goals)
    record("create", assignment, at=at, by=by)


@transaction.atomic
def edit_assignment(
    assignment: Assignment,
    *,
    version: int,
    goals: Iterable[Goal] | None = None,
    by: User | None,
    at: datetime,
) -> None:
    """Save the fields of ``assignment`` as they are now, unless somebody else did meanwhile."""
    save_edit(assignment, version=version, fields=ASSIGNMENT_FIELDS)
    if goals is not None:
        assignment.goals.set(goals)
    record("edit", assignment, at=at, by=by)


@transaction.atomic
def make_agreement(
    agreement: Agreement,
    promised: Sequence[Promised],
    *,
    maker: Person,
    by: User | None,
    at: datetime,
) -> None:
    """Keep a new agreement. Who writes it has confirmed her own side; the other is asked."""
    side = _side(agreement, maker)
    agreement.organisation = current_organisation()
    setattr(agreement, f"{side}_confirmed_at", at)
    agreement.save()
    _write(agreement, promised)
    record("create", agreement, at=at, by=by)


@transaction.atomic
def change_agreement(  # noqa: PLR0913 -- what changes, why, and who did it when
    agreement: Agreement,
    promised: Sequence[Promised],
    *,
    version: int,
    why: str,
    maker: Person,
    by: User | None,
    at: datetime,
) -> None:
    """Write a new edition; the former is kept, and the other side has to confirm anew."""
    side = _side(agreement, maker)
    now = Agreement.objects.get(pk=agreement.pk)
    AgreementEdition.objects.create(
        organisation=agreement.organisation,
        agreement=agreement,
        number=now.edition,
        content=_content(now),
        why=why,
        first_confirmed_at=now.first_confirmed_at,
        second_confirmed_at=now.second_confirmed_at,
        replaced_at=at,
    )
    agreement.edition = now.edition + 1
    agreement.first_confirmed_at = agreement.second_confirmed_at = None
    setattr(agreement, f"{side}_confirmed_at", at)
    agreement.translations = {}
    confirmed = ["first_confirmed_at", "second_confirmed_at"]
    fields = [*AGREEMENT_FIELDS, "edition", "translations", *confirmed]
    save_edit(agreement, version=version, fields=fields)
    _write(agreement, promised)
    record("revise", agreement, at=at, by=by, edition=agreement.edition)


@transaction.atomic
def confirm_agreement(
    agreement: Agreement, person: Person, *, edition: int, by: User | None, at: datetime
) -> Agreement:
    """A side says yes to the edition that she has read; confirming twice changes nothing.

    Raises:
        EditedMeanwhileError: it was rewritten after she read it.

    """
    now = Agreement.objects.select_for_update().get(pk=agreement.pk)
    side = _side(now, person)
    if now.edition != edition:
        raise EditedMeanwhileError(now)
    sides = set(now.commitments.values_list("side", flat=True))
    if sides != set(Commitment.Side):
        raise NothingPromisedError(str(now))
    if getattr(now, f"{side}_confirmed_at") is None:
        setattr(now, f"{side}_confirmed_at", at)
        save_edit(now, version=now.version, fields=[f"{side}_confirmed_at"])
        record("confirm", now, at=at, by=by, edition=edition)
    return now


@transaction.atomic
def keep_commitment(
    commitment: Commitment, *, on: date | None, by: User | None, at: datetime
) -> None:
    """Mark a commitment as kept on a day, or as not kept yet."""
    commitment.done_on = on
    commitment.save(update_fields=["done_on"])
    record("keep", commitment.agreement, at=at, by=by, number=commitment.number)


@transaction.atomic
def end_agreement(
    agreement: Agreement, *, version: int, on: date, by: User | None, at: datetime
) -> None:
    """The agreement holds no longer; it stays readable."""
    agreement.ended_on = on
    save_edit(agreement, version=version, fields=["ended_on"])
    record("end", agreement, at=at, by=by)


def _side(agreement: Agreement, person: Person) -> str:
    if person.pk == agreement.first_id:
        return Commitment.Side.FIRST
    if person.pk == agreement.second_id:
        return Commitment.Side.SECOND
    raise NotASideError(str(person))


def _write(agreement: Agreement, promised: Sequence[Promised]) -> None:
    kept = {one.pk for one in promised if one.pk}
    own = {one.pk: one for one in agreement.commitments.all()}
    agreement.commitments.exclude(pk__in=kept).delete()
    for place, pk in enumerate(own.keys() & kept):
        Commitment.objects.filter(pk=pk).update(number=10_000 + place)
    for number, one in enumerate(promised, 1):
        row = own.get(one.pk or 0)
        if row is None:
            row = Commitment(organisation=agreement.organisation, agreement=agreement)
        if row.text != one.text:
            row.translations = {}
        row.number, row.side, row.text, row.due_on = number, one.side, one.text, one.due_on
        row.save()


def _content(agreement: Agreement) -> dict[str, Any]:
    return {
        "title": agreement.title,
        "commitments": [
            {
                "side": one.side,
                "text": one.text,
                "due_on": one.due_on.isoformat() if one.due_on else None,
                "done_on": one.done_on.isoformat() if one.done_on else None,
            }
            for one in agreement.commitments.all()
        ],
    }
