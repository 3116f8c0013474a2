"""Promises as participants, facilitators and programme owners meet them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.people.factories import make_person
from apps.programme.promises.factories import (
    make_group,
    make_plan,
    make_promise,
    make_wave,
    told,
)
from modig.apps.people.about import told_about
from modig.apps.programme.models import Plan, Promise
from modig.apps.tenancy.scope import working_for
from modig.apps.ui.must_do import must_dos

TODAY = timezone.localdate


@pytest.fixture
def participant(member):
    return make_person("Sara Lindqvist", user=member("participant"))


@pytest.fixture
def group(participant):
    return make_group([participant])


@pytest.fixture
def as_participant(client, participant):
    client.force_login(participant.user)
    return client


def in_days(n):
    return TODAY() + dt.timedelta(days=n)


def page_of(promise, page="promise"):
    return reverse(f"programme:{page}", args=[promise.pk])


# ---- promising -----------------------------------------------------------------------------------


def test_meeting_promise_what_happened(as_participant, participant, group):
    meeting = group.meetings.order_by("block__number").first()
    offered = as_participant.get("/mine/").content.decode()
    new = f"/promises/new/?meeting={meeting.pk}"

    made = as_participant.post(
        new,
        {
            "what": "Vi provar gemensam morgonplanering",
            "due_on": in_days(7).isoformat(),
            "with_whom": "arbetslaget",
            "meeting": meeting.pk,
            "version": 1,
        },
    )
    promised = as_participant.get(made["Location"]).content.decode()
    asked = as_participant.get(f"{made['Location']}?anew").content.decode()
    as_participant.post(f"{made['Location']}outcome/", {"outcome": "used", "version": 1})

    promise = Promise.objects.get()
    assert new in offered.replace("&amp;", "&")
    assert "Ditt löfte" in promised
    assert "Vad hände?" in asked
    assert (promise.person, promise.meeting, promise.outcome) == (participant, meeting, "used")


def test_latest_meeting_that_has_begun_is_meant_without_saying(as_participant, group):
    page = as_participant.get("/promises/new/")

    form = page.context["form"]
    assert str(form["meeting"].value()) or form.initial["meeting"]
    assert [str(meeting.block) for meeting in form.fields["meeting"].queryset] == ["Block 1"]


def test_meeting_of_another_group_cannot_be_chosen(as_participant, group):
    other = make_group([make_person("Nils Ek")], plan=group.plan).meetings.first()
    given = {"what": "Prov", "due_on": in_days(7).isoformat(), "meeting": other.pk, "version": 1}

    answer = as_participant.post("/promises/new/", given)

    assert answer.status_code == 200
    assert not Promise.objects.exists()


def test_day_that_has_been_is_refused_in_words(as_participant, group):
    given = {"what": "Prov", "due_on": in_days(-1).isoformat(), "version": 1}

    answer = as_participant.post("/promises/new/", given)

    assert "Välj en dag som inte har varit." in answer.content.decode()


def test_late_promise_keeps_its_day_while_its_words_are_changed(as_participant, participant):
    promise = make_promise(participant, due_on=in_days(-2))
    given = {"what": "Rakare ord", "due_on": promise.due_on.isoformat(), "version": 1}

    as_participant.post(page_of(promise, "promise_edit"), given)

    assert Promise.objects.get().what == "Rakare ord"


def test_who_is_no_person_makes_no_promises(signed_in, organisation):
    answer = signed_in("participant").get("/promises/new/")

    assert "Löften ges av deltagare" in answer.content.decode()


# ---- what happened -------------------------------------------------------------------------------


def test_one_press_on_a_reason_says_not_yet(as_participant, participant):
    promise = make_promise(participant)

    as_participant.post(page_of(promise, "promise_outcome"), {"why_not": "no_time", "version": 1})

    now = Promise.objects.get()
    assert (now.outcome, now.why_not) == ("not_yet", "no_time")
    assert (
        "Välj en dag när det kan bli av." in as_participant.get(page_of(promise)).content.decode()
    )


def test_nothing_pressed_is_said_in_words_and_keeps_what_was_written(as_participant, participant):
    promise = make_promise(participant)

    answer = as_participant.post(
        page_of(promise, "promise_outcome"), {"told": "Det gick bra", "version": 1}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Välj vad som hände." in page
    assert "Det gick bra" in page


def test_told_twice_at_once_shows_both_texts(as_participant, participant):
    promise = make_promise(participant)
    there = page_of(promise, "promise_outcome")
    as_participant.post(there, {"outcome": "used", "told": "Deras ord", "version": 1})

    answer = as_participant.post(there, {"outcome": "tried", "told": "Mina ord", "version": 1})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Deras ord" in page
    assert "Mina ord" in page


def test_promise_changed_meanwhile_shows_both_texts(as_participant, participant):
    promise = make_promise(participant)
    there = page_of(promise, "promise_edit")
    given = {"due_on": promise.due_on.isoformat(), "version": 1}
    as_participant.post(there, {**given, "what": "Deras"})

    answer = as_participant.post(there, {**given, "what": "Mitt"})

    assert answer.status_code == 409
    assert "Deras" in answer.content.decode()


def test_told_promise_can_become_an_initiative_in_one_step(as_participant, participant):
    promise = told(participant)

    page = as_participant.get(page_of(promise)).content.decode()

    assert f"{reverse('initiatives:new')}?promise={promise.pk}" in page


def test_promise_is_taken_back_after_a_question(as_participant, participant):
    promise = make_promise(participant)
    there = page_of(promise, "promise_removal")

    assert as_participant.get(there).status_code == 200
    assert Promise.objects.exists()
    as_participant.post(there, {"version": 1})

    assert not Promise.objects.exists()


# ---- who sees what -------------------------------------------------------------------------------


@pytest.fixture
def facilitator(member):
    return member("facilitator")


@pytest.fixture
def led(facilitator, participant):
    """A promise made in a group that the facilitator leads."""
    group = make_group([participant], led_by=facilitator)
    return make_promise(participant, meeting=group.meetings.first(), what="Hos mig")


def test_facilitator_reads_the_promises_of_her_group(client, facilitator, led):
    client.force_login(facilitator)
    group = led.meeting.group

    page = client.get(reverse("programme:group_promises", args=[group.pk])).content.decode()

    assert "Hos mig" in page
    assert client.get(page_of(led)).status_code == 200


def test_facilitator_neither_tells_nor_changes(client, facilitator, led):
    client.force_login(facilitator)

    assert client.post(page_of(led, "promise_outcome"), {"outcome": "used"}).status_code == 403
    assert client.get(page_of(led, "promise_edit")).status_code == 403
    assert client.get(page_of(led, "promise_removal")).status_code == 403


def test_facilitator_reads_no_promises_of_other_groups(client, facilitator, led):
    other = make_person("Nils Ek")
    group = make_group([other], plan=led.meeting.group.plan)
    promise = make_promise(other, meeting=group.meetings.first())
    client.force_login(facilitator)

    assert client.get(reverse("programme:group_promises", args=[group.pk])).status_code == 403
    assert client.get(page_of(promise)).status_code == 403


def test_promise_made_outside_meetings_is_read_by_its_maker_alone(client, facilitator, led):
    alone = make_promise(led.person)
    client.force_login(facilitator)

    assert client.get(page_of(alone)).status_code == 403


@pytest.mark.parametrize("role", ["programme-owner", "administrator", "chief-executive", "reader"])
def test_who_runs_programmes_reads_no_promise(role, client, member, led):
    client.force_login(member(role))

    assert client.get(page_of(led)).status_code == 403
    there = reverse("programme:group_promises", args=[led.meeting.group_id])
    assert client.get(there).status_code == 403


def test_programme_owner_sees_how_many_by_wave_and_group(client, member, led):
    told(led.person, meeting=led.meeting, outcome="tried", what="Prövat")
    make_promise(led.person, meeting=led.meeting, due_on=in_days(-1), what="Sent")
    client.force_login(member("programme-owner"))

    page = client.get("/promises/counts/")

    [(counted, reads)] = page.context["rows"]
    assert (counted.people, counted.promised_by, counted.made) == (1, 1, 3)
    assert (counted.tried, counted.used, counted.late) == (1, 0, 1)
    assert reads is False
    assert "Hos mig" not in page.content.decode()


def test_promises_are_counted_in_the_plan_that_holds_now(client, member, participant):
    wave = make_wave()
    before = make_plan(wave, state="superseded")
    old = make_group([participant], plan=before, name="Förr")
    make_promise(participant, meeting=old.meetings.first())
    make_group([participant], plan=make_plan(wave), name="Nu")
    client.force_login(member("programme-owner"))

    rows = client.get("/promises/counts/").context["rows"]

    assert [(one.group.name, one.made) for one, _reads in rows] == [("Nu", 1)]


def test_facilitator_counts_only_her_groups(client, facilitator, led):
    make_group([make_person("Nils Ek")], plan=led.meeting.group.plan)
    client.force_login(facilitator)

    rows = client.get("/promises/counts/").context["rows"]

    assert [one.group for one, _reads in rows] == [led.meeting.group]


def test_participant_counts_nothing(as_participant):
    assert as_participant.get("/promises/counts/").status_code == 403


def test_promise_and_group_of_another_organisation_are_not_found(
    client, facilitator, organisation, other_organisation
):
    with working_for(other_organisation):
        person = make_person("Nils Ek")
        group = make_group([person])
        promise = make_promise(person, meeting=group.meetings.first())
    client.force_login(facilitator)

    for name in ("promise", "promise_edit", "promise_removal"):
        assert client.get(page_of(promise, name)).status_code == 404
    assert client.post(page_of(promise, "promise_outcome"), {}).status_code == 404
    there = reverse("programme:group_promises", args=[group.pk])
    assert client.get(there).status_code == 404


# ---- lists ---------------------------------------------------------------------------------------


def queries_for(client, there):
    client.get(there)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(there).status_code == 200
    return len(asked)


@pytest.mark.parametrize("there", ["/promises/?which=all", "/mine/", "/"])
def test_own_list_asks_as_often_for_three_rows_as_for_one(there, as_participant, participant):
    plan = make_plan()
    meeting = make_group([participant], plan=plan, days=(-20, -10, 5)).meetings.first()
    make_promise(participant, meeting=meeting)
    with_one = queries_for(as_participant, there)

    for what in ("Två", "Tre"):
        make_promise(participant, meeting=meeting, what=what)

    assert queries_for(as_participant, there) == with_one


def test_lists_of_groups_ask_as_often_for_three_rows_as_for_one(client, facilitator, led):
    client.force_login(facilitator)
    group = led.meeting.group
    addresses = ["/promises/counts/", reverse("programme:group_promises", args=[group.pk])]
    with_one = [queries_for(client, there) for there in addresses]

    for k in range(3):
        person = make_person(f"Nils {k}")
        make_group([person], plan=group.plan, led_by=facilitator)
        make_promise(led.person, meeting=led.meeting, what=f"Löfte {k}")

    assert [queries_for(client, there) for there in addresses] == with_one


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_lists_can_be_had_as_files(wanted, client, facilitator, led):
    group = reverse("programme:group_promises", args=[led.meeting.group_id])
    for user, there in (
        (led.person.user, "/promises/"),
        (facilitator, group),
        (facilitator, "/promises/counts/"),
    ):
        client.force_login(user)

        answer = client.get(there, {"format": wanted, "which": "all"})

        assert answer["Content-Disposition"].endswith(f".{wanted}")
        assert len(b"".join(answer)) > 50


def test_meeting_that_waits_for_a_promise_is_offered(as_participant, participant, group):
    assert "Vad ska du pröva efter Block 1?" in as_participant.get("/promises/").content.decode()


# ---- what there is to do -------------------------------------------------------------------------


def kinds(participant):
    return [
        (thing.kind, thing.title, thing.due_on) for thing in must_dos(participant.user, TODAY())
    ]


def test_next_meeting_within_three_weeks_is_something_to_do(participant):
    make_group([participant], days=(20, 40))

    assert kinds(participant) == [("meeting", "Block 1", in_days(20))]


def test_meeting_further_away_is_not(participant):
    make_group([participant], days=(22,))

    assert kinds(participant) == []


def test_meeting_held_without_a_promise_asks_for_one_until_it_is_made(participant, group):
    asked = kinds(participant)
    make_promise(participant, meeting=group.meetings.first(), due_on=in_days(20))

    assert asked == [("promise", "Lova något efter Block 1", None)]
    assert kinds(participant) == []


def test_promise_counts_for_its_block_after_the_plan_was_made_anew(participant):
    wave = make_wave()
    old = make_group([participant], plan=make_plan(wave))
    make_promise(participant, meeting=old.meetings.first(), due_on=in_days(20))
    Plan.objects.update(state="superseded")
    make_group([participant], plan=make_plan(wave))

    assert kinds(participant) == []


def test_meeting_of_more_than_a_month_ago_is_let_be(participant):
    make_group([participant], days=(-40,))

    assert kinds(participant) == []


def test_promise_that_is_due_asks_what_happened(participant):
    promise = make_promise(participant, due_on=in_days(-1))

    assert kinds(participant) == [
        ("promise", "Berätta vad som hände med ditt löfte", promise.due_on)
    ]


@pytest.mark.parametrize("outcome", ["used", "tried"])
def test_told_promise_asks_nothing_more(participant, outcome):
    told(participant, outcome, due_on=in_days(-1))

    assert kinds(participant) == []


def test_promise_not_kept_yet_asks_again_on_its_new_day(participant):
    promise = told(participant, "not_yet", why_not="no_time", due_on=in_days(-1))
    before = kinds(participant)
    Promise.objects.filter(pk=promise.pk).update(due_on=in_days(5))

    assert before == []
    assert [kind for kind, _title, _due in kinds(participant)] == ["promise"]


def test_home_shows_what_there_is_to_do_with_one_filled_button(as_participant, participant):
    make_promise(participant, due_on=in_days(-1), what="Prov ett")
    make_promise(participant, due_on=in_days(2), what="Prov två")

    page = as_participant.get("/").content.decode()

    assert "Prov ett" in page
    assert page.count("btn-primary") == 1


def test_home_without_anything_to_do_is_calm(as_participant):
    assert "Allt är klart" in as_participant.get("/").content.decode()


def test_promises_are_told_to_the_person_they_are_about(participant):
    made = make_promise(participant, what="Vi provar", made_on=dt.date(2026, 11, 1))

    [about] = [one for one in told_about(participant) if one.heading == "Dina löften"]

    assert list(about.entries) == [f"Lovat {made.made_on.isoformat()}: Vi provar."]
