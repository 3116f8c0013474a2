"""Groups from any distances: the search's counters, its bound, and small cases tried whole."""

from itertools import product

import numpy as np
import pytest

from modig.planning import DistanceProblem, Status, diversify, kernels
from modig.planning.mdgp import Search, largest_sizes, most_value, value_of


def distances(n, *, seed=1, whole=True):
    chance = np.random.default_rng(seed)
    d = chance.integers(0, 101, (n, n)).astype(float) if whole else chance.random((n, n)) * 100
    d = np.triu(d, 1)
    return d + d.T


def everything(problem):
    """Value of every grouping within the bounds."""
    groups = len(problem.low)
    for of in product(range(groups), repeat=problem.people):
        sizes = [of.count(g) for g in range(groups)]
        if all(a <= s <= b for a, s, b in zip(problem.low, sizes, problem.high, strict=True)):
            yield value_of(problem.distance, np.array(of))


@pytest.mark.parametrize("seed", range(4))
def test_small_cases_reach_the_best_of_all_and_stay_under_the_bound(seed):
    problem = DistanceProblem(distances(8, seed=seed, whole=seed % 2 == 0), (2, 2, 1), (4, 3, 3))

    answer = diversify(problem, seed=seed, steps=4000)

    best = max(everything(problem))
    assert answer.value == pytest.approx(best)
    assert best <= most_value(problem) + 1e-9
    assert answer.value == value_of(problem.distance, np.array(answer.groups))


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("inserts", [True, False])
def test_counters_are_those_of_the_groups(whole, inserts):
    problem = DistanceProblem(distances(60, whole=whole), (6,) * 6, (14,) * 6)
    search = Search(problem, 5, 0)
    search.temperature = 60.0

    search._anneal(kernels, 300, inserts=inserts)

    sizes, gain, own, value = (
        search.size.copy(),
        search.gain.copy(),
        search.own.copy(),
        search.value[0],
    )
    search._count_anew()
    assert list(sizes) == list(search.size)
    assert gain == pytest.approx(search.gain, abs=0.05)
    assert own == pytest.approx(search.own, abs=0.05)
    assert value == pytest.approx(search.value[0], abs=0.5)
    assert sizes.min() >= 6
    assert sizes.max() <= 14
    assert (len(set(sizes)) > 1) or not inserts


def test_start_sizes_hold_the_most_pairs():
    problem = DistanceProblem(distances(20), (2, 3, 4), (9, 8, 12))

    sizes = largest_sizes(problem)

    allowed = [s for s in product(range(2, 10), range(3, 9), range(4, 13)) if sum(s) == 20]
    assert tuple(sizes) in allowed
    assert sum(s * s for s in sizes) == max(sum(x * x for x in s) for s in allowed)


def test_same_seed_and_steps_give_the_same_groups():
    problem = DistanceProblem(distances(50, whole=False), (8,) * 5, (12,) * 5)

    first, second = (diversify(problem, seed=4, steps=3000, workers=2) for _ in range(2))

    assert first.groups == second.groups
    assert first.steps == second.steps


def test_sizes_that_cannot_add_up_are_named():
    answer = diversify(DistanceProblem(distances(9), (1, 1), (4, 4)), seed=1, steps=1)

    assert answer.status is Status.NOT_POSSIBLE
    assert str(answer.reasons[0]) == "9 people cannot fill groups that hold 2-8 people together"


def test_stopping_gives_the_best_so_far():
    problem = DistanceProblem(distances(40), (10,) * 4, (10,) * 4)

    answer = diversify(problem, seed=1, seconds=60, should_stop=lambda: True)

    assert answer.status is Status.STOPPED
    assert sorted(answer.groups) == sorted([0, 1, 2, 3] * 10)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (np.ones((2, 3)), "square"),
        (np.array([[0, 1], [2, 0]]), "symmetric"),
        (np.array([[0, np.nan], [np.nan, 0]]), "square table of numbers"),
    ],
)
def test_nonsense_cannot_be_built(table, message):
    with pytest.raises(ValueError, match=message):
        DistanceProblem(table.astype(float), (1,), (2,))
