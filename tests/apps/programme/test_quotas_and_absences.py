"""How many of a kind a group has, and teams that cannot come: from the form to the plan."""

import datetime as dt
from collections import Counter

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from apps.people.factories import make_team
from apps.programme.planning_factories import make_organisation, make_wave, noon
from modig.apps.programme.actions.planning import NoPlanError, make_plan_now
from modig.apps.programme.forms.waves import QuotaForm, TeamAwayForm
from modig.apps.programme.models import GroupQuota, TeamAway
from modig.apps.programme.planning_bridge import check_command
from modig.apps.programme.queries.plans import groups_by_number, meeting_rows
from modig.apps.programme.queries.quotas import Kinds
from modig.apps.programme.sentences import place_of, said_quota

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def teams(organisation):
    return make_organisation(departments=4, teams_each=3, team_size=5)


@pytest.fixture
def wave(teams):
    return make_wave(size_low=15, size_high=15, weights={"role": 1, "department": 0.01})


def ask(wave, **asked):
    return GroupQuota.objects.create(organisation=wave.organisation, wave=wave, **asked)


def departments_by_group(plan):
    by_person = {person["id"]: person["department"] for person in plan.given["people"]}
    found = {}
    for person, group in groups_by_number(plan).items():
        found.setdefault(group, Counter())[by_person[person]] += 1
    return found


def test_no_group_has_more_of_a_kind_than_the_quota_allows(wave):
    ask(wave, attribute="department", most_percent=40)
    ask(wave, attribute="department", value="D1", least=5, or_none=True)

    plan = make_plan_now(wave, at=noon(), steps=40_000)

    assert {n for group in departments_by_group(plan).values() for n in group.values()} == {5}
    assert plan.figures["violations"] == {}


def test_quota_is_in_the_command_that_checks_the_plan(wave):
    ask(wave, attribute="department", most_percent="37.5")
    ask(wave, attribute="department", value="D1", least=5, most=10, or_none=True)
    plan = make_plan_now(wave, at=noon(), steps=40_000)

    words = check_command(plan.given, groups_by_number(plan))

    asked = [words[k + 1] for k, word in enumerate(words) if word == "--quota"]
    assert asked == ["department:-37.5%", "department=D1:0|5-10"]


def test_quota_that_nobody_can_fill_is_told_with_the_place_where_it_is_set(wave):
    ask(wave, attribute="department", value="D1", least=6)

    with pytest.raises(NoPlanError) as refused:
        make_plan_now(wave, at=noon(), steps=1000)

    [(code, numbers, _english)] = refused.value.reasons
    assert place_of(code, numbers) == "quotas"
    assert "15 people are department or company D1" in str(refused.value)
    assert refused.value.status == "not_possible"


def test_quota_for_a_kind_of_nobody_is_told(wave):
    ask(wave, attribute="role", value="employee", least=1)

    with pytest.raises(NoPlanError, match="Nobody in the target group is") as refused:
        make_plan_now(wave, at=noon(), steps=1000)

    assert place_of(*refused.value.reasons[0][:2]) == "quotas"


def test_upper_limit_for_a_kind_of_nobody_asks_for_nothing(wave):
    ask(wave, attribute="role", value="employee", most=1)

    assert make_plan_now(wave, at=noon(), steps=40_000).figures["violations"] == {}


def test_group_does_not_meet_when_one_of_its_teams_cannot(wave, teams):
    first = dt.date.fromisoformat(make_plan_now(wave, at=noon(), steps=1).given["first_day"])
    until = first + dt.timedelta(weeks=9)
    TeamAway.objects.create(
        organisation=wave.organisation, wave=wave, team=teams[0], days=f"{first}–{until}"
    )

    plan = make_plan_now(wave, at=noon(), steps=40_000)

    own = plan.groups.get(placements__team=teams[0]).name
    days = [day for row in meeting_rows(plan) for day in row.dates if row.group == own]
    assert days
    assert min(days) > until
    assert plan.figures["violations"] == {}


