"""Focus areas and goals, level by level, and what hangs on them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import ngettext

from modig.apps.accounts.models import User
from modig.apps.direction.hangs_on import Hanging, hanging_on
from modig.apps.direction.models import Assignment, FocusArea, Goal, Orientation, Vision
from modig.apps.direction.permissions import assignments_seen_by
from modig.apps.people.folding import fold
from modig.apps.people.models import Unit


def in_order(found: Iterable[Goal]) -> list[Goal]:
    """Goals by focus area and code, as people count: G2, G3, G3.1, G10."""
    return sorted(
        found, key=lambda goal: (goal.focus_area.number, goal.focus_area_id, _parts(goal))
    )


def _parts(goal: Goal) -> list[tuple[bool, int, str]]:
    """A code in its numbers and what stands between them."""
    return [
        (part.isdecimal(), int(part) if part.isdecimal() else 0, part)
        for part in re.split(r"(\d+)", goal.code)
        if part
    ]


def goals() -> QuerySet[Goal]:
    """Goals with what a list says of them."""
    return (
        Goal.objects.select_related("focus_area", "unit__top__legal_entity", "owner")
        .prefetch_related("sources")
        .order_by("focus_area__number", "focus_area", "code")
    )


def holding(on: date, prefix: str = "") -> Q:
    """Neither withdrawn nor past its last day."""
    return Q(**{f"{prefix}withdrawn_on": None}) & (
        Q(**{f"{prefix}to_on": None}) | Q(**{f"{prefix}to_on__gte": on})
    )


def find_goal(goal_id: int) -> Goal:
    found = goals().select_related(
        "focus_area__vision", "unit__top__legal_entity", "owner", "parent"
    )
    return get_object_or_404(found, pk=goal_id)


def focus_areas() -> QuerySet[FocusArea]:
    """The focus areas that hold, in their order."""
    return FocusArea.objects.filter(withdrawn_on=None).order_by("-vision__from_on", "number", "pk")


@dataclass(slots=True)
class Branch:
    """A goal with the goals right below it, and with what hangs on it."""

    goal: Goal
    hanging: list[Hanging]
    below: list["Branch"] = field(default_factory=list)

    @property
    def all_below(self) -> int:
        """How many goals lie below it, on every level."""
        return len(self.below) + sum(branch.all_below for branch in self.below)

    @property
    def hangs(self) -> str:
        """What hangs on it, in words."""
        return ", ".join(one.words for one in self.hanging)


def _grow(found: Iterable[Goal], user: User) -> tuple[dict[int, Branch], list[Branch]]:
    """The branches by the goal's key, and those that lie under none of the others."""
    found = in_order(found)
    hanging = hanging_on([goal.pk for goal in found], user)
    branches = {goal.pk: Branch(goal, hanging[goal.pk]) for goal in found}
    tops: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.goal.parent_id or 0)
        (above.below if above else tops).append(branch)
    return branches, tops


@dataclass(frozen=True, slots=True)
class Area:
    """A focus area with its goals as a tree."""

    area: FocusArea
    goals: list[Branch]


def areas_of(vision: Vision, user: User, on: date) -> list[Area]:
    """The focus areas of a vision with the goals that hold, in a fixed number of queries."""
    areas = list(vision.focus_areas.filter(withdrawn_on=None).order_by("number", "pk"))
    found = goals().filter(holding(on), focus_area__in=areas)
    _, tops = _grow(found, user)
    by_area: dict[int, list[Branch]] = defaultdict(list)
    for branch in tops:
        by_area[branch.goal.focus_area_id].append(branch)
    return [Area(area, by_area[area.pk]) for area in areas]


@dataclass(frozen=True, slots=True)
class Levels:
    """A goal among the others of its focus area: those above it, and those below."""

    above: list[Goal]
    here: Branch
    hanging_below: list[Hanging]


def levels_of(goal: Goal, user: User, on: date) -> Levels:
    """The way from the focus area to the goal, and the tree below it down to the units."""
    branches, _ = _grow(goals().filter(focus_area=goal.focus_area_id), user)
    here = branches[goal.pk]
    here.below = _still_there(here.below, on)
    above: list[Goal] = []
    key = goal.parent_id
    while key in branches:
        above.insert(0, branches[key].goal)
        key = branches[key].goal.parent_id
    return Levels(above, here, [one for branch in here.below for one in _hanging_in(branch)])


