"""Moving teams and meetings: told what it costs, done whole, never over somebody else's change."""

import datetime as dt

import pytest
from django.urls import reverse

from apps.programme.planning_factories import (
    START,
    group_of,
    kept_plan,
    make_organisation,
    make_person,
    make_wave,
    noon,
)
from modig.apps.audit.models import AuditEvent
from modig.apps.programme import planning_bridge as bridge
from modig.apps.programme.actions import make_plan_now
from modig.apps.programme.actions.plans import (
    GroupWouldBeEmptyError,
    PlanBreaksRulesError,
    PlanIsReplacedError,
    move_meeting,
    move_team,
    set_lock,
)
from modig.apps.programme.models import (
    Facilitator,
    Meeting,
    Participant,
    Plan,
    TargetPart,
    TeamPlacement,
    Venue,
)
from modig.apps.programme.queries import plans as queries
from modig.apps.tenancy.actions import EditedMeanwhileError

pytestmark = pytest.mark.django_db
WIDE = {"size_low": 5, "size_high": 25}


@pytest.fixture
def teams(organisation):
    return make_organisation()


def now(plan):
    return Plan.objects.get(pk=plan.pk)


def team_price(plan, team, to):
    return bridge.price_of_team_move(
        plan.given,
        queries.groups_by_number(plan),
        queries.meeting_rows(plan),
        before=plan.figures,
        key=("team", team),
        to=to.name,
    )


def meeting_price(plan, meeting, to, venues=("Room 1", "Room 2"), leaders=("Leader 1", "Leader 2")):
    return bridge.price_of_meeting_move(
        plan.given,
        queries.groups_by_number(plan),
        queries.meeting_rows(plan),
        before=plan.figures,
        of=(meeting.group.name, meeting.block.number),
        to=to,
        venues=venues,
        facilitators=leaders,
    )


def move(plan, team, to, **how):
    given = {"key": ("team", team), "to": to, "by": None, "at": noon()}
    move_team(plan, **{**given, "version": plan.version, **how})


# ---- teams ---------------------------------------------------------------------------------------


def test_price_of_a_move_is_what_the_checker_finds_afterwards(teams):
    plan = kept_plan(make_wave(**WIDE))
    to = plan.groups.get(number=3)
    price = team_price(plan, "D1T1", to)

    move(plan, "D1T1", to)

    after = now(plan).figures
    assert (price.after["value"], price.after["share"]) == (after["value"], after["share"])
    assert price.after["violations"] == after["violations"]
    assert price.value == after["value"] - plan.figures["value"]
    assert price.sizes == {"Group 1": 10, "Group 3": 20}


def test_price_names_the_rules_that_would_break(teams):
    plan = kept_plan(make_wave())

    price = team_price(plan, "D1T1", plan.groups.get(number=3))

    assert price.broken == {"size": 2}


def test_price_tells_when_a_venue_has_too_few_seats(teams):
    wave = make_wave(**WIDE)
    Venue.objects.update(seats=15)
    plan = kept_plan(wave)

    price = team_price(plan, "D1T1", plan.groups.get(number=3))

    assert price.crowded == [{"group": "Group 3", "venue": "Room 3", "people": 20, "seats": 15}]


def test_whole_team_moves_and_is_locked_where_it_goes(teams):
    plan = kept_plan(make_wave(**WIDE))
    to = plan.groups.get(number=3)

    move(plan, "D1T1", to)

    assert group_of(plan, "D1T1") == to
    assert TeamPlacement.objects.get(group__plan=plan, team__code="D1T1").is_locked
    groups = Participant.objects.filter(group__plan=plan, team__code="D1T1").values_list("group")
    assert set(groups) == {(to.pk,)}
    assert AuditEvent.objects.filter(deed="team moved").count() == 1


def test_lone_person_moves_by_her_number(teams):
    wave = make_wave(**WIDE)
    alone = make_person("A1", teams[0].unit)
    TargetPart.objects.create(organisation=wave.organisation, wave=wave, person=alone)
    plan = kept_plan(wave)
    place = Participant.objects.get(group__plan=plan, person=alone)
    to = plan.groups.exclude(pk=place.group_id).first()

    move(plan, "", to, key=("alone", "A1"))

    place.refresh_from_db()
    assert (place.group, place.is_locked) == (to, True)


def test_last_team_cannot_leave_its_group(teams):
    plan = kept_plan(make_wave(size_low=1, size_high=30, groups=0), groups=12)

    with pytest.raises(GroupWouldBeEmptyError):
        move(plan, "D1T1", plan.groups.exclude(placements__team__code="D1T1").first())


@pytest.mark.database
def test_move_on_what_somebody_else_changed_is_refused(teams):
    plan = kept_plan(make_wave(**WIDE))
    to = plan.groups.get(number=3)
    move(plan, "D1T1", to)

    with pytest.raises(EditedMeanwhileError):
        move(plan, "D1T2", to)


