"""A site of its own, a Chromium, and windows that tell everything that goes wrong in them."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from pages.browsing import DESK, PHONE, Browsing
from pages.site import copy_of_demo

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.page)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The demo, served; each process of the tests has its own."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with copy_of_demo(shared, base / "site").running() as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    """A Chromium for a file of tests: while one runs, this process may not use the database."""
    path = os.environ.get("MODIG_CHROMIUM") or shutil.which("chromium")
    assert path, "Chromium is not installed; MODIG_CHROMIUM names it"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def browsing(browser, site):
    """Opens windows; fails the test when a page did what none may do."""
    opened = Browsing(browser, site)
    yield opened
    opened.close()
    assert not opened.wrong, "\n".join(opened.wrong)


@pytest.fixture
def desk(browsing):
    return browsing.window(DESK)


@pytest.fixture
def phone(browsing):
    return browsing.window(PHONE)
