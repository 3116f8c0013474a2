from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from modig.apps.accounts.models import User
from modig.apps.programme.forms.fields import DaysField, KeptForm
from modig.apps.programme.models import Facilitator, Venue
from modig.apps.programme.queries.resources import users_who_facilitate

MOST_SEATS = 2000


class VenueForm(KeptForm[Venue]):
    seats = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=MOST_SEATS,
        help_text=_(
            "How many can take part, facilitators apart. A group meets only where it fits."
        ),
    )

    closed_days = DaysField(
        label=_("Closed on"), help_text=_("Plans made from now on place no group there then.")
    )

    class Meta:
        model = Venue
        fields = ["name", "place", "seats", "closed_days"]
        labels = {"name": _("Name"), "place": _("Address or building")}
        help_texts = {"place": _("It stands in everybody's calendar.")}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Venue.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another venue has this name."))
        return name


class FacilitatorForm(KeptForm[Facilitator]):
    references = ("user",)
    user = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Signs in as"),
        required=False,
        empty_label=_("does not sign in"),
        help_text=_("Who signs in so sees the groups that she leads, and no others."),
    )

    days_off = DaysField(
        label=_("Days off"), help_text=_("Plans made from now on let her lead no group then.")
    )

    class Meta:
        model = Facilitator
        fields = ["name", "email", "is_external", "days_off"]
        labels = {
            "name": _("Name"),
            "email": _("E-mail"),
            "is_external": _("Comes from the partner"),
        }

    field_order = ("name", "email", "user", "is_external", "days_off")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["user"].queryset = users_who_facilitate()  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Facilitator.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another facilitator has this name."))
        return name

    def clean_user(self) -> User | None:
        user: User | None = self.cleaned_data["user"]
        others = Facilitator.objects.exclude(pk=self.instance.pk)
        other = others.filter(user=user).first() if user else None
        if other is not None:
            raise ValidationError(_("%(name)s signs in so already."), params={"name": other.name})
        return user
