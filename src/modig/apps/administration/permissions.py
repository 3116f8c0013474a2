"""Who administers users and roles. Rows of another organisation are never found to begin with."""

from modig.apps.tenancy.models import Membership, Role
from modig.apps.tenancy.permissions import Visitor, may_administer


def may_administer_member(user: Visitor, _member: Membership) -> bool:
    return may_administer(user)


def may_administer_role(user: Visitor, _role: Role) -> bool:
    return may_administer(user)
