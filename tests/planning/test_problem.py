from datetime import date
from fractions import Fraction

import pytest

from modig.planning import Cap, CompositionProblem, RaisedCap, raised_caps, unit_caps
from planning.examples import MONDAY, alone, composition, meetings_problem, person


def test_cap_is_exact_where_floating_point_is_not():
    people = [person("a")]

    assert int(0.29 * 100) == 28
    assert unit_caps(people, {("u",): 100}, Fraction("0.29")) == {("u",): Cap(100, 29, 29, "a")}
    assert unit_caps(people, {("u",): 30}, Fraction("0.1")) == {("u",): Cap(30, 3, 3, "a")}


def test_at_least_one_may_always_go():
    assert unit_caps([person("a")], {("u",): 3}, Fraction("0.1")) == {("u",): Cap(3, 1, 1, "a")}


def test_whole_team_raises_the_cap_and_is_named():
    people = [person(k, "lead", ("u", "x")) for k in range(4)] + [person(9, "b", ("u", "x"))]

    caps = unit_caps(people, {("u", "x"): 20}, Fraction("0.1"))

    assert raised_caps(caps) == (RaisedCap(("u", "x"), 20, 2, 4, "lead"),)


def test_unit_without_employees_is_refused():
    with pytest.raises(ValueError, match="no employees"):
        unit_caps([person("a", of=("u", "v"))], {("u", "w"): 3}, Fraction(1))


def test_groups_are_numbered_unless_named():
    assert alone(6).group_names == ("1", "2", "3")
    assert alone(6, locks={"0": "2"}).group_names == ("1", "2", "3")
    assert alone(6, locks={"0": "north"}).group_names == ("north", "1", "2")
    assert alone(6, group_names=("a", "b", "c")).group_names == ("a", "b", "c")


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"groups": 0}, "at least one group"),
        ({"low": 5, "high": 4}, "low to high"),
        ({"weights": {"kind": -1}}, "negative"),
        ({"weights": {"colour": 1}}, "lacks the attribute 'colour'"),
        ({"group_names": ("a", "a", "b")}, "2 are named"),
        ({"group_names": ("a", "b", "c"), "locks": {"0": "d"}}, "unknown group 'd'"),
        ({"locks": {"0": "a", "1": "b", "2": "c", "3": "d"}}, "4 are named"),
        ({"locks": {"nobody": "1"}}, "neither a team nor a person"),
        ({"keep_apart": (("0", "0"),)}, "apart from itself"),
        ({"keep_apart": (("0", "nobody"),)}, "no team and nobody"),
        ({"people": (person("a"), person("a"))}, "unique"),
        ({"people": ()}, "nobody"),
    ],
)
def test_nonsense_is_refused(rules, message):
    whole = {"people": alone(6).people, "groups": 3, "low": 1, "high": 3, "weights": {"kind": 1}}

    with pytest.raises(ValueError, match=message):
        CompositionProblem(**{**whole, **rules})


def test_lock_that_names_a_team_and_another_person_is_refused():
    people = (person("1", "2", a=1), person("2", "1", a=1), person("3", "3", a=1))

    with pytest.raises(ValueError, match="both a team and a person elsewhere"):
        CompositionProblem(people, 2, 1, 2, {"a": 1}, locks={"1": "1"})
    with pytest.raises(ValueError, match="both"):
        CompositionProblem(people, 2, 1, 2, {"a": 1}, locks={"2": "1"})
    problem = CompositionProblem(people, 2, 1, 2, {"a": 1}, locks={("team", "1"): "2", "3": "1"})
    assert problem.locked_keys() == [(("team", "1"), "2"), (("team", "3"), "1")]


def test_lock_of_a_person_holds_the_whole_team():
    assert composition(locks={"p2-1": "3"}).locked_keys() == [(("team", "t2"), "3")]


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"blocks": 0}, "needed"),
        ({"lengths": (1,)}, "length"),
        ({"gap": (3, 2)}, "low to its high"),
        ({"venues": ()}, "at least one"),
        ({"facilitators": ("Ada", "Ada")}, "different names"),
        ({"weekdays": frozenset({7})}, "Monday"),
        ({"locks": {("g9", 1): MONDAY}}, "unknown block 1 of group 'g9'"),
        ({"locks": {("g1", 3): MONDAY}}, "unknown block 3"),
    ],
)
def test_nonsense_about_dates_is_refused(rules, message):
    with pytest.raises(ValueError, match=message):
        meetings_problem(**rules)


def test_working_days_leave_out_what_is_closed():
    problem = meetings_problem(
        weeks=2, closed_weeks=frozenset({(2027, 3)}), holidays=frozenset({date(2027, 1, 13)})
    )

    assert [day.isoformat() for day in problem.working_days()] == [
        "2027-01-11", "2027-01-12", "2027-01-14", "2027-01-15",
    ]  # fmt: skip
    assert problem.why_not(date(2027, 1, 25)) == "outside_horizon"
    assert problem.why_not(date(2027, 1, 16)) == "weekday"
    assert problem.follow([date(2027, 1, 12), date(2027, 1, 14)])
    assert not problem.follow([date(2027, 1, 11), date(2027, 1, 14)])


def test_gap_has_four_fifths_of_a_week_of_tolerance():
    problem = meetings_problem(gap=(4, 10))
    days = [
        d
        for d in range(1, 90)
        if problem.keeps_gap(MONDAY, date.fromordinal(MONDAY.toordinal() + d))
    ]

    assert (days[0], days[-1]) == (23, 75)  # 22.4 and 75.6 days
    assert not meetings_problem(gap=(0, 1)).keeps_gap(MONDAY, MONDAY)
