"""Uploading a file, saying how it is read and what its columns mean, and the rules for titles."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from modig.apps.people.forms.base import EditForm, NamingForm
from modig.apps.people.forms.fields import PersonField
from modig.apps.people.hr_files import DatesToAskError, Level, Mapping, Table
from modig.apps.people.hr_files.columns import DATE_FIELDS
from modig.apps.people.hr_files.dates import Order
from modig.apps.people.models import RoleRule
from modig.apps.people.sentences import dates_to_ask

LEVELS = 5
LEVEL_NAMES = {
    1: _("level 1, department or company"),
    2: _("level 2"),
    3: _("level 3"),
    4: _("level 4"),
    5: _("level 5"),
}
MEANINGS: list[tuple[Any, list[tuple[str, Any]]]] = [
    (
        _("The person"),
        [
            ("number", _("employee number")),
            ("first_name", _("first name")),
            ("last_name", _("last name")),
            ("name", _("whole name")),
            ("email", _("e-mail")),
            ("mobile", _("mobile")),
            ("gender", _("gender")),
            ("protected", _("protected identity")),
        ],
    ),
    (
        _("Unit, from the top down"),
        [
            (f"unit{level}.{part}", format_lazy("{}: {}", name, word))
            for level, name in LEVEL_NAMES.items()
            for part, word in (("code", _("code")), ("name", _("name")))
        ],
    ),
    (
        _("The employment"),
        [
            ("title", _("job title")),
            ("aid_code", _("AID code")),
            ("is_manager", _("is a manager (yes or blank)")),
            ("manager", _("the manager's employee number")),
            ("form", _("form of employment")),
            ("degree", _("degree of employment, per cent")),
            ("from_on", _("employed from")),
            ("to_on", _("employed to")),
            ("employment", _("number of the employment")),
            ("workplace", _("place of work")),
            ("cost_centre", _("cost centre")),
            ("legal_entity", _("legal entity")),
            ("extra", _("keep as it is")),
        ],
    ),
]
ORDERS = {
    "": _("find out"),
    "dmy": _("day first: 31/12/2026"),
    "mdy": _("month first: 12/31/2026"),
}
ENCODINGS = {
    "": _("find out"),
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows-1252 (Latin-1)",
    "utf-16": "UTF-16",
    "cp850": "DOS (CP850)",
    "mac-roman": "Mac Roman",
}
DELIMITERS = {
    "": _("find out"),
    ";": _("semicolon"),
    ",": _("comma"),
    "\t": _("tab"),
    "|": _("vertical bar"),
}


class HowForm(forms.Form):
    """How a file is to be read, where the guess is wrong."""

    encoding = forms.ChoiceField(
        label=_("Encoding"), choices=list(ENCODINGS.items()), required=False
    )
    delimiter = forms.ChoiceField(
        label=_("Delimiter"), choices=list(DELIMITERS.items()), required=False
    )
    sheet = forms.CharField(label=_("Sheet"), required=False, max_length=100)

    def __init__(self, *given: Any, sheets: list[str] | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        if sheets is not None:
            self._fit_to(sheets)

    def _fit_to(self, sheets: list[str]) -> None:
        """A workbook has sheets to choose from; a text file has none, but an encoding."""
        if not sheets:
            del self.fields["sheet"]
            return
        del self.fields["encoding"], self.fields["delimiter"]
        self.fields["sheet"] = forms.ChoiceField(
            label=_("Sheet"), choices=[(name, name) for name in sheets]
        )


class UploadForm(HowForm):
    file = forms.FileField(
        label=_("HR file"),
        help_text=_("CSV or XLSX, with the names of the columns in the first row."),
    )
    field_order = ("file",)


class ColumnsForm(forms.Form):
    """One choice for each column of the file. Each meaning but “keep as it is” goes to one column."""

    dates_from_on = forms.ChoiceField(
        label=_("How “employed from” is written"), choices=list(ORDERS.items()), required=False
    )
    dates_to_on = forms.ChoiceField(
        label=_("How “employed to” is written"), choices=list(ORDERS.items()), required=False
    )
    name = forms.CharField(
        label=_("Keep the choices under a name"),
        required=False,
        max_length=100,
        help_text=_("The next file with these columns is then read the same way."),
    )

    def __init__(self, table: Table, mapping: Mapping, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.header = table.header
        self.never = table.withheld
        chosen = meaning_of_columns(mapping)
        for place, column in enumerate(table.header):
            if column not in self.never:
                self.fields[f"column{place}"] = forms.ChoiceField(
                    label=column,
                    choices=[("", _("leave out")), *MEANINGS],
                    required=False,
                    initial=chosen.get(column, ""),
                    widget=forms.Select(attrs={"class": "form-select"}),
                )
        for name in DATE_FIELDS:
            self.fields[f"dates_{name}"].initial = str(mapping.dates.get(name, ""))

    def column_fields(self) -> list[tuple[str, forms.BoundField | None, str]]:
        """Each column with its field, or with what it holds that is never stored."""
        return [
            (name, None, self.never[name]) if name in self.never else (name, self[f"column{n}"], "")
            for n, name in enumerate(self.header)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken: dict[str, str] = {}
        for name, column in self._chosen():
            meaning = cleaned.get(name, "")
            if meaning in {"", "extra"}:
                continue
            if meaning in taken:
                self.add_error(
                    name,
                    ValidationError(
                        _("“%(other)s” has this meaning already."), params={"other": taken[meaning]}
                    ),
                )
            taken[meaning] = column
        if "number" not in taken:
            raise ValidationError(_("Say which column holds the employee number."))
        if not any(meaning.startswith("unit") for meaning in taken):
            raise ValidationError(_("Say which column names the unit."))
        return cleaned

    def ask_about(self, error: DatesToAskError) -> None:
        """Let the user say how the dates of a column are to be read."""
        self.add_error(f"dates_{error.name}", dates_to_ask(error))

    def mapping(self) -> Mapping:
        """The choices as a mapping."""
        columns: dict[str, str] = {}
        units: dict[int, dict[str, str]] = {}
        extra: list[str] = []
        for name, column in self._chosen():
            meaning = self.cleaned_data[name]
            if meaning.startswith("unit"):
                level, part = int(meaning[4]), meaning[6:]
                units.setdefault(level, {})[part] = column
            elif meaning == "extra":
                extra.append(column)
            elif meaning:
                columns[meaning] = column
        levels = tuple(Level(**units[level]) for level in sorted(units))
        orders = {name: self.cleaned_data[f"dates_{name}"] for name in DATE_FIELDS}
        dates = {name: Order(order) for name, order in orders.items() if order}
        return Mapping(columns, levels, tuple(extra), dates)

    def _chosen(self) -> list[tuple[str, str]]:
        """The name of the field and of the column, for each that may be chosen."""
        return [
            (f"column{place}", column)
            for place, column in enumerate(self.header)
            if column not in self.never
        ]


def meaning_of_columns(mapping: Mapping) -> dict[str, str]:
    """The other way round: what each column means."""
    meanings = {column: name for name, column in mapping.columns.items()}
    meanings |= dict.fromkeys(mapping.extra, "extra")
    for number, level in enumerate(mapping.levels[:LEVELS], 1):
        if level.code:
            meanings[level.code] = f"unit{number}.code"
        if level.name:
            meanings[level.name] = f"unit{number}.name"
    return meanings


class ReadingForm(forms.Form):
    second_yes = forms.BooleanField(label=_("Yes, end all of them"), required=False)


class RoleRuleForm(EditForm[RoleRule]):
    class Meta:
        model = RoleRule
        fields = ["how", "words", "role", "order"]
        labels = {
            "how": _("The title"),
            "words": _("Words"),
            "role": _("Makes its holder a"),
            "order": _("Order"),
        }
        help_texts = {
            "words": _(
                "If several words mean the same role, put a vertical bar between them: chef|rektor"
            ),
            "order": _("The first rule that fits a title decides."),
        }

    def clean_words(self) -> str:
        words = [word.strip() for word in self.cleaned_data["words"].split("|")]
        kept = "|".join(word for word in words if word)
        if not kept:
            raise ValidationError(_("Write at least one word."))
        return kept


class AdditionForm(NamingForm):
    """One more person in a proposed team."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    person = PersonField(
        label=pgettext_lazy("one person", "Who"), help_text=_("Name or employee number.")
    )
