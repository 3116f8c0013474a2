"""Who follows the thread, and who reads stories. Both show only what one may see elsewhere."""

from modig.apps.initiatives.models import Initiative
from modig.apps.initiatives.permissions import may_see_initiative
from modig.apps.tenancy.permissions import Visitor, is_allowed
from modig.apps.tenancy.roles import Permission


def may_see_thread(user: Visitor) -> bool:
    return is_allowed(user, Permission.SEE_DIRECTION)


def may_read_story(user: Visitor, initiative: Initiative) -> bool:
    return may_see_initiative(user, initiative)
