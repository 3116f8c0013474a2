"""Planning as a job: progress and best so far, stop, start again, and why there is no plan."""

import re
import sys
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from apps.programme.planning_factories import kept_plan, make_organisation, make_wave, noon
from modig.apps.jobs.actions import run_job, start_job, stop_job
from modig.apps.jobs.models import Job
from modig.apps.people.models import Person
from modig.apps.programme import sentences
from modig.apps.programme.actions import make_plan_now
from modig.apps.programme.actions.planning import NoPlanError
from modig.apps.programme.models import Facilitator, Plan, Rules, TargetPart, Venue
from modig.apps.programme.planning_bridge import HowFar
from modig.apps.programme.tasks import _tell
from modig.apps.programme.views.plans import _address_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(organisation):
    make_organisation()
    return make_wave()


def plan_by_job(wave, **given):
    job = start_job("plan", {"wave": wave.pk, "steps": 5000, **given}, by=None, at=noon())
    run_job(job.pk)
    job.refresh_from_db()
    return job


def plans_page(client, wave):
    return client.get(reverse("programme:plans", args=[wave.pk])).content.decode()


@pytest.mark.database
def test_job_makes_a_draft(wave):
    job = plan_by_job(wave)

    plan = Plan.objects.get()
    assert (job.state, job.result["plan"], plan.job, plan.state) == (
        Job.State.DONE,
        plan.pk,
        job,
        Plan.State.DRAFT,
    )


def test_button_queues_a_planning(wave, signed_in):
    signed_in("programme-owner").post(
        reverse("programme:plans", args=[wave.pk]), {"seconds": 10, "seed": 7}
    )

    job = Job.objects.get()
    assert (job.kind, job.arguments) == ("plan", {"wave": wave.pk, "seconds": 10, "seed": 7})


def test_planning_again_names_the_plan_whose_locks_it_keeps(wave, signed_in):
    plan = kept_plan(wave)

    signed_in("programme-owner").post(
        reverse("programme:plans", args=[wave.pk]), {"seconds": 10, "seed": 7, "around": plan.pk}
    )

    assert Job.objects.get().arguments["around"] == plan.pk


def test_second_planning_waits_for_the_first(wave, signed_in):
    client, address = signed_in("programme-owner"), reverse("programme:plans", args=[wave.pk])
    for _ in range(2):
        client.post(address, {"seconds": 10, "seed": 7})

    assert Job.objects.count() == 1


def test_seed_that_is_no_number_is_told_and_kept(wave, signed_in):
    answer = signed_in("programme-owner").post(
        reverse("programme:plans", args=[wave.pk]), {"seconds": 10, "seed": "abc"}
    )

    told = answer.content.decode()
    assert 'value="abc"' in told
    assert not Job.objects.exists()


@pytest.mark.parametrize("role", ["reader", "chief-executive"])
def test_only_planners_plan(wave, signed_in, role):
    client, address = signed_in(role), reverse("programme:plans", args=[wave.pk])

    assert client.get(address).status_code == 200
    assert client.post(address, {"seconds": 10, "seed": 7}).status_code == 403


# ---- while it runs -------------------------------------------------------------------------------


class Told:
    def progress(self, share, *, doing="", best=None):
        self.share, self.doing, self.best = share, doing, best


@pytest.mark.parametrize(
    ("far", "best"),
    [
        (HowFar(0.2, "groups", 8412.4, 0), "värde 8\u00a0412, inget bryts"),
        (HowFar(0.2, "groups", 8412.4, 3), "värde 8\u00a0412, överträdelser kvar: 3"),
        (HowFar(0.7, "dates", -2, 2), "datum för alla grupper, överträdelser kvar: 2"),
    ],
)
def test_best_so_far_is_told_in_the_language_of_the_page(far, best):
    told = Told()
    _tell(told, far)

    with translation.override("sv"):
        assert Job(best=told.best).best_told == best
    with translation.override("en"):
        assert "broken" in Job(best=told.best).best_told


def test_page_shows_the_planning_with_its_stop_button(wave, signed_in):
    job = start_job("plan", {"wave": wave.pk}, by=None, at=noon())
    Job.objects.filter(pk=job.pk).update(best={"told": "dates for every group, nothing broken"})

    told = plans_page(signed_in("programme-owner"), wave)

    assert "datum för alla grupper, inget bryts" in told
    assert reverse("jobs:stop", args=[job.pk]) in told


def test_stop_leads_back_to_the_plans(wave, signed_in):
    job = start_job("plan", {"wave": wave.pk}, by=None, at=noon())
    here = reverse("programme:plans", args=[wave.pk])

    answer = signed_in("programme-owner").post(reverse("jobs:stop", args=[job.pk]), {"next": here})

    assert answer.url == here


def test_stopped_planning_keeps_the_best_it_had(wave):
    job = start_job("plan", {"wave": wave.pk, "seconds": 60}, by=None, at=noon())
    asked = []

    plan = make_plan_now(
        wave, at=noon(), seconds=60, stop_wanted=lambda: asked.append(1) or len(asked) > 1
    )

    stop_job(job, at=noon())
    assert plan.figures["violations"] == {}


def test_plan_of_a_stopped_planning_is_shown_in_place_of_it(wave, signed_in):
    job = plan_by_job(wave)
    Job.objects.filter(pk=job.pk).update(state=Job.State.STOPPED)

    told = plans_page(signed_in("programme-owner"), wave)

    assert "Plan 1 är klar att titta på." in told
    assert reverse("jobs:restart", args=[job.pk]) not in told


