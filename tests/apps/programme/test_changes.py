"""A plan after people have come and gone: who, what must move and why, and a draft of it."""

import re

import pytest
from django.urls import reverse

from apps.programme.planning_factories import (
    BEGAN,
    group_of,
    kept_plan,
    make_organisation,
    make_person,
    make_wave,
    noon,
)
from modig.apps.jobs.actions import run_job, start_job
from modig.apps.jobs.models import Job
from modig.apps.people.models import Employment, ManagementTeam, Person, TeamSeat, Unit
from modig.apps.programme.actions import publish_plan
from modig.apps.programme.models import Meeting, Participant, Plan, Rules, Venue
from modig.apps.programme.planning_bridge.gently import why_moved
from modig.apps.programme.views.changes import _why_redated

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(organisation):
    make_organisation()
    return make_wave()


def grow(code, n):
    """So many new people with a seat in the team."""
    team = ManagementTeam.objects.get(code=code)
    for k in range(n):
        person = make_person(f"N{code}{k}", team.unit, role="manager", first_name="Nya")
        TeamSeat.objects.create(
            organisation=team.organisation, team=team, person=person, kind="member", from_on=BEGAN
        )


def leave(number):
    """She has left the employer."""
    Person.objects.filter(number=number).update(left_on="2020-02-02")
    Employment.objects.filter(person__number=number).update(to_on="2020-02-02")
    TeamSeat.objects.filter(person__number=number).update(to_on="2020-02-02")


def look(plan, **how):
    arguments = {"plan": plan.pk, "wave": plan.wave_id, "steps": 60_000, **how}
    job = start_job("replan", arguments, by=None, at=noon())
    run_job(job.pk)
    job.refresh_from_db()
    return job


def address(plan):
    return reverse("programme:changes", args=[plan.pk])


def page_of(client, plan):
    return re.sub(r"\s+", " ", client.get(address(plan)).content.decode())


def test_nothing_has_changed(wave, signed_in):
    assert "Samma människor som när planen gjordes" in page_of(signed_in("reader"), kept_plan(wave))


def test_page_names_who_came_left_and_moved(wave, signed_in):
    plan = kept_plan(wave)
    grow("D1T1", 1)
    leave("M0002")
    Employment.objects.filter(person__number="M0003").update(unit=Unit.objects.get(code="D2T1U1"))

    told = page_of(signed_in("programme-owner"), plan)

    assert "Nya: 1. Har slutat: 1. Bytt enhet eller team: 1." in told
    assert "Nya Öst ND1T10" in told
    assert "Öst M0002" in told
    assert "Öst M0002" not in page_of(signed_in("reader"), plan)


def test_nobody_moves_where_the_groups_can_stay(wave):
    plan = kept_plan(wave)
    grow("D1T1", 1)
    leave("M0009")

    job = look(plan)

    assert job.state == Job.State.DONE
    assert job.result["moves"] == []
    assert len(job.result["groups"]) == 60
    assert job.result["figures"]["violations"] == {}


def test_one_team_moves_where_a_group_grows_too_large(wave, signed_in):
    plan = kept_plan(wave)
    Rules.objects.update(size_low=10, size_high=20)
    grow("D1T1", 6)

    job = look(plan)

    (move,) = job.result["moves"]
    assert move[0] == "team"
    assert move[2] == group_of(plan, "D1T1").name
    assert move[4] == "too_large"
    told = page_of(signed_in("programme-owner"), plan)
    assert "Gruppen skulle bli för stor." in told
    assert Plan.objects.count() == 1


