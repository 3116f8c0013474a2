"""What is asked about a wave: its time, its blocks, who it is for, and when nobody meets."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from modig.apps.people.forms.base import DayField
from modig.apps.people.forms.fields import UnitField
from modig.apps.people.models import ManagementTeam, Person, StaffRole, Unit
from modig.apps.programme.forms.fields import (
    DaysField,
    KeptForm,
    PartForm,
    PercentField,
    WeekField,
    short_day,
)
from modig.apps.programme.models import Block, Programme, Wave
from modig.apps.programme.queries.quotas import BETWEEN, Kinds

MOST_DAYS = 5
MOST_NAMED = 5000
EVERYBODY = "everybody"


# ---- waves ---------------------------------------------------------------------------------------


class _WaveForm(KeptForm[Wave]):
    starts_on = DayField(label=_("Starts"))
    ends_on = DayField(label=_("Ends"))

    class Meta:
        model = Wave
        fields = ["name", "starts_on", "ends_on"]
        labels = {"name": _("Name")}

    def __init__(self, *given: Any, programme: Programme, **named: Any) -> None:
        super().__init__(*given, **named)
        self.programme = programme

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = self.programme.waves.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError(_("Another wave of the programme has this name."))
        return name

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if day < self.programme.starts_on:
            raise ValidationError(
                _("The programme starts later, on %(day)s."),
                params={"day": short_day(self.programme.starts_on)},
            )
        return day

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        if day > self.programme.ends_on:
            raise ValidationError(
                _("The programme ends earlier, on %(day)s."),
                params={"day": short_day(self.programme.ends_on)},
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The wave would end before it starts."))
        return cleaned


class WaveForm(_WaveForm):
    """An existing wave or pause: its name, its place among the others, its time."""

    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=999,
        help_text=_("The place among the programme's waves and pauses."),
    )

    class Meta(_WaveForm.Meta):
        fields = ["name", "number", "starts_on", "ends_on"]

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if self.programme.waves.filter(number=number).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another wave or pause has this number."))
        return number


class NewWaveForm(_WaveForm):
    """A new wave or pause, with what it takes over from an earlier wave."""

    COPIES = (
        ("blocks", _("the blocks")),
        ("rules", _("sizes, gaps, caps and what to mix")),
        ("places", _("venues and facilitators")),
        ("target", _("the target group")),
        ("keep_apart", _("teams that are kept apart")),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (Wave.Kind.WAVE, _("A wave, in which groups meet")),
            (Wave.Kind.PAUSE, _("A pause, to let it take root")),
        ],
        initial=Wave.Kind.WAVE,
        widget=forms.RadioSelect,
    )
    like = forms.ChoiceField(label=_("Take over from"), required=False)
    copies = forms.MultipleChoiceField(
        label=_("What to take over"),
        choices=COPIES,
        required=False,
        initial=["blocks", "rules", "places"],
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ("kind", "name", "starts_on", "ends_on", "like", "copies")

    class Meta(_WaveForm.Meta):
        fields = ["kind", "name", "starts_on", "ends_on"]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        waves = Wave.objects.filter(kind=Wave.Kind.WAVE).select_related("programme")
        waves = waves.annotate(n_blocks=Count("blocks"))
        self.earlier = {str(one.pk): one for one in waves.order_by("programme", "number")}
        if not self.earlier:
            del self.fields["like"], self.fields["copies"]
            return
        like: Any = self.fields["like"]
        named_waves = [(key, self._name_of(one)) for key, one in self.earlier.items()]
        like.choices = [("", _("nothing, begin afresh")), *named_waves]
        own = [
            key
            for key, one in self.earlier.items()
            if one.programme_id == self.programme.pk and one.n_blocks
        ]
        self.initial.setdefault("like", own[-1] if own else "")

    def _name_of(self, wave: Wave) -> str:
        other = wave.programme_id != self.programme.pk
        return f"{wave.programme}: {wave}" if other else str(wave)

    def clean_like(self) -> Wave | None:
        return self.earlier.get(self.cleaned_data["like"])


# ---- blocks --------------------------------------------------------------------------------------


class BlockForm(KeptForm[Block]):
    """An existing block."""

    number = forms.IntegerField(
        label=_("Number"), min_value=1, max_value=99, help_text=_("Groups meet in this order.")
    )
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=MOST_DAYS)

    class Meta:
        model = Block
        fields = ["number", "title", "focus", "days"]
        labels = {"title": pgettext_lazy("block", "Title"), "focus": _("Focus")}
        help_texts = {"focus": _("What the participants work on. It stands on their pages.")}
        widgets = {"focus": forms.Textarea(attrs={"rows": 3})}

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        others = self.instance.wave.blocks.exclude(pk=self.instance.pk)
        if others.filter(number=number).exists():
            raise ValidationError(_("Another block has this number."))
        return number


class NewBlockForm(PartForm):
    """A block after the others."""

    title = forms.CharField(label=pgettext_lazy("block", "Title"), max_length=200)
    focus = forms.CharField(
        label=_("Focus"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What the participants work on. It stands on their pages."),
    )
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=MOST_DAYS, initial=1)


# ---- target group --------------------------------------------------------------------------------


class TargetRoleForm(PartForm):
    """Everybody with a role, in the whole organisation or in one unit and below it."""

    role = forms.ChoiceField(
        label=_("Who"),
        choices=[
            (StaffRole.MANAGER, _("managers")),
            (StaffRole.KEY_PERSON, _("key people")),
            (StaffRole.EMPLOYEE, _("other employees")),
            (EVERYBODY, _("everybody")),
        ],
    )
    unit = UnitField(
        label=_("In the unit"),
        required=False,
        help_text=_("Name or code, with every unit below it. Empty: the whole organisation."),
    )

    @property
    def roles(self) -> list[str]:
        """The roles that were chosen; an empty one means everybody in the unit."""
        role: str = self.cleaned_data["role"]
        if role != EVERYBODY:
            return [role]
        return [""] if self.cleaned_data["unit"] else list(StaffRole.values)


class TargetTeamsForm(PartForm):
    """Whole management teams."""

    teams = forms.MultipleChoiceField(
        label=_("Management teams"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose a team, or several.")},
    )

    def __init__(self, *given: Any, teams: Iterable[ManagementTeam], **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["teams"]
        field.choices = [(str(team.pk), str(team)) for team in teams]


class TargetListForm(PartForm):
    """Persons by employee number or e-mail, pasted as a list."""

    persons = forms.CharField(
        label=_("Employee numbers or e-mail addresses"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One on each line, or separated by commas. Anyone in a management team brings the whole team."
        ),
    )

    def clean_persons(self) -> list[Person]:
        words = [word for word in re.split(r"[\s,;]+", self.cleaned_data["persons"]) if word]
        if len(words) > MOST_NAMED:
            raise ValidationError(
                _("At most %(n)s at a time. Choose roles or units for more."),
                params={"n": MOST_NAMED},
            )
        found = _persons_by_word(words)
        unknown = [word for word in dict.fromkeys(words) if word.casefold() not in found]
        if unknown:
            shown = ", ".join(unknown[:10])
            more = _now(" and %(n)s more") % {"n": len(unknown) - 10} if len(unknown) > 10 else ""
            raise ValidationError(
                _("Nobody employed has: %(unknown)s."), params={"unknown": shown + more}
            )
        return list(dict.fromkeys(found[word.casefold()] for word in words))


def _persons_by_word(words: Iterable[str]) -> dict[str, Person]:
    """Persons by employee number and by e-mail, in small letters; numbers go before."""
    wanted = {word.casefold() for word in words}
    found: dict[str, Person] = {}
    employed = Person.objects.filter(Q(left_on=None))
    for person in employed.only("pk", "number", "email").order_by("pk"):
        if person.email.casefold() in wanted:
            found.setdefault(person.email.casefold(), person)
    for person in employed.only("pk", "number", "email").order_by("pk"):
        if person.number.casefold() in wanted:
            found[person.number.casefold()] = person
    return found


# ---- when nobody meets, and who does not meet ----------------------------------------------------


class ClosedWeeksForm(PartForm):
    """Weeks in which no group meets."""

    first_monday = WeekField(label=_("First week"))
    last_monday = WeekField(
        label=_("Last week"), required=False, help_text=_("Empty: the first week alone.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("For example summer.")
    )

    def __init__(self, *given: Any, wave: Wave, **named: Any) -> None:
        super().__init__(*given, **named)
        self.wave = wave

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first = cleaned.get("first_monday")
        last = cleaned["last_monday"] = cleaned.get("last_monday") or first
        if first and last:
            self._check(first, last)
        return cleaned

    def _check(self, first: date, last: date) -> None:
        if last < first:
            self.add_error("last_monday", _("The last week comes before the first."))
        elif last < self.wave.starts_on and (self.wave.starts_on - last).days > 6:
            self.add_error("last_monday", _("The wave has not started yet in these weeks."))
        elif first > self.wave.ends_on:
            self.add_error("first_monday", _("The wave is over by then."))
        elif self.wave.closed_weeks.filter(first_monday=first, last_monday=last).exists():
            self.add_error("first_monday", _("These weeks are closed already."))


class KeepApartForm(PartForm):
    """Two teams that must not share a group."""

    team_a = forms.ModelChoiceField(
        ManagementTeam.across_organisations.none(), label=_("Team"), empty_label=_("choose")
    )
    team_b = forms.ModelChoiceField(
        ManagementTeam.across_organisations.none(),
        label=_("is kept apart from"),
        empty_label=_("choose"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("For example that one leads the other."),
    )

    def __init__(self, *given: Any, wave: Wave, teams: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.wave = wave
        for name in ("team_a", "team_b"):
            field: Any = self.fields[name]
            field.queryset = teams

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        a, b = cleaned.get("team_a"), cleaned.get("team_b")
        if a and b:
            known = Q(team_a=a, team_b=b) | Q(team_a=b, team_b=a)
            if a == b:
                self.add_error("team_b", _("A team cannot be kept apart from itself."))
            elif self.wave.keep_apart.filter(known).exists():
                self.add_error("team_b", _("These two are kept apart already."))
        return cleaned


class UnitCapForm(PartForm):
    """A lower cap for a unit and every unit below it."""

    unit = UnitField(label=_("Unit"), help_text=_("Name or code. It holds for units below it too."))
    percent = PercentField(label=_("At most away on one day, per cent"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *given: Any, wave: Wave, general: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.wave, self.general = wave, general

    def clean_unit(self) -> Unit:
        unit: Unit = self.cleaned_data["unit"]
        if self.wave.unit_caps.filter(unit=unit).exists():
            raise ValidationError(_("This unit has a cap of its own already."))
        return unit

    def clean_percent(self) -> Any:
        percent = self.cleaned_data["percent"]
        if percent >= self.general:
            raise ValidationError(
                _("It has to be lower than the wave's own cap, %(cap)s per cent."),
                params={"cap": format(self.general.normalize(), "f")},
            )
        return percent


class QuotaForm(PartForm):
    """How many of a kind every group shall have."""

    kind = forms.ChoiceField(label=_("Of whom"))
    least = forms.IntegerField(
        label=_("At least in a group"), min_value=1, max_value=999, required=False
    )
    or_none = forms.BooleanField(label=_("or none at all"), required=False)
    most = forms.IntegerField(
        label=_("At most in a group"), min_value=0, max_value=999, required=False
    )
    most_percent = PercentField(
        label=_("At most, per cent of a group"),
        min_value=1,
        required=False,
        help_text=_("As a number of people, or as a share, not both."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("For example that nobody from a small company sits alone."),
    )

    def __init__(self, *given: Any, wave: Wave, kinds: Kinds, **named: Any) -> None:
        super().__init__(*given, **named)
        self.wave = wave
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("choose")), *kinds.choices()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["least"] = cleaned.get("least") or 0
        kind = cleaned.pop("kind", None)
        if kind is not None:
            cleaned["attribute"], _between, cleaned["value"] = kind.partition(BETWEEN)
            same = {"attribute": cleaned["attribute"], "value": cleaned["value"]}
            if self.wave.quotas.filter(**same).exists():
                self.add_error("kind", _("This is asked for already: take it out first."))
        if not self.errors:
            self._check(cleaned)
        return cleaned

    def _check(self, cleaned: dict[str, Any]) -> None:
        least, most, percent = cleaned["least"], cleaned["most"], cleaned["most_percent"]
        if not least and most is None and percent is None:
            self.add_error("least", _("Write at least one number."))
        elif most is not None and percent is not None:
            self.add_error("most_percent", _("Write a number or a share, not both."))
        elif most is not None and most < least:
            self.add_error("most", _("It cannot be lower than the least number."))
        elif cleaned["or_none"] and not least:
            self.add_error("least", _("“Or none at all” needs a least number."))


class TeamAwayForm(PartForm):
    """Days on which a team cannot come."""

    team = forms.ModelChoiceField(
        ManagementTeam.across_organisations.none(), label=_("Team"), empty_label=_("choose")
    )
    days = DaysField(
        label=_("Days"),
        required=True,
        help_text=_("A day on each line, or several as 2027-06-21–2027-07-30."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("For example a budget day.")
    )

    def __init__(self, *given: Any, wave: Wave, teams: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.wave = wave
        team: Any = self.fields["team"]
        team.queryset = teams

    def clean_team(self) -> ManagementTeam:
        team: ManagementTeam = self.cleaned_data["team"]
        if self.wave.teams_away.filter(team=team).exists():
            raise ValidationError(_("This team has its days already: take them out first."))
        return team


class FarApartForm(PartForm):
    """Two places that nobody leads in on two days running."""

    place_a = forms.ChoiceField(label=_("Place"))
    place_b = forms.ChoiceField(label=_("is far from"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("For example two hours by train."),
    )

    def __init__(self, *given: Any, wave: Wave, places: Iterable[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.wave = wave
        for name in ("place_a", "place_b"):
            field: Any = self.fields[name]
            field.choices = [("", _("choose")), *((place, place) for place in places)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        a, b = cleaned.get("place_a"), cleaned.get("place_b")
        known = Q(place_a=a, place_b=b) | Q(place_a=b, place_b=a)
        if a and b:
            if a == b:
                self.add_error("place_b", _("A place cannot be far from itself."))
            elif self.wave.far_apart.filter(known).exists():
                self.add_error("place_b", _("These two are in the list already."))
        return cleaned
