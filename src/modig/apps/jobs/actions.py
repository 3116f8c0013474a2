"""Starting, running, stopping and restarting long work."""

import logging
import os
import socket
import time
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from modig.apps.accounts.models import User
from modig.apps.jobs import live
from modig.apps.jobs.handlers import handler_for
from modig.apps.jobs.models import Job
from modig.apps.tenancy.models import Organisation
from modig.apps.tenancy.scope import current_organisation, working_for

log = logging.getLogger(__name__)
SECONDS_BETWEEN_REPORTS = 0.4


class JobRefusedError(Exception):
    """The work cannot be done; the message is a sentence for the person who asked for it.

    ``result`` may say why in more detail, for a page that knows this kind of job.
    """

    def __init__(self, sentence: str, *, result: dict[str, Any] | None = None) -> None:
        super().__init__(sentence)
        self.result = result or {}


class JobStoppedError(Exception):
    """Somebody pressed Stop and the handler has nothing worth keeping."""


class JobIsOpenError(Exception):
    """The job is waiting or running; it can only be started again after it has ended."""


@transaction.atomic
def start_job(kind: str, arguments: dict[str, Any], *, by: User | None, at: datetime) -> Job:
    """Queue work of ``kind``; a worker takes it once the transaction is on disk.

    The queue's row is written with the job's: neither is ever there without the other.
    """
    from modig.apps.jobs.tasks import work_on  # noqa: PLC0415 -- tasks import this module

    handler_for(kind)
    job = Job.objects.create(
        organisation=current_organisation(),
        kind=kind,
        arguments=arguments,
        started_by=by,
        queued_at=at,
    )
    live.forget(job.pk)  # what was said of a job that had this number before a restore
    work_on.enqueue(job.pk)
    return job


def start_job_again(job: Job, *, by: User | None, at: datetime) -> Job:
    """Queue the same work anew after it failed, was stopped or interrupted."""
    if job.is_open:
        raise JobIsOpenError(str(job))
    return start_job(job.kind, job.arguments, by=by, at=at)


def stop_job(job: Job, *, at: datetime) -> None:
    """Ask a running job to stop with the best it has; a waiting one ends at once."""
    live.ask_to_stop(job.pk)
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED)
    if not waiting.update(state=Job.State.STOPPED, ended_at=at, stop_wanted=True):
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(stop_wanted=True)


def notice_dead_worker(job: Job, *, at: datetime) -> bool:
    """Mark a running job whose worker is gone as interrupted; say whether it was."""
    if job.state != Job.State.RUNNING or live.has_worker(job, at):
        return False
    changed = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
        state=Job.State.INTERRUPTED, ended_at=at
    )
    job.refresh_from_db()
    return bool(changed)


def notice_dead_workers(at: datetime) -> int:
    """Mark every job of the organisation whose worker is gone; how many there were."""
    return sum(
        notice_dead_worker(job, at=at) for job in Job.objects.filter(state=Job.State.RUNNING)
    )


def put_in_order(at: datetime) -> None:
    """What a new worker does first: tell the jobs whose worker died, and queue those it lost anew."""
    for organisation in Organisation.objects.all():
        with working_for(organisation):
            notice_dead_workers(at)
    queue_lost_jobs()


def queue_lost_jobs() -> int:
    """Queue anew every waiting job that the queue has given away; how many there were.

    A worker that dies between taking a job from the queue and beginning it leaves it waiting for
    ever. One that lives and is just about to begin is not disturbed: a job is begun once only,
    however often it is queued.
    """
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 -- a model of the queue's

    from modig.apps.jobs.tasks import work_on  # noqa: PLC0415 -- tasks import this module

    queued = DBTaskResult.objects.ready().filter(task_path=work_on.module_path)
    known = {arguments["args"][0] for arguments in queued.values_list("args_kwargs", flat=True)}
    lost = Job.across_organisations.filter(state=Job.State.QUEUED).exclude(pk__in=known)
    for job in lost.order_by("pk"):
        work_on.enqueue(job.pk)
    return len(lost)


def run_job(pk: int) -> None:
    """Do a queued job, in the worker. A job that is no longer waiting is left alone."""
    job = Job.across_organisations.select_related("organisation").get(pk=pk)
    with working_for(job.organisation), live.held(job.pk):
        taken = Job.objects.filter(pk=pk, state=Job.State.QUEUED).update(
            state=Job.State.RUNNING,
            worker=f"{socket.gethostname()}:{os.getpid()}",
            started_at=timezone.now(),
            heard_at=timezone.now(),
        )
        if taken:
            job.refresh_from_db()
            _do(job)


def _do(job: Job) -> None:
    report = Reporter(job)
    try:
        result = handler_for(job.kind)(job, report)
    except JobRefusedError as refusal:
        _end(job, report, Job.State.FAILED, error=str(refusal), result=refusal.result)
    except JobStoppedError:
        _end(job, report, Job.State.STOPPED)
    except Exception:
        log.exception("job %s failed", job.pk)
        _end(job, report, Job.State.FAILED)
        raise
    else:
        stopped = report.stop_wanted()
        state = Job.State.STOPPED if stopped else Job.State.DONE
        _end(job, report, state, result=result)


def _end(
    job: Job,
    report: "Reporter",
    state: Job.State,
    *,
    result: dict[str, Any] | None = None,
    error: str = "",
) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state,
        share_done=1 if state == Job.State.DONE else report.share,
        best=report.best,
        result=result or {},
        error=error,
        ended_at=timezone.now(),
    )
    live.forget(job.pk)


class Reporter:
    """Carries a running job's progress to the page, and the page's Stop to the job.

    Inside the handler's own transaction nobody else could read the row, so progress always goes
    to the live store too, which the page reads first.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.share = 0.0
        self.doing = ""
        self.best: dict[str, Any] = {}
        self._told = 0.0
        self._asked = 0.0
        self._stop = False

    def progress(
        self, share: float, *, doing: str = "", best: dict[str, Any] | None = None
    ) -> None:
        self.share = min(1.0, max(0.0, share))
        is_news = bool(doing) and doing != self.doing
        self.doing = doing or self.doing
        self.best = best if best is not None else self.best
        now = time.monotonic()
        if not is_news and now - self._told < SECONDS_BETWEEN_REPORTS:
            return
        self._told = now
        live.tell(self.job.pk, share=self.share, doing=self.doing, best=self.best)
        if not connection.in_atomic_block:
            Job.objects.filter(pk=self.job.pk).update(
                share_done=self.share, doing=self.doing, best=self.best, heard_at=timezone.now()
            )

    def stop_wanted(self) -> bool:
        now = time.monotonic()
        if not self._stop and now - self._asked >= SECONDS_BETWEEN_REPORTS:
            self._asked = now
            self._stop = (
                live.is_asked_to_stop(self.job.pk)
                or Job.objects.filter(pk=self.job.pk, stop_wanted=True).exists()
            )
        return self._stop
