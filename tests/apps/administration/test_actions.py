import pytest
from django.utils import timezone

from modig.apps.accounts.models import User
from modig.apps.administration import actions
from modig.apps.audit.models import AuditEvent
from modig.apps.people.models import Person
from modig.apps.tenancy.actions import EditedMeanwhileError, add_member
from modig.apps.tenancy.models import Membership, Role
from modig.apps.tenancy.permissions import is_allowed, is_member
from modig.apps.tenancy.roles import Permission
from modig.apps.tenancy.scope import working_for

NOW = timezone.now()
BY = {"by": None, "at": NOW}


def role(code):
    return Role.objects.get(code=code)


def membership(user):
    return Membership.objects.get(user=user)


def invite(email="ny@north.example", code="reader", person=None):
    return actions.invite_user(
        email=email, name="Ny Person", language="sv", role=role(code), person=person, **BY
    )


def test_invited_user_has_the_role_and_no_password(organisation):
    user = invite().user

    assert is_allowed(user, Permission.SEE_UNITS)
    assert (user.email, user.has_usable_password()) == ("ny@north.example", False)


def test_invited_user_is_linked_to_her_person(organisation):
    person = Person.objects.create(organisation=organisation, number="7", last_name="Ek")

    user = invite(person=person).user

    assert Person.objects.get(number="7").user == user


def test_user_of_another_organisation_keeps_her_name_when_invited_here(
    organisation, other_organisation
):
    known = User.objects.named("ny@north.example", "Karin Å")
    add_member(other_organisation, known, "administrator")

    made = invite("NY@north.example")

    assert (made.user, User.objects.get(pk=known.pk).name) == (known, "Karin Å")


def test_nobody_is_invited_twice(organisation):
    invite()

    with pytest.raises(actions.AlreadyMemberError):
        invite("Ny@North.example")


def test_changed_role_holds_at_once(member):
    member("administrator")
    user = member("reader")

    actions.change_member(
        membership(user), version=1, role=role("programme-owner"), person=None, **BY
    )

    assert is_allowed(User.objects.get(pk=user.pk), Permission.PUBLISH)


@pytest.mark.database
def test_second_change_of_the_same_version_is_refused(member):
    member("administrator")
    mine = membership(member("reader"))
    theirs = membership(mine.user)
    actions.change_member(theirs, version=1, role=role("participant"), person=None, **BY)

    with pytest.raises(EditedMeanwhileError):
        actions.change_member(mine, version=1, role=role("partner"), person=None, **BY)

    assert membership(mine.user).role.code == "participant"


def become_reader(last):
    actions.change_member(last, version=1, role=role("reader"), person=None, **BY)


def leave(last):
    actions.remove_member(last, version=1, **BY)


def lose_the_permission(last):
    names, permissions = last.role.names, ["units.see"]
    actions.edit_role(last.role, version=1, names=names, permissions=permissions, **BY)


@pytest.mark.database
@pytest.mark.parametrize("deed", [become_reader, leave, lose_the_permission])
def test_last_administrator_stays(member, deed):
    last = membership(member("administrator"))
    member("reader")

    with pytest.raises(actions.NoAdministratorLeftError):
        deed(last)

    assert is_allowed(User.objects.get(pk=last.user_id), Permission.ADMINISTER)


def test_administrator_whose_account_is_closed_does_not_count_as_the_one_who_stays(member):
    closed, last = member("administrator", email="a@north.example"), member("administrator")
    User.objects.filter(pk=closed.pk).update(is_active=False)

    with pytest.raises(actions.NoAdministratorLeftError):
        actions.remove_member(membership(last), version=1, **BY)


@pytest.mark.database
def test_removed_user_keeps_her_account_and_other_organisations(member, other_organisation):
    member("administrator")
    user = member("partner")
    add_member(other_organisation, user, "partner")

    actions.remove_member(membership(user), version=1, **BY)

    again = User.objects.get(pk=user.pk)
    assert not is_member(again)
    with working_for(other_organisation):
        assert is_member(again)


def test_new_role_allows_what_it_says_and_is_a_row(organisation):
    made = actions.create_role(
        names={"sv": "Inläsare", "en": ""}, permissions=["people.import"], **BY
    )

    user = actions.invite_user(
        email="i@north.example", name="I", language="sv", role=made, person=None, **BY
    ).user
    assert (made.code, made.name) == ("inlasare", "Inläsare")
    assert {one for one in Permission if is_allowed(user, one)} == {Permission.IMPORT_PEOPLE}


def test_two_roles_of_one_name_have_codes_of_their_own(organisation):
    codes = [
        actions.create_role(names={"sv": "Läsare"}, permissions=["units.see"], **BY).code
        for _ in range(2)
    ]

    assert codes == ["lasare", "lasare-2"]


@pytest.mark.database
def test_role_that_somebody_has_is_not_removed(member):
    member("reader")

    with pytest.raises(actions.RoleInUseError):
        actions.remove_role(role("reader"), version=1, **BY)

    assert role("reader")


def test_every_change_stands_in_the_log(member):
    boss = member("administrator")
    invited = invite()
    actions.change_member(invited, version=1, role=role("partner"), person=None, by=boss, at=NOW)
    made = actions.create_role(names={"sv": "Gäst"}, permissions=["units.see"], by=boss, at=NOW)
    actions.edit_role(
        made, version=1, names={"sv": "Gäst"}, permissions=["people.see"], by=boss, at=NOW
    )
    actions.remove_role(made, version=2, by=boss, at=NOW)
    actions.remove_member(invited, version=2, by=boss, at=NOW)

    told = list(AuditEvent.objects.order_by("pk").values_list("deed", "kind", "label"))
    assert told == [
        ("invite", "membership", "Ny Person"),
        ("change-role", "membership", "Ny Person"),
        ("create", "role", "Gäst"),
        ("edit", "role", "Gäst"),
        ("remove", "role", "Gäst"),
        ("remove", "membership", "Ny Person"),
    ]
