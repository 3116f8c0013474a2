import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modig.planning import (
    Meeting,
    ScheduleProblem,
    Status,
    UnknownCountryError,
    check_schedule,
    public_holidays,
    schedule,
)
from planning.examples import MONDAY, cap, meetings_problem, person

FEW = {"seed": 1, "steps": 100_000}


def days_of(plan):
    return {(m.group, m.block): m.dates for m in plan.meetings}


def test_every_group_meets_in_every_block_and_no_rule_is_broken():
    problem = meetings_problem(6, blocks=3, weeks=9, caps={("u0",): cap(3), ("u1",): cap(3)})

    plan = schedule(problem, **FEW)

    assert (plan.status, plan.violations, plan.reasons) == (Status.OK, {}, ())
    assert [(m.group, m.block) for m in plan.meetings] == [
        (f"g{g}", b) for g in range(6) for b in (1, 2, 3)
    ]
    assert check_schedule(problem, plan.meetings).violations == {}


@st.composite
def schedule_problems(draw):
    holidays = draw(st.sets(st.integers(0, 40), max_size=4))
    people = draw(st.integers(1, 3))
    groups = draw(st.integers(1, 5))
    away = draw(st.sets(st.tuples(st.integers(0, groups - 1), st.integers(0, 40)), max_size=6))
    return meetings_problem(
        groups,
        people=people,
        weeks=draw(st.integers(2, 8)),
        blocks=(blocks := draw(st.integers(1, 3))),
        lengths=tuple(draw(st.lists(st.integers(1, 3), min_size=blocks, max_size=blocks))),
        gap=(low := draw(st.integers(0, 3)), low + draw(st.integers(0, 2))),
        caps={("u0",): cap(draw(st.integers(people, 5)))},
        holidays=frozenset(MONDAY + timedelta(days=k) for k in holidays),
        unavailable=frozenset((f"{g}.0", MONDAY + timedelta(days=k)) for g, k in away),
        weekdays=frozenset(draw(st.sets(st.integers(0, 6), min_size=3))),
    )


@settings(max_examples=120, deadline=None)
@given(schedule_problems())
def test_answer_is_a_schedule_without_a_broken_rule_or_an_honest_no(problem):
    plan = schedule(problem, seed=1, steps=40_000)

    if plan.status is Status.OK:
        assert check_schedule(problem, plan.meetings).violations == {}
        assert len(plan.meetings) == problem.blocks * len(problem.members)
    elif plan.status is Status.NOT_POSSIBLE:
        assert plan.reasons
        assert plan.meetings == ()
    else:
        assert plan.status is Status.NOT_FOUND
        assert plan.violations == check_schedule(problem, plan.meetings).violations != {}


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 2),
    st.integers(1, 2),
    st.tuples(st.integers(0, 2), st.integers(0, 1)),
    st.sets(st.sampled_from([(g, d) for g in range(2) for d in range(14)]), max_size=9),
)
def test_small_case_is_found_exactly_when_one_exists(groups, length, gap, away):
    problem = two_weeks(groups, length, gap, away)

    plan = schedule(problem, seed=1, steps=60_000)

    assert (plan.status is Status.OK) == exists(problem)


@pytest.mark.parametrize("seed", range(8))
def test_only_way_over_worse_schedules_is_found(seed):
    problem = two_weeks(2, 2, (0, 0), {(0, 1), (0, 7), (1, 1)})

    assert schedule(problem, seed=seed, steps=60_000).status is Status.OK


def two_weeks(groups, length, gap, away):
    """Two blocks in one room and ten days; ``away`` are groups and days."""
    return meetings_problem(
        groups,
        people=1,
        units=1,
        weeks=2,
        gap=(gap[0], sum(gap)),
        lengths=length,
        venues=("red",),
        caps={("u0",): cap(1)},
        unavailable=frozenset((f"{g}.0", MONDAY + timedelta(days=d)) for g, d in away),
    )


def exists(problem):
    """Try all first days for all meetings."""
    days, length = problem.working_days(), problem.length_of_block[0]
    places = [(group, block) for group in problem.members for block in (1, 2)]

    def extend(meetings):
        found = check_schedule(problem, meetings).violations
        if set(found) - {"missing_block"}:
            return False
        if len(meetings) == len(places):
            return not found
        group, block = places[len(meetings)]
        return any(
            extend([*meetings, Meeting(group, block, tuple(days[d : d + length]), "red", "Ada")])
            for d in range(len(days) - length + 1)
        )

    return extend([])


def test_blocks_of_several_days_stay_within_a_week_where_they_can():
    problem = meetings_problem(5, lengths=3, weeks=8, holidays=frozenset({date(2027, 1, 20)}))

    plan = schedule(problem, **FEW)

    assert plan.status is Status.OK
    assert {(dates[-1] - dates[0]).days for dates in days_of(plan).values()} == {2}


