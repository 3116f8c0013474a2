"""Assignments and agreements: mine, those I gave, what is due, what is not confirmed yet."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from modig.apps.accounts.models import User
from modig.apps.direction.models import (
    Agreement,
    AgreementEdition,
    Assignment,
    Commitment,
    Goal,
)
from modig.apps.direction.permissions import agreements_seen_by, assignments_seen_by
from modig.apps.direction.wording import Piece, differences, said_in
from modig.apps.people.models import Person

DUE_SOON = timedelta(days=14)


# ---- assignments ---------------------------------------------------------------------------------


def assignments() -> QuerySet[Assignment]:
    return Assignment.objects.select_related(
        "holder__user", "giver__user", "unit__top__legal_entity"
    ).prefetch_related(Prefetch("goals", Goal.objects.order_by("code")))


def assignments_for(
    user: User, person: Person | None, which: str, *, goal: Goal | None = None
) -> QuerySet[Assignment]:
    """The assignments that ``user`` sees: those held (mine), those given (given), or all."""
    found = assignments().filter(assignments_seen_by(user))
    if which == "mine":
        found = found.filter(holder=person)
    if which == "given":
        found = found.filter(giver=person)
    if goal is not None:
        found = found.filter(goals=goal)
    found = found.annotate(agreed=Count("agreements", distinct=True))
    return found.order_by("-from_on", "-pk").distinct()


def find_assignment(assignment_id: int) -> Assignment:
    return get_object_or_404(assignments(), pk=assignment_id)


def agreements_on(assignment: Assignment, user: User) -> QuerySet[Agreement]:
    """The agreements that hang on an assignment, as far as ``user`` sees them."""
    return agreements().filter(agreements_seen_by(user), assignment=assignment)


# ---- agreements ----------------------------------------------------------------------------------


def agreements() -> QuerySet[Agreement]:
    return Agreement.objects.select_related(
        "first__user",
        "second__user",
        "first_unit__top__legal_entity",
        "second_unit__top__legal_entity",
        "assignment",
    ).prefetch_related(Prefetch("commitments", Commitment.objects.order_by("number")))


def find_agreement(agreement_id: int) -> Agreement:
    return get_object_or_404(agreements(), pk=agreement_id)


def find_commitment(agreement_id: int, commitment_id: int) -> Commitment:
    found = Commitment.objects.select_related("agreement__first", "agreement__second")
    return get_object_or_404(found, pk=commitment_id, agreement=agreement_id)


def of_person(person: Person | None) -> Q:
    """The agreements in which a person is a side."""
    return Q(first=person) | Q(second=person) if person else Q(pk__in=[])


def unconfirmed_by(person: Person) -> Q:
    """The agreements that a person has not said yes to."""
    return Q(ended_on=None) & (
        Q(first=person, first_confirmed_at=None) | Q(second=person, second_confirmed_at=None)
    )


UNCONFIRMED = Q(ended_on=None) & (Q(first_confirmed_at=None) | Q(second_confirmed_at=None))


def agreements_for(user: User, person: Person | None, which: str, on: date) -> QuerySet[Agreement]:
    """The agreements that ``user`` sees, narrowed: mine, due, unconfirmed, ended, or all."""
    found = agreements().filter(agreements_seen_by(user))
    match which:
        case "mine":
            return found.filter(of_person(person), ended_on=None)
        case "due":
            late = Commitment.objects.filter(done_on=None, due_on__lte=on + DUE_SOON)
            return found.filter(ended_on=None, pk__in=late.values("agreement"))
        case "unconfirmed":
            return found.filter(UNCONFIRMED)
        case "ended":
            return found.filter(ended_on__isnull=False)
        case _:
            return found


def commitments_due(person: Person, on: date) -> QuerySet[Commitment]:
    """What a person has promised in agreements that both have confirmed, and that is due soon."""
    own = Q(side=Commitment.Side.FIRST, agreement__first=person)
    own |= Q(side=Commitment.Side.SECOND, agreement__second=person)
    return (
        Commitment.objects.filter(
            own,
            done_on=None,
            due_on__lte=on + DUE_SOON,
            agreement__ended_on=None,
            agreement__first_confirmed_at__isnull=False,
            agreement__second_confirmed_at__isnull=False,
        )
        .select_related("agreement__first", "agreement__second")
        .order_by("due_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an agreement: who, for which unit, what she promises, and whether she agreed."""

    side: str
    person: Person
    unit: Any
    confirmed_at: Any
    commitments: list[Commitment]
    is_mine: bool


