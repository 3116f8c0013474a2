"""Who of a programme's people has been reached, who has dates to come, and who is in no plan."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from modig.apps.people.models import Employment, Person, Unit
from modig.apps.people.models.person import StaffRole
from modig.apps.people.queries.persons import matching
from modig.apps.programme.models import MeetingDay, Participant, Plan, Programme, TargetPart, Wave
from modig.apps.programme.queries.programmes import GroupRow
from modig.apps.programme.queries.targets import (
    Post,
    Staff,
    Target,
    parts_of,
    staff_for,
    target_of,
)

FEW = 1000
"""Up to so many rows are asked for by key; more are read whole, since a query holds no more keys."""

NEW = "new"


class State(models.TextChoices):
    """How far someone has come in a programme."""

    REACHED = "reached", _("has taken part")
    PLANNED = "planned", _("has dates")
    MISSING = "missing", _("has no place")


class Covered(NamedTuple):
    """A person of the programme's target group, as she stands today."""

    person: int
    state: str
    unit: int
    top: int
    role: str
    from_on: date | None
    is_new: bool = False
    group: int | None = None


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department's or company's part of the coverage."""

    unit: Unit
    reached: int
    planned: int
    missing: int

    @property
    def total(self) -> int:
        return self.reached + self.planned + self.missing

    @property
    def covered(self) -> int:
        return self.reached + self.planned

    @property
    def bar(self) -> list[tuple[str, str, str]]:
        """The parts of a bar that is 100 long: kind, where it begins, how long it is."""
        parts = []
        begins = 0.0
        for kind in State.values:
            length = 100 * getattr(self, kind) / self.total
            if length:
                parts.append((kind, f"{begins:.1f}", f"{max(length - 0.4, 0.6):.1f}"))
            begins += length
        return parts


@dataclass
class Coverage:
    """Everybody whom a programme is for today, and who took part but is no longer among them."""

    rows: list[Covered] = field(default_factory=list)
    former: set[int] = field(default_factory=set)
    has_plan: bool = False
    """Without a published plan nobody is missing: all are waiting."""

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(row.state for row in self.rows)

    def count(self, state: str) -> int:
        return self.counts[state]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def reached(self) -> int:
        return self.count(State.REACHED)

    @property
    def planned(self) -> int:
        return self.count(State.PLANNED)

    @property
    def covered(self) -> int:
        return self.total - self.missing

    @property
    def missing(self) -> int:
        return self.count(State.MISSING)

    @property
    def new(self) -> int:
        """Managers who began after the newest published plan was made, and are in none."""
        return sum(row.is_new for row in self.rows)

    @property
    def without_place(self) -> set[int]:
        """Who is in no plan, newly appointed managers apart."""
        return {row.person for row in self.rows if row.state == State.MISSING and not row.is_new}

    @property
    def share(self) -> float | None:
        return self.covered / self.total if self.rows else None


@dataclass(frozen=True, slots=True)
class Place:
    """Someone's place in a published plan, or in one that was: the group's first day that held."""

    person: int
    group: int
    wave: int
    first: date | None
    is_current: bool


@dataclass(slots=True)
class Standing:
    """What waves, targets and plans of some programmes say of people; read once, asked often."""

    staff: Staff
    parts: dict[int, list[TargetPart]]
    targets: dict[int, Target]
    places: list[Place]
    made: dict[int, datetime]


def standing_of(waves: Sequence[Wave], on: date) -> Standing:
    """Read what is needed about these waves, in a fixed number of queries."""
    parts: dict[int, list[TargetPart]] = defaultdict(list)
    for part in parts_of(wave.pk for wave in waves):
        parts[part.wave_id].append(part)
    plans = _plans_that_held(waves)
    staff = staff_for([part for own in parts.values() for part in own], on)
    return Standing(
        staff=staff,
        parts={wave.pk: parts[wave.pk] for wave in waves},
        targets={wave.pk: target_of(parts[wave.pk], staff) for wave in waves},
        places=_places(plans),
        made={plan.wave_id: plan.made_at for plan in plans if plan.state == Plan.State.PUBLISHED},
    )


def _plans_that_held(waves: Sequence[Wave]) -> list[Plan]:
    held = Plan.objects.defer("given", "figures").filter(
        wave__in=[wave.pk for wave in waves], published_at__isnull=False
    )
    return list(held.order_by("wave_id", "published_at", "pk"))


def _places(plans: Sequence[Plan]) -> list[Place]:
    """Everybody's group; of a replaced plan only the days before the next one was published."""
    ends = {
        plan.pk: timezone.localdate(after.published_at)
        for plan, after in pairwise(plans)
        if plan.wave_id == after.wave_id and after.published_at
    }
    days = MeetingDay.objects.filter(meeting__group__plan__in=[plan.pk for plan in plans])
    first = {
        group: (wave, plan, day)
        for group, wave, plan, day in days.order_by()
        .values_list("meeting__group", "meeting__group__plan__wave", "meeting__group__plan")
        .annotate(first=Min("on"))
    }
    current = {plan.pk for plan in plans if plan.state == Plan.State.PUBLISHED}
    rows = Participant.objects.filter(group__plan__in=[plan.pk for plan in plans]).order_by()
    places = []
    for person, group, plan, wave in rows.values_list(
        "person_id", "group_id", "group__plan_id", "group__plan__wave_id"
    ):
        day = first.get(group, (wave, plan, None))[2]
        held = day is not None and (plan not in ends or day < ends[plan])
        if plan in current or held:
            places.append(Place(person, group, wave, day if held else None, plan in current))
    return places


