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
CONFIRMED = {Commitment.Side.FIRST: "first_confirmed_at", Commitment.Side.SECOND: "second_confirmed_at"}  # fmt: skip
ASIDE = 10_000  # where commitments wait while they are numbered anew


class NotASideError(Exception):
    """Only the two sides of an agreement change and confirm it, each her own promises."""


class NothingPromisedError(Exception):
    """An agreement needs a promise of each side."""


class AgreementEndedError(Exception):
    """An agreement that has ended is only read."""


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
) -> Assignment:
    """Keep a new assignment; the same one sent twice is kept once."""
    assignment.organisation = current_organisation()
    twin = Assignment.objects.filter(
        holder=assignment.holder,
        giver=assignment.giver,
        title=assignment.title,
        text=assignment.text,
        from_on=assignment.from_on,
        version=1,
    ).first()
    if twin:
        return twin
    assignment.save()
    assignment.goals.set(goals)
    record("create", assignment, at=at, by=by)
    return assignment


@transaction.atomic
def edit_assignment(
    assignment: Assignment,
    *,
    version: int,
    goals: Iterable[Goal] | None = None,
    by: User | None,
    at: datetime,
) -> None:
    """Save the fields of ``assignment`` as they are now, unless somebody else did meanwhile.

    A translation of a text that reads otherwise now no longer says the same and is dropped.
    """
    before = Assignment.objects.get(pk=assignment.pk)
    assignment.translations = _still_true(assignment, before, ("title", "text"))
    fields = [*ASSIGNMENT_FIELDS, "translations"]
    save_edit(assignment, version=version, fields=fields)
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
) -> Agreement:
    """Keep a new agreement. Who writes it has confirmed her own side; the other is asked.

    The same one sent twice is kept once.

    Raises:
        NothingPromisedError: a side promises nothing.

    """
    side = _side(agreement, maker)
    _refuse_one_sided(promised)
    agreement.organisation = current_organisation()
    twin = _twin(agreement, promised)
    if twin:
        return twin
    setattr(agreement, CONFIRMED[side], at)
    agreement.save()
    _write(agreement, promised)
    record("create", agreement, at=at, by=by)
    return agreement


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
) -> bool:
    """Write a new edition; the former is kept, and the other side has to confirm anew.

    Returns whether anything reads otherwise; if not, nothing is written and both sides' yes stands.

    Raises:
        AgreementEndedError: it holds no longer.
        EditedMeanwhileError: it was changed or confirmed after she read it.

    """
    side = _side(agreement, maker)
    _refuse_one_sided(promised)
    now = Agreement.objects.select_for_update().get(pk=agreement.pk)
    _refuse_ended(now)
    if now.version != version:
        raise EditedMeanwhileError(now)
    if not _reads_otherwise(now, agreement, promised):
        return False
    AgreementEdition.objects.create(
        organisation=now.organisation,
        agreement=now,
        number=now.edition,
        content=content_of(now),
        why=why,
        first_confirmed_at=now.first_confirmed_at,
        second_confirmed_at=now.second_confirmed_at,
        replaced_at=at,
    )
    agreement.edition = now.edition + 1
    agreement.first_confirmed_at = agreement.second_confirmed_at = None
    setattr(agreement, CONFIRMED[side], at)
    agreement.translations = _still_true(agreement, now, ("title",))
    fields = [*AGREEMENT_FIELDS, "edition", "translations", *CONFIRMED.values()]
    save_edit(agreement, version=version, fields=fields)
    _write(agreement, promised)
    record("revise", agreement, at=at, by=by, edition=agreement.edition)
    return True


@transaction.atomic
def confirm_agreement(
    agreement: Agreement, person: Person, *, edition: int, by: User | None, at: datetime
) -> Agreement:
    """A side says yes to the edition that she has read; confirming twice changes nothing.

    Raises:
        EditedMeanwhileError: it was rewritten after she read it.
        NothingPromisedError: a side promises nothing.
        AgreementEndedError: it holds no longer.

    """
    now = Agreement.objects.select_for_update().get(pk=agreement.pk)
    side = _side(now, person)
    _refuse_ended(now)
    if now.edition != edition:
        raise EditedMeanwhileError(now)
    sides = set(now.commitments.values_list("side", flat=True))
    if sides != set(Commitment.Side):
        raise NothingPromisedError(str(now))
    if getattr(now, CONFIRMED[side]) is None:
        setattr(now, CONFIRMED[side], at)
        save_edit(now, version=now.version, fields=[CONFIRMED[side]])
        record("confirm", now, at=at, by=by, edition=edition)
    return now


