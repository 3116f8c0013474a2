"""Reminders by e-mail of promises whose day has come; and that somebody wants none."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from modig.apps.jobs.mails import Letter, Sent, alone_at, send_letters
from modig.apps.people.models import Person
from modig.apps.programme.models import Promise, ReminderPause
from modig.apps.programme.queries.reminders import promises_to_remind_of
from modig.apps.programme.reminder_links import pause_address

A_WHILE = timedelta(days=90)


@transaction.atomic
def pause_reminders(person: Person, *, until: date | None) -> None:
    """Send ``person`` no reminders before this day; without a day, none at all."""
    ReminderPause.objects.update_or_create(
        person=person, defaults={"until": until, "organisation": person.organisation}
    )


@transaction.atomic
def resume_reminders(person: Person) -> None:
    ReminderPause.objects.filter(person=person).delete()


def remind_of_promises(*, on: date, address: str) -> Sent:
    """Ask what happened with each promise whose day has come, once for each of its days."""
    with alone_at("mails"):
        return send_letters(_letters(on, address))


def _letters(on: date, address: str) -> Iterator[Letter]:
    for promise in promises_to_remind_of(on):
        user = promise.person.user
        if user is None:
            continue
        with translation.override(user.language):
            pause = pause_address(promise.person, address)
            page = reverse("programme:promise", args=[promise.pk])
            words = {
                "name": promise.person.first_name or str(promise.person),
                "what": promise.said.what,
                "page": f"{address.rstrip('/')}{page}",
                "pause": pause,
            }
            yield Letter(
                to=user.email,
                subject=_("What happened with your promise?"),
                text=_(
                    "Hello %(name)s,\n\nyou promised: “%(what)s”.\n\nDid you use it, try it, or has it "
                    "not been possible yet? Tell it in two presses:\n%(page)s\n\n"
                    "If it needs another day, you move it on the same page.\n\n"
                    "No more reminders: %(pause)s"
                )
                % words,
                note_sent=partial(_note, promise, on),
                pause_address=pause,
            )


def _note(promise: Promise, on: date) -> None:
    """Without a new version: an edit that she is in the middle of is hers to save."""
    Promise.objects.filter(pk=promise.pk).update(reminded_on=on)