def test_reader_sees_plans_and_no_planning(wave, signed_in):
    start_job("plan", {"wave": wave.pk}, by=None, at=noon())
    kept_plan(wave)

    told = plans_page(signed_in("reader"), wave)

    assert "Plan 1" in told
    assert "/jobs/" not in told


def test_interrupted_planning_can_be_started_again(wave, signed_in):
    job = start_job("plan", {"wave": wave.pk, "seed": 3}, by=None, at=noon())
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, worker="elsewhere:1")

    client = signed_in("programme-owner")
    told = plans_page(client, wave)
    client.post(reverse("jobs:restart", args=[job.pk]))

    assert "Jobbet avbröts" in told
    assert Job.objects.first().arguments == {"wave": wave.pk, "seed": 3}


# ---- why there is no plan ------------------------------------------------------------------------


def test_failed_planning_says_why_and_where_the_rule_is_set(wave, signed_in):
    Rules.objects.update(size_low=2, size_high=4)
    job = plan_by_job(wave)

    told = plans_page(signed_in("programme-owner"), wave)

    assert job.state == Job.State.FAILED
    assert "Ingen plan är möjlig med de här reglerna." in told
    assert "Teamet Team D1T1 är 5 personer, men en grupp har högst 4" in told
    assert reverse("programme:rules", args=[wave.pk]) in told


def test_reasons_are_told_in_the_readers_language(wave, signed_in):
    Rules.objects.update(size_low=2, size_high=4)
    plan_by_job(wave)
    client = signed_in("programme-owner")
    client.post(reverse("ui:language"), {"language": "en"})

    assert "The team Team D1T1 has 5 people" in plans_page(client, wave)


def without_target(wave):
    TargetPart.objects.all().delete()


def without_venues(wave):
    Venue.objects.all().delete()


def with_small_venues(wave):
    Venue.objects.update(seats=5)


def without_facilitators(wave):
    Facilitator.objects.all().delete()


def without_blocks(wave):
    wave.blocks.all().delete()


def without_rules(wave):
    Rules.objects.all().delete()


@pytest.mark.parametrize(
    ("spoil", "sentence", "place"),
    [
        (without_target, "Målgruppen är tom", "target"),
        (without_venues, "Det finns ingen lokal", "venues"),
        (with_small_venues, "Ingen lokal rymmer en grupp", "venues"),
        (without_facilitators, "Det finns ingen handledare", "facilitators"),
        (without_blocks, "Vågen har inga block", "blocks"),
        (without_rules, "Vågen har inga regler än", "rules"),
    ],
)
def test_what_is_missing_is_told_with_the_way_there(wave, spoil, sentence, place):
    spoil(wave)

    with pytest.raises(NoPlanError, match=sentence) as refused:
        make_plan_now(wave, at=noon(), steps=2000)

    code, numbers, _ = refused.value.reasons[0]
    assert sentences.place_of(code, numbers) == place


def test_unit_in_a_reason_is_called_by_its_name(wave):
    Rules.objects.update(cap_percent=0, groups=2, size_low=1, size_high=60)
    for person in Person.objects.filter(number__in=[f"SD1T1U1{k}" for k in range(4)]):
        wave.target_parts.create(organisation=wave.organisation, person=person)

    with pytest.raises(NoPlanError, match="Enheten Unit 1 D1T1 skickar 7 personer"):
        make_plan_now(wave, at=noon(), steps=2000)


def reasons_in(module):
    written = Path(sys.modules[module].__file__).read_text(encoding="utf-8")
    return set(re.findall(r'Reason\(\s*"(\w+)"', written))


def test_every_reason_of_the_planner_has_its_sentence():
    codes = reasons_in("modig.planning.feasibility") | reasons_in("modig.planning.schedule")

    assert len(codes) > 15
    assert codes - sentences.REASONS.keys() == set()


def test_every_reason_leads_to_where_its_rule_is_set(wave, signed_in):
    client = signed_in("programme-owner")
    cases = [(code, {}) for code in sentences.REASONS]
    cases += [("broken", {"rule": rule}) for rule in sentences.RULES]
    addresses = {_address_of(code, numbers, wave) for code, numbers in cases}
    pages = {address.partition("#")[0] for address in addresses}
    shown = {page: client.get(page).content.decode() for page in pages}

    wanted = [address.partition("#") for address in addresses]
    assert len(pages) == 11
    assert [f"{p}#{f}" for p, _, f in wanted if f and f'id="{f}"' not in shown[p]] == []


def test_lock_that_clashes_leads_to_the_plan_that_it_is_in(wave):
    plan = kept_plan(wave)

    address = _address_of("lock_contradicts", {}, wave, around=plan.pk)

    assert address == reverse("programme:plan", args=[plan.pk])


def test_every_rule_of_the_checker_has_its_name():
    written = Path(sys.modules["modig.planning.checker"].__file__).read_text(encoding="utf-8")
    rules = set(re.findall(r'found\.add\(\s*"(\w+)"', written))
    rules |= {f"{what}_clash" for what in ("group", "venue", "facilitator")}
    rules |= {"outside_horizon", "weekday", "closed_week", "holiday"}

    assert rules - sentences.RULES.keys() == set()
