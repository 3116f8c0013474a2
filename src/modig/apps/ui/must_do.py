"""What the signed-in person must do, told by each feature, gathered on Home.

A feature above registers a function when it is ready: ``@tells_what_to_do``. It is a list to finish,
not a stream: each thing has one action, and is gone when it is done.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from modig.apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class Action:
    """A button of a must-do: its word and where it leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class MustDo:
    """One thing to do: what, why, by when, and the one action that does it."""

    kind: str
    title: str
    why: str
    due_on: date | None
    action: Action
    others: Sequence[Action] = field(default=())

    def is_late(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


Teller = Callable[[User, date], Sequence[MustDo]]
_TELLERS: list[Teller] = []


def tells_what_to_do(teller: Teller) -> Teller:
    """Register what a feature asks of a person."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)
    return teller


def must_dos(user: User, today: date) -> list[MustDo]:
    """Everything that ``user`` must do, what is due first first, things without a day last."""
    found = [thing for teller in _TELLERS for thing in teller(user, today)]
    return sorted(
        found, key=lambda thing: (thing.due_on is None, thing.due_on or today, thing.title)
    )
