"""How sure a benefit is, in one word: by its readings first, and then by who has judged it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise as Text
from django.utils.translation import gettext_lazy as _

from modig.apps.initiatives.models import Benefit
from modig.apps.initiatives.series_bridge import Change, change

WORDS: dict[str, str | Text] = {
    "shown": _("shown"),
    "worse": _("got worse"),
    "leaning": _("leans towards better, not sure"),
    "none": _("no change seen"),
    "few": _("too few readings to say"),
    "unread": _("not read yet"),
}
FEWEST_AFTER = 3


class Read(Protocol):
    """What of a reading the proof looks at."""

    @property
    def on(self) -> date: ...
    @property
    def value(self) -> float: ...
    @property
    def is_provisional(self) -> bool: ...


class Judged(Protocol):
    """What of a benefit the proof looks at."""

    @property
    def changed_on(self) -> date | None: ...
    @property
    def baseline(self) -> float | None: ...
    @property
    def better(self) -> str: ...
    @property
    def aggregation(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Proof:
    """What the readings say: a word of ``WORDS``, and the comparison behind it."""

    code: str
    change: Change | None = None

    @property
    def word(self) -> str | Text:
        return WORDS[self.code]

    @property
    def is_proven(self) -> bool:
        """Told from chance, for better or worse. Everything else is called unproven."""
        return self.code in {"shown", "worse"}

    @property
    def is_shown(self) -> bool:
        return self.code == "shown"


def proof_of(benefit: Judged, readings: Sequence[Read]) -> Proof:
    """Readings after the new way against the natural limits of those before it.

    Without a day on which the new way began, the first reading or the baseline stands for before:
    then nothing can be shown, only leaned towards. Provisional readings count for nothing. Rolling
    years overlap, so that each reading repeats the one before: natural limits do not hold for them,
    and they can only lean.
    """
    changed_on = benefit.changed_on
    return proof_from(
        benefit,
        [
            (changed_on is not None and one.on >= changed_on, one.value)
            for one in readings
            if not one.is_provisional
        ],
    )


def proof_from(benefit: Judged, values: Sequence[tuple[bool, float]]) -> Proof:
    """The proof from final readings in time order, each with whether the new way had begun."""
    if not values:
        return Proof("unread")
    before, after = _parted(benefit, values)
    if not before or len(after) < FEWEST_AFTER:
        return Proof("few")
    found = change(before, after)
    if found.difference == 0:
        return Proof("none", found)
    is_better = (found.difference > 0) == (benefit.better == Benefit.Better.HIGHER)
    if found.is_shown and benefit.aggregation != Benefit.Aggregation.ROLLING:
        return Proof("shown" if is_better else "worse", found)
    return Proof("leaning" if is_better else "none", found)


def _parted(
    benefit: Judged, values: Sequence[tuple[bool, float]]
) -> tuple[list[float], list[float]]:
    if benefit.changed_on is None:
        every = [value for _is_after, value in values]
        return (
            ([benefit.baseline], every) if benefit.baseline is not None else (every[:1], every[1:])
        )
    before = [value for is_after, value in values if not is_after]
    after = [value for is_after, value in values if is_after]
    if not before and benefit.baseline is not None:
        before = [benefit.baseline]
    return before, after
