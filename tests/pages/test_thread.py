"""The chief executive follows the thread: from the vision to what one citizen gained, and back."""

import re

import pytest

from pages.browsing import DESK, PHONE
from pages.steps import Visitor

GOAL = "Levande mötesplatser"
LONGEST = 4


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_from_the_vision_to_a_citizens_benefit_and_back(size, browsing):
    page = browsing.window(size, as_role="chief-executive")
    chief = Visitor(page)
    chief.open("/direction/")
    vision = page.locator("h1").inner_text()

    down = [follow("/thread/"), open_goal, open_citizens, follow("/benefits/", one=True)]
    for step in down:
        step(chief)

    assert len(down) <= LONGEST
    assert "Medborgare" in page.locator("main").inner_text()

    up = [follow("/initiatives/", one=True), follow("/direction/")]
    for step in up:
        step(chief)

    assert len(up) <= LONGEST
    assert page.locator("h1").inner_text() == vision


def open_goal(chief):
    """The goal's box in the picture, or its knot in the list of the phone."""
    goal = chief.page.locator("main a[href*='goal=']:visible").filter(has_text=GOAL[:9])
    with chief.page.expect_navigation():
        goal.first.click()
    assert GOAL in chief.page.locator("h1").inner_text()


def open_citizens(chief):
    """The last box of the thread: all that citizens have gained."""
    chief.follow("/benefits/?beneficiary=citizens")


def follow(place, *, one=False):
    """Follow the first link to a place, or to ``one`` thing of it."""
    wanted = re.compile(rf"^{place}\d+/$" if one else rf"^{place}$")

    def step(chief):
        links = chief.page.locator(f"main a[href^='{place}']:visible")
        addresses = links.evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
        found = next((address for address in addresses if wanted.match(address)), None)
        assert found, f"no way on to {place} from {chief.page.url}"
        with chief.page.expect_navigation():
            chief.page.locator(f"main a[href='{found}']:visible").first.click()

    return step
