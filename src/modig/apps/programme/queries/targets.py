"""Who a wave is for: counted for many waves at once, and what the planner is given."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Aggregate, CharField, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from modig.apps.people.models import Employment, KeyPersonNomination, TeamSeat, Unit
from modig.apps.people.models.person import StaffRole
from modig.apps.people.queries.persons import valid_on
from modig.apps.people.queries.remembered import remembered
from modig.apps.programme.models import TargetPart

LEADING = (StaffRole.MANAGER.value, StaffRole.KEY_PERSON.value)
MANY = 500
"""So many persons are asked for at a time."""
BY_KEY = 5000
"""Up to so many are asked for by key; more are read whole, since a query holds no more keys."""


class KeysOf(Aggregate):
    """The numbers of a group's rows as one text, with commas between them."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "STRING_AGG(%(expressions)s::text, ',')"
        return super().as_sql(compiler, connection, template=template, **context)


class Post(NamedTuple):
    """Someone's main employment: a leading one before others, then by degree.

    Only of leaders, and of those who were asked for by name, is it known when it began.
    """

    unit: int
    top: int
    role: str
    from_on: date | None


@dataclass(frozen=True, slots=True)
class Seat:
    team: int
    code: str
    leads: bool


@dataclass(slots=True)
class Staff:
    """The people of a day, as far as target groups need them.

    ``posts`` hold, by role, who works at each place of the tree; ``members`` who is in each team.
    """

    main: dict[int, Post] = field(default_factory=dict)
    posts: dict[str, dict[str, list[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    nominated: set[int] = field(default_factory=set)
    seats: dict[int, list[Seat]] = field(default_factory=dict)
    members: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @property
    def leaders(self) -> set[int]:
        """Every manager and key person, by title or by nomination."""
        titled = set().union(*(self.in_role(role) for role in LEADING))
        return titled | (self.nominated & self.main.keys())

    def in_role(self, role: str, path: str = "") -> set[int]:
        """Who works in a role, in the unit at ``path`` or under it."""
        places = self.posts.get(role, {})
        return set().union(*(who for where, who in places.items() if where.startswith(path)))


@dataclass(frozen=True, slots=True)
class Target:
    """Whole teams with everybody in them, and persons who come alone.

    ``idle`` are those whom it names, but who have no employment that day.
    """

    persons: frozenset[int] = frozenset()
    team_of: dict[int, int] = field(default_factory=dict)
    idle: frozenset[int] = frozenset()

    @property
    def teams(self) -> set[int]:
        return set(self.team_of.values())

    @property
    def alone(self) -> int:
        return len(self.persons) - len(self.team_of)

    @property
    def largest_team(self) -> tuple[int, int]:
        """The team with the most people, and how many; nought where nobody comes in a team."""
        sizes: dict[int, int] = defaultdict(int)
        for team in self.team_of.values():
            sizes[team] += 1
        return max(sizes.items(), key=lambda item: item[1], default=(0, 0))


def parts_of(waves: Iterable[int], *, with_names: bool = True) -> list[TargetPart]:
    """The target parts of these waves, with all that their names need where those are wanted."""
    parts = TargetPart.objects.filter(wave__in=list(waves))
    return list(parts.select_related("unit", *(("team", "person") if with_names else ())))


def staff_for(parts: Collection[TargetPart], on: date) -> Staff:
    """The people of ``on``: leaders, team members and whom the parts name; everybody if they ask."""
    return _read_staff(on, everybody=any(_wants_everybody(part) for part in parts))


@remembered
def _read_staff(on: date, *, everybody: bool) -> Staff:
    staff = Staff(nominated=_nominated(on), seats=_seats(on))
    for person, seats in staff.seats.items():
        for seat in seats:
            staff.members[seat.team].add(person)
    employments = Employment.objects.filter(valid_on(on)).filter(
        Q(person__left_on=None) | Q(person__left_on__gt=on)
    )
    lies = {pk: (path, top or pk) for pk, path, top in _places_of_units()}
    _add_posts(staff, employments.filter(role__in=LEADING), lies)
    others = employments.exclude(role__in=LEADING)
    if everybody:
        _add_everybody(staff, others, lies)
        return staff
    seated = TeamSeat.objects.filter(valid_on(on), person__isnull=False)
    named = TargetPart.objects.filter(person__isnull=False)
    _add_posts(
        staff,
        others.filter(
            Q(person__in=seated.values("person"))
            | Q(person__in=named.values("person"))
            | Q(person__in=KeyPersonNomination.objects.filter(_open_on(on)).values("person"))
        ),
        lies,
    )
    return staff


def _add_posts(
    staff: Staff, employments: QuerySet[Employment], lies: Mapping[int, tuple[str, int]]
) -> None:
    """Note who works where; leaders come first, and of two employments the larger one.

    No more is read than is needed, and days come as plain texts.
    """
    plain = employments.annotate(since=Cast("from_on", CharField()))
    columns = ("person_id", "role", "unit_id", "since")
    for person, role, unit, since in plain.order_by("-degree", "key").values_list(*columns):
        path, top = lies[unit]
        staff.posts[role][path].append(person)
        if person not in staff.main:
            from_on = date.fromisoformat(since) if since else None
            staff.main[person] = Post(unit, top, role, from_on)


def _add_everybody(
    staff: Staff, employments: QuerySet[Employment], lies: Mapping[int, tuple[str, int]]
) -> None:
    """The same for tens of thousands: a row per unit and role, and one for each of several."""
    leading = staff.main.keys() | set()
    several: set[int] = set()
    grouped = employments.order_by().values_list("unit_id", "role")
    for unit, role, keys in grouped.annotate(keys=KeysOf("person_id")):
        path, top = lies[unit]
        people = [int(key) for key in keys.split(",")]
        staff.posts[role][path] += people
        several.update(staff.main.keys() & people)
        staff.main |= dict.fromkeys(set(people) - leading, Post(unit, top, role, None))
    _choose_main(staff, employments, several - leading, lies)


def _choose_main(
    staff: Staff,
    employments: QuerySet[Employment],
    people: Collection[int],
    lies: Mapping[int, tuple[str, int]],
) -> None:
    """Of those who have several employments, none of them leading, the largest is the main one."""
    keys = sorted(people)
    for begin in range(0, len(keys), MANY):
        theirs = employments.filter(person__in=keys[begin : begin + MANY])
        staff.main |= {
            person: Post(unit, lies[unit][1], role, None)
            for person, role, unit in theirs.order_by("degree", "-key").values_list(
                "person_id", "role", "unit_id"
            )
        }


def _places_of_units() -> Iterable[tuple[int, str, int | None]]:
    return Unit.objects.order_by().values_list("pk", "path", "top_id")


def _wants_everybody(part: TargetPart) -> bool:
    names_one = part.team_id or part.person_id
    return not names_one and part.role not in LEADING


def _open_on(on: date) -> Q:
    return Q(nominated_on__lte=on) & (Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))


def _nominated(on: date) -> set[int]:
    rows = KeyPersonNomination.objects.filter(_open_on(on))
    return set(rows.values_list("person_id", flat=True))


def _seats(on: date) -> dict[int, list[Seat]]:
    kinds = (TeamSeat.Kind.LEADER, TeamSeat.Kind.MEMBER)
    rows = TeamSeat.objects.filter(
        valid_on(on),
        Q(team__to_on=None) | Q(team__to_on__gt=on),
        person__isnull=False,
        kind__in=kinds,
    )
    seats: dict[int, list[Seat]] = defaultdict(list)
    for person, team, code, kind in rows.values_list("person_id", "team_id", "team__code", "kind"):
        seats[person].append(Seat(team, code, kind == TeamSeat.Kind.LEADER))
    return dict(seats)


def named_by(part: TargetPart, staff: Staff) -> set[int]:
    """The persons that one part names by itself."""
    if part.team_id:
        return staff.members.get(part.team_id, set())
    if part.person_id:
        return {part.person_id}
    path = part.unit.path if part.unit else ""
    roles = [part.role] if part.role else list(staff.posts)
    found = set().union(*(staff.in_role(role, path) for role in roles))
    if part.role == StaffRole.KEY_PERSON:
        everywhere = (staff.in_role(role, path) for role in staff.posts)
        found |= staff.nominated & set().union(*everywhere)
    return found


def target_of(parts: Sequence[TargetPart], staff: Staff) -> Target:
    """Everybody whom the parts of one wave bring: whole teams, and who comes alone."""
    named = {part.team_id for part in parts if part.team_id}
    lone = set().union(*(named_by(part, staff) for part in parts if not part.team_id))

    def first(seats: Sequence[Seat]) -> int:
        if len(seats) == 1:
            return seats[0].team
        return min(seats, key=lambda seat: (seat.team not in named, not seat.leads, seat.code)).team

    whole = named | {first(staff.seats[person]) for person in lone & staff.seats.keys()}
    seated = {
        person: first(here)
        for person, seats in staff.seats.items()
        if (here := [seat for seat in seats if seat.team in whole])
    }
    everyone = seated.keys() | lone
    team_of = {person: team for person, team in seated.items() if person in staff.main}
    persons = frozenset(everyone & staff.main.keys())
    return Target(persons, team_of, frozenset(everyone - persons))


# ---- in words ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SaidPart:
    """A target part in words, with how many people it names; persons by name are one row."""

    name: Any
    kind: Any
    people: int
    part: TargetPart | None


def said(parts: Sequence[TargetPart], staff: Staff, *, sees_people: bool) -> list[SaidPart]:
    """The parts of one wave as a list: roles and units first, then teams, then named persons."""
    ranked = sorted(parts, key=lambda part: (bool(part.person_id), bool(part.team_id), part.pk))
    rows = [
        SaidPart(_name_of(part), _kind_of(part), _employed(part, staff), part)
        for part in ranked
        if not part.person_id
    ]
    persons = [part for part in ranked if part.person_id]
    if len(persons) == 1 and sees_people:
        rows.append(
            SaidPart(persons[0].person, _("person"), _employed(persons[0], staff), persons[0])
        )
    elif persons:
        n = len({part.person_id for part in persons} & staff.main.keys())
        name = ngettext("%(n)s named person", "%(n)s named people", len(persons))
        only = persons[0] if len(persons) == 1 else None
        rows.append(SaidPart(name % {"n": len(persons)}, _("list"), n, only))
    return rows


def _employed(part: TargetPart, staff: Staff) -> int:
    return len(named_by(part, staff) & staff.main.keys())


def _kind_of(part: TargetPart) -> str:
    if part.team_id:
        return _("management team")
    return (
        _("role in a unit") if part.role and part.unit_id else _("role") if part.role else _("unit")
    )


def _name_of(part: TargetPart) -> str:
    if part.team_id:
        return str(part.team)
    who = (
        {
            StaffRole.MANAGER: _("All managers"),
            StaffRole.KEY_PERSON: _("All key people"),
            StaffRole.EMPLOYEE: _("All other employees"),
        }.get(StaffRole(part.role))
        if part.role
        else _("Everybody")
    )
    return _("%(who)s in %(unit)s") % {"who": who, "unit": part.unit} if part.unit_id else str(who)
