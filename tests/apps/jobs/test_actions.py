import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from modig.apps.jobs import handlers
from modig.apps.jobs.actions import (
    JobIsOpenError,
    JobRefusedError,
    notice_dead_worker,
    put_in_order,
    run_job,
    start_job,
    start_job_again,
    stop_job,
)
from modig.apps.jobs.models import Job

NOW = timezone.now()


@pytest.fixture
def handler(monkeypatch):
    """Register a handler for the kind "test"; the real registry is put back afterwards."""
    monkeypatch.setattr(handlers, "_handlers", dict(handlers._handlers))
    return handlers.handles("test")


def start():
    return start_job("test", {"size": 3}, by=None, at=NOW)


def outcome(job):
    job.refresh_from_db()
    return job.state


@pytest.mark.database
def test_finished_job_keeps_its_result_and_best(organisation, handler):
    @handler
    def count(job, report):
        report.progress(0.5, doing="counting", best={"value": 2})
        return {"counted": job.arguments["size"]}

    job = start()
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.share_done, job.result, job.best) == (
        Job.State.DONE,
        1,
        {"counted": 3},
        {"value": 2},
    )


def test_refused_job_says_why(organisation, handler):
    @handler
    def refuse(job, report):
        raise JobRefusedError("The file is gone.")

    job = start()
    run_job(job.pk)

    assert (outcome(job), job.error) == (Job.State.FAILED, "The file is gone.")


def test_stopped_job_keeps_the_best_it_had(organisation, handler):
    @handler
    def stop_in_the_middle(job, report):
        stop_job(job, at=NOW)
        assert report.stop_wanted()
        return {"kept": True}

    job = start()
    run_job(job.pk)

    assert (outcome(job), job.result) == (Job.State.STOPPED, {"kept": True})


def test_waiting_job_that_is_stopped_is_never_run(organisation, handler):
    @handler
    def fail(job, report):
        raise AssertionError("must not run")

    job = start()
    stop_job(job, at=NOW)
    run_job(job.pk)

    assert outcome(job) == Job.State.STOPPED


@pytest.mark.database
def test_job_is_run_once_however_often_it_is_delivered(organisation, handler):
    runs = []
    handler(lambda job, report: runs.append(job.pk) or {})
    job = start()

    run_job(job.pk)
    run_job(job.pk)

    assert runs == [job.pk]


@pytest.mark.database
def test_job_whose_worker_is_gone_is_interrupted_and_can_be_started_again(organisation, handler):
    handler(lambda job, report: {})
    job = start()
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, worker="elsewhere:1")
    job.refresh_from_db()

    assert notice_dead_worker(job, at=NOW)
    again = start_job_again(job, by=None, at=NOW)

    assert (outcome(job), again.state, again.arguments) == (
        Job.State.INTERRUPTED,
        Job.State.QUEUED,
        {"size": 3},
    )


def test_open_job_cannot_be_started_again(organisation, handler):
    handler(lambda job, report: {})

    with pytest.raises(JobIsOpenError):
        start_job_again(start(), by=None, at=NOW)


@pytest.mark.database
def test_job_and_its_place_in_the_queue_are_there_together(organisation, handler):
    handler(lambda job, report: {})

    with transaction.atomic():
        start()
        transaction.set_rollback(True)

    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)


@pytest.mark.database
def test_waiting_job_that_a_worker_took_and_lost_is_queued_anew(organisation, handler):
    handler(lambda job, report: {})
    job, waiting = start(), start()
    taken = DBTaskResult.objects.get(args_kwargs__args=[job.pk])
    taken.claim("a worker that died")

    put_in_order(NOW)

    queued = sorted(one.args_kwargs["args"][0] for one in DBTaskResult.objects.ready())
    assert queued == [job.pk, waiting.pk]


@pytest.mark.database
def test_new_worker_tells_the_jobs_whose_worker_died(organisation, handler):
    handler(lambda job, report: {})
    job = start()
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, worker="elsewhere:1")

    put_in_order(NOW)

    assert outcome(job) == Job.State.INTERRUPTED
