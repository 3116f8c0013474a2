"""What every page shows around its content."""

from typing import Any

from django.http import HttpRequest

from modig.apps.ui.places import places_for

THEMES = ("auto", "light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    """The places, the organisation and the theme of the page's frame."""
    membership = getattr(request, "membership", None)
    theme = request.COOKIES.get("theme", "auto")
    places = places_for(request.user) if membership else []
    here = max((p.url for p in places if request.path.startswith(p.url)), key=len, default="")
    return {
        "places": [place for place in places if not place.is_administration],
        "administration": [place for place in places if place.is_administration],
        "here": here,
        "membership": membership,
        "memberships": getattr(request, "memberships", []),
        "theme": theme if theme in THEMES else "auto",
    }
