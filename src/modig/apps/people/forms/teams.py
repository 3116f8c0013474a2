from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from modig.apps.people.forms.base import DayField, EditForm, NamingForm
from modig.apps.people.forms.fields import PersonField, UnitField
from modig.apps.people.models import ManagementTeam, TeamSeat


class TeamForm(EditForm[ManagementTeam]):
    references = ("unit",)
    unit = UnitField(label=_("Leads the unit"), required=False, help_text=_("Name or code."))
    from_on = DayField(label=_("From"))
    to_on = DayField(label=_("To, first day after"), required=False)

    class Meta:
        model = ManagementTeam
        fields = ["name", "from_on", "to_on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins, ends = cleaned.get("from_on"), cleaned.get("to_on")
        if begins and ends and ends < begins:
            self.add_error("to_on", _("The team would end before it begins."))
        return cleaned


class NewTeamForm(NamingForm):
    code = forms.CharField(label=_("Code"), max_length=60)
    name = forms.CharField(label=_("Name"), max_length=200)
    unit = UnitField(label=_("Leads the unit"), required=False, help_text=_("Name or code."))
    from_on = DayField(label=_("From"))

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if ManagementTeam.objects.filter(code=code).exists():
            raise ValidationError(_("Another team has this code."))
        return code


class SeatForm(NamingForm):
    """A new place in a team."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    person = PersonField(
        label=pgettext_lazy("one person", "Who"),
        required=False,
        help_text=_("Name or employee number. Empty: the place is vacant."),
    )
    kind = forms.ChoiceField(label=_("Place"), choices=TeamSeat.Kind, initial=TeamSeat.Kind.MEMBER)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    on = DayField(label=_("From"))


class FillForm(NamingForm):
    """Somebody takes over a place."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    person = PersonField(label=_("Who takes over"), help_text=_("Name or employee number."))
    on = DayField(label=_("From"))


class LeaveForm(NamingForm):
    """A place ends."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=_("First day after"))
    leaves_vacancy = forms.BooleanField(
        label=_("The place is to be filled again"), required=False, initial=True
    )
