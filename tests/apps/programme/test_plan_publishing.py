"""Publishing: the wave's people get dates and calendars, and the former plan is replaced."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.programme.planning_factories import START, kept_plan, make_organisation, make_wave, noon
from modig.apps.people.models import Person
from modig.apps.programme.actions import publish_plan
from modig.apps.programme.actions.plans import PlanBreaksRulesError, PlanIsReplacedError
from modig.apps.programme.models import CalendarFeed, Meeting, MeetingDay, Participant, Plan
from modig.apps.programme.queries import plans as queries
from modig.apps.tenancy.actions import EditedMeanwhileError

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(organisation):
    make_organisation()
    return make_wave()


def now(plan):
    return Plan.objects.get(pk=plan.pk)


def publish(plan, **how):
    return publish_plan(plan, **{"at": noon(), "by": None, **how})


def feeds():
    return {
        str(feed): feed.token for feed in CalendarFeed.objects.select_related("person", "group")
    }


def test_everybody_and_every_group_gets_a_calendar(wave):
    plan = publish(kept_plan(wave))

    assert plan.state == Plan.State.PUBLISHED
    assert CalendarFeed.objects.filter(person__isnull=False).count() == 60
    assert CalendarFeed.objects.filter(group__plan=plan).count() == 4


@pytest.mark.database
def test_newer_publication_replaces_the_former_and_takes_over_its_calendars(wave):
    former = publish(kept_plan(wave))
    before = feeds()

    newer = publish(kept_plan(wave))

    assert now(former).state == Plan.State.SUPERSEDED
    assert feeds() == before
    assert CalendarFeed.objects.filter(group__plan=newer).count() == 4


def test_publishing_twice_changes_nothing(wave):
    plan = publish(kept_plan(wave))
    before = (plan.version, plan.published_at, feeds())

    again = publish(plan, at=noon(2027))

    assert (again.version, again.published_at, feeds()) == before


@pytest.mark.database
def test_database_keeps_one_published_plan_per_wave(wave):
    publish(kept_plan(wave))
    draft = kept_plan(wave)

    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=draft.pk).update(state=Plan.State.PUBLISHED)


def test_plan_that_breaks_a_rule_is_not_published(wave):
    plan = kept_plan(wave, groups=3)

    with pytest.raises(PlanBreaksRulesError):
        publish(plan)

    assert now(plan).state == Plan.State.DRAFT


def test_plan_with_too_few_seats_is_not_published(wave):
    plan = kept_plan(wave)
    crowd = [{"group": "Group 1", "venue": "Room 1", "people": 15, "seats": 12}]
    plan.figures = {**plan.figures, "crowded": crowd}
    plan.save()

    with pytest.raises(PlanBreaksRulesError):
        publish(plan)


def test_replaced_plan_cannot_come_back(wave):
    former = publish(kept_plan(wave))
    publish(kept_plan(wave))

    with pytest.raises(PlanIsReplacedError):
        publish(now(former))


def test_plan_that_was_changed_since_it_was_looked_at_is_not_published(wave):
    plan = kept_plan(wave)

    with pytest.raises(EditedMeanwhileError):
        publish(plan, version=plan.version - 1)


# ---- sequences: calendars take what changed, and leave the rest ----------------------------------


def sequences(plan):
    return {
        (meeting.group.number, meeting.block.number): meeting.sequence
        for meeting in Meeting.objects.filter(group__plan=plan).select_related("group", "block")
    }


def test_only_meetings_that_differ_get_the_new_revision(wave):
    publish(kept_plan(wave))
    plan = kept_plan(wave)
    changed = Meeting.objects.get(group__plan=plan, group__number=2, block__number=3)
    MeetingDay.objects.filter(meeting=changed).update(on=START + dt.timedelta(weeks=13))

    publish(plan)

    found = sequences(plan)
    assert found.pop((2, 3)) == 1
    assert set(found.values()) == {0}


def test_other_hours_change_every_meeting(wave):
    publish(kept_plan(wave))
    wave.rules.day_begins = dt.time(9)
    wave.rules.save()

    plan = publish(kept_plan(wave))

    assert set(sequences(plan).values()) == {1}


def test_person_in_another_group_gets_the_new_revision(wave):
    publish(kept_plan(wave))
    plan = kept_plan(wave)
    first, second = plan.groups.get(number=1), plan.groups.get(number=2)
    moved = Participant.objects.filter(group=first).first()
    moved.group = second
    moved.save()

    publish(plan)

    moved.refresh_from_db()
    others = Participant.objects.filter(group__plan=plan).exclude(pk=moved.pk)
    assert moved.sequence == 1
    assert set(others.values_list("sequence", flat=True)) == {0}


# ---- what it means for people --------------------------------------------------------------------


def test_publication_counts_whose_dates_change(wave):
    former = publish(kept_plan(wave))
    plan = kept_plan(wave)
    changed = Meeting.objects.get(group__plan=plan, group__number=2, block__number=3)
    MeetingDay.objects.filter(meeting=changed).update(on=START + dt.timedelta(weeks=13))

    touched = queries.touched_by(plan, former)

    assert (touched.new, touched.changed, touched.same, touched.dropped) == (0, 15, 45, 0)


def test_first_publication_is_new_to_everybody(wave):
    assert queries.touched_by(kept_plan(wave), None).new == 60


def test_page_tells_the_consequence_before_the_deed(wave, signed_in):
    plan = kept_plan(wave)

    page = signed_in("programme-owner").get(reverse("programme:publication", args=[plan.pk]))

    assert "60 personer får datum" in page.content.decode()
    assert now(plan).state == Plan.State.DRAFT


def test_page_publishes(wave, signed_in):
    plan = kept_plan(wave)
    address = reverse("programme:publication", args=[plan.pk])

    answer = signed_in("programme-owner").post(address, {"version": plan.version})

    assert answer.url == reverse("programme:plan", args=[plan.pk])
    assert now(plan).state == Plan.State.PUBLISHED


def test_page_refuses_to_publish_what_was_changed_meanwhile(wave, signed_in):
    plan = kept_plan(wave)
    address = reverse("programme:publication", args=[plan.pk])

    answer = signed_in("programme-owner").post(address, {"version": plan.version - 1})

    assert answer.status_code == 409
    assert now(plan).state == Plan.State.DRAFT


def test_page_warns_of_people_who_have_left(wave, signed_in):
    plan = kept_plan(wave)
    Person.objects.filter(number="M0001").update(left_on=timezone.localdate())

    page = signed_in("programme-owner").get(reverse("programme:publication", args=[plan.pk]))

    assert "1 person har slutat" in page.content.decode()


@pytest.mark.parametrize("role", ["partner", "reader", "chief-executive", "facilitator"])
def test_only_publishers_publish(wave, signed_in, role):
    plan = kept_plan(wave)

    answer = signed_in(role).post(
        reverse("programme:publication", args=[plan.pk]), {"version": plan.version}
    )

    assert answer.status_code == 403
    assert now(plan).state == Plan.State.DRAFT


# ---- comparing -----------------------------------------------------------------------------------


def test_comparison_names_who_is_elsewhere_and_which_meetings_differ(wave, signed_in):
    former = publish(kept_plan(wave))
    plan = kept_plan(wave, groups=4, first=START + dt.timedelta(weeks=1))

    moved, dates = queries.moved_between(plan, former), queries.dates_changed_between(plan, former)
    page = signed_in("programme-owner").get(reverse("programme:comparison", args=[plan.pk]))

    assert moved == []
    assert len(dates) == 12
    assert "12 träffar ändrade" in page.content.decode()


def test_comparison_tells_names_of_lone_persons_only_to_those_who_may(organisation, signed_in):
    make_organisation(departments=2, teams_each=1)
    wave = make_wave(role="", size_low=1, size_high=30)
    alone = ["SD1T1U10", "SD1T1U20", "SD2T1U10", "SD2T1U20"]
    for person in Person.objects.filter(number__in=alone):
        wave.target_parts.create(organisation=organisation, person=person)
    kept_plan(wave, groups=2, is_published=True)
    plan = kept_plan(wave, groups=3)
    address = reverse("programme:comparison", args=[plan.pk])

    seen = signed_in("programme-owner").get(address).content.decode()
    hidden = signed_in("reader").get(address).content.decode()

    assert "Åsa Öst S" in seen
    assert "Åsa Öst S" not in hidden
