"""`kill -9` at any moment leaves everything as before or as after, and a job that can be started again."""

import random
import time
from contextlib import suppress
from threading import Thread

import pytest
from django.db import connection

from robust.works import GROUPS, MANAGERS

pytestmark = pytest.mark.database

# Other moments on another database: ten between the two of them, and a few more.
chance = random.Random(connection.vendor)
MOMENTS = {
    name: [round(chance.random(), 2) for _ in range(n)]
    for name, n in (("import", 2), ("plan", 2), ("web", 1))
}


def kill_after(works, name, seconds):
    time.sleep(seconds)
    works.kill(name)


@pytest.mark.parametrize("moment", MOMENTS["import"])
def test_import_whose_worker_is_killed_is_whole_or_not_at_all(works, more_people, moment):
    before = works.counts()
    after = works.after(before, person=more_people, employment=more_people)
    job = works.start_import()
    works.wait_until(job, "running", "done")

    kill_after(works, "worker", moment * works.seconds["import"])

    left = works.counts()
    shown = works.state_shown(job)
    assert (shown, left) in [("interrupted", before), ("interrupted", after), ("done", after)]
    works.start("worker")
    if shown == "interrupted":
        again = works.start_again(job)
        works.wait_until(again, "done")
        assert works.state(job) == "interrupted"
    assert works.counts() == after


@pytest.mark.parametrize("moment", MOMENTS["plan"])
def test_plan_whose_worker_is_killed_is_whole_or_not_at_all(works, moment):
    before = works.counts()
    job = works.start_plan()
    works.wait_until(job, "running", "done")

    kill_after(works, "worker", moment * works.seconds["plan"])

    left = works.counts()
    shown = works.state_shown(job)
    made = left["programme_plan"] - before["programme_plan"]
    assert shown == ("interrupted" if made == 0 else "done")
    assert_whole_plans(before, left, made)
    works.start("worker")
    if shown == "interrupted":
        works.wait_until(works.start_again(job), "done")
        assert_whole_plans(before, works.counts(), 1)
        assert works.state(job) == "interrupted"


def assert_whole_plans(before, now, plans):
    """So many plans more than before, each with all of its groups, people and meetings."""
    more = {
        table.partition("_")[2]: n - before[table] for table, n in now.items() if n != before[table]
    }
    meetings = GROUPS * 3
    whole = {
        "plan": 1,
        "group": GROUPS,
        "participant": MANAGERS,
        "meeting": meetings,
        "meetingday": meetings,
    }
    assert more == {name: n * plans for name, n in whole.items() if plans}


@pytest.mark.parametrize("moment", MOMENTS["web"])
def test_file_looked_over_when_the_server_is_killed_can_be_looked_over_again(
    works, more_people, moment
):
    before = works.counts()
    key = works.upload()
    rows = "SELECT count(*) FROM people_importrow WHERE hr_import_id = %s"
    asking = Thread(target=lambda: ignoring_the_end(lambda: works.look_over(key)))
    asking.start()

    kill_after(works, "serve", moment * 0.6)
    asking.join()

    kept = works.value(rows, key)
    assert works.counts() == before
    works.start("serve")
    works.look_over(key)
    assert kept in (0, works.value(rows, key))
    works.wait_until(works.read_in(key), "done")
    assert works.counts() == works.after(before, person=more_people, employment=more_people)


def test_server_killed_as_it_starts_a_job_leaves_job_and_place_in_the_queue_together(works):
    key = works.upload()
    works.look_over(key)
    asking = Thread(target=lambda: ignoring_the_end(lambda: works.read_in(key)))
    asking.start()

    kill_after(works, "serve", 0.05)
    asking.join()

    jobs, places = works.jobs_and_places()
    assert jobs == places
    works.start("serve")


def test_plan_goes_on_when_the_server_is_killed(works):
    before = works.counts()
    job = works.start_plan()
    works.wait_until(job, "running")

    works.kill("serve")

    assert works.wait_until(job, "done") == "done"
    assert_whole_plans(before, works.counts(), 1)
    works.start("serve")


def test_waiting_job_is_done_by_the_next_worker(works, more_people):
    works.kill("worker")
    before = works.counts()
    job = works.start_import()

    assert works.state_shown(job) == "queued"
    works.start("worker")
    works.wait_until(job, "done")

    assert works.counts() == works.after(before, person=more_people, employment=more_people)


def ignoring_the_end(ask):
    """The server dies while it is asked: the browser gets no answer."""
    with suppress(OSError):
        ask()
