import datetime as dt

import pytest

from apps.people.factories import make_person, make_unit
from modig.apps.surveys.actions import create_round, launch_round, put_answer
from modig.apps.surveys.models import Invitation
from modig.apps.surveys.queries.results import (
    result_of,
    result_of_several,
    results_by_round,
    rounds,
)

OPENS = dt.date(2026, 11, 2)
AFTER = dt.date(2026, 12, 1)
NOW = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def asked(organisation):
    """Make a round with these answers: ``asked([{"hands_on": 4}, …])``."""
    unit = make_unit("Förskolor")

    def make(answers, *, form="block", more=2):
        people = [make_person(f"P {k}", unit=unit) for k in range(len(answers) + more)]
        made = create_round(form, title="Block 1", opens_on=OPENS, by=None, at=NOW)
        launch_round(made, people, by=None, at=NOW)
        invitations = Invitation.objects.filter(round=made).order_by("pk")
        for invitation, answer in zip(invitations, answers, strict=False):
            put_answer(invitation, answer, on=OPENS)
        return made

    return make


def test_four_answers_show_nothing(asked):
    result = result_of(asked([{"hands_on": 4}] * 4), on=AFTER)

    assert (result.answered, result.is_shown, result.steps) == (4, False, ())


def test_five_answers_show_mean_and_spread_but_no_distribution_and_no_text(asked):
    answers = [{"hands_on": step, "sentence": f"Mening {step}"} for step in (2, 3, 4, 5, 5)]
    result = result_of(asked(answers), on=AFTER)

    step = result.steps[0]
    assert (step.n, step.mean) == (5, 3.8)
    assert step.spread == pytest.approx(1.1662, abs=1e-4)
    assert step.shares is None
    assert result.texts[0].texts is None


def test_ten_answers_show_distribution_and_texts_in_alphabetical_order(asked):
    answers = [{"hands_on": 1 + k % 5, "sentence": f"Mening {9 - k}"} for k in range(10)]
    result = result_of(asked(answers), on=AFTER)

    assert result.steps[0].shares == [0.2] * 5
    assert list(result.texts[0].texts) == [f"Mening {k}" for k in range(10)]


def test_item_with_four_answers_is_not_shown_though_the_round_is(asked):
    answers = [{"hands_on": 4, "value_team": 2}] * 4 + [{"hands_on": 5}] * 3
    result = result_of(asked(answers), on=AFTER)

    assert [step.mean is None for step in result.steps] == [False, True, True]


def test_open_round_shows_nothing_however_many_have_answered(asked):
    made = asked([{"hands_on": 4}] * 20)

    assert result_of(made, on=OPENS).is_shown is False


def test_small_round_cannot_be_worked_out_from_the_total(asked):
    small = asked([{"hands_on": 1}] * 3)
    others = [asked([{"hands_on": 4}] * n) for n in (6, 9, 12)]

    shown = results_by_round([small, *others], on=AFTER)
    total = result_of_several([small, *others], on=AFTER)

    assert total.is_shown
    assert [shown[one.pk] is None for one in (small, *others)] == [True, True, False, False]


def test_pulse_shows_the_spread_of_clarity(asked):
    answers = [{"how_clear": step} for step in (1, 1, 5, 5, 5)]
    result = result_of(asked(answers, form="shared-picture"), on=AFTER)

    assert result.steps[0].mean == pytest.approx(3.4)
    assert result.steps[0].spread == pytest.approx(1.9596, abs=1e-4)


def test_list_counts_invited_and_answered(asked):
    asked([{"hands_on": 4}] * 4, more=3)

    row = rounds().get()
    assert (row.invited, row.answered) == (7, 4)
