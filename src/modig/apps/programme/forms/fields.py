"""Fields and forms that programmes, waves and rules share."""

from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from modig.apps.people.forms.base import EditForm, NamingForm
from modig.apps.programme.days_off import NoDayError, read_days_off
from modig.apps.programme.weeks import NoWeekError, read_week, said_week
from modig.apps.tenancy.models import Versioned

RowT = TypeVar("RowT", bound=Versioned)


class KeptForm(EditForm[RowT]):
    """The form of a row that is there, or of one to be made: only the first has a version."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.instance._state.adding:  # noqa: SLF001 -- Django's way to ask whether a row is new
            del self.fields["version"]


class PartForm(NamingForm):
    """Something new in a wave; ``version`` is the wave's, so that two who change it notice."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class WeekField(forms.CharField):
    """A week, as 2027-W26 or as any day in it; its value is the Monday."""

    def __init__(self, **given: Any) -> None:
        widget = forms.TextInput(attrs={"type": "week", "placeholder": "2027-W26"})
        super().__init__(widget=widget, **given)

    def prepare_value(self, value: Any) -> Any:
        return said_week(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_week(text)
        except NoWeekError as error:
            raise ValidationError(
                _("Write the week as 2027-W26, or a day in it as 2027-06-28.")
            ) from error


class DaysField(forms.CharField):
    """Days, one or a span on each line; its value is the text of those lines."""

    def __init__(self, **given: Any) -> None:
        widget = forms.Textarea(
            attrs={"rows": 3, "placeholder": "2027-03-01\n2027-06-21–2027-07-30"}
        )
        super().__init__(widget=widget, max_length=4000, **{"required": False, **given})

    def to_python(self, value: Any) -> Any:
        try:
            return read_days_off(super().to_python(value) or "")
        except NoDayError as error:
            number, written = error.args
            raise ValidationError(
                _(
                    "Line %(number)s, “%(written)s”, is no day: write 2027-03-01, or "
                    "2027-06-21–2027-07-30 for several."
                ),
                params={"number": number, "written": written[:40]},
            ) from error


class PercentField(forms.DecimalField):
    """Per cent from nought to a hundred, with decimal comma or point."""

    def __init__(self, **given: Any) -> None:
        widget = forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"})
        limits = {"min_value": 0, "max_value": 100, "max_digits": 5, "decimal_places": 2}
        super().__init__(widget=widget, **{**limits, **given})

    def prepare_value(self, value: Any) -> Any:
        return format(value.normalize(), "f") if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def short_day(day: date) -> str:
    """A day as sentences about fields write it."""
    return date_format(day, "SHORT_DATE_FORMAT")
