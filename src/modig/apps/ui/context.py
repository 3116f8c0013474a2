"""What every page shows around its content."""

from typing import Any

from django.http import HttpRequest

from modig.apps.accounts.models import User
from modig.apps.ui.places import Place, place_of, places_for

THEMES = frozenset(User.Theme.values)
PLACES_IN_DOCK = 4


def shell(request: HttpRequest) -> dict[str, Any]:
    """The places, the organisation and the theme of the page's frame."""
    membership = getattr(request, "membership", None)
    places = places_for(request.user) if membership else []
    main = [place for place in places if not place.is_administration]
    return {
        "places": main,
        "dock": main[:PLACES_IN_DOCK],
        "more_places": main[PLACES_IN_DOCK:],
        "administration": [place for place in places if place.is_administration],
        "here": _here(request, places),
        "membership": membership,
        "memberships": getattr(request, "memberships", []),
        "theme": chosen_theme(request),
    }


def chosen_theme(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    if isinstance(user, User):
        return user.theme
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else User.Theme.AUTO


def _here(request: HttpRequest, places: list[Place]) -> Place | None:
    """The place that the page belongs to, if it belongs to one of those shown."""
    match = request.resolver_match
    return place_of(match.view_name, places) if match else None