def coverage_of(
    programme: Programme, waves: Iterable[Wave], standing: Standing, on: date
) -> Coverage:
    """Where everybody stands whom the programme's waves name, and every leader where it says so."""
    keys = {wave.pk for wave in waves}
    staff = standing.staff
    people: set[int] = set().union(*(standing.targets[key].persons for key in keys))
    if programme.is_for_all_leaders:
        people |= staff.leaders
    state: dict[int, str] = {}
    group: dict[int, int] = {}
    for place in standing.places:
        if place.wave not in keys:
            continue
        if place.first is not None and place.first <= on:
            state[place.person] = State.REACHED
        elif place.is_current:
            state.setdefault(place.person, State.PLANNED)
        if place.is_current:
            group[place.person] = place.group
    made = max((standing.made[key] for key in keys if key in standing.made), default=None)
    since = timezone.localdate(made) if made else None
    rows = [
        _covered(person, staff.main[person], state.get(person, State.MISSING), since, group)
        for person in people
    ]
    reached = {person for person, now in state.items() if now == State.REACHED}
    return Coverage(rows, reached - people, has_plan=made is not None)


def _covered(
    person: int, post: Post, now: str, since: date | None, group: Mapping[int, int]
) -> Covered:
    """A person with her post; ``since`` is the day on which the newest published plan was made."""
    is_new = (
        now == State.MISSING
        and post.role == StaffRole.MANAGER
        and bool(since and post.from_on and post.from_on > since)
    )
    return Covered(
        person, now, post.unit, post.top, post.role, post.from_on, is_new, group.get(person)
    )


def by_department(coverage: Coverage) -> list[DepartmentRow]:
    """The coverage per department and company, in alphabetical order."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for row in coverage.rows:
        counts[row.top][row.state] += 1
    tops = Unit.objects.select_related("legal_entity").filter(pk__in=counts)
    return [
        DepartmentRow(
            unit,
            counts[unit.pk][State.REACHED],
            counts[unit.pk][State.PLANNED],
            counts[unit.pk][State.MISSING],
        )
        for unit in tops.order_by("sorting", "pk")
    ]


# ---- the list ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows the list: a state or ``new``, a department, words of a name."""

    state: str = ""
    department: int | None = None
    text: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> "Wanted":
        state, department = str(asked.get("state", "")), str(asked.get("department", ""))
        return cls(
            state if state in {*State.values, NEW} else "",
            int(department) if department.isdecimal() else None,
            str(asked.get("q", "")).strip(),
        )


def counts(coverage: Coverage) -> list[tuple[str, Any, int]]:
    """The states that the list can be narrowed to, with their words and numbers."""
    return [
        ("", pgettext_lazy("people", "All"), coverage.total),
        (State.MISSING, _("Have no place"), coverage.missing),
        (NEW, _("Newly appointed"), coverage.new),
        (State.PLANNED, _("Have dates"), coverage.planned),
        (State.REACHED, _("Have taken part"), coverage.reached),
    ]


def narrowed(coverage: Coverage, wanted: Wanted) -> list[Covered]:
    rows = coverage.rows
    if wanted.state == NEW:
        rows = [row for row in rows if row.is_new]
    elif wanted.state:
        rows = [row for row in rows if row.state == wanted.state]
    if wanted.department is not None:
        rows = [row for row in rows if row.top == wanted.department]
    if wanted.text:
        found = set(
            Person.objects.filter(matching("folded", wanted.text)).values_list("pk", flat=True)
        )
        rows = [row for row in rows if row.person in found]
    return rows


def in_order(rows: Sequence[Covered]) -> list[Covered]:
    """First who has no place, then who has dates, then the reached; each by name."""
    states = [State.MISSING, State.PLANNED, State.REACHED]
    people = Person.objects.order_by()
    if len(rows) <= FEW:
        people = people.filter(pk__in=[row.person for row in rows])
    names = dict(people.values_list("pk", "sorting"))
    return sorted(
        rows,
        key=lambda row: (states.index(State(row.state)), names.get(row.person, ""), row.person),
    )


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A person of the list with all that the page says of her."""

    covered: Covered
    person: Person
    title: str
    unit: Unit | None
    top: Unit | None
    group: GroupRow | None

    @property
    def state_label(self) -> Any:
        return State(self.covered.state).label


def named(rows: Sequence[Covered], groups: Iterable[GroupRow]) -> list[NamedRow]:
    """Names, titles, units and groups of these people, in their order and in fixed queries."""
    by_group = {row.group.pk: row for row in groups}
    wanted = {row.person for row in rows}
    few = len(wanted) <= FEW
    people = Person.objects.filter(pk__in=wanted) if few else Person.objects.all()
    persons = {one.pk: one for one in people}
    units = Unit.objects.select_related("legal_entity")
    if few:
        units = units.filter(pk__in={row.unit for row in rows} | {row.top for row in rows})
    unit_of = {one.pk: one for one in units}
    posts = Employment.objects.filter(person__in=wanted) if few else Employment.objects.all()
    titles = {
        (person, unit, role): title
        for person, unit, role, title in posts.order_by("pk").values_list(
            "person_id", "unit_id", "role", "title"
        )
    }
    return [
        NamedRow(
            row,
            persons[row.person],
            titles.get((row.person, row.unit, row.role), ""),
            unit_of.get(row.unit),
            unit_of.get(row.top),
            by_group.get(row.group) if row.group else None,
        )
        for row in rows
    ]
