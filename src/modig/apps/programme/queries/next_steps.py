"""What the one who runs programmes should do next."""

from dataclasses import dataclass
from datetime import date

from modig.apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: what, why, and where."""

    title: str
    why: str
    url: str


def next_steps(user: User, on: date) -> list[Step]:  # noqa: ARG001 -- filled with the cockpit
    return []