def test_published_plan_takes_no_move_that_breaks_a_rule(teams):
    plan = kept_plan(make_wave(), is_published=True)
    to = plan.groups.get(number=3)

    with pytest.raises(PlanBreaksRulesError):
        move(plan, "D1T1", to)

    assert group_of(plan, "D1T1").number == 1
    assert now(plan).version == plan.version


def test_replaced_plan_stays_as_it_was(teams):
    wave = make_wave(**WIDE)
    former = kept_plan(wave, is_published=True)
    kept_plan(wave, is_published=True)

    with pytest.raises(PlanIsReplacedError):
        move(now(former), "D1T1", former.groups.get(number=3))


# ---- meetings ------------------------------------------------------------------------------------


def test_price_of_another_day_is_what_the_checker_finds_afterwards(teams):
    plan = kept_plan(make_wave())
    meeting = Meeting.objects.get(group__plan=plan, group__number=1, block__number=2)
    price = meeting_price(plan, meeting, START + dt.timedelta(weeks=7))

    move_meeting(plan, meeting, row=price.row, version=plan.version, by=None, at=noon())

    after = now(plan).figures
    assert after["violations"] == price.after["violations"] == {}
    assert after["max_share_away"] == price.after["max_share_away"]
    assert [day.on for day in meeting.days.order_by("on")] == [START + dt.timedelta(weeks=7)]


def test_meeting_takes_another_venue_and_facilitator_where_its_own_are_taken(teams):
    plan = kept_plan(make_wave())
    meeting = Meeting.objects.get(group__plan=plan, group__number=1, block__number=1)
    taken = Meeting.objects.get(group__plan=plan, group__number=4, block__number=1)

    price = meeting_price(plan, meeting, taken.days.get().on)

    assert (taken.venue.name, taken.facilitator.name) == ("Room 1", "Leader 1")
    assert (price.row.venue, price.row.facilitator) == ("Room 2", "Leader 2")


def test_chosen_venue_is_kept_even_where_it_is_taken(teams):
    plan = kept_plan(make_wave())
    meeting = Meeting.objects.get(group__plan=plan, group__number=1, block__number=1)

    price = meeting_price(plan, meeting, START + dt.timedelta(days=1), venues=("Room 2",))

    assert price.row.venue == "Room 2"
    assert price.broken == {"venue_clash": 1}


def test_day_on_which_nobody_meets_breaks_the_rule_of_that_day(teams):
    plan = kept_plan(make_wave())
    meeting = Meeting.objects.get(group__plan=plan, group__number=1, block__number=1)

    price = meeting_price(plan, meeting, START + dt.timedelta(days=5))

    assert price.broken == {"weekday": 1}


def test_renamed_venue_is_taken_for_what_it_is_called_now(teams, signed_in):
    plan = kept_plan(make_wave())
    Venue.objects.filter(name="Room 1").update(name="The old mill")
    meeting = Meeting.objects.get(group__plan=plan, group__number=1, block__number=2)
    day = START + dt.timedelta(weeks=7)

    answer = signed_in("programme-owner").post(
        reverse("programme:meeting_move", args=[meeting.pk]),
        {"to": day.isoformat(), "version": plan.version},
    )

    meeting.refresh_from_db()
    assert answer.status_code == 302
    assert meeting.days.get().on == day
    assert meeting.venue.name == "The old mill"


# ---- pages ---------------------------------------------------------------------------------------


def team_page(plan, team):
    return reverse("programme:team_move", args=[plan.pk, "team", team])


def test_page_asks_before_a_team_is_moved(teams, signed_in):
    plan = kept_plan(make_wave(**WIDE))
    to = plan.groups.get(number=3)

    page = signed_in("programme-owner").get(team_page(plan, "D1T1"), {"to": to.pk})

    price = team_price(plan, "D1T1", to)
    assert f'<data value="{price.value}">' in page.content.decode()
    assert group_of(plan, "D1T1").number == 1


def test_page_moves_a_team_and_goes_to_its_new_group(teams, signed_in):
    plan = kept_plan(make_wave(**WIDE))
    to = plan.groups.get(number=3)

    answer = signed_in("programme-owner").post(
        team_page(plan, "D1T1"), {"to": to.pk, "version": plan.version}
    )

    assert answer.url == f"/plans/{plan.pk}/#group-{to.pk}"
    assert group_of(plan, "D1T1") == to


def test_second_of_two_movers_sees_both_texts(teams, signed_in):
    plan = kept_plan(make_wave(**WIDE))
    third, fourth = plan.groups.get(number=3), plan.groups.get(number=4)
    client = signed_in("programme-owner")
    client.post(team_page(plan, "D1T1"), {"to": third.pk, "version": plan.version})

    answer = client.post(team_page(plan, "D1T1"), {"to": fourth.pk, "version": plan.version})

    told = answer.content.decode()
    assert answer.status_code == 409
    assert "<td>Group 4</td><td>Group 3</td>" in told
    assert f'name="to" value="{fourth.pk}"' in told
    assert group_of(plan, "D1T1") == third


