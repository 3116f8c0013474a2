import re

import pytest
from django.core import mail
from django.urls import NoReverseMatch, reverse

from modig.apps.accounts.models import User

LOGIN, CODE = reverse("account_login"), reverse("account_request_login_code")
CONFIRM, RESET = reverse("account_confirm_login_code"), reverse("account_reset_password")
PASSWORD, NEW_PASSWORD = "en kort mening", "en helt annan mening"


def sign_in(client, email="eva@north.example", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def code_in(sent):
    return re.search(r"[A-Z]{4}-[A-Z]{4}", sent.body).group()


def user_of(client):
    return int(client.session.get("_auth_user_id", 0))


def errors(page):
    return page.context["form"].errors.get_json_data()


def test_password_opens_the_page_that_was_asked_for(client, eva):
    sent_away = client.get(reverse("people:units"))
    page = client.get(sent_away.url)

    answer = sign_in(client, next=page.context["redirect_field_value"])

    assert answer.url == reverse("people:units")
    assert user_of(client) == eva.pk


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_nobody_is_led_to_another_site(client, eva, address):
    assert sign_in(client, next=address).url == "/"


def test_size_of_letters_in_the_address_does_not_count(client, eva):
    sign_in(client, "Eva@North.Example")

    assert user_of(client) == eva.pk


def test_unknown_address_and_wrong_password_are_told_alike(client, eva):
    unknown = sign_in(client, "nobody@north.example")
    wrong = sign_in(client, password="fel lösenord här")

    assert errors(unknown) == errors(wrong)
    assert unknown.status_code == wrong.status_code == 200


def test_code_by_mail_signs_in_and_goes_where_it_was_asked_to(client, eva):
    page = client.post(CODE, {"email": eva.email, "next": reverse("people:units")}, follow=True)
    [sent] = mail.outbox

    answer = client.post(
        CONFIRM,
        {"code": code_in(sent).lower(), "next": page.context["redirect_field_value"]},
    )

    assert answer.url == reverse("people:units")
    assert user_of(client) == eva.pk
    assert (sent.to, sent.subject) == ([eva.email], f"{code_in(sent)} är din kod")


def test_code_works_once(client, eva):
    client.post(CODE, {"email": eva.email})
    code = code_in(mail.outbox[0])
    client.post(CONFIRM, {"code": code})
    client.post(reverse("account_logout"))

    client.post(CONFIRM, {"code": code})

    assert user_of(client) == 0


def test_unknown_address_meets_the_same_page_but_no_mail_is_sent(client, eva):
    known = client.post(CODE, {"email": eva.email}, follow=True)
    client.post(reverse("account_logout"))
    unknown = client.post(CODE, {"email": "nobody@north.example"}, follow=True)

    def plain(page, email):
        text = page.content.decode().replace(email, "EMAIL")
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"', "", text)

    assert plain(known, eva.email) == plain(unknown, "nobody@north.example")
    assert [sent.to for sent in mail.outbox] == [[eva.email]]


def test_third_wrong_code_ends_the_try(client, eva):
    client.post(CODE, {"email": eva.email})

    answers = [client.post(CONFIRM, {"code": "AAAA-AAAA"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 302]
    client.post(CONFIRM, {"code": code_in(mail.outbox[0])})
    assert user_of(client) == 0


def test_new_code_can_be_sent(client, eva):
    client.post(CODE, {"email": eva.email})
    client.post(CONFIRM, {"action": "resend"})

    client.post(CONFIRM, {"code": code_in(mail.outbox[1])})

    assert user_of(client) == eva.pk


def test_sixth_wrong_password_has_to_wait_even_with_the_right_one(client, eva):
    for _ in range(5):
        sign_in(client, password="fel lösenord här")

    page = sign_in(client)

    assert user_of(client) == 0
    assert "Vänta fem minuter" in str(errors(page))


def test_fourth_code_in_a_minute_is_not_sent(client, eva):
    for _ in range(4):
        client.post(CODE, {"email": eva.email})
        client.post(reverse("account_logout"))

    assert len(mail.outbox) == 3


def test_account_that_is_closed_says_so_calmly(client, eva):
    User.objects.update(is_active=False)

    page = client.get(sign_in(client).url)

    assert "Kontot är stängt" in page.content.decode()
    assert user_of(client) == 0


@pytest.mark.parametrize("name", ["account_signup", "account_email"])
def test_nobody_makes_an_account_or_changes_its_address_herself(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_address_for_signing_up_leads_nowhere(client, db):
    assert client.get("/accounts/signup/").status_code == 404


def test_forgotten_password_is_chosen_anew_by_the_link_in_the_mail(client, eva):
    client.post(RESET, {"email": eva.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body).group(1)
    form = client.get(link)
    client.post(form.url, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    sign_in(client, password=NEW_PASSWORD)

    assert user_of(client) == eva.pk
    assert [sent.subject for sent in mail.outbox] == [
        "Välj ett nytt lösenord",
        "Ditt lösenord har ändrats",
    ]


def test_link_of_a_forgotten_password_works_once(client, eva):
    client.post(RESET, {"email": eva.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body).group(1)
    form = client.get(link)
    client.post(form.url, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert "Länken fungerar inte längre" in client.get(link).content.decode()


def test_forgotten_password_of_an_unknown_address_is_answered_alike_and_sends_nothing(client, eva):
    known = client.post(RESET, {"email": eva.email})
    unknown = client.post(RESET, {"email": "nobody@north.example"})

    assert known.url == unknown.url
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("weak", ["kort", "123456789012345", "password1234", "eva@north.example"])
def test_weak_password_is_refused(client, eva, weak):
    client.force_login(eva)

    page = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": weak, "password2": weak},
    )

    assert page.status_code == 200
    assert User.objects.get(pk=eva.pk).check_password(PASSWORD)


def test_first_password_is_chosen_by_one_who_came_with_a_code(client, member):
    user = member("reader")
    client.force_login(user)

    client.post(
        reverse("account_set_password"), {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )

    assert User.objects.get(pk=user.pk).check_password(NEW_PASSWORD)


def test_signing_out_leads_back_to_the_sign_in_page(client, eva):
    client.force_login(eva)

    answer = client.post(reverse("account_logout"))

    assert (answer.url, user_of(client)) == (LOGIN, 0)
