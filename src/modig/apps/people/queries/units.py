"""The tree of units and the numbers in it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from modig.apps.accounts.models import User
from modig.apps.people.models import (
    Employment,
    LegalEntity,
    Person,
    StaffRole,
    Unit,
    UnitEdge,
    UnitSuccession,
)
from modig.apps.people.permissions import units_seen_by
from modig.apps.people.queries.persons import current_employments, managers_by_unit, matching
from modig.apps.people.queries.remembered import remembered


@dataclass(slots=True)
class Branch:
    """A unit as a row of the tree; ``below`` is filled where the branch is open."""

    unit: Unit
    people: int = 0
    managers: int = 0
    children: int = 0
    heads: list[Person] = field(default_factory=list)
    below: list["Branch"] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return bool(self.below)

    @property
    def heads_shown(self) -> list[Person]:
        return self.heads[:1]

    @property
    def heads_more(self) -> int:
        return max(0, len(self.heads) - 1)


def open_units() -> QuerySet[Unit]:
    return Unit.objects.filter(closed_on__isnull=True).select_related(
        "legal_entity", "top__legal_entity"
    )


def top_units() -> QuerySet[Unit]:
    """The departments and companies, in alphabetical order."""
    return open_units().filter(parent__isnull=True).order_by("sorting")


def find_unit(unit_id: int) -> Unit:
    return get_object_or_404(
        Unit.objects.select_related("legal_entity", "top__legal_entity", "parent"), pk=unit_id
    )


def ancestors(unit: Unit) -> list[Unit]:
    """The units above, from the top one down."""
    keys = _keys(unit.path)[:-1]
    found = Unit.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def units_matching(user: User | AnonymousUser, text: str) -> QuerySet[Unit]:
    """Open units whose name, code or short name holds every word, in the order of the tree."""
    return open_units().filter(units_seen_by(user)).filter(matching("folded", text))


def staff_counts(on: date) -> Counter[int]:
    """How many persons work in each unit itself on that day, by the unit's key."""
    rows = (
        current_employments(on)
        .order_by()
        .values_list("unit")
        .annotate(people=Count("person", distinct=True))
    )
    return Counter(dict(rows))


def own_staff(unit: Unit, on: date) -> int:
    """How many persons work in the unit itself on that day."""
    found = current_employments(on).filter(unit=unit).order_by()
    return found.values("person").distinct().count()


@dataclass(frozen=True, slots=True)
class Heads:
    """How many persons work in each unit and below it, and in all; who works in two parts once."""

    people: Counter[int]
    managers: Counter[int]
    all_people: int
    all_managers: int


Post = tuple[int, int, str]


def heads(on: date, *, within: str = "") -> Heads:
    """The numbers of all units, or of those on the path ``within``, in two reads of employments.

    Sums employments, and takes off what those who have several make too much: quicker than to count
    tens of thousands of persons each by herself.
    """
    return _count_heads(on, within)


@remembered
def _count_heads(on: date, within: str) -> Heads:
    employed = current_employments(on).order_by()
    if within:
        employed = employed.filter(unit__path__startswith=within)
    paths = dict(Unit.objects.order_by().values_list("pk", "path"))
    sums: dict[str, Counter[int]] = {"": Counter(), StaffRole.MANAGER: Counter()}
    posts: Counter[str] = Counter()
    for unit, role, n in employed.values_list("unit", "role").annotate(posts=Count("pk")):
        for kind in ("", role) if role in sums else ("",):
            posts[kind] += n
            for key in _keys(paths[unit]):
                sums[kind][key] += n
    several = _of_several(employed)
    found = {kind: [post for post in several if kind in {"", post[2]}] for kind in sums}
    for kind, own in found.items():
        sums[kind].subtract(_counted_twice(own, paths))
        posts[kind] -= len(own) - len({person for person, _unit, _role in own})
    return Heads(sums[""], sums[StaffRole.MANAGER], posts[""], posts[StaffRole.MANAGER])


def headcounts(on: date) -> Counter[int]:
    """How many persons work in each unit and below it; who works in two parts counts once."""
    return heads(on).people


def _of_several(employed: QuerySet[Employment]) -> list[Post]:
    """Person, unit and role of each employment of those who have more than one."""
    several = employed.values("person").annotate(posts=Count("pk")).filter(posts__gt=1)
    rows = employed.filter(person__in=several.values("person"))
    return list(rows.values_list("person", "unit", "role"))


