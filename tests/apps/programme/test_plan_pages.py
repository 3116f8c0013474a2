"""The pages of plans: what they show, to whom, and in how many questions to the database."""

import re

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.programme.planning_factories import kept_plan, make_organisation, make_person, make_wave
from modig.apps.people.models import Unit
from modig.apps.programme.models import Plan, TargetPart
from modig.apps.tenancy.scope import working_for

pytestmark = pytest.mark.django_db
SEEN_BY = {
    "administrator": 200, "programme-owner": 200, "partner": 200, "chief-executive": 200,
    "reader": 200, "facilitator": 403, "team-leader": 403, "unit-manager": 403, "participant": 403,
}  # fmt: skip
PAGES = ("plan", "staffing", "comparison")


@pytest.fixture
def wave(organisation):
    make_organisation()
    return make_wave()


def page_of(client, plan, name="plan", **asked):
    return client.get(reverse(f"programme:{name}", args=[plan.pk]), asked)


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("role", "status"), SEEN_BY.items())
def test_page_is_for_those_who_see_programmes(wave, signed_in, role, status, name):
    assert page_of(signed_in(role), kept_plan(wave), name).status_code == status


@pytest.mark.parametrize(
    "name",
    [*PAGES, "publication", "lock", "plan_people", "plan_staff", "plan_groups", "plan_schedule",
     "plan_keep_apart", "plan_unit_caps", "plan_unavailable", "plan_travel", "plan_holidays", "plan_venues", "plan_facilitators", "plan_days_off", "plan_participants", "plan_meetings"],
)  # fmt: skip
def test_plan_of_another_organisation_is_not_found(
    other_organisation, organisation, signed_in, name
):
    with working_for(other_organisation):
        make_organisation(departments=2, teams_each=1)
        plan = kept_plan(make_wave(), groups=2)
    client, address = signed_in("administrator"), reverse(f"programme:{name}", args=[plan.pk])

    answer = client.post(address) if name == "lock" else client.get(address)

    assert answer.status_code == 404


def test_plan_opens_with_how_good_it_is(wave, signed_in):
    told = text_of(page_of(signed_in("programme-owner"), kept_plan(wave)))

    verdict = re.search(r'<p class="verdict m0">(.*?)</p>', told)[1]
    assert "0 överträdelser" in verdict
    assert "96,6 %" in verdict
    assert "av det bästa som går" in verdict


def test_draft_ends_in_its_publication_with_the_consequence(wave, signed_in):
    told = text_of(page_of(signed_in("programme-owner"), kept_plan(wave)))

    assert "60 personer får datum och kalender" in told


def test_plan_that_breaks_rules_says_which_and_offers_no_publication(wave, signed_in):
    plan = kept_plan(wave, groups=3)

    told = text_of(page_of(signed_in("programme-owner"), plan))

    assert "Storleken på en grupp: 3" in told
    assert reverse("programme:publication", args=[plan.pk]) not in told


def test_heat_map_counts_each_group_by_department(wave, signed_in):
    plan = kept_plan(wave)

    row = re.search(
        r'<th scope="row">Group 1</th>(.*?)</tr>', text_of(page_of(signed_in("reader"), plan))
    )

    assert re.findall(r'<td class="q(\d)">(\d+)', row[1]) == [("8", "5")] * 3


def test_department_that_is_no_longer_a_top_unit_keeps_its_column(wave, signed_in):
    plan = kept_plan(wave)
    Unit.objects.filter(code="D2").update(parent=Unit.objects.get(code="D1"))
    Unit.objects.filter(code="D3").update(code="D3-old")

    told = text_of(page_of(signed_in("reader"), plan))

    assert 'title="Department 2">D2</span>' in told
    assert '<th scope="col">D3</th>' in told


def test_reader_sees_no_names_of_those_who_come_alone(wave, signed_in):
    alone = make_person("A1", Unit.objects.get(code="D1T1U1"), first_name="Hjördis")
    TargetPart.objects.create(organisation=wave.organisation, wave=wave, person=alone)
    plan = kept_plan(wave)

    assert "Hjördis" in text_of(page_of(signed_in("programme-owner"), plan))
    reader = signed_in("reader")
    assert "Hjördis" not in text_of(page_of(reader, plan))
    assert "0 grupper passar" in text_of(page_of(reader, plan, q="Hjördis"))


def test_reader_has_no_way_to_change_the_plan(wave, signed_in):
    told = text_of(page_of(signed_in("reader"), kept_plan(wave)))

    assert 'name="lock"' not in told
    assert "/teams/" not in told
    assert "people.csv" not in told


