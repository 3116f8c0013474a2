"""Every placement against every move and every exchange, tried one by one with the checker."""

from collections import Counter
from dataclasses import replace

import pytest

from modig.planning import Status, check_groups, compose
from modig.planning.placements import placements, prices_here
from planning.examples import alone, cap, composition, people_in_teams


@pytest.fixture(scope="module")
def problem():
    return composition(
        keep_apart=(("t0", "t1"),), locks={"t7": "1"}, caps={("unit0",): cap(9), ("unit1",): cap(9)}
    )


@pytest.fixture(scope="module")
def plan(problem):
    found = compose(problem, seed=1, steps=50_000)
    assert found.status is Status.OK
    return found.groups


def where(problem, groups):
    return {key: groups[team[0].id] for key, team in problem.teams().items()}


def values_elsewhere(problem, groups, key):
    """What every other place that keeps the rules is worth, tried out."""
    place = where(problem, groups)
    changes = [{key: name} for name in problem.group_names if name != place[key]]
    changes += [
        {key: there, other: place[key]}
        for other, there in place.items()
        if there != place[key] and other != ("team", "t7")
    ]
    for change in changes:
        after = {p.id: change.get(p.team_key, groups[p.id]) for p in problem.people}
        figures = check_groups(problem, after)
        if not set(figures.violations) - {"lock"}:
            yield figures.value, figures.excess


@pytest.mark.parametrize("team", range(8))
def test_next_best_place_is_the_best_of_all_that_keep_the_rules(problem, plan, team):
    key = ("team", f"t{team}")
    now = check_groups(problem, plan)

    found = placements(problem, plan, [key])[key].next_best

    tried = list(values_elsewhere(problem, plan, key))
    assert (found is None) == (not tried)
    if found is None:
        return
    assert found.value == pytest.approx(max(value for value, _ in tried) - now.value)
    alike = [excess for value, excess in tried if value == pytest.approx(found.value + now.value)]
    assert found.same in [{a: n - now.excess[a] for a, n in excess.items()} for excess in alike]


@pytest.mark.parametrize("seed", range(3))
def test_next_best_place_of_those_who_come_alone(seed):
    problem = alone(9, seed=seed, low=3, high=3)
    groups = compose(problem, seed=1, steps=2000).groups
    now = check_groups(problem, groups).value

    for key, one in placements(problem, groups, problem.teams()).items():
        best = max(value for value, _ in values_elsewhere(problem, groups, key))
        assert one.next_best.value == pytest.approx(best - now)
        assert one.next_best.exchanged is not None


def test_placement_tells_whom_the_team_meets(problem, plan):
    for key, one in placements(problem, plan, problem.teams()).items():
        mine = [p for p in problem.people if p.team_key == key]
        others = [p for p in problem.people if plan[p.id] == one.group and p.team_key != key]
        kinds = {p.attributes["unit"] for p in mine}
        theirs = Counter(p.attributes["unit"] for p in others)
        assert one.others == len(others)
        assert one.same["unit"] == sum(theirs[p.attributes["unit"]] for p in mine)
        assert one.new["unit"] == sum(n for kind, n in theirs.items() if kind not in kinds)
        assert set(one.only["unit"]) == {kind for kind in kinds if not theirs[kind]}
        assert one.is_locked == (key == ("team", "t7"))


def test_no_other_place_where_none_keeps_the_rules():
    problem = composition((4, 4), groups=1, low=8, high=8)
    groups = {p.id: "1" for p in people_in_teams((4, 4))}

    assert placements(problem, groups, [("team", "t0")])[("team", "t0")].next_best is None


@pytest.mark.parametrize("team", range(8))
def test_price_of_a_wish_is_what_the_others_would_gain_in_the_best_place_without_it(
    problem, plan, team
):
    key = ("team", f"t{team}")
    without = replace(problem, weights={**problem.weights, "role": 0.0})

    price = prices_here(problem, plan, key)["role"]

    tried = [value for value, _ in values_elsewhere(without, plan, key)]
    gain = max(tried, default=0.0) - check_groups(without, plan).value
    assert price.value == pytest.approx(max(0.0, gain) if tried else 0.0)
    assert (price.place is None) == (price.value == 0)


def test_single_wish_has_no_price(problem, plan):
    assert prices_here(replace(problem, weights={"unit": 1.0}), plan, ("team", "t0")) == {}
