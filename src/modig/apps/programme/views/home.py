"""Home: what comes next for the one who signs in; and everybody's own dates."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from modig.apps.people.models import Person
from modig.apps.people.queries.persons import find_person, person_of
from modig.apps.programme.actions.calendars import renew_feed
from modig.apps.programme.permissions import (
    may_see_dates_of,
    may_see_home,
    may_see_mine,
    may_see_people_of_group,
)
from modig.apps.programme.queries import groups as queries
from modig.apps.programme.queries.next_steps import next_steps
from modig.apps.programme.queries.promises import held_meetings
from modig.apps.programme.views.answers import visitor
from modig.apps.ui.guards import needs, needs_on
from modig.apps.ui.must_do import must_dos

COMING = 3


@require_safe
@needs(may_see_home)
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    person = person_of(request.user)
    own = queries.meetings_of_person(person) if person else []
    led = queries.meetings_led_by(visitor(request))
    coming = [row for row in own if not row.is_over(today)]
    coming_led = [row for row in led if not row.is_over(today)]
    context = {
        "today": today,
        "person": person,
        "next": coming[0] if coming else None,
        "later": coming[1 : 1 + COMING],
        "led": coming_led[: 2 * COMING],
        "steps": next_steps(visitor(request), today),
        "must_dos": must_dos(visitor(request), today),
    }
    return render(request, "programme/home.html", context)


@require_safe
@needs(may_see_mine)
def mine(request: HttpRequest) -> HttpResponse:
    """The signed-in person's own group, dates and calendar."""
    person = person_of(request.user)
    context = _participant(request, person) if person else {"person": None}
    return render(request, "programme/participant.html", {**context, "is_own": True})


@require_safe
@needs_on(find_person, may_see_dates_of)
def participant(request: HttpRequest, person: Person) -> HttpResponse:
    """A participant's groups and dates, as planners and her facilitators see them."""
    context = {**_participant(request, person), "is_own": False}
    return render(request, "programme/participant.html", context)


def _participant(request: HttpRequest, person: Person) -> dict[str, Any]:
    today = timezone.localdate()
    rows = queries.meetings_of_person(person)
    feed = queries.feed_of_person(person)
    return {
        "person": person,
        "places": [
            (place, may_see_people_of_group(request.user, place.group))
            for place in queries.places_of(person)
        ],
        "coming": [row for row in rows if not row.is_over(today)],
        "past": [row for row in rows if row.is_over(today)],
        "calendar": request.build_absolute_uri(feed.path) if feed else "",
        "today": today,
        "held": held_meetings(person, today) if person.user_id == request.user.pk else [],
    }


@require_POST
@needs(may_see_mine)
def renew_calendar(request: HttpRequest) -> HttpResponse:
    """Give one's own calendar a new address; the old one stops working."""
    person = person_of(request.user)
    feed = queries.feed_of_person(person) if person else None
    if feed is not None:
        renew_feed(feed)
    return redirect("programme:mine")
