"""Home of somebody of whom everything is asked at once: each thing once, with one button; then calm."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from apps.direction.factories import agree
from apps.initiatives.factories import make_initiative
from apps.people.factories import make_person, make_unit
from apps.programme.promises.factories import make_group, make_promise
from modig.apps.programme.models import Meeting, Promise
from modig.apps.surveys.actions import create_round, launch_round, put_answer
from modig.apps.surveys.models import Invitation

TODAY, NOW = timezone.localdate(), timezone.now()
ROW = re.compile(r'<p class="when[^"]*">.*?</p>\s*<h3>(.*?)</h3>', re.DOTALL)


@pytest.fixture
def sara(organisation, member):
    return make_person("Sara Ek", unit=make_unit("Norra"), user=member("unit-manager"))


@pytest.fixture
def home(sara, client):
    client.force_login(sara.user)

    def look():
        return client.get("/").content.decode()

    return look


def ask_everything(sara):
    make_group([sara], days=(-8, 5))
    make_promise(sara, meeting=Meeting.objects.first(), due_on=TODAY, what="Vi står upp")
    agree(make_person("Ali Bo", unit=make_unit("Södra")), sara, title="Måltider")
    make_initiative(
        "En dörr in", owner=sara, unit=sara.employments.first().unit, stage="under_way",
        heard_on=TODAY - dt.timedelta(weeks=6),
    )  # fmt: skip
    made = create_round("block", title="Block 1", opens_on=TODAY, by=None, at=NOW)
    launch_round(made, [sara], by=None, at=NOW)


def test_each_thing_stands_there_once_and_one_button_is_filled(sara, home):
    ask_everything(sara)

    shown = home()

    assert [title.strip() for title in ROW.findall(shown)] == [
        "Berätta vad som hände med ditt löfte",
        "Hur var träffen?",
        "Hur går det med ”En dörr in”?",
        "Läs överenskommelsen med Ali Bo",
    ]
    main = shown[shown.index("<main") : shown.index("</main")]
    assert main.count("btn-primary") == 1
    assert (
        main.count("<h2>Block 2</h2>") == 2
    )  # the card of the next meeting: on a phone above, else beside
    assert "Fyra saker att göra, Sara" in main


def test_it_is_calm_when_all_is_done(sara, home):
    make_group([sara], days=(-8, 5))
    make_promise(sara, meeting=Meeting.objects.first(), due_on=TODAY + dt.timedelta(days=20))

    assert "Allt är klart" in home()


def test_answered_form_and_told_promise_are_gone(sara, home):
    ask_everything(sara)
    put_answer(Invitation.objects.get(person=sara), {"hands_on": 4}, on=TODAY)
    Promise.objects.update(outcome="used", reported_on=TODAY)

    assert len(ROW.findall(home())) == 2
