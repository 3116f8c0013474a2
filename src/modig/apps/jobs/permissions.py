from modig.apps.jobs.kinds import KINDS, kind_named
from modig.apps.jobs.models import Job
from modig.apps.tenancy.permissions import Visitor, is_allowed, is_member
from modig.apps.tenancy.roles import Permission


def may_see_jobs(user: Visitor) -> bool:
    return is_allowed(user, Permission.ADMINISTER, *(kind.needs for kind in KINDS.values()))


def may_see_job(user: Visitor, job: Job) -> bool:
    """One's own job, or any with the right to administer, plan or import."""
    return is_member(user) and (job.started_by_id == user.pk or may_see_jobs(user))


def may_stop_job(user: Visitor, job: Job) -> bool:
    """One's own job, or any that one could have started oneself."""
    return is_member(user) and (job.started_by_id == user.pk or may_restart_job(user, job))


def may_restart_job(user: Visitor, job: Job) -> bool:
    """Starting again asks for the same right as starting; having started it once is not enough."""
    return is_allowed(user, kind_named(job.kind).needs)
