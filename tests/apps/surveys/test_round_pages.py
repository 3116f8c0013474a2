import datetime as dt
from itertools import count

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from apps.people.factories import make_person, make_unit
from apps.programme.planning_factories import make_organisation, make_wave, noon
from modig.apps.jobs.actions import run_job
from modig.apps.jobs.daily import Day
from modig.apps.jobs.models import Job
from modig.apps.people.models import Person
from modig.apps.programme.actions import make_plan_now, publish_plan
from modig.apps.programme.models import MeetingDay
from modig.apps.surveys.actions import create_round, launch_round, put_answer
from modig.apps.surveys.actions.blocks import (
    launch_block_form,
    launch_due_block_forms,
    mail_invitations,
)
from modig.apps.surveys.models import Invitation, Round
from modig.apps.surveys.queries.audiences import meetings_without_form
from modig.apps.surveys.queries.invitations import waiting_for
from modig.apps.surveys.tasks import forms_of_the_day
from modig.apps.tenancy.scope import working_for
from modig.apps.ui.must_do import must_dos

NOW = timezone.now()
TODAY = timezone.localdate()
numbers = count(1)


@pytest.fixture
def held(organisation):
    """A published plan whose first block was held yesterday."""
    make_organisation(departments=2, teams_each=2, staff_each=20)
    plan = make_plan_now(make_wave(blocks=1, size_low=10, size_high=10), at=noon(), steps=5_000)
    plan = publish_plan(plan, at=noon(), by=None)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    MeetingDay.objects.order_by("pk").filter(meeting__group__plan=plan).update(on=yesterday)
    return plan


def make_round(*, people=3, closed=False, **given):
    unit = make_unit("Förskolor")
    asked = [make_person(f"P {k}", unit=unit) for k in range(people)]
    today = timezone.localdate()
    opens = today - dt.timedelta(days=20 if closed else 0)
    title = f"Puls {next(numbers)}"
    made = create_round("shared-picture", title=title, opens_on=opens, by=None, at=NOW, **given)
    launch_round(made, asked, by=None, at=NOW)
    return made


@pytest.mark.parametrize("name", ["rounds", "round_new", "results"])
def test_page_opens_for_who_runs_forms(name, organisation, signed_in):
    make_round()

    assert signed_in("programme-owner").get(reverse(f"surveys:{name}")).status_code == 200


def test_closed_round_shows_its_result(organisation, signed_in):
    made = make_round(people=6, closed=True)
    for invitation in Invitation.objects.filter(round=made):
        put_answer(invitation, {"how_clear": 4}, on=made.opens_on)

    answer = signed_in("programme-owner").get(reverse("surveys:round", args=[made.pk]))

    assert "4,0" in answer.content.decode()


def test_round_of_another_organisation_is_not_found(organisation, other_organisation, signed_in):
    with working_for(other_organisation):
        made = make_round()

    answer = signed_in("administrator").get(reverse("surveys:round", args=[made.pk]))

    assert answer.status_code == 404


def test_list_asks_the_database_as_often_for_many_rounds(
    organisation, signed_in, django_assert_num_queries
):
    browser, address = signed_in("programme-owner"), reverse("surveys:rounds")
    make_round()
    browser.get(address)
    with django_assert_num_queries(_queries(browser, address)):
        browser.get(address)
    few = _queries(browser, address)
    for _ in range(3):
        make_round()

    assert _queries(browser, address) == few


def _queries(browser, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        browser.get(address)
    return len(caught)


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_list_goes_out_as_file(organisation, signed_in, wanted):
    make_round(people=6, closed=True)

    answer = signed_in("programme-owner").get(reverse("surveys:rounds"), {"format": wanted})

    assert answer.status_code == 200
    assert len(answer.content) > 50


def test_held_meetings_get_their_form_once(held):
    first = launch_due_block_forms(by=None, at=NOW, on=TODAY)
    second = launch_due_block_forms(by=None, at=NOW, on=TODAY)

    assert (len(first), second) == (2, [])
    assert Invitation.objects.count() == 20


def test_form_waits_on_home_until_it_is_answered(held, member):
    user = member("participant")
    launch_due_block_forms(by=None, at=NOW, on=TODAY)
    invitation = Invitation.objects.select_related("person").first()
    invitation.person.user = user
    invitation.person.save()
    today = timezone.localdate()

    assert [thing.kind for thing in must_dos(user, today) if thing.kind == "form"] == ["form"]
    put_answer(invitation, {"hands_on": 4}, on=today)
    assert not waiting_for(user, today).exists()


def test_only_the_invited_person_opens_her_form_from_home(held, signed_in):
    launch_due_block_forms(by=None, at=NOW, on=TODAY)
    invitation = Invitation.objects.first()

    answer = signed_in("administrator").get(reverse("surveys:own_invitation", args=[invitation.pk]))

    assert answer.status_code == 403


def test_links_are_mailed_once_and_each_opens_its_own_form(organisation, client):
    made = make_round(people=3)
    for invitation in Invitation.objects.filter(round=made).select_related("person")[:2]:
        invitation.person.email = f"{invitation.pk}@north.example"
        invitation.person.save()
    today = timezone.localdate()

    sent = mail_invitations(made, address="https://modig.example/", on=today)
    again = mail_invitations(made, address="https://modig.example/", on=today)

    assert (sent.sent, again.sent, len(mail.outbox)) == (2, 0, 2)
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("https://"))
    client.get(link.removeprefix("https://modig.example"))
    assert client.get("/answer/").status_code == 200


