"""The one task that the queue knows: do a job."""

from django_tasks import task

from modig.apps.jobs.actions import run_job


@task()
def work_on(pk: int) -> None:
    run_job(pk)
