"""One form for each text of the direction. Who changes a text says why."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from modig.apps.direction.models import (
    FocusArea,
    Goal,
    LeadershipStatement,
    Orientation,
    Shift,
    ShiftReading,
    StatutorySource,
    Strategy,
    StrategyStep,
    Vision,
    VisionStatement,
)
from modig.apps.direction.queries.goals import focus_areas, goals
from modig.apps.people.forms.base import DayField, EditForm, NamingForm, RowT
from modig.apps.people.forms.fields import PersonField, UnitField

LINES = forms.Textarea(attrs={"rows": 3})
FEW_LINES = forms.Textarea(attrs={"rows": 2})


class TextForm(EditForm[RowT]):
    """A text, and, when it was there before, why it is changed."""

    why = forms.CharField(
        label=_("Why is it changed?"),
        max_length=300,
        widget=FEW_LINES,
        help_text=_("Everybody who reads the direction can read this, beside the former wording."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.instance.pk is None:
            del self.fields["why"]
        else:
            self.fields["why"] = self.fields.pop("why")
        for name in ("number",):
            if name in self.fields and self.instance.pk is None:
                del self.fields[name]

    def _refuse_used_code(self, rows: Any, refusal: Any) -> str:
        code: str = self.cleaned_data["code"]
        if rows.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(refusal)
        return code


def _number() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Place in the order"),
        min_value=1,
        max_value=999,
        help_text=_("With the number of another one the two trade places."),
    )


class VisionForm(TextForm[Vision]):
    references = ("owner",)
    title = forms.CharField(label=_("The vision in one line"), max_length=200)
    lead = forms.CharField(label=_("In a few sentences"), widget=LINES, required=False)
    owner = PersonField(label=_("Owner"), required=False, help_text=_("Name or employee number."))

    class Meta:
        model = Vision
        fields = ["title", "lead"]


class NewVisionForm(VisionForm):
    """A vision that replaces the one before from a day."""

    from_on = DayField(
        label=_("Holds from"), help_text=_("The vision before it ends on the day before.")
    )

    class Meta(VisionForm.Meta):
        fields = ["title", "lead", "from_on"]


class StatementForm(TextForm[VisionStatement]):
    text = forms.CharField(
        label=_("Statement"),
        max_length=400,
        widget=FEW_LINES,
        help_text=_("One sentence that people can hold their work up against."),
    )
    number = _number()

    class Meta:
        model = VisionStatement
        fields = ["text", "number"]


class ShiftForm(TextForm[Shift]):
    from_text = forms.CharField(label=_("From"), max_length=300, widget=FEW_LINES)
    to_text = forms.CharField(label=_("To"), max_length=300, widget=FEW_LINES)
    number = _number()

    class Meta:
        model = Shift
        fields = ["from_text", "to_text", "number"]


class FocusAreaForm(TextForm[FocusArea]):
    code = forms.CharField(label=_("Code"), max_length=20)
    number = forms.IntegerField(label=_("Place in the order"), min_value=1, max_value=999)
    name = forms.CharField(label=_("Name"), max_length=200)
    description = forms.CharField(label=_("What it means"), widget=LINES, required=False)

    class Meta:
        model = FocusArea
        fields = ["name", "description", "code", "number"]

    def clean_code(self) -> str:
        return self._refuse_used_code(FocusArea.objects, _("Another focus area has this code."))


class GoalForm(TextForm[Goal]):
    """A goal of the whole, or of a unit below a goal of the level above."""

    references = ("focus_area", "parent", "unit", "owner")
    name = forms.CharField(label=_("Goal"), max_length=300, widget=FEW_LINES)
    description = forms.CharField(label=_("What it means"), widget=LINES, required=False)
    code = forms.CharField(label=_("Code"), max_length=30)
    focus_area = forms.ModelChoiceField(
        FocusArea.across_organisations.none(), label=_("Focus area")
    )
    parent = forms.ModelChoiceField(
        Goal.across_organisations.none(),
        label=_("Under the goal"),
        required=False,
        empty_label=_("None: it is a goal of the whole"),
        help_text=_("It then lies in the same focus area."),
    )
    unit = UnitField(
        label=_("Unit"), required=False, help_text=_("Name or code. Empty: the whole organisation.")
    )
    owner = PersonField(label=_("Owner"), required=False, help_text=_("Name or employee number."))
    orientations = forms.MultipleChoiceField(
        label=_("Turns towards"),
        choices=lambda: in_sentences(Orientation),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    from_on = DayField(label=_("Valid from"))
    to_on = DayField(label=_("Valid to"), required=False)

    field_order = (
        "name", "description", "code", "focus_area", "parent", "unit", "owner", "orientations",
        "sources", "from_on", "to_on", "why",
    )  # fmt: skip

    class Meta:
        model = Goal
        fields = ["name", "description", "code", "orientations", "from_on", "to_on"]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        own = self.instance.pk
        self._offer("focus_area", focus_areas())
        self._offer("parent", goals().filter(withdrawn_on=None).exclude(pk=own))
        if StatutorySource.objects.exists():
            self.fields["sources"] = several(StatutorySource.objects.all(), _("Rests on"))
            self.initial["sources"] = [*self.instance.sources.all()] if own else []
            self.order_fields(self.field_order)

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields[name].label_from_instance = _with_code  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        return self._refuse_used_code(Goal.objects, _("Another goal has this code."))

    def clean_parent(self) -> Goal | None:
        above: Goal | None = self.cleaned_data["parent"]
        parent, seen = above, {self.instance.pk}
        while above is not None and self.instance.pk:
            if above.pk in seen:
                raise ValidationError(_("A goal cannot lie under itself or a goal below it."))
            seen.add(above.pk)
            above = above.parent
        return parent

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins, ends = cleaned.get("from_on"), cleaned.get("to_on")
        if begins and ends and ends < begins:
            self.add_error("to_on", _("The goal would end before it begins."))
        return cleaned

    def both_texts(self, theirs: Model) -> list[tuple[str, str, str]]:
        sources = self.fields.pop("sources", None)
        differing = super().both_texts(theirs)
        if sources is not None and isinstance(theirs, Goal):
            mine = self.cleaned_data["sources"]
            differing += both_lists(mine, theirs.sources.all(), sources.label)
        return differing


class SourceForm(TextForm[StatutorySource]):
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: in_sentences(StatutorySource.Kind))
    name = forms.CharField(label=_("Name"), max_length=200)
    reference = forms.CharField(
        label=_("Reference"),
        max_length=120,
        required=False,
        help_text=_("Such as the number of the statute, or the date and paragraph of a decision."),
    )
    link = forms.URLField(label=_("Link"), max_length=400, required=False, assume_scheme="https")
    decided_on = DayField(label=_("Decided"), required=False)
    applies_from = DayField(label=_("Applies from"), required=False)

    class Meta:
        model = StatutorySource
        fields = ["kind", "name", "reference", "link", "decided_on", "applies_from"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        same = StatutorySource.objects.filter(
            name=cleaned.get("name"), reference=cleaned.get("reference", "")
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("This law or decision stands here already."))
        return cleaned


class StrategyForm(TextForm[Strategy]):
    name = forms.CharField(label=_("Name"), max_length=200)
    idea = forms.CharField(label=_("The idea in a few sentences"), widget=LINES, required=False)

    class Meta:
        model = Strategy
        fields = ["name", "idea"]


class StepForm(TextForm[StrategyStep]):
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: in_sentences(StrategyStep.Kind))
    text = forms.CharField(label=_("Step"), max_length=300, widget=FEW_LINES)
    assumption = forms.CharField(
        label=_("This holds if"), max_length=300, widget=FEW_LINES, required=False
    )
    number = _number()

    class Meta:
        model = StrategyStep
        fields = ["kind", "text", "assumption", "number"]


class LeadershipForm(TextForm[LeadershipStatement]):
    text = forms.CharField(label=_("How we lead here"), widget=forms.Textarea(attrs={"rows": 6}))
    agreed_on = DayField(label=_("Agreed"))

    class Meta:
        model = LeadershipStatement
        fields = ["text", "agreed_on"]


FORMS: dict[str, type[TextForm[Any]]] = {
    "vision": VisionForm,
    "visionstatement": StatementForm,
    "shift": ShiftForm,
    "focusarea": FocusAreaForm,
    "goal": GoalForm,
    "leadershipstatement": LeadershipForm,
    "strategy": StrategyForm,
    "strategystep": StepForm,
    "statutorysource": SourceForm,
}


class WhyForm(forms.Form):
    """A deed on a text that is done for a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=FEW_LINES,
        help_text=_("Everybody who reads the direction can read this."),
    )


