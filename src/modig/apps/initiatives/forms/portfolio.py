"""What the portfolio is asked for, and a choice of filters under a name."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from modig.apps.direction.models import Goal
from modig.apps.initiatives.actions.portfolio_bulk import Change
from modig.apps.initiatives.models import Cluster, Stage
from modig.apps.initiatives.queries.benefits import goals_to_filter_by
from modig.apps.initiatives.queries.clusters import kept_clusters
from modig.apps.initiatives.queries.portfolio import SORTS, PortfolioFilter
from modig.apps.people.forms.base import NamingForm
from modig.apps.people.forms.fields import PersonField, UnitField
from modig.apps.people.models import Person
from modig.apps.people.queries.units import opened_unit

KEPT = (
    "q", "stage", "department", "with", "kind", "goal", "beneficiary", "joint", "silent", "silent_below",
    "mine",
    "year", "cluster", "sort",
)  # fmt: skip
MOST_WEEKS = 520
LATEST_YEAR = date.max.year
IN_NONE = "none"


def read_filter(asked: QueryDict, person: Person | None) -> PortfolioFilter:
    """The filter of an address; what cannot be read asks for nothing."""
    return PortfolioFilter(
        text=asked.get("q", "").strip()[:200],
        stage=asked.get("stage", ""),
        department=opened_unit(asked.get("department", "")),
        joint_with=opened_unit(asked.get("with", "")),
        kind=asked.get("kind", ""),
        goal=_goal(asked.get("goal", "")),
        beneficiary=asked.get("beneficiary", ""),
        is_joint=asked.get("joint") == "1",
        silent=min(_number(asked.get("silent", "")), MOST_WEEKS),
        mine=person if asked.get("mine") == "1" else None,
        entered_by=min(_number(asked.get("year", "")), LATEST_YEAR),
        cluster=_cluster(asked.get("cluster", "")),
        in_no_cluster=asked.get("cluster") == IN_NONE,
        silent_below=min(_number(asked.get("silent_below", "")), MOST_WEEKS),
        without_goal=asked.get("goal") == IN_NONE,
    )


def read_sort(asked: QueryDict) -> str:
    sort = asked.get("sort", "")
    return sort if sort in SORTS else "heard"


def kept_query(text: str) -> str:
    """The filters of an address without what is not one, in a steady order."""
    asked = QueryDict(text.lstrip("?"), mutable=True)
    kept = QueryDict(mutable=True)
    for name in KEPT:
        if value := asked.get(name, ""):
            kept[name] = value
    return kept.urlencode()


def _goal(text: str) -> Goal | None:
    return Goal.objects.filter(pk=_number(text)).first() if _number(text) else None


def _cluster(text: str) -> Cluster | None:
    return Cluster.objects.filter(pk=_number(text)).first() if _number(text) else None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


class SavedViewForm(forms.Form):
    """The name of a view, and whether everybody gets it."""

    name = forms.CharField(label=_("what the view is called"), max_length=100)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1500)
    is_shared = forms.BooleanField(label=_("show it to everybody"), required=False)

    def __init__(self, *given: Any, may_share: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        if not may_share:
            del self.fields["is_shared"]

    def clean_query(self) -> str:
        query = kept_query(self.cleaned_data["query"])
        if len(query) > 500:
            raise forms.ValidationError(_("The search is too long to be kept."))
        return query


class BulkForm(NamingForm):
    """What is changed of all that are chosen; what is left empty stays as it is."""

    owner = PersonField(label=_("new owner"), required=False)
    goal = forms.ChoiceField(label=_("goal to add"), required=False)
    partner = UnitField(label=_("department or unit that takes part"), required=False)
    cluster = forms.ChoiceField(label=_("cluster to put them in"), required=False)
    stage = forms.ChoiceField(label=_("new stage"), required=False)
    note = forms.CharField(label=_("why, if it goes back a stage"), max_length=500, required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.goals = {str(goal.pk): goal for goal in goals_to_filter_by()}
        goals = [(key, f"{goal.code} {goal.said.name}") for key, goal in self.goals.items()]
        self.fields["goal"].choices = [("", _("as it is")), *goals]  # type: ignore[attr-defined]
        self.clusters = {str(one.pk): one for one in kept_clusters()}
        clusters = [(key, str(one)) for key, one in self.clusters.items()]
        self.fields["cluster"].choices = [("", _("as it is")), *clusters]  # type: ignore[attr-defined]
        self.fields["stage"].choices = [("", _("as it is")), *Stage.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and self.change().is_empty:
            raise forms.ValidationError(_("Choose what to change."))
        return cleaned

    def change(self) -> Change:
        given = self.cleaned_data
        return Change(
            owner=given["owner"],
            goal=self.goals.get(given["goal"]),
            partner=given["partner"],
            cluster=self.clusters.get(given["cluster"]),
            stage=given["stage"],
            note=given["note"],
        )


def read_chosen(texts: list[str]) -> dict[int, int]:
    """The keys that were ticked, each with the version that was seen: ``12-3``."""
    chosen = {}
    for text in texts:
        key, _dash, version = text.partition("-")
        if _number(key) and _number(version):
            chosen[_number(key)] = _number(version)
    return chosen
