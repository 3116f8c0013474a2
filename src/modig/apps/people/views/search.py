from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from modig.apps.people.permissions import may_search
from modig.apps.people.queries import persons, teams, units
from modig.apps.ui.answers import visitor
from modig.apps.ui.guards import needs

FOUND_SHOWN = 10


@require_safe
@needs(may_search)
def search(request: HttpRequest) -> HttpResponse:
    """Persons, units and teams whose names hold every word."""
    user, today = visitor(request), timezone.localdate()
    text = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"q": text, "today": today}
    if text:
        context |= {
            "persons": persons.persons(user, persons.PersonFilter(text=text), on=today)[
                : FOUND_SHOWN + 1
            ],
            "units": units.units_matching(user, text)[: FOUND_SHOWN + 1],
            "teams": teams.teams(user, on=today, text=text)[: FOUND_SHOWN + 1],
            "shown": f":{FOUND_SHOWN}",
            "limit": FOUND_SHOWN,
        }
    return render(request, "people/search.html", context)
