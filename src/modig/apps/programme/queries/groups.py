"""Groups, their people and their meetings, as members and leaders see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django.db.models import F, Prefetch, QuerySet

from modig.apps.accounts.models import User
from modig.apps.people.models import Employment, Person
from modig.apps.people.queries.persons import current_employments
from modig.apps.programme.models import (
    CalendarFeed,
    Group,
    Meeting,
    MeetingDay,
    Participant,
    Plan,
)

OFFICE_HOURS = ("08:30", "16:30")
HEAVY = ("given", "figures")
"""What a plan was made from fills megabytes and is of no use to its members."""


def _without_heavy(prefix: str) -> list[str]:
    return [f"{prefix}__{name}" for name in HEAVY]


def all_groups() -> QuerySet[Group]:
    return Group.objects.select_related("plan__wave__programme").defer(*_without_heavy("plan"))


def meetings() -> QuerySet[Meeting]:
    """Meetings with what a page says of them: days, block, venue, facilitator, group and wave."""
    return (
        Meeting.objects.select_related(
            "block", "venue", "facilitator", "group__plan__wave__programme"
        )
        .defer(*_without_heavy("group__plan"))
        .prefetch_related(Prefetch("days", MeetingDay.objects.order_by("on")))
    )


@dataclass(frozen=True, slots=True)
class Dated:
    """A meeting with its days in order, and the hours at which each of them begins and ends."""

    meeting: Meeting
    days: list[date]
    begins: time
    ends: time

    @property
    def first(self) -> date:
        return self.days[0]

    @property
    def last(self) -> date:
        return self.days[-1]

    def is_over(self, today: date) -> bool:
        return self.last < today

    def next_day(self, today: date) -> date:
        """The first of its days that is not over, or its last."""
        return next((day for day in self.days if day >= today), self.last)


def dated(found: QuerySet[Meeting]) -> list[Dated]:
    """Meetings by their first day; those without a day are left out."""
    meetings = list(found)
    hours = _hours({meeting.group.plan_id for meeting in meetings})
    rows = [
        Dated(meeting, [day.on for day in meeting.days.all()], *hours[meeting.group.plan_id])
        for meeting in meetings
    ]
    return sorted((row for row in rows if row.days), key=lambda row: (row.first, row.meeting.pk))


def coming(rows: Iterable[Dated], today: date) -> list[Dated]:
    """Those that are not over, the one with the soonest day first."""
    left = [row for row in rows if not row.is_over(today)]
    return sorted(left, key=lambda row: (row.next_day(today), row.meeting.pk))


def _hours(plans: set[int]) -> dict[int, tuple[time, time]]:
    """When the days of these plans begin and end."""
    found = Plan.objects.filter(pk__in=plans).values_list("pk", "given__hours")
    return {
        pk: (time.fromisoformat(begins), time.fromisoformat(ends))
        for pk, (begins, ends) in ((pk, hours or OFFICE_HOURS) for pk, hours in found)
    }


def meetings_of_group(group: Group) -> list[Dated]:
    return dated(meetings().filter(group=group))


def published_meetings() -> QuerySet[Meeting]:
    return meetings().filter(group__plan__state=Plan.State.PUBLISHED)


def meetings_of_person(person: Person) -> list[Dated]:
    """Everything published that the person is called to, past and coming."""
    own = Group.objects.filter(participants__person=person)
    return dated(published_meetings().filter(group__in=own))


def meetings_led_by(user: User) -> list[Dated]:
    """Everything published that the user leads."""
    return dated(published_meetings().filter(facilitator__user=user))


def places_of(person: Person) -> list[Participant]:
    """In which published groups the person is, newest wave first, with the team she comes with."""
    found = Participant.objects.select_related("group__plan__wave__programme", "team")
    found = found.defer(*_without_heavy("group__plan"))
    published = found.filter(person=person, group__plan__state=Plan.State.PUBLISHED)
    return list(published.order_by("-group__plan__wave__starts_on"))


@dataclass(frozen=True, slots=True)
class Size:
    """How many people a group has, and from how many departments and companies."""

    people: int
    departments: int


def size_of(group: Group) -> Size:
    """The people of a group, and from how many departments they came when it was planned."""
    numbers = set(group.participants.values_list("person__number", flat=True))
    given = Plan.objects.filter(pk=group.plan_id).values_list("given__people", flat=True).first()
    departments = {one["department"] for one in given or () if one["id"] in numbers}
    return Size(len(numbers), len(departments))


@dataclass(frozen=True, slots=True)
class Member:
    """Someone in a group: with which team, and where she works today."""

    participant: Participant
    employment: Employment | None

    @property
    def person(self) -> Person:
        return self.participant.person


def members_of(group: Group, on: date) -> list[Member]:
    """The people of a group by team and name, in a fixed number of queries."""
    rows = (
        group.participants.select_related("person", "team")
        .order_by(F("team__sorting").asc(nulls_last=True), "person__sorting", "pk")
        .all()
    )
    people = [row.person_id for row in rows]
    best: dict[int, Employment] = {}
    for one in current_employments(on).filter(person__in=people).order_by("-degree", "key"):
        best.setdefault(one.person_id, one)
    return [Member(row, best.get(row.person_id)) for row in rows]


def feed_of_group(group: Group) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(group=group).first()


def feed_of_person(person: Person) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=person).first()


def find_feed(token: str) -> CalendarFeed | None:
    """The calendar behind a secret address, in whatever organisation."""
    return (
        CalendarFeed.across_organisations.select_related("organisation", "person", "group")
        .filter(token=token)
        .first()
    )