def test_group_without_days_leads_to_the_teams_that_cannot_come():
    numbers = {"group": "A", "unavailable_days": 3, "locks": 0}

    assert place_of("group_has_no_days", numbers) == "teams_away"
    assert place_of("group_has_no_days", {**numbers, "unavailable_days": 0}) == "locks"


# ---- forms ---------------------------------------------------------------------------------------


def quota_form(wave, **sent):
    return QuotaForm({"version": 1, **sent}, wave=wave, kinds=Kinds())


WRONG = {
    "nothing": ({"kind": "gender="}, {"least": ["Write at least one number."]}),
    "both": (
        {"kind": "gender=", "most": 3, "most_percent": "40"},
        {"most_percent": ["Write a number or a share, not both."]},
    ),
    "too low": (
        {"kind": "gender=", "least": 4, "most": 3},
        {"most": ["It cannot be lower than the least number."]},
    ),
    "none of nothing": (
        {"kind": "gender=", "most": 3, "or_none": "on"},
        {"least": ["“Or none at all” needs a least number."]},
    ),
    "no kind": ({"least": 2}, {"kind": ["This field is required."]}),
}


@pytest.mark.parametrize(("sent", "errors"), WRONG.values(), ids=WRONG)
def test_quota_that_means_nothing_is_refused(wave, sent, errors):
    form = quota_form(wave, **sent)

    assert not form.is_valid()
    assert {name: [*told] for name, told in form.errors.items()} == errors


def test_quota_is_asked_for_once_and_named_as_people_know_it(wave, signed_in):
    client, here = signed_in("programme-owner"), reverse("programme:quotas", args=[wave.pk])
    sent = {"kind": "department=D1", "least": "2", "or_none": "on", "most": "5"}

    added = client.post(here, {**sent, "version": wave.version})
    wave.refresh_from_db()
    again = client.post(here, {**sent, "version": wave.version})

    quota = wave.quotas.get()
    assert (added.status_code, again.status_code) == (302, 200)
    assert said_quota(quota) == "none or at least 2, at most 5"
    assert Kinds().name(quota) == "Department 1"
    assert "Det står redan i listan" in again.content.decode()


def test_every_kind_that_the_form_offers_can_be_asked_for(wave):
    offered = [key for _part, choices in Kinds().choices() for key, _name in choices]

    assert {"department=", "department=D4", "role=manager"} <= set(offered)
    assert all(quota_form(wave, kind=key, most=5).is_valid() for key in offered)


def test_team_is_away_once_and_on_days_that_are_days(wave):
    team = make_team("Fire")
    TeamAway.objects.create(organisation=wave.organisation, wave=wave, team=team, days="2027-03-01")

    form = TeamAwayForm(
        {"version": 1, "team": team.pk, "days": "in March"},
        wave=wave,
        teams=type(team).objects.all(),
    )

    assert {*form.errors} == {"team", "days"}


@pytest.mark.database
@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({}, "asks_for_something"),
        ({"least": 3, "most": 2}, "no_more_than_it_allows"),
        ({"most_percent": 101}, "at_most_100"),
        ({"most": 2, "most_percent": 10}, "by_number_or_by_share"),
        ({"most": 2, "or_none": True}, "says_nothing_of_none"),
    ],
)
def test_database_refuses_a_quota_that_means_nothing(wave, asked, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ask(wave, attribute="gender", **asked)


def test_what_was_done_stands_in_the_log(wave, signed_in):
    client = signed_in("administrator")
    wave.refresh_from_db()
    client.post(
        reverse("programme:quotas", args=[wave.pk]),
        {"kind": "gender=", "most_percent": "60", "version": wave.version},
    )

    log = client.get(reverse("audit:list")).content.decode()

    assert "angav hur många av ett slag grupperna i" in log
