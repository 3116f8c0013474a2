"""What people do on pages, in the words of those who do it."""

import re
import time

LONGEST_WAIT = 120


def press(page, within="main"):
    """Press the one filled button: what the page wants to be done next."""
    button = page.locator(f"{within} .btn-primary:visible")
    assert button.count() == 1, f"{button.count()} filled buttons on {page.url}"
    with page.expect_navigation():
        button.click()


def press_twice(page, within="main"):
    """As somebody who is impatient, or used to double clicks."""
    button = page.locator(f"{within} .btn-primary:visible")
    with page.expect_navigation():
        button.dblclick()
    page.wait_for_load_state()


def wait_for(page, selector, *, script=True):
    """Wait until the page has got so far: by itself, or without scripts by loading it again."""
    until = time.monotonic() + LONGEST_WAIT
    while not page.locator(selector).first.is_visible():
        assert time.monotonic() < until, f"{selector} never came to {page.url}"
        page.wait_for_timeout(300)
        if not script:
            page.reload()


def number_in(text):
    """The first whole number in a text, however its thousands are parted."""
    found = re.search(r"\d[\d\s,.\u00a0\u202f]*", text)
    assert found, f"no number in {text!r}"
    return int(re.sub(r"\D", "", found[0]))


def sign_in(page, email, password):
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    press(page)
