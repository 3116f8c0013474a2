from datetime import date, timedelta

import pytest

from modig.planning import CompositionProblem, Status, compose, schedule
from modig.planning.feasibility import groups_needed
from planning.examples import (
    MONDAY,
    alone,
    cap,
    composition,
    meetings_problem,
    person,
)


def why_no_groups(problem):
    plan = compose(problem, seed=1, steps=5_000)
    assert plan.status is Status.NOT_POSSIBLE
    assert plan.groups == {}
    assert plan.value is None
    return {reason.code: str(reason) for reason in plan.reasons}


def test_team_larger_than_a_group():
    reasons = why_no_groups(composition((12, 4, 4, 4, 4), groups=3))

    assert reasons["team_too_large"] == (
        "team t0 has 12 people, but a group has at most 11: allow groups of 12, or divide the team"
    )


def test_more_people_than_places():
    reasons = why_no_groups(composition(groups=2))

    assert reasons["too_many_people"] == (
        "28 people do not fit into 2 groups of at most 11 = 22: 3 groups or sizes up to 14 are needed"
    )


def test_fewer_people_than_the_groups_want():
    reasons = why_no_groups(composition(groups=4))

    assert reasons["too_few_people"].startswith("28 people cannot fill 4 groups of at least 8 = 32")


def test_fewer_teams_than_groups():
    assert "too_few_teams" in why_no_groups(composition((5, 5), groups=3, low=1, high=9))


def test_sizes_that_add_up_to_nothing_allowed():
    reasons = why_no_groups(composition((6, 6, 6, 6), groups=3, low=7, high=11))

    assert "in no set of whole teams that makes a group of 7-11" in reasons["sizes_do_not_add_up"]


def test_teams_too_large_to_share_groups():
    reasons = why_no_groups(composition((6, 6, 6, 6, 2, 2), groups=3, low=2, high=11))

    assert reasons["too_few_groups"].startswith("whole teams of these sizes need at least 4 groups")


@pytest.mark.parametrize(
    ("sizes", "high", "groups"),
    [([6, 6, 6], 11, 3), ([4, 4, 4, 4], 8, 2), ([7, 7, 4, 4], 10, 3), ([3] * 5, 7, 3), ([9], 9, 1)],
)
def test_groups_needed_is_a_lower_bound(sizes, high, groups):
    assert groups_needed(sizes, high) <= groups


def test_unit_with_more_people_than_its_cap_lets_in():
    caps = {("unit0",): cap(1), ("unit1",): cap(1), ("unit2",): cap(1)}

    reasons = why_no_groups(composition((1,) * 28, caps=caps))

    assert "groups of at most 1 of it hold 3" in reasons["cap_cannot_hold"]


def test_teams_that_a_cap_keeps_apart():
    people = tuple(person(f"{t}{k}", t, a=1) for t in "wxyz" for k in range(3))

    reasons = why_no_groups(CompositionProblem(people, 3, 3, 6, {"a": 1}, caps={("u",): cap(5)}))

    assert reasons["cap_keeps_teams_apart"].startswith("no two of 4 teams fit together")


def test_more_teams_to_keep_apart_than_groups():
    apart = tuple((f"t{a}", f"t{b}") for a in range(4) for b in range(a))

    reasons = why_no_groups(composition(keep_apart=apart))

    assert reasons["too_many_to_keep_apart"].endswith("only 3 groups: t0, t1, t2, t3")


def test_locks_that_contradict():
    assert "lock_contradicts" in why_no_groups(composition(locks={"t1": "1", "p1-0": "2"}))
    assert "lock_breaks_keep_apart" in why_no_groups(
        composition(locks={"t1": "1", "t2": "1"}, keep_apart=(("t1", "t2"),))
    )
    assert "locks_do_not_add_up" in why_no_groups(
        composition(locks={"t0": "1", "t1": "1", "t2": "1"})
    )


def test_locks_that_leave_nobody_for_another_group():
    reasons = why_no_groups(composition((4, 4), groups=2, low=3, locks={"t0": "1", "t1": "1"}))

    assert "locked to group 2" in reasons["locks_do_not_add_up"]


def test_locks_over_a_cap():
    problem = alone(12, locks={"0": "1", "4": "1", "8": "1"}, caps={("u0",): cap(2)})

    assert "locks_break_cap" in why_no_groups(problem)


def test_small_problem_is_tried_to_the_end():
    ring = tuple((f"t{k}", f"t{(k + 1) % 5}") for k in range(5))

    reasons = why_no_groups(composition((2,) * 5, groups=2, low=1, high=9, keep_apart=ring))

    assert reasons["all_tried"].startswith("every way of putting the 5 teams into 2 groups")


