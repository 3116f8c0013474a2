import re
from smtplib import SMTPException

import pytest
from django.core import mail
from django.urls import reverse

from modig.apps.accounts.models import User
from modig.apps.people.models import Person
from modig.apps.tenancy.actions import add_member
from modig.apps.tenancy.models import Membership, Role
from modig.apps.tenancy.scope import working_for


@pytest.fixture
def administrator(signed_in):
    return signed_in("administrator")


WORDS = ("oberg asa", "administrator@", "bertil")


def pk(code):
    return Role.objects.get(code=code).pk


def address(name, member):
    return reverse(f"administration:{name}", args=[member.pk])


def of(user):
    return Membership.objects.get(user=user)


def test_invitation_makes_a_user_and_writes_to_her_in_her_language(administrator):
    given = {"email": "Eva@north.example", "name": "Eva Åh", "role": pk("reader"), "language": "en"}

    answer = administrator.post(reverse("administration:user_new"), given)

    [sent] = mail.outbox
    made = of(User.objects.get(email="eva@north.example"))
    assert answer.url == address("user", made)
    assert (sent.to, sent.subject) == (["eva@north.example"], "You are invited to modig at North")
    assert "http://testserver/accounts/login/code/" in sent.body
    assert "Reader" in sent.body


def test_invited_user_signs_in_with_a_code_and_sees_her_organisation(administrator, client):
    given = {"email": "eva@north.example", "name": "Eva", "role": pk("reader"), "language": "en"}
    administrator.post(reverse("administration:user_new"), given)
    administrator.logout()
    client.post(reverse("account_request_login_code"), {"email": "eva@north.example"})
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", mail.outbox[-1].body).group()

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert "North" in client.get(reverse("people:units")).content.decode()


def test_invitation_of_a_known_user_is_refused_and_keeps_what_was_typed(administrator, member):
    member("reader", email="eva@north.example")
    given = {"email": "eva@north.example", "name": "Eva Åh", "role": pk("reader"), "language": "sv"}

    page = administrator.post(reverse("administration:user_new"), given)

    assert "eva@north.example" in page.content.decode()
    assert 'value="Eva Åh"' in page.content.decode()
    assert mail.outbox == []


def test_mail_that_cannot_be_sent_is_told_and_the_user_is_there(administrator, monkeypatch):
    def broken(*_, **__):
        raise SMTPException("no")

    monkeypatch.setattr("modig.apps.administration.invitations.send_mail", broken)
    given = {"email": "eva@north.example", "name": "Eva", "role": pk("reader"), "language": "sv"}

    page = administrator.post(reverse("administration:user_new"), given, follow=True)

    assert Membership.objects.filter(user__email="eva@north.example").exists()
    assert 'class="note bad"' in page.content.decode()


def test_invitation_can_be_sent_again(administrator, member):
    administrator.post(address("user_invitation", of(member("reader"))))

    assert [sent.to for sent in mail.outbox] == [["reader@north.example"]]


def test_role_and_person_of_a_user_are_changed(administrator, member, organisation):
    Person.objects.create(organisation=organisation, number="7", last_name="Ek")
    one = of(member("reader"))

    administrator.post(
        address("user", one), {"role": pk("partner"), "person": "7", "version": one.version}
    )

    assert of(one.user).role.code == "partner"
    assert Person.objects.get(number="7").user == one.user


def test_person_of_another_user_is_not_taken(administrator, member, organisation):
    other = member("participant")
    Person.objects.create(organisation=organisation, number="7", last_name="Ek", user=other)
    one = of(member("reader"))

    page = administrator.post(
        address("user", one), {"role": pk("reader"), "person": "7", "version": 1}
    )

    assert page.status_code == 200
    assert Person.objects.get(number="7").user == other


def test_second_change_of_a_user_answers_409_with_both_texts(administrator, member):
    one = of(member("reader"))
    administrator.post(address("user", one), {"role": pk("partner"), "version": 1})

    answer = administrator.post(address("user", one), {"role": pk("facilitator"), "version": 1})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Handledare" in text
    assert "Partner, kundansvarig" in text
    assert of(one.user).role.code == "partner"


def test_last_administrator_is_told_why_she_stays(administrator):
    one = Membership.objects.get(role__code="administrator")

    page = administrator.post(address("user", one), {"role": pk("reader"), "version": 1})
    administrator.post(address("user_removal", one), {"version": 1})

    assert page.status_code == 200
    assert 'class="note bad"' in page.content.decode()
    assert Membership.objects.get(pk=one.pk).role.code == "administrator"


