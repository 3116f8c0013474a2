"""The worker's part of forms: sending the links."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from modig.apps.jobs.handlers import Report, handles
from modig.apps.jobs.models import Job
from modig.apps.surveys.actions.blocks import mail_invitations
from modig.apps.surveys.models import Round


@handles("send-forms")
def send_forms(job: Job, report: Report) -> dict[str, Any]:
    """Mail the invitations of the rounds in the job's arguments."""
    rounds = list(Round.objects.filter(pk__in=job.arguments["rounds"]))
    sent = 0
    for place, found in enumerate(rounds):
        report.progress(place / len(rounds), doing=gettext_noop("Sending links"))
        if report.stop_wanted():
            break
        address = job.arguments["address"]
        sent += mail_invitations(found, address=address, on=timezone.localdate())
    return {"sent": sent}
