"""Goals level by level, and what hangs on them."""

from datetime import date

import pytest

from apps.direction.factories import make_area, make_assignment, make_goal
from apps.people.factories import make_unit
from modig.apps.direction import hangs_on
from modig.apps.direction.hangs_on import Hanging, hanging_on, hangs_on_goal
from modig.apps.direction.queries import goals as queries

TODAY = date(2026, 12, 1)


@pytest.fixture
def reader(member):
    return member("reader")


@pytest.fixture
def initiatives(monkeypatch):
    """Let a feature above tell that 7 initiatives hang on each goal."""
    monkeypatch.setattr(hangs_on, "_ON_GOALS", [*hangs_on._ON_GOALS])
    hangs_on_goal(lambda goals, user: {goal: Hanging(7, "7 initiatives") for goal in goals})


def names(branches):
    return [(branch.goal.name, names(branch.below)) for branch in branches]


def test_goal_is_shown_level_by_level_down_to_the_unit(reader):
    top = make_goal("Kortare väg")
    middle = make_goal("Fem dagar", under=top, unit=make_unit("Socialförvaltningen"))
    make_goal("Svar samma dag", under=middle, unit=make_unit("Mottagningen"))
    make_goal("Ett annat mål")

    levels = queries.levels_of(top, reader, TODAY)

    assert names(levels.here.below) == [("Fem dagar", [("Svar samma dag", [])])]
    assert levels.here.all_below == 2


def test_goal_of_a_unit_knows_the_levels_above_it(reader):
    top = make_goal("Kortare väg")
    middle = make_goal("Fem dagar", under=top)
    lowest = make_goal("Svar samma dag", under=middle)

    levels = queries.levels_of(lowest, reader, TODAY)

    assert levels.above == [top, middle]


def test_withdrawn_goal_below_is_left_out_unless_goals_that_hold_hang_loose_under_it(reader):
    top = make_goal("Kortare väg")
    make_goal("Nådd", under=top, withdrawn_on=TODAY)
    gone = make_goal("Borta", under=top, withdrawn_on=TODAY)
    make_goal("Löst hängande", under=gone)

    levels = queries.levels_of(top, reader, TODAY)

    assert names(levels.here.below) == [("Borta", [("Löst hängande", [])])]


def test_what_hangs_on_a_goal_is_told_by_every_feature(reader, initiatives):
    goal = make_goal()
    make_assignment(goals=[goal])

    words = [one.words for one in hanging_on([goal.pk], reader)[goal.pk]]

    assert words == ["1 uppdrag", "7 initiatives"]


def test_withdrawal_says_first_what_will_hang_loose(reader, initiatives):
    goal = make_goal()
    make_goal(under=make_goal(under=goal))

    words = [one.words for one in queries.hanging_loose(goal, reader, TODAY)]

    assert words == ["7 initiatives", "2 mål under det"]


def test_goals_are_sorted_as_people_count(reader):
    area = make_area()
    for code in ("G10", "G2", "G3.1", "G3"):
        make_goal(code=code, area=area)

    found = queries.goals_matching(queries.GoalFilter(), TODAY)

    assert [goal.code for goal in found] == ["G2", "G3", "G3.1", "G10"]


def test_goals_are_narrowed_by_focus_area_unit_words_and_orientation(reader):
    care, city = make_area("Omsorg"), make_area("Stad")
    top = make_unit("Socialförvaltningen")
    below = make_unit("Mottagningen", under=top)
    wanted = make_goal("Första mötet", area=care, unit=below, orientations=["customer"])
    make_goal("Bygglov", area=city, orientations=["results"])

    def found(**narrowed):
        return queries.goals_matching(queries.GoalFilter(**narrowed), TODAY)

    assert found(area=care) == [wanted]
    assert found(unit=top) == [wanted]
    assert found(text="forsta") == [wanted]
    assert found(orientation="customer") == [wanted]
    assert found(orientation="nonsense") == found()


def test_goal_past_its_last_day_holds_no_longer(reader):
    goal = make_goal(to_on=date(2026, 11, 30))

    assert queries.goals_matching(queries.GoalFilter(), TODAY) == []
    assert queries.goals_matching(queries.GoalFilter(withdrawn=True), TODAY) == [goal]
