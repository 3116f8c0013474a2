"""What every plan of a wave must keep, asked in plain words."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from modig.apps.people.forms.base import DayField
from modig.apps.programme.forms.fields import KeptForm, PercentField, short_day
from modig.apps.programme.models import Attribute, Facilitator, Rules, Venue, Wave
from modig.apps.programme.queries.missing import too_few_weeks
from modig.apps.programme.queries.plans import DEFAULT_WEIGHTS, weekdays
from modig.apps.programme.weeks import WEEKDAYS, blocks_fit, mondays_between, weekdays_as_text

DAYS = (
    ("mon", _("Monday")),
    ("tue", _("Tuesday")),
    ("wed", _("Wednesday")),
    ("thu", _("Thursday")),
    ("fri", _("Friday")),
    ("sat", _("Saturday")),
    ("sun", _("Sunday")),
)
WEIGHTS = (
    (0.0, _("does not matter")),
    (0.5, _("slightly")),
    (1.0, _("a little")),
    (2.0, _("clearly")),
    (3.0, _("above all")),
)
LARGEST_GROUP, LONGEST_WAVE, LONGEST_GAP, MOST_GROUPS = 500, 260, 52, 1000


class RulesForm(KeptForm[Rules]):
    """Sizes, time, caps, what to mix, and where and with whom the groups of a wave meet."""

    size_low = forms.IntegerField(label=_("Smallest group"), min_value=1, max_value=LARGEST_GROUP)
    size_high = forms.IntegerField(label=_("Largest group"), min_value=1, max_value=LARGEST_GROUP)
    groups = forms.IntegerField(
        label=_("Number of groups"),
        min_value=1,
        max_value=MOST_GROUPS,
        required=False,
        help_text=_("Empty: the planner finds the number that the sizes allow."),
    )
    first_day = DayField(
        label=_("First day"), help_text=_("The earliest day on which a group meets.")
    )
    weeks = forms.IntegerField(
        label=_("Weeks"),
        min_value=1,
        max_value=LONGEST_WAVE,
        help_text=_("How many weeks the groups have, counted from the first day."),
    )
    gap_low = forms.IntegerField(
        label=_("Weeks between blocks, at least"), min_value=1, max_value=LONGEST_GAP
    )
    gap_high = forms.IntegerField(
        label=_("Weeks between blocks, at most"), min_value=1, max_value=LONGEST_GAP
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Weekdays on which groups meet"),
        choices=DAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one weekday.")},
    )
    day_begins = forms.TimeField(
        label=_("The day begins"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    day_ends = forms.TimeField(
        label=_("The day ends"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    cap_percent = PercentField(
        label=_("At most away of a unit on one day, per cent"),
        help_text=_(
            "Of everybody who works in the unit. One person may always be away, and a whole team "
            "is never divided."
        ),
    )
    venues = forms.MultipleChoiceField(
        label=_("Venues"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )
    facilitators = forms.MultipleChoiceField(
        label=_("Facilitators"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )

    class Meta:
        model = Rules
        fields = [
            "size_low",
            "size_high",
            "groups",
            "first_day",
            "weeks",
            "gap_low",
            "gap_high",
            "day_begins",
            "day_ends",
            "cap_percent",
        ]

    def __init__(self, *given: Any, wave: Wave, **named: Any) -> None:
        super().__init__(*given, **named)
        self.wave = wave
        rules = self.instance
        self.initial["groups"] = rules.groups or None
        self.initial["weekdays"] = [WEEKDAYS[number] for number in weekdays(rules.weekdays)]
        for name, choices in (("venues", _venues()), ("facilitators", _facilitators())):
            field: Any = self.fields[name]
            field.choices = choices
            chosen = getattr(rules, name).values_list("pk", flat=True) if rules.pk else []
            self.initial[name] = [str(pk) for pk in chosen]
        stored = rules.weights or DEFAULT_WEIGHTS
        for attribute in Attribute:
            weight = float(stored.get(attribute.value, 0))
            self.fields[_weight_name(attribute)] = forms.TypedChoiceField(
                label=str(attribute.label).capitalize(),
                choices=_choices_with(weight),
                coerce=float,
                initial=weight,
            )

    @property
    def weight_fields(self) -> list[forms.BoundField]:
        return [self[_weight_name(attribute)] for attribute in Attribute]

    @property
    def weights(self) -> dict[str, float]:
        """What to mix, with its weight; what does not matter is left out."""
        found = {
            attribute.value: self.cleaned_data.get(_weight_name(attribute), 0.0)
            for attribute in Attribute
        }
        return {name: weight for name, weight in found.items() if weight}

    @property
    def chosen_venues(self) -> list[Venue]:
        return list(Venue.objects.filter(pk__in=self.cleaned_data["venues"]))

    @property
    def chosen_facilitators(self) -> list[Facilitator]:
        return list(Facilitator.objects.filter(pk__in=self.cleaned_data["facilitators"]))

    def clean_groups(self) -> int:
        return self.cleaned_data["groups"] or 0

    def clean_first_day(self) -> Any:
        day = self.cleaned_data["first_day"]
        if not self.wave.starts_on <= day <= self.wave.ends_on:
            raise ValidationError(
                _("The wave lies between %(first)s and %(last)s."),
                params={
                    "first": short_day(self.wave.starts_on),
                    "last": short_day(self.wave.ends_on),
                },
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._in_order(
            "size_low", "size_high", _("The largest group is smaller than the smallest.")
        )
        self._in_order("gap_low", "gap_high", _("The longest gap is shorter than the shortest."))
        begins, ends = cleaned.get("day_begins"), cleaned.get("day_ends")
        if begins and ends and ends <= begins:
            self.add_error("day_ends", _("The day would end before it begins."))
        if "weekdays" in cleaned:
            self.instance.weekdays = weekdays_as_text(cleaned["weekdays"])
            self._check_weekdays(cleaned["weekdays"])
        self.instance.weights = self.weights
        if not self.weights:
            first = _weight_name(Attribute.DEPARTMENT)
            self.add_error(first, _("Choose at least one thing to mix."))
        if {"first_day", "weeks"} <= cleaned.keys():
            self._check_weeks(cleaned)
        return cleaned

    def _in_order(self, low: str, high: str, sentence: Any) -> None:
        first, last = self.cleaned_data.get(low), self.cleaned_data.get(high)
        if first is not None and last is not None and last < first:
            self.add_error(high, sentence)

    def _check_weekdays(self, chosen: list[str]) -> None:
        longest = max((block.days for block in self.wave.blocks.all()), default=0)
        if longest > len(chosen):
            self.add_error(
                "weekdays",
                ValidationError(
                    _("A block of %(days)s days needs as many weekdays."), params={"days": longest}
                ),
            )

    def _check_weeks(self, cleaned: dict[str, Any]) -> None:
        last = cleaned["first_day"] + timedelta(weeks=cleaned["weeks"]) - timedelta(days=1)
        most = -(-((self.wave.ends_on - cleaned["first_day"]).days + 1) // 7)
        if last > self.wave.ends_on and cleaned["weeks"] > most:
            self.add_error(
                "weeks",
                ValidationError(
                    _("The wave ends on %(day)s: at most %(weeks)s weeks from the first day."),
                    params={"day": short_day(self.wave.ends_on), "weeks": most},
                ),
            )
        elif {"gap_low", "gap_high"} <= cleaned.keys() and "gap_high" not in self.errors:
            self._check_blocks(cleaned)

    def _check_blocks(self, cleaned: dict[str, Any]) -> None:
        blocks = self.wave.blocks.count()
        closed = [
            monday
            for weeks in self.wave.closed_weeks.all()
            for monday in mondays_between(weeks.first_monday, weeks.last_monday)
        ]
        gap = (cleaned["gap_low"], cleaned["gap_high"])
        if not blocks_fit(blocks, gap, cleaned["first_day"], cleaned["weeks"], closed):
            asked = Rules(gap_low=gap[0], weeks=cleaned["weeks"])
            self.add_error("weeks", too_few_weeks(blocks, asked, is_closed=bool(closed)))

    def both_texts(self, theirs: Any) -> list[tuple[str, str, str]]:
        differing = [row for row in super().both_texts(theirs) if row[0] not in self._lists()]
        for name in ("venues", "facilitators"):
            mine = {str(one) for one in getattr(self, f"chosen_{name}")}
            now = {str(one) for one in getattr(theirs, name).all()}
            if mine != now:
                label = str(self.fields[name].label)
                differing.append((label, ", ".join(sorted(mine)), ", ".join(sorted(now))))
        if weekdays(self.instance.weekdays) != weekdays(theirs.weekdays):
            label = str(self.fields["weekdays"].label)
            differing.append((label, _said(self.instance.weekdays), _said(theirs.weekdays)))
        now_weights = theirs.weights or DEFAULT_WEIGHTS
        for attribute in Attribute:
            mine_weight, weight = self.weights.get(attribute, 0), now_weights.get(attribute, 0)
            if mine_weight != weight:
                label = str(attribute.label).capitalize()
                differing.append((label, _weight_word(mine_weight), _weight_word(weight)))
        return differing

    def _lists(self) -> set[str]:
        return {str(self.fields[name].label) for name in ("venues", "facilitators", "weekdays")}


def _venues() -> list[tuple[str, str]]:
    seats = _now("%(venue)s, %(seats)s seats")
    return [
        (str(one.pk), seats % {"venue": one, "seats": one.seats}) for one in Venue.objects.all()
    ]


def _facilitators() -> list[tuple[str, str]]:
    return [(str(one.pk), str(one)) for one in Facilitator.objects.all()]


def _weight_name(attribute: Attribute) -> str:
    return f"mix_{attribute.value}"


def _choices_with(weight: float) -> list[tuple[float, Any]]:
    """The words for weights, and the stored weight itself where it is none of them."""
    known = {value for value, _word in WEIGHTS}
    return [*WEIGHTS, *([] if weight in known else [(weight, number_format(weight))])]


def _weight_word(weight: float) -> str:
    return str(dict(WEIGHTS).get(weight, number_format(weight)))


def _said(text: str) -> str:
    names = [str(name) for _day, name in DAYS]
    return ", ".join(names[number] for number in weekdays(text))
