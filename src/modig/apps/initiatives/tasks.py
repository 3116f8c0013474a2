"""What a worker does for initiatives: asking for news each day, and drawing their map anew."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from modig.apps.initiatives.actions import news
from modig.apps.initiatives.actions.clusters import draw_map
from modig.apps.initiatives.queries.clusters import JOB
from modig.apps.jobs.daily import Day, each_day
from modig.apps.jobs.handlers import Report, handles
from modig.apps.jobs.kinds import leads_to
from modig.apps.jobs.mails import Sent
from modig.apps.jobs.models import Job


@each_day("news")
def ask_owners_for_news(day: Day) -> Sent:
    """Ask the owners of initiatives that nothing has been heard of."""
    return news.ask_owners_for_news(on=day.on, address=day.address)


@handles(JOB)
def draw(job: Job, report: Report) -> dict[str, Any]:  # noqa: ARG001 -- all that a handler is given
    """Draw the map of what is there now."""
    return {"state": draw_map(at=timezone.now()).state}


@leads_to(JOB)
def page_of_map(job: Job) -> str:  # noqa: ARG001 -- the organisation has one map
    return reverse("initiatives:map")
