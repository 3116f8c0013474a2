"""Promises: what, when, with whom; and what happened."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from modig.apps.people.forms.base import DayField, EditForm
from modig.apps.programme.models import Meeting, Promise


class PromiseForm(EditForm[Promise]):
    """A promise. ``meetings`` are those of the person that have begun, the latest first."""

    references = ("meeting",)
    what = forms.CharField(
        label=_("At our meeting on Thursday I will …"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Small enough to be tried before the next meeting."),
    )
    due_on = DayField(label=_("When?"))
    with_whom = forms.CharField(
        label=_("With whom?"),
        max_length=200,
        required=False,
        help_text=_("A team or a meeting is enough; no names are needed."),
    )
    meeting = forms.ModelChoiceField(
        Meeting.across_organisations.none(),
        label=_("Promised at"),
        required=False,
        empty_label=_("No meeting"),
    )

    class Meta:
        model = Promise
        fields = ["what", "due_on", "with_whom"]

    def __init__(
        self,
        *given: Any,
        meetings: Sequence[Meeting],
        today: date,
        kept_day: date | None = None,
        **named: Any,
    ) -> None:
        super().__init__(*given, **named)
        self.today, self.kept_day = today, kept_day
        keys = {meeting.pk for meeting in meetings} | {self.instance.meeting_id}
        offered = Meeting.objects.filter(pk__in=[key for key in keys if key])
        offered = offered.select_related("block", "group").order_by("-block__number", "-pk")
        if not offered:
            del self.fields["meeting"]
            return
        self.fields["meeting"].queryset = offered  # type: ignore[attr-defined]
        self.fields["meeting"].label_from_instance = lambda meeting: str(meeting.block)  # type: ignore[attr-defined]

    def clean_due_on(self) -> date:
        """A day to come; a promise that is late may keep its day while its words are changed."""
        due: date = self.cleaned_data["due_on"]
        if due < self.today and due != self.kept_day:
            raise ValidationError(_("Choose a day that is still to come."))
        return due


class OutcomeForm(forms.Form):
    """What happened with a promise: one button, and words if there are any."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(choices=Promise.Outcome.choices, required=False)
    why_not = forms.ChoiceField(choices=[("", ""), *Promise.WhyNot.choices], required=False)
    told = forms.CharField(
        label=_("In a few words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What did you see? Your facilitator reads it too."),
    )

    def clean(self) -> dict[str, Any]:
        """A press on a reason says not yet by itself."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("why_not"):
            cleaned["outcome"] = Promise.Outcome.NOT_YET
        elif not cleaned.get("outcome"):
            raise ValidationError(_("Choose what happened."))
        elif cleaned["outcome"] == Promise.Outcome.NOT_YET and not cleaned.get("told"):
            self.add_error("told", _("Say in a few words why, or press a reason."))
        return cleaned


class TakeBackForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
