"""Keeping what somebody said, with her consent, until she takes it back."""

from datetime import date, datetime

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.initiatives.actions.initiatives import refuse_merged
from modig.apps.initiatives.models import Quotation
from modig.apps.tenancy.actions import save_edit

WORDS = ["text", "who", "purpose"]


class ConsentIsWithdrawnError(Exception):
    """A consent that was withdrawn is not changed; a new one is a new quotation."""


class ConsentNamesNoPurposeError(Exception):
    """Nobody can consent without knowing for what."""


@transaction.atomic
def keep_quotation(
    quotation: Quotation, *, consent_on: date | None, by: User | None, at: datetime
) -> Quotation:
    """Keep a new quotation; without consent it is shown to nobody but those who edit."""
    refuse_merged(quotation.initiative)
    _refuse_consent_without_purpose(quotation, consent_on)
    quotation.organisation = quotation.initiative.organisation
    quotation.consent_on = consent_on
    quotation.save()
    record("quote", quotation.initiative, at=at, by=by, consent=consent_on is not None)
    return quotation


@transaction.atomic
def edit_quotation(
    quotation: Quotation, *, version: int, consent_on: date | None, by: User | None, at: datetime
) -> None:
    """Save what was said, by whom and for what. A consent covers the words that it was given to:
    other words or another purpose need a new day of consent, else the quotation is hidden again.
    """
    if quotation.withdrawn_on is not None:
        raise ConsentIsWithdrawnError(quotation.who)
    _refuse_consent_without_purpose(quotation, consent_on)
    before = Quotation.objects.get(pk=quotation.pk)
    is_other = any(getattr(before, name) != getattr(quotation, name) for name in WORDS)
    is_same_day = consent_on == before.consent_on
    quotation.consent_on = None if is_other and is_same_day else consent_on
    quotation.translations = {} if is_other else before.translations
    save_edit(quotation, version=version, fields=[*WORDS, "consent_on", "translations"])
    record("quote", quotation.initiative, at=at, by=by, consent=quotation.consent_on is not None)


@transaction.atomic
def withdraw_consent(
    quotation: Quotation, *, version: int, on: date, by: User | None, at: datetime
) -> None:
    """Whoever was quoted takes her consent back: the quotation is shown nowhere from now on."""
    quotation.withdrawn_on = on
    save_edit(quotation, version=version, fields=["withdrawn_on"])
    record("withdraw consent", quotation.initiative, at=at, by=by)


@transaction.atomic
def remove_quotation(quotation: Quotation, *, by: User | None, at: datetime) -> None:
    """Erase the words themselves."""
    record("erase quotation", quotation.initiative, at=at, by=by)
    quotation.delete()


def _refuse_consent_without_purpose(quotation: Quotation, consent_on: date | None) -> None:
    if consent_on is not None and not quotation.purpose:
        raise ConsentNamesNoPurposeError(quotation.who)
