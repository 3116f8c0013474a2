"""What every edit of initiatives has: both texts in words, whatever sort of field it is."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.db.models import Model
from django.utils.formats import date_format, number_format
from django.utils.html import strip_tags
from django.utils.text import capfirst

from modig.apps.people.forms.base import EditForm
from modig.apps.people.forms.fields import said
from modig.apps.tenancy.models import Versioned

RowT = TypeVar("RowT", bound=Versioned)
LONGEST = 5000


class TwoTextsForm(EditForm[RowT]):
    """An edit that tells what was written here and what stands there now, field by field."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        begin_with_capitals(self)

    def both_texts(self, theirs: Model) -> list[tuple[str, str, str]]:
        differing = []
        for name, field in self.fields.items():
            if name == "version" or name not in self.cleaned_data:
                continue
            mine = in_words(self.cleaned_data[name], field)
            now = in_words(self.standing(theirs, name), field)
            if mine != now:
                differing.append((str(field.label or name), mine, now))
        return differing

    def standing(self, theirs: Any, name: str) -> Any:
        """What ``theirs`` has in a field."""
        return getattr(theirs, name)


def begin_with_capitals(form: forms.BaseForm) -> None:
    """Let every label begin as a sentence does, those that are named after a column too."""
    for field in form.fields.values():
        field.label = capfirst(field.label) if field.label else field.label


def in_words(value: Any, field: forms.Field) -> str:
    """A field's value as a reader would say it."""
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, list | tuple):
        return ", ".join(in_words(one, field) for one in value)
    return _one_in_words(value, field)


def _one_in_words(value: Any, field: forms.Field) -> str:
    match value:
        case bool():
            return "✓" if value else "–"
        case date():
            return date_format(value, "SHORT_DATE_FORMAT")
        case float() | int():
            return number_format(value)
        case Model():
            return said(value)
        case _:
            return _choices(field).get(str(value), str(value))


def _choices(field: forms.Field) -> dict[str, str]:
    given: Iterable[Any] = getattr(field, "choices", ())
    return {str(key): strip_tags(str(label)) for key, label in given}


def long_text(rows: int, **given: Any) -> forms.CharField:
    """A text of several lines, with an end."""
    attributes = {"rows": rows, **given.pop("attrs", {})}
    given.setdefault("max_length", LONGEST)
    return forms.CharField(widget=forms.Textarea(attrs=attributes), **given)
