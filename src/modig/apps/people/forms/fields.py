"""Fields that name a unit or a person by text: pages stay light with thousands of them."""

import re
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from modig.apps.people.models import Person, Unit
from modig.apps.people.queries.persons import matching

IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")
CANDIDATES = 5


class NamedField(forms.CharField, ABC):
    """Text that means one row: its key, "Name (key)", or a name that only one has."""

    key: ClassVar[str]
    options: ClassVar[str]
    unknown: ClassVar[Any]
    several: ClassVar[Any] = _("Several fit: %(candidates)s. Write more of it, or the code.")

    @abstractmethod
    def rows(self) -> "QuerySet[Any]":
        """Those among whom one is named."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {
            **super().widget_attrs(widget),
            "autocomplete": "off",
            "data-options": self.options,
        }

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = self.rows().filter(pk=value).first()
        return said(value) if isinstance(value, Model) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        bracketed = IN_BRACKETS.search(text)
        keys = [text, bracketed.group(1)] if bracketed else [text]
        by_key = self.rows().filter(**{f"{self.key}__in": keys}).first()
        if by_key is not None:
            return by_key
        found = list(self.rows().filter(matching("folded", text))[: CANDIDATES + 1])
        if not found:
            raise ValidationError(self.unknown, params={"text": text})
        if len(found) > 1:
            shown = ", ".join(said(one) for one in found[:CANDIDATES])
            raise ValidationError(self.several, params={"candidates": shown})
        return found[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class UnitField(NamedField):
    key = "code"
    options = "people:unit_options"
    unknown = _("No open unit is called “%(text)s”.")

    def rows(self) -> QuerySet[Unit]:
        return Unit.objects.filter(closed_on__isnull=True)


class PersonField(NamedField):
    key = "number"
    options = "people:person_options"
    unknown = _("Nobody is called “%(text)s”.")

    def rows(self) -> QuerySet[Person]:
        return Person.objects.filter(Q(left_on__isnull=True))


def said(row: Model) -> str:
    """How a field says a row: its name and its key."""
    key = getattr(row, "code", None) or getattr(row, "number", "")
    return str(row) if str(row) == key else f"{row} ({key})"