@transaction.atomic
def keep_commitment(  # noqa: PLR0913 -- what was kept when, and who says so
    commitment: Commitment,
    person: Person,
    *,
    edition: int,
    on: date | None,
    by: User | None,
    at: datetime,
) -> None:
    """Who has promised says that it is kept, since a day; or, without a day, that it is not.

    Raises:
        NotASideError: somebody else has promised it.
        EditedMeanwhileError: the agreement was rewritten after she read it.
        AgreementEndedError: it holds no longer.

    """
    agreement = Agreement.objects.select_for_update().get(pk=commitment.agreement_id)
    if _side(agreement, person) != commitment.side:
        raise NotASideError(str(person))
    _refuse_ended(agreement)
    if agreement.edition != edition:
        raise EditedMeanwhileError(agreement)
    commitment.done_on = on
    commitment.save(update_fields=["done_on"])
    record("keep", agreement, at=at, by=by, number=commitment.number, on=on and on.isoformat())


@transaction.atomic
def end_agreement(  # noqa: PLR0913 -- what, from when, why, and who did it when
    agreement: Agreement,
    *,
    version: int,
    on: date,
    maker: Person,
    why: str = "",
    by: User | None,
    at: datetime,
) -> None:
    """The agreement holds no longer; it stays readable."""
    _side(agreement, maker)
    _refuse_ended(agreement)
    agreement.ended_on, agreement.ended_why = on, why
    save_edit(agreement, version=version, fields=["ended_on", "ended_why"])
    record("end", agreement, at=at, by=by)


def content_of(agreement: Agreement) -> dict[str, Any]:
    """How an agreement reads now, as plain values to keep."""
    return {
        "title": agreement.title,
        "review_on": agreement.review_on.isoformat() if agreement.review_on else None,
        "translations": agreement.translations,
        "commitments": [
            {
                "side": one.side,
                "text": one.text,
                "due_on": one.due_on.isoformat() if one.due_on else None,
                "done_on": one.done_on.isoformat() if one.done_on else None,
                "translations": one.translations,
            }
            for one in agreement.commitments.all()
        ],
    }


def content_from(agreement: Agreement, promised: Sequence[Promised]) -> dict[str, Any]:
    """How an agreement would read with these promises."""
    return {
        "title": agreement.title,
        "review_on": agreement.review_on.isoformat() if agreement.review_on else None,
        "commitments": [
            {
                "side": one.side,
                "text": one.text,
                "due_on": one.due_on.isoformat() if one.due_on else None,
            }
            for one in _in_order(promised)
        ],
    }


def _side(agreement: Agreement, person: Person) -> Commitment.Side:
    if person.pk == agreement.first_id:
        return Commitment.Side.FIRST
    if person.pk == agreement.second_id:
        return Commitment.Side.SECOND
    raise NotASideError(str(person))


def _refuse_ended(agreement: Agreement) -> None:
    if agreement.is_ended:
        raise AgreementEndedError(str(agreement))


def _refuse_one_sided(promised: Sequence[Promised]) -> None:
    if {one.side for one in promised} != {*Commitment.Side}:
        raise NothingPromisedError


def _twin(agreement: Agreement, promised: Sequence[Promised]) -> Agreement | None:
    """The same agreement, if it was sent a moment ago and nobody has touched it since."""
    candidates = Agreement.objects.filter(
        first=agreement.first,
        second=agreement.second,
        title=agreement.title,
        assignment=agreement.assignment,
        version=1,
    )
    for one in candidates:
        if not _reads_otherwise(one, agreement, promised):
            return one
    return None


def _reads_otherwise(now: Agreement, wanted: Agreement, promised: Sequence[Promised]) -> bool:
    fields = any(getattr(now, name) != getattr(wanted, name) for name in AGREEMENT_FIELDS)
    written = [(one.side, one.text, one.due_on) for one in now.commitments.all()]
    return fields or written != [(one.side, one.text, one.due_on) for one in _in_order(promised)]


def _in_order(promised: Sequence[Promised]) -> list[Promised]:
    """First what one side promises, then what the other does."""
    sides = [*Commitment.Side]
    return sorted(promised, key=lambda one: sides.index(Commitment.Side(one.side)))


def _write(agreement: Agreement, promised: Sequence[Promised]) -> None:
    kept = {one.pk for one in promised if one.pk}
    own = {one.pk: one for one in agreement.commitments.all()}
    agreement.commitments.exclude(pk__in=kept).delete()
    for place, pk in enumerate(own.keys() & kept):
        Commitment.objects.filter(pk=pk).update(number=ASIDE + place)
    for number, one in enumerate(_in_order(promised), 1):
        row = own.get(one.pk or 0)
        if row is None:
            row = Commitment(organisation=agreement.organisation, agreement=agreement)
        if row.text != one.text:
            # Other words are another promise: neither translated nor kept yet.
            row.translations, row.done_on = {}, None
        row.number, row.side, row.text, row.due_on = number, one.side, one.text, one.due_on
        row.save()


def _still_true(
    row: Agreement | Assignment, before: Agreement | Assignment, names: Sequence[str]
) -> dict[str, Any]:
    """The translations of those texts that read as before."""
    changed = {name for name in names if getattr(row, name) != getattr(before, name)}
    return {
        language: {name: said for name, said in texts.items() if name not in changed}
        for language, texts in before.translations.items()
    }
