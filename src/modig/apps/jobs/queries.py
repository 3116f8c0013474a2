from django.db.models import QuerySet

from modig.apps.jobs import live
from modig.apps.jobs.models import Job

OPEN = (Job.State.QUEUED, Job.State.RUNNING)
ENDED_BADLY = (Job.State.FAILED, Job.State.INTERRUPTED)


def newest_jobs(*states: str) -> QuerySet[Job]:
    """Jobs of the organisation, newest first, with who started them; in any of ``states`` if given."""
    found = Job.objects.select_related("started_by")
    return found.filter(state__in=states) if states else found


def with_latest_progress(job: Job) -> Job:
    """The job with the progress of this moment filled in, for showing only."""
    if job.is_open and (progress := live.latest(job.pk)):
        job.share_done = progress["share"]
        job.doing = progress["doing"]
        job.best = progress["best"]
    return job
