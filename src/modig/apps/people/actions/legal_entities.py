from datetime import datetime

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.people.models import LegalEntity
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.scope import current_organisation

FIELDS = ["code", "name", "kind"]


@transaction.atomic
def create_legal_entity(entity: LegalEntity, *, by: User | None, at: datetime) -> None:
    """Keep a new legal entity."""
    entity.organisation = current_organisation()
    entity.save()
    record("create", entity, at=at, by=by)


@transaction.atomic
def edit_legal_entity(entity: LegalEntity, *, version: int, by: User | None, at: datetime) -> None:
    """Save the fields of ``entity`` as they are now, unless somebody else did meanwhile."""
    save_edit(entity, version=version, fields=FIELDS)
    record("edit", entity, at=at, by=by)
