"""Promises are reminded of by e-mail on their day, once; and nobody who wants none gets any."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from apps.people.factories import make_person
from apps.programme.promises.factories import make_promise
from modig.apps.programme.actions.reminders import pause_reminders, remind_of_promises
from modig.apps.programme.models import ReminderPause
from modig.apps.programme.queries.reminders import pause_of
from modig.apps.programme.reminder_links import pause_address

TODAY = timezone.localdate()
A_DAY = dt.timedelta(days=1)
SITE = "https://modig.example"


@pytest.fixture
def sara(organisation, member):
    return make_person("Sara Ek", user=member("participant"))


def promised(person, *, due=0, **given):
    return make_promise(
        person,
        due_on=TODAY + due * A_DAY,
        made_on=TODAY - 30 * A_DAY,
        **given,
    )


def remind(on=TODAY):
    return remind_of_promises(on=on, address=SITE).sent


@pytest.mark.database
def test_promise_is_reminded_of_on_its_day_and_once(sara):
    promise = promised(sara)

    assert [remind(TODAY - A_DAY), remind(), remind(), remind(TODAY + A_DAY)] == [0, 1, 0, 0]
    letter = mail.outbox[0]
    assert letter.to == [sara.user.email]
    assert f"{SITE}{reverse('programme:promise', args=[promise.pk])}" in letter.body


def test_promise_that_is_moved_is_reminded_of_on_its_new_day(sara):
    promise = promised(sara)
    remind()
    promise.due_on = TODAY + 7 * A_DAY
    promise.save()

    assert [remind(TODAY + A_DAY), remind(TODAY + 7 * A_DAY)] == [0, 1]


def test_told_promise_and_one_long_ago_are_not_reminded_of(sara):
    promised(sara, outcome="used", reported_on=TODAY)
    promised(sara, due=-20)

    assert remind() == 0


def test_reminder_leaves_the_version_alone_so_that_her_own_edit_is_saved(sara):
    promise = promised(sara)
    remind()
    version = promise.version
    promise.refresh_from_db()

    assert promise.version == version


def test_link_in_a_reminder_leads_to_no_more_of_them_without_signing_in(sara, client):
    promised(sara)
    remind()
    address = re.search(rf"{SITE}(/reminders/\S+)", mail.outbox[0].body)[1]

    page = client.get(address)
    assert (page.status_code, ReminderPause.objects.count()) == (200, 0)
    client.post(address, {"wants": "never"})

    promised(sara, what="Ännu ett")
    assert pause_of(sara, TODAY) is not None
    assert remind() == 0
    client.post(address, {"wants": "again"})
    assert remind() == 1


def test_pause_of_three_months_ends_by_itself(sara):
    pause_reminders(sara, until=TODAY + 90 * A_DAY)

    assert pause_of(sara, TODAY + 89 * A_DAY) is not None
    assert pause_of(sara, TODAY + 90 * A_DAY) is None


@pytest.mark.parametrize("wrong", ["/reminders/x/", "/reminders/1:2:3/"])
def test_link_that_is_not_ours_is_told_calmly(db, client, wrong):
    assert client.get(wrong).status_code == 404


def test_old_link_no_longer_works(sara, client, monkeypatch):
    address = pause_address(sara, "")
    monkeypatch.setattr("modig.apps.programme.reminder_links.DAYS_IT_WORKS", -1)

    assert client.get(address).status_code == 404


def test_signed_in_person_chooses_on_her_own_page(sara, client):
    client.force_login(sara.user)

    client.post(reverse("programme:reminders"), {"wants": "a_while"})

    shown = client.get(reverse("programme:reminders")).content.decode()
    assert "Du får inga påminnelser före" in shown


def test_unknown_wish_is_refused(sara, client):
    client.force_login(sara.user)

    assert client.post(reverse("programme:reminders"), {"wants": "x"}).status_code == 422
