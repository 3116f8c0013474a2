"""How many of a kind, teams that cannot come, places far apart: from the form to the plan."""

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from apps.people.factories import make_team
from apps.programme.planning_factories import make_organisation, make_wave, noon
from modig.apps.jobs.actions import run_job, start_job
from modig.apps.programme.actions.planning import NoPlanError, make_plan_now, propose_replan
from modig.apps.programme.forms.waves import FarApartForm, QuotaForm, TeamAwayForm
from modig.apps.programme.models import Facilitator, FarApart, GroupQuota, TeamAway, Venue
from modig.apps.programme.planning_bridge import check_command
from modig.apps.programme.planning_bridge.gently import homes_of, troubled_groups
from modig.apps.programme.queries.plans import groups_by_number, meeting_rows, what_is_given
from modig.apps.programme.queries.quotas import Kinds
from modig.apps.programme.queries.resources import places_of_venues
from modig.apps.programme.sentences import place_of, reason_sentence, said_quota
from modig.cli.plan import main

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
    assert (
        "Only 15 people are from Department 1, but 24 would be needed: ask for at least 3 in a"
        in (str(refused.value))
    )
    assert refused.value.status == "not_possible"


def test_quota_that_most_groups_must_do_without_is_to_be_taken_out(wave):
    ask(wave, attribute="department", value="D1", least=20)
    GroupQuota.objects.update(attribute="unit", value="D1T1U1")

    with pytest.raises(NoPlanError) as refused:
        make_plan_now(wave, at=noon(), steps=1000)

    told = (
        "Only 3 people are from Unit 1 D1T1, but 80 would be needed: take the rule out, or ask for"
    )
    assert told in str(refused.value)


def test_quota_in_per_cent_is_answered_in_per_cent(wave):
    ask(wave, attribute="department", most_percent=20)

    with pytest.raises(NoPlanError) as refused:
        make_plan_now(wave, at=noon(), steps=1000)

    assert (
        "15 people are from Department 1, too many for 20 per cent of every group: allow 27 per cent."
    ) in str(refused.value)


def test_several_reasons_lead_to_their_rule_once(wave, signed_in):
    ask(wave, attribute="department", most_percent=20)
    job = start_job("plan", {"wave": wave.pk, "steps": 1000, "seed": 1}, by=None, at=noon())
    run_job(job.pk)

    page = signed_in("programme-owner").get(reverse("programme:plans", args=[wave.pk]))

    told = page.content.decode()
    assert told.count("20 procent av varje grupp") == 4
    failure = told[told.index('id="failure"') :].partition("</section>")[0]
    assert failure.count(reverse("programme:quotas", args=[wave.pk])) == 1


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


def test_team_that_is_away_too_often_is_named_and_more_time_is_not_asked_for(wave, teams):
    first = dt.date.fromisoformat(what_is_given(wave, on=noon().date())["first_day"])
    TeamAway.objects.create(
        organisation=wave.organisation,
        wave=wave,
        team=teams[0],
        days=f"{first + dt.timedelta(weeks=2)}–{first + dt.timedelta(weeks=29)}",
    )

    with pytest.raises(NoPlanError) as refused:
        make_plan_now(wave, at=noon(), steps=1000)

    [(code, numbers, _english)] = refused.value.reasons
    assert refused.value.status == "not_possible"
    assert str(refused.value).startswith(
        "No plan is possible with these rules. The team Team D1T1 can come on only "
    )
    assert place_of(code, numbers) == "teams_away"


def test_group_that_nobody_has_seen_is_told_by_its_teams():
    numbers = {"group": "A", "unavailable_days": 3, "locks": 0, "absent": "Team X, Team Y"}

    told = reason_sentence("group_has_no_days", numbers, "")

    assert told.startswith("In one group, the days when Team X, Team Y can come do not hold")


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


def test_quota_is_named_in_full_before_it_is_taken_out(wave, signed_in):
    quota = ask(wave, attribute="department", value="D1", least=2)

    page = signed_in("programme-owner").get(reverse("programme:quota_deletion", args=[quota.pk]))

    assert "Department 1: minst 2" in page.content.decode()


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