def sides_of(agreement: Agreement, person: Person | None) -> list[Side]:
    """Both sides; one's own comes first."""
    promised = list(agreement.commitments.all())
    sides = [
        Side(
            side=side,
            person=one,
            unit=unit,
            confirmed_at=confirmed,
            commitments=[commitment for commitment in promised if commitment.side == side],
            is_mine=one == person,
        )
        for side, one, unit, confirmed in (
            (
                Commitment.Side.FIRST,
                agreement.first,
                agreement.first_unit,
                agreement.first_confirmed_at,
            ),
            (
                Commitment.Side.SECOND,
                agreement.second,
                agreement.second_unit,
                agreement.second_confirmed_at,
            ),
        )
    ]
    return sorted(sides, key=lambda one: not one.is_mine)


@dataclass(frozen=True, slots=True)
class InShort:
    """An agreement as a line of a list: with whom, how far, and what is due next."""

    agreement: Agreement
    sides: list[Side]
    asks_me: bool
    kept: int
    promised: int
    next_due: Commitment | None


def in_short(agreement: Agreement, person: Person | None) -> InShort:
    """The line of an agreement; one's own side first."""
    sides = sides_of(agreement, person)
    promised = [one for side in sides for one in side.commitments]
    left = [one for one in promised if one.done_on is None and one.due_on]
    return InShort(
        agreement,
        sides,
        asks_me=any(one.is_mine and one.confirmed_at is None for one in sides)
        and not agreement.is_ended,
        kept=sum(one.done_on is not None for one in promised),
        promised=len(promised),
        next_due=min(left, key=_due, default=None),
    )


def _due(commitment: Commitment) -> date:
    return commitment.due_on or date.max


# ---- editions ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an agreement in two wordings."""

    label: str
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True, slots=True)
class Former:
    """An earlier edition: how it read, and what reads otherwise in the next one."""

    edition: AgreementEdition
    lines: list[tuple[str, str]]
    differing: list[Line]


def editions_of(agreement: Agreement, content: dict[str, Any]) -> list[Former]:
    """The earlier editions, the latest first. ``content`` is how the agreement reads now."""
    names = {Commitment.Side.FIRST: agreement.first, Commitment.Side.SECOND: agreement.second}
    later = content
    found = []
    for edition in agreement.editions.order_by("-number"):
        found.append(
            Former(
                edition, lines_of(edition.content, names), compared(edition.content, later, names)
            )
        )
        later = edition.content
    return found


def lines_of(content: dict[str, Any], names: Any) -> list[tuple[str, str]]:
    """An agreement line by line: whose, and what."""
    day = parse_date(content.get("review_on") or "")
    lines = [(_("What it is about"), said_in(content, "title"))]
    lines += [
        (str(names[Commitment.Side(one["side"])]), _promise(one)) for one in content["commitments"]
    ]
    if day:
        lines.append((_("Looked over together"), date_format(day, "SHORT_DATE_FORMAT")))
    return lines


def compared(before: dict[str, Any], after: dict[str, Any], names: Any) -> list[Line]:
    """The lines that differ between two wordings, each side's promises in their order."""
    old, new = _by_label(lines_of(before, names)), _by_label(lines_of(after, names))
    found = []
    for label in dict.fromkeys([*old, *new]):
        left, right = old.get(label, []), new.get(label, [])
        stayed = {*left} & {*right}
        left = [text for text in left if text not in stayed]
        right = [text for text in right if text not in stayed]
        for k in range(max(len(left), len(right))):
            was = left[k] if k < len(left) else ""
            now = right[k] if k < len(right) else ""
            found.append(Line(label, *differences(was, now)))
    return found


def whole(pieces: list[Piece]) -> str:
    """A wording without its marks."""
    return "".join(piece.text for piece in pieces)


def _by_label(lines: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for label, text in lines:
        found.setdefault(label, []).append(text)
    return found


def _promise(one: dict[str, Any]) -> str:
    day = parse_date(one.get("due_on") or "")
    text = said_in(one, "text")
    if not day:
        return text
    return _("%(text)s, by %(day)s") % {
        "text": text,
        "day": date_format(day, "SHORT_DATE_FORMAT"),
    }