def test_new_pulse_is_launched_and_its_links_are_queued(organisation, signed_in):
    unit = make_unit("Förskolor")
    for k in range(3):
        make_person(f"Chef {k}", unit=unit, role="manager")
    today = timezone.localdate()

    answer = signed_in("programme-owner").post(
        reverse("surveys:round_new"),
        {
            "form": "shared-picture", "title": "Hösten", "opens_on": today.isoformat(),
            "closes_on": (today + dt.timedelta(days=7)).isoformat(), "audience": "leaders",
        },
    )  # fmt: skip

    made = Round.objects.get()
    assert answer.status_code == 302
    assert made.launched_at is not None
    assert made.invitations.count() == 3


def test_pulse_that_closes_before_it_opens_is_refused_with_a_sentence(organisation, signed_in):
    answer = signed_in("programme-owner").post(
        reverse("surveys:round_new"),
        {
            "form": "shared-picture", "title": "Hösten", "opens_on": "2026-12-10",
            "closes_on": "2026-12-01", "audience": "leaders",
        },
    )  # fmt: skip

    assert answer.status_code == 422
    assert Round.objects.count() == 0


def test_forms_of_held_meetings_go_out_with_one_press_and_the_job_leads_to_them(held, signed_in):
    Person.objects.update(email="x@north.example")
    signed_in("programme-owner").post(reverse("surveys:block_forms"))

    job = Job.objects.get(kind="send-forms")
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.result) == (Job.State.DONE, {"sent": 20, "refused": 0})
    assert len(mail.outbox) == 20
    assert job.address == reverse("surveys:rounds")


def test_chore_of_the_day_sends_forms_of_the_last_week_once(held):
    Person.objects.update(email="x@north.example")
    day = Day(TODAY, NOW, "https://modig.example")

    sent = [forms_of_the_day(day).sent for _ in range(2)]

    assert sent == [20, 0]
    assert Round.objects.count() == 2


def test_chore_of_the_day_lets_a_meeting_of_long_ago_rest(held):
    MeetingDay.objects.update(on=TODAY - dt.timedelta(days=8))

    forms_of_the_day(Day(TODAY, NOW, "https://modig.example"))

    assert Round.objects.count() == 0


def test_two_who_send_the_forms_at_once_make_one_of_each(held):
    meeting = meetings_without_form(TODAY)[0]

    made = [launch_block_form(meeting, by=None, at=NOW) for _ in range(2)]

    assert made[1] is None
    assert Round.objects.filter(meeting=meeting).count() == 1


def pulse_of(opens, **given):
    return {
        "form": "shared-picture",
        "title": "Hösten",
        "opens_on": opens.isoformat(),
        "closes_on": (opens + dt.timedelta(days=7)).isoformat(),
        "audience": "leaders",
        **given,
    }


@pytest.mark.database
def test_pulse_sent_twice_is_one_round_and_one_job(organisation, signed_in):
    make_person("Chef", unit=make_unit("Förskolor"), role="manager")
    browser = signed_in("programme-owner")

    answers = [browser.post(reverse("surveys:round_new"), pulse_of(TODAY)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert (Round.objects.count(), Job.objects.count(), Invitation.objects.count()) == (1, 1, 1)


def test_links_of_a_pulse_that_opens_later_go_out_on_that_day(organisation, signed_in):
    person = make_person("Chef", unit=make_unit("Förskolor"), role="manager")
    Person.objects.filter(pk=person.pk).update(email="x@north.example")
    opens = TODAY + dt.timedelta(days=3)

    signed_in("programme-owner").post(reverse("surveys:round_new"), pulse_of(opens))

    assert Job.objects.count() == 0
    days = [Day(TODAY, NOW, "https://m.example"), Day(opens, NOW, "https://m.example")]
    assert [forms_of_the_day(day).sent for day in days] == [0, 1]


def test_open_round_asks_to_remind_before_there_is_a_result(organisation, signed_in):
    made = make_round(people=6)

    told = signed_in("programme-owner").get(reverse("surveys:round", args=[made.pk]))

    assert "Påminn alla om att svara." in told.content.decode()
    assert "Prata om spridningen" not in told.content.decode()
