"""Invitations: by the token of a link, and those that wait for a signed-in person."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from modig.apps.accounts.models import User
from modig.apps.surveys.models import Invitation, Round
from modig.apps.surveys.tokens import hash_of

REMIND_BEFORE = timedelta(days=3)
"""How long before it closes a form is reminded of, if it has been open that long."""


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation behind a personal link, in whatever organisation."""
    found = Invitation.across_organisations.select_related("organisation", "round", "person")
    return found.filter(token_hash=hash_of(token)).first()


def find_invitation(invitation_id: int) -> Invitation:
    return get_object_or_404(Invitation.objects.select_related("round", "person"), pk=invitation_id)


def waiting_for(user: User, on: date) -> QuerySet[Invitation]:
    """The open forms that ``user`` has not answered."""
    return Invitation.objects.select_related("round__meeting__block").filter(
        person__user=user,
        has_answered=False,
        round__launched_at__isnull=False,
        round__opens_on__lte=on,
        round__closes_on__gte=on,
    )


# ---- mails ---------------------------------------------------------------------------------------


def without_mail(found: Round) -> QuerySet[Invitation]:
    """The invitations that are to be mailed and have not been, in no order that tells anything."""
    rows = Invitation.objects.filter(round=found, mailed_on=None, has_answered=False)
    rows = rows.select_related("person", "person__user", "organisation")
    return rows.exclude(person__email="").order_by("token_hash")


def without_answer(found: Round) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(round=found, has_answered=False, mailed_on__isnull=False)
    return rows.select_related("person", "person__user", "organisation")


def open_rounds(on: date) -> QuerySet[Round]:
    found = Round.objects.filter(launched_at__isnull=False)
    return found.filter(opens_on__lte=on, closes_on__gte=on).order_by("pk")


def rounds_to_mail(on: date) -> QuerySet[Round]:
    """The open rounds of which somebody with an address has not been mailed."""
    waits = Invitation.objects.filter(round=OuterRef("pk"), mailed_on=None, has_answered=False)
    return open_rounds(on).filter(Exists(waits.exclude(person__email="")))


def rounds_to_remind_of(on: date) -> QuerySet[Round]:
    """The open rounds that close soon and have not been reminded of."""
    soon = open_rounds(on).filter(reminded_on=None, closes_on__lte=on + REMIND_BEFORE)
    return soon.filter(opens_on__lte=on - REMIND_BEFORE)
