"""The forms that exist: their items, in words, and what each answer is.

Own wording, free to use (CC0). A form's settings never change once a round of it has been launched.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise as Text
from django.utils.translation import gettext_lazy as _

LOWEST, HIGHEST = 1, 5
LONGEST_TEXT = 600


@dataclass(frozen=True, slots=True)
class Item:
    """One question: a step from 1 to 5 with a word at each end, or a text."""

    name: str
    text: str | Text
    is_text: bool = False
    low: str | Text = ""
    high: str | Text = ""
    help_text: str | Text = ""
    only_with_team: bool = False


@dataclass(frozen=True, slots=True)
class Instrument:
    """A form: what it is called, what it is for, and its items."""

    code: str
    title: str | Text
    lead: str | Text
    items: Sequence[Item]
    days_open: int
    version: int = 1
    licence: str = "CC0-1.0"
    scales: Sequence[str] = field(default=())

    @property
    def steps(self) -> list[Item]:
        return [item for item in self.items if not item.is_text]

    @property
    def texts(self) -> list[Item]:
        return [item for item in self.items if item.is_text]


_VALUE_LOW, _VALUE_HIGH = _("not at all"), _("very much")
BLOCK = Instrument(
    code="block",
    title=_("How was the meeting?"),
    lead=_("Four questions, one minute. Your answer helps the next meeting."),
    days_open=10,
    items=(
        Item("hands_on", _("Was it hands-on and concrete?"), low=_VALUE_LOW, high=_VALUE_HIGH),
        Item(
            "value_self",
            _("How much practical value does it have for you?"),
            low=_VALUE_LOW,
            high=_VALUE_HIGH,
        ),
        Item(
            "value_team",
            _("How much practical value does it have in your management team?"),
            low=_VALUE_LOW,
            high=_VALUE_HIGH,
            only_with_team=True,
        ),
        Item(
            "sentence",
            _("In one sentence: what do you take with you, or miss?"),
            is_text=True,
            help_text=_("Do not name anybody, and nothing about anybody's health."),
        ),
    ),
)
SHARED_PICTURE = Instrument(
    code="shared-picture",
    title=_("Where are we going?"),
    lead=_("Two questions about where the organisation is heading."),
    days_open=14,
    items=(
        Item(
            "in_own_words",
            _("Say in your own words where we are going."),
            is_text=True,
            help_text=_("One or two sentences are enough. There is no right answer."),
        ),
        Item(
            "how_clear",
            _("How clear is it to you?"),
            low=_("not clear at all"),
            high=_("very clear"),
        ),
    ),
)
INSTRUMENTS = {one.code: one for one in (BLOCK, SHARED_PICTURE)}


class UnknownFormError(LookupError):
    """No form has this code."""


def instrument(code: str) -> Instrument:
    if code not in INSTRUMENTS:
        raise UnknownFormError(code)
    return INSTRUMENTS[code]
