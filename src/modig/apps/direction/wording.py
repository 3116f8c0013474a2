"""How the texts of the direction read: now, before, and what differs between the two."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from modig.apps.direction.kinds import FIELDS, KINDS, Text, kind_of
from modig.apps.direction.models import Goal, Orientation, Shift, Strategy

NAMES = ("title", "name", "text", "from_text")


def content_of(text: Text) -> dict[str, Any]:
    """The whole wording of a text, as plain values to keep."""
    content = {name: _plain(getattr(text, name)) for name in FIELDS[kind_of(text)]}
    content["translations"] = text.translations
    if isinstance(text, Goal):
        content["sources"] = [str(source) for source in text.sources.all()]
    if isinstance(text, Shift):
        content["readings"] = [
            [reading.on.isoformat(), reading.level, reading.note] for reading in text.readings.all()
        ]
    if isinstance(text, Strategy):
        content["steps"] = [step.text for step in text.steps.all()]
    return content


def name_in(content: dict[str, Any]) -> str:
    """What a text was called, from what is kept of it, in the language of the page."""
    if content.get("to_text"):
        return f"{said_in(content, 'from_text')} → {said_in(content, 'to_text')}"
    return next((said_in(content, name) for name in NAMES if content.get(name)), "")


def said_in(content: dict[str, Any], name: str) -> str:
    """One field of what is kept, in the language of the page if it had been translated."""
    language = (get_language() or "")[:2]
    translated = content.get("translations", {}).get(language, {}).get(name)
    return str(translated or content.get(name) or "")


def kind_name(kind: str) -> str:
    """What a kind of text is called."""
    return {
        "vision": _("Vision"),
        "visionstatement": _("Statement"),
        "shift": _("From and to"),
        "focusarea": _("Focus area"),
        "goal": _("Goal"),
        "leadershipstatement": _("Leadership statement"),
        "strategy": _("Strategy"),
        "strategystep": _("Step of the strategy"),
        "statutorysource": _("Law or decision"),
    }[kind]


def the_kind(kind: str) -> str:
    """A kind of text as it stands in a sentence."""
    return {
        "vision": _("the vision"),
        "visionstatement": _("the statement"),
        "shift": _("the from and to"),
        "focusarea": _("the focus area"),
        "goal": _("the goal"),
        "leadershipstatement": _("the leadership statement"),
        "strategy": _("the strategy"),
        "strategystep": _("the step"),
        "statutorysource": _("the law or decision"),
    }[kind]


def field_name(kind: str, name: str) -> str:
    """What a field of a text is called on a page."""
    if name == "sources":
        return _("Rests on")
    field = _fields(kind).get(name)
    label = str(getattr(field, "verbose_name", name))
    return label[:1].upper() + label[1:]


def shown_in(kind: str, name: str, content: dict[str, Any]) -> str:
    """One field of what is kept, in words."""
    value = content.get(name)
    if name == "orientations":
        return ", ".join(str(Orientation(code).label) for code in value or [])
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    if value is None:
        return ""
    field = _fields(kind).get(name)
    if isinstance(field, models.DateField):
        day = parse_date(str(value))
        return date_format(day, "SHORT_DATE_FORMAT") if day else ""
    choices = dict(getattr(field, "choices", None) or [])
    return str(choices[value]) if value in choices else said_in(content, name)


def _fields(kind: str) -> dict[str, Any]:
    """The fields of a kind of text by name; one that was kept may have been renamed since."""
    return {field.name: field for field in KINDS[kind]._meta.get_fields()}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and whether the other wording has it too."""

    text: str
    is_changed: bool


def differences(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both wordings in pieces, word by word: what stayed, and what was taken out or put in."""
    old, new = _words(before), _words(after)
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    left: list[Piece] = []
    right: list[Piece] = []
    for deed, i, j, k, m in matcher.get_opcodes():
        is_changed = deed != "equal"
        if i < j:
            left.append(Piece("".join(old[i:j]), is_changed))
        if k < m:
            right.append(Piece("".join(new[k:m]), is_changed))
    return left, right


def _words(text: str) -> list[str]:
    """Words, each with the space after it, so that together they are the text."""
    return list(_split(text))


def _split(text: str) -> Iterator[str]:
    start, in_space = 0, False
    for place, sign in enumerate(text):
        if in_space and not sign.isspace():
            yield text[start:place]
            start = place
        in_space = sign.isspace()
    if start < len(text):
        yield text[start:]


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | str | list | dict | None) else str(value)