def test_groups_are_found_by_their_teams(wave, signed_in):
    plan = kept_plan(wave)

    told = text_of(page_of(signed_in("reader"), plan, q="d2t3"))

    assert "1 grupp passar" in told
    assert len(re.findall(r'<article class="card group"', told)) == 1


def questions(client, plan, name="plan"):
    page_of(client, plan, name)
    with CaptureQueriesContext(connection) as asked:
        assert page_of(client, plan, name).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", [*PAGES, "publication"])
def test_page_asks_as_often_for_many_groups_as_for_few(organisation, signed_in, name):
    make_organisation(departments=4, teams_each=3)
    wave = make_wave(size_low=1, size_high=60)
    client = signed_in("programme-owner")
    one, twelve = kept_plan(wave, groups=1), kept_plan(wave, groups=12)

    assert questions(client, twelve, name) == questions(client, one, name)


def test_list_of_plans_asks_as_often_for_many_as_for_one(wave, signed_in):
    client, address = signed_in("programme-owner"), reverse("programme:plans", args=[wave.pk])
    found = []
    for _ in range(3):
        kept_plan(wave)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        found.append(len(asked))

    assert found[0] == found[2]


def test_many_groups_of_lone_persons_come_a_page_at_a_time(organisation, signed_in):
    make_organisation(departments=6, teams_each=1, team_size=0, staff_each=100)
    wave = make_wave(role="employee", size_low=20, size_high=24)
    plan = kept_plan(wave, groups=50)

    client = signed_in("programme-owner")
    first, last = page_of(client, plan), page_of(client, plan, page=5)

    assert len(first.content) < 900_000
    assert first.content.count(b'<article class="card group"') == 12
    assert last.content.count(b'<article class="card group"') == 2
    assert first.content.count(b'<th scope="row">Group ') == 50 + 12


def test_numbers_in_addresses_and_fields_are_never_grouped(wave, signed_in):
    plan = kept_plan(wave)
    Plan.objects.filter(pk=plan.pk).update(version=12345)

    told = text_of(page_of(signed_in("programme-owner"), plan))

    assert 'name="version" value="12345"' in told
    assert Template("{{ n }}").render(Context({"n": 12345})) == "12345"


# ---- staffing ------------------------------------------------------------------------------------


def test_staffing_shows_the_share_away_week_by_week(wave, signed_in):
    plan = kept_plan(wave)

    told = text_of(page_of(signed_in("reader"), plan, "staffing", q="D1T1U1"))

    row = re.search(r'<th scope="row">Unit 1 D1T1.*?</tr>', told)[0]
    assert re.findall(r"<td[^>]*>(\d+/\d+)", row) == ["3/15", "3/15", "3/15"]
    assert set(re.findall(r'<td class="([^"]*)"', row)) == {"q0"}
    assert "Unit 2 D1T1" not in told


def test_staffing_is_narrowed_by_department(wave, signed_in):
    told = text_of(page_of(signed_in("reader"), kept_plan(wave), "staffing", department="D3"))

    assert "Unit 1 D3T1" in told
    assert "Unit 1 D1T1" not in told


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_staffing_is_a_list_to_take_along(wave, signed_in, wanted):
    answer = page_of(signed_in("reader"), kept_plan(wave), "staffing", format=wanted)

    assert f".{wanted}" in answer["Content-Disposition"]
    if wanted == "csv":
        lines = b"".join(answer).decode("utf-8-sig").splitlines()
        assert lines[0].split(";")[:7] == [
            "Enhetskod", "Enhet", "Förvaltning", "Anställda", "Tak", "Deltar", "Som mest borta",
        ]  # fmt: skip
        assert len(lines) == 25


# ---- lists ---------------------------------------------------------------------------------------


def test_lists_of_participants_and_meetings_come_as_csv(wave, signed_in):
    plan, client = kept_plan(wave), signed_in("programme-owner")

    people = b"".join(page_of(client, plan, "plan_participants", format="csv")).decode("utf-8-sig")
    meetings = b"".join(page_of(client, plan, "plan_meetings", format="csv")).decode("utf-8-sig")

    assert people.splitlines()[0] == "Grupp;Namn;Anställningsnummer;E-post;Team"
    assert len(people.splitlines()) == 61
    assert meetings.splitlines()[1] == "2027-01-11;Group 1;Block 1;Room 1;Quay 1;Leader 1"


def test_lists_come_as_workbooks_unless_asked_otherwise(wave, signed_in):
    answer = page_of(signed_in("programme-owner"), kept_plan(wave), "plan_participants")

    assert answer.content[:2] == b"PK"


@pytest.mark.parametrize("role", ["reader", "facilitator", "participant"])
def test_lists_of_people_are_for_those_who_see_people(wave, signed_in, role):
    answer = page_of(signed_in(role), kept_plan(wave), "plan_participants")

    assert answer.status_code == 403
