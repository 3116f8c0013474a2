"""Meetings as iCalendar (RFC 5545), with the time zone's own rules for summer time."""

import datetime as dt
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from modig.apps.programme.queries.groups import Dated
from modig.apps.tenancy.models import Organisation

REFRESH = dt.timedelta(hours=12)


def calendar_of(
    name: str,
    meetings: Iterable[Dated],
    organisation: Organisation,
    *,
    at: dt.datetime,
    sequences: Mapping[int, int] | None = None,
) -> bytes:
    """The meetings of a person or a group, one event a day, as they are ``at`` this moment.

    An event keeps its UID through every plan of the wave; its SEQUENCE rises when day, hours, venue
    or facilitator change, so that calendars take the newest. ``sequences`` are those at which a
    person came into her groups.
    """
    zone = ZoneInfo(organisation.time_zone)
    calendar = Calendar()
    calendar.add("prodid", "-//modig//programme//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", organisation.time_zone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for row in meetings:
        least = (sequences or {}).get(row.meeting.group_id, 0)
        for number, day in enumerate(row.days, 1):
            event = _event(row, number, day, zone, organisation)
            event.add("dtstamp", at.astimezone(dt.UTC))
            event.add("sequence", max(row.meeting.sequence, least))
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(
    row: Dated, number: int, day: dt.date, zone: ZoneInfo, organisation: Organisation
) -> Event:
    meeting = row.meeting
    plan = meeting.group.plan
    venue = meeting.venue
    event = Event()
    event.add(
        "uid",
        f"{organisation.code}-{plan.wave_id}-{meeting.group.number}"
        f"-{meeting.block_id}-{number}@modig",
    )
    event.add("dtstart", dt.datetime.combine(day, row.begins, zone))
    event.add("dtend", dt.datetime.combine(day, row.ends, zone))
    title = f"{plan.wave.programme.name}: {meeting.block.title}"
    if len(row.days) > 1:
        title = _("%(title)s, day %(number)s of %(days)s") % {
            "title": title,
            "number": number,
            "days": len(row.days),
        }
    event.add("summary", title)
    if venue is not None:
        event.add("location", ", ".join(filter(None, [venue.name, venue.place])))
    told = [meeting.group.name]
    if meeting.facilitator is not None:
        told.append(_("Led by %(who)s") % {"who": meeting.facilitator.name})
    if meeting.block.focus:
        told.append(meeting.block.focus)
    event.add("description", "\n".join(told))
    return event
