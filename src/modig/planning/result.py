"""What the planner answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from modig.planning.problem import RaisedCap


class Status(StrEnum):
    """``not_possible`` comes with a proof; ``not_found`` never claims one."""

    OK = "ok"
    NOT_POSSIBLE = "not_possible"
    NOT_FOUND = "not_found"
    STOPPED = "stopped"


def so_many(n: int, word: str) -> str:
    """``1 week``, ``2 weeks``; ``1 person``, ``2 people``."""
    if n == 1:
        return f"1 {word}"
    return f"{n} people" if word == "person" else f"{n} {word}s"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why no plan exists or was found: a code, its numbers, and one English sentence."""

    code: str
    text: str
    numbers: Mapping[str, int | str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search has come; ``best_value`` is of the best plan so far, broken rules or not."""

    share_done: float
    best_value: float
    violations: int
    steps: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Composition:
    """Group by person id, and how good it is, as the checker computes it.

    ``value``, ``bound``, ``share`` and ``excess`` are None when there are no groups. ``repeats``
    counts pairs that the history holds and that meet again. ``tight_bound`` is a proven bound of
    our own, never above ``bound``.
    """

    groups: Mapping[str, str]
    value: float | None
    bound: float | None
    share: float | None
    excess: Mapping[str, int]
    violations: Mapping[str, int]
    status: Status
    reasons: tuple[Reason, ...]
    seed: int
    steps: int
    cpu_seconds: float
    sizes: Mapping[str, int] = field(default_factory=dict)
    raised_caps: tuple[RaisedCap, ...] = ()
    tight_bound: float | None = None
    repeats: int = 0
    history_ignored: int = 0


@dataclass(frozen=True, slots=True)
class Meeting:
    """One block of one group; ``dates`` are its days."""

    group: str
    block: int
    dates: tuple[date, ...]
    venue: str
    facilitator: str

    def __post_init__(self) -> None:
        if not self.dates:
            raise ValueError(f"the meeting of group {self.group!r} has no day")


@dataclass(frozen=True, slots=True)
class Schedule:
    """All meetings, by group and block. ``max_share_away`` counts units of 20 or more employees."""

    meetings: tuple[Meeting, ...]
    violations: Mapping[str, int]
    status: Status
    reasons: tuple[Reason, ...]
    max_share_away: float
    seed: int
    steps: int
    cpu_seconds: float
    raised_caps: tuple[RaisedCap, ...] = ()
