import pytest

from apps.programme.planning_factories import make_organisation, make_wave, noon
from modig import planning
from modig.apps.programme import planning_bridge as bridge
from modig.apps.programme.actions import make_plan_now
from modig.apps.programme.models import Meeting, Participant, TeamPlacement

pytestmark = pytest.mark.django_db


def plan_of(wave, **how):
    return make_plan_now(wave, at=noon(), **{"steps": 20_000, **how})


def test_plan_puts_whole_teams_into_groups_and_breaks_nothing(organisation):
    make_organisation()
    plan = plan_of(make_wave())

    groups_of_team = TeamPlacement.objects.filter(group__plan=plan).values_list("team__code")
    assert plan.figures["violations"] == {}
    assert groups_of_team.count() == groups_of_team.distinct().count() == 12
    assert plan.groups.count() == 4
    assert Participant.objects.filter(group__plan=plan).count() == 60
    assert Meeting.objects.filter(group__plan=plan).count() == 12
    assert plan.figures["excess"] == {"department": 0, "role": 0}


def test_same_seed_and_steps_make_the_same_plan(organisation):
    make_organisation()
    wave = make_wave()

    first, second = plan_of(wave, seed=7), plan_of(wave, seed=7)

    def content(plan):
        people = Participant.objects.filter(group__plan=plan)
        return sorted(people.values_list("person__number", "group__name"))

    assert content(first) == content(second)
    assert (first.number, second.number) == (1, 2)


def small_units():
    """Four departments of six units, each of which can spare one of its four; a week, two rooms."""
    people = [
        {"id": f"{d}{u}{k}", "team": None, "unit": f"{d}{u}", "department": f"{d}"}
        for d in range(4)
        for u in range(6)
        for k in range(4)
    ]
    return {
        "people": people,
        "staff": {one["unit"]: 4 for one in people},
        "weights": {"department": 1.0},
        "keep_apart": [],
        "groups": 8,
        "size": [12, 12],
        "cap": "25",
        "gap": [1, 2],
        "first_day": "2027-01-11",
        "weeks": 1,
        "weekdays": [0, 1, 2, 3, 4],
        "closed": [],
        "blocks": [(1, 1)],
        "venues": [["Red", 20], ["Blue", 20]],
        "facilitators": ["Ada", "Bo"],
    }


def test_groups_change_where_the_calendar_would_choke(monkeypatch):
    names = [f"Group {k}" for k in range(1, 9)]
    wanted = {"seed": 1, "limit": bridge.Limit(steps=150_000), "new_names": names}

    made = bridge.make(small_units(), **wanted)
    monkeypatch.setattr(planning, "ease_calendar", lambda _problem, groups, **_limits: groups)
    choked = bridge.make(small_units(), **wanted)

    assert (made.status, choked.status) == ("ok", "not_found")
    assert made.figures["violations"] == {}
    assert made.figures["value"] == choked.figures["value"]
