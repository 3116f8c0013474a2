"""How many of a kind each group has: at least, at most, at most a share, or none."""

import itertools
import random
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modig.planning import (
    CompositionProblem,
    Quota,
    Status,
    check_groups,
    compose,
    cost_of_move,
    replan_groups,
    why_here,
)
from modig.planning.feasibility import Exhaustion
from modig.planning.placements import placements
from planning.examples import alone, person

HALF, TWO_FIFTHS = Fraction(1, 2), Fraction(2, 5)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({}, "the quota for kind 'a' asks for nothing"),
        ({"least": 3, "most": 2}, "at least 3 is more than at most 2"),
        ({"least": -1}, "never below 0"),
        ({"most": -1}, "never below 0"),
        ({"or_none": True, "most": 2}, "'or none' needs a least number"),
        ({"most_share": Fraction(0)}, "a share is above 0 % and at most 100 %"),
        ({"most_share": Fraction(3, 2)}, "a share is above 0 % and at most 100 %"),
    ],
)
def test_quota_that_makes_no_sense_is_refused(asked, message):
    with pytest.raises(ValueError, match=message):
        Quota("kind", "a", **asked)


@pytest.mark.parametrize(
    ("quota", "message"),
    [
        (Quota("colour", least=1), "person '0' lacks the attribute 'colour'"),
        (Quota("kind", "x", least=1), "the quota for kind 'x': nobody has this value"),
    ],
)
def test_quota_on_what_nobody_has_is_refused(quota, message):
    with pytest.raises(ValueError, match=message):
        alone(6, quotas=(quota,))


# ---- the checker ---------------------------------------------------------------------------------


def four_and_four(*quotas):
    people = tuple(person(k, kind="a" if k < 3 else "b") for k in range(8))
    return CompositionProblem(people, 2, 4, 4, {"kind": 1}, quotas=quotas)


@pytest.mark.parametrize(
    ("quota", "sentence"),
    [
        (
            Quota("kind", "a", least=1),
            "group 2 has 0 of 4 people with kind a, asked for at least 1",
        ),
        (
            Quota("kind", "b", least=2, or_none=True),
            "group 1 has 1 of 4 people with kind b, asked for none or at least 2",
        ),
        (Quota("kind", most=3), "group 2 has 4 of 4 people with kind b, asked for at most 3"),
        (
            Quota("kind", "a", most_share=TWO_FIFTHS),
            "group 1 has 3 of 4 people with kind a, asked for at most 40 %",
        ),
    ],
)
def test_checker_names_the_group_the_value_and_what_was_asked(quota, sentence):
    groups = {str(k): "1" if k < 4 else "2" for k in range(8)}

    figures = check_groups(four_and_four(quota), groups)

    assert figures.violations == {"quota": 1}
    assert figures.errors == (f"quota: 1, first: {sentence}",)


def test_share_is_exact_and_goes_by_each_group():
    people = tuple(person(k, kind="a" if k % 5 < 2 else "b") for k in range(15))
    quota = Quota("kind", "a", most_share=TWO_FIFTHS)
    problem = CompositionProblem(people, 2, 5, 10, {}, quotas=(quota,))
    groups = {str(k): "1" if k < 5 else "2" for k in range(15)}

    assert check_groups(problem, groups).errors == ()
    assert check_groups(problem, groups | {"0": "2"}).violations == {"size": 2, "quota": 1}


def test_none_is_allowed_where_it_is_said():
    groups = {str(k): "1" if k < 4 else "2" for k in range(8)}
    quota = Quota("kind", "a", least=3, or_none=True)

    assert check_groups(four_and_four(quota), groups).errors == ()


# ---- proofs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quota", "code", "sentence"),
    [
        (
            Quota("kind", "a", least=2),
            "quota_has_too_few",
            (
                "3 people have kind a, but at least 2 in each of 2 groups take 4: 1 more people, or at"
                " least 1, would be needed"
            ),
        ),
        (
            Quota("kind", "a", least=4, or_none=True),
            "quota_has_too_few",
            (
                "3 people have kind a, but at least 4 in a group take 4: 1 more people, or at least 3,"
                " would be needed"
            ),
        ),
        (
            Quota("kind", "b", most=2),
            "quota_has_too_many",
            (
                "5 people have kind b, but 2 groups with at most 2 of them hold 4: at most 3 in a group"
                " would be needed"
            ),
        ),
        (
            Quota("kind", "a", least=3),
            "quota_has_too_few",
            (
                "3 people have kind a, but at least 3 in each of 2 groups take 6: 3 more people, or at"
                " least 1, would be needed"
            ),
        ),
        (
            Quota("kind", most_share=TWO_FIFTHS),
            "quota_share_too_low",
            (
                "3 people have kind a, but 2 groups of at most 4 with at most 40 % of them hold 2:"
                " 50 % would be needed"
            ),
        ),
    ],
)
def test_quota_that_cannot_be_is_named_before_any_search(quota, code, sentence):
    plan = compose(four_and_four(quota), seed=1, steps=100)

    assert plan.status is Status.NOT_POSSIBLE
    assert (plan.reasons[0].code, str(plan.reasons[0])) == (code, sentence)
    assert plan.steps == 0


