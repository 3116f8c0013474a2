"""Everything is reached and done by keyboard, and one always sees where one is."""

import pytest

from pages.browsing import DESK

FOCUS_SHOWS = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const ring = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none";
  return ring || style.boxShadow !== "none" ? "" : one.outerHTML.slice(0, 90);
}"""
HAS_FOCUS = "document.activeElement.matches(%r)"
LONGEST_WAY = 60


@pytest.fixture
def owner(browsing):
    return browsing.window(DESK, as_role="programme-owner")


def test_first_key_offers_the_content(owner):
    owner.goto("/")
    owner.keyboard.press("Tab")
    assert owner.locator(":focus").get_attribute("href") == "#content"
    assert owner.locator(":focus").bounding_box()["width"] > 40

    owner.keyboard.press("Enter")
    owner.keyboard.press("Tab")

    assert owner.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("address", ["/", "/people/", "/programmes/"])
def test_focus_is_seen_at_every_step(address, owner):
    owner.goto(address)
    hidden = []

    for _ in range(LONGEST_WAY):
        owner.keyboard.press("Tab")
        if owner.evaluate("document.activeElement === document.body"):
            break
        hidden.append(owner.evaluate(FOCUS_SHOWS))

    assert [one for one in hidden if one] == []


def test_menu_opens_and_closes_by_keyboard(owner):
    owner.goto("/")
    menu = owner.locator("header summary:visible").first
    menu.focus()

    owner.keyboard.press("Enter")
    assert owner.locator("header details[open]").count() == 1

    owner.keyboard.press("Escape")
    assert owner.locator("header details[open]").count() == 0
    assert menu.evaluate("(one) => one === document.activeElement")
