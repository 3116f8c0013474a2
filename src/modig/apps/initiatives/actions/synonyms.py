"""The organisation's own words that mean the same, for finding similar initiatives."""

from datetime import datetime

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.initiatives.models import Synonym
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.scope import current_organisation


@transaction.atomic
def keep_synonym(words: str, *, by: User | None, at: datetime) -> Synonym:
    """Keep a new group of words; the same group again is the one that is there already."""
    same = Synonym.objects.filter(words=words).first()
    if same is not None:
        return same
    synonym = Synonym.objects.create(organisation=current_organisation(), words=words)
    record("create", synonym, at=at, by=by)
    return synonym


@transaction.atomic
def edit_synonym(synonym: Synonym, *, version: int, by: User | None, at: datetime) -> None:
    """Save the words of a group."""
    save_edit(synonym, version=version, fields=["words"])
    record("edit", synonym, at=at, by=by)


@transaction.atomic
def remove_synonym(synonym: Synonym, *, by: User | None, at: datetime) -> None:
    """The words no longer count as the same."""
    record("delete", synonym, at=at, by=by)
    synonym.delete()