def _still_there(branches: list[Branch], on: date) -> list[Branch]:
    """Without the goals that hold no longer, unless goals that hold lie below them."""
    for branch in branches:
        branch.below = _still_there(branch.below, on)
    return [branch for branch in branches if branch.below or branch.goal.holds_on(on)]


def _hanging_in(branch: Branch) -> list[Hanging]:
    return branch.hanging + [one for below in branch.below for one in _hanging_in(below)]


def hanging_loose(goal: Goal, user: User, on: date) -> list[Hanging]:
    """What will hang loose when a goal is withdrawn: what hangs on it, and the goals below it."""
    here = levels_of(goal, user, on).here
    loose = list(here.hanging)
    if below := here.all_below:
        words = ngettext("%(n)s goal below it", "%(n)s goals below it", below) % {"n": below}
        loose.append(Hanging(below, words))
    return loose


def assignments_on(keys: Sequence[int], user: User) -> Mapping[int, Hanging]:  # noqa: ARG001 -- a number tells on nobody
    """How many assignments serve each of these goals."""
    rows = (
        Goal.objects.filter(pk__in=keys)
        .order_by()
        .values_list("pk")
        .annotate(n=Count("assignments"))
    )
    return {
        key: Hanging(n, ngettext("%(n)s assignment", "%(n)s assignments", n) % {"n": n})
        for key, n in rows
    }


def assignments_serving(goal: Goal, user: User) -> QuerySet[Assignment]:
    """The assignments that serve a goal, as far as ``user`` sees them."""
    return (
        Assignment.objects.filter(assignments_seen_by(user), goals=goal)
        .select_related("holder", "unit")
        .distinct()
    )


@dataclass(frozen=True, slots=True)
class GoalFilter:
    """What narrows the list of goals."""

    text: str = ""
    area: FocusArea | None = None
    unit: Unit | None = None
    orientation: str = ""
    withdrawn: bool = False


def goals_matching(wanted: GoalFilter, on: date) -> list[Goal]:
    """The goals that hold, or those that do not hold any more, narrowed."""
    found = goals()
    found = found.exclude(holding(on)) if wanted.withdrawn else found.filter(holding(on))
    if wanted.text:
        found = found.filter(pk__in=_reading(wanted.text))
    if wanted.area:
        found = found.filter(focus_area=wanted.area)
    if wanted.unit:
        found = found.filter(unit__path__startswith=wanted.unit.path)
    if wanted.orientation in Orientation:
        turned = [
            key
            for key, turns in Goal.objects.values_list("pk", "orientations")
            if wanted.orientation in turns
        ]
        found = found.filter(pk__in=turned)
    return in_order(found)


def _reading(text: str) -> list[int]:
    """The goals in whose code and names, in any language, every word occurs."""
    words = fold(text).split()
    rows = Goal.objects.order_by().values_list("pk", "code", "name", "translations")
    return [
        key
        for key, code, name, translations in rows
        if all(
            word in fold(code, name, *(said.get("name", "") for said in translations.values()))
            for word in words
        )
    ]


def opened_area(key: str) -> FocusArea | None:
    """The focus area that the address names."""
    return FocusArea.objects.filter(pk=int(key)).first() if key.isdecimal() else None


def opened_goal(key: str) -> Goal | None:
    """The goal that the address names."""
    return Goal.objects.filter(pk=int(key)).first() if key.isdecimal() else None


def goals_by_orientation(on: date) -> Counter[str]:
    """How many goals that hold turn towards each orientation."""
    turned = Goal.objects.filter(holding(on)).values_list("orientations", flat=True)
    return Counter(code for turns in turned for code in turns)


def units_with_goals() -> QuerySet[Unit]:
    """The top units in or below which goals have been set."""
    tops = Goal.objects.filter(unit__isnull=False).values_list("unit__top", "unit")
    keys = {top or unit for top, unit in tops}
    return Unit.objects.filter(pk__in=keys).order_by("sorting", "pk")