def test_meetings_that_change_are_listed_with_what_they_were_and_why(wave, signed_in):
    plan = kept_plan(wave)
    one = Meeting.objects.filter(group__plan=plan, venue__name="Room 2").order_by("pk").first()
    day = one.days.first().on
    Venue.objects.filter(name="Room 2").update(closed_days=str(day))
    block = one.block.title

    job = look(plan)

    whys = {(group, block): rules for group, block, rules in job.result["meetings_why"]}
    assert whys == {(one.group.name, 1): ["venue_closed"]}
    told = page_of(signed_in("programme-owner"), plan)
    assert "1 träff ändras" in told
    assert f'<th scope="row">{one.group.name}, {block}</th><td>' in told
    assert "Room 2, Leader 2</td>" in told
    assert "Om den låg kvar: en lokal som är stängd den dagen." in told


def test_meeting_that_only_gives_room_says_so():
    assert _why_redated([]) == "Ger plats åt andra."
    assert _why_redated(None) == ""


def test_two_teams_move_where_two_groups_grow_too_large_and_two_too_small(wave):
    plan = kept_plan(wave)
    Rules.objects.update(size_low=14, size_high=18)
    for code in ("D1T1", "D1T2"):
        grow(code, 4)
    for number in ("M0032", "M0033", "M0034", "M0037", "M0038", "M0039"):
        leave(number)

    job = look(plan)

    assert [move[4] for move in job.result["moves"]] == ["too_large", "too_large"]
    assert job.result["figures"]["violations"] == {}


def test_who_moves_is_told_what_drives_or_calls_her():
    troubled = {"full": "too_large", "small": "too_small", "mixed": "unit_over_cap"}

    told = {
        pair: why_moved(troubled, *pair)
        for pair in [
            ("full", "calm"), ("mixed", "small"), ("calm", "small"), ("small", "calm"),
            ("small", "small"), ("calm", "calm"),
        ]
    }  # fmt: skip

    assert list(told.values()) == [
        "too_large", "unit_over_cap", "too_small", "gives_room", "too_small", "gives_room",
    ]  # fmt: skip


def test_accepted_proposal_becomes_one_draft_and_changes_only_the_calendars_it_must(
    wave, signed_in
):
    plan = kept_plan(wave, is_published=True)
    Rules.objects.update(size_low=10, size_high=20)
    grow("D1T1", 6)
    look(plan)
    client = signed_in("programme-owner")
    for _ in range(2):
        client.post(address(plan), {"accept": 1})

    draft = Plan.objects.get(state=Plan.State.DRAFT)
    publish_plan(draft, at=noon(), by=None)

    changed = Participant.objects.filter(group__plan=draft, sequence__gt=0)
    moved = {one.team.code for one in changed.select_related("team")}
    assert moved - {"D1T1"} != moved
    assert len(moved) <= 2
    kept = Meeting.objects.filter(group__plan=draft, sequence=0).count()
    assert kept == Meeting.objects.filter(group__plan=draft).count()


def test_proposal_is_refused_when_people_have_changed_again(wave, signed_in):
    plan = kept_plan(wave)
    look(plan)
    leave("M0002")

    answer = signed_in("programme-owner").post(address(plan), {"accept": 1}, follow=True)

    assert "har ändrats igen" in answer.content.decode()
    assert Plan.objects.count() == 1


def test_proposal_is_refused_when_a_rule_has_changed(wave, signed_in):
    plan = kept_plan(wave)
    look(plan)
    wave.quotas.create(organisation=wave.organisation, attribute="department", most_percent=90)

    answer = signed_in("programme-owner").post(address(plan), {"accept": 1}, follow=True)

    assert "har ändrats igen" in answer.content.decode()
    assert Plan.objects.count() == 1


def test_rules_that_no_move_can_keep_say_so(wave, signed_in):
    plan = kept_plan(wave)
    Rules.objects.update(size_low=2, size_high=4)

    job = look(plan, steps=3000)

    assert job.state == Job.State.FAILED
    assert "har högst 4" in page_of(signed_in("programme-owner"), plan)


@pytest.mark.parametrize("role", ["reader", "chief-executive"])
def test_only_planners_look_for_moves(wave, signed_in, role):
    client, plan = signed_in(role), kept_plan(wave)

    assert client.get(address(plan)).status_code == 200
    assert client.post(address(plan)).status_code == 403
