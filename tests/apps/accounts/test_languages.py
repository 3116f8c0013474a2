import pytest
from django.core import mail
from django.urls import reverse

from modig.apps.accounts.models import User

LOGIN = reverse("account_login")
ENGLISH_BROWSER = {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9"}


def language_of(page):
    return page.content.decode().split('<html lang="')[1][:2]


def choose(client, language, **more):
    return client.post(reverse("ui:language"), {"language": language, **more})


def test_page_is_swedish_whatever_the_browser_says(client, db):
    page = client.get(LOGIN, **ENGLISH_BROWSER)

    assert (language_of(page), page["Content-Language"]) == ("sv", "sv")


def test_choice_before_signing_in_stays_with_the_browser(client, db):
    choose(client, "en")

    assert language_of(client.get(LOGIN)) == "en"


def test_choice_made_on_the_way_in_becomes_the_users_own(client, eva):
    choose(client, "en")

    client.post(LOGIN, {"login": eva.email, "password": "en kort mening"})

    assert User.objects.get(pk=eva.pk).language == "en"


def test_choice_of_a_user_goes_with_her_to_another_browser(client, eva, client_of):
    client.force_login(eva)
    choose(client, "en")

    elsewhere = client_of(eva)

    assert language_of(elsewhere.get(reverse("people:units"))) == "en"


def test_choice_of_a_user_wins_over_what_the_browser_kept(client, eva):
    choose(client, "en")
    client.force_login(eva)

    assert language_of(client.get(reverse("people:units"))) == "sv"


@pytest.mark.parametrize("language", ["xx", "", "de"])
def test_language_that_is_not_there_is_not_chosen(client, db, language):
    answer = choose(client, language)

    assert answer.status_code == 302
    assert language_of(client.get(LOGIN)) == "sv"


@pytest.mark.parametrize(
    ("next_address", "led_to"),
    [("/accounts/login/?next=/jobs/", "/accounts/login/?next=/jobs/"), ("//x.example/", "/")],
)
def test_choosing_leads_back_to_the_page_but_never_away(client, db, next_address, led_to):
    assert choose(client, "en", next=next_address).url == led_to


def test_mail_is_written_in_the_language_of_its_reader(client, eva):
    User.objects.filter(pk=eva.pk).update(language="en")

    client.post(reverse("account_request_login_code"), {"email": eva.email})

    assert mail.outbox[0].subject.endswith("is your code")
    assert mail.outbox[0].body.startswith("Hello Reader,")


def test_file_follows_the_language_of_the_one_who_asks(client, member):
    user = member("administrator")
    client.force_login(user)
    users = reverse("administration:users")
    swedish = client.get(users, {"format": "csv"}).getvalue().decode("utf-8-sig")
    choose(client, "en")

    english = client.get(users, {"format": "csv"}).getvalue().decode("utf-8-sig")

    assert swedish.splitlines()[0] == "Namn;E-post;Roll;Person;Senast inloggad"
    assert english.splitlines()[0] == "Name,E-mail,Role,Person,Last signed in"
