"""Block forms after the meetings that have been held, and the mails that carry the links."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from modig.apps.accounts.models import User
from modig.apps.jobs.mails import Letter, Sent, alone_at, send_letters
from modig.apps.programme.models import Meeting
from modig.apps.programme.queries.reminders import wants_none
from modig.apps.programme.reminder_links import pause_address
from modig.apps.surveys.actions.rounds import create_round, launch_round
from modig.apps.surveys.instruments import BLOCK, instrument
from modig.apps.surveys.models import Invitation, Round
from modig.apps.surveys.queries.audiences import DAYS_BACK, meetings_without_form, people_of
from modig.apps.surveys.queries.invitations import (
    rounds_to_mail,
    rounds_to_remind_of,
    without_answer,
    without_mail,
)
from modig.apps.surveys.tokens import token_for


@transaction.atomic
def launch_block_form(meeting: Meeting, *, by: User | None, at: datetime) -> Round | None:
    """Ask everybody in the meeting's group how it was; nothing where they are asked already."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if Round.objects.filter(meeting=meeting).exists():
        return None
    title = f"{meeting.block.title}, {meeting.group.name}"
    found = create_round(
        BLOCK.code, title=title, opens_on=localdate(at), meeting=meeting, by=by, at=at
    )
    launch_round(found, people_of(meeting), by=by, at=at)
    return found


def launch_due_block_forms(
    *, by: User | None, at: datetime, on: date, days_back: int = DAYS_BACK
) -> list[Round]:
    """A form for each meeting that has been held and has none; each on its own, none twice."""
    waiting = list(meetings_without_form(on, days_back=days_back))
    made = [launch_block_form(one, by=by, at=at) for one in waiting]
    return [one for one in made if one is not None]


# ---- mails ---------------------------------------------------------------------------------------


def mail_invitations(
    found: Round, *, address: str, on: date, is_enough: Callable[[], bool] = lambda: False
) -> Sent:
    """Send everybody with an e-mail address her link, once.

    Each is noted when it is sent, so that a stopped or repeated job sends nothing twice. Whoever
    has answered from Home meanwhile gets none, and is noted as the others are.
    """
    with alone_at("mails"):
        Invitation.objects.filter(round=found, mailed_on=None, has_answered=True).update(
            mailed_on=on
        )
        letters = _invitations(found, address, on)
        return send_letters(letters, is_enough=is_enough)


def mail_open_rounds(*, address: str, on: date) -> Sent:
    """Send what has not been sent of every open round."""
    sent = [mail_invitations(one, address=address, on=on) for one in rounds_to_mail(on)]
    return sum(sent, Sent())


def remind_of_rounds(*, address: str, on: date) -> Sent:
    """Remind whoever has not answered of each round that closes soon, once.

    That they have been reminded is a fact of the round: noted for each, it would tell for ever who
    had answered before that day.
    """
    sent = Sent()
    with alone_at("mails"):
        for found in rounds_to_remind_of(on):
            sent += send_letters(_reminders(found, address, on))
            Round.objects.filter(pk=found.pk).update(reminded_on=on)
    return sent


def _invitations(found: Round, address: str, on: date) -> Iterator[Letter]:
    for invitation in without_mail(found):
        with translation.override(_language(invitation)):
            text = _(
                "Hello %(name)s,\n\n%(lead)s\n\n%(link)s\n\n"
                "The link is yours alone. What you answer is anonymous: nobody, not even who looks "
                "after the system, can see who answered what. The form closes on %(day)s."
            )
            yield Letter(
                to=invitation.person.email,
                subject=f"{instrument(found.form).title} {found.title}",
                text=text % _words(invitation, found, address),
                note_sent=partial(_note, invitation, on),
            )


def _reminders(found: Round, address: str, on: date) -> Iterator[Letter]:
    asked = without_answer(found).exclude(person__in=wants_none(on))
    for invitation in asked.exclude(person__email="").order_by("token_hash"):
        with translation.override(_language(invitation)):
            pause = pause_address(invitation.person, address)
            text = _(
                "Hello %(name)s,\n\nthere is still time to answer: the form closes on %(day)s. It takes "
                "a minute, and it is anonymous.\n\n%(link)s\n\nNo more reminders: %(pause)s"
            )
            yield Letter(
                to=invitation.person.email,
                subject=_("Reminder: %(title)s")
                % {"title": f"{instrument(found.form).title} {found.title}"},
                text=text % {**_words(invitation, found, address), "pause": pause},
                note_sent=lambda: None,
                pause_address=pause,
            )


def _words(invitation: Invitation, found: Round, address: str) -> dict[str, str]:
    person = invitation.person
    path = reverse("surveys:open", args=[token_for(found.pk, person.pk)])
    return {
        "name": person.first_name or str(person),
        "lead": str(instrument(found.form).lead),
        "link": f"{address.rstrip('/')}{path}",
        "day": format_date(found.closes_on, "j F"),
    }


def _language(invitation: Invitation) -> str:
    user = invitation.person.user
    return user.language if user else invitation.organisation.language


def _note(invitation: Invitation, on: date) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(mailed_on=on)
