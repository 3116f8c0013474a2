"""Promises: made once, moved while they are open, told used, tried or not yet."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.people.factories import make_person
from apps.programme.promises.factories import make_group, make_promise, told
from modig.apps.audit.models import AuditEvent
from modig.apps.programme.actions import promises as actions
from modig.apps.programme.models import Promise
from modig.apps.tenancy.actions import EditedMeanwhileError

DAY = dt.date(2026, 12, 1)
NOON = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
BY = {"by": None, "at": NOON}

pytestmark = pytest.mark.django_db


def new(person, **given):
    given = {"what": "Vi provar", "due_on": DAY + dt.timedelta(days=7), **given}
    return Promise(person=person, **given)


def tell(promise, outcome, *, version=None, **given):
    actions.tell_what_happened(
        promise, version=version or promise.version, outcome=outcome, on=DAY, **given, **BY
    )


def test_promise_is_made_on_the_day_of_the_clock_on_the_wall(organisation):
    late = dt.datetime(2026, 12, 1, 23, 30, tzinfo=dt.UTC)

    made = actions.make_promise(new(make_person()), by=None, at=late)

    assert made.made_on == dt.date(2026, 12, 2)


def test_same_promise_sent_twice_is_kept_once(organisation):
    person = make_person()

    first = actions.make_promise(new(person), **BY)
    again = actions.make_promise(new(person), **BY)

    assert first.pk == again.pk


@pytest.mark.parametrize("outcome", ["used", "tried"])
def test_what_happened_is_told(organisation, outcome):
    promise = make_promise()

    tell(promise, outcome, told="Tio minuter räckte")

    now = Promise.objects.get()
    assert (now.outcome, now.told, now.reported_on) == (outcome, "Tio minuter räckte", DAY)
    assert not now.is_open


def test_log_tells_that_something_was_promised_and_never_what(organisation):
    promise = actions.make_promise(new(make_person(), what="Vi pratar om Nisse"), **BY)
    tell(promise, "tried", told="Nisse grät")
    actions.take_promise_back(promise, version=promise.version, **BY)

    told_in_log = [(one.deed, one.label, one.detail) for one in AuditEvent.objects.order_by("pk")]

    assert told_in_log == [("promise", "", {}), ("report", "", {}), ("remove", "", {})]


def test_promise_not_kept_yet_says_why_and_stays_open(organisation):
    promise = make_promise()
    with pytest.raises(actions.WhyNotMissingError):
        tell(promise, "not_yet")

    tell(promise, "not_yet", why_not="no_time")

    now = Promise.objects.get()
    assert (now.outcome, now.why_not, now.is_open) == ("not_yet", "no_time", True)


def test_promise_told_anew_as_used_has_no_reason_any_more(organisation):
    promise = make_promise()
    tell(promise, "not_yet", why_not="no_time")

    tell(promise, "used")

    assert Promise.objects.get().why_not == ""


def test_two_who_tell_at_once_do_not_overwrite_each_other(organisation):
    mine = make_promise()
    theirs = Promise.objects.get()
    tell(mine, "used")

    with pytest.raises(EditedMeanwhileError):
        tell(theirs, "tried", version=1)

    assert Promise.objects.get().outcome == "used"


def test_open_promise_can_be_moved_and_a_told_one_cannot(organisation):
    promise, done = make_promise(), told(what="Gjort")
    promise.due_on = done.due_on = timezone.localdate() + dt.timedelta(days=30)

    actions.change_promise(promise, version=1, **BY)
    with pytest.raises(actions.PromiseToldError):
        actions.change_promise(done, version=1, **BY)

    assert Promise.objects.get(pk=promise.pk).due_on == promise.due_on


def test_moving_keeps_the_translation_and_other_words_drop_it(organisation):
    promise = make_promise(translations={"en": {"what": "We try"}})
    promise.due_on += dt.timedelta(days=7)
    actions.change_promise(promise, version=1, **BY)
    kept = Promise.objects.get().translations

    promise.what = "Vi provar något annat"
    actions.change_promise(promise, version=2, **BY)

    assert kept == {"en": {"what": "We try"}}
    assert Promise.objects.get().translations == {}


def test_promise_taken_back_is_gone(organisation):
    actions.take_promise_back(make_promise(), version=1, **BY)

    assert not Promise.objects.exists()


@pytest.mark.database
@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "not_yet", "reported_on": DAY},
        {"reported_on": DAY},
        {"due_on": dt.date(2020, 1, 1)},
    ],
)
def test_database_refuses_half_told_promises_and_days_before_they_were_made(organisation, wrong):
    person = make_person()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_promise(person, **wrong)


def test_promise_outlives_the_meeting_of_a_plan_that_is_taken_away(organisation):
    person = make_person()
    meeting = make_group([person]).meetings.first()
    promise = make_promise(person, meeting=meeting)

    meeting.delete()

    promise.refresh_from_db()
    assert promise.meeting is None
