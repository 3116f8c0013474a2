"""Two people at the same page: nothing that either wrote is lost unseen."""

import pytest

from pages.browsing import DESK, PHONE
from pages.steps import Visitor


@pytest.fixture
def two(browsing):
    """Two windows of people who may edit the same things."""
    return [
        Visitor(browsing.window(size, as_role=role))
        for size, role in ((DESK, "programme-owner"), (PHONE, "administrator"))
    ]


def edit_of_one(vera, listed):
    """The address where the last thing of a list is edited."""
    vera.open(listed)
    things = vera.page.locator("main a").evaluate_all(
        "(all) => all.map((one) => one.pathname).filter((path) => /^\\/[a-z]+\\/\\d+\\/$/.test(path))"
    )
    return f"{things[-1]}edit/"


EDITS = {
    "a person": ("/people/", "mobile", "070-1", "070-2"),
    "a team": ("/teams/", "name", "Ledning Nord", "Ledning Syd"),
    "a unit": ("/units/", "short", "NORD", "SYD"),
    "a programme": ("/programmes/", "brand", "Vi vågar", "Vi prövar"),
}


@pytest.mark.parametrize(("listed", "field", "hers", "his"), EDITS.values(), ids=EDITS)
def test_second_one_to_save_sees_both_texts_and_chooses(two, listed, field, hers, his):
    vera, jonas = two
    address = edit_of_one(vera, listed)
    vera.open(address)
    jonas.open(address)
    vera.fill(**{field: hers})
    vera.press()

    jonas.fill(**{field: his})
    with jonas.page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        jonas.page.locator("main .btn-primary").click()

    assert answer.value.status == 409
    shown = jonas.page.locator("main").inner_text()
    assert hers in shown
    assert his in shown

    jonas.press("main form button.btn")
    jonas.open(address)
    assert jonas.page.locator(f"main [name={field}]").input_value() == his


def test_the_one_who_keeps_the_others_text_loses_nothing_of_it(two):
    vera, jonas = two
    address = edit_of_one(vera, "/people/")
    vera.open(address)
    jonas.open(address)
    vera.fill(mobile="070-3")
    vera.press()
    jonas.fill(mobile="070-4")
    jonas.page.locator("main .btn-primary").click()

    jonas.press("main form a.btn")

    jonas.open(address)
    assert jonas.page.locator("main [name=mobile]").input_value() == "070-3"
