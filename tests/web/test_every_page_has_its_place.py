"""Every page belongs to a place of the menus, so that they say where one is."""

import pytest

from modig.apps.ui.places import PLACES, place_of
from web.test_access import ROUTES, methods_of

# What every page leads to, whatever its place, and what is shown before one has signed in.
OF_NO_PLACE = {"healthz", "people:search", "people:about_you", "demo:demo", "demo:file"}


@pytest.mark.parametrize("route", [one for one in ROUTES if one not in OF_NO_PLACE])
def test_page_belongs_to_a_place(route):
    assert "GET" not in methods_of(route) or place_of(route, list(PLACES))
