"""What hangs on a goal or carries a strategy, told by the features above.

A feature registers a function when it is ready::

    @hangs_on_goal
    def initiatives_on(goals: Sequence[int], user: User) -> Mapping[int, Hanging]: ...

It is asked once for all the goals of a page, and answers by the goal's key. ``words`` is the number
with its word, as it stands in a list and before "will hang loose": "7 initiatives".
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from modig.apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class Hanging:
    """How much of something hangs on a goal, in words, and where it is listed."""

    count: int
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Carrier:
    """What carries a strategy out: a programme, by its name and where it is shown."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page of the direction that a feature above shows: a template and its words."""

    template: str
    context: Mapping[str, object]


HangsOnGoal = Callable[[Sequence[int], User], Mapping[int, Hanging]]
CarriesStrategy = Callable[[Sequence[int], User], Mapping[int, Sequence[Carrier]]]
ShowsOnDirection = Callable[[User], Section | None]
_ON_GOALS: list[HangsOnGoal] = []
_CARRIERS: list[CarriesStrategy] = []
_SECTIONS: list[ShowsOnDirection] = []


def hangs_on_goal(teller: HangsOnGoal) -> HangsOnGoal:
    """Register what a feature hangs on goals."""
    if teller not in _ON_GOALS:
        _ON_GOALS.append(teller)
    return teller


def carries_strategy(teller: CarriesStrategy) -> CarriesStrategy:
    """Register what carries strategies out."""
    if teller not in _CARRIERS:
        _CARRIERS.append(teller)
    return teller


def shows_on_direction(teller: ShowsOnDirection) -> ShowsOnDirection:
    """Register a part of the page of the direction, such as how shared the picture is."""
    if teller not in _SECTIONS:
        _SECTIONS.append(teller)
    return teller


def hanging_on(goals: Sequence[int], user: User) -> dict[int, list[Hanging]]:
    """Everything that hangs on each of these goals; nothing is left out of the answer."""
    found: dict[int, list[Hanging]] = {goal: [] for goal in goals}
    for teller in _ON_GOALS if goals else ():
        for goal, hanging in teller(goals, user).items():
            if hanging.count:
                found[goal].append(hanging)
    return found


def carriers_of(strategies: Sequence[int], user: User) -> dict[int, list[Carrier]]:
    """What carries each of these strategies out."""
    found: dict[int, list[Carrier]] = {strategy: [] for strategy in strategies}
    for teller in _CARRIERS if strategies else ():
        for strategy, carriers in teller(strategies, user).items():
            found[strategy].extend(carriers)
    return found


def sections_for(user: User) -> list[Section]:
    """The parts of the page that features above show to ``user``."""
    shown = [teller(user) for teller in _SECTIONS]
    return [section for section in shown if section is not None]
