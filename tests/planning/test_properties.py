"""No seed, size, lock, pair, cap or quota makes a plan that breaks a rule and says that it is fine."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modig.planning import (
    CompositionProblem,
    ContactsProblem,
    Quota,
    ScheduleProblem,
    Status,
    arrange_contacts,
    check_contacts,
    check_groups,
    check_schedule,
    compose,
    replan_groups,
    replan_schedule,
    schedule,
    unit_caps,
)
from modig.planning.feasibility import Exhaustion
from planning.examples import MONDAY, person

FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
    derandomize=True,
)


@st.composite
def compositions(draw):
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=9))
    people = tuple(
        person(
            f"{team}-{k}",
            f"t{team}" if size > 1 else None,
            (f"u{draw(st.integers(0, 2))}",),
            kind=draw(st.integers(0, 3)),
            site=draw(st.integers(0, 1)),
        )
        for team, size in enumerate(sizes)
        for k in range(size)
    )
    groups = draw(st.integers(1, 4))
    low = draw(st.integers(1, max(1, len(people) // groups)))
    high = draw(st.integers(max(low, len(people) // groups), len(people)))
    names = [f"t{t}" if size > 1 else f"{t}-0" for t, size in enumerate(sizes)]
    apart = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=3))
    locked = draw(
        st.dictionaries(st.sampled_from(names), st.sampled_from("12")),
    )
    share = draw(st.fractions(0, 1, max_denominator=10))
    quotas = draw(st.lists(st.builds(
        Quota,
        attribute=st.sampled_from(["kind", "site"]),
        value=st.none() | st.just(people[0].attributes["site"]),
        least=st.integers(1, 2),
        most=st.none() | st.integers(2, 6),
        most_share=st.none() | st.fractions("1/2", 1, max_denominator=6),
        or_none=st.booleans(),
    ), max_size=2))  # fmt: skip
    caps = unit_caps(people, {(f"u{k}",): 4 for k in range(3)}, share)
    return CompositionProblem(
        people, groups, low, high, {"kind": draw(st.sampled_from([0.5, 1, 3]))},
        keep_apart=tuple(pair for pair in apart if pair[0] != pair[1]),
        locks=locked if groups > 1 else {},
        caps=caps if draw(st.booleans()) else {},
        quotas=tuple(q for q in quotas if q.value is None or q.attribute == "site"),
        history=draw(st.sampled_from([(), ((people[0].id, people[-1].id),) if len(people) > 1 else ()])),
    )  # fmt: skip


@FEW
@given(compositions(), st.integers(0, 10**6))
def test_groups(problem, seed):
    plan = compose(problem, seed=seed, steps=400)

    if plan.status is Status.OK:
        assert check_groups(problem, plan.groups).errors == ()
        assert plan.value <= plan.tight_bound + 1e-6
        assert plan.tight_bound <= plan.bound + 1e-6
    elif plan.status is Status.NOT_POSSIBLE:
        assert Exhaustion(problem).answer is None
        assert plan.reasons
        assert plan.groups == {}
    else:
        assert plan.violations


@FEW
@given(compositions(), st.data())
def test_groups_planned_again(problem, data):
    names = st.sampled_from([*problem.group_names, "gone"])
    before = {p.id: data.draw(names) for p in problem.people if data.draw(st.booleans())}

    plan, moves = replan_groups(problem, before, seed=1, steps=400)

    if plan.status is Status.OK:
        assert check_groups(problem, plan.groups).errors == ()
        moved = {person for move in moves for person in move.people}
        assert moved == {i for i, group in plan.groups.items() if before.get(i, group) != group}


@st.composite
def schedules(draw):
    groups = draw(st.integers(1, 5))
    members = {
        f"g{g}": [
            person(f"{g}.{k}", None, (f"u{draw(st.integers(0, 2))}",))
            for k in range(draw(st.integers(2, 4)))
        ]
        for g in range(groups)
    }
    some_days = st.sets(st.integers(0, 40), max_size=12)
    people = [p for group in members.values() for p in group]
    low = draw(st.integers(0, 3))
    away = draw(st.lists(st.tuples(st.sampled_from(people), st.integers(0, 40)), max_size=6))
    blocks = draw(st.integers(1, 3))
    return ScheduleProblem(
        members, blocks, MONDAY, draw(st.integers(1, 9)), (low, low + draw(st.integers(0, 3))),
        tuple("ab"[: draw(st.integers(1, 2))]), tuple("AB"[: draw(st.integers(1, 2))]),
        lengths=tuple(draw(st.integers(1, 2)) for _ in range(blocks)),
        caps=unit_caps(people, {(f"u{k}",): 6 for k in range(3)}, draw(st.fractions(0, 1, max_denominator=6))),
        weekdays=draw(st.sampled_from([frozenset(range(5)), frozenset({0, 2}), frozenset({1, 2, 5})])),
        holidays=frozenset(MONDAY + timedelta(days=d) for d in draw(st.lists(st.integers(0, 60), max_size=4))),
        unavailable=frozenset((p.id, MONDAY + timedelta(days=d)) for p, d in away),
        venues_closed=frozenset(("a", MONDAY + timedelta(days=d)) for d in draw(some_days)),
        facilitators_off=frozenset(("A", MONDAY + timedelta(days=d)) for d in draw(some_days)),
        seats=draw(st.sampled_from([{}, {"a": 3}, {"a": 2, "b": 4}])),
        places={"a": "Skara", "b": "Mora"},
        far_apart=draw(st.sampled_from([frozenset(), frozenset({frozenset({"Skara", "Mora"})})])),
    )  # fmt: skip


@FEW
@given(schedules(), st.integers(0, 10**6))
def test_dates(problem, seed):
    plan = schedule(problem, seed=seed, steps=2000)

    if plan.status is Status.OK:
        assert check_schedule(problem, plan.meetings).errors == ()
    elif plan.status is Status.NOT_POSSIBLE:
        assert plan.reasons
        assert plan.meetings == ()
    else:
        assert plan.violations


@FEW
@given(schedules(), schedules())
def test_dates_planned_again(problem, other):
    before = schedule(other, seed=1, steps=500).meetings

    plan = replan_schedule(problem, before, seed=1, steps=2000)

    if plan.status is Status.OK:
        assert check_schedule(problem, plan.meetings).errors == ()
    elif plan.status is Status.NOT_POSSIBLE:
        assert schedule(problem, seed=2, steps=2000).status is not Status.OK


@FEW
@given(
    st.integers(1, 30), st.integers(1, 8), st.integers(1, 5), st.booleans(), st.integers(0, 10**6),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=20),
)  # fmt: skip
def test_contacts(n, size, rounds, sit_out, seed, met):
    history = tuple((str(a), str(b)) for a, b in met if a != b)
    people = tuple(person(k, kind=k % 3) for k in range(n))
    problem = ContactsProblem(people, size, rounds, history, sit_out, {"kind": seed % 2})

    plan = arrange_contacts(problem, seed=seed, steps=500)

    if plan.status is Status.OK:
        assert check_contacts(problem, plan.rounds).errors == ()
        assert plan.new_pairs <= plan.bound
    else:
        assert (sit_out, n < size) == (True, True)


@pytest.mark.parametrize("seed", range(3))
def test_same_seed_gives_the_same_plan_again(seed):
    people = tuple(person(k, kind=k % 5) for k in range(40))
    problem = CompositionProblem(people, 5, 6, 10, {"kind": 1})
    before = {str(k): str(k % 4 + 1) for k in range(30)}

    first, second = (replan_groups(problem, before, seed=seed, steps=900)[0] for _ in range(2))

    assert first.groups == second.groups
