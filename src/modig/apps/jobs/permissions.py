from modig.apps.jobs.models import Job
from modig.apps.tenancy.permissions import Visitor, is_allowed, is_member
from modig.apps.tenancy.roles import Permission


def may_see_jobs(user: Visitor) -> bool:
    return is_allowed(user, Permission.ADMINISTER, Permission.PLAN, Permission.IMPORT_PEOPLE)


def may_see_job(user: Visitor, job: Job) -> bool:
    """One's own job, or any with the right to administer, plan or import."""
    return is_member(user) and (job.started_by_id == user.pk or may_see_jobs(user))
