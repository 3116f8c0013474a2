"""Home and everybody's own dates: what comes next for each role, and nothing of anybody else."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.programme.planning_factories import kept_plan, make_organisation, make_wave
from modig.apps.people.about import told_about
from modig.apps.people.models import Person
from modig.apps.programme.models import CalendarFeed, Facilitator, TargetPart
from modig.apps.tenancy.scope import working_for

pytestmark = pytest.mark.django_db
ROLES = (
    "administrator", "programme-owner", "facilitator", "team-leader", "unit-manager", "participant",
    "chief-executive", "partner", "reader",
)  # fmt: skip


def next_monday():
    today = timezone.localdate()
    return today + dt.timedelta(days=7 - today.weekday())


@pytest.fixture
def plan(organisation):
    """A published plan whose first meetings are next week."""
    make_organisation()
    return kept_plan(make_wave(first_day=next_monday()), first=next_monday(), is_published=True)


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def come_as(client, member):
    """Sign in as a member who is this person, or leads groups under this name."""

    def come(role, *, person=None, leader=None):
        user = member(role)
        Person.objects.filter(number=person).update(user=user)
        Facilitator.objects.filter(name=leader).update(user=user)
        client.force_login(user)
        return client

    return come


@pytest.mark.parametrize("role", ROLES)
def test_home_opens_for_every_role(organisation, signed_in, role):
    assert signed_in(role).get("/").status_code == 200


def test_nothing_to_do_is_said_calmly(organisation, signed_in):
    told = text_of(signed_in("participant").get("/"))

    assert "<h1>Allt är klart</h1>" in told
    assert 'class="pic"' in told


def test_participant_is_told_her_next_meeting(plan, come_as):
    told = text_of(come_as("participant", person="M0001").get("/"))

    assert "Nästa träff är Block 1, måndag" in told
    assert "kl. 08.30 i Room 1" in told
    assert reverse("programme:mine") in told


def test_facilitator_prepares_the_meetings_of_the_coming_days(plan, come_as):
    told = text_of(come_as("facilitator", leader="Leader 2").get("/"))

    group = plan.groups.get(number=2)
    assert "En sak att göra, Facilitator" in told
    assert "Du leder Group 2: ”Block 1”" in told
    assert reverse("programme:attendance", args=[group.pk]) in told
    assert "Du leder" in told


def test_programme_owner_is_told_what_is_missing(organisation, signed_in):
    told = text_of(signed_in("programme-owner").get("/"))

    assert "En sak att göra" in told
    assert reverse("programme:programme_new") in told


def questions(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def waves_of_two_and_five_blocks():
    """Two published plans, one wave after the other, with everybody in them."""
    make_organisation(departments=2, teams_each=2)
    programme = None
    for number, blocks in ((1, 2), (2, 5)):
        size = {"size_low": 1, "size_high": 30}
        wave = make_wave(number=number, programme=programme, blocks=blocks, weeks=50, **size)
        programme = wave.programme
        yield kept_plan(wave, groups=1, is_published=True)


@pytest.mark.parametrize("name", ["home", "mine"])
def test_page_asks_as_often_for_many_meetings_as_for_few(organisation, come_as, name):
    plans = waves_of_two_and_five_blocks()
    next(plans)
    browser = come_as("participant", person="M0001", leader="Leader 1")
    few = questions(browser, reverse(f"programme:{name}"))
    next(plans)

    assert questions(browser, reverse(f"programme:{name}")) == few


# ---- one's own dates -----------------------------------------------------------------------------


def test_own_page_has_group_dates_and_calendar(plan, come_as):
    told = text_of(come_as("participant", person="M0001").get(reverse("programme:mine")))

    feed = CalendarFeed.objects.get(person__number="M0001")
    assert "Group 1, tillsammans med Team D1T1." in told
    assert f"webcal://testserver{feed.path}" in told
    assert f'value="http://testserver{feed.path}"' in told
    assert "Block 3" in told
    assert told.count("Åsa Öst M") == 15


def test_own_page_without_a_place_says_what_will_stand_there(organisation, signed_in):
    told = text_of(signed_in("participant").get(reverse("programme:mine")))

    assert "Inga datum än" in told
    assert "webcal://" not in told


def test_leader_without_a_place_is_told_where_her_meetings_stand(plan, come_as):
    leader = plan.groups.first().meetings.first().facilitator.name

    told = text_of(come_as("facilitator", leader=leader).get(reverse("programme:mine")))

    assert "Det du leder står på startsidan" in told


def test_draft_shows_nobody_her_place(organisation, come_as):
    make_organisation(departments=2, teams_each=1)
    kept_plan(make_wave(), groups=2)

    told = text_of(come_as("participant", person="M0001").get(reverse("programme:mine")))

    assert "Inga datum än" in told


def test_meetings_that_have_been_are_folded_away(organisation, come_as):
    make_organisation(departments=2, teams_each=1)
    first = next_monday() - dt.timedelta(weeks=3)
    wave = make_wave(first_day=first, size_low=5, size_high=15)
    kept_plan(wave, groups=2, first=first, is_published=True)

    told = text_of(come_as("participant", person="M0001").get(reverse("programme:mine")))

    assert "1 träff som har varit" in told


def others_page(number):
    return reverse("programme:participant", args=[Person.objects.get(number=number).pk])


def test_planner_sees_a_participants_dates_and_not_her_secret_address(plan, signed_in):
    told = text_of(signed_in("programme-owner").get(others_page("M0001")))

    assert "Åsa Öst M0001" in told
    assert "Block 1" in told
    assert CalendarFeed.objects.get(person__number="M0001").token not in told


def test_facilitator_sees_the_dates_of_those_she_leads(plan, come_as):
    browser = come_as("facilitator", leader="Leader 2")

    assert browser.get(others_page("M0006")).status_code == 200  # Team D1T2 is in Group 2
    assert browser.get(others_page("M0011")).status_code == 403


def test_participant_sees_her_own_dates_and_no_colleagues(plan, come_as):
    browser = come_as("participant", person="M0001")

    assert browser.get(others_page("M0001")).status_code == 200
    assert browser.get(others_page("M0002")).status_code == 403


def test_participant_of_another_organisation_is_not_found(
    other_organisation, organisation, signed_in
):
    with working_for(other_organisation):
        make_organisation(departments=2, teams_each=1)
        address = others_page("M0001")

    assert signed_in("administrator").get(address).status_code == 404


def test_participants_page_asks_as_often_for_many_meetings_as_for_few(organisation, signed_in):
    plans, browser = waves_of_two_and_five_blocks(), signed_in("programme-owner")
    next(plans)
    few = questions(browser, others_page("M0001"))
    next(plans)

    assert questions(browser, others_page("M0001")) == few


# ---- what is stored about a person ---------------------------------------------------------------


def told(number):
    sections = told_about(Person.objects.get(number=number))
    return {section.heading: list(section.entries) for section in sections}


def test_person_is_told_her_groups_dates_and_calendar(plan, organisation):
    kept_plan(plan.wave)
    person = Person.objects.get(number="M0001")
    TargetPart.objects.create(organisation=organisation, wave=plan.wave, person=person)

    found = told("M0001")

    assert found["Dina grupper och datum"][0] == "Group 1, Brave leadership, Wave 1, Team D1T1"
    assert len(found["Dina grupper och datum"]) == 1 + 3 + 1
    assert "D1T1" in found["Det som den senaste planen gjordes av"][0]
    assert len(found["Din roll i programmen"]) == 2


def test_what_the_plan_was_made_from_is_told_in_words(plan):
    unit = Person.objects.get(number="M0001").employments.get().unit
    type(unit).objects.filter(pk=unit.pk).update(name="Lillskolan")

    (fact,) = told("M0001")["Det som den senaste planen gjordes av"]

    assert "enhet Lillskolan" in fact
    assert unit.code not in fact


def test_only_who_takes_part_is_asked_to_promise(plan, come_as):
    here = f'href="{reverse("programme:promise_new")}"'

    assert here in text_of(come_as("participant", person="M0001").get("/"))
    Person.objects.update(user=None)
    assert here not in text_of(come_as("reader", person="M0001").get("/"))


def test_person_without_a_plan_is_told_nothing(organisation):
    make_organisation(departments=1, teams_each=1)

    assert told("SD1T1U10") == {}


def test_draft_tells_how_many_and_not_where(organisation):
    make_organisation(departments=2, teams_each=1)
    kept_plan(make_wave(), groups=2)

    entries = told("M0001")["Dina grupper och datum"]

    assert entries == ["Du har en plats i 1 plan som är ett utkast eller har ersatts."]
