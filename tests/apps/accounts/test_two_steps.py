import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse

PASSWORD = "en kort mening"
ON, OFF = reverse("mfa_activate_totp"), reverse("mfa_deactivate_totp")


def digits(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client, user):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def asked_again(client):
    """Switching asks for the password once more."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


@pytest.fixture
def secret(client, eva):
    """Eva has switched two-step sign-in on; the secret that her app keeps."""
    sign_in(client, eva)
    asked_again(client)
    kept = client.get(ON).context["form"].secret
    client.post(ON, {"code": digits(kept)})
    return kept


@pytest.fixture
def spare_codes(client, secret):
    return client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]


def test_page_shows_the_secret_as_picture_and_text(client, eva):
    sign_in(client, eva)
    asked_again(client)

    text = client.get(ON).content.decode()

    assert 'src="data:image/svg+xml;base64,' in text
    assert re.search(r"<b class=\"break\">[A-Z2-7]{32}</b>", text)


def test_user_without_a_password_sees_her_spare_codes_at_once(client, member):
    client.force_login(member("reader"))
    kept = client.get(ON).context["form"].secret

    page = client.post(ON, {"code": digits(kept)}, follow=True)

    assert len(page.context["unused_codes"]) == 10
    assert page.context["can_view_codes"]


def test_password_alone_no_longer_opens(client, eva, secret):
    client.post(reverse("account_logout"))

    answer = sign_in(client, eva)

    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("secret")
def test_spare_code_opens_once(client, eva, spare_codes):
    client.post(reverse("account_logout"))
    sign_in(client, eva)
    client.post(reverse("mfa_authenticate"), {"code": spare_codes[0]})
    opened = client.session.get("_auth_user_id")
    client.post(reverse("account_logout"))
    sign_in(client, eva)

    client.post(reverse("mfa_authenticate"), {"code": spare_codes[0]})

    assert (opened, client.session.get("_auth_user_id")) == (str(eva.pk), None)


@pytest.mark.usefixtures("secret")
def test_wrong_digits_do_not_open(client, eva):
    client.post(reverse("account_logout"))
    sign_in(client, eva)

    page = client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert page.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("secret")
def test_switching_on_is_told_by_mail():
    assert [sent.subject for sent in mail.outbox] == ["Tvåstegsinloggning är på"]


@pytest.mark.usefixtures("secret")
def test_switching_off_is_told_by_mail(client):
    client.post(OFF)

    assert [sent.subject for sent in mail.outbox] == ["Tvåstegsinloggning är av"]


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"],
)
def test_pages_about_ones_own_sign_in_open(client, name):
    assert client.get(reverse(name)).status_code == 200


def test_changing_the_sign_in_asks_for_the_password_once_more(client, eva):
    client.force_login(eva)

    assert client.get(ON).url.startswith(reverse("account_reauthenticate"))