def test_share_below_that_of_all_people_cannot_be():
    people = tuple(person(k, kind="a" if k < 9 else "b") for k in range(20))
    quota = Quota("kind", "a", most_share=TWO_FIFTHS)

    plan = compose(CompositionProblem(people, 2, 5, 15, {}, quotas=(quota,)), seed=1, steps=100)

    assert [str(reason) for reason in plan.reasons] == [
        (
            "9 of all 20 people have kind a, more than the 40 % that a group may have: 45 % would be"
            " needed"
        )
    ]


def test_team_with_more_than_a_group_may_have_cannot_be():
    people = tuple(person(k, f"t{k // 4}", kind="a" if k < 4 else "b") for k in range(16))
    quota = Quota("kind", "a", most=3)

    plan = compose(CompositionProblem(people, 2, 8, 8, {}, quotas=(quota,)), seed=1, steps=100)

    assert [str(reason) for reason in plan.reasons] == [
        "team t0 has 4 people with kind a, but a group may have at most 3: 4 would be needed"
    ]


# ---- the search ----------------------------------------------------------------------------------


@st.composite
def quotas(draw, attribute, values):
    least = draw(st.integers(0, 3))
    most = draw(st.none() | st.integers(max(1, least), 5))
    share = draw(st.none() | st.fractions(Fraction(1, 4), 1, max_denominator=6))
    if not least and most is None and share is None:
        share = HALF
    return Quota(
        attribute,
        draw(st.none() | st.sampled_from(values)),
        least=least,
        most=most,
        most_share=share,
        or_none=bool(least) and draw(st.booleans()),
    )


