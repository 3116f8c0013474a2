"""Wrong files, wrong addresses, things of others: a calm page says what to do, and nothing changes."""

import pytest

from pages import checks
from pages.browsing import DESK, PHONE
from pages.reading import read_page

WRONG_FILES = {
    "empty": ("staff.csv", b""),
    "a picture": ("staff.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01" * 40),
    "no workbook": ("staff.xlsx", b"PK\x03\x04 cut short"),
}


@pytest.mark.parametrize(("name", "content"), WRONG_FILES.values(), ids=WRONG_FILES)
def test_wrong_file_is_refused_with_a_sentence(name, content, browsing, tmp_path):
    page = browsing.window(DESK, as_role="programme-owner", language="en")
    page.goto("/people/imports/")
    before = page.locator("main a[href^='/people/imports/']").count()
    path = tmp_path / name
    path.write_bytes(content)

    page.locator("input[type=file]").set_input_files(path)
    page.locator("main .btn-primary").click()

    page.locator("main .error, main [role=alert]").first.wait_for()
    assert page.locator("main .error").first.inner_text().strip().endswith(".")
    page.goto("/people/imports/")
    assert page.locator("main a[href^='/people/imports/']").count() == before


def wrong_with(page):
    """What the page is not, as it was read and as axe sees it."""
    read = read_page(page.content())
    return read.wrong + checks.frame(read, "sv") + checks.accessibility(page)


@pytest.fixture
def foreign_unit(site):
    """The key of a unit of the other client."""
    code = (
        "from modig.apps.people.models import Unit\n"
        "answer = Unit.across_organisations.exclude(organisation__code='malarvik').first().pk"
    )
    return site.do(code)


def test_foreign_address_is_not_found_and_leads_home(browsing, foreign_unit):
    page = browsing.window(PHONE, as_role="programme-owner")

    answer = page.goto(f"/units/{foreign_unit}/")

    assert answer.status == 404
    assert checks.phone(page) + wrong_with(page) == []
    assert page.locator("main a[href='/']").count()


def test_page_that_the_role_may_not_see_is_refused_and_leads_home(browsing):
    page = browsing.window(PHONE, as_role="participant")

    answer = page.goto("/people/imports/")

    assert answer.status == 403
    assert wrong_with(page) == []
    assert page.locator("main a[href='/']").count()


def test_form_from_another_site_is_refused(browsing):
    page = browsing.window(DESK, as_role="programme-owner")

    answer = page.request.post("/people/imports/", form={"sheet": ""})

    assert answer.status == 403


def test_address_of_nothing_is_not_found(browsing):
    page = browsing.window(DESK)

    answer = page.goto("/there/is/nothing/")

    assert answer.status == 404
    assert wrong_with(page) == []


def test_calendar_with_a_wrong_key_is_not_found(browsing):
    page = browsing.window(DESK)

    assert page.request.get("/calendar/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics").status == 404
