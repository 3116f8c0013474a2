import pytest

from apps.programme.planning_factories import make_organisation, make_wave, noon
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
