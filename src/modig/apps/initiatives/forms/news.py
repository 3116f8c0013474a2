"""How is it going? One press, and words if there are any."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modig.apps.initiatives.models import NewsRequest


class NewsForm(forms.Form):
    """The answer is the button that was pressed; ``chosen`` is the one whose link was opened."""

    answer = forms.ChoiceField(
        choices=NewsRequest.Answer.choices,
        error_messages={"required": _("Press the answer that is true.")},
    )
    words = forms.CharField(
        label=_("In a few words, if you like"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the initiative's diary. Write nothing about anybody's health."),
    )

    def __init__(self, *given: Any, chosen: str = "", **named: Any) -> None:
        super().__init__(*given, **named)
        self.chosen = chosen if chosen in NewsRequest.Answer.values else ""

    @property
    def answers(self) -> list[tuple[str, str, bool]]:
        """Each answer with its words, and whether it is the one that was chosen in the mail."""
        choices = NewsRequest.Answer
        return [(one.value, str(one.label), one.value == self.chosen) for one in choices]
