"""Block forms after the meetings that have been held, and the mails that carry the links."""

from datetime import date, datetime

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from modig.apps.accounts.models import User
from modig.apps.programme.models import Meeting
from modig.apps.surveys.actions.rounds import create_round, launch_round
from modig.apps.surveys.instruments import BLOCK, instrument
from modig.apps.surveys.models import Invitation, Round
from modig.apps.surveys.queries.audiences import meetings_without_form, people_of
from modig.apps.surveys.tokens import token_for


@transaction.atomic
def launch_block_form(meeting: Meeting, *, by: User | None, at: datetime) -> Round:
    """Ask everybody in the meeting's group how it was."""
    title = f"{meeting.block.title}, {meeting.group.name}"
    found = create_round(BLOCK.code, title=title, opens_on=at.date(), meeting=meeting, by=by, at=at)
    launch_round(found, people_of(meeting), by=by, at=at)
    return found


def launch_due_block_forms(*, by: User | None, at: datetime) -> list[Round]:
    """A form for each meeting that has been held and has none; each on its own, none twice."""
    return [launch_block_form(one, by=by, at=at) for one in meetings_without_form(at.date())]


def mail_invitations(found: Round, *, address: str, on: date) -> int:
    """Send everybody with an e-mail address her link, once; how many were sent.

    Each is noted when it is sent, so that a stopped or repeated job sends nothing twice.
    """
    waiting = Invitation.objects.filter(
        round=found, mailed_on=None, answered_on=None
    ).select_related("person", "person__user", "organisation")
    sent = 0
    with get_connection() as connection:
        for invitation in waiting.exclude(person__email="").order_by("token_hash"):
            _message(invitation, found, address, connection).send()
            Invitation.objects.filter(pk=invitation.pk).update(mailed_on=on)
            sent += 1
    return sent


def _message(
    invitation: Invitation, found: Round, address: str, connection: object
) -> EmailMessage:
    person = invitation.person
    language = person.user.language if person.user else invitation.organisation.language
    path = reverse("surveys:open", args=[token_for(found.pk, person.pk)])
    with translation.override(language):
        form = instrument(found.form)
        body = _(
            "Hello %(name)s,\n\n%(lead)s\n\n%(link)s\n\n"
            "The link is yours alone. What you answer is anonymous: nobody, not even who looks "
            "after the system, can see who answered what. The form closes on %(day)s."
        ) % {
            "name": person.first_name or str(person),
            "lead": form.lead,
            "link": f"{address.rstrip('/')}{path}",
            "day": format_date(found.closes_on, "j F"),
        }
        subject = f"{form.title} {found.title}"
    return EmailMessage(subject, body, to=[person.email], connection=connection)  # type: ignore[arg-type]
