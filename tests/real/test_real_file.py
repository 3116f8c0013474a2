"""A real employer's file: read in, made into teams, planned, published, and checked by two checkers."""

import time
from collections import Counter

import pytest

from modig.apps.people.models import TeamSeat, Unit
from modig.apps.programme.models import CalendarFeed, Participant, Plan
from real import journey

LONGEST_SEARCH_SECONDS = 30
# So many steps settle it within seconds; a search by seconds would always take its time.
STEPS = 3_000_000


def test_every_row_is_read_in(imported, county):
    assert imported == {"new": 9228, "changed": 0, "gone": 0, "refused": 0, "unchanged": 0}
    assert Unit.objects.filter(parent=None).count() == 37
    assert Unit.objects.exclude(parent=None).count() == 733


@pytest.mark.parametrize(
    ("words", "managers"), [(journey.NARROW, 751), (journey.BROAD, 1428)], ids=["narrow", "broad"]
)
def test_plan_keeps_every_rule_and_both_checkers_say_the_same(
    county, checker, tmp_path, words, managers
):
    owner = journey.owner_of(county)
    assert journey.make_roles(county, words) == managers
    teams = journey.make_teams()
    wave = journey.make_wave(owner)

    began = time.monotonic()
    plan = journey.make_plan(wave, steps=STEPS)
    took = time.monotonic() - began
    plan = journey.publish(plan, owner)
    journey.download(plan, owner, tmp_path)
    answers = journey.check(plan, tmp_path, checker)

    assert took < LONGEST_SEARCH_SECONDS
    assert answers.differences == []
    assert (
        answers.kept["people"] == managers == Participant.objects.filter(group__plan=plan).count()
    )
    assert answers.kept["teams"] == len(teams)
    assert all(20 <= int(size) <= 28 for size in answers.kept["sizes"])
    assert plan.state == Plan.State.PUBLISHED
    assert CalendarFeed.objects.filter(person__isnull=False).count() == managers


@pytest.mark.database
def test_teams_are_of_6_to_12_and_smaller_only_where_a_whole_department_is(county):
    journey.make_roles(county, journey.NARROW)
    teams = journey.make_teams()

    sizes = Counter(TeamSeat.objects.values_list("team__unit__top__code", "team"))
    seats = Counter(TeamSeat.objects.values_list("team__unit__top__code", flat=True))
    small = {top for (top, _), n in sizes.items() if n < 6}
    assert len(teams) == len(sizes)
    assert max(sizes.values()) <= 12
    assert all(seats[top] < 6 for top in small)
    assert sum(sizes.values()) == TeamSeat.objects.values("person").distinct().count() == 751