class TakeOverForm(forms.Form):
    """What goes on under a new vision."""

    focus_areas = forms.BooleanField(
        label=_("Focus areas, with their goals"), required=False, initial=True
    )
    shifts = forms.BooleanField(
        label=_("From and to, with their readings"), required=False, initial=True
    )
    leadership = forms.BooleanField(
        label=_("The leadership statement"), required=False, initial=True
    )
    strategies = forms.BooleanField(
        label=_("The strategies, with their steps"), required=False, initial=True
    )


class ReadingForm(NamingForm):
    """How far a shift has come on a day."""

    LEVELS = (
        (1, _("1: as it was")),
        (2, _("2: first signs")),
        (3, _("3: halfway")),
        (4, _("4: mostly there")),
        (5, _("5: as it shall be")),
    )
    level = forms.TypedChoiceField(
        label=_("How far have we come?"), choices=LEVELS, coerce=int, widget=forms.RadioSelect
    )
    on = DayField(label=_("Day"))
    note = forms.CharField(
        label=_("What is it that you see?"),
        max_length=500,
        widget=LINES,
        required=False,
        help_text=_("Something that happened, or a figure; so that next year's reading compares."),
    )

    def __init__(self, *given: Any, baseline: ShiftReading | None, **named: Any) -> None:
        super().__init__(*given, **named)
        self.baseline = baseline

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError(_("That day has not come yet."))
        if self.baseline and on < self.baseline.on:
            day = date_format(self.baseline.on, "SHORT_DATE_FORMAT")
            raise ValidationError(
                _("The baseline was read on %(day)s; a reading comes after it."),
                params={"day": day},
            )
        return on


def several(rows: Any, label: Any) -> forms.ModelMultipleChoiceField[Any]:
    """Rows to tick. It is added to a form that is made: only then its rows are known."""
    return forms.ModelMultipleChoiceField(
        rows, label=label, widget=forms.CheckboxSelectMultiple, required=False
    )


def both_lists(mine: Any, theirs: Any, label: Any) -> list[tuple[str, str, str]]:
    """Ticked rows in two versions, if they differ."""
    if {*mine} == {*theirs}:
        return []
    return [(str(label), ", ".join(map(str, mine)), ", ".join(map(str, theirs)))]


def in_sentences(choices: type[models.Choices]) -> list[tuple[str, str]]:
    """Choices with a capital letter, as they stand alone in a form."""
    return [(str(value), capfirst(str(label))) for value, label in choices.choices]


def _with_code(row: Model) -> str:
    code = getattr(row, "code", "")
    return f"{code} {row}" if code else str(row)
