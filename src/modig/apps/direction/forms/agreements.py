"""Assignments and agreements, short enough for a phone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modig.apps.direction.actions.agreements import Promised
from modig.apps.direction.forms.texts import both_lists, in_sentences, several
from modig.apps.direction.models import Agreement, Assignment, Commitment, Goal
from modig.apps.direction.permissions import givers_for, holders_for, other_sides_for
from modig.apps.direction.queries.goals import goals, holding, in_order
from modig.apps.people.forms.base import DayField, EditForm, NamingForm
from modig.apps.people.forms.fields import PersonField, UnitField
from modig.apps.people.models import Person
from modig.apps.tenancy.permissions import Visitor

FEW_LINES = forms.Textarea(attrs={"rows": 2})
ROWS = 1
UNITS = ("first_unit", "second_unit")
BOTH_UNITS = _("Between two units both are named.")


class ColleagueField(PersonField):
    """Somebody whom the visitor may name in this place."""

    options = "direction:person_options"
    seen: Q = Q(pk__in=[])

    def rows(self) -> QuerySet[Person]:
        return super().rows().filter(self.seen).distinct()


class AnyUnitField(UnitField):
    """A unit, named by somebody who need not see the tree of units."""

    options = "direction:unit_options"


def people_to_name(user: Visitor, field: str) -> Q:
    """Whom ``user`` may name in a field of these forms."""
    match field:
        case "holder":
            return holders_for(user)
        case "giver":
            return givers_for(user)
        case "second":
            return other_sides_for(user)
        case _:
            return Q(pk__in=[])


class AssignmentForm(EditForm[Assignment]):
    references = ("holder", "giver", "unit")
    title = forms.CharField(label=_("Assignment"), max_length=200)
    text = forms.CharField(
        label=_("What it is about"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text=_(
            "What shall be reached, what comes first, and what the holder decides herself."
        ),
    )
    holder = ColleagueField(label=_("Who holds it"), help_text=_("Name or employee number."))
    giver = ColleagueField(
        label=_("Given by"), required=False, help_text=_("Name or employee number.")
    )
    unit = AnyUnitField(label=_("For the unit"), required=False, help_text=_("Name or code."))
    from_on = DayField(label=_("From"))
    to_on = DayField(label=_("To"), required=False)

    class Meta:
        model = Assignment
        fields = ["title", "text", "from_on", "to_on"]

    def __init__(self, *given: Any, user: Visitor, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("holder", "giver"):
            self.fields[name].seen = people_to_name(user, name)  # type: ignore[attr-defined]
        chosen = [*self.instance.goals.all()] if self.instance.pk else []
        offered = goals().filter(
            holding(timezone.localdate()) | Q(pk__in=[goal.pk for goal in chosen])
        )
        self.fields["goals"] = several(offered, _("Which goals does it serve?"))
        self.initial.setdefault("goals", chosen)

    def goals_by_area(self) -> Iterator[tuple[Any, list[tuple[Goal, bool]], bool]]:
        """The goals to choose from, by focus area; with whether one of them is chosen."""
        chosen = {str(getattr(one, "pk", one)) for one in self["goals"].value() or []}
        by_area: dict[Any, list[tuple[Goal, bool]]] = {}
        for goal in in_order(self.fields["goals"].queryset):  # type: ignore[attr-defined]
            by_area.setdefault(goal.focus_area, []).append((goal, str(goal.pk) in chosen))
        for area, found in by_area.items():
            yield area, found, any(is_chosen for _goal, is_chosen in found)

    def both_texts(self, theirs: Model) -> list[tuple[str, str, str]]:
        goals = self.fields.pop("goals")
        differing = super().both_texts(theirs)
        if isinstance(theirs, Assignment):
            mine = self.cleaned_data["goals"]
            differing += both_lists(mine, theirs.goals.all(), goals.label)
        return differing

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins, ends = cleaned.get("from_on"), cleaned.get("to_on")
        if begins and ends and ends < begins:
            self.add_error("to_on", _("The assignment would end before it begins."))
        holder, giver = cleaned.get("holder"), cleaned.get("giver")
        if holder and holder == giver:
            self.add_error("giver", _("Nobody gives herself an assignment. Who gave it?"))
        return cleaned


@dataclass(frozen=True, slots=True)
class Row:
    """One promise of a form: its words and its day."""

    text: forms.BoundField
    due_on: forms.BoundField
    pk: forms.BoundField


class AgreementForm(NamingForm):
    """What both sides promise each other. Who writes puts words to both; the other answers.

    ``mine`` is the side of the one who writes. Of each side there are some rows more than are
    filled in, and one can ask for more.
    """

    title = forms.CharField(label=_("What is it about?"), max_length=200)
    review_on = DayField(label=_("When do you look it over together?"), required=False)

    def __init__(
        self,
        *given: Any,
        mine: str = Commitment.Side.FIRST,
        agreement: Agreement | None = None,
        rows: int = ROWS,
        **named: Any,
    ) -> None:
        self.mine = mine
        self.theirs = next(side for side in Commitment.Side if side != mine)
        self.agreement = agreement
        kept = list(agreement.commitments.all()) if agreement else []
        if agreement:
            named["initial"] = {**_initial(agreement, kept), **named.get("initial", {})}
        super().__init__(*given, **named)
        self.counts = {}
        for side in (self.mine, self.theirs):
            own = [one for one in kept if one.side == side]
            self.counts[side] = max(len(own) + (1 if own else 0), rows)
            for k in range(self.counts[side]):
                self._add_row(side, k)

    def _add_row(self, side: str, k: int) -> None:
        label = _("I promise") if side == self.mine else _("The other side promises")
        self.fields[f"{side}_{k}_text"] = forms.CharField(
            label=label, max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
        )
        self.fields[f"{side}_{k}_due"] = DayField(label=_("By which day"), required=False)
        for name in ("text", "due"):
            self.fields[f"{side}_{k}_{name}"].widget.attrs["class"] = "form-control"
        self.fields[f"{side}_{k}_pk"] = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def _rows(self, side: str) -> list[Row]:
        return [
            Row(self[f"{side}_{k}_text"], self[f"{side}_{k}_due"], self[f"{side}_{k}_pk"])
            for k in range(self.counts[side])
        ]

    def my_rows(self) -> list[Row]:
        return self._rows(self.mine)

    def their_rows(self) -> list[Row]:
        return self._rows(self.theirs)

    def most_rows(self) -> int:
        """How many rows the longer side has; the form is read with as many."""
        return max(self.counts.values())

    def more_rows(self) -> int:
        """How many rows a form with two rows more of each side has."""
        return self.most_rows() + 2

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for side, refusal in (
            (self.mine, _("Write at least one thing that you promise.")),
            (
                self.theirs,
                _("Write at least one thing that you ask of the other side; it can be changed."),
            ),
        ):
            if not any(cleaned.get(f"{side}_{k}_text") for k in range(self.counts[side])):
                self.add_error(f"{side}_0_text", refusal)
        return cleaned

    @property
    def promised(self) -> list[Promised]:
        """The rows that are filled in."""
        return [
            Promised(
                side=side,
                text=self.cleaned_data[f"{side}_{k}_text"],
                due_on=self.cleaned_data[f"{side}_{k}_due"],
                pk=self.cleaned_data[f"{side}_{k}_pk"],
            )
            for side in (self.mine, self.theirs)
            for k in range(self.counts[side])
            if self.cleaned_data[f"{side}_{k}_text"]
        ]


class NewAgreementForm(AgreementForm):
    """A new agreement: also with whom, and for which units."""

    kind = forms.ChoiceField(
        label=_("Between"),
        choices=lambda: in_sentences(Agreement.Kind),
        widget=forms.RadioSelect,
    )
    second = ColleagueField(label=_("With whom?"), help_text=_("Name or employee number."))
    first_unit = AnyUnitField(
        label=_("My unit"), help_text=_("Name or code."), error_messages={"required": BOTH_UNITS}
    )
    second_unit = AnyUnitField(
        label=_("The other unit"),
        help_text=_("Name or code."),
        error_messages={"required": BOTH_UNITS},
    )
    field_order = ["kind", "second", "first_unit", "second_unit", "title", "review_on"]

    def __init__(self, *given: Any, user: Visitor, maker: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.maker = maker
        self.fields["second"].seen = people_to_name(user, "second")  # type: ignore[attr-defined]

    def clean_second(self) -> Person:
        other: Person = self.cleaned_data["second"]
        if other == self.maker:
            raise ValidationError(_("An agreement has two sides: name the other one."))
        return other

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kind") != Agreement.Kind.HORIZONTAL:
            for name in UNITS:
                self.errors.pop(name, None)
                cleaned[name] = None
        elif cleaned.get("first_unit") and cleaned["first_unit"] == cleaned.get("second_unit"):
            self.add_error("second_unit", _("This is the same unit; name the other one."))
        return cleaned


class ChangedAgreementForm(AgreementForm):
    """A new edition of an agreement: what reads otherwise, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why is it rewritten?"),
        max_length=300,
        widget=FEW_LINES,
        help_text=_("The other side reads this before she confirms anew."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["version"].initial = self.agreement.version if self.agreement else 0


class EndForm(forms.Form):
    """The end of an agreement: from which day, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=_("Ends on"))
    why = forms.CharField(label=_("Why does it end?"), max_length=300, widget=FEW_LINES)


def _initial(agreement: Agreement, kept: list[Commitment]) -> dict[str, Any]:
    initial: dict[str, Any] = {"title": agreement.title, "review_on": agreement.review_on}
    for side in Commitment.Side:
        for k, one in enumerate(commitment for commitment in kept if commitment.side == side):
            initial |= {
                f"{side}_{k}_text": one.text,
                f"{side}_{k}_due": one.due_on,
                f"{side}_{k}_pk": one.pk,
            }
    return initial
