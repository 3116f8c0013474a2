"""Who of a programme's people has been reached, who has dates to come, and who is in no plan."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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
from modig.apps.people.queries.remembered import remembered
from modig.apps.programme.models import MeetingDay, Participant, Plan, Programme, TargetPart, Wave
from modig.apps.programme.queries.programmes import GroupRow
from modig.apps.programme.queries.targets import (
    BY_KEY,
    Post,
    Staff,
    Target,
    parts_of,
    staff_for,
    target_of,
)

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
    post: Post
    is_new: bool
    group: int | None


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
    """Everybody whom a programme is for today, and who took part but is no longer among them.

    ``states`` and ``groups`` hold whoever has or had a place; ``made`` is the day on which the newest
    published plan was made: without one nobody is missing, all are waiting.
    """

    staff: Staff = field(default_factory=Staff)
    people: set[int] = field(default_factory=set)
    states: dict[int, str] = field(default_factory=dict)
    groups: dict[int, int] = field(default_factory=dict)
    made: date | None = None

    @property
    def has_plan(self) -> bool:
        return self.made is not None

    @property
    def total(self) -> int:
        return len(self.people)

    @cached_property
    def former(self) -> set[int]:
        """Who took part but has left, or is no longer in the target group."""
        reached = {person for person, state in self.states.items() if state == State.REACHED}
        return reached - self.people

    @cached_property
    def with_place(self) -> set[int]:
        return self.states.keys() & self.people

    @cached_property
    def _reached(self) -> set[int]:
        return {person for person in self.with_place if self.states[person] == State.REACHED}

    def in_state(self, state: str) -> set[int]:
        """Who of the people stands so."""
        if state == State.REACHED:
            return self._reached
        if state == State.PLANNED:
            return self.with_place - self._reached
        return self.newly if state == NEW else self.people - self.with_place

    @property
    def reached(self) -> int:
        return len(self._reached)

    @property
    def planned(self) -> int:
        return self.covered - self.reached

    @property
    def covered(self) -> int:
        return len(self.with_place)

    @property
    def missing(self) -> int:
        return self.total - self.covered

    @cached_property
    def newly(self) -> set[int]:
        """Managers who began after the newest published plan was made, and are in none."""
        if self.made is None:
            return set()
        waiting = (self.staff.in_role(StaffRole.MANAGER) & self.people) - self.with_place
        posts = ((person, self.staff.main[person]) for person in waiting)
        return {
            person
            for person, post in posts
            if post.role == StaffRole.MANAGER and post.from_on and post.from_on > self.made
        }

    @property
    def new(self) -> int:
        return len(self.newly)

    @property
    def without_place(self) -> set[int]:
        """Who is in no plan, newly appointed managers apart."""
        return self.people - self.with_place - self.newly

    @property
    def share(self) -> float | None:
        return self.covered / self.total if self.people else None

    @property
    def rows(self) -> list[Covered]:
        return [self.row(person) for person in self.people]

    def row(self, person: int) -> Covered:
        """Where one of the people stands."""
        return Covered(
            person,
            self.states.get(person, State.MISSING),
            self.staff.main[person],
            person in self.newly,
            self.groups.get(person),
        )


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
    for part in parts_of((wave.pk for wave in waves), with_names=False):
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
    states: dict[int, str] = {}
    groups: dict[int, int] = {}
    for place in standing.places:
        if place.wave not in keys:
            continue
        if place.first is not None and place.first <= on:
            states[place.person] = State.REACHED
        elif place.is_current:
            states.setdefault(place.person, State.PLANNED)
        if place.is_current:
            groups[place.person] = place.group
    made = max((standing.made[key] for key in keys if key in standing.made), default=None)
    return Coverage(staff, people, states, groups, timezone.localdate(made) if made else None)


def by_department(coverage: Coverage) -> list[DepartmentRow]:
    """The coverage per department and company, in alphabetical order."""
    main = coverage.staff.main

    def per_top(people: Iterable[int]) -> Counter[int]:
        return Counter(main[person].top for person in people)

    counts = {state: per_top(coverage.in_state(state)) for state in State.values}
    tops = Unit.objects.select_related("legal_entity").filter(pk__in=set().union(*counts.values()))
    return [
        DepartmentRow(unit, **{state: counts[state][unit.pk] for state in State.values})
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


def narrowed(coverage: Coverage, wanted: Wanted) -> set[int]:
    """Who of the people is wanted."""
    people = coverage.in_state(wanted.state) if wanted.state else coverage.people
    if wanted.department is not None:
        main = coverage.staff.main
        people = {person for person in people if main[person].top == wanted.department}
    if wanted.text:
        found = Person.objects.filter(matching("folded", wanted.text))
        people = people & set(found.order_by().values_list("pk", flat=True))
    return people


def in_order(coverage: Coverage, people: Collection[int]) -> list[int]:
    """First who has no place, then who has dates, then the reached; each by name."""
    by_name = [key for key in _everybody_by_name() if key in people]
    states = [State.MISSING, State.PLANNED, State.REACHED]
    return [key for state in states for key in _those(by_name, coverage.in_state(state))]


@remembered
def _everybody_by_name() -> list[int]:
    return list(Person.objects.order_by("sorting", "pk").values_list("pk", flat=True))


def _those(keys: Iterable[int], wanted: Collection[int]) -> list[int]:
    return [key for key in keys if key in wanted]


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A person of the list with all that the page says of her."""

    covered: Covered
    person: Person
    title: str
    from_on: date | None
    unit: Unit | None
    top: Unit | None
    group: GroupRow | None

    @property
    def state_label(self) -> Any:
        return State(self.covered.state).label


def named(coverage: Coverage, people: Iterable[int], groups: Iterable[GroupRow]) -> list[NamedRow]:
    """Names, titles, units and groups of these people, in their order and in fixed queries."""
    by_group = {row.group.pk: row for row in groups}
    rows = [coverage.row(person) for person in people]
    wanted = {row.person for row in rows}
    few = len(wanted) <= BY_KEY
    known = Person.objects.filter(pk__in=wanted) if few else Person.objects.all()
    persons = {one.pk: one for one in known}
    units = Unit.objects.select_related("legal_entity")
    if few:
        of_rows = {row.post.unit for row in rows} | {row.post.top for row in rows}
        units = units.filter(pk__in=of_rows)
    unit_of = {one.pk: one for one in units}
    posts = Employment.objects.filter(person__in=wanted) if few else Employment.objects.all()
    said = {
        (person, unit, role): (title, from_on)
        for person, unit, role, title, from_on in posts.order_by("pk").values_list(
            "person_id", "unit_id", "role", "title", "from_on"
        )
    }
    return [
        NamedRow(
            row,
            persons[row.person],
            *said.get((row.person, row.post.unit, row.post.role), ("", None)),
            unit_of.get(row.post.unit),
            unit_of.get(row.post.top),
            by_group.get(row.group) if row.group else None,
        )
        for row in rows
    ]
