"""Invitations: by the token of a link, and those that wait for a signed-in person."""

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from modig.apps.accounts.models import User
from modig.apps.surveys.models import Invitation
from modig.apps.surveys.tokens import hash_of


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
        answered_on=None,
        round__launched_at__isnull=False,
        round__opens_on__lte=on,
        round__closes_on__gte=on,
    )
