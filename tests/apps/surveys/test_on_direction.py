"""How shared the picture is, on the page of the direction."""

import datetime as dt
from itertools import count

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.direction.factories import make_vision
from apps.people.factories import make_person, make_unit
from modig.apps.surveys.actions import create_round, launch_round, put_answer
from modig.apps.surveys.models import Invitation
from modig.apps.surveys.on_direction import shared_picture

NOW = timezone.now()
TODAY = timezone.localdate()
numbers = count(1)


@pytest.fixture
def asked(organisation):
    """A round of the pulse with these answers: ``asked([1, 5, 5])``; closed unless it is open."""
    unit = make_unit("Förskolor")

    def make(steps, *, closed=True, persons=()):
        people = [make_person(f"P {k}", unit=unit) for k in range(len(steps))] + list(persons)
        opens = TODAY - dt.timedelta(days=30 if closed else 0)
        title = f"Hösten {next(numbers)}"
        made = create_round("shared-picture", title=title, opens_on=opens, by=None, at=NOW)
        launch_round(made, people, by=None, at=NOW)
        others = Invitation.objects.filter(round=made).exclude(person__in=persons)
        for invitation, step in zip(others, steps, strict=True):
            put_answer(invitation, {"how_clear": step, "in_own_words": "Dit"}, on=opens)
        return made

    return make


def page(browser):
    make_vision("Tillsammans")
    return browser.get(reverse("direction:direction")).content.decode()


def test_spread_stands_before_the_mean(asked, signed_in):
    asked([1, 1, 5, 5, 5])

    shown = page(signed_in("participant"))

    assert "Sett på olika sätt" in shown
    assert "tydlighet 3,4 av 5, spridning 2,0" in shown


def test_four_answers_show_nothing(asked, signed_in):
    asked([1, 1, 5, 5])

    shown = page(signed_in("participant"))

    assert "färre än fem har svarat" in shown
    assert "tydlighet" not in shown.replace("Hur tydligt", "")


def test_open_round_shows_nothing_yet_and_is_answered_from_here(asked, member, client):
    user = member("participant")
    made = asked([1, 5, 5, 5, 5, 5], closed=False, persons=[make_person("Sara Ek", user=user)])
    client.force_login(user)

    shown = page(client)

    own = made.invitations.get(person__user=user)
    assert reverse("surveys:own_invitation", args=[own.pk]) in shown
    assert "spridning" not in shown


def test_reader_sees_no_empty_section_and_who_runs_forms_may_ask(organisation, member):
    assert shared_picture(member("reader")) is None
    assert shared_picture(member("programme-owner")).context["runs"]


def test_section_asks_as_often_for_many_rounds(asked, member, django_assert_num_queries):
    user = member("participant")
    asked([1, 2, 3, 4, 5])
    shared_picture(user)
    with django_assert_num_queries(5):
        shared_picture(user)
    for _ in range(3):
        asked([1, 2, 3, 4, 5])
    with django_assert_num_queries(5):
        shared_picture(user)
