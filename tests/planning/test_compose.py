import itertools
import threading
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modig.planning import CompositionProblem, Person, Status, check_groups, compose
from planning.examples import alone, cap, composition, many_teams, people_in_teams

FEW = {"seed": 1, "steps": 20_000}


def brute_force(problem):
    """Value of the best grouping that keeps every rule, or None.

    Sizes of people who all come alone differ by one at most, if the rules let them.
    """
    teams, best = problem.teams(), None
    even, rest = divmod(len(problem.people), problem.groups)
    is_even = not problem.has_teams and problem.low <= even <= problem.high - (rest > 0)
    for places in itertools.product(problem.group_names, repeat=len(teams)):
        groups = {
            person.id: name
            for name, members in zip(places, teams.values(), strict=True)
            for person in members
        }
        figures = check_groups(problem, groups)
        if is_even and set(Counter(groups.values()).values()) - {even, even + (rest > 0)}:
            continue
        if not figures.violations and (best is None or figures.value > best):
            best = figures.value
    return best


@st.composite
def small_problems(draw):
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=6))
    seed = draw(st.integers(0, 99))
    n, groups = sum(sizes), draw(st.integers(1, 3))
    low = draw(st.integers(1, max(1, n // groups)))
    high = low + draw(st.integers(0, 4))
    teams = [f"t{k}" for k in range(len(sizes))]
    pairs = draw(st.lists(st.sampled_from(list(itertools.combinations(teams, 2))), max_size=2))
    locked = draw(
        st.dictionaries(st.sampled_from(teams), st.integers(1, groups).map(str), max_size=2)
    )
    most = draw(st.integers(2, 6))
    return CompositionProblem(
        people=people_in_teams(sizes, seed=seed),
        groups=groups,
        low=low,
        high=high,
        weights={"unit": 2, "role": 1, "site": 0.5},
        keep_apart=tuple(pairs),
        locks=locked,
        caps={("unit0",): cap(most)} if draw(st.booleans()) else {},
    )


@settings(max_examples=150, deadline=None)
@given(small_problems())
def test_small_problem_gets_the_best_grouping_or_a_proof_that_there_is_none(problem):
    best = brute_force(problem)

    plan = compose(problem, **FEW, workers=4)

    if best is None:
        assert plan.status is Status.NOT_POSSIBLE
        assert plan.reasons
        assert plan.groups == {}
    else:
        assert (plan.status, plan.violations) == (Status.OK, {})
        assert plan.value == pytest.approx(best)
        assert best <= plan.tight_bound + 1e-9 <= plan.bound + 2e-9


@pytest.mark.parametrize("low", [1, 4])
def test_two_small_teams_change_places_with_a_large_one_where_groups_are_full(low):
    kinds = ["00", "01", "10", "00", "21", "21", "21", "10"]
    teams = ["a", "b", "b", "c", "d", "e", "e", "f"]
    units = [0, 1, 1, 2, 1, 2, 2, 2]
    problem = CompositionProblem(
        people=tuple(
            Person(f"p{k}", {"unit": f"u{unit}", "role": kind[0], "site": kind[1]}, team)
            for k, (kind, team, unit) in enumerate(zip(kinds, teams, units, strict=True))
        ),
        groups=2,
        low=low,
        high=4,
        weights={"unit": 2, "role": 1, "site": 0.5},
    )

    plan = compose(problem, **FEW)

    assert plan.value == brute_force(problem)


@settings(max_examples=30, deadline=None)
@given(st.integers(4, 40), st.integers(1, 5), st.integers(0, 9))
def test_people_who_come_alone_sit_in_groups_that_differ_by_one_at_most(n, groups, seed):
    groups = min(groups, n)

    plan = compose(alone(n, groups=groups, seed=seed), seed=seed, steps=4_000)

    sizes = [int(size) for size in plan.sizes]
    assert max(sizes) - min(sizes) <= 1
    assert plan.status is Status.OK


@pytest.mark.parametrize("seed", range(4))
def test_whole_teams_of_one_use_every_size_that_the_rules_allow(seed):
    units = ("B", "B", "B", "B", "A")
    people = tuple(
        Person(f"p{k}", {"unit": unit, "role": role})
        for k, (unit, role) in enumerate(zip(units, "XZYXZ", strict=True))
    )
    weights = {"unit": 1, "role": 1}

    plan = compose(
        CompositionProblem(people, 3, 1, 3, weights, whole_teams=True), seed=seed, steps=5_000
    )

    assert (plan.value, plan.bound) == (5, 5)


def test_even_spread_is_found_and_known_to_be_best():
    people = alone(24, kinds=3, weights={"kind": 1}, groups=2, low=12, high=12)

    plan = compose(people, seed=1, seconds=60)

    assert plan.share == 1.0
    assert plan.excess == {"kind": 0}
    assert plan.cpu_seconds < 30


@pytest.mark.parametrize("weights", [{}, {"kind": 0}])
@pytest.mark.parametrize("low", [1, 8])
def test_without_weights_any_grouping_that_keeps_the_rules_will_do(weights, low):
    apart = (("0", "3"), ("1", "4"), ("0", "1"))

    plan = compose(alone(24, low=low, high=8, weights=weights, keep_apart=apart), **FEW)

    assert (plan.status, plan.violations) == (Status.OK, {})
    assert (plan.value, plan.bound, plan.share) == (0, 0, 1.0)


def test_same_seed_steps_and_workers_give_the_same_groups():
    problem = composition(keep_apart=(("t0", "t1"),))

    plans = [compose(problem, seed=5, steps=30_000, workers=3).groups for _ in range(2)]

    assert plans[0] == plans[1]
    assert list(plans[0].items()) == list(plans[1].items())


def test_another_seed_is_another_search():
    assert len({tuple(compose(alone(40), seed=s, steps=50).groups.items()) for s in range(4)}) > 1


def test_locked_teams_stay_where_they_are():
    locks = {"t1": "3", "t4": "1", "p6-0": "1"}

    plan = compose(composition(locks=locks), **FEW)

    assert plan.status is Status.OK
    assert [plan.groups[p] for p in ("p1-0", "p4-0", "p6-0")] == ["3", "1", "1"]


def test_everything_locked_is_taken_as_it_is():
    problem = composition(groups=2, low=14, high=14)
    first = compose(problem, **FEW)
    locks = {f"t{k}": first.groups[f"p{k}-0"] for k in range(8)}

    again = compose(composition(groups=2, low=14, high=14, locks=locks), seed=9, steps=10)

    assert again.groups == first.groups


def test_no_group_takes_more_of_a_unit_than_its_cap():
    caps = {("unit0",): cap(5), ("unit1",): cap(5), ("unit2",): cap(5)}

    plan = compose(composition((2,) * 12, groups=4, low=6, high=6, caps=caps), **FEW)

    assert plan.violations == {}


def test_pairs_that_met_before_are_parted_where_that_costs_nothing():
    people = alone(12, kinds=1, weights={"kind": 1}, groups=3, low=4, high=4).people
    history = tuple((str(a), str(b)) for a, b in [(0, 1), (1, 2), (0, 2), (3, 4), (7, 99)])

    plan = compose(CompositionProblem(people, 3, 4, 4, {"kind": 1}, history=history), **FEW)

    assert (plan.repeats, plan.history_ignored) == (0, 1)


def test_search_can_be_stopped_and_keeps_its_best():
    began = time.monotonic()

    plan = compose(
        many_teams(),
        seed=1,
        seconds=60,
        should_stop=lambda: time.monotonic() > began + 1.5,
    )

    assert plan.status is Status.STOPPED
    assert plan.violations == {}
    assert len(plan.groups) == len(many_teams().people)


def test_progress_is_reported_at_least_twice_a_second():
    reports = []

    compose(many_teams(), seed=1, seconds=2, on_progress=reports.append)

    assert len(reports) >= 4
    assert [r.share_done for r in reports] == sorted(r.share_done for r in reports)
    assert all(0 <= r.share_done <= 1 and r.violations == 0 for r in reports)
    assert reports[-1].best_value >= reports[0].best_value
    later = [b.seconds - a.seconds for a, b in itertools.pairwise(reports)]
    assert max(later) < 0.5


def test_reported_value_is_that_of_the_checker():
    reports = []

    plan = compose(composition(), seed=1, steps=50_000, on_progress=reports.append)

    assert reports[-1].best_value <= plan.value + 1e-6
    assert reports[-1].best_value > 0


def test_progress_comes_from_a_search_in_another_thread_too():
    found = []
    thread = threading.Thread(target=lambda: found.append(compose(composition(), **FEW)))

    thread.start()
    thread.join()

    assert found[0].status is Status.OK


@pytest.mark.parametrize(
    "limit", [{"seconds": 0}, {"steps": 0}, {"seconds": -1}, {"seconds": float("nan")}]
)
def test_limits_must_be_above_nothing(limit):
    with pytest.raises(ValueError, match="above 0"):
        compose(composition(), seed=1, **limit)
