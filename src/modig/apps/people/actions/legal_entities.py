from datetime import datetime

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.people.models import LegalEntity
from modig.apps.tenancy.scope import current_organisation


@transaction.atomic
def save_legal_entity(entity: LegalEntity, *, by: User | None, at: datetime) -> None:
    """Keep a new or changed legal entity."""
    is_new = entity.pk is None
    if is_new:
        entity.organisation = current_organisation()
    entity.save()
    record("create" if is_new else "edit", entity, at=at, by=by)
