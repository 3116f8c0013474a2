"""The checks themselves: each finds the fault that it is for, and nothing in a page without one."""

import pytest

from pages import checks
from pages.browsing import DESK
from pages.reading import read_page

PAGE = """<!DOCTYPE html><html lang="sv"><head><title>A page – modig</title></head><body>
<header><a href="#main">To the content</a></header>
<main id="main"><h1>A page</h1><p class="said">Plain text.</p>{}</main></body></html>"""
FAULTS = {
    "button without a name": "<button></button>",
    "a field without a label": '<input name="x">',
    "two things with the id x": '<p id="x">One</p><p id="x">Two</p>',
    "nothing has the id y": '<p aria-describedby="y">Text</p>',
    "h3 after h1": "<h3>Too deep</h3>",
}
SEEN_BY_AXE = {
    "color-contrast": '<p style="color: #bbb; background: #fff">Pale</p>',
    "image-alt": '<img src="data:,">',
    "button-name": "<button></button>",
    "aria-valid-attr-value": '<p role="button" tabindex="0" aria-pressed="perhaps">Text</p>',
}


def read(part):
    return read_page(PAGE.format(part))


@pytest.fixture(scope="module")
def page(browser):
    context = browser.new_context(**DESK)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("said", "part"), FAULTS.items(), ids=FAULTS)
def test_reader_names_what_is_wrong(said, part):
    assert [one for one in read(part).wrong if said in one]


@pytest.mark.parametrize(("rule", "part"), SEEN_BY_AXE.items(), ids=SEEN_BY_AXE)
def test_axe_sees_what_is_wrong_in_parts_of_a_new_kind(rule, part, page):
    plain = read("").kinds | read("").kinds_around
    page.set_content(PAGE.format(part))

    found = checks.accessibility(page, of="", known=plain)

    assert [one for one in found if f" {rule}: " in one]


def test_page_without_a_fault_has_none(page):
    page.set_content(PAGE.format("<h2>More</h2><ul><li>One</li></ul>"))

    assert read("<h2>More</h2>").wrong == checks.frame(read(""), "sv") == checks.desk(page) == []
    assert checks.accessibility(page) == []


def test_what_was_judged_before_is_not_judged_again(page):
    part = SEEN_BY_AXE["color-contrast"]
    page.set_content(PAGE.format(part))

    known = read(part).kinds | read(part).kinds_around
    assert checks.accessibility(page, of="", known=known) == []


def test_page_wider_than_the_screen_and_small_targets_are_found(page):
    page.set_content(PAGE.format('<div style="width: 3000px">x</div><button>x</button>'))

    assert checks.width(page)
    assert [one for one in checks.phone(page) if "small target" in one]
