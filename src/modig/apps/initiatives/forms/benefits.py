"""Claiming a benefit, reading it, judging it; a file of national indicators."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from modig.apps.direction.models import Goal
from modig.apps.initiatives.forms.base import TwoTextsForm, long_text
from modig.apps.initiatives.forms.fields import BeneficiaryField, Segments
from modig.apps.initiatives.kolada.reading import MOST_BYTES
from modig.apps.initiatives.models import Benefit, Indicator
from modig.apps.initiatives.queries.initiatives import goals_for
from modig.apps.people.forms.base import DayField
from modig.apps.people.forms.fields import PersonField

LARGEST = 1e12


class NumberField(forms.FloatField):
    """A figure as people write it: 1 250,5 and 1250.5 both; ``inputmode`` opens the right keys."""

    def __init__(self, **given: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(
            widget=widget, min_value=-LARGEST, max_value=LARGEST, localize=False, **given
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 -- no min and max in the page
        return {}

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, float):
            text = f"{value:.12g}"
            return text.replace(".", ",") if (get_language() or "sv").startswith("sv") else text
        return value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            plain = "".join(value.split()).replace("\u00a0", "").replace("\u202f", "")
            value = plain.replace("−", "-").replace(",", ".")
            if value.casefold() in {"nan", "inf", "-inf", "infinity"}:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class GoalField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A goal to choose, by its code and name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.said.name}"


class BenefitForm(TwoTextsForm[Benefit]):
    """What somebody gains, how that is measured, and from where to where."""

    references: ClassVar[tuple[str, ...]] = ("goal", "owner", "national")
    folded: ClassVar[tuple[str, ...]] = (
        "baseline_on", "target_on", "method", "owner", "evidence", "assumptions", "cost",
        "national",
    )  # fmt: skip
    field_order = [
        "name", "beneficiary", "group_text", "goal", "kind", "chain", "indicator", "measure",
        "better", "aggregation", "baseline", "target", "changed_on", "baseline_on", "target_on",
        "method", "owner", "evidence", "assumptions", "cost", "national", "version",
    ]  # fmt: skip

    beneficiary = BeneficiaryField()
    goal: "forms.ModelChoiceField[Goal]" = GoalField(queryset=None, label=_("goal"), required=False)
    chain = long_text(
        4,
        label=_("effect chain, a step a line"),
        required=False,
        max_length=2000,
        help_text=_("From what you do to what somebody notices. Three or four lines are enough."),
    )
    better = forms.ChoiceField(
        widget=Segments, choices=Benefit.Better, label=_("what is better"), initial="lower"
    )
    baseline = NumberField(label=_("before"), required=False)
    target = NumberField(label=_("target"), required=False)
    changed_on = DayField(
        label=_("the new way began"),
        required=False,
        help_text=_("Readings before and after this day are held against each other."),
    )
    baseline_on = DayField(label=_("before: read on"), required=False)
    target_on = DayField(label=_("target: by"), required=False)
    owner = PersonField(label=_("owner in the line"), required=False)
    evidence = long_text(3, label=_("evidence"), required=False)
    assumptions = long_text(3, label=_("assumptions and risks"), required=False)
    national: "forms.ModelChoiceField[Indicator]" = forms.ModelChoiceField(
        queryset=None, label=_("national indicator"), required=False
    )

    class Meta:
        model = Benefit
        fields = [
            "name", "kind", "beneficiary", "group_text", "chain", "indicator", "measure",
            "aggregation", "better", "method", "baseline", "baseline_on", "target", "target_on",
            "changed_on", "evidence", "assumptions", "cost",
        ]  # fmt: skip
        help_texts = {
            "name": _("What somebody gains, in a few words: shorter waiting."),
            "indicator": _("What is counted: days to the first meeting."),
            "measure": _("days, %, of 5"),
            "aggregation": _(
                "The same for all readings. Rolling years are never mixed with months."
            ),
            "method": _("From which system or question the figure comes."),
        }

    def __init__(self, *given: Any, on: date, **named: Any) -> None:
        super().__init__(*given, **named)
        initiative = self.instance.initiative
        offered = {goal.pk for goal in initiative.goals.all()}
        offered |= {goal.pk for goal in goals_for(initiative.unit, on)}
        if self.instance.goal_id:
            offered.add(self.instance.goal_id)
        self._offer("goal", Goal.objects.filter(pk__in=offered))
        if not self.instance.pk:
            self.initial["goal"] = initiative.goals.filter(withdrawn_on=None).first()
            self.fields["version"].required = False
        for field in self.fields.values():
            field.label = capfirst(field.label)
        indicators = Indicator.objects.all()
        if indicators.exists():
            self._offer("national", indicators)
        else:
            del self.fields["national"]

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name not in self.folded]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name in self.folded]

    @property
    def folded_is_open(self) -> bool:
        return any(bound.errors for bound in self.folded_fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        before, by = cleaned.get("baseline_on"), cleaned.get("target_on")
        if before and by and by < before:
            self.add_error("target_on", _("The target comes after the reading before."))
        if cleaned.get("target") is not None and cleaned.get("target") == cleaned.get("baseline"):
            self.add_error("target", _("The target is the same as before."))
        if self.instance.is_realised and not cleaned.get("evidence"):
            self.add_error(
                "evidence", _("The benefit is called realised, so its evidence has to stand here.")
            )
        return cleaned


class ReadingForm(forms.Form):
    """One reading: three fields, a phone."""

    on = DayField(label=_("period ends"))
    value = NumberField(label=_("value"))
    n = forms.IntegerField(
        label=_("counted on"),
        required=False,
        min_value=1,
        max_value=100_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("How many answers, cases or days."),
    )
    note = forms.CharField(
        label=_("how good the figure is"),
        max_length=300,
        required=False,
        help_text=_("Something missing, a changed way of counting, a holiday month?"),
    )
    is_provisional = forms.BooleanField(
        label=_("provisional"),
        required=False,
        help_text=_(
            "The newest month is seldom whole: sick leave, for one, holds only seven or eight"
            " tenths until the next payroll. A provisional reading counts for nothing until it is"
            " read again."
        ),
    )

    def __init__(self, *given: Any, benefit: Benefit, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["value"].label = (
            _("value, %(measure)s") % {"measure": benefit.said.measure}
            if benefit.measure
            else _("value")
        )
        self.today = today
        for field in self.fields.values():
            field.label = capfirst(field.label)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError(_("The period has not ended yet."))
        return on


class JudgementForm(forms.Form):
    """Whether the benefit has been realised, and on what evidence."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    is_realised = forms.TypedChoiceField(
        label=_("Has it been realised?"),
        widget=Segments,
        choices=[("yes", _("yes")), ("no", _("no")), ("", _("not judged"))],
        required=False,
        coerce=lambda answer: answer == "yes",
        empty_value=None,
    )
    evidence = long_text(4, label=_("Evidence"), required=False)


class IndicatorFileForm(forms.Form):
    """A file in Kolada's published form."""

    file = forms.FileField(
        label=_("File from Kolada"),
        help_text=_("JSON as the interface answers (version 3), or CSV. At most 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.csv,.txt"}),
        error_messages={"empty": _("The file is empty.")},
    )

    def clean_file(self) -> Any:
        file: Any = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("%(name)s is larger than 20 MB."), params={"name": file.name})
        return file
