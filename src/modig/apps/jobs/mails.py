"""Many e-mails one after the other: each is noted once it is sent, so that none is sent again."""

import fcntl
import logging
import os
import smtplib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail on its way. ``note_sent`` keeps in the database that it has gone.

    ``pause_address`` is the page where its reader says that she wants no more of the kind; mail
    programmes show it as a button.
    """

    to: str
    subject: str
    text: str
    note_sent: Callable[[], object]
    pause_address: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """How many letters have gone, and how many addresses the mail server would not take."""

    sent: int = 0
    refused: int = 0

    def __add__(self, other: "Sent") -> "Sent":
        return Sent(self.sent + other.sent, self.refused + other.refused)


def send_letters(
    letters: Iterable[Letter], *, is_enough: Callable[[], bool] = lambda: False
) -> Sent:
    """Send one by one until ``is_enough``. A refused address is left for another day.

    A mail server that is gone raises; what has been sent until then is noted. Whoever chooses the
    letters holds ``alone_at("mails")``, so that nobody else sends the same ones meanwhile.
    """
    done = Sent()
    with get_connection() as connection:
        for letter in letters:
            if is_enough():
                break
            try:
                _message(letter, connection).send()
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError):
                log.warning("an address was refused by the mail server")
                done += Sent(refused=1)
                continue
            letter.note_sent()
            done += Sent(sent=1)
    return done


def _message(letter: Letter, connection: BaseEmailBackend) -> EmailMessage:
    headers = {"Auto-Submitted": "auto-generated"}
    if letter.pause_address:
        headers["List-Unsubscribe"] = f"<{letter.pause_address}>"
    return EmailMessage(
        " ".join(letter.subject.split()),
        letter.text.strip() + "\n",
        to=[letter.to],
        headers=headers,
        connection=connection,
    )


@contextmanager
def alone_at(work: str) -> Iterator[None]:
    """Wait until no other process is at this work; the system ends it when the process dies."""
    path = Path(settings.ENVIRONMENT.data) / "jobs" / f"{work}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
