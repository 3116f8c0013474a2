"""Fields of initiatives: chips of goals, sorts of change with their sentence, units one a line."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from modig.apps.direction.models import Goal
from modig.apps.direction.models.goal import Orientation
from modig.apps.initiatives.kinds import GUIDES
from modig.apps.initiatives.models import Beneficiary, Initiative, Kind
from modig.apps.people.forms.fields import NamedField, UnitField, said
from modig.apps.people.models import Unit

MOST_GOALS = 5


class Chips(forms.CheckboxSelectMultiple):
    """Choices as chips that are pressed or not."""

    template_name = "initiatives/chips.html"


class Segments(forms.RadioSelect):
    """A few choices side by side, one of them pressed."""

    template_name = "initiatives/chips.html"


class GoalsField(forms.MultipleChoiceField):
    """Goals as chips; ``offer`` says which."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=Chips, required=False, **{"label": _("goals"), **given})
        self.by_key: dict[str, Goal] = {}

    def offer(self, goals: Iterable[Goal]) -> None:
        self.by_key = {str(goal.pk): goal for goal in goals}
        self.choices = [(key, f"{goal.code} {goal.said.name}") for key, goal in self.by_key.items()]

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [str(one.pk) if isinstance(one, Goal) else str(one) for one in value]
        return value

    def clean(self, value: Any) -> Any:
        goals = [self.by_key[key] for key in super().clean(value)]
        if len(goals) > MOST_GOALS:
            raise ValidationError(_("Choose five goals at the most."))
        return goals


class OrientationsField(forms.MultipleChoiceField):
    """What the initiative turns towards, as chips."""

    def __init__(self, **given: Any) -> None:
        super().__init__(
            widget=Chips,
            required=False,
            choices=Orientation.choices,
            **{"label": _("turns towards"), **given},
        )


class KindField(forms.ChoiceField):
    """The sort of change, each with the sentence that says when to choose it."""

    def __init__(self, **given: Any) -> None:
        super().__init__(
            widget=forms.RadioSelect,
            choices=kind_choices,
            **{"label": _("sort of change"), **given},
        )


class BeneficiaryField(forms.ChoiceField):
    """Users, customers or citizens."""

    def __init__(self, **given: Any) -> None:
        super().__init__(
            widget=Segments, choices=Beneficiary.choices, **{"label": _("for whom"), **given}
        )


class InitiativeField(NamedField):
    """Another initiative, by its code or a part of its title."""

    key = "code"
    options = "initiatives:options"
    unknown = _("No initiative is called “%(text)s”.")

    def rows(self) -> QuerySet[Initiative]:
        return Initiative.objects.filter(merged_into=None).select_related("owner", "unit")


class UnitLinesField(forms.CharField):
    """Several units, one a line."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), required=False, **given)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(said(one) for one in value)
        return value

    def clean(self, value: Any) -> Any:
        one = UnitField()
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        found: dict[int, Unit] = {}
        wrong: list[ValidationError] = []
        for line in lines:
            try:
                unit = one.clean(line)
            except ValidationError as error:
                wrong.append(error)
            else:
                found[unit.pk] = unit
        if wrong:
            raise ValidationError(wrong)
        return list(found.values())


def kind_choices() -> list[tuple[str, SafeString]]:
    return [
        (
            kind.value,
            format_html(
                '<span><b>{}</b> <span class="why line">{}</span></span>',
                str(kind.label).capitalize(),
                GUIDES[kind].when,
            ),
        )
        for kind in Kind
    ]
