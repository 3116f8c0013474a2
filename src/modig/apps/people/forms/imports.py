"""Uploading a file, choosing what its columns mean, and the rules for titles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modig.apps.people.hr_files import Level, Mapping
from modig.apps.people.hr_files.dates import Order
from modig.apps.people.models import RoleRule

MEANINGS: dict[str, Any] = {
    "": _("leave out"),
    "number": _("employee number"),
    "unit1.code": _("department or company: code"),
    "unit1.name": _("department or company: name"),
    "unit2.code": _("division: code"),
    "unit2.name": _("division: name"),
    "unit3.code": _("unit: code"),
    "unit3.name": _("unit: name"),
    "first_name": _("first name"),
    "last_name": _("last name"),
    "name": _("whole name"),
    "email": _("e-mail"),
    "mobile": _("mobile"),
    "gender": _("gender"),
    "title": _("title"),
    "aid_code": _("AID code"),
    "manager": _("the manager's employee number"),
    "is_manager": _("is a manager (yes or blank)"),
    "form": _("form of employment"),
    "degree": _("degree of employment, per cent"),
    "from_on": _("employed from"),
    "to_on": _("employed to"),
    "employment": _("number of the employment"),
    "workplace": _("workplace"),
    "cost_centre": _("cost centre"),
    "legal_entity": _("legal entity"),
    "protected": _("protected identity"),
    "extra": _("keep as it is"),
}
DATES = {
    "": _("find out"),
    "ymd": _("year, month, day"),
    "dmy": _("day, month, year"),
    "mdy": _("month, day, year"),
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("HR file"),
        help_text=_("CSV or XLSX, with the names of the columns in the first row."),
    )
    sheet = forms.CharField(
        label=_("Sheet"),
        required=False,
        max_length=100,
        help_text=_("Only for a workbook with several sheets; else the first is read."),
    )


class ColumnsForm(forms.Form):
    """One choice for each column of the file. Each meaning but “keep as it is” goes to one column."""

    dates = forms.ChoiceField(
        label=_("How dates are written"), choices=list(DATES.items()), required=False
    )
    name = forms.CharField(
        label=_("Keep the choices under a name"),
        required=False,
        max_length=100,
        help_text=_("The next file with these columns is then read the same way."),
    )

    def __init__(self, header: list[str], mapping: Mapping, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.header = header
        chosen = meaning_of_columns(mapping)
        for place, column in enumerate(header):
            self.fields[f"column{place}"] = forms.ChoiceField(
                label=column,
                choices=list(MEANINGS.items()),
                required=False,
                initial=chosen.get(column, ""),
            )
        orders = set(mapping.dates.values())
        self.fields["dates"].initial = str(orders.pop()) if len(orders) == 1 else ""

    def column_fields(self) -> list[tuple[str, forms.BoundField]]:
        return [(name, self[f"column{place}"]) for place, name in enumerate(self.header)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken: dict[str, str] = {}
        for place, column in enumerate(self.header):
            meaning = cleaned.get(f"column{place}", "")
            if meaning in {"", "extra"}:
                continue
            if meaning in taken:
                self.add_error(
                    f"column{place}",
                    _("“%(other)s” has this meaning already.") % {"other": taken[meaning]},
                )
            taken[meaning] = column
        return cleaned

    def mapping(self) -> Mapping:
        """The choices as a mapping."""
        columns: dict[str, str] = {}
        units: dict[int, dict[str, str]] = {}
        extra: list[str] = []
        for place, column in enumerate(self.header):
            meaning = self.cleaned_data[f"column{place}"]
            if meaning.startswith("unit"):
                level, part = int(meaning[4]), meaning[6:]
                units.setdefault(level, {})[part] = column
            elif meaning == "extra":
                extra.append(column)
            elif meaning:
                columns[meaning] = column
        levels = tuple(Level(**units[level]) for level in sorted(units))
        order = self.cleaned_data["dates"]
        dates = dict.fromkeys(("from_on", "to_on"), Order(order)) if order else {}
        return Mapping(columns, levels, tuple(extra), dates)


def meaning_of_columns(mapping: Mapping) -> dict[str, str]:
    """The other way round: what each column means."""
    meanings = {column: name for name, column in mapping.columns.items()}
    meanings |= dict.fromkeys(mapping.extra, "extra")
    for number, level in enumerate(mapping.levels, 1):
        if level.code:
            meanings[level.code] = f"unit{number}.code"
        if level.name:
            meanings[level.name] = f"unit{number}.name"
    return meanings


class ReadingForm(forms.Form):
    second_yes = forms.BooleanField(label=_("Yes, end all of them"), required=False)


class RoleRuleForm(forms.ModelForm[RoleRule]):
    class Meta:
        model = RoleRule
        fields = ["how", "words", "role", "order"]
        help_texts = {"words": _("Several words are parted by |, for example: chef|rektor")}
