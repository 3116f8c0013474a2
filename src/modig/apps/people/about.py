"""What other features store about a person, told to her on "what we can see about you".

A feature above registers a function when it is ready: ``tells_about(meetings_of)``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from modig.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class Told:
    """One kind of thing stored about a person: each entry in words, and why it is stored."""

    heading: str
    why: str
    entries: Sequence[str]


_TELLERS: list[Callable[[Person], Told]] = []


def tells_about(teller: Callable[[Person], Told]) -> Callable[[Person], Told]:
    """Register what a feature tells a person about herself."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)
    return teller


def told_about(person: Person) -> list[Told]:
    """What all features tell, without those that have nothing."""
    told = [teller(person) for teller in _TELLERS]
    return [one for one in told if one.entries]