def _counted_twice(posts: Iterable[Post], paths: dict[int, str]) -> Counter[int]:
    """By how much a sum over units is too large, because some persons have several posts."""
    times: Counter[tuple[int, int]] = Counter()
    for person, unit, _role in posts:
        times.update((person, key) for key in _keys(paths[unit]))
    surplus: Counter[int] = Counter()
    for (_person, key), count in times.items():
        surplus[key] += count - 1
    return surplus


def tree(
    user: User | AnonymousUser,
    *,
    on: date,
    counted: Heads,
    opened: Unit | None = None,
    sees_people: bool = True,
) -> list[Branch]:
    """The top units; under them the branches down to ``opened`` and one step further."""
    path = _keys(opened.path) if opened else []
    units = list(
        open_units().filter(Q(parent__isnull=True) | Q(parent__in=path)).order_by("sorting", "pk")
    )
    return _grown(_branches(units, user, on, counted, sees_people=sees_people), root=None)


def branch(
    user: User | AnonymousUser,
    unit: Unit,
    *,
    on: date,
    is_open: bool = True,
    sees_people: bool = True,
) -> Branch:
    """One unit as a row of the tree, with the units right below it where it is open."""
    units = [unit]
    if is_open:
        units += open_units().filter(parent=unit).order_by("sorting", "pk")
    counted = heads(on, within=unit.path)
    return _grown(_branches(units, user, on, counted, sees_people=sees_people), root=unit)[0]


def rows(
    user: User | AnonymousUser, units: Iterable[Unit], *, on: date, sees_people: bool = True
) -> list[Branch]:
    """These units as rows without anything below them."""
    return list(_branches(list(units), user, on, heads(on), sees_people=sees_people).values())


def _grown(branches: dict[int, Branch], *, root: Unit | None) -> list[Branch]:
    grown: list[Branch] = []
    for one in branches.values():
        above = branches.get(one.unit.parent_id or 0)
        if one.unit == root or (root is None and one.unit.parent_id is None):
            grown.append(one)
        elif above:
            above.below.append(one)
    return grown


def _branches(
    units: list[Unit],
    user: User | AnonymousUser,
    on: date,
    counted: Heads,
    *,
    sees_people: bool,
) -> dict[int, Branch]:
    keys = [unit.pk for unit in units]
    children: dict[int, int] = dict(
        Unit.objects.filter(parent__in=keys, closed_on__isnull=True)
        .order_by()
        .values_list("parent")
        .annotate(below=Count("pk"))
    )
    leading = managers_by_unit(keys, on, seen_by=user) if sees_people else {}
    return {
        unit.pk: Branch(
            unit=unit,
            people=counted.people[unit.pk],
            managers=counted.managers[unit.pk],
            children=children.get(unit.pk, 0),
            heads=leading.get(unit.pk, []),
        )
        for unit in units
    }


def opened_unit(key: str) -> Unit | None:
    """The unit whose branch the address of the tree opens, if it names one."""
    return open_units().filter(pk=int(key)).first() if key.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Numbers:
    """How large the organisation is today."""

    units: int
    people: int
    managers: int
    tops: int


def numbers(counted: Heads) -> Numbers:
    return Numbers(
        units=open_units().count(),
        people=counted.all_people,
        managers=counted.all_managers,
        tops=top_units().count(),
    )


def parts_of(unit: Unit) -> list[Unit]:
    """The units that a divided unit became."""
    split = unit.successors.filter(kind=UnitSuccession.Kind.SPLIT).select_related("after")
    return [succession.after for succession in split]


def edges_of(unit: Unit) -> QuerySet[UnitEdge]:
    """Under which units a unit has lain, the newest first."""
    return unit.edges_up.select_related("parent").order_by("-from_on", "-pk")


def successions_of(unit: Unit) -> QuerySet[UnitSuccession]:
    """The mergers and divisions that a unit came out of or went into."""
    return UnitSuccession.objects.filter(Q(before=unit) | Q(after=unit)).select_related(
        "before", "after"
    )


def legal_entities() -> QuerySet[LegalEntity]:
    """The municipality and its companies."""
    return LegalEntity.objects.all()


def units_by_legal_entity() -> Counter[int]:
    """How many open units each legal entity has, by its key."""
    rows = open_units().filter(legal_entity__isnull=False).order_by().values_list("legal_entity")
    return Counter(dict(rows.annotate(units=Count("pk"))))


def find_legal_entity(entity_id: int) -> LegalEntity:
    return get_object_or_404(LegalEntity, pk=entity_id)


def _keys(path: str) -> list[int]:
    return [int(key) for key in path.split("/") if key]
