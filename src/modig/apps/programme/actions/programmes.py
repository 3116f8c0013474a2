"""Making, changing and deleting programmes."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.programme.models import Plan, Programme
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.scope import current_organisation

PROGRAMME_FIELDS = [
    "strategy",
    "name",
    "brand",
    "purpose",
    "foci",
    "is_for_all_leaders",
    "derived_from",
    "starts_on",
    "ends_on",
]
LONGEST_CODE = 40


class HasBeenPublishedError(Exception):
    """A plan of it has been published: people have had dates, and history keeps them."""


@transaction.atomic
def create_programme(programme: Programme, *, by: User | None, at: datetime) -> Programme:
    """Keep a new programme, under a code made from its name."""
    programme.organisation = current_organisation()
    programme.code = _unused_code(programme.name)
    programme.save()
    record("create", programme, at=at, by=by)
    return programme


def _unused_code(name: str) -> str:
    plain = slugify(name)[:LONGEST_CODE] or "programme"
    known = set(Programme.objects.values_list("code", flat=True))
    codes = (plain if k == 1 else f"{plain}-{k}" for k in range(1, len(known) + 2))
    return next(code for code in codes if code not in known)


@transaction.atomic
def edit_programme(programme: Programme, *, version: int, by: User | None, at: datetime) -> None:
    """Save the programme's fields as they are now, unless somebody else did meanwhile."""
    save_edit(programme, version=version, fields=PROGRAMME_FIELDS)
    record("edit", programme, at=at, by=by)


@transaction.atomic
def delete_programme(programme: Programme, *, version: int, by: User | None, at: datetime) -> None:
    """Delete a programme with its waves and drafts; one with a published plan stays."""
    save_edit(programme, version=version, fields=[])
    if Plan.objects.filter(wave__programme=programme, published_at__isnull=False).exists():
        raise HasBeenPublishedError(str(programme))
    record("delete", programme, at=at, by=by)
    Plan.objects.filter(wave__programme=programme).delete()
    programme.delete()
