"""Initiatives as a unit manager and a programme owner meet them; what is typed is never lost."""

import re

import pytest

from pages.browsing import DESK, PHONE
from pages.steps import Visitor, number_in

TITLE, WHY = "Färre ansikten i hemtjänsten", "Det kommer nitton olika personer på två veckor."
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('modig-draft:'))"
ENTERED = re.compile(r"/initiatives/\d+/$")
SIZES = {"desk": DESK, "phone": PHONE}


@pytest.fixture
def manager(browsing):
    """Opens a window of a unit manager, in which a look for what is similar may be broken off."""

    def open_window(size=PHONE):
        return browsing.window(size, as_role="unit-manager", language="en")

    yield open_window
    browsing.wrong[:] = [one for one in browsing.wrong if "htmx:" not in one]


def begin(page, title=TITLE):
    """Write the beginning of an initiative; the browser keeps it a moment later."""
    page.goto("/initiatives/new/")
    Visitor(page).fill(title=title, why=WHY)
    for _ in range(100):
        if page.evaluate(KEPT):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the browser keeps nothing")


def written(page):
    return page.input_value("[name=title]"), page.input_value("[name=why]")


def enter(page):
    page.locator(".entry .btn-primary").click()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_unit_manager_enters_an_initiative_and_finds_the_similar(size, manager):
    page = manager(size)
    sara = Visitor(page)
    sara.open("/initiatives/")
    sara.follow("/initiatives/new/")

    page.locator("[name=title]").press_sequentially("Två arbetslag i hemtjänsten blir ett", delay=5)
    page.locator("#similar a").first.wait_for()
    sara.fill(why=f"Två bilar möttes på samma gårdsplan, {size['viewport']['width']}.")
    page.locator("input[name=kind][value=merge]").check()
    sara.press(".entry .btn-primary")

    assert ENTERED.search(page.url)
    assert page.locator("#guide .guide li").count() == 5
    assert page.locator("main a[href*='/merger/']").first.is_visible()
    sara.follow("/initiatives/")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_programme_owner_moves_many_at_a_time(size, browsing):
    page = browsing.window(size, as_role="programme-owner", language="en")
    vera = Visitor(page)
    vera.open("/initiatives/?stage=started")
    before = number_in(page.locator("h1").inner_text())

    for box in page.locator("input.tick-many:visible").all()[:2]:
        box.check()
    with page.expect_navigation():
        page.locator("button[form=many]").click()
    vera.fill(stage="idea", note="De väntar på budgeten.")
    vera.press("main button[name=look]")
    assert page.locator("main .lst h3").count() == 2
    vera.press("main button[name=do]")

    vera.open("/initiatives/?stage=started")
    assert number_in(page.locator("h1").inner_text()) == before - 2


def test_programme_owner_goes_from_the_map_to_a_cluster(browsing):
    page = browsing.window(DESK, as_role="programme-owner", language="en")
    page.goto("/initiatives/map/")
    for _ in range(30):
        if not page.locator("#clusters[hx-get]").count():
            break
        page.wait_for_timeout(500)

    circle = page.locator(".bubble").first
    number = number_in(circle.get_attribute("aria-label").rsplit(",", 1)[1])
    circle.locator("circle").click()
    page.wait_for_url("**cluster=**")

    assert number_in(page.locator("h1").inner_text()) == number


def test_failed_network_takes_nothing_and_says_so(manager):
    page = manager()
    begin(page, "Nätet är borta")

    page.context.set_offline(True)
    enter(page)
    page.locator("[data-draft-failed]").wait_for()
    assert written(page) == ("Nätet är borta", WHY)

    page.context.set_offline(False)
    enter(page)
    page.wait_for_url(ENTERED)
    assert page.evaluate(KEPT) == []


def test_expired_sign_in_gives_the_text_back_to_her_alone(manager):
    page = manager()
    begin(page)
    page.context.clear_cookies(name="sessionid")
    enter(page)
    page.wait_for_url("**/accounts/login/**")

    sign_in_as(page, "team-leader")
    page.goto("/initiatives/new/")
    assert not page.locator("[data-draft-offer]").is_visible()

    sign_in_as(page, "unit-manager")
    page.goto("/initiatives/new/")
    assert written(page) == ("", "")
    page.locator("[data-draft-back]").click()
    assert written(page) == (TITLE, WHY)


def sign_in_as(page, role):
    page.goto("/demo/")
    page.locator(f"button[name=user][value={role}]").first.click()
    page.wait_for_url("/")