def test_second_of_two_movers_of_a_meeting_sees_both_days(teams, signed_in):
    plan = kept_plan(make_wave())
    meeting = Meeting.objects.get(group__plan=plan, group__number=1, block__number=2)
    client, address = (
        signed_in("programme-owner"),
        reverse("programme:meeting_move", args=[meeting.pk]),
    )
    first, second = START + dt.timedelta(weeks=7), START + dt.timedelta(weeks=8)
    client.post(address, {"to": first.isoformat(), "version": plan.version})

    answer = client.post(address, {"to": second.isoformat(), "version": plan.version})

    told = answer.content.decode()
    assert answer.status_code == 409
    assert "8\u00a0mars" in told
    assert "1\u00a0mars" in told


def test_group_that_would_be_empty_is_named(teams, signed_in):
    plan = kept_plan(make_wave(size_low=1, size_high=30), groups=12)
    to = plan.groups.exclude(placements__team__code="D1T1").first()

    answer = signed_in("programme-owner").post(
        team_page(plan, "D1T1"), {"to": to.pk, "version": plan.version}, follow=True
    )

    assert "Group 1 skulle bli tom" in answer.content.decode()


def test_team_of_another_plan_is_no_group_to_choose(teams, signed_in):
    wave = make_wave(**WIDE)
    plan, other = kept_plan(wave), kept_plan(wave)

    answer = signed_in("programme-owner").post(
        team_page(plan, "D1T1"), {"to": other.groups.get(number=3).pk, "version": plan.version}
    )

    assert answer.status_code == 200
    assert group_of(plan, "D1T1").number == 1


def test_htmx_gets_the_question_alone(teams, signed_in):
    plan = kept_plan(make_wave(**WIDE))

    part = signed_in("programme-owner").get(
        team_page(plan, "D1T1"),
        {"to": plan.groups.get(number=3).pk},
        headers={"hx-request": "true"},
    )

    told = part.content.decode()
    assert "<html" not in told
    assert 'id="question"' in told


@pytest.mark.parametrize("role", ["reader", "chief-executive", "facilitator", "participant"])
def test_only_planners_move(teams, signed_in, role):
    plan = kept_plan(make_wave())

    assert signed_in(role).get(team_page(plan, "D1T1")).status_code == 403


# ---- locks ---------------------------------------------------------------------------------------


def test_lock_holds_and_lets_go(teams, signed_in):
    plan = kept_plan(make_wave())
    placement = TeamPlacement.objects.get(group__plan=plan, team__code="D1T1")
    client, address = signed_in("programme-owner"), reverse("programme:lock", args=[plan.pk])

    client.post(address, {"lock": f"team:{placement.pk}", "version": plan.version})
    placement.refresh_from_db()
    assert placement.is_locked
    client.post(address, {"free": f"team:{placement.pk}", "version": now(plan).version})

    placement.refresh_from_db()
    assert not placement.is_locked


def test_second_of_two_who_lock_sees_both_texts(teams, signed_in):
    plan = kept_plan(make_wave())
    placement = TeamPlacement.objects.get(group__plan=plan, team__code="D1T1")
    sent = {"lock": f"team:{placement.pk}", "version": plan.version}
    client, address = signed_in("programme-owner"), reverse("programme:lock", args=[plan.pk])
    client.post(address, sent)

    assert client.post(address, sent).status_code == 409


def test_locks_are_kept_when_the_plan_is_made_again(teams):
    plan = kept_plan(make_wave())
    placement = TeamPlacement.objects.get(group__plan=plan, team__code="D1T1")
    meeting = Meeting.objects.get(group__plan=plan, group__number=2, block__number=2)
    for thing in (placement, meeting):
        set_lock(now(plan), thing, is_locked=True, version=now(plan).version, by=None, at=noon())

    again = make_plan_now(plan.wave, at=noon(), around=now(plan), steps=20_000, seed=9)

    assert group_of(again, "D1T1").name == placement.group.name
    stays = Meeting.objects.get(group__plan=again, group__name="Group 2", block__number=2)
    assert [day.on for day in stays.days.order_by("on")] == [
        day.on for day in meeting.days.order_by("on")
    ]
    assert stays.is_locked
    assert again.figures["violations"] == {}


def test_lock_counts_blocks_by_their_place(teams):
    wave = make_wave()
    plan = kept_plan(wave)
    wave.blocks.filter(number=3).update(number=7)
    meeting = Meeting.objects.get(group__plan=plan, group__number=2, block__number=7)
    set_lock(now(plan), meeting, is_locked=True, version=now(plan).version, by=None, at=noon())

    assert list(queries.locks_of(now(plan)).days) == [("Group 2", 3)]


def test_facilitator_is_changed_with_the_day_kept(teams, signed_in):
    plan = kept_plan(make_wave())
    meeting = Meeting.objects.get(group__plan=plan, group__number=1, block__number=2)
    other = Facilitator.objects.get(name="Leader 3")
    day = meeting.days.get().on

    signed_in("programme-owner").post(
        reverse("programme:meeting_move", args=[meeting.pk]),
        {"to": day.isoformat(), "facilitator": other.pk, "version": plan.version},
    )

    meeting.refresh_from_db()
    assert (meeting.facilitator, meeting.days.get().on) == (other, day)
