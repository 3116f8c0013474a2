"""Giving persons and groups the secret addresses of their calendars."""

import secrets

from django.db import transaction

from modig.apps.programme.models import CalendarFeed, Group, Participant, Plan

TOKEN_BYTES = 24


@transaction.atomic
def give_feeds(plan: Plan, former: Plan | None) -> None:
    """A calendar for everybody and every group of the plan; a group keeps the address it had."""
    if former is not None:
        _hand_over(plan, former)
    own = {"organisation": plan.organisation}
    people = Participant.objects.filter(group__plan=plan, person__calendar_feed=None)
    groups = Group.objects.filter(plan=plan, calendar_feeds=None)
    feeds = [
        CalendarFeed(**own, token=new_token(), person_id=person)
        for person in people.values_list("person_id", flat=True).distinct()
    ]
    feeds += [CalendarFeed(**own, token=new_token(), group=group) for group in groups]
    CalendarFeed.objects.bulk_create(feeds, batch_size=2000)


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def _hand_over(plan: Plan, former: Plan) -> None:
    groups = {group.number: group for group in plan.groups.all()}
    feeds = list(CalendarFeed.objects.filter(group__plan=former).select_related("group"))
    for feed in feeds:
        if feed.group is not None:
            feed.group = groups.get(feed.group.number, feed.group)
    CalendarFeed.objects.bulk_update(feeds, ["group"])


@transaction.atomic
def renew_feed(feed: CalendarFeed) -> None:
    """Give the calendar a new address; the old one stops working."""
    feed.token = new_token()
    feed.save(update_fields=["token"])
