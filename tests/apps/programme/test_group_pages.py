"""A group's page, its list and its attendance sheet: for its members, its leaders and planners."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from apps.programme.planning_factories import kept_plan, make_organisation, make_wave
from modig.apps.people.models import Person
from modig.apps.programme import attendance
from modig.apps.programme.actions import publish_plan
from modig.apps.programme.models import Facilitator, Meeting, MeetingDay
from modig.apps.programme.queries import groups as queries
from modig.apps.tenancy.scope import working_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(organisation):
    make_organisation()
    return kept_plan(make_wave(), is_published=True)


def address(group, name="group"):
    return reverse(f"programme:{name}", args=[group.pk])


def sign_in_as(client, member, role, *, person=None, leads=None):
    """A browser signed in as somebody who is in a group, or leads one."""
    user = member(role)
    if person:
        Person.objects.filter(number=person).update(user=user)
    if leads:
        leader = Facilitator.objects.create(
            organisation=leads.organisation, name="Agneta Brodd", user=user
        )
        Meeting.objects.filter(group=leads).update(facilitator=leader)
    client.force_login(user)
    return client


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_member_sees_dates_venue_and_who_else_is_there(plan, client, member):
    group = plan.groups.get(number=1)

    told = text_of(sign_in_as(client, member, "participant", person="M0001").get(address(group)))

    assert "Måndag 11 januari" in told
    assert "08.30–16.30" in told
    assert "Room 1, Quay 1" in told
    assert told.count("Åsa Öst M") == 15
    assert "webcal://" in told


def test_member_of_another_group_does_not(plan, client, member):
    browser = sign_in_as(client, member, "participant", person="M0001")

    assert browser.get(address(plan.groups.get(number=2))).status_code == 403


def test_facilitator_sees_only_the_groups_that_she_leads(plan, client, member):
    led, other = plan.groups.get(number=1), plan.groups.get(number=2)
    browser = sign_in_as(client, member, "facilitator", leads=led)

    assert browser.get(address(led)).status_code == 200
    assert browser.get(address(led, "attendance")).status_code == 200
    assert browser.get(address(led, "group_members")).status_code == 200
    for name in ("group", "attendance", "group_members"):
        assert browser.get(address(other, name)).status_code == 403


def test_facilitator_does_not_see_the_draft_that_she_would_lead(plan, client, member):
    draft = kept_plan(plan.wave).groups.get(number=1)

    assert (
        sign_in_as(client, member, "facilitator", leads=draft).get(address(draft)).status_code
        == 403
    )


def test_reader_sees_the_dates_and_no_names(plan, signed_in):
    group = plan.groups.get(number=1)
    browser = signed_in("reader")

    told = text_of(browser.get(address(group)))

    assert "Room 1, Quay 1" in told
    assert "Åsa Öst" not in told
    assert "webcal://" not in told
    assert browser.get(address(group, "attendance")).status_code == 403


def test_group_of_another_organisation_is_not_found(other_organisation, organisation, signed_in):
    with working_for(other_organisation):
        make_organisation(departments=2, teams_each=1)
        group = kept_plan(make_wave(), groups=2).groups.first()
    browser = signed_in("administrator")

    for name in ("group", "attendance", "group_members"):
        assert browser.get(address(group, name)).status_code == 404


def test_replaced_group_says_so(plan, signed_in):
    publish_plan(kept_plan(plan.wave), at=timezone.now(), by=None)

    told = text_of(signed_in("programme-owner").get(address(plan.groups.get(number=1))))

    assert "En nyare plan har ersatt den här gruppen" in told
    assert "webcal://" not in told


@pytest.mark.parametrize("name", ["group", "group_members", "attendance"])
def test_page_asks_as_often_for_many_members_as_for_few(organisation, signed_in, name):
    make_organisation(departments=4, teams_each=3)
    wave = make_wave(size_low=1, size_high=60)
    small = kept_plan(wave, groups=12).groups.first()
    large = kept_plan(wave, groups=1).groups.first()
    browser = signed_in("programme-owner")
    asked = []
    for group in (small, large):
        browser.get(address(group, name))
        with CaptureQueriesContext(connection) as found:
            browser.get(address(group, name))
        asked.append(len(found))

    assert asked[0] == asked[1]


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_members_are_a_list_to_take_along(plan, signed_in, wanted):
    answer = signed_in("programme-owner").get(
        address(plan.groups.get(number=1), "group_members"), {"format": wanted}
    )

    assert f"group-1.{wanted}" in answer["Content-Disposition"]
    if wanted == "csv":
        lines = b"".join(answer).decode("utf-8-sig").splitlines()
        assert len(lines) == 16
        assert lines[1].startswith("Åsa Öst M0001;M0001;;Team D1T1;")


# ---- the attendance sheet ------------------------------------------------------------------------


def test_attendance_sheet_is_a_tagged_pdf_with_a_page_for_every_meeting(plan, signed_in):
    answer = signed_in("programme-owner").get(address(plan.groups.get(number=1), "attendance"))

    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="group-1-narvaro.pdf"' in answer["Content-Disposition"]
    assert answer.content[:5] == b"%PDF-"
    assert b"/StructTreeRoot" in answer.content
    assert b"pdfuaid" in answer.content
    assert re.search(rb"/Count 3\b", answer.content)


def test_attendance_sheet_says_who_when_and_where(plan):
    group = queries.all_groups().get(plan=plan, number=1)
    members = queries.members_of(group, timezone.localdate())

    with translation.override("sv"):
        told = attendance._told(group, queries.meetings_of_group(group), members)

    meeting, first = told["meetings"][0], told["members"][0]
    assert (meeting["venue"], meeting["facilitator"]) == ("Room 1, Quay 1", "Leader 1")
    assert meeting["days"] == ["11/1"]
    assert "08.30–16.30" in meeting["when"]
    assert first == {"name": "Åsa Öst M0001", "team": "Team D1T1", "work": "Unit 1 D1T1"}
    assert told["words"]["sign"] == "Underskrift"


def test_names_with_signs_of_the_typesetter_are_printed_as_they_are(plan):
    Person.objects.filter(number="M0001").update(first_name='#Å[*_$"\\', last_name="] <b> @x")
    group = queries.all_groups().get(plan=plan, number=1)

    made = attendance.attendance_sheet(
        group, queries.meetings_of_group(group), queries.members_of(group, timezone.localdate())
    )

    assert made[:5] == b"%PDF-"


def test_group_without_dates_has_no_sheet(plan, signed_in):
    group = plan.groups.get(number=1)
    MeetingDay.objects.filter(meeting__group=group).delete()

    browser = signed_in("programme-owner")

    assert browser.get(address(group, "attendance")).status_code == 404
    assert "Gruppen har inga datum än" in text_of(browser.get(address(group)))


def test_lone_members_stand_last(plan):
    group = plan.groups.get(number=1)
    group.participants.filter(person__number="M0001").update(team=None)

    members = queries.members_of(group, dt.date(2027, 1, 1))

    assert str(members[-1].person) == "Åsa Öst M0001"
