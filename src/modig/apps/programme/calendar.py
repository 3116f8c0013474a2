"""Meetings as iCalendar (RFC 5545), with the time zone's own rules for summer time."""

import datetime as dt
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from modig.apps.programme.models import Plan
from modig.apps.programme.queries.groups import Dated
from modig.apps.tenancy.models import Organisation

REFRESH = dt.timedelta(hours=12)


def calendar_of(
    name: str,
    meetings: Iterable[Dated],
    organisation: Organisation,
    *,
    sequences: Mapping[int, int] | None = None,
) -> bytes:
    """The meetings of a person or a group, one event a day.

    An event keeps its UID through every plan of the wave; its SEQUENCE rises when day, venue or
    facilitator change, so that calendars take the newest. ``sequences`` are those at which a
    person came into her groups.
    """
    zone = ZoneInfo(organisation.time_zone)
    calendar = Calendar()
    calendar.add("prodid", "-//modig//programme//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", organisation.time_zone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for row in meetings:
        least = (sequences or {}).get(row.meeting.group_id, 0)
        for number, day in enumerate(row.days, 1):
            calendar.add_component(_event(row, number, day, zone, organisation, least))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(  # noqa: PLR0913, PLR0917 -- what an event is made of
    row: Dated, number: int, day: dt.date, zone: ZoneInfo, organisation: Organisation, least: int
) -> Event:
    meeting = row.meeting
    plan = meeting.group.plan
    begins, ends = _hours(plan)
    venue = meeting.venue
    event = Event()
    event.add(
        "uid",
        f"{organisation.code}-{plan.wave_id}-{meeting.group.number}"
        f"-{meeting.block.number}-{number}@modig",
    )
    event.add("dtstamp", (plan.published_at or plan.made_at).astimezone(dt.UTC))
    event.add("dtstart", dt.datetime.combine(day, begins, zone))
    event.add("dtend", dt.datetime.combine(day, ends, zone))
    title = f"{plan.wave.programme.name}: {meeting.block.title}"
    if len(row.days) > 1:
        title = _("%(title)s, day %(number)s of %(days)s") % {
            "title": title,
            "number": number,
            "days": len(row.days),
        }
    event.add("summary", title)
    event.add("sequence", max(meeting.sequence, least))
    if venue is not None:
        event.add("location", ", ".join(filter(None, [venue.name, venue.place])))
    told = [meeting.group.name]
    if meeting.facilitator is not None:
        told.append(f"{_('Facilitator')}: {meeting.facilitator.name}")
    if meeting.block.focus:
        told.append(meeting.block.focus)
    event.add("description", "\n".join(told))
    return event


def _hours(plan: Plan) -> tuple[dt.time, dt.time]:
    begins, ends = plan.given.get("hours", ["08:30", "16:30"])
    return dt.time.fromisoformat(begins), dt.time.fromisoformat(ends)