# ---- places far apart ----------------------------------------------------------------------------


@pytest.fixture
def far_wave(wave):
    """Two venues far from each other, and one facilitator for four groups."""
    own = {"organisation": wave.organisation}
    Venue.objects.all().delete()
    Facilitator.objects.all().delete()
    for name, place in (("Red", "North"), ("Blue", "South")):
        Venue.objects.create(**own, name=name, place=place, seats=20)
    Facilitator.objects.create(**own, name="Ada")
    FarApart.objects.create(**own, wave=wave, place_a="South", place_b="North")
    return wave


def test_nobody_leads_far_away_the_day_after(far_wave):
    plan = make_plan_now(far_wave, at=noon(), steps=40_000)

    led = sorted((day, row.venue) for row in meeting_rows(plan) for day in row.dates)
    next_days = [
        (a, b) for (one, a), (other, b) in pairwise(led) if other - one == dt.timedelta(days=1)
    ]
    assert plan.figures["violations"] == {}
    assert all(a == b for a, b in next_days)


def test_far_places_are_in_the_files_and_the_command(far_wave, signed_in, tmp_path, monkeypatch):
    plan = make_plan_now(far_wave, at=noon(), steps=40_000)
    client = signed_in("programme-owner")
    files = ["people", "groups", "schedule", "staff", "venues", "facilitators", "travel"]
    for name in (*files, "holidays"):
        answer = client.get(reverse(f"programme:plan_{name}", args=[plan.pk]))
        file = f"{name}.csv" if name in files else f"{name}.txt"
        (tmp_path / file).write_bytes(answer.content)
    monkeypatch.chdir(tmp_path)

    words = check_command(plan.given, groups_by_number(plan))

    assert "--travel" in words
    assert (tmp_path / "travel.csv").read_text().split() == ["from,to,minutes", "South,North,1"]
    assert main(words[2:]) == 0


def test_two_places_are_far_apart_once_and_in_either_order(far_wave):
    sent = {"version": 1, "place_a": "North", "place_b": "South"}

    again = FarApartForm(sent, wave=far_wave, places=places_of_venues())
    itself = FarApartForm({**sent, "place_b": "North"}, wave=far_wave, places=places_of_venues())

    assert again.errors == {"place_b": ["These two are in the list already."]}
    assert itself.errors == {"place_b": ["A place cannot be far from itself."]}
    assert places_of_venues() == ["South", "North"]


def test_page_of_far_places_offers_them_and_keeps_the_main_menu(far_wave, signed_in):
    page = signed_in("programme-owner").get(reverse("programme:far_apart", args=[far_wave.pk]))

    assert 'value="North"' in page.content.decode()
    assert ">Riktning<" in page.content.decode()


@pytest.mark.database
def test_database_refuses_a_place_far_from_itself(wave):
    with pytest.raises(IntegrityError, match="not_far_from_itself"), transaction.atomic():
        FarApart.objects.create(organisation=wave.organisation, wave=wave, place_a="A", place_b="A")


# ---- planning again ------------------------------------------------------------------------------


def test_plan_made_again_gives_no_meeting_to_somebody_who_is_off_by_now(wave):
    plan = make_plan_now(wave, at=noon(), steps=40_000)
    meeting = plan.groups.first().meetings.order_by("block__number").first()
    days = [one.on for one in meeting.days.all()]
    leader = meeting.facilitator
    leader.days_off = "\n".join(day.isoformat() for day in days)
    leader.save()

    found = propose_replan(plan, at=noon(), steps=40_000)

    assert found["figures"]["violations"] == {}
    assert found["moves"] == []


def test_who_moves_for_a_quota_is_told_so(wave):
    plan = make_plan_now(wave, at=noon(), steps=40_000)
    ask(wave, attribute="department", most=5)
    given = what_is_given(wave, on=noon().date())
    one_place = dict.fromkeys(groups_by_number(plan), "Group 1")

    troubled = troubled_groups({**given, "size": [1, 60]}, homes_of(given, one_place))

    assert troubled == {"Group 1": "quota"}
