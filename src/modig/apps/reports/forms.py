"""What of the thread is shown: a unit and a period."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modig.apps.people.forms.base import DayField


class ThreadForm(forms.Form):
    """The filters of the thread. A day that is none is said so, and filters nothing."""

    to = DayField(label=_("to"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["from"] = DayField(label=_("from"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and last < first:
            self.add_error("to", _("The period ends before it begins."))
        return cleaned
