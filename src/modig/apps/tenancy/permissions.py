"""Who may do what. Each permission is a plain function."""

from django.contrib.auth.models import AnonymousUser

from modig.apps.accounts.models import User
from modig.apps.tenancy.models import Membership
from modig.apps.tenancy.roles import Permission
from modig.apps.tenancy.scope import current_organisation

Visitor = User | AnonymousUser


def permissions_of(user: Visitor) -> frozenset[str]:
    """What ``user`` may do in the organisation being worked for; asked once per request."""
    organisation = current_organisation()
    known: dict[int, frozenset[str]] = user.__dict__.setdefault("_permissions", {})
    if organisation.pk not in known:
        memberships = Membership.objects.filter(user__pk=user.pk or 0)
        roles = memberships.values_list("role__permissions", flat=True)
        known[organisation.pk] = frozenset().union(*roles)
    return known[organisation.pk]


def is_allowed(user: Visitor, *permissions: Permission) -> bool:
    """Whether ``user`` has at least one of ``permissions``."""
    return not permissions_of(user).isdisjoint(permissions)


def is_member(user: Visitor) -> bool:
    """Whether ``user`` belongs to the organisation at all."""
    return bool(permissions_of(user))


def may_administer(user: Visitor) -> bool:
    return is_allowed(user, Permission.ADMINISTER)


def may_see_audit(user: Visitor) -> bool:
    return is_allowed(user, Permission.SEE_AUDIT)
