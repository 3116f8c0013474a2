"""Two people who do the same at the same moment: both are served, or one is told why not."""

from threading import Thread

import pytest

from robust.works import GROUPS

pytestmark = pytest.mark.database

PLANS = """
from modig.apps.programme.models import Group, Plan
rows = Plan.across_organisations.filter(job__in=jobs).order_by("number")
answer = [
    [plan.number, plan.figures["violations"], Group.across_organisations.filter(plan=plan).count()]
    for plan in rows
]
"""


@pytest.fixture
def with_two_workers(works):
    """The works with a second worker beside the first."""
    first = works.running["worker"]
    works.start("worker")
    works.running["second worker"] = first
    yield works
    works.kill("second worker")


def test_two_plans_of_one_wave_are_two_whole_drafts(with_two_workers):
    works = with_two_workers
    jobs = works.start_plans(2)

    for job in jobs:
        works.wait_until(job, "done")

    plans = works.do(PLANS, jobs=jobs)
    numbers = [number for number, _, _ in plans]
    assert numbers == [numbers[0], numbers[0] + 1]
    assert [(broken, groups) for _, broken, groups in plans] == [({}, GROUPS), ({}, GROUPS)]


def test_two_imports_at_once_are_one_read_in_and_one_to_be_looked_over_again(with_two_workers):
    works = with_two_workers
    browsers = [works.signed_in(), works.signed_in()]
    before = works.counts()
    keys = [works.upload(user, more=more) for user, more in zip(browsers, (100, 200), strict=True)]
    for key, browser in zip(keys, browsers, strict=True):
        works.look_over(key, browser)

    asking = [Thread(target=works.read_in, args=pair) for pair in zip(keys, browsers, strict=True)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    job_of = "SELECT job_id FROM people_hrimport WHERE id = %s"
    jobs = [works.wait_for(lambda key=key: works.value(job_of, key), "a job") for key in keys]
    states = {
        key: works.wait_until(job, "done", "failed") for key, job in zip(keys, jobs, strict=True)
    }

    grown = works.counts()["people_person"] - before["people_person"]
    applied = [
        key
        for key in keys
        if works.value("SELECT state FROM people_hrimport WHERE id = %s", key) == "applied"
    ]
    assert [key for key, state in states.items() if state == "done"] == applied
    assert len(applied) in {1, 2}
    assert grown in {100, 200}
    for job, state in zip(jobs, states.values(), strict=True):
        told = works.value("SELECT error FROM jobs_job WHERE id = %s", job)
        assert bool(told) == (state == "failed")
