"""New contacts from round to round: constructions, the search, and its figures."""

import random
from collections import Counter
from itertools import combinations

import pytest

from modig.planning import ContactsProblem, Person, Status, arrange_contacts, check_contacts
from modig.planning.constructions import Field, perfect_rounds


def people(n, kinds=0):
    return tuple(Person(str(k), {"kind": str(k % kinds)} if kinds else {}) for k in range(n))


# people, size, rounds of the construction
KNOWN = [
    (600, 24, 25), (598, 24, 25), (32, 4, 10), (15, 3, 7), (27, 3, 13), (39, 3, 19), (9, 3, 4),
    (16, 4, 5), (64, 4, 21), (25, 5, 6), (12, 2, 11), (49, 7, 8), (150, 6, 25), (7, 1, 30),
    (4, 4, 1), (125, 5, 30), (23, 3, 8),
]  # fmt: skip


@pytest.mark.parametrize(("n", "size", "rounds"), KNOWN)
def test_construction_seats_everybody_and_repeats_nothing(n, size, rounds):
    found = perfect_rounds(n, size, 30)

    assert len(found) >= rounds
    met = Counter(
        pair for tables in found for table in tables for pair in combinations(sorted(table), 2)
    )
    assert max(met.values(), default=1) == 1
    for tables in found:
        sizes = [len(table) for table in tables]
        assert sorted(p for table in tables for p in table) == list(range(n))
        assert len(tables) == -(-n // size)
        assert size >= max(sizes) >= min(sizes) >= max(sizes) - 1


@pytest.mark.parametrize("order", [2, 3, 4, 5, 8, 9, 16, 25, 27])
def test_every_number_but_zero_divides(order):
    field = Field.of(order)

    assert field is not None
    for a in range(1, order):
        assert {field.times(a, b) for b in range(order)} == set(range(order))
        assert {field.add(a, b) for b in range(order)} == set(range(order))


def test_no_field_has_six_numbers():
    assert Field.of(6) is None


@pytest.mark.parametrize("seed", range(6))
def test_searched_rounds_keep_every_rule_and_their_figures_are_true(seed):
    chance = random.Random(seed)
    n, size, rounds = chance.randrange(5, 40), chance.randrange(1, 7), chance.randrange(1, 6)
    met = tuple((str(chance.randrange(n)), str(chance.randrange(n + 3))) for _ in range(10))
    history = tuple(pair for pair in met if pair[0] != pair[1])
    problem = ContactsProblem(
        people(n, 3), min(size, n), rounds, history, chance.random() < 0.5, {"kind": seed % 2}
    )

    plan = arrange_contacts(problem, seed=seed, steps=3000)

    assert plan.status is Status.OK, plan.reasons
    assert plan.violations == {}
    known = {tuple(sorted(pair)) for pair in history}
    together = Counter(
        pair
        for groups in plan.rounds
        for pair in combinations(sorted(groups), 2)
        if groups[pair[0]] == groups[pair[1]]
    )
    new = set(together) - known
    assert plan.new_pairs == len(new)
    assert plan.repeats == together.total() - len(new)
    assert 0 <= plan.share <= 1
    if problem.sits_out_each:
        out = plan.sat_out.values()
        assert max(out) - min(out) <= 1


def test_contacts_across_borders_come_first():
    problem = ContactsProblem(people(24, 4), 4, 2, weights={"kind": 2})
    plain = ContactsProblem(people(24, 4), 4, 2, weights={"kind": 0})

    wished = arrange_contacts(problem, seed=1, steps=60_000)

    assert wished.crossing["kind"] == 2 * 6 * 6
    assert wished.crossing["kind"] > arrange_contacts(plain, seed=1, steps=60_000).crossing["kind"]


def test_people_of_an_earlier_group_do_not_meet_again():
    met = tuple(
        (str(a), str(b)) for g in range(6) for a, b in combinations(range(6 * g, 6 * g + 6), 2)
    )
    plan = arrange_contacts(ContactsProblem(people(36), 6, 2, met), seed=1, steps=200_000)

    assert plan.repeats == 0


def test_same_seed_and_steps_give_the_same_rounds():
    problem = ContactsProblem(people(30), 7, 4)

    first, second = (arrange_contacts(problem, seed=3, steps=5000, workers=2) for _ in range(2))

    assert first.rounds == second.rounds


def test_too_few_to_fill_one_group_is_said():
    plan = arrange_contacts(ContactsProblem(people(5), 6, 2, sit_out=True), seed=1, steps=1)

    assert plan.status is Status.NOT_POSSIBLE
    assert "5 people do not fill one group of 6" in str(plan.reasons[0])


def test_checker_names_each_broken_rule():
    problem = ContactsProblem(people(6), 3, 2)
    good = {"0": "1", "1": "1", "2": "1", "3": "2", "4": "2", "5": "2"}

    figures = check_contacts(
        problem, [{**good, "x": "2"}, {"0": "1", "1": "2", "2": "2", "3": "2", "4": "2"}]
    )

    assert figures.violations == {
        "unknown_person": 1, "missing_in_round": 2, "size": 2,
    }  # fmt: skip
    assert check_contacts(problem, [good]).violations == {"rounds": 1}
