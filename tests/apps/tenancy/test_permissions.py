import pytest

from modig.apps.tenancy.actions import add_member
from modig.apps.tenancy.permissions import is_allowed, is_member
from modig.apps.tenancy.roles import STARTING_ROLES, Permission
from modig.apps.tenancy.scope import working_for


@pytest.mark.parametrize("role", STARTING_ROLES, ids=lambda role: role.code)
def test_member_may_do_just_what_her_role_says(member, role):
    user = member(role.code)

    assert {one for one in Permission if is_allowed(user, one)} == set(role.permissions)


def test_role_in_one_organisation_gives_nothing_in_another(member, other_organisation):
    user = member("administrator")

    with working_for(other_organisation):
        assert not is_member(user)


def test_partner_has_the_role_of_each_organisation_apart(member, other_organisation):
    user = member("partner")
    add_member(other_organisation, user, "reader")

    mine = is_allowed(user, Permission.PLAN)
    with working_for(other_organisation):
        theirs = is_allowed(user, Permission.PLAN)

    assert (mine, theirs) == (True, False)
