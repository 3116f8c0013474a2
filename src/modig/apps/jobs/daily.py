"""What is done by itself once a day, told by each feature.

A feature registers a chore when it is ready::

    @each_day("promises")
    def remind_of_promises(day: Day) -> Sent: ...

A chore may be run as often as one likes: what it has done it does not do again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from modig.apps.jobs.mails import Sent, alone_at

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a chore, the moment it is done, and the address where the site is opened."""

    on: date
    at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a chore; ``fault`` is empty where all went well."""

    chore: str
    sent: int
    refused: int
    fault: str = ""


Chore = Callable[[Day], Sent]
_chores: dict[str, Chore] = {}


def each_day(name: str) -> Callable[[Chore], Chore]:
    """Register the decorated function as a chore of every day."""

    def register(chore: Chore) -> Chore:
        _chores[name] = chore
        return chore

    return register


def do_chores(day: Day) -> list[Done]:
    """Every chore for the current organisation; one that fails does not keep the others back."""
    with alone_at("daily"):
        return [_do(name, chore, day) for name, chore in sorted(_chores.items())]


def _do(name: str, chore: Chore, day: Day) -> Done:
    try:
        sent = chore(day)
    except Exception as error:
        log.exception("the daily chore %s failed", name)
        return Done(name, 0, 0, " ".join(str(error).split()) or repr(error))
    return Done(name, sent.sent, sent.refused)
