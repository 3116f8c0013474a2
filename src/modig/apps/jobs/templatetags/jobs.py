from typing import Any

from django import template
from django.http import HttpRequest

from modig.apps.jobs.models import Job
from modig.apps.jobs.permissions import may_restart_job, may_stop_job

register = template.Library()


@register.simple_tag(takes_context=True)
def may_stop(context: dict[str, Any], job: Job) -> bool:
    """Whether the reader of the page may stop the job."""
    request: HttpRequest = context["request"]
    return may_stop_job(request.user, job)


@register.simple_tag(takes_context=True)
def may_restart(context: dict[str, Any], job: Job) -> bool:
    """Whether the reader of the page may start the job again."""
    request: HttpRequest = context["request"]
    return may_restart_job(request.user, job)
