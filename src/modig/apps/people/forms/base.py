"""What every form of people has: choices while one types a name, and the version that was read."""

from datetime import date
from typing import Any, ClassVar, TypeVar

from django import forms
from django.db.models import Model
from django.urls import reverse
from django.utils.formats import date_format

from modig.apps.people.forms.fields import NamedField, said
from modig.apps.tenancy.models import Versioned

RowT = TypeVar("RowT", bound=Versioned)


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **given: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **given)


class NamingForm(forms.Form):
    """A form whose fields of names offer choices while one types."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name, field in self.fields.items():
            _offer_choices(name, field)


class EditForm(forms.ModelForm[RowT]):
    """The edit of one row; ``version`` tells which state of the row the editor saw.

    ``references`` are its fields that name other rows: Django cannot make them, because a list
    of rows exists only within an organisation.
    """

    references: ClassVar[tuple[str, ...]] = ()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["version"].initial = self.instance.version
        for name, field in self.fields.items():
            if isinstance(field, NamedField | forms.ModelChoiceField):
                self.initial[name] = getattr(self.instance, name, None)
            _offer_choices(name, field)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.references:
            if name in cleaned:
                setattr(self.instance, name, cleaned[name])
        return cleaned

    def both_texts(self, theirs: Model) -> list[tuple[str, str, str]]:
        """Each field that differs: its name, what was written here, and what stands there now."""
        differing = []
        for name in self.fields:
            if name == "version" or name not in self.cleaned_data or not hasattr(theirs, name):
                continue
            now, mine = getattr(theirs, name), self.cleaned_data[name]
            if now != mine:
                label = str(self.fields[name].label or name)
                differing.append((label, _shown(mine), _shown(now)))
        return differing


def _offer_choices(name: str, field: forms.Field) -> None:
    options = field.widget.attrs.pop("data-options", None)
    if options:
        field.widget.attrs |= {
            "list": f"options-{name}",
            "hx-get": f"{reverse(options)}?field={name}",
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#options-{name}",
        }


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return said(value) if isinstance(value, Model) else str(value)