def test_block_spans_a_weekend_where_no_week_is_long_enough():
    problem = meetings_problem(1, lengths=3, weeks=6, weekdays=frozenset({0, 4}))

    plan = schedule(problem, **FEW)

    assert plan.status is Status.OK
    assert {len(dates) for dates in days_of(plan).values()} == {3}


def test_gaps_use_the_tolerance_only_where_they_must():
    free = {MONDAY, date(2027, 1, 15), date(2027, 2, 8), date(2027, 2, 9)}
    away = frozenset(
        ("0.0", MONDAY + timedelta(days=k))
        for k in range(42)
        if MONDAY + timedelta(days=k) not in free
    )

    relaxed = schedule(meetings_problem(1, gap=(4, 4), unavailable=away), **FEW)
    away |= {("0.0", MONDAY)}
    strained = schedule(meetings_problem(1, gap=(4, 4), unavailable=away), **FEW)

    assert days_of(relaxed)["g0", 2] == (date(2027, 2, 8),)
    assert days_of(relaxed)["g0", 1] == (MONDAY,)
    assert strained.status is Status.OK
    assert days_of(strained)["g0", 1] == (date(2027, 1, 15),)


def test_locked_meetings_keep_their_days():
    locks = {("g0", 1): date(2027, 1, 20), ("g1", 2): date(2027, 2, 2)}

    plan = schedule(meetings_problem(locks=locks), **FEW)

    assert plan.status is Status.OK
    assert [days_of(plan)[key][0] for key in locks] == list(locks.values())


def test_group_keeps_its_facilitator_where_nobody_else_has_them():
    plan = schedule(meetings_problem(1, blocks=3, weeks=12), **FEW)

    assert len({m.facilitator for m in plan.meetings}) == 1
    assert len({m.venue for m in plan.meetings}) == 1


def test_work_is_spread_over_the_facilitators():
    plan = schedule(meetings_problem(9, weeks=12), **FEW)

    held = [m.facilitator for m in plan.meetings]
    assert {held.count(name) for name in ("Ada", "Bo", "Cy")} <= {4, 6, 8}


def test_same_seed_and_steps_give_the_same_schedule():
    problem = meetings_problem(8, weeks=5, caps={("u0",): cap(3)})

    plans = [schedule(problem, seed=4, steps=80_000, workers=2) for _ in range(2)]

    assert plans[0].meetings == plans[1].meetings


def hopeless():
    """Nothing simple proves it, but an odd ring of groups cannot share two days."""
    units = [f"u{k}" for k in range(5)]
    members = {
        f"g{k}": [
            person(f"{k}a", None, (units[k],)),
            person(f"{k}b", None, (units[(k + 1) % 5],)),
        ]
        for k in range(5)
    }
    return ScheduleProblem(
        members=members,
        blocks=1,
        start=MONDAY,
        weeks=1,
        gap=(1, 1),
        venues=tuple("abcde"),
        facilitators=tuple("abcde"),
        caps={(unit,): cap(1) for unit in units},
        weekdays=frozenset({0, 1}),
    )


def test_what_is_not_proven_is_not_called_impossible():
    plan = schedule(hopeless(), **FEW)

    assert plan.status is Status.NOT_FOUND
    assert plan.violations == {"unit_over_cap": 1}
    assert [reason.code for reason in plan.reasons] == ["broken"]


def test_search_for_dates_can_be_stopped_and_reports():
    began, reports = time.monotonic(), []

    plan = schedule(
        hopeless(),
        seed=1,
        seconds=60,
        should_stop=lambda: time.monotonic() > began + 1.5,
        on_progress=reports.append,
    )

    assert plan.status is Status.STOPPED
    assert plan.violations == {"unit_over_cap": 1}
    assert len(reports) >= 2
    assert reports[-1].violations == 1


def test_largest_share_away_counts_units_of_twenty_and_more():
    problem = meetings_problem(2, units=1, caps={("u0",): cap(6, n=30)})

    assert schedule(problem, **FEW).max_share_away in {0.1, 0.2}
    assert (
        schedule(meetings_problem(2, units=1, caps={("u0",): cap(6, n=19)}), **FEW).max_share_away
        == 0
    )


def test_swedish_holidays_without_ordinary_sundays():
    found = public_holidays("SE", date(2027, 1, 1), date(2028, 1, 1))

    assert date(2027, 5, 6) in found  # Ascension
    assert {date(2027, 6, 25), date(2027, 12, 24), date(2027, 12, 25)} <= found.keys()
    assert date(2027, 3, 7) not in found  # a Sunday
    assert date(2027, 3, 28) in found  # Easter
    assert len(found) < 25


def test_unknown_country_is_refused():
    with pytest.raises(UnknownCountryError):
        public_holidays("QQ", date(2027, 1, 1), date(2028, 1, 1))
