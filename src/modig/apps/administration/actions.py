"""Everything that changes who may do what in the organisation.

At least one administrator always stays: whatever would leave none is refused whole.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from modig.apps.accounts.models import User
from modig.apps.administration.queries import administrators
from modig.apps.audit.actions import record
from modig.apps.people.models import Person
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.models import Membership, Organisation, Role
from modig.apps.tenancy.scope import current_organisation


class AlreadyMemberError(Exception):
    """Somebody with this e-mail address is a user of the organisation already."""


class NoAdministratorLeftError(Exception):
    """Nobody could administer the organisation any more."""


class RoleInUseError(Exception):
    """Members have the role; it can be removed when nobody has it."""


@transaction.atomic
def invite_user(  # noqa: PLR0913 -- who is invited as what
    *,
    email: str,
    name: str,
    language: str,
    role: Role,
    person: Person | None,
    by: User | None,
    at: datetime,
) -> Membership:
    """Make the user with this address a member; an account that exists elsewhere keeps its name."""
    _lock_organisation()
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.named(email.casefold(), name, language)
    if Membership.objects.filter(user=user).exists():
        raise AlreadyMemberError(email)
    member = Membership.objects.create(organisation=current_organisation(), user=user, role=role)
    _link(user, person)
    record("invite", member, at=at, by=by, role=role.code)
    return member


@transaction.atomic
def change_member(  # noqa: PLR0913 -- what may change about a member
    member: Membership,
    *,
    version: int,
    role: Role,
    person: Person | None,
    by: User | None,
    at: datetime,
) -> None:
    """Give a member this role, and link her to this person, unless somebody changed her meanwhile."""
    _lock_organisation()
    before = member.role.code
    member.role = role
    save_edit(member, version=version, fields=["role"])
    _link(member.user, person)
    _keep_an_administrator()
    record("change-role", member, at=at, by=by, before=before, role=role.code)


@transaction.atomic
def remove_member(member: Membership, *, version: int, by: User | None, at: datetime) -> None:
    """End a membership. The account stays: it may belong to other organisations."""
    _lock_organisation()
    save_edit(member, version=version, fields=[])
    record("remove", member, at=at, by=by, role=member.role.code)
    _link(member.user, None)
    member.delete()
    _keep_an_administrator()


@transaction.atomic
def create_role(
    *, names: dict[str, str], permissions: Sequence[str], by: User | None, at: datetime
) -> Role:
    """Make a role; its code is made of its Swedish name and stays."""
    _lock_organisation()
    last = Role.objects.aggregate(last=Max("order"))["last"] or 0
    role = Role.objects.create(
        organisation=current_organisation(),
        code=_unused_code(names["sv"]),
        names=names,
        permissions=list(permissions),
        order=last + 1,
    )
    record("create", role, at=at, by=by, permissions=list(permissions))
    return role


@transaction.atomic
def edit_role(  # noqa: PLR0913 -- what may change about a role
    role: Role,
    *,
    version: int,
    names: dict[str, str],
    permissions: Sequence[str],
    by: User | None,
    at: datetime,
) -> None:
    """Save a role's names and permissions, unless somebody else did meanwhile."""
    _lock_organisation()
    added = sorted(set(permissions) - set(role.permissions))
    taken = sorted(set(role.permissions) - set(permissions))
    role.names, role.permissions = names, list(permissions)
    save_edit(role, version=version, fields=["names", "permissions"])
    _keep_an_administrator()
    record("edit", role, at=at, by=by, added=added, taken=taken)


@transaction.atomic
def remove_role(role: Role, *, version: int, by: User | None, at: datetime) -> None:
    """Remove a role that nobody has."""
    _lock_organisation()
    save_edit(role, version=version, fields=[])
    if Membership.objects.filter(role=role).exists():
        raise RoleInUseError(str(role))
    record("remove", role, at=at, by=by)
    role.delete()


def _lock_organisation() -> None:
    """Let one change at a time find out whether an administrator stays, and which codes are free."""
    Organisation.objects.select_for_update().get(pk=current_organisation().pk)


def _keep_an_administrator() -> None:
    if not administrators():
        raise NoAdministratorLeftError(str(current_organisation()))


def _link(user: User, person: Person | None) -> None:
    """Let ``user`` be this person of the organisation, and nobody else of it."""
    Person.objects.filter(user=user).update(user=None)
    if person is not None:
        Person.objects.filter(pk=person.pk).update(user=user)


def _unused_code(name: str) -> str:
    plain = slugify(name)[:40] or "role"
    taken = set(Role.objects.values_list("code", flat=True))
    code, number = plain, 2
    while code in taken:
        code, number = f"{plain}-{number}", number + 1
    return code
