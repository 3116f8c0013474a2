"""Home: what comes next for the one who signs in; and everybody's own dates."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from modig.apps.accounts.models import User
from modig.apps.people.models import Person
from modig.apps.people.queries.persons import find_person, person_of
from modig.apps.programme.actions.calendars import renew_feed
from modig.apps.programme.models import Participant
from modig.apps.programme.permissions import (
    may_promise,
    may_see_dates_of,
    may_see_home,
    may_see_mine,
    may_see_people_of_group,
    may_see_programmes,
)
from modig.apps.programme.queries import groups as queries
from modig.apps.programme.queries.next_steps import next_steps
from modig.apps.programme.queries.promises import held_meetings
from modig.apps.programme.views.answers import calendar_addresses, visitor
from modig.apps.ui.guards import needs, needs_on
from modig.apps.ui.must_do import must_dos

LATER = 3
DAYS_TO_PREPARE = 14
STEPS_SHOWN = 6


@require_safe
@needs(may_see_home)
def home(request: HttpRequest) -> HttpResponse:
    """What the visitor must do, her next meeting, and the meetings that she leads."""
    user, today = visitor(request), timezone.localdate()
    person = person_of(user)
    own = queries.coming(queries.meetings_of_person(person), today) if person else []
    led = queries.coming(queries.meetings_led_by(user), today)
    soon = [row for row in led if (row.next_day(today) - today).days <= DAYS_TO_PREPARE]
    steps = next_steps(user, today)
    # The card of the next meeting stands beside the list, so its row would say the same twice.
    asked = [thing for thing in must_dos(user, today) if thing.kind != "meeting" or not own]
    context = {
        "today": today,
        "first_name": _first_name(user, person),
        "person": person,
        "may_promise": person is not None and may_promise(user),
        "next": own[0] if own else None,
        "next_day": own[0].next_day(today) if own else None,
        "size": queries.size_of(own[0].meeting.group) if own else None,
        "later": own[1 : 1 + LATER],
        "soon": [(row, row.next_day(today)) for row in soon],
        "led": led[len(soon) : len(soon) + 2 * LATER],
        "steps": steps[:STEPS_SHOWN],
        "more": len(steps[STEPS_SHOWN:]),
        "must_dos": asked,
        "things": len(steps) + len(soon) + len(asked),
        "sees_programmes": may_see_programmes(user),
    }
    return render(request, "programme/home.html", context)


def _first_name(user: User, person: Person | None) -> str:
    known = person.first_name if person else ""
    return known or user.name.partition(" ")[0]


@require_safe
@needs(may_see_mine)
def mine(request: HttpRequest) -> HttpResponse:
    """The signed-in person's own group, dates and calendar."""
    person = person_of(request.user)
    leads = bool(queries.meetings_led_by(visitor(request)))
    context: dict[str, Any] = {"person": None, "is_own": True, "leads": leads}
    if person is not None:
        context |= _participant(request, person)
        feed = queries.feed_of_person(person)
        context |= calendar_addresses(request, feed.path) if feed else {}
    return render(request, "programme/participant.html", context)


@require_safe
@needs_on(find_person, may_see_dates_of)
def participant(request: HttpRequest, person: Person) -> HttpResponse:
    """A participant's groups and dates, as planners and her facilitators see them.

    Without the address of her calendar: that is a key of her own.
    """
    context = {**_participant(request, person), "is_own": False}
    return render(request, "programme/participant.html", context)


def _participant(request: HttpRequest, person: Person) -> dict[str, Any]:
    today = timezone.localdate()
    rows = queries.meetings_of_person(person)
    coming = queries.coming(rows, today)
    places = queries.places_of(person)
    now = _place_now(places, [row.meeting.group_id for row in coming])
    sees_people = now is not None and may_see_people_of_group(request.user, now.group)
    return {
        "person": person,
        "today": today,
        "own_places": places,
        "place": now,
        "members": queries.members_of(now.group, today) if now and sees_people else [],
        "next": coming[0] if coming else None,
        "next_day": coming[0].next_day(today) if coming else None,
        "later": coming[1:],
        "past": [row for row in rows if row.is_over(today)],
        "held": held_meetings(person, today) if person.user_id == request.user.pk else [],
    }


def _place_now(places: list[Participant], coming: list[int]) -> Participant | None:
    """The place in the group that meets next, else the newest one."""
    by_group = {place.group_id: place for place in places}
    soonest = (by_group[group] for group in coming if group in by_group)
    return next(soonest, places[0] if places else None)


@require_POST
@needs(may_see_mine)
def renew_calendar(request: HttpRequest) -> HttpResponse:
    """Give one's own calendar a new address; the old one stops working."""
    person = person_of(request.user)
    feed = queries.feed_of_person(person) if person else None
    if feed is not None:
        renew_feed(feed)
        messages.success(
            request, _("Your calendar has a new address. The old one no longer works.")
        )
    return redirect("programme:mine")
