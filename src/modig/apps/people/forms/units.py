from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from modig.apps.people.forms.base import DayField, EditForm, NamingForm
from modig.apps.people.forms.fields import UnitField
from modig.apps.people.models import LegalEntity, Unit

PARTS = 4


class UnitForm(EditForm[Unit]):
    """An existing unit: what it is called, and under which unit it lies from which day."""

    references = ("legal_entity",)
    legal_entity = forms.ModelChoiceField(
        LegalEntity.across_organisations.none(), label=_("Legal entity"), required=False
    )
    parent = UnitField(
        label=_("Lies under"),
        required=False,
        help_text=_("Name or code. Empty: it is a top unit."),
    )
    moved_on = DayField(
        label=_("Moves on"), help_text=_("The day of a move; the old place is kept.")
    )

    class Meta:
        model = Unit
        fields = ["name", "short", "level"]

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today
        self.fields["legal_entity"].queryset = LegalEntity.objects.all()  # type: ignore[attr-defined]

    def clean_moved_on(self) -> date:
        return not_ahead(self.cleaned_data["moved_on"], self.today)

    def clean_parent(self) -> Unit | None:
        parent: Unit | None = self.cleaned_data["parent"]
        if parent and self.instance.path and parent.path.startswith(self.instance.path):
            raise ValidationError(_("A unit cannot lie under itself or a unit below it."))
        return parent


class NewUnitForm(NamingForm):
    code = forms.CharField(label=_("Code"), max_length=120)
    name = forms.CharField(label=_("Name"), max_length=200)
    short = forms.CharField(label=_("Short name"), max_length=12, required=False)
    level = forms.CharField(label=_("Level"), max_length=40, required=False)
    legal_entity = forms.ModelChoiceField(
        LegalEntity.across_organisations.none(), label=_("Legal entity"), required=False
    )
    parent = UnitField(
        label=_("Lies under"), required=False, help_text=_("Name or code. Empty: it is a top unit.")
    )
    opened_on = DayField(label=_("Opens on"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["legal_entity"].queryset = LegalEntity.objects.all()  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        return unused_code(self.cleaned_data["code"])


class MergerForm(NamingForm):
    """A unit becomes part of another."""

    after = UnitField(
        label=_("Becomes part of"),
        help_text=_("Name or code of the unit that goes on."),
    )
    on = DayField(label=_("From"))

    def __init__(self, *given: Any, unit: Unit, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.unit, self.today = unit, today

    def clean_after(self) -> Unit:
        after: Unit = self.cleaned_data["after"]
        if after.path.startswith(self.unit.path):
            raise ValidationError(_("A unit cannot become part of itself or a unit below it."))
        return after

    def clean_on(self) -> Any:
        return not_ahead(not_before(self.unit, self.cleaned_data["on"]), self.today)


class DivisionForm(NamingForm):
    """A unit becomes several: two at least, each with a code and a name."""

    on = DayField(label=_("From"))

    def __init__(self, *given: Any, unit: Unit, today: date, **named: Any) -> None:
        self.unit, self.today = unit, today
        super().__init__(*given, **named)
        for part in range(1, PARTS + 1):
            self.fields[f"code_{part}"] = forms.CharField(
                label=_("Code of part %(part)s") % {"part": part},
                max_length=120,
                required=part <= 2,
            )
            self.fields[f"name_{part}"] = forms.CharField(
                label=_("Name of part %(part)s") % {"part": part},
                max_length=200,
                required=part <= 2,
            )

    def clean_on(self) -> Any:
        return not_ahead(not_before(self.unit, self.cleaned_data["on"]), self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        codes: set[str] = set()
        for part in range(1, PARTS + 1):
            code, name = cleaned.get(f"code_{part}"), cleaned.get(f"name_{part}")
            if bool(code) != bool(name):
                self.add_error(f"code_{part}", _("A part needs both a code and a name."))
            elif code:
                if code in codes or Unit.objects.filter(code=code).exists():
                    self.add_error(f"code_{part}", _("Another unit has this code."))
                codes.add(code)
        return cleaned

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Code and name of each part that was filled in."""
        pairs = [
            (self.cleaned_data[f"code_{part}"], self.cleaned_data[f"name_{part}"])
            for part in range(1, PARTS + 1)
        ]
        return [(code, name) for code, name in pairs if code]


class LegalEntityForm(EditForm[LegalEntity]):
    class Meta:
        model = LegalEntity
        fields = ["code", "name", "kind"]
        labels = {"code": _("Code"), "name": _("Name"), "kind": _("Kind")}

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if LegalEntity.objects.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another legal entity has this code."))
        return code


def unused_code(code: str) -> str:
    """The code, if no unit has had it, closed ones included."""
    if Unit.objects.filter(code=code).exists():
        raise ValidationError(_("Another unit has this code."))
    return code


def not_ahead(on: date, today: date) -> date:
    """The day, if it has come: people and units are moved at once."""
    if on > today:
        raise ValidationError(_("It is done at once, so the day cannot lie ahead. Come back then."))
    return on


def not_before(unit: Unit, on: Any) -> Any:
    """The day, if the unit was there already."""
    if unit.opened_on and on < unit.opened_on:
        raise ValidationError(_("The unit had not opened yet on that day."))
    return on
