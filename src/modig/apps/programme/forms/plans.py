"""What is asked before a plan is made or changed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from modig.apps.programme.models import Attribute, Facilitator, Group, Meeting, Plan, Venue

SECONDS = [
    (10, _("10 seconds")),
    (20, _("20 seconds")),
    (60, _("one minute")),
    (180, _("three minutes")),
]
LARGEST_SEED = 999_999_999
HEAVIEST_WISH = 5


class PlanningForm(forms.Form):
    """How long the planner may look, and from which seed."""

    seconds = forms.TypedChoiceField(
        label=_("Search for up to"), choices=SECONDS, coerce=int, initial=20
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=LARGEST_SEED,
        initial=1,
        help_text=_("The same seed can give the same plan again."),
    )


class ProposalsForm(PlanningForm):
    """How long three proposals may take, and how much each wish weighs in them."""

    def __init__(self, *args: Any, weights: Mapping[str, float], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["seconds"]
        field.initial = 60
        for attribute in Attribute:
            self.fields[f"wish_{attribute.value}"] = forms.FloatField(
                label=str(attribute.label).capitalize(),
                min_value=0,
                max_value=HEAVIEST_WISH,
                initial=format(weights.get(attribute.value, 0), "g"),
                widget=forms.NumberInput(attrs={"step": "0.5"}),
            )

    @property
    def wish_fields(self) -> list[forms.BoundField]:
        return [self[f"wish_{attribute.value}"] for attribute in Attribute]

    @property
    def wishes(self) -> dict[str, float]:
        """The weights; what does not matter is left out."""
        found = {one.value: self.cleaned_data[f"wish_{one.value}"] for one in Attribute}
        return {name: weight for name, weight in found.items() if weight}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        weights = [cleaned.get(f"wish_{one.value}") for one in Attribute]
        if not any(weights) and None not in weights:
            self.add_error("wish_department", _("Choose at least one thing to mix."))
        return cleaned


class GroupField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A group to choose, with how many are in it."""

    def label_from_instance(self, obj: Any) -> str:
        return ngettext("%(group)s (%(n)s person)", "%(group)s (%(n)s people)", obj.people) % {
            "group": obj.name,
            "n": obj.people,
        }


class TeamMoveForm(forms.Form):
    """Where a team, or a person who comes alone, is to go."""

    to = GroupField(
        label=_("Move to"), queryset=Group.across_organisations.none(), empty_label=None
    )

    def __init__(self, *args: Any, plan: Plan, here: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = plan.groups.exclude(pk=here.pk).annotate(people=Count("participants"))


class MeetingMoveForm(forms.Form):
    """On which day a meeting is to begin, where, and who leads it."""

    to = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    venue = forms.ModelChoiceField(
        label=_("Venue"),
        queryset=Venue.across_organisations.none(),
        required=False,
        empty_label=_("the same if it is free, else another"),
    )
    facilitator = forms.ModelChoiceField(
        label=_("Facilitator"),
        queryset=Facilitator.across_organisations.none(),
        required=False,
        empty_label=_("the same if free, else another"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.meeting = meeting
        kwargs["initial"] = {"to": self._first_day()}
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["venue"].queryset = Venue.objects.all()
        fields["facilitator"].queryset = Facilitator.objects.all()

    def _first_day(self) -> dt.date | None:
        return next((day.on for day in self.meeting.days.all()), None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        stays = cleaned.get("to") == self._first_day()
        same = {None, self.meeting.venue, self.meeting.facilitator}
        if stays and {cleaned.get("venue"), cleaned.get("facilitator")} <= same:
            self.add_error("to", _("The meeting is on this day already, with the same venue."))
        return cleaned
