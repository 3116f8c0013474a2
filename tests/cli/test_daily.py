"""What `modig daily` does, says and ends with."""

import json
from zoneinfo import ZoneInfo

import pytest

from modig.apps.jobs import daily
from modig.apps.jobs.mails import Sent
from modig.cli import main


@pytest.fixture
def chores(organisation, monkeypatch):
    """Chores of the test's own: ``chores["forms"] = lambda day: Sent(2)``."""
    own = {}
    monkeypatch.setattr(daily, "_chores", own)
    return own


def test_every_chore_is_done_and_told(chores, capsys):
    chores["forms"] = lambda day: Sent(2, 1)
    chores["promises"] = lambda day: Sent()

    assert main(["daily"]) == 0
    assert capsys.readouterr().out == "north: forms: 2 sent, 1 refused\nnorth: promises: 0 sent\n"


def test_chore_that_fails_is_told_and_keeps_no_other_back(chores, capsys):
    def fail(day):
        raise OSError("the mail server is gone")

    chores["forms"], chores["promises"] = fail, lambda day: Sent(3)

    assert main(["daily"]) == 1
    told = capsys.readouterr()
    assert told.out == "north: promises: 3 sent\n"
    assert "north: forms failed: the mail server is gone" in told.err


def test_quiet_says_nothing_when_all_is_well(chores, capsys):
    chores["forms"] = lambda day: Sent(2)

    assert main(["daily", "--quiet"]) == 0
    assert capsys.readouterr().out == ""


def test_json_is_one_object(chores, other_organisation, capsys):
    chores["forms"] = lambda day: Sent(2)

    main(["daily", "--json", "--organisation", "south"])

    done = {"chore": "forms", "sent": 2, "refused": 0, "fault": ""}
    assert json.loads(capsys.readouterr().out) == {"south": [done]}


def test_unknown_organisation_is_refused_with_a_sentence(db, capsys):
    assert main(["daily", "--organisation", "x"]) == 2
    assert capsys.readouterr().err == "There is no organisation x\n"


def test_the_features_have_told_their_chores():
    assert set(daily._chores) == {
        "form reminders", "forms", "news", "promises", "traces of answers",
    }  # fmt: skip


def test_chores_stand_by_the_clock_and_address_of_the_site(chores, settings):
    days = []
    chores["forms"] = lambda day: days.append(day) or Sent()

    main(["daily"])

    assert days[0].address == settings.ENVIRONMENT.address
    assert days[0].on == days[0].at.astimezone(ZoneInfo("Europe/Stockholm")).date()
