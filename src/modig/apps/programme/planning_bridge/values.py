"""Plain values that the bridge takes and gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from modig.apps.programme.queries.plans import MeetingRow

Given = Mapping[str, Any]
Grouping = Mapping[str, str]
Figures = dict[str, Any]
ReasonRow = tuple[str, Mapping[str, int | str], str]
"""Why there is no plan: a code, its numbers, and one English sentence."""

PART_FOR_PRICES = 0.2
"""Of the time for a proposal, what is left to find the prices of wishes."""


def plain(value: float | Fraction) -> str:
    """A number without exponent and without needless noughts."""
    return f"{float(value):.6f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class HowFar:
    """How far the search has come: what is looked for, and the best so far."""

    share: float
    looks_for: str
    value: float
    broken: int


@dataclass(frozen=True, slots=True)
class Made:
    """A plan as the planner found it, or the reasons why there is none."""

    status: str
    reasons: tuple[ReasonRow, ...]
    groups: Grouping = field(default_factory=dict)
    names: tuple[str, ...] = ()
    meetings: tuple[MeetingRow, ...] = ()
    figures: Figures = field(default_factory=dict)
    seed: int = 1
    steps: int = 0

    @property
    def is_a_plan(self) -> bool:
        return bool(self.groups and self.meetings)


@dataclass(frozen=True, slots=True)
class Limit:
    """When a search ends: after so many seconds, or so many steps."""

    seconds: float | None = None
    steps: int | None = None

    def leaving_time_for_prices(self) -> "Limit":
        if self.seconds is None:
            return self
        return replace(self, seconds=self.seconds * (1 - PART_FOR_PRICES))

    def part(self, share: float) -> dict[str, Any]:
        return {
            "seconds": None if self.seconds is None else max(0.1, self.seconds * share),
            "steps": None if self.steps is None else max(1, int(self.steps * share)),
        }
