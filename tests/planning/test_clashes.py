"""Groups that can meet on one day: counted, and made more of, at no loss for the mix."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modig.planning import (
    CompositionProblem,
    ScheduleProblem,
    Status,
    check_groups,
    clashing_pairs,
    compose,
    ease_calendar,
    schedule,
)
from planning.examples import MONDAY, alone, cap, composition, person
from planning.test_properties import FEW, compositions


def small_units(per_unit=4, **more):
    """Four departments of six units, each of which can spare one of its four."""
    people = tuple(
        person(f"{d}{u}{k}", None, (f"{d}{u}",), department=d)
        for d in range(4)
        for u in range(6)
        for k in range(per_unit)
    )
    caps = {one.unit: cap(1, 4) for one in people}
    rules = {"groups": 8, "low": 12, "high": 12, "weights": {"department": 1}, "caps": caps}
    return CompositionProblem(people=people, **{**rules, **more})


def dates(problem, groups):
    """A week with two rooms: eight groups need days that they share."""
    members = {}
    for one in problem.people:
        members.setdefault(groups[one.id], []).append(one)
    week = {"blocks": 1, "start": MONDAY, "weeks": 1, "gap": (1, 2), "caps": problem.caps}
    return ScheduleProblem(members, venues=("a", "b"), facilitators=("Ada", "Bo"), **week)


def by_hand(problem, groups):
    """Pairs of groups of which somebody must stay at home, told from the definition."""
    found = set()
    for a, b in combinations(sorted(set(groups.values())), 2):
        for unit, most in problem.caps.items():
            ours = [groups[one.id] for one in problem.people if one.unit == unit]
            if a in ours and b in ours and ours.count(a) + ours.count(b) > most.cap:
                found.add((a, b))
    return found


def test_groups_of_small_units_clash_and_need_not():
    problem = small_units()
    groups = compose(problem, seed=1, steps=20_000).groups

    eased = ease_calendar(problem, groups, steps=60_000)

    assert len(clashing_pairs(problem, groups)) == 28
    assert len(clashing_pairs(problem, eased)) == 12  # two cliques of four: none is better
    assert check_groups(problem, eased).value == check_groups(problem, groups).value
    assert check_groups(problem, eased).violations == {}


def test_calendar_that_choked_has_dates_afterwards():
    problem = small_units()
    groups = compose(problem, seed=1, steps=20_000).groups

    before = schedule(dates(problem, groups), seed=1, steps=50_000)
    after = schedule(
        dates(problem, ease_calendar(problem, groups, steps=60_000)), seed=1, steps=50_000
    )

    assert (before.status, after.status) == (Status.NOT_FOUND, Status.OK)


def test_same_seed_and_steps_give_the_same_groups():
    problem = small_units()
    groups = compose(problem, seed=1, steps=20_000).groups

    first, again = (ease_calendar(problem, groups, seed=3, steps=2000) for _ in range(2))

    assert first == again
    assert first != groups


def test_who_is_locked_kept_apart_or_has_met_stays():
    first = small_units()
    groups = compose(first, seed=1, steps=20_000).groups
    problem = small_units(
        locks={"000": groups["000"]}, keep_apart=[("110", "220")], history=[("330", "331")]
    )

    eased = ease_calendar(problem, groups, steps=20_000)

    stay = ("000", "110", "220", "330", "331")
    assert [eased[one] for one in stay] == [groups[one] for one in stay]
    assert len(clashing_pairs(problem, eased)) < 28


def test_stop_leaves_the_best_so_far():
    problem = small_units()
    groups = compose(problem, seed=1, steps=20_000).groups

    assert ease_calendar(problem, groups, should_stop=lambda: True) == groups


def test_problem_without_caps_is_left_as_it_is():
    problem = alone(12)
    groups = compose(problem, seed=1, steps=2000).groups

    assert clashing_pairs(problem, groups) == frozenset()
    assert ease_calendar(problem, groups) == groups


@FEW
@given(problem=compositions(), seed=st.integers(1, 9))
def test_mix_is_never_worse_nor_a_rule_broken(problem, seed):
    found = compose(problem, seed=1, steps=300)
    if not found.groups:
        return
    before = check_groups(problem, found.groups)

    eased = ease_calendar(problem, found.groups, seed=seed, steps=300)

    after = check_groups(problem, eased)
    assert after.value >= before.value - 1e-9
    assert sum(after.violations.values()) <= sum(before.violations.values())
    assert clashing_pairs(problem, found.groups) == by_hand(problem, found.groups)
    assert clashing_pairs(problem, eased) == by_hand(problem, eased)
    assert len(clashing_pairs(problem, eased)) <= len(clashing_pairs(problem, found.groups))


@pytest.mark.parametrize("seed", range(1, 4))
def test_whole_teams_change_places_with_teams_of_their_size(seed):
    teams = composition((4,) * 9, seed=seed, groups=3, low=12, high=12, weights={"role": 1})
    problem = composition(
        (4,) * 9, seed=seed, groups=3, low=12, high=12, weights={"role": 1},
        caps={one.unit: cap(5, 12) for one in teams.people},
    )  # fmt: skip
    groups = compose(teams, seed=seed, steps=3000).groups

    eased = ease_calendar(problem, groups, seed=seed, steps=3000)

    for people in problem.teams().values():
        assert len({eased[one.id] for one in people}) == 1
    assert check_groups(teams, eased).value >= check_groups(teams, groups).value
