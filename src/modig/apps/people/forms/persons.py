from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from modig.apps.people.forms.base import DayField, EditForm, NamingForm
from modig.apps.people.forms.fields import PersonField, UnitField
from modig.apps.people.models import Employment, Person


class PersonForm(EditForm[Person]):
    class Meta:
        model = Person
        fields = ["first_name", "last_name", "email", "mobile", "gender"]


class EmploymentForm(EditForm[Employment]):
    references = ("unit", "manager")
    unit = UnitField(label=_("Unit"), help_text=_("Name or code."))
    manager = PersonField(
        label=_("Nearest manager"), required=False, help_text=_("Name or employee number.")
    )
    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To, first day after"), required=False)

    class Meta:
        model = Employment
        fields = ["title", "role", "degree", "workplace", "from_on", "to_on"]

    def clean_manager(self) -> Person | None:
        manager: Person | None = self.cleaned_data["manager"]
        if manager and manager.pk == self.instance.person_id:
            raise ValidationError(_("Nobody is her own manager."))
        return manager

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins, ends = cleaned.get("from_on"), cleaned.get("to_on")
        if begins and ends and ends < begins:
            self.add_error("to_on", _("The employment would end before it begins."))
        return cleaned


class NominationForm(NamingForm):
    person = PersonField(
        label=pgettext_lazy("one person", "Who"), help_text=_("Name or employee number.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why the programme needs this person. The person can read it."),
    )
    nominated_by = PersonField(
        label=_("Nominated by"), required=False, help_text=_("Name or employee number.")
    )
    on = DayField(label=_("From"))
