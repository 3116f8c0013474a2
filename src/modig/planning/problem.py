"""What the planner is given: people, groups, dates and the rules that bind them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from types import MappingProxyType

Unit = tuple[str, ...]
TeamKey = tuple[str, str]
"""``("team", name)``, or ``("alone", person id)`` for whoever comes without a team."""

GAP_TOLERANCE_WEEKS = 0.8
MON_TO_FRI = frozenset(range(5))
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Person:
    """One participant. ``unit`` is the tuple of names that together name a unit."""

    id: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    team: str | None = None
    unit: Unit = ()

    @property
    def team_key(self) -> TeamKey:
        return ("alone", self.id) if self.team is None else ("team", self.team)


@dataclass(frozen=True, slots=True)
class Cap:
    """The most people of a unit who may be away on one day.

    ``n`` employees, ``plain`` = max(1, floor(share x n)), ``cap`` the same raised to the most people
    that one whole team has from the unit, ``team`` the team that has most.
    """

    n: int
    plain: int
    cap: int
    team: str = ""

    @property
    def is_raised(self) -> bool:
        return self.cap > self.plain


@dataclass(frozen=True, slots=True)
class RaisedCap:
    """A unit whose cap a whole team raised."""

    unit: Unit
    n: int
    plain: int
    cap: int
    team: str


def unit_caps(
    people: Iterable[Person], staff_counts: Mapping[Unit, int], share: Fraction
) -> dict[Unit, Cap]:
    """Cap of every unit that has participants; ``share`` is exact, so 0.1 of 30 is 3 and not 2."""
    largest: dict[Unit, tuple[int, str]] = {}
    for (team, unit), n in Counter((p.team_key, p.unit) for p in people).items():
        largest[unit] = max(largest.get(unit, (0, "")), (n, team[1]))
    caps = {}
    for unit, (size, team_name) in largest.items():
        if unit not in staff_counts:
            raise ValueError(f"the unit {'/'.join(unit)!r} has no employees in the staff counts")
        plain = max(1, int(share * staff_counts[unit]))
        caps[unit] = Cap(staff_counts[unit], plain, max(plain, size), team_name)
    return caps


def raised_caps(caps: Mapping[Unit, Cap]) -> tuple[RaisedCap, ...]:
    """The units where the size of a whole team raised the cap, by name."""
    return tuple(
        RaisedCap(unit, cap.n, cap.plain, cap.cap, cap.team)
        for unit, cap in sorted(caps.items())
        if cap.is_raised
    )


@dataclass(frozen=True, slots=True)
class Quota:
    """How many people with a value of an attribute every group shall have.

    At least ``least`` (or, with ``or_none``, none at all), at most ``most``, and at most
    ``most_share`` of the group. Without a ``value`` this holds for every value of the attribute.
    """

    attribute: str
    value: str | None = None
    least: int = 0
    most: int | None = None
    most_share: Fraction | None = None
    or_none: bool = False

    def __post_init__(self) -> None:
        if min(self.least, 0 if self.most is None else self.most) < 0:
            raise ValueError(f"the quota for {self.whom}: a number of people is never below 0")
        if not self.least and self.most is None and self.most_share is None:
            raise ValueError(f"the quota for {self.whom} asks for nothing")
        if self.or_none and not self.least:
            raise ValueError(f"the quota for {self.whom}: 'or none' needs a least number")
        if self.most is not None and self.least > self.most:
            raise ValueError(
                f"the quota for {self.whom}: at least {self.least} is more than at most {self.most}"
            )
        if self.most_share is not None and not 0 < self.most_share <= 1:
            raise ValueError(f"the quota for {self.whom}: a share is above 0 % and at most 100 %")

    def __str__(self) -> str:
        """What is asked of a group: "none or at least 2, at most 5"."""
        asked = []
        if self.least:
            asked.append(f"{'none or ' if self.or_none else ''}at least {self.least}")
        if self.most is not None:
            asked.append(f"at most {self.most}")
        if self.most_share is not None:
            asked.append(f"at most {float(100 * self.most_share):g} %")
        return ", ".join(asked)

    @property
    def whom(self) -> str:
        return f"{self.attribute} {'of any kind' if self.value is None else repr(self.value)}"

    def most_in(self, size: int) -> int:
        """The most people of the value that a group of this size may have."""
        share = size if self.most_share is None else floor(self.most_share * size)
        return share if self.most is None else min(self.most, share)

    def allows(self, n: int, size: int) -> bool:
        """Whether a group of ``size`` may have ``n`` people of the value."""
        return n <= self.most_in(size) and (n >= self.least or (self.or_none and n == 0))


@dataclass(frozen=True)
class CompositionProblem:
    """Which teams form each programme group. Nonsense cannot be built: it raises ``ValueError``.

    ``keep_apart`` names pairs of teams (or of people who come alone). A key of ``locks`` is a team's
    name, a person's id, or a ``TeamKey`` where one text could mean either. ``history`` holds pairs
    of people who have met before; pairs with others are ignored. ``group_names`` may be left out:
    then they are the locks' names first and numbers for the rest. ``whole_teams`` says whether the
    bound is that of whole teams; left out, it is so as soon as somebody has a team. Without
    ``weights``, or with zeros alone, every grouping that keeps the rules is as good as any other.
    """

    people: tuple[Person, ...]
    groups: int
    low: int
    high: int
    weights: Mapping[str, float]
    keep_apart: tuple[tuple[str, str], ...] = ()
    locks: Mapping[str | TeamKey, str] = field(default_factory=dict)
    caps: Mapping[Unit, Cap] = field(default_factory=dict)
    group_names: tuple[str, ...] = ()
    history: tuple[tuple[str, str], ...] = ()
    whole_teams: bool | None = None
    quotas: tuple[Quota, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", tuple(self.people))
        object.__setattr__(self, "keep_apart", tuple(self.keep_apart))
        object.__setattr__(self, "history", tuple(self.history))
        object.__setattr__(self, "quotas", tuple(self.quotas))
        self._refuse_nonsense()
        object.__setattr__(self, "group_names", self._names())
        for first, second in self.keep_apart_keys():
            if first == second:
                raise ValueError(f"{first[1]!r} cannot be kept apart from itself")
        self.locked_keys()

    def _refuse_nonsense(self) -> None:
        if not self.people:
            raise ValueError("there is nobody to put into groups")
        if self.groups < 1 or not 0 <= self.low <= self.high or self.high < 1:
            raise ValueError("at least one group, and sizes from low to high, are needed")
        if len({person.id for person in self.people}) != len(self.people):
            raise ValueError("person ids must be unique")
        if any(not weight >= 0 for weight in self.weights.values()):
            raise ValueError("weights must not be negative")
        self._refuse_unknown_attributes()

    def _refuse_unknown_attributes(self) -> None:
        needed = self.weights.keys() | {quota.attribute for quota in self.quotas}
        for person in self.people:
            if missing := needed - person.attributes.keys():
                raise ValueError(f"person {person.id!r} lacks the attribute {min(missing)!r}")
        for quota in self.quotas:
            if quota.value is not None and quota.value not in self._values(quota.attribute):
                raise ValueError(f"the quota for {quota.whom}: nobody has this value")

    def _names(self) -> tuple[str, ...]:
        locked = list(dict.fromkeys(self.locks.values()))
        if self.group_names:
            names = list(dict.fromkeys(self.group_names))
        else:
            numbers = [str(k) for k in range(1, self.groups + 1)]
            free = [number for number in numbers if number not in locked]
            new = [name for name in locked if name not in numbers]
            names = numbers if not new else [*locked, *free[: max(0, self.groups - len(locked))]]
        if len(names) != self.groups:
            raise ValueError(f"{self.groups} groups are asked for, but {len(names)} are named")
        if unknown := set(locked) - set(names):
            raise ValueError(f"locked to the unknown group {min(unknown)!r}")
        return tuple(names)

    @property
    def has_teams(self) -> bool:
        if self.whole_teams is not None:
            return self.whole_teams
        return any(person.team is not None for person in self.people)

    @property
    def can_fill(self) -> bool:
        return self.groups * self.low <= len(self.people) <= self.groups * self.high

    def most_uneven_sizes(self) -> list[int]:
        """Sizes within the bounds that hold the most pairs: as many groups as possible at high."""
        spare, room = len(self.people) - self.groups * self.low, self.high - self.low
        return [self.low + min(room, max(0, spare - k * room)) for k in range(self.groups)]

    def teams(self) -> dict[TeamKey, list[Person]]:
        """Everyone by team, in the order of the people."""
        found: dict[TeamKey, list[Person]] = {}
        for person in self.people:
            found.setdefault(person.team_key, []).append(person)
        return found

    def quota_values(self) -> list[tuple[Quota, str]]:
        """Every quota with every value that it is about."""
        return [
            (quota, value)
            for quota in self.quotas
            for value in (
                [quota.value] if quota.value is not None else self._values(quota.attribute)
            )
        ]

    def _values(self, attribute: str) -> list[str]:
        return list(dict.fromkeys(person.attributes[attribute] for person in self.people))

    def keep_apart_keys(self) -> list[tuple[TeamKey, TeamKey]]:
        known = {person.team_key for person in self.people}

        def key(name: str) -> TeamKey:
            for kind in ("team", "alone"):
                if (kind, name) in known:
                    return kind, name
            raise ValueError(f"{name!r}, to be kept apart, is no team and nobody who comes alone")

        return [(key(first), key(second)) for first, second in self.keep_apart]

    def locked_keys(self) -> list[tuple[TeamKey, str]]:
        """Team and group of every lock; a team may come more than once."""
        team_of = {person.id: person.team_key for person in self.people}
        known = set(team_of.values())

        def key(name: str | TeamKey) -> TeamKey:
            meant = {name} & known if isinstance(name, tuple) else {("team", name)} & known
            if isinstance(name, str) and name in team_of:
                meant.add(team_of[name])
            if len(meant) != 1:
                what = (
                    "both a team and a person elsewhere" if meant else "neither a team nor a person"
                )
                raise ValueError(f"the lock of {name!r}: this is {what}")
            return meant.pop()

        return [(key(name), group) for name, group in self.locks.items()]


@dataclass(frozen=True)
class ScheduleProblem:
    """When each group meets. ``gap`` is in weeks, from first day to first day of two blocks.

    ``lengths`` gives the days of each block, or one number for all of them. ``caps`` holds the units
    that have a cap; others have none. ``locks`` fixes the first day of a (group, block); blocks
    count from 1. ``unavailable`` holds (person id, date). ``weekdays`` count from Monday = 0.

    ``venues_closed`` and ``facilitators_off`` hold (name, date). ``seats`` says for how many people a
    venue has room, ``places`` where it lies; without them it has room for all, and is nowhere far
    from another. ``far_apart`` holds pairs of places so far from each other that nobody leads in one
    of them the day after the other.
    """

    members: Mapping[str, Sequence[Person]]
    blocks: int
    start: date
    weeks: int
    gap: tuple[int, int]
    venues: tuple[str, ...]
    facilitators: tuple[str, ...]
    lengths: int | tuple[int, ...] = 1
    caps: Mapping[Unit, Cap] = field(default_factory=dict)
    closed_weeks: frozenset[tuple[int, int]] = frozenset()
    holidays: frozenset[date] = frozenset()
    weekdays: frozenset[int] = MON_TO_FRI
    unavailable: frozenset[tuple[str, date]] = frozenset()
    locks: Mapping[tuple[str, int], date] = field(default_factory=dict)
    venues_closed: frozenset[tuple[str, date]] = frozenset()
    facilitators_off: frozenset[tuple[str, date]] = frozenset()
    seats: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    far_apart: frozenset[frozenset[str]] = frozenset()

    def __post_init__(self) -> None:
        if isinstance(self.lengths, int):
            object.__setattr__(self, "lengths", (self.lengths,) * self.blocks)
        if self.blocks < 1 or self.weeks < 1 or not self.members:
            raise ValueError("groups, blocks and weeks are needed")
        if len(self.length_of_block) != self.blocks or min(self.length_of_block) < 1:
            raise ValueError("every block needs its length in days")
        if not 0 <= self.gap[0] <= self.gap[1]:
            raise ValueError("the gap goes from its low to its high number of weeks")
        for names in (self.venues, self.facilitators):
            if not names or len(set(names)) != len(names):
                raise ValueError("venues and facilitators need different names, at least one each")
        if not self.weekdays <= frozenset(range(7)):
            raise ValueError("weekdays are numbered from Monday = 0 to Sunday = 6")
        self._refuse_unknown_locks()

    def _refuse_unknown_locks(self) -> None:
        for group, block in self.locks:
            if group not in self.members or not 1 <= block <= self.blocks:
                raise ValueError(f"a lock names the unknown block {block} of group {group!r}")

    def seats_enough(self, venue: str, group: str) -> bool:
        """Whether the group has room there."""
        return venue not in self.seats or len(self.members[group]) <= self.seats[venue]

    def is_far(self, venue: str, other: str) -> bool:
        """Whether nobody leads in one of these venues the day after the other."""
        pair = frozenset({self.places.get(venue, ""), self.places.get(other, "")})
        return pair in self.far_apart

    def venues_on(self, day: date, people: int = 0) -> int:
        """How many venues are open that day with room for so many people."""
        return sum(
            (venue, day) not in self.venues_closed and self.seats.get(venue, people) >= people
            for venue in self.venues
        )

    def places_on(self, day: date) -> int:
        """How many meetings there can be that day, as far as venues and facilitators go."""
        leaders = sum((name, day) not in self.facilitators_off for name in self.facilitators)
        return min(self.venues_on(day), leaders)

    @property
    def length_of_block(self) -> tuple[int, ...]:
        return self.lengths if isinstance(self.lengths, tuple) else (self.lengths,) * self.blocks

    @property
    def end(self) -> date:
        """The day after the last."""
        return self.start + timedelta(weeks=self.weeks)

    def why_not(self, day: date) -> str | None:
        """The rule that forbids this day to everybody, if one does."""
        return self.closed_by(day) if self.start <= day < self.end else "outside_horizon"

    def closed_by(self, day: date) -> str | None:
        """The same without a look at the horizon."""
        if day.weekday() not in self.weekdays:
            return "weekday"
        year, week, _ = day.isocalendar()
        if (year, week) in self.closed_weeks:
            return "closed_week"
        return "holiday" if day in self.holidays else None

    def working_days(self) -> list[date]:
        days = (self.start + timedelta(days=k) for k in range(7 * self.weeks))
        return [day for day in days if self.why_not(day) is None]

    def follow(self, days: Sequence[date]) -> bool:
        """No working day lies between two of these days."""
        between = (
            first + timedelta(days=k)
            for first, second in pairwise(days)
            for k in range(1, (second - first).days)
        )
        return all(self.why_not(day) for day in between)

    def keeps_gap(self, early: date, late: date) -> bool:
        """Whether two first days lie far enough apart, with 0.8 week of tolerance on both sides."""
        low, high = self.gap_in_days(GAP_TOLERANCE_WEEKS)
        return low <= (late - early).days <= high

    def gap_in_days(self, tolerance_weeks: float) -> tuple[int, int]:
        low, high = self.gap[0] - tolerance_weeks, self.gap[1] + tolerance_weeks
        return max(1, ceil(low * 7)), floor(high * 7)


@dataclass(frozen=True)
class ContactsProblem:
    """Who shall sit together in each of several rounds.

    ``history`` holds pairs who have met before; pairs with others are ignored. ``weights`` says how
    much more a first meeting is worth that crosses a border, by attribute. With ``sit_out`` every
    group has exactly ``size`` people and the rest pause; else sizes differ by at most one.
    """

    people: tuple[Person, ...]
    size: int
    rounds: int
    history: tuple[tuple[str, str], ...] = ()
    sit_out: bool = False
    weights: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.people or self.size < 1 or self.rounds < 1:
            raise ValueError("people, a group size and rounds are needed")
        if len({person.id for person in self.people}) != len(self.people):
            raise ValueError("person ids must be unique")
        for person in self.people:
            if missing := self.weights.keys() - person.attributes.keys():
                raise ValueError(f"person {person.id!r} lacks the attribute {min(missing)!r}")

    @property
    def tables(self) -> int:
        n = len(self.people)
        return n // self.size if self.sit_out else -(-n // self.size)

    @property
    def sits_out_each(self) -> int:
        """How many people pause in each round."""
        return len(self.people) - self.tables * self.size if self.sit_out else 0

    def history_pairs(self) -> set[tuple[str, str]]:
        """Pairs of people who are here, each once."""
        here = {person.id for person in self.people}
        return {(min(a, b), max(a, b)) for a, b in self.history if a in here and b in here}

    def most_meetings(self) -> int:
        """Meetings of two people that the rounds hold: no plan has more new pairs."""
        seated = len(self.people) - self.sits_out_each
        even, rest = divmod(seated, self.tables)
        pairs = self.tables * (even * (even - 1) // 2) + rest * even
        return self.rounds * pairs
