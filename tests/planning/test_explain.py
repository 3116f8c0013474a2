from dataclasses import replace
from datetime import date

import pytest

from modig.planning import (
    Status,
    check_groups,
    check_schedule,
    compose,
    cost_of_meeting_move,
    cost_of_move,
    schedule,
    why_here,
)
from planning.examples import cap, composition, meetings_problem


@pytest.fixture(scope="module")
def problem():
    return composition(
        keep_apart=(("t0", "t1"),), locks={"t7": "1"}, caps={("unit0",): cap(9), ("unit1",): cap(9)}
    )


@pytest.fixture(scope="module")
def plan(problem):
    found = compose(problem, seed=1, steps=50_000)
    assert found.status is Status.OK
    return found


def dated(problem, plan):
    members = {name: [] for name in problem.group_names}
    for person in problem.people:
        members[plan.groups[person.id]].append(person)
    return replace(meetings_problem(blocks=1, venues=("red",)), members=members)


def moved(groups, team, to):
    return {p: to if p.startswith(f"p{team}-") else g for p, g in groups.items()}


@pytest.mark.parametrize("team", range(8))
@pytest.mark.parametrize("to", ["1", "2", "3"])
def test_cost_of_a_move_is_the_difference_that_the_checker_sees(problem, plan, team, to):
    after = check_groups(problem, moved(plan.groups, team, to))

    cost = cost_of_move(problem, plan.groups, f"t{team}", to)

    assert cost.groups == moved(plan.groups, team, to)
    assert cost.value == pytest.approx(after.value - plan.value)
    assert cost.share == pytest.approx(after.share - plan.share)
    assert cost.excess == {a: after.excess[a] - plan.excess[a] for a in plan.excess}
    assert cost.broken == after.violations
    assert cost.keeps_every_rule == (not after.violations)
    assert sum(cost.sizes.values()) >= 8


def test_why_here_weighs_every_other_group_as_the_checker_does(problem, plan):
    for team in range(8):
        why = why_here(problem, plan.groups, f"t{team}")

        assert why.group == plan.groups[f"p{team}-0"]
        assert why.is_locked == (team == 7)
        assert {other.group for other in why.alternatives} == {"1", "2", "3"} - {why.group}
        for other in why.alternatives:
            cost = cost_of_move(problem, plan.groups, f"t{team}", other.group)
            assert other.value == pytest.approx(cost.value)
            assert set(other.broken) == set(cost.broken)


def test_team_is_known_by_the_id_of_a_member_too(problem, plan):
    assert why_here(problem, plan.groups, "p3-0") == why_here(problem, plan.groups, "t3")
    with pytest.raises(KeyError):
        why_here(problem, plan.groups, "nobody")
    with pytest.raises(KeyError):
        cost_of_move(problem, plan.groups, "t3", "9")


def test_move_tells_what_it_breaks_on_the_dates(problem, plan):
    dates = dated(problem, plan)
    meetings = schedule(dates, seed=1, steps=1000).meetings
    day = next(m.dates[0] for m in meetings if m.group != plan.groups["p3-0"])
    strained = replace(dates, unavailable=frozenset({("p3-0", day), ("p3-1", day)}))
    to = next(m.group for m in meetings if m.dates[0] == day)

    cost = cost_of_move(problem, plan.groups, "t3", to, (strained, meetings))

    assert cost.dates == {"unavailable": 2}
    assert f"unavailable: 2, first: id p3-0 on {day}" in cost.errors


def test_moving_a_meeting_takes_a_free_room_and_names_what_breaks():
    problem = meetings_problem(3, units=1, people=2, caps={("u0",): cap(4)})
    meetings = schedule(problem, seed=1, steps=50_000).meetings
    first = {m.group: m for m in meetings if m.block == 1}
    to = first["g1"].dates[0]

    cost = cost_of_meeting_move(problem, meetings, "g0", 1, to)

    assert cost.meeting.dates == (to,)
    assert cost.meeting.venue != first["g1"].venue or first["g0"].dates[0] == to
    assert cost.broken == check_schedule(problem, cost.meetings).violations
    assert len(cost.meetings) == len(meetings)


def test_moving_a_meeting_of_two_days_skips_the_weekend():
    problem = meetings_problem(2, lengths=2, weeks=8)
    meetings = schedule(problem, seed=1, steps=50_000).meetings

    cost = cost_of_meeting_move(problem, meetings, "g0", 1, date(2027, 1, 15))

    assert cost.meeting.dates == (date(2027, 1, 15), date(2027, 1, 18))


def test_moving_a_meeting_to_a_saturday_is_told():
    problem = meetings_problem(2)
    meetings = schedule(problem, seed=1, steps=50_000).meetings

    cost = cost_of_meeting_move(problem, meetings, "g0", 2, date(2027, 1, 16))

    assert cost.broken["weekday"] == 1
    assert not cost.keeps_every_rule
