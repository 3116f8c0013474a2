"""Venues and facilitators: closed or off on some days, too small, too far from each other."""

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modig.planning import Meeting, ScheduleProblem, Status, check_schedule, schedule
from modig.planning.hosts import Span, hosts_of
from planning.examples import MONDAY, meetings_problem, person

FEW = {"seed": 1, "steps": 100_000}
TUESDAY = MONDAY + timedelta(days=1)


def days(*numbers):
    return [MONDAY + timedelta(days=k) for k in numbers]


def whole(names, *numbers):
    return frozenset((name, day) for name in names for day in days(*numbers))


def of_sizes(sizes, **more):
    """One group of each size, with one block on one of five days."""
    members = {
        f"g{g}": [person(f"{g}.{k}", None, (f"u{g}",)) for k in range(size)]
        for g, size in enumerate(sizes)
    }
    rules = {"blocks": 1, "start": MONDAY, "weeks": 1, "gap": (1, 1), "venues": ("red", "blue")}
    return ScheduleProblem(members, **{**rules, "facilitators": ("Ada", "Bo"), **more})


def test_nobody_leads_on_a_day_off_and_no_venue_is_used_while_it_is_closed():
    problem = of_sizes(
        [3] * 5,
        facilitators_off=whole(("Ada",), 0, 1) | whole(("Bo",), 2),
        venues_closed=whole(("red",), 3, 4),
    )

    plan = schedule(problem, **FEW)

    assert plan.status is Status.OK
    assert sorted(m.dates[0] for m in plan.meetings) >= days(0, 1, 2, 3, 4)
    assert not {(m.facilitator, m.dates[0]) for m in plan.meetings} & problem.facilitators_off
    assert not {(m.venue, m.dates[0]) for m in plan.meetings} & problem.venues_closed


def test_days_off_that_leave_too_few_are_told_as_a_proof():
    plan = schedule(of_sizes([3] * 6, facilitators_off=whole(("Ada",), 0, 1, 2, 3, 4)), **FEW)

    assert plan.status is Status.NOT_POSSIBLE
    assert plan.reasons[0].code == "too_few_facilitator_days"
    assert "room for 5 < 6 meeting days" in str(plan.reasons[0])


def test_large_groups_meet_where_there_is_room_for_them():
    problem = of_sizes([9, 9, 9, 9, 3, 3, 3, 3], seats={"red": 12, "blue": 4})

    plan = schedule(problem, **FEW)

    assert plan.status is Status.OK
    assert {m.venue for m in plan.meetings if m.group in {"g0", "g1", "g2", "g3"}} == {"red"}


def test_more_large_groups_than_the_large_venues_hold_are_told_as_a_proof():
    plan = schedule(of_sizes([9] * 6, seats={"red": 12, "blue": 4}), **FEW)

    assert plan.status is Status.NOT_POSSIBLE
    assert {reason.code for reason in plan.reasons} == {"too_few_seats"}
    assert "1 of the rooms have 9 seats" in str(plan.reasons[0])


def two_far_places(**more):
    """One facilitator, one venue in Skara and one in Mora, and two groups in one week."""
    return of_sizes(
        [3, 3],
        facilitators=("Ada",),
        places={"red": "Skara", "blue": "Mora"},
        far_apart=frozenset({frozenset({"Skara", "Mora"})}),
        **more,
    )


@pytest.mark.parametrize("seed", range(3))
def test_facilitator_gets_a_day_between_places_that_lie_far_apart(seed):
    only_monday_and_midweek = whole(("red",), 1, 2, 3, 4) | whole(("blue",), 0, 3, 4)

    plan = schedule(two_far_places(venues_closed=only_monday_and_midweek), seed=seed, steps=100_000)

    assert plan.status is Status.OK
    assert {(m.venue, m.dates[0]) for m in plan.meetings} in (
        {("red", MONDAY), ("blue", MONDAY + timedelta(days=2))},
        {("blue", TUESDAY), ("blue", MONDAY + timedelta(days=2))},
    )


def test_way_that_is_always_too_far_is_not_called_a_schedule():
    plan = schedule(
        two_far_places(venues_closed=whole(("red",), 1, 2, 3, 4) | whole(("blue",), 0, 2, 3, 4)),
        seed=1,
        steps=20_000,
    )

    assert plan.status is Status.NOT_FOUND
    assert plan.violations == {"far_apart": 1}


def test_checker_names_each_of_them():
    problem = meetings_problem(
        2,
        blocks=1,
        weeks=1,
        gap=(1, 1),
        seats={"red": 2},
        places={"red": "Skara", "blue": "Mora"},
        far_apart=frozenset({frozenset({"Skara", "Mora"})}),
        venues_closed=whole(("red",), 0),
        facilitators_off=whole(("Ada",), 1),
    )
    meetings = [
        Meeting("g0", 1, (MONDAY,), "red", "Ada"),
        Meeting("g1", 1, (TUESDAY,), "blue", "Ada"),
    ]

    found = check_schedule(problem, meetings)

    assert found.violations == {
        "venue_closed": 1,
        "seats": 1,
        "facilitator_off": 1,
        "far_apart": 1,
    }


@st.composite
def mornings(draw):
    """Up to four meetings on one day, with the venues that are closed or too small for them."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    seats = dict(
        zip("abcd", draw(st.lists(st.integers(1, 5), min_size=4, max_size=4)), strict=True)
    )
    return of_sizes(
        sizes,
        venues=tuple("abcd"),
        seats=seats,
        venues_closed=whole(draw(st.sets(st.sampled_from("abcd"), max_size=2)), 0),
        facilitators=tuple("ABCD"),
        facilitators_off=whole(draw(st.sets(st.sampled_from("ABCD"), max_size=3)), 0),
    )


@settings(max_examples=80, deadline=None)
@given(mornings())
def test_everybody_finds_a_venue_and_a_facilitator_exactly_when_that_is_possible(problem):
    groups = list(problem.members)

    found = hosts_of(problem, [Span(group, (MONDAY,)) for group in groups], range(len(groups)))

    is_open = {name for name in problem.venues if (name, MONDAY) not in problem.venues_closed}
    there = {
        name for name in problem.facilitators if (name, MONDAY) not in problem.facilitators_off
    }
    is_possible = len(there) >= len(groups) and any(
        all(map(problem.seats_enough, venues, groups))
        for venues in permutations(is_open, len(groups))
    )
    meetings = [
        Meeting(group, 1, (MONDAY,), *host) for group, host in zip(groups, found, strict=True)
    ]
    assert (check_schedule(problem, meetings).errors == ()) == is_possible
