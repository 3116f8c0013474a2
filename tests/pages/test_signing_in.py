"""Signing in with a password or a code from an e-mail, and what happens without."""

import re

import pytest

from pages.browsing import DESK, PHONE
from pages.site import PASSWORD
from pages.steps import Visitor, sign_in


@pytest.fixture
def owner(site):
    return site.new_owner()


def is_signed_in(page):
    return page.locator("form[action='/accounts/logout/']").count() > 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_password_opens_home(script, browsing, owner):
    page = browsing.window(PHONE, script=script)

    sign_in(page, owner, PASSWORD)

    assert page.url == f"{browsing.site.address}/"
    assert is_signed_in(page)


def test_wrong_password_says_so_and_keeps_the_address(desk, owner):
    sign_in(desk, owner, "something else")

    assert desk.locator("[role=alert]").is_visible()
    assert desk.locator("input[name=login]").input_value() == owner
    assert not is_signed_in(desk)


def test_code_from_an_email_opens_home(browsing, owner):
    page = browsing.window(DESK)
    page.goto("/accounts/login/code/")
    page.locator("input[name=email]").fill(owner)
    Visitor(page).press()

    code = re.search(r"^([\w-]{6,9})\s*$", browsing.site.mails()[-1], re.MULTILINE)
    assert code, browsing.site.mails()[-1]
    page.locator("input[name=code]").fill(code[1])
    Visitor(page).press()

    assert is_signed_in(page)


def test_page_asked_for_comes_after_signing_in(desk, owner):
    desk.goto("/units/")
    assert "/accounts/login/" in desk.url
    desk.locator("input[name=login]").fill(owner)
    desk.locator("input[name=password]").fill(PASSWORD)

    Visitor(desk).press()

    assert desk.url.endswith("/units/")


def test_expired_session_leads_to_signing_in_and_back_to_the_form(browsing):
    page = browsing.window(DESK, as_role="programme-owner")
    page.goto("/key-persons/new/")
    page.context.clear_cookies(name="sessionid")

    page.locator("main textarea, main input[type=text]").last.fill("Leder nätverket")
    Visitor(page).press()

    assert "/accounts/login/" in page.url
    assert "next=/key-persons/new/" in page.url
