"""Making organisations and members; saving rows that people edit at the same time."""

from typing import Any

from django.db import transaction
from django.db.models import F

from modig.apps.accounts.models import User
from modig.apps.tenancy.models import Membership, Organisation, Role, Versioned
from modig.apps.tenancy.roles import STARTING_ROLES


class EditedMeanwhileError(Exception):
    """Somebody else saved the row after it was read; ``theirs`` is the row as it is now."""

    def __init__(self, theirs: Versioned) -> None:
        super().__init__(f"{theirs} was changed meanwhile")
        self.theirs = theirs


@transaction.atomic
def create_organisation(code: str, name: str, **given: Any) -> Organisation:
    """Make a client organisation with the roles that every one starts with."""
    organisation = Organisation.objects.create(code=code, name=name, **given)
    Role.across_organisations.bulk_create(
        Role(
            organisation=organisation,
            code=role.code,
            names=role.names,
            permissions=[permission.value for permission in role.permissions],
            order=order,
        )
        for order, role in enumerate(STARTING_ROLES)
    )
    return organisation


@transaction.atomic
def add_member(organisation: Organisation, user: User, role: str) -> Membership:
    """Give ``user`` the role with this code in ``organisation``, instead of any earlier one."""
    found = Role.across_organisations.get(organisation=organisation, code=role)
    membership, _ = Membership.across_organisations.update_or_create(
        organisation=organisation, user=user, defaults={"role": found}
    )
    return membership


@transaction.atomic
def save_edit(row: Versioned, *, version: int, fields: list[str]) -> None:
    """Save ``fields`` of ``row`` if it still has the ``version`` that the editor saw."""
    rows = type(row).across_organisations.filter(
        pk=row.pk, organisation_id=row.organisation_id, version=version
    )
    values = {field: getattr(row, field) for field in fields}
    if not rows.update(version=F("version") + 1, **values):
        raise EditedMeanwhileError(type(row).across_organisations.get(pk=row.pk))
    row.version = version + 1
