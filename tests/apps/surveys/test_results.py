import datetime as dt
from itertools import count
from statistics import pstdev

import pytest

from apps.people.factories import make_person, make_unit
from modig.apps.surveys.actions import create_round, launch_round, put_answer
from modig.apps.surveys.models import Invitation
from modig.apps.surveys.queries.results import (
    result_of,
    results_by_round,
    rounds,
    together,
)

OPENS = dt.date(2026, 11, 2)
AFTER = dt.date(2026, 12, 1)
numbers = count(1)
NOW = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def asked(organisation):
    """Make a round with these answers: ``asked([{"hands_on": 4}, …])``."""
    unit = make_unit("Förskolor")

    def make(answers, *, form="block", more=2):
        people = [make_person(f"P {k}", unit=unit) for k in range(len(answers) + more)]
        title = f"Block {next(numbers)}"
        made = create_round(form, title=title, opens_on=OPENS, by=None, at=NOW)
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


def test_small_round_is_withheld_and_in_no_sum(asked):
    small = asked([{"hands_on": 1}] * 4)
    others = [asked([{"hands_on": step}] * n) for n, step in ((6, 4), (9, 5))]

    shown = results_by_round([small, *others], on=AFTER)
    total = together(list(shown.values()))

    assert [shown[one.pk].is_shown for one in (small, *others)] == [False, True, True]
    assert (total.answered, total.steps[0].n) == (15, 15)
    assert total.steps[0].mean == pytest.approx((6 * 4 + 9 * 5) / 15)


def test_sum_says_the_same_before_and_after_a_small_round_has_closed(asked):
    others = [asked([{"hands_on": 4}] * 6), asked([{"hands_on": 5}] * 9)]
    before = together(list(results_by_round(others, on=AFTER).values()))

    small = asked([{"hands_on": 1}] * 3)
    after = together(list(results_by_round([*others, small], on=AFTER).values()))

    assert after == before


def test_item_that_few_of_a_round_have_answered_is_in_no_sum(asked):
    few = asked([{"hands_on": 4, "value_team": 1}] * 4 + [{"hands_on": 4}] * 4)
    many = asked([{"hands_on": 4, "value_team": 5}] * 8)

    total = together(list(results_by_round([few, many], on=AFTER).values()))

    by_name = {step.item.name: step for step in total.steps}
    assert by_name["hands_on"].n == 16
    assert (by_name["value_team"].n, by_name["value_team"].mean) == (8, 5)


def test_spread_of_a_sum_is_that_of_all_its_answers(asked):
    rounds_of = [
        asked([{"hands_on": step} for step in (1, 2, 2, 3, 5)]),
        asked([{"hands_on": 4}] * 7),
    ]

    total = together(list(results_by_round(rounds_of, on=AFTER).values()))

    assert total.steps[0].spread == pytest.approx(pstdev([1, 2, 2, 3, 5] + [4] * 7))


def test_sum_tells_no_distribution_and_no_text(asked):
    rounds_of = [asked([{"hands_on": 4, "sentence": "Bra"}] * 12) for _ in range(2)]

    total = together(list(results_by_round(rounds_of, on=AFTER).values()))

    assert [step.shares for step in total.steps] == [None] * len(total.steps)
    assert total.texts == ()


def test_many_rounds_are_read_in_as_many_queries_as_one(asked, django_assert_num_queries):
    made = [asked([{"hands_on": 4}] * 5) for _ in range(3)]

    with django_assert_num_queries(2):
        results_by_round(made[:1], on=AFTER)
    with django_assert_num_queries(2):
        results_by_round(made, on=AFTER)


def test_pulse_shows_the_spread_of_clarity(asked):
    answers = [{"how_clear": step} for step in (1, 1, 5, 5, 5)]
    result = result_of(asked(answers, form="shared-picture"), on=AFTER)

    assert result.steps[0].mean == pytest.approx(3.4)
    assert result.steps[0].spread == pytest.approx(1.9596, abs=1e-4)


def test_list_counts_invited_and_answered(asked):
    asked([{"hands_on": 4}] * 4, more=3)

    row = rounds().get()
    assert (row.invited, row.answered) == (7, 4)
