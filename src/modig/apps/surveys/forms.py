"""A form as it is answered, and the making of a round."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modig.apps.surveys.instruments import (
    HIGHEST,
    INSTRUMENTS,
    LONGEST_TEXT,
    LOWEST,
    SHARED_PICTURE,
    Instrument,
)

AUDIENCES = [
    ("leaders", _("managers and key people")),
    ("participants", _("everybody who has a place in a published plan")),
    ("everybody", _("everybody employed")),
]


class AnswerForm(forms.Form):
    """One field for each item; every one may be left out."""

    def __init__(self, form: Instrument, *given: Any, has_team: bool = True, **named: Any) -> None:
        super().__init__(*given, **named)
        self.instrument = form
        for item in form.items:
            if item.only_with_team and not has_team:
                continue
            words: dict[str, Any] = {"label": item.text, "required": False}
            if item.is_text:
                self.fields[item.name] = forms.CharField(
                    **words,
                    max_length=LONGEST_TEXT,
                    help_text=str(item.help_text),
                    widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
                )
            else:
                self.fields[item.name] = forms.TypedChoiceField(
                    **words,
                    coerce=int,
                    empty_value=None,
                    choices=[(step, str(step)) for step in range(LOWEST, HIGHEST + 1)],
                )

    def items(self) -> list[dict[str, Any]]:
        """Each item with its field, for the page: steps with a word at each end."""
        shown = []
        for item in self.instrument.items:
            if item.name not in self.fields:
                continue
            steps = [
                (step, item.low if step == LOWEST else item.high if step == HIGHEST else "")
                for step in range(LOWEST, HIGHEST + 1)
            ]
            shown.append({"item": item, "bound": self[item.name], "steps": steps})
        return shown

    def has_answer(self) -> bool:
        return any(value not in {None, ""} for value in self.cleaned_data.values())


class PulseForm(forms.Form):
    """A round of the shared picture: when, and who is asked."""

    form = forms.ChoiceField(
        label=_("Form"), choices=[(SHARED_PICTURE.code, INSTRUMENTS[SHARED_PICTURE.code].title)]
    )
    title = forms.CharField(label=_("What the round is called"), max_length=200)
    opens_on = forms.DateField(
        label=_("Opens"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    closes_on = forms.DateField(
        label=_("Closes"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    audience = forms.ChoiceField(label=_("Who is asked"), choices=AUDIENCES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("It closes before it opens: choose a later day."))
        return cleaned
