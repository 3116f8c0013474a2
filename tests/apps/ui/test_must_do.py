"""How a thing to do says when it is due."""

from datetime import date

import pytest
from django.utils import translation

from modig.apps.ui.must_do import Action, MustDo
from modig.apps.ui.templatetags.must_do import due, picture, urgency

WEDNESDAY = date(2026, 11, 25)


def thing(due_on=None, kind="promise"):
    return MustDo(kind, "Berätta", "", due_on, Action("Berätta", "/"))


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (None, "När du hinner"),
        (date(2026, 11, 20), "Försenat sedan fredag"),
        (date(2026, 11, 25), "I dag"),
        (date(2026, 11, 26), "Senast i morgon"),
        (date(2026, 11, 27), "Senast fredag"),
        (date(2026, 12, 7), "Senast måndag 7 december"),
        (date(2027, 1, 14), "Senast 14 januari 2027"),
    ],
)
def test_due_day_is_said_in_words(due_on, words):
    with translation.override("sv"):
        assert due(thing(due_on), WEDNESDAY) == words


def test_meeting_is_not_due_but_held():
    with translation.override("sv"):
        assert due(thing(date(2026, 12, 7), "meeting"), WEDNESDAY) == "Måndag 7 december"


def test_what_is_late_looks_late():
    late = thing(date(2026, 11, 20), "agreement")

    assert (picture(late, WEDNESDAY), urgency(late, WEDNESDAY)) == ("alert-circle", "late")
    assert picture(thing(kind="agreement"), WEDNESDAY) == "writing"
    assert urgency(thing(WEDNESDAY), WEDNESDAY) == "soon"
