"""Calendar feeds: what calendar programs read, on both sides of summer time, and who may."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from icalendar import Calendar

from apps.programme.planning_factories import START, kept_plan, make_organisation, make_wave, noon
from modig.apps.people.models import Person
from modig.apps.programme.actions import publish_plan
from modig.apps.programme.actions.calendars import renew_feed
from modig.apps.programme.actions.plans import move_meeting, move_team
from modig.apps.programme.models import (
    Block,
    CalendarFeed,
    Meeting,
    MeetingDay,
    Participant,
    Plan,
    Programme,
    Venue,
)
from modig.apps.programme.queries.plans import MeetingRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(organisation):
    make_organisation()
    return make_wave(size_low=5, size_high=25)


@pytest.fixture
def plan(wave):
    return kept_plan(wave, is_published=True)


def feed_of(thing):
    kind = "person" if isinstance(thing, Person) else "group"
    return CalendarFeed.objects.get(**{kind: thing})


def read(client, feed):
    answer = client.get(feed.path)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content)


def events(client, thing):
    return {str(event["uid"]): event for event in read(client, feed_of(thing)).walk("VEVENT")}


def person(number="M0001"):
    return Person.objects.get(number=number)


def test_feed_is_read_without_signing_in(plan, client):
    answer = client.get(feed_of(person()).path)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, max-age=900"


def test_persons_feed_holds_her_groups_meetings(plan, client):
    found = events(client, person())

    assert [event["dtstart"].dt.date() for event in found.values()] == [
        START + dt.timedelta(weeks=6 * k) for k in range(3)
    ]
    event = next(iter(found.values()))
    assert str(event["summary"]) == "Brave leadership: Block 1"
    assert str(event["location"]) == "Room 1, Quay 1"
    assert str(event["description"]) == "Group 1\nLeds av Leader 1"


def test_groups_feed_holds_the_same_meetings(plan, client):
    assert events(client, plan.groups.get(number=1)).keys() == events(client, person()).keys()


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (dt.date(2027, 3, 26), "07:30"),  # Friday before summer time begins: one hour ahead
        (dt.date(2027, 3, 29), "06:30"),  # Monday after: two hours
        (dt.date(2027, 10, 29), "06:30"),  # Friday before it ends
        (dt.date(2027, 11, 1), "07:30"),  # Monday after
    ],
)
def test_hours_stay_those_of_the_clock_over_both_changes(plan, client, day, utc):
    meeting = Meeting.objects.get(group__plan=plan, group__number=1, block__number=1)
    MeetingDay.objects.filter(meeting=meeting).update(on=day)

    found = read(client, feed_of(person()))

    event = next(e for e in found.walk("VEVENT") if e["dtstart"].dt.date() == day)
    begins, ends = event["dtstart"].dt, event["dtend"].dt
    assert (begins.time(), ends.time()) == (dt.time(8, 30), dt.time(16, 30))
    assert begins.astimezone(dt.UTC).strftime("%H:%M") == utc
    assert event["dtstart"].params["TZID"] == "Europe/Stockholm"


def test_feed_brings_the_rules_of_its_time_zone(plan, client):
    zone = read(client, feed_of(person())).walk("VTIMEZONE")[0]

    assert str(zone["tzid"]) == "Europe/Stockholm"
    summer = next(part for part in zone.walk("DAYLIGHT"))
    winter = next(part for part in zone.walk("STANDARD"))
    assert (summer["tzoffsetto"].td, winter["tzoffsetto"].td) == (
        dt.timedelta(hours=2),
        dt.timedelta(hours=1),
    )


def test_block_of_two_days_is_two_events_with_addresses_of_their_own(organisation, client):
    make_organisation(departments=2, teams_each=1)
    kept_plan(make_wave(days=2, size_low=5, size_high=25), groups=2, is_published=True)

    found = events(client, person())

    assert len(found) == 6
    assert [str(e["summary"]) for e in found.values()][:2] == [
        "Brave leadership: Block 1, dag 1 av 2",
        "Brave leadership: Block 1, dag 2 av 2",
    ]


def test_letters_and_long_lines_survive(wave, client):
    Programme.objects.update(name="Åäö & långa ord; med, tecken")
    Block.objects.update(focus="Överenskommelser " * 30)
    Venue.objects.update(place="Ängsvägen 4, \\ Ö")
    plan = kept_plan(wave, is_published=True)

    answer = client.get(feed_of(plan.groups.get(number=1)).path)

    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert str(event["summary"]) == "Åäö & långa ord; med, tecken: Block 1"
    assert str(event["location"]) == "Room 1, Ängsvägen 4, \\ Ö"
    assert "Överenskommelser Överenskommelser" in str(event["description"])


# ---- changes -------------------------------------------------------------------------------------


def move_first_meeting(plan, weeks):
    meeting = Meeting.objects.get(group__plan=plan, group__number=1, block__number=2)
    day = START + dt.timedelta(weeks=weeks)
    row = MeetingRow("Group 1", 2, (day,), "Room 1", "Leader 1")
    move_meeting(plan, meeting, row=row, version=plan.version, by=None, at=noon())
    return Plan.objects.get(pk=plan.pk)


def test_moved_meeting_keeps_its_uid_and_only_its_sequence_rises(plan, client):
    before = events(client, person())
    move_first_meeting(plan, weeks=7)

    after = events(client, person())

    assert after.keys() == before.keys()
    sequences = [int(event["sequence"]) for event in after.values()]
    assert sorted(sequences) == [0, 0, 1]
    moved = next(event for event in after.values() if event["sequence"] == 1)
    assert moved["dtstart"].dt.date() == START + dt.timedelta(weeks=7)


def test_sequence_rises_with_every_move(plan, client):
    again = move_first_meeting(move_first_meeting(plan, weeks=7), weeks=6)

    assert max(int(e["sequence"]) for e in events(client, person()).values()) == again.revision == 2


def test_person_of_a_moved_team_gets_her_new_groups_dates(plan, client):
    before = events(client, person())
    to = plan.groups.get(number=3)

    move_team(plan, key=("team", "D1T1"), to=to, version=plan.version, by=None, at=noon())

    after = events(client, person())
    assert after.keys() == events(client, to).keys()
    assert after.keys().isdisjoint(before.keys())
    assert {int(event["sequence"]) for event in after.values()} == {1}
    assert {int(event["sequence"]) for event in events(client, to).values()} == {0}


def test_who_comes_back_to_a_group_has_no_lower_sequence_than_before(plan, client):
    first, third = plan.groups.get(number=1), plan.groups.get(number=3)
    for to in (third, first):
        now = Plan.objects.get(pk=plan.pk)
        move_team(now, key=("team", "D1T1"), to=to, version=now.version, by=None, at=noon())

    assert {int(event["sequence"]) for event in events(client, person()).values()} == {2}


def test_newer_publication_is_in_the_same_feed(plan, wave, client):
    before = events(client, person())

    publish_plan(kept_plan(wave, first=START + dt.timedelta(weeks=1)), at=noon(), by=None)

    after = events(client, person())
    assert after.keys() == before.keys()
    assert {int(event["sequence"]) for event in after.values()} == {1}


def test_group_that_is_no_more_has_an_empty_calendar(plan, wave, client):
    gone = feed_of(plan.groups.get(number=4))

    publish_plan(kept_plan(wave, groups=3), at=noon(), by=None)

    assert list(read(client, gone).walk("VEVENT")) == []


def test_draft_is_in_nobodys_calendar(organisation, client):
    make_organisation(departments=2, teams_each=1)
    kept_plan(make_wave(), groups=2)

    assert not CalendarFeed.objects.exists()


# ---- the secret address --------------------------------------------------------------------------


def test_address_is_long_and_of_chance(plan):
    tokens = {feed.token for feed in CalendarFeed.objects.all()}

    assert len(tokens) == 64
    assert all(re.fullmatch(r"[\w-]{32}", token) for token in tokens)


def test_wrong_address_is_not_found(plan, client):
    assert client.get(reverse("programme:calendar", args=["x" * 32])).status_code == 404


def test_renewed_address_works_and_the_old_one_does_not(plan, client):
    feed = feed_of(person())
    old = feed.path

    renew_feed(feed)

    assert client.get(old).status_code == 404
    assert client.get(feed.path).status_code == 200


def test_person_renews_her_own_address(plan, signed_in, member):
    client = signed_in("participant")
    own = person()
    own.user_id = client.session["_auth_user_id"]
    own.save()
    before = feed_of(own).token

    client.post(reverse("programme:renew_calendar"))

    assert feed_of(own).token != before
    assert feed_of(person("M0002")).token


def test_everybodys_addresses_differ(plan):
    assert Participant.objects.count() == CalendarFeed.objects.filter(person__isnull=False).count()
