"""The worker's part of forms: sending the links; and what is sent by itself each day."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from modig.apps.jobs.daily import Day, each_day
from modig.apps.jobs.handlers import Report, handles
from modig.apps.jobs.kinds import leads_to
from modig.apps.jobs.mails import Sent
from modig.apps.jobs.models import Job
from modig.apps.surveys.actions.blocks import (
    launch_due_block_forms,
    mail_invitations,
    mail_open_rounds,
    remind_of_rounds,
)
from modig.apps.surveys.actions.traces import sweep_traces
from modig.apps.surveys.models import Round
from modig.apps.surveys.queries.audiences import DAYS_BACK_BY_ITSELF


@handles("send-forms")
def send_forms(job: Job, report: Report) -> dict[str, Any]:
    """Mail the invitations of the rounds in the job's arguments."""
    rounds = list(Round.objects.filter(pk__in=job.arguments["rounds"]).order_by("pk"))
    done = Sent()
    for place, found in enumerate(rounds):
        report.progress(place / len(rounds), doing=gettext_noop("Sending links"))
        done += mail_invitations(
            found,
            address=job.arguments["address"],
            on=timezone.localdate(),
            is_enough=report.stop_wanted,
        )
    return {"sent": done.sent, "refused": done.refused}


@leads_to("send-forms")
def page_of_forms(job: Job) -> str:
    """The form that is sent out, or all of them."""
    rounds = job.arguments["rounds"]
    if len(rounds) == 1:
        return reverse("surveys:round", args=[rounds[0]])
    return reverse("surveys:rounds")


@each_day("forms")
def forms_of_the_day(day: Day) -> Sent:
    """A form for each meeting that has been held, and the links of all that are open."""
    launch_due_block_forms(by=None, at=day.at, on=day.on, days_back=DAYS_BACK_BY_ITSELF)
    return mail_open_rounds(address=day.address, on=day.on)


@each_day("form reminders")
def reminders_of_forms(day: Day) -> Sent:
    """Whoever has not answered a form that closes soon."""
    return remind_of_rounds(address=day.address, on=day.on)


@each_day("traces of answers")
def sweep(day: Day) -> Sent:  # noqa: ARG001 -- the same every day
    """What is left in the database's files of the answers that came one after the other."""
    sweep_traces()
    return Sent()
