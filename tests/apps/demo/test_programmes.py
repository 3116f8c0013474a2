"""The demo's programme: two years planned and published, the rest on the timeline yet to come."""

import datetime as dt
import json
from collections import Counter

import pytest

from modig.apps.accounts.models import User
from modig.apps.demo.actions import ensure_demo
from modig.apps.demo.queries import loaded_size
from modig.apps.demo.stored_plans import FOLDER
from modig.apps.demo.users import DEMO_USERS, email_of
from modig.apps.people.actions.role_rules import apply_rules
from modig.apps.people.models import HrImport, Person
from modig.apps.programme import planning_bridge as bridge
from modig.apps.programme.models import Meeting, Participant, Plan, Programme, Wave
from modig.apps.programme.queries import plans as queries
from modig.apps.programme.queries.groups import meetings_led_by, meetings_of_person
from modig.apps.tenancy.models import Membership

TODAY = dt.date(2026, 11, 25)
MEMBERS = ("team-leader", "unit-manager", "participant", "chief-executive")


def published(number):
    return Plan.objects.get(
        wave__programme__code="modigt-ledarskap", wave__number=number, state=Plan.State.PUBLISHED
    )


def sizes(plan):
    return Counter(group.participants.count() for group in plan.groups.all())


def test_first_wave_is_four_groups_of_three_top_teams(demo):
    plan = published(1)

    assert [group.placements.count() for group in plan.groups.all()] == [3, 3, 3, 3]
    assert all(26 <= size <= 29 for size in sizes(plan))
    assert sum(sizes(plan).elements()) == 108


def test_second_wave_is_15_groups_of_leaders_with_key_persons(demo):
    plan = published(2)
    alone = Participant.objects.filter(group__plan=plan, team=None)

    assert plan.groups.count() == 15
    assert all(20 <= size <= 28 for size in sizes(plan))
    assert sum(group.placements.count() for group in plan.groups.all()) == 34
    assert alone.filter(person__nominations__isnull=False).count() == 70


@pytest.mark.parametrize(("wave", "path"), [(1, "malarvik-full-1"), (2, "malarvik-full-2")])
def test_the_stored_plan_is_the_one_that_is_loaded_and_the_checker_accepts_it(demo, wave, path):
    plan = published(wave)
    stored = json.loads((FOLDER / f"{path}.json").read_text(encoding="utf-8"))

    figures = bridge.figures_of(
        plan.given, queries.groups_by_number(plan), queries.meeting_rows(plan)
    )

    assert (plan.seed, plan.steps) == (stored["seed"], stored["steps"])
    assert figures["violations"] == {} == plan.figures["violations"]
    assert [figures[name] for name in ("value", "bound", "share", "excess", "max_share_away")] == [
        plan.figures[name] for name in ("value", "bound", "share", "excess", "max_share_away")
    ]


def test_every_group_meets_in_four_blocks_of_two_days(demo):
    meetings = Meeting.objects.filter(group__plan__state=Plan.State.PUBLISHED)

    assert meetings.count() == 19 * 4
    assert {meeting.days.count() for meeting in meetings} == {2}


def test_third_groups_meeting_was_moved_because_of_flu(demo):
    moved = Meeting.objects.get(group__plan=published(1), is_locked=True)

    assert (moved.group.name, moved.sequence, published(1).revision) == ("Grupp 3", 1, 1)


def test_timeline_goes_from_past_over_a_pause_to_waves_without_a_plan(demo):
    waves = Wave.objects.filter(programme__code="modigt-ledarskap")
    planned = set(Plan.objects.values_list("wave__number", flat=True))

    assert [wave.is_pause for wave in waves] == [False, False, True, False, False, False]
    assert planned == {1, 2}
    assert [wave.name for wave in waves[3:]] == [
        f"Uppföljning efter {months} månader" for months in (6, 12, 24)
    ]
    assert Meeting.objects.filter(days__on__lt=TODAY).exists()
    assert Programme.objects.count() == 2


def test_leading_users_have_a_next_meeting_until_a_year_from_now(demo):
    for role in ("team-leader", "unit-manager", "participant"):
        person = Person.objects.get(user__email=email_of(role))
        meetings = meetings_of_person(person)
        assert meetings[-1].days[-1] >= TODAY + dt.timedelta(days=365), role


@pytest.mark.parametrize("role", MEMBERS)
def test_members_of_groups_have_a_meeting_to_come(demo, role):
    person = Person.objects.get(user__email=email_of(role))

    assert [row for row in meetings_of_person(person) if not row.is_over(TODAY)]


def test_facilitator_leads_meetings_that_were_and_that_will_be(demo):
    led = meetings_led_by(User.objects.get(email=email_of("facilitator")))

    assert {row.is_over(TODAY) for row in led} == {True, False}


def test_every_user_has_a_name_and_a_membership(demo):
    roles = dict(Membership.objects.values_list("user__email", "role__code"))
    names = dict(User.objects.values_list("email", "name"))
    clients = Counter(Membership.across_organisations.values_list("user__email", flat=True))

    for one in DEMO_USERS:
        assert roles[email_of(one.role)] == one.membership
        assert " " in names[email_of(one.role)]
    assert [email for email, n in clients.items() if n == 2] == [
        email_of("partner"),
        email_of("account-lead"),
    ]


def test_rules_give_every_title_the_role_that_it_has(demo):
    assert apply_rules(on=TODAY) == 0


def test_last_import_was_read_in_twice_and_changed_nothing_the_second_time(demo):
    again, first = HrImport.objects.order_by("-applied_at")

    def numbers(one):
        return [one.counts[kind] for kind in ("new", "changed", "gone", "refused", "unchanged")]

    assert numbers(first) == [23, 0, 0, 2, 8497]
    assert numbers(again) == [0, 0, 0, 2, 8520]


def test_loading_again_changes_nothing(demo):
    assert not ensure_demo("full")
    assert loaded_size() == "full"


def test_days_of_a_meeting_come_in_order_by_themselves(demo):
    meeting = Meeting.objects.filter(group__plan=published(1)).first()

    days = [day.on for day in meeting.days.all()]

    assert len(days) == 2
    assert days == sorted(days)
