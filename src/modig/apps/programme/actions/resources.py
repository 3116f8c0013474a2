"""Making, changing and deleting venues and facilitators."""

from datetime import datetime

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.programme.models import Facilitator, Meeting, Venue
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.scope import current_organisation

FIELDS = {
    Venue: ["name", "place", "seats", "closed_days"],
    Facilitator: ["name", "email", "user", "is_external", "days_off"],
}


class StandsInPlansError(Exception):
    """Meetings of plans are held there, or led by her: history keeps it."""


@transaction.atomic
def create_resource(resource: Venue | Facilitator, *, by: User | None, at: datetime) -> None:
    """Keep a new venue or facilitator."""
    resource.organisation = current_organisation()
    resource.save()
    record("create", resource, at=at, by=by)


@transaction.atomic
def edit_resource(
    resource: Venue | Facilitator, *, version: int, by: User | None, at: datetime
) -> None:
    """Save the fields of a venue or facilitator as they are now."""
    save_edit(resource, version=version, fields=FIELDS[type(resource)])
    record("edit", resource, at=at, by=by)


@transaction.atomic
def delete_resource(
    resource: Venue | Facilitator, *, version: int, by: User | None, at: datetime
) -> None:
    """Delete a venue or facilitator that no plan uses."""
    save_edit(resource, version=version, fields=[])
    used = {"venue" if isinstance(resource, Venue) else "facilitator": resource}
    if Meeting.objects.filter(**used).exists():
        raise StandsInPlansError(str(resource))
    record("delete", resource, at=at, by=by)
    resource.delete()
