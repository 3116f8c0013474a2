"""What a programme needs next: each thing that can be missing, said with its page."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from apps.people.factories import make_seat, make_team
from apps.programme.setup.factories import (
    TODAY,
    days,
    make_facilitator,
    make_group,
    make_manager,
    make_plan,
    make_programme,
    make_venue,
    make_wave,
)
from modig.apps.people.models import Person
from modig.apps.programme.models import (
    ClosedWeeks,
    Facilitator,
    Group,
    Meeting,
    TargetPart,
    TeamPlacement,
    Venue,
)
from modig.apps.programme.queries.missing import missing_in, overview
from modig.apps.programme.queries.next_steps import next_steps

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def missing(programme, on=TODAY):
    return [one.title for one in missing_in(overview([programme], on), programme)]


def ready_wave(organisation, programme=None, **fields):
    """A wave that has all that a plan needs."""
    wave = make_wave(programme, **fields)
    for name in ("Ann A", "Bo B"):
        make_manager(name)
    TargetPart.objects.create(organisation=organisation, wave=wave, role="manager")
    make_venue()
    make_facilitator()
    return wave


def test_programme_without_a_wave_needs_one(organisation):
    assert missing(make_programme()) == ["Brave leadership has no wave yet"]


def test_a_pause_is_no_wave(organisation):
    programme = make_programme()
    make_wave(programme, kind="pause", rules=False, blocks=0)

    assert missing(programme) == ["Brave leadership has no wave yet"]


def test_bare_wave_needs_all_that_a_plan_needs(organisation):
    wave = make_wave(rules=False, blocks=0)

    assert missing(wave.programme) == [
        "Wave 1 has no target group",
        "Wave 1 has no blocks",
        "Wave 1 has no rules",
        "There is no facilitator",
    ]


def test_ready_wave_needs_a_plan(organisation):
    wave = ready_wave(organisation)

    (one,) = missing_in(overview([wave.programme], TODAY), wave.programme)

    assert (one.title, one.why) == (
        "Wave 1 has no plan yet",
        "All that it needs is there: 2 people.",
    )
    assert one.url == reverse("programme:plans", args=[wave.pk])


def test_draft_is_to_be_looked_at(organisation):
    wave = ready_wave(organisation)
    make_plan(wave, state="draft")

    assert missing(wave.programme) == ["The plan of Wave 1 is not published"]


def test_target_that_names_nobody_is_said(organisation):
    wave = ready_wave(organisation)
    wave.target_parts.update(role="key_person")

    assert missing(wave.programme) == ["Nobody is in the target group of Wave 1 today"]


def test_venues_that_are_too_small_are_said_with_the_size(organisation):
    wave = ready_wave(organisation)
    wave.rules.size_high = 31
    wave.rules.save()

    assert missing(wave.programme) == ["No venue seats 31"]


def test_only_the_chosen_venues_count(organisation):
    wave = ready_wave(organisation)
    wave.rules.venues.add(make_venue("Cupboard", seats=2))

    assert missing(wave.programme) == ["No venue seats 6"]


def test_team_that_is_larger_than_a_group_is_named(organisation):
    wave = ready_wave(organisation, rules={"size_low": 2, "size_high": 3})
    people = [make_manager(f"M M{k}") for k in range(4)]
    make_team("Care leads", members=people)

    assert missing(wave.programme) == ["Care leads does not fit into a group"]


def test_too_few_people_for_a_group_are_said(organisation):
    wave = ready_wave(organisation, rules={"size_low": 5, "size_high": 6})

    assert missing(wave.programme) == ["Wave 1 has too few people for a group"]


def test_too_few_weeks_are_said(organisation):
    wave = ready_wave(organisation, blocks=4, rules={"weeks": 12})

    (one,) = missing_in(overview([wave.programme], TODAY), wave.programme)

    assert one.title == "The weeks of Wave 1 are too few"
    assert one.why == (
        "4 blocks with at least 4 weeks between them need 13 weeks, but there are 12."
    )


def test_closed_weeks_can_leave_too_few(organisation):
    wave = ready_wave(organisation, blocks=2, rules={"weeks": 6})
    monday = wave.rules.first_day - dt.timedelta(days=wave.rules.first_day.weekday())
    ClosedWeeks.objects.create(
        organisation=organisation,
        wave=wave,
        first_monday=monday,
        last_monday=monday + dt.timedelta(weeks=2),
    )

    (one,) = missing_in(overview([wave.programme], TODAY), wave.programme)

    assert one.why == "2 blocks do not fit into 6 weeks around the closed ones."


def test_first_day_outside_the_wave_is_said(organisation):
    wave = ready_wave(organisation)
    wave.rules.first_day = wave.starts_on - dt.timedelta(days=1)
    wave.rules.save()

    assert missing(wave.programme) == ["The first day of Wave 1 lies outside it"]


@pytest.fixture
def published(organisation):
    """A wave whose two managers have dates to come, with a room and a leader."""
    wave = ready_wave(organisation)
    make_group(
        make_plan(wave),
        Person.objects.all(),
        meets=(5, 50),
        venue=Venue.objects.get(),
        facilitator=Facilitator.objects.get(),
    )
    return wave


def test_published_wave_needs_nothing(published):
    assert missing(published.programme) == []


def test_managers_appointed_since_the_plan_are_counted(published):
    make_manager("New One", from_on=days(-3))
    make_manager("New Two", from_on=days(-2))

    (one,) = missing_in(overview([published.programme], TODAY), published.programme)

    assert one.title == "2 new managers have no group"
    assert one.url.endswith("/coverage/?state=new")


def test_others_without_a_place_are_counted_by_wave(published):
    make_manager("Old Hand")

    assert missing(published.programme) == ["1 person of Wave 1 has no place"]


def test_groups_without_a_leader_or_a_room_are_counted(published):
    Meeting.objects.update(venue=None, facilitator=None)

    assert missing(published.programme) == ["1 group has no facilitator", "1 group has no venue"]


def test_past_meetings_need_neither_leader_nor_room(organisation):
    wave = ready_wave(organisation)
    make_group(make_plan(wave), Person.objects.all(), meets=(-20, -5))

    assert missing(wave.programme) == []


def test_participants_who_have_left_are_counted(published):
    person = Person.objects.all().first()
    person.left_on = days(-1)
    person.save()

    assert "1 participant of Wave 1 has left" in missing(published.programme)


def test_vacant_places_of_teams_that_take_part_are_counted(published):
    team = make_team("Care leads")
    make_seat(team, None)
    make_seat(make_team("Elsewhere"), None)
    own = {"organisation": published.organisation}
    TeamPlacement.objects.create(**own, group=Group.objects.get(), team=team)

    (one,) = missing_in(overview([published.programme], TODAY), published.programme)

    assert (one.title, one.why) == ("1 place in a team is vacant", "In Care leads.")
    assert one.url == reverse("people:team", args=[team.pk])


def test_newer_draft_is_to_be_compared(published):
    make_plan(published, state="draft")

    assert missing(published.programme) == ["A newer plan of Wave 1 is waiting"]


def test_wave_that_is_over_needs_nothing(organisation):
    wave = make_wave(rules=False, blocks=0, ends_on=days(-1))

    assert missing(wave.programme) == []


def test_programme_that_is_over_needs_nothing(organisation):
    assert missing(make_programme(starts_on=days(-200), ends_on=days(-1))) == []


def test_distant_wave_waits_until_what_runs_is_in_order(published):
    make_wave(published.programme, number=2, starts_on=days(190), rules=False, blocks=0)
    make_manager("New One", from_on=days(-3))

    found = missing(published.programme)

    assert found[0] == "1 new manager has no group"
    assert "Wave 2 has no target group" in found


def test_only_the_first_distant_wave_is_asked_about(published):
    for number, day in ((2, 195), (3, 190)):
        wave = {"starts_on": days(day), "rules": False, "blocks": 0}
        make_wave(published.programme, number=number, **wave)

    found = missing(published.programme)

    assert "Wave 3 has no target group" in found
    assert "Wave 2 has no target group" not in found


def test_purpose_is_asked_for_last(organisation):
    assert missing(make_programme(purpose="")) == [
        "Brave leadership has no wave yet",
        "Brave leadership has no purpose in words",
    ]


# ---- next steps ----------------------------------------------------------------------------------


def steps(user):
    return [(step.title, step.why) for step in next_steps(user, TODAY)]


def test_first_step_is_a_programme(organisation, member):
    (step,) = next_steps(member("programme-owner"), TODAY)

    assert (step.title, step.url) == ("Make the first programme", "/programmes/new/")


def test_steps_name_the_programme_where_there_are_several(organisation, member):
    make_programme("One")
    make_programme("Two")

    found = steps(member("programme-owner"))

    assert found[0] == (
        "One has no wave yet",
        "One: a wave says who takes part, when, and in which blocks.",
    )


def test_steps_come_from_open_programmes_only(organisation, member):
    make_programme("Old", starts_on=days(-200), ends_on=days(-1))

    assert steps(member("programme-owner"))[0][0] == "Make the first programme"


@pytest.mark.parametrize(
    "role", ["reader", "chief-executive", "participant", "unit-manager", "facilitator"]
)
def test_only_who_may_act_is_given_steps(organisation, member, role):
    make_wave()

    assert steps(member(role)) == []


def test_as_many_queries_for_three_programmes_as_for_one(
    organisation, member, django_assert_num_queries
):
    user = member("programme-owner")
    make_wave(make_programme("One"))
    next_steps(user, TODAY)
    with CaptureQueriesContext(connection) as one:
        next_steps(user, TODAY)
    for name in ("Two", "Three"):
        programme = make_programme(name)
        for number in (1, 2):
            make_wave(programme, number=number)

    with django_assert_num_queries(len(one)):
        next_steps(user, TODAY)