# ---- dates ---------------------------------------------------------------------------------------


def why_no_dates(problem):
    plan = schedule(problem, seed=1, steps=50_000)
    assert plan.status is Status.NOT_POSSIBLE
    assert plan.meetings == ()
    return {reason.code: str(reason) for reason in plan.reasons}


def test_too_few_rooms_names_weeks_and_rooms_that_work():
    reasons = why_no_dates(meetings_problem(20, weeks=3, venues=("red",)))

    assert reasons["too_few_room_days"] == (
        "1 room x at most 15 days = 15 < 40 meeting days:"
        " at least 8 weeks or at least 3 rooms would be needed"
    )
    assert reasons["works_with_weeks"] in {
        f"with {weeks} weeks a schedule that keeps every rule was found" for weeks in range(8, 17)
    }
    assert "was found in the same time" in reasons["works_with_rooms"]


def test_too_few_facilitators():
    reasons = why_no_dates(meetings_problem(20, weeks=3, facilitators=("Ada",)))

    assert reasons["too_few_facilitator_days"].startswith("1 facilitator x at most 15 days")


def test_group_over_a_cap_by_itself():
    reasons = why_no_dates(meetings_problem(people=4, units=1, caps={("u0",): cap(3)}))

    assert reasons["group_over_cap"].startswith("group g0 has 4 people of unit u0, whose cap is 3")


def test_unit_whose_people_need_more_days_than_there_are():
    reasons = why_no_dates(
        meetings_problem(16, units=1, weeks=5, caps={("u0",): cap(3)}, venues=tuple("abcdef"),
                         facilitators=tuple("abcdef"))
    )  # fmt: skip

    assert reasons["too_few_unit_days"] == (
        "unit u0, cap 3, needs 32 days for its 48 people in 16 groups, but there are 25: 7 more"
        " days, or a cap of at least 4, would be needed"
    )


def test_closed_days_are_not_to_be_answered_by_a_cap_of_nobody():
    weeks = frozenset((2027, week) for week in range(1, 54))
    caps = {("u0",): cap(3)}

    reasons = why_no_dates(meetings_problem(1, blocks=1, weeks=1, closed_weeks=weeks, caps=caps))

    assert reasons["too_few_unit_days"] == (
        "unit u0, cap 3, needs 1 day for its 2 people in 1 group, but there are 0:"
        " 1 more day would be needed"
    )
    assert reasons["horizon_too_short"] == (
        "the 0 working days of 1 week have no room for 1 block with gaps of 1-2 weeks"
    )


def test_blocks_that_do_not_fit_between_first_and_last_day():
    reasons = why_no_dates(meetings_problem(blocks=3, gap=(4, 5), weeks=6))

    assert "horizon_too_short" in reasons


def test_team_that_is_away_too_often_is_named_whatever_its_group():
    away = frozenset(("1.0", MONDAY + timedelta(days=k)) for k in range(40))

    reasons = why_no_dates(meetings_problem(unavailable=away))

    assert "group_has_no_days" not in reasons
    assert reasons["team_has_no_days"] == (
        "1.0 can come on 0 of the 30 days, and these do not hold 2 blocks with gaps of 1-2 weeks,"
        " whatever its group"
    )


def test_team_whose_free_days_lie_too_near_each_other_has_no_days():
    away = frozenset(("1.0", MONDAY + timedelta(days=k)) for k in range(2, 42))

    assert "team_has_no_days" in why_no_dates(meetings_problem(unavailable=away))


def test_group_whose_members_are_never_free_together():
    away = frozenset((f"1.{k // 21}", MONDAY + timedelta(days=k)) for k in range(42))

    reasons = why_no_dates(meetings_problem(unavailable=away))

    assert "group_has_no_days" in reasons
    assert "team_has_no_days" not in reasons


def test_group_locked_to_a_day_that_nobody_works():
    saturday = date(2027, 1, 16)

    assert "group_has_no_days" in why_no_dates(meetings_problem(locks={("g2", 1): saturday}))


def test_locked_meetings_that_crowd_a_day():
    locks = {(f"g{k}", 1): MONDAY for k in range(3)}

    assert "locks_need_rooms" in why_no_dates(meetings_problem(locks=locks))
    assert "locks_break_cap" in why_no_dates(
        meetings_problem(locks=locks, caps={("u0",): cap(2)}, units=2)
    )


def test_year_of_closed_weeks_has_no_smallest_horizon():
    closed = frozenset((year, week) for year in range(2027, 2048) for week in range(1, 54))

    reasons = why_no_dates(meetings_problem(closed_weeks=closed))

    assert "horizon_too_short" in reasons
    assert reasons["too_few_room_days"]
