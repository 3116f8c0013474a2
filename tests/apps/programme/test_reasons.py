"""Why a team is where it is: on its group's card, in words, with the cost of the next best place."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from apps.programme.planning_factories import kept_plan, make_organisation, make_person, make_wave
from modig.apps.people.models import Unit
from modig.apps.programme.models import TargetPart
from modig.apps.programme.planning_bridge import NextBest, Placement
from modig.apps.programme.why_here import reasons

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(organisation):
    make_organisation()
    return make_wave()


def reasons_of(client, group, **headers):
    answer = client.get(reverse("programme:group_reasons", args=[group.pk]), headers=headers)
    return re.sub(r"\s+", " ", answer.content.decode())


def sentences(html, name):
    found = re.search(rf"<li><b>{name}</b>(.*?)</li>", html)[1]
    return re.findall(r'<span class="why">(.*?)</span>', found)


def test_card_asks_for_the_reasons_when_it_is_opened(wave, signed_in):
    plan = kept_plan(wave)

    told = signed_in("reader").get(reverse("programme:plan", args=[plan.pk])).content.decode()

    assert told.count('hx-trigger="toggle once"') == 4
    assert reverse("programme:group_reasons", args=[plan.groups.first().pk]) in told


def test_team_is_told_whom_it_meets_and_what_its_next_best_place_costs(wave, signed_in):
    plan = kept_plan(wave)

    told = sentences(reasons_of(signed_in("reader"), plan.groups.get(number=1)), "Team D1T1")

    assert told == [
        "Alla 10 andra kommer från andra förvaltningar eller bolag.",
        "Ingen annan här kommer från Department 1.",
        "Möter sina likar igen i 50 par med samma personalroll.",
        "Group 2 i utbyte mot Team D1T2 vore lika bra.",
    ]


def test_worse_place_is_told_in_pairs():
    best = NextBest("Grupp 3", ("team", "X"), -2.0, {"department": 3, "role": -1})
    same, new, only = {"department": 0, "role": 0}, {"department": 1}, {"department": ()}
    placement = Placement("Grupp 1", False, 2, same, new, only, best)

    with translation.override("sv"):
        told = reasons(placement, departments={}, met=[], name_of=lambda _: "Team X")

    assert told == [
        "1 av de 2 andra kommer från andra förvaltningar eller bolag.",
        "Ingen här är av samma slag som teamet.",
        (
            "Näst bästa plats är Grupp 3 i utbyte mot Team X: 3 par till med samma "
            "förvaltning eller bolag och 1 par färre med samma personalroll."
        ),
    ]


def test_team_that_has_met_another_before_is_told_where(wave, signed_in):
    first = kept_plan(wave, is_published=True)
    later = make_wave(number=2, programme=wave.programme)
    later.starts_on = wave.starts_on.replace(month=6)
    later.save()
    again = kept_plan(later)

    told = sentences(
        reasons_of(signed_in("programme-owner"), again.groups.get(number=1)), "Team D1T1"
    )

    assert first.groups.get(number=1).name == "Group 1"
    assert "Har mött Team D2T2 förut, i Group 1, Wave 1." in told


def test_names_of_those_who_come_alone_are_for_planners(wave, signed_in):
    alone = make_person("A1", Unit.objects.get(code="D1T1U1"), first_name="Hjördis")
    TargetPart.objects.create(organisation=wave.organisation, wave=wave, person=alone)
    plan = kept_plan(wave)
    group = plan.groups.get(participants__person=alone)

    assert "Hjördis" in reasons_of(signed_in("programme-owner"), group)
    assert "Hjördis" not in reasons_of(signed_in("reader"), group)


def test_htmx_gets_the_part_alone(wave, signed_in):
    told = reasons_of(signed_in("reader"), kept_plan(wave).groups.first(), hx_request="true")

    assert "<html" not in told
    assert "Team D1T1" in told


def test_as_many_questions_for_small_groups_as_for_large_ones(wave, signed_in):
    client = signed_in("programme-owner")

    def questions(plan):
        group = plan.groups.first()
        reasons_of(client, group)
        with CaptureQueriesContext(connection) as asked:
            reasons_of(client, group)
        return len(asked)

    assert questions(kept_plan(wave, groups=12)) == questions(kept_plan(wave, groups=4))


def test_team_page_shows_what_may_be_had_before_what_breaks_a_rule(wave, signed_in):
    plan = kept_plan(wave)

    answer = signed_in("programme-owner").get(
        reverse("programme:team_move", args=[plan.pk, "team", "D1T1"])
    )

    told = re.sub(r"\s+", " ", answer.content.decode())
    best = told.index("Group 2 i utbyte mot Team D1T2 vore lika bra.")
    assert best < told.index("Inte tillåtet: en regel skulle brytas") < told.index("bryter: ")
