"""The frame around every page: places, menus, themes, and what is said when something is wrong."""

import re
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import path, reverse
from django.utils import translation

import modig.web.urls
from modig.apps.accounts.models import User
from modig.apps.tenancy.actions import add_member
from modig.apps.ui.collation import sort_key
from modig.apps.ui.guards import public
from modig.apps.ui.templatetags.ui import number, percent

STYLES = Path(modig.__file__).parent / "apps/ui/static/ui/css"
NAMES = ("Öl", "Zeb", "Ån", "Éva", "Ärt", "ek")


@public
def fails(_request):
    """Breaks, so that one sees how that is answered; only here in the tests."""
    raise RuntimeError("secret detail")


urlpatterns = [*modig.web.urls.urlpatterns, path("fails/", fails)]
handler400, handler500 = modig.web.urls.handler400, modig.web.urls.handler500


def text_of(answer):
    return answer.content.decode()


def theme_of(page):
    return re.search(r'data-bs-theme="(\w+)"', text_of(page)).group(1)


def test_places_are_those_that_the_role_opens(signed_in):
    text = text_of(signed_in("participant").get(reverse("people:about_you")))

    assert f'href="{reverse("programme:home")}"' in text
    assert f'href="{reverse("people:persons")}"' not in text
    assert f'href="{reverse("audit:list")}"' not in text


@pytest.mark.parametrize(
    ("route", "place"),
    [("people:team_new", "people:teams"), ("people:key_persons", "people:persons")],
)
def test_place_that_a_page_belongs_to_is_marked(signed_in, route, place):
    text = text_of(signed_in("administrator").get(reverse(route)))

    marked = re.findall(r'<li><a href="([^"]+)" aria-current', text)
    assert set(marked) == {reverse(place)}


def test_page_that_is_the_place_itself_says_so(signed_in):
    text = text_of(signed_in("administrator").get(reverse("people:teams")))

    assert f'href="{reverse("people:teams")}" aria-current="page"' in text


def test_choice_of_look_goes_with_the_user_to_another_browser(signed_in):
    client = signed_in("reader")
    client.post(reverse("ui:theme"), {"theme": "dark"})
    elsewhere = Client()
    elsewhere.force_login(User.objects.get())

    assert theme_of(elsewhere.get(reverse("people:units"))) == "dark"


def test_choice_of_look_before_signing_in_stays_with_the_browser(client, db):
    client.post(reverse("ui:theme"), {"theme": "dark"})

    assert theme_of(client.get(reverse("account_login"))) == "dark"


@pytest.mark.parametrize("theme", ["pink", "", '"><script>'])
def test_look_that_is_not_there_is_not_chosen(client, db, theme):
    client.post(reverse("ui:theme"), {"theme": theme})

    assert theme_of(client.get(reverse("account_login"))) == "auto"


def test_only_who_belongs_to_several_organisations_is_asked_which(
    signed_in, member, other_organisation
):
    client = signed_in("partner")
    before = text_of(client.get(reverse("people:units")))
    add_member(other_organisation, User.objects.get(), "partner")
    after = text_of(client.get(reverse("people:units")))

    switch = f'action="{reverse("ui:organisation")}"'
    assert (switch in before, switch in after) == (False, True)


@pytest.mark.parametrize(
    ("address", "status"), [("/nowhere/", 404), ("/log/", 403), ("/jobs/1/stop/", 404)]
)
def test_refusal_is_a_page_with_one_way_on(signed_in, address, status):
    answer = signed_in("reader").get(address)

    assert answer.status_code in {status, 405}
    assert text_of(answer).count('class="btn" href="/"') == 1


def test_refusal_names_the_role_that_does_not_open_the_page(signed_in):
    assert "Läsare i North" in text_of(signed_in("reader").get(reverse("audit:list")))


def test_address_that_only_takes_forms_says_so_when_it_is_opened(client, db):
    answer = client.get(reverse("ui:theme"))

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert 'class="empty"' in text_of(answer)


