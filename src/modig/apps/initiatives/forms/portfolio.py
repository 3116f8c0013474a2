"""What the portfolio is asked for, and a choice of filters under a name."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from modig.apps.direction.models import Goal
from modig.apps.initiatives.queries.portfolio import SORTS, PortfolioFilter
from modig.apps.people.models import Person
from modig.apps.people.queries.units import opened_unit

KEPT = (
    "q", "stage", "department", "with", "kind", "goal", "beneficiary", "joint", "silent", "mine",
    "year", "sort",
)  # fmt: skip
MOST_WEEKS = 520
LATEST_YEAR = date.max.year


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