@st.composite
def small_problems(draw):
    sizes = draw(st.lists(st.sampled_from([1, 1, 1, 2, 3]), min_size=3, max_size=8))
    places = [(team, k) for team, size in enumerate(sizes) for k in range(size)]
    people = tuple(
        person(
            f"{team}-{k}",
            f"t{team}" if sizes[team] > 1 else None,
            kind=draw(st.integers(0, 2)),
            site=draw(st.integers(0, 1)),
        )
        for team, k in places
    )
    kinds, sites = ([*{p.attributes[a] for p in people}] for a in ("kind", "site"))
    groups = draw(st.integers(2, 3))
    low = draw(st.integers(1, max(1, len(people) // groups)))
    asked = draw(st.lists(quotas("kind", sorted(kinds)), max_size=2))
    asked += draw(st.lists(quotas("site", sorted(sites)), min_size=not asked, max_size=1))
    return CompositionProblem(
        people, groups, low, low + draw(st.integers(0, 4)), {"kind": 1}, quotas=tuple(asked)
    )


def can_be(problem):
    teams = problem.teams()
    for places in itertools.product(problem.group_names, repeat=len(teams)):
        where = dict(zip(teams, places, strict=True))
        if not check_groups(problem, {p.id: where[p.team_key] for p in problem.people}).violations:
            return True
    return False


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(small_problems(), st.integers(0, 10**6))
def test_small_problem_gets_a_plan_exactly_if_there_is_one(problem, seed):
    plan = compose(problem, seed=seed, steps=2_000)

    assert plan.status is (Status.OK if can_be(problem) else Status.NOT_POSSIBLE)
    assert Exhaustion(problem).is_proof == (plan.status is Status.NOT_POSSIBLE)
    if plan.status is Status.OK:
        assert check_groups(problem, plan.groups).errors == ()
        assert plan.value <= plan.tight_bound + 1e-6


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(small_problems(), st.data())
def test_what_a_move_would_break_is_what_the_checker_finds(problem, data):
    names = st.sampled_from(problem.group_names)
    place = {key: data.draw(names) for key in problem.teams()}
    groups = {p.id: place[p.team_key] for p in problem.people}
    if check_groups(problem, groups).violations:
        return

    for key in problem.teams():
        for other in why_here(problem, groups, key).alternatives:
            cost = cost_of_move(problem, groups, key, other.group)
            if "groups" not in cost.broken:  # a group that is left empty is none to the checker
                assert set(other.broken) == set(cost.broken)


def bureau():
    """120 people of 5 departments, two of them large; three companies are small, one is not."""
    departments = ["A"] * 40 + ["B"] * 40 + ["C"] * 20 + ["D"] * 12 + ["E"] * 8
    companies = ["North"] * 12 + ["South"] * 13 + ["West"] * 14 + ["Main"] * 81
    return tuple(
        person(k, department=department, company=companies[k * 7 % 120], role=k % 4)
        for k, department in enumerate(departments)
    )


ASKED = (
    Quota("department", most_share=TWO_FIFTHS),
    Quota("company", "North", least=2),
    Quota("company", "South", least=2),
    Quota("company", "West", least=2),
)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("low", "high"), [(20, 20), (18, 22)])
def test_two_from_each_small_company_and_no_department_above_two_fifths(seed, low, high):
    weights = {"department": 2, "role": 1}
    problem = CompositionProblem(bureau(), 6, low, high, weights, quotas=ASKED)

    plan = compose(problem, seed=seed, steps=20_000)

    assert (plan.status, plan.violations) == (Status.OK, {})
    sizes = Counter(plan.groups.values())
    of = Counter(
        (plan.groups[p.id], a, p.attributes[a])
        for p in problem.people
        for a in ("department", "company")
    )
    for group, size in sizes.items():
        assert min(of[group, "company", name] for name in ("North", "South", "West")) >= 2
        assert max(of[group, "department", name] for name in "ABCDE") * 5 <= 2 * size


def test_share_that_no_sizes_allow_is_proved():
    people = tuple(person(k, kind=k // 2) for k in range(4))
    asked = Quota("kind", most_share=HALF)

    plan = compose(
        CompositionProblem(people, 3, 1, 2, {"kind": 1}, quotas=(asked,)), seed=1, steps=500
    )

    assert [reason.code for reason in plan.reasons] == ["all_tried"]


@pytest.mark.parametrize("seed", [2, 4])
def test_share_that_the_smallest_size_is_too_small_for_is_kept_by_larger_groups(seed):
    """Whole teams, each of one department, and half of all people in one of the five."""
    chance = random.Random(seed)
    people = []
    for team in range(77):
        department = "ABCDE"[min(4, int(chance.expovariate(0.7)))]
        chance.random()
        people += [
            person(f"{team}.{k}", f"t{team}", department=department, role=chance.randrange(5))
            for k in range(chance.randint(4, 12))
        ]
    groups = round(len(people) / 24)
    asked = Quota("department", "A", most_share=Fraction(3, 5))
    weights = {"department": 2, "role": 1}
    problem = CompositionProblem(tuple(people), groups, 20, 28, weights, quotas=(asked,))

    plan = compose(problem, seed=1, steps=200_000)

    assert (plan.status, plan.violations) == (Status.OK, {})


@pytest.mark.parametrize("seed", range(5))
def test_quotas_are_kept_against_what_the_mix_would_rather_have(seed):
    quotas = (Quota("department", "E", least=4, or_none=True), Quota("company", "North", most=2))
    problem = CompositionProblem(bureau(), 6, 20, 20, {"department": 5}, quotas=quotas)

    plan = compose(problem, seed=seed, steps=20_000)

    assert plan.status is Status.OK
    of = Counter(plan.groups[p.id] for p in problem.people if p.attributes["department"] == "E")
    assert sorted(of.values()) in ([4, 4], [8])


def test_plan_again_keeps_quotas_and_moves_few():
    problem = CompositionProblem(bureau(), 6, 15, 25, {"department": 2}, quotas=ASKED)
    before = dict(compose(problem, seed=1, steps=20_000).groups)
    north = [p.id for p in problem.people if p.attributes["company"] == "North"]
    here = [i for i in north if before[i] == before[north[0]]]
    gone = set(here[: len(here) - 1])
    smaller = CompositionProblem(
        tuple(p for p in problem.people if p.id not in gone),
        6, 15, 25, {"department": 2}, quotas=(*ASKED[:1], Quota("company", "North", least=1), *ASKED[2:]),
    )  # fmt: skip

    plan, moves = replan_groups(smaller, before, seed=1, steps=50_000)

    assert plan.status is Status.OK
    assert check_groups(smaller, plan.groups).errors == ()
    assert sum(len(move.people) for move in moves) <= 6


def test_move_tells_that_the_old_place_would_break_a_quota():
    people = tuple(person(k, kind="a" if k < 4 else "b") for k in range(8))
    problem = CompositionProblem(people, 2, 3, 5, {}, quotas=(Quota("kind", "a", most=2),))
    before = {str(k): "1" if k in {0, 1, 2, 4} else "2" for k in range(8)}

    plan, moves = replan_groups(problem, before, seed=1, steps=2_000)

    assert plan.status is Status.OK
    assert [move.why for move in moves] == [("quota",)]


@pytest.mark.parametrize("seed", range(3))
def test_next_best_place_keeps_quotas(seed):
    asked = (Quota("half", least=1), Quota("kind", most_share=HALF))
    problem = alone(12, seed=seed, low=3, high=5, quotas=asked)
    plan = compose(problem, seed=seed, steps=2_000)
    assert plan.status is Status.OK

    for key, one in placements(problem, plan.groups, problem.teams()).items():
        if one.next_best is not None:
            moved = {**plan.groups, key[1]: one.next_best.group}
            if one.next_best.exchanged:
                moved[one.next_best.exchanged[1]] = one.group
            assert check_groups(problem, moved).errors == ()
