"""Entering an initiative on one screen, and editing what grows on its page."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from modig.apps.direction.models import Goal
from modig.apps.initiatives.forms.base import TwoTextsForm, long_text
from modig.apps.initiatives.forms.fields import (
    BeneficiaryField,
    GoalsField,
    KindField,
    OrientationsField,
    UnitLinesField,
)
from modig.apps.initiatives.kinds import Detail, guide_of
from modig.apps.initiatives.models import Beneficiary, Initiative, Kind, Stage
from modig.apps.initiatives.queries.initiatives import (
    goals_for,
    goals_of,
    groups_to_be_born_in,
)
from modig.apps.people.forms.base import DayField, NamingForm
from modig.apps.people.forms.fields import PersonField, UnitField
from modig.apps.people.models import Person, Unit
from modig.apps.programme.models import Block, Group, Promise

MOST_BLOCKS = 12
LONGEST_LIST = 60
IF_THEN = _("What you will try, what you think happens then, and why you think so.")


class NewInitiativeForm(NamingForm):
    """The first entry: seven fields, two minutes, a phone. The rest grows on the page.

    The unit is hers, and folded away, as long as she has one; so is the owner.
    """

    title = forms.CharField(
        label=_("What shall change?"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "next"}),
    )
    why = long_text(3, label=_("Why?"), help_text=_("What is hard today? One example is enough."))
    beneficiary = BeneficiaryField(label=_("For whom?"), initial=Beneficiary.USERS)
    group_text = forms.CharField(
        label=_("Which of them?"),
        max_length=200,
        required=False,
        help_text=_("For example: children of one to five years and their parents."),
    )
    kind = KindField(label=_("What sort of change is it?"), initial=Kind.EVERYDAY)
    goals = GoalsField(label=_("Which goal does it serve? Skip it if you are not sure."))
    hypothesis = long_text(
        2, label=_("If we … then … because …"), required=False, help_text=IF_THEN
    )
    unit = UnitField(label=_("Unit"))
    owner = PersonField(label=_("Owner"))

    def __init__(
        self,
        *given: Any,
        person: Person | None,
        unit: Unit | None,
        promise: Promise | None,
        typed: QueryDict,
        on: date,
    ) -> None:
        initial = {"unit": unit, **_from_promise(promise), **_as_typed(typed)}
        super().__init__(*given, initial=initial)
        self.person, self.promise, self.own_unit = person, promise, unit
        if person is not None:
            del self.fields["owner"]
        sent = self.data if isinstance(self.data, QueryDict) and self.is_bound else typed
        chosen = [key for key in sent.getlist("goals") if key.isdecimal()]
        offer_goals(self, unit, on, chosen=Goal.objects.filter(pk__in=chosen))

    @property
    def is_unit_folded(self) -> bool:
        """Whether the unit is hers as it should be, so that the field need not be seen."""
        return self.own_unit is not None and not self["unit"].errors

    def initiative(self) -> Initiative:
        """The initiative that was written, not kept yet."""
        names = ("title", "why", "beneficiary", "group_text", "kind", "hypothesis", "unit")
        given = {name: self.cleaned_data[name] for name in names}
        owner = self.person or self.cleaned_data["owner"]
        made = Initiative(**given, owner=owner, promise=self.promise)
        if self.promise is not None and self.promise.meeting is not None:
            meeting = self.promise.meeting
            made.group, made.block = meeting.group, meeting.block
            made.programme = meeting.group.plan.wave.programme
        return made


def _from_promise(promise: Promise | None) -> dict[str, str]:
    if promise is None:
        return {}
    return {"title": promise.what[:200], "why": promise.told}


def _as_typed(typed: QueryDict) -> dict[str, Any]:
    """What was written before, in the address or on the page as it was, not judged yet."""
    names = [name for name in NewInitiativeForm.base_fields if name in typed]
    return {name: typed.getlist(name) if name == "goals" else typed[name] for name in names}


def offer_goals(form: forms.BaseForm, unit: Unit | None, on: date, **given: Any) -> None:
    field = form.fields["goals"]
    if isinstance(field, GoalsField):
        field.offer(goals_for(unit, on, **given))


class InitiativeForm(TwoTextsForm[Initiative]):
    """What the initiative is, and where it belongs."""

    references: ClassVar[tuple[str, ...]] = ("unit", "owner", "group", "block")
    field_order = [
        "title", "why", "beneficiary", "group_text", "hypothesis", "goals", "orientations",
        "kind", "owner", "unit", "partner_units", "group", "block", "challenge",
    ]  # fmt: skip

    why = long_text(4, label=_("why"))
    beneficiary = BeneficiaryField()
    hypothesis = long_text(
        3, label=_("if we … then … because …"), required=False, help_text=IF_THEN
    )
    kind = KindField()
    orientations = OrientationsField()
    owner = PersonField(label=_("owner"))
    unit = UnitField(label=_("unit"))
    goals = GoalsField()
    partner_units = UnitLinesField(
        label=_("units taking part"),
        help_text=_("One a line: name or code, in any department or company."),
    )
    group = forms.TypedChoiceField(label=_("born in the group"), required=False, empty_value=None)
    block = forms.TypedChoiceField(
        label=_("at block"), required=False, coerce=int, empty_value=None
    )

    class Meta:
        model = Initiative
        fields = [
            "title", "why", "beneficiary", "group_text", "hypothesis", "kind", "orientations",
            "challenge",
        ]  # fmt: skip

    def __init__(self, *given: Any, on: date, **named: Any) -> None:
        super().__init__(*given, **named)
        initiative = self.instance
        offer_goals(self, initiative.unit, on, chosen=initiative.goals.all())
        self.initial["goals"] = goals_of(initiative)
        self.initial["partner_units"] = list(initiative.partner_units.all())
        self.initial["group"] = initiative.group_id
        self.initial["block"] = initiative.block.number if initiative.block else None
        self._offer_groups()

    def _offer_groups(self) -> None:
        self.groups = {str(group.pk): group for group in groups_to_be_born_in()}
        if self.instance.group is not None:
            self.groups[str(self.instance.group.pk)] = self.instance.group
        named = [(key, f"{one}, {one.plan.wave}") for key, one in self.groups.items()]
        group, block = self.fields["group"], self.fields["block"]
        if isinstance(group, forms.TypedChoiceField):
            group.choices = [("", "–"), *named]
            group.coerce = self.groups.__getitem__
        if isinstance(block, forms.TypedChoiceField):
            numbers = range(1, MOST_BLOCKS + 1)
            block.choices = [("", "–"), *((n, str(n)) for n in numbers)]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        cleaned["block"] = self._block(cleaned.get("group"), cleaned.get("block"))
        cleaned = super().clean()
        group = cleaned.get("group")
        self.instance.programme = group.plan.wave.programme if group else None
        return cleaned

    def _block(self, group: Group | None, number: int | None) -> Block | None:
        if number is None:
            return None
        if group is None:
            self.add_error("block", _("A block is of a group: choose that too."))
            return None
        found = group.plan.wave.blocks.filter(number=number).first()
        if found is None:
            self.add_error("block", _("The group has no such block."))
        return found

    def standing(self, theirs: Any, name: str) -> Any:
        if name == "goals":
            return goals_of(theirs)
        if name == "partner_units":
            return list(theirs.partner_units.all())
        return getattr(theirs, name)


class LearningForm(TwoTextsForm[Initiative]):
    """What was learned, and where the new way lives on."""

    learning = long_text(
        5,
        label=_("what we learned"),
        required=False,
        help_text=_(
            "What surprised you? What would you do otherwise? It is read by those who try next."
        ),
    )

    class Meta:
        model = Initiative
        fields = ["learning", "routine"]
        help_texts = {
            "routine": _(
                "For example: the unit's plan for the year, the introduction of new staff."
            )
        }

    def clean_learning(self) -> str:
        text = str(self.cleaned_data["learning"])
        if not text and self.instance.stage == Stage.STOPPED:
            raise ValidationError(_("An initiative that was stopped keeps what was learned."))
        return text


class DetailsForm(TwoTextsForm[Initiative]):
    """What only this sort of change asks for."""

    class Meta:
        model = Initiative
        fields: ClassVar[list[str]] = []

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for detail in guide_of(self.instance.kind).details:
            self.fields[detail.name] = _detail_field(detail)
            self.initial[detail.name] = _from_kept(detail, self.instance.details.get(detail.name))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given = {
            detail.name: _to_keep(detail, cleaned.get(detail.name))
            for detail in guide_of(self.instance.kind).details
        }
        self.instance.details = {**self.instance.details, **given}
        return cleaned

    def standing(self, theirs: Any, name: str) -> Any:
        detail = next(one for one in guide_of(theirs.kind).details if one.name == name)
        return _from_kept(detail, theirs.details.get(name))


def _detail_field(detail: Detail) -> forms.Field:
    given: dict[str, Any] = {
        "label": detail.label,
        "help_text": detail.help_text,
        "required": False,
    }
    match detail.how:
        case "number":
            return forms.FloatField(**given, min_value=0, localize=True)
        case "date":
            return DayField(**given)
        case "list" | "checklist":
            return long_text(4, **given)
        case _:
            return long_text(2, **given, max_length=1000)


def _from_kept(detail: Detail, value: Any) -> Any:
    if detail.how in {"list", "checklist"}:
        return "\n".join(str(line) for line in value) if isinstance(value, list) else value or ""
    if detail.how == "date" and isinstance(value, str) and value:
        return date.fromisoformat(value)
    return value


def _to_keep(detail: Detail, value: Any) -> Any:
    if detail.how in {"list", "checklist"}:
        lines = [line.strip() for line in str(value or "").splitlines()]
        return [line for line in lines if line][:LONGEST_LIST]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
