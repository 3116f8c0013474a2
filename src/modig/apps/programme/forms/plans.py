"""What is asked before a plan is made or changed."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modig.apps.programme.models import Group, Meeting, Plan

SECONDS = [
    (10, _("10 seconds")),
    (20, _("20 seconds")),
    (60, _("one minute")),
    (180, _("three minutes")),
]
LARGEST_SEED = 999_999_999


class PlanningForm(forms.Form):
    """How long the planner may look, and from which seed."""

    seconds = forms.TypedChoiceField(
        label=_("Look for at most"), choices=SECONDS, coerce=int, initial=20
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=LARGEST_SEED,
        initial=1,
        help_text=_("The same seed can give the same plan again."),
    )


class TeamMoveForm(forms.Form):
    """Where a team, or a person who comes alone, is to go."""

    to = forms.ModelChoiceField(label=_("Move to"), queryset=Group.across_organisations.none())

    def __init__(self, *args: Any, plan: Plan, here: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = plan.groups.exclude(name=here)


class MeetingMoveForm(forms.Form):
    """On which day a meeting is to begin."""

    to = forms.DateField(
        label=_("New first day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    def clean_to(self) -> dt.date:
        to: dt.date = self.cleaned_data["to"]
        if to in {day.on for day in self.meeting.days.all()[:1]}:
            raise forms.ValidationError(_("The meeting begins on this day already."))
        return to