def test_removed_user_meets_a_calm_page_at_her_next_step(administrator, member, client):
    user = member("reader")
    administrator.post(address("user_removal", of(user)), {"version": 1})
    client.force_login(user)

    page = client.get(reverse("people:units"))

    assert page.status_code == 403
    assert reverse("account_logout") in page.content.decode()


def test_removal_of_somebody_changed_meanwhile_answers_409(administrator, member):
    one = of(member("reader"))
    administrator.post(address("user", one), {"role": pk("partner"), "version": 1})

    assert administrator.post(address("user_removal", one), {"version": 1}).status_code == 409


def test_roles_are_made_changed_and_removed(administrator):
    given = {"name_sv": "Gäst", "name_en": "Guest", "permissions": ["units.see"]}
    administrator.post(reverse("administration:role_new"), given)
    made = Role.objects.get(code="gast")

    administrator.post(
        reverse("administration:role", args=[made.pk]),
        {"name_sv": "Gäst", "permissions": ["people.see"], "version": made.version},
    )
    changed = Role.objects.get(pk=made.pk)
    administrator.post(
        reverse("administration:role_removal", args=[made.pk]), {"version": changed.version}
    )

    assert changed.permissions == ["people.see"]
    assert not Role.objects.filter(pk=made.pk).exists()


def test_second_change_of_a_role_answers_409_with_both_texts(administrator):
    role = reverse("administration:role", args=[pk("reader")])
    administrator.post(role, {"name_sv": "Gäst", "permissions": ["units.see"], "version": 1})

    answer = administrator.post(
        role, {"name_sv": "Besökare", "permissions": ["units.see"], "version": 1}
    )

    assert answer.status_code == 409
    assert "Gäst" in answer.content.decode()
    assert "Besökare" in answer.content.decode()


def test_role_without_any_permission_is_refused(administrator):
    page = administrator.post(reverse("administration:role_new"), {"name_sv": "Tom"})

    assert page.status_code == 200
    assert not Role.objects.filter(code="tom").exists()


@pytest.mark.parametrize("name", ["user", "user_removal"])
def test_user_of_another_organisation_is_not_found(administrator, other_organisation, name):
    elsewhere = add_member(other_organisation, User.objects.named("x@south.example", "X"), "reader")

    assert administrator.get(address(name, elsewhere)).status_code == 404


@pytest.mark.parametrize("name", ["role", "role_removal"])
def test_role_of_another_organisation_is_not_found(administrator, other_organisation, name):
    with working_for(other_organisation):
        elsewhere = Role.objects.get(code="reader")

    assert administrator.get(address(name, elsewhere)).status_code == 404


def test_users_are_found_by_parts_of_name_and_address_whatever_the_marks(administrator):
    User.objects.update(name="Åsa Öberg")
    users = reverse("administration:users")

    found = [len(administrator.get(users, {"q": text}).context["rows"]) for text in WORDS]

    assert found == [1, 1, 0]


def test_users_stand_in_the_order_of_the_language(administrator, member):
    for name in ("Öl", "Zeb", "Ån", "Ärt"):
        user = member("reader", email=f"{name}@north.example")
        User.objects.filter(pk=user.pk).update(name=name)

    def shown():
        page = administrator.get(reverse("administration:users"), {"role": pk("reader")})
        return [one.user.name for one, _ in page.context["rows"]]

    swedish = shown()
    User.objects.update(language="en")

    assert swedish == ["Zeb", "Ån", "Ärt", "Öl"]
    assert shown() == ["Ån", "Ärt", "Öl", "Zeb"]


@pytest.mark.parametrize("name", ["users", "roles"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_lists_are_handed_out_as_files(administrator, name, form):
    answer = administrator.get(reverse(f"administration:{name}"), {"format": form})

    assert f".{form}" in answer["Content-Disposition"]
    assert b"".join(answer)


def test_list_of_users_asks_the_same_number_of_questions_with_one_and_three_rows(
    administrator, member, django_assert_num_queries, django_assert_max_num_queries
):
    users = reverse("administration:users")

    def ask(role):
        with django_assert_max_num_queries(30) as asked:
            page = administrator.get(users, {"role": pk(role)})
        return len(page.context["rows"]), len(asked)

    one = ask("administrator")
    for number in range(3):
        member("reader", email=f"{number}@north.example")
    three = ask("reader")

    assert (one[0], three[0]) == (1, 3)
    assert one[1] == three[1]
