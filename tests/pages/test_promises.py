"""A participant's way: the meeting, a promise, what happened, an initiative; and the form by her link."""

import re
from datetime import date, timedelta

import pytest

from pages.browsing import DESK, PHONE
from pages.steps import Visitor

TOMORROW = date.today() + timedelta(days=1)  # noqa: DTZ011 -- the day of whoever runs the test
ASK_HER = """
from django.utils import timezone
from modig.apps.people.models import Person
from modig.apps.surveys.actions import create_round, launch_round
from modig.apps.surveys.actions.blocks import mail_invitations
from modig.apps.tenancy.scope import working_for
person = Person.across_organisations.get(user__email=email)
with working_for(person.organisation):
    today, now = timezone.localdate(), timezone.now()
    made = create_round("block", title=title, opens_on=today, by=None, at=now)
    launch_round(made, [person], by=None, at=now)
    mail_invitations(made, address=address, on=today)
"""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_from_a_meeting_to_an_initiative(size, browsing):
    erik = Visitor(browsing.window(size, as_role="participant"))
    promised = f"Vi provar gemensam morgonplanering {size['viewport']['width']}"

    promise = promise_at_the_meeting(erik, promised)
    tell_what_happened(erik)
    initiative = let_it_become_an_initiative(erik, promised)

    erik.open(promise)
    erik.follow(initiative)
    assert "Började i Grupp 1, block 1" in erik.page.locator("main").inner_text()


def promise_at_the_meeting(erik, what):
    """From Home to the meeting that was, and what she will try after it."""
    erik.open("/")
    erik.follow("/promises/new/")
    assert erik.page.locator("select[name=meeting] option:checked").inner_text() == "Modet att leda"
    erik.fill(what=what, due_on=TOMORROW, with_whom="Arbetslaget")
    erik.press()
    assert what in erik.page.locator("main").inner_text()
    return "/" + erik.page.url.split("/", 3)[3]


def tell_what_happened(erik):
    """In two presses, from the row on Home."""
    address = "/" + erik.page.url.split("/", 3)[3]
    erik.open("/")
    erik.follow(address)
    erik.fill(told="Vi sparar en kvart om dagen.")
    erik.press("main button[value=used]")
    assert "Vi sparar en kvart om dagen." in erik.page.locator("main").inner_text()


def let_it_become_an_initiative(erik, title):
    """With her own words, on one screen; where it lives."""
    erik.follow("/initiatives/new/")
    assert erik.page.input_value("main [name=title]") == title
    assert erik.page.input_value("main [name=why]") == "Vi sparar en kvart om dagen."
    erik.press()
    assert re.search(r"/initiatives/\d+/$", erik.page.url)
    return "/" + erik.page.url.split("/", 3)[3]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_form_is_answered_by_the_link_in_the_mail(size, browsing, site):
    title = f"Modet att leda {size['viewport']['width']}"
    site.do(ASK_HER, email="participant@malarvik.example", title=title, address=site.address)
    mail = next(text for text in reversed(site.mails()) if "/f/" in text)
    somebody = Visitor(browsing.window(size))

    somebody.open(re.search(r"http\S+/f/\w+/", mail)[0])

    page = somebody.page
    assert page.url == f"{site.address}/answer/"
    assert title in page.locator("main").inner_text()
    for item in ("hands_on", "value_self"):
        page.locator(f"input[name={item}][value='4']").check()
    somebody.fill(sentence="Mer övning, mindre prat.")
    somebody.press()
    assert page.get_by_role("heading", name="Mottaget. Tack!").is_visible()

    page.goto(re.search(r"http\S+/f/\w+/", mail)[0])
    assert page.get_by_role("heading", name="Mottaget. Tack!").is_visible()
