"""No route without a guard: a page names its permission, or says in its docstring why it is public."""

import pytest
from django.urls import get_resolver

from modig.apps.ui.guards import public

OTHERS_PAGES = ("accounts/", "static/")


def routes(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern), pattern.callback


OWN_ROUTES = [one for one in routes(get_resolver()) if not one[0].startswith(OTHERS_PAGES)]


@pytest.mark.parametrize(("route", "view"), OWN_ROUTES, ids=[route for route, _ in OWN_ROUTES])
def test_route_declares_its_permission(route, view):
    permission = getattr(view, "permission", None)

    assert permission is not None, f"{route} has no guard"
    assert permission is not public or view.__doc__, f"{route} is public without saying why"
