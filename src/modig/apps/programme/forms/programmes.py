from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from modig.apps.direction.models import Strategy
from modig.apps.people.forms.base import DayField
from modig.apps.programme.forms.fields import KeptForm, short_day
from modig.apps.programme.models import Programme


class ProgrammeForm(KeptForm[Programme]):
    """A programme's name and brand, what it is for, and its time."""

    references = ("derived_from", "strategy")
    starts_on = DayField(label=_("Starts"))
    ends_on = DayField(label=_("Ends"))
    derived_from = forms.ModelChoiceField(
        Programme.across_organisations.none(),
        label=_("Builds on"),
        required=False,
        empty_label=_("no earlier programme"),
        help_text=_("The programme whose tools and ideas it carries on."),
    )

    strategy = forms.ModelChoiceField(
        Strategy.across_organisations.none(),
        label=_("Carries out the strategy"),
        required=False,
        empty_label=_("no strategy"),
        help_text=_("It binds the programme to the vision: why it should work."),
    )

    class Meta:
        model = Programme
        fields = [
            "name",
            "brand",
            "purpose",
            "foci",
            "is_for_all_leaders",
            "starts_on",
            "ends_on",
        ]
        labels = {
            "name": _("Name"),
            "brand": _("Motto"),
            "purpose": _("Purpose"),
            "foci": _("Focus"),
            "is_for_all_leaders": _("It is for every manager and key person"),
        }
        help_texts = {
            "name": _("What everybody calls it, for example Brave leadership."),
            "brand": _("A line that stands under the name."),
            "purpose": _("What will be different when it is over, in two or three sentences."),
            "foci": _("One on each line. They are what the blocks are about."),
            "is_for_all_leaders": _(
                "Then the coverage counts them all, and names newly appointed managers who have "
                "no place yet. Otherwise it counts whom the waves name."
            ),
        }
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "foci": forms.Textarea(attrs={"rows": 4}),
        }

    field_order = (
        "name",
        "brand",
        "purpose",
        "foci",
        "starts_on",
        "ends_on",
        "is_for_all_leaders",
        "strategy",
        "derived_from",
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        earlier = Programme.objects.exclude(pk=self.instance.pk)
        if earlier.exists():
            self.fields["derived_from"].queryset = earlier  # type: ignore[attr-defined]
        else:
            del self.fields["derived_from"]
        strategies = Strategy.objects.select_related("vision")
        if strategies.exists():
            self.fields["strategy"].queryset = strategies  # type: ignore[attr-defined]
        else:
            del self.fields["strategy"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Programme.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another programme has this name."))
        return name

    def clean_derived_from(self) -> Programme | None:
        earlier: Programme | None = self.cleaned_data["derived_from"]
        known = earlier
        while known is not None:
            if known.pk == self.instance.pk:
                raise ValidationError(_("That programme builds on this one."))
            known = known.derived_from
        return earlier

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The programme would end before it starts."))
        elif starts and ends and not self.instance._state.adding:  # noqa: SLF001 -- as above
            self._keep_waves_inside(starts, ends)
        return cleaned

    def _keep_waves_inside(self, starts: Any, ends: Any) -> None:
        waves = list(self.instance.waves.order_by("starts_on"))
        if waves and waves[0].starts_on < starts:
            said = _now("%(wave)s starts earlier, on %(day)s.")
            words = {"wave": waves[0], "day": short_day(waves[0].starts_on)}
            self.add_error("starts_on", said % words)
        last = max(waves, key=lambda wave: wave.ends_on, default=None)
        if last and last.ends_on > ends:
            said = _now("%(wave)s ends later, on %(day)s.")
            self.add_error("ends_on", said % {"wave": last, "day": short_day(last.ends_on)})
