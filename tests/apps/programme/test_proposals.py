"""Three proposals at once, side by side; the wishes they come from, and what each wish costs."""

import re

import pytest
from django.urls import reverse

from apps.programme.planning_factories import kept_plan, make_organisation, make_wave, noon
from modig.apps.jobs.actions import run_job, start_job
from modig.apps.jobs.models import Job
from modig.apps.programme import planning_bridge, wishes
from modig.apps.programme.models import Plan, Venue
from modig.apps.programme.queries.plans import groups_by_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(organisation):
    make_organisation()
    return make_wave()


def propose(wave, **given):
    job = start_job("proposals", {"wave": wave.pk, "steps": 3000, **given}, by=None, at=noon())
    run_job(job.pk)
    job.refresh_from_db()
    return job


def page_of(client, wave):
    answer = client.get(reverse("programme:proposals", args=[wave.pk]))
    return re.sub(r"\s+", " ", answer.content.decode())


def test_one_job_makes_three_drafts_that_keep_every_rule(wave, signed_in):
    job = propose(wave, wishes={"department": 3, "role": 1, "gender": 0.5})

    plans = list(Plan.objects.order_by("number"))
    assert job.state == Job.State.DONE
    assert job.result["plans"] == [plan.pk for plan in plans]
    assert [plan.figures["emphasis"] for plan in plans] == list(planning_bridge.EMPHASES)
    assert not any(plan.figures["violations"] for plan in plans)
    assert all(plan.given["weights"]["gender"] == 0.5 for plan in plans)
    assert plans[2].figures["most_away"] <= plans[0].figures["most_away"]
    told = page_of(signed_in("programme-owner"), wave)
    assert told.count("Välj det här") == 3
    assert "Lugnaste kalendern" in told
    assert "Att blanda efter personalroll kostar" in told


def test_calmest_calendar_takes_one_group_a_day_where_that_is_possible(wave):
    propose(wave)

    calm = Plan.objects.get(figures__emphasis=planning_bridge.CALM)
    assert calm.figures["most_away"] == max(map(int, calm.figures["sizes"]))


def test_proposals_that_are_not_possible_say_why(wave, signed_in):
    Venue.objects.all().delete()

    propose(wave)

    assert "Det finns ingen lokal" in page_of(signed_in("programme-owner"), wave)


def test_button_starts_one_job_with_the_wishes(wave, signed_in):
    client, address = signed_in("programme-owner"), reverse("programme:proposals", args=[wave.pk])
    sent = {f"wish_{name}": 0 for name in ("entity", "unit", "gender", "workplace")}
    for _ in range(2):
        client.post(
            address, {**sent, "wish_department": 2.5, "wish_role": 1, "seconds": 60, "seed": 3}
        )

    job = Job.objects.get()
    assert (job.kind, job.arguments["wishes"]) == ("proposals", {"department": 2.5, "role": 1.0})


def test_wishes_that_are_all_nought_are_told_and_kept(wave, signed_in):
    address = reverse("programme:proposals", args=[wave.pk])
    sent = {f"wish_{name}": 0 for name in ("entity", "unit", "gender", "workplace", "role")}

    answer = signed_in("programme-owner").post(
        address, {**sent, "wish_department": 0, "seconds": 60, "seed": 4711}
    )

    assert 'value="4711"' in answer.content.decode()
    assert not Job.objects.exists()


@pytest.mark.parametrize("role", ["reader", "chief-executive"])
def test_only_planners_ask_for_proposals(wave, signed_in, role):
    client, address = signed_in(role), reverse("programme:proposals", args=[wave.pk])

    assert client.get(address).status_code == 200
    assert client.post(address, {"seconds": 60, "seed": 7}).status_code == 403


def test_price_of_a_wish_is_what_the_others_gain_without_it(wave):
    plan = kept_plan(wave)
    given = {**plan.given, "weights": {"department": 3.0, "unit": 1.0}}

    found = planning_bridge.prices(
        given, groups_by_number(plan), seed=1, limit=planning_bridge.Limit(steps=40_000)
    )

    assert set(found) == {"department", "unit"}
    assert found["department"]["value"] >= 0


def test_best_figure_is_marked_only_where_the_proposals_differ():
    plans = [
        Plan(figures={"violations": {}, "share": share, "groups": 4, "most_away": 15})
        for share in (0.9, 0.95)
    ]

    rows = wishes.comparison(plans)

    assert [row.name for row in rows if row.cells[1][1]] == [rows[1].name]
    assert wishes.better_at(rows, 0) != wishes.better_at(rows, 1)


def figures(emphasis, *, share=0.9, departments=4.0, most_away=15, max_share_away=0.1):
    given = {"share": share, "departments": departments, "most_away": most_away}
    given |= {"max_share_away": max_share_away, "emphasis": emphasis, "violations": {}}
    return Plan(figures=given)


@pytest.mark.parametrize(
    ("mix", "calm", "best"),
    [
        ({"departments": 4.5}, {"most_away": 10}, [0, 1, 2]),
        ({"departments": 3.9}, {"most_away": 10}, [0, 0, 2]),
        ({"departments": 4.0}, {"most_away": 15}, [0, 0, 0]),
        ({"departments": 4.5, "most_away": 9}, {"most_away": 10}, [0, 1, 1]),
        ({"departments": 4.5, "share": 0.95}, {"most_away": 10}, [1, 1, 2]),
        ({"departments": 4.5}, {"most_away": None}, [0, 1, 2]),
    ],
)
def test_proposal_that_loses_on_what_it_stresses_is_stood_in_for(mix, calm, best):
    plans = [
        figures(planning_bridge.RULES),
        figures(planning_bridge.MIX, **mix),
        figures(planning_bridge.CALM, **calm),
    ]

    assert wishes.best_for_each(plans) == best


def test_three_alike_are_told_in_one_sentence(wave, signed_in):
    propose(wave)
    first, *others = Plan.objects.order_by("number")
    for plan in others:
        plan.figures = {**first.figures, "emphasis": plan.figures["emphasis"]}
        plan.save()

    told = page_of(signed_in("programme-owner"), wave)

    assert told.count("De tre förslagen blev likadana.") == 1
    assert "Inte bättre än de andra" not in told
    assert "Samma som" not in told


def test_page_says_which_proposal_stands_in(wave, signed_in):
    propose(wave)
    first, mixed, calm = Plan.objects.order_by("number")
    mixed.figures = {**mixed.figures, "departments": first.figures["departments"] - 1}
    mixed.save()
    calm.figures = {**calm.figures, "most_away": first.figures["most_away"] - 1}
    calm.save()

    told = page_of(signed_in("programme-owner"), wave)

    assert "Samma som ”Som reglerna säger”" in told
    assert reverse("programme:plan", args=[mixed.pk]) not in told