def test_busy_database_is_told_calmly(signed_in, monkeypatch):
    def locked(*_given, **_named):
        raise OperationalError("database is locked")

    client = signed_in("administrator")
    monkeypatch.setattr("modig.apps.people.actions.units.create_unit", locked)

    sent = {"code": "A", "name": "A", "opened_on": "2026-01-01"}
    answer = client.post(reverse("people:unit_new"), sent)

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Upptaget av en stor fil" in text_of(answer)


def test_form_of_a_page_that_was_open_too_long_leads_back_to_that_page(member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member("reader"))

    answer = client.post(
        reverse("ui:theme"), {"theme": "dark"}, HTTP_REFERER="http://testserver/units/"
    )

    assert answer.status_code == 403
    assert 'href="http://testserver/units/"' in text_of(answer)


def test_form_sent_from_elsewhere_does_not_lead_back_there(member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member("reader"))

    answer = client.post(
        reverse("ui:theme"), {"theme": "dark"}, HTTP_REFERER="https://elsewhere.example/"
    )

    assert "elsewhere.example" not in text_of(answer)


def test_form_larger_than_a_page_takes_is_refused_calmly(client, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = client.post(reverse("ui:theme"), {"theme": "d" * 1000})

    assert answer.status_code == 413
    assert 'class="empty"' in text_of(answer)


def test_unknown_host_is_refused_calmly(client, db):
    answer = client.get("/healthz", HTTP_HOST="elsewhere.example")

    assert answer.status_code == 400
    assert 'class="empty"' in text_of(answer)


@override_settings(ROOT_URLCONF=__name__)
def test_fault_is_a_calm_page_that_tells_nothing_of_the_inside(db):
    client = Client(raise_request_exception=False)
    client.cookies["theme"] = "dark"

    answer = client.get("/fails/")

    assert answer.status_code == 500
    assert "secret detail" not in text_of(answer)
    assert theme_of(answer) == "dark"


@pytest.mark.parametrize("route", ["account_login", "healthz"])
def test_page_may_only_load_what_is_its_own(client, db, route):
    policy = client.get(reverse(route))["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("language", "order"),
    [("sv", ["ek", "Éva", "Zeb", "Ån", "Ärt", "Öl"]), ("en", ["Ån", "Ärt", "ek", "Éva", "Öl", "Zeb"])],
)  # fmt: skip
def test_names_sort_as_readers_of_the_language_expect(language, order):
    with translation.override(language):
        assert sorted(NAMES, key=sort_key) == order


@pytest.mark.parametrize(
    ("language", "written"),
    [("sv", ("8\u00a0500", "−3,68", "99,6\u00a0%")), ("en", ("8,500", "−3.68", "99.6%"))],
)
def test_numbers_are_written_as_in_the_language(language, written):
    with translation.override(language):
        assert (number(8500), number(-3.68, 2), percent(0.9963)) == written


def test_numbers_are_rounded_and_not_cut_off():
    with translation.override("sv"):
        assert [number(1.96, 1), number(3.87, 1), number(-0.04, 1), number(12.7)] == [
            "2,0", "3,9", "0,0", "13",
        ]  # fmt: skip


@pytest.mark.parametrize("style", sorted(STYLES.glob("*.css")), ids=lambda style: style.name)
def test_colours_stand_among_the_tokens_only(style):
    if style.name == "tokens.css":
        return
    rules = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)|rgb\(|hsl\(", rules) == []


def test_dark_by_choice_and_dark_by_device_are_the_same():
    tokens = (STYLES / "tokens.css").read_text(encoding="utf-8")

    blocks = re.findall(r"\[data-bs-theme=(?:dark|auto)\] \{(.*?)\}", tokens, flags=re.DOTALL)
    by_choice, by_device = (re.findall(r"--[\w-]+:[^;]+", block) for block in blocks)
    assert by_choice == by_device
