"""The only way from the pages to the planner: plain values in, plain values out.

``given`` is what a plan was made from (`queries.plans.what_is_given`); a grouping is the name of a
group by employee number.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from modig import planning
from modig.apps.programme.queries.plans import NO_LOCKS, Locks, MeetingRow
from modig.planning import Reason, Status

Given = Mapping[str, Any]
Grouping = Mapping[str, str]
Figures = dict[str, Any]
SHARE_FOR_GROUPS = 0.5
ATTEMPTS = 3
SECONDS_AFTER_STOP = 6.0
"""Who stops the search for groups still gets dates: half of this is allowed for them."""


@dataclass(frozen=True, slots=True)
class HowFar:
    """How far the search has come: what is looked for, and the best so far."""

    share: float
    looks_for: str
    value: float
    broken: int


@dataclass(frozen=True, slots=True)
class Made:
    """A plan as the planner found it, or the reasons why there is none."""

    status: str
    reasons: tuple[tuple[str, Mapping[str, int | str], str], ...]
    groups: Grouping = field(default_factory=dict)
    names: tuple[str, ...] = ()
    meetings: tuple[MeetingRow, ...] = ()
    figures: Figures = field(default_factory=dict)
    seed: int = 1
    steps: int = 0

    @property
    def is_a_plan(self) -> bool:
        return bool(self.groups and self.meetings)


@dataclass(frozen=True, slots=True)
class Limit:
    """When a search ends: after so many seconds, or so many steps."""

    seconds: float | None = None
    steps: int | None = None

    def part(self, share: float) -> dict[str, Any]:
        return {
            "seconds": None if self.seconds is None else max(0.1, self.seconds * share),
            "steps": None if self.steps is None else max(1, int(self.steps * share)),
        }


def holidays(country: str, first: date, weeks: int) -> list[str]:
    """The public holidays that the plan keeps free, as ISO dates."""
    try:
        days = planning.public_holidays(country, first, first + timedelta(weeks=weeks))
    except planning.UnknownCountryError:
        return []
    return [day.isoformat() for day in days]


# ---- making a plan -------------------------------------------------------------------------------


def make(  # noqa: PLR0913 -- all but what is given are by name
    given: Given,
    *,
    seed: int,
    limit: Limit,
    new_names: Sequence[str],
    locks: Locks = NO_LOCKS,
    names: Sequence[str] = (),
    tell: Callable[[HowFar], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Made:
    """Put the whole teams into groups, then the groups on dates.

    Where no dates are found for a grouping, the next seed's grouping is tried. ``names`` are those
    of the groups so far; ``new_names`` are for more.
    """
    made = Made(Status.NOT_FOUND, ())
    for attempt in range(ATTEMPTS):
        share = 1 / 2**attempt
        search = _Search(given, seed + attempt, limit, share, locks, tell, should_stop)
        made = search.run(names, new_names)
        if made.status != Status.NOT_FOUND or not made.groups:
            break
    return made


@dataclass(frozen=True)
class _Search:
    given: Given
    seed: int
    limit: Limit
    share: float
    locks: Locks
    tell: Callable[[HowFar], None] | None
    should_stop: Callable[[], bool] | None

    def run(self, names: Sequence[str], new_names: Sequence[str]) -> Made:
        if not self.given["people"]:
            return Made(Status.NOT_POSSIBLE, (("nobody", {}, "nobody is in the target group"),))
        composition, problem = self._composition(names, new_names)
        if not composition.groups:
            return Made(composition.status, _reasons(composition.reasons))
        if missing := _missing_places(self.given, composition.groups):
            return Made(Status.NOT_POSSIBLE, missing, seed=self.seed)
        dates = schedule_problem(self.given, composition.groups, self.locks, problem.group_names)
        was_stopped = composition.status is Status.STOPPED
        limit = Limit(SECONDS_AFTER_STOP) if was_stopped else self.limit
        found = planning.schedule(
            dates,
            seed=self.seed,
            **limit.part(self.share * (1 - SHARE_FOR_GROUPS)),
            on_progress=self._teller("dates", SHARE_FOR_GROUPS),
            should_stop=None if was_stopped else self.should_stop,
        )
        figures = figures_of(self.given, composition.groups, _rows(found.meetings), self.locks)
        figures["tight_bound"] = composition.tight_bound
        figures["cpu_seconds"] = round(composition.cpu_seconds + found.cpu_seconds, 1)
        return Made(
            status=_worse(composition.status, found.status),
            reasons=_reasons([*composition.reasons, *found.reasons]),
            groups=composition.groups,
            names=problem.group_names,
            meetings=_rows(found.meetings),
            figures=figures,
            seed=self.seed,
            steps=composition.steps + found.steps,
        )

    def _composition(
        self, names: Sequence[str], new_names: Sequence[str]
    ) -> tuple[planning.Composition, planning.CompositionProblem]:
        """The first number of groups, nearest the middle of the sizes, that is possible."""
        answers = []
        for n in _numbers_of_groups(self.given):
            problem = composition_problem(
                self.given, n, self.locks, _names(n, names, self.locks, new_names)
            )
            answer = planning.compose(
                problem,
                seed=self.seed,
                **self.limit.part(self.share * SHARE_FOR_GROUPS),
                on_progress=self._teller("groups", 0.0),
                should_stop=self.should_stop,
            )
            answers.append((answer, problem))
            if answer.status is not Status.NOT_POSSIBLE:
                return answer, problem
        return answers[0]

    def _teller(self, looks_for: str, before: float) -> Callable[[planning.Progress], None] | None:
        tell = self.tell
        if tell is None:
            return None

        def pass_on(progress: planning.Progress) -> None:
            part = 1 - SHARE_FOR_GROUPS if before else SHARE_FOR_GROUPS
            share = before + part * progress.share_done
            tell(HowFar(share, looks_for, progress.best_value, progress.violations))

        return pass_on


def _numbers_of_groups(given: Given) -> list[int]:
    if given["groups"]:
        return [int(given["groups"])]
    people, (low, high) = len(given["people"]), given["size"]
    middle = people / ((low + high) / 2)
    fewest, most = -(-people // high), max(-(-people // high), people // low)
    return sorted(range(max(1, fewest), max(1, most) + 1), key=lambda n: abs(n - middle))


def _names(n: int, names: Sequence[str], locks: Locks, new_names: Sequence[str]) -> tuple[str, ...]:
    """The names so far, the locked ones at least, and new ones for the rest."""
    locked = {*locks.teams.values(), *locks.persons.values(), *(group for group, _ in locks.days)}
    kept = sorted(names, key=lambda name: name not in locked)[:n]
    kept = [name for name in names if name in kept]
    new = [name for name in new_names if name not in kept]
    return (*kept, *new[: n - len(kept)])


def _missing_places(
    given: Given, groups: Grouping
) -> tuple[tuple[str, Mapping[str, int | str], str], ...]:
    largest = max(Counter(groups.values()).values())
    if not any(seats >= largest for _, seats in given["venues"]):
        return (("no_venue", {"people": largest}, f"no venue seats {largest}"),)
    if not given["facilitators"]:
        return (("no_facilitator", {}, "there is no facilitator"),)
    if not given["blocks"]:
        return (("no_block", {}, "the wave has no block"),)
    return ()


def _worse(groups: str, dates: str) -> str:
    order = [Status.OK, Status.STOPPED, Status.NOT_FOUND, Status.NOT_POSSIBLE]
    return str(max(groups, dates, key=lambda status: order.index(Status(status))))


def _reasons(
    reasons: Iterable[Reason],
) -> tuple[tuple[str, Mapping[str, int | str], str], ...]:
    return tuple((reason.code, dict(reason.numbers), reason.text) for reason in reasons)


# ---- problems ------------------------------------------------------------------------------------


def _people(given: Given) -> tuple[planning.Person, ...]:
    return tuple(
        planning.Person(
            id=person["id"],
            attributes={name: person[name] for name in given["weights"]},
            team=person["team"],
            unit=(person["unit"],),
        )
        for person in given["people"]
    )


def _caps(given: Given, people: Iterable[planning.Person]) -> dict[tuple[str, ...], planning.Cap]:
    """The cap of every unit that sends people: the wave's, or the unit's own lower one."""
    staff: dict[tuple[str, ...], int] = {(unit,): n for unit, n in given["staff"].items()}
    lower: dict[str, str] = given.get("unit_caps", {})
    caps: dict[tuple[str, ...], planning.Cap] = {}
    people = list(people)
    for percent in sorted({given["cap"], *lower.values()}):
        own = [one for one in people if lower.get(one.unit[0], given["cap"]) == percent]
        caps |= planning.unit_caps(own, staff, Fraction(percent) / 100)
    return caps


def composition_problem(
    given: Given, groups: int, locks: Locks = NO_LOCKS, names: Sequence[str] = ()
) -> planning.CompositionProblem:
    people = _people(given)
    teams = {person.team for person in people}
    alone = {person.id for person in people if person.team is None}
    locked: dict[str | planning.TeamKey, str] = {
        ("team", team): group
        for team, group in locks.teams.items()
        if team in teams and (not names or group in names)
    }
    locked |= {
        ("alone", person): group
        for person, group in locks.persons.items()
        if person in alone and (not names or group in names)
    }
    low, high = given["size"]
    return planning.CompositionProblem(
        people=people,
        groups=groups,
        low=low,
        high=high,
        weights=given["weights"],
        keep_apart=tuple((a, b) for a, b in given["keep_apart"] if {a, b} <= teams),
        locks=locked,
        caps=_caps(given, people),
        group_names=tuple(names),
        whole_teams=True,
    )


def schedule_problem(
    given: Given, groups: Grouping, locks: Locks = NO_LOCKS, names: Sequence[str] = ()
) -> planning.ScheduleProblem:
    members: dict[str, list[planning.Person]] = {name: [] for name in names}
    people = _people(given)
    for person in people:
        if person.id in groups:
            members.setdefault(groups[person.id], []).append(person)
    largest = max(map(len, members.values()), default=0)
    blocks = [number for number, _ in given["blocks"]]
    return planning.ScheduleProblem(
        members=members,
        blocks=len(blocks),
        lengths=tuple(days for _, days in given["blocks"]),
        start=date.fromisoformat(given["first_day"]),
        weeks=given["weeks"],
        gap=(given["gap"][0], given["gap"][1]),
        venues=tuple(name for name, seats in given["venues"] if seats >= largest),
        facilitators=tuple(given["facilitators"]),
        caps=_caps(given, people),
        closed_weeks=frozenset((year, week) for year, week in given["closed"]),
        holidays=frozenset(map(date.fromisoformat, given.get("holidays", ()))),
        weekdays=frozenset(given["weekdays"]),
        locks={
            (group, block): day
            for (group, block), day in locks.days.items()
            if group in members and block in blocks
        },
    )


def _rows(meetings: Iterable[planning.Meeting]) -> tuple[MeetingRow, ...]:
    return tuple(
        MeetingRow(m.group, m.block, tuple(m.dates), m.venue, m.facilitator) for m in meetings
    )


def _meetings(rows: Iterable[MeetingRow]) -> list[planning.Meeting]:
    return [planning.Meeting(r.group, r.block, r.dates, r.venue, r.facilitator) for r in rows]


# ---- figures -------------------------------------------------------------------------------------


def figures_of(
    given: Given, groups: Grouping, meetings: Sequence[MeetingRow], locks: Locks = NO_LOCKS
) -> Figures:
    """What the independent checker says of a plan, as plain values to keep."""
    names = tuple(dict.fromkeys(groups.values()))
    problem = composition_problem(given, len(names), locks, names)
    found = planning.check_groups(problem, groups)
    figures: Figures = {
        "people": len(problem.people),
        "teams": sum(key[0] == "team" for key in problem.teams()),
        "groups": len(names),
        "value": found.value,
        "bound": found.bound,
        "share": found.share,
        "excess": dict(found.excess),
        "sizes": dict(found.sizes),
        "violations": dict(found.violations),
        "errors": list(found.errors),
        "raised_caps": [
            {"unit": cap.unit[0], "n": cap.n, "plain": cap.plain, "cap": cap.cap, "team": cap.team}
            for cap in found.raised_caps
        ],
        "meetings": len(meetings),
        "max_share_away": None,
    }
    if meetings:
        dates = planning.check_schedule(
            schedule_problem(given, groups, locks, names), _meetings(meetings)
        )
        figures["violations"] = dict(Counter(found.violations) + Counter(dates.violations))
        figures["errors"] += dates.errors
        figures["max_share_away"] = dates.max_share_away
        figures["days"] = dates.days
    return figures


@dataclass(frozen=True, slots=True)
class CapOfUnit:
    """The most people of a unit who may be away on one day, out of ``n``."""

    n: int
    plain: int
    cap: int


def caps_of(given: Given) -> dict[str, CapOfUnit]:
    caps = _caps(given, _people(given))
    return {unit[0]: CapOfUnit(cap.n, cap.plain, cap.cap) for unit, cap in caps.items()}


# ---- what a change costs -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TeamMovePrice:
    """What moving a team, or a lone person, to another group would change."""

    groups: Grouping
    value: float
    share_before: float
    share_after: float
    excess: Mapping[str, int]
    sizes: Mapping[str, int]
    broken: Mapping[str, int]
    errors: tuple[str, ...]
    keeps_caps: bool


def price_of_team_move(
    given: Given,
    groups: Grouping,
    meetings: Sequence[MeetingRow],
    *,
    key: tuple[str, str],
    to: str,
) -> TeamMovePrice:
    names = tuple(dict.fromkeys(groups.values()))
    problem = composition_problem(given, len(names), NO_LOCKS, names)
    dates = schedule_problem(given, groups, NO_LOCKS, names)
    cost = planning.cost_of_move(problem, groups, key, to, (dates, _meetings(meetings)))
    before = planning.check_groups(problem, groups).share or 0.0
    broken = Counter(cost.broken)
    broken.update(cost.dates)
    return TeamMovePrice(
        groups=cost.groups,
        value=cost.value,
        share_before=before,
        share_after=before + cost.share,
        excess={name: n for name, n in cost.excess.items() if n},
        sizes=cost.sizes,
        broken={rule: n for rule, n in broken.items() if n},
        errors=cost.errors,
        keeps_caps=broken["unit_over_cap"] <= 0,
    )


@dataclass(frozen=True, slots=True)
class MeetingMovePrice:
    """What moving a meeting to another day would change; ``row`` is the meeting after it."""

    row: MeetingRow
    broken: Mapping[str, int]
    errors: tuple[str, ...]
    max_share_away: float
    share_before: float


def price_of_meeting_move(
    given: Given,
    groups: Grouping,
    meetings: Sequence[MeetingRow],
    *,
    of: tuple[str, int],
    to: date,
) -> MeetingMovePrice:
    names = tuple(dict.fromkeys(groups.values()))
    problem = schedule_problem(given, groups, NO_LOCKS, names)
    own = _meetings(meetings)
    before = planning.check_schedule(problem, own)
    cost = planning.cost_of_meeting_move(problem, own, *of, to)
    (row,) = _rows([cost.meeting])
    return MeetingMovePrice(
        row, cost.broken, cost.errors, cost.max_share_away, before.max_share_away
    )


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another group: the change of value there, and the rules that it would break."""

    group: str
    value: float
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why somebody is where she is: kinds that she meets again there, and the other groups."""

    group: str
    same: Mapping[str, int]
    others: int
    elsewhere: tuple[Elsewhere, ...]


def why(given: Given, groups: Grouping, *, key: tuple[str, str]) -> Why:
    names = tuple(dict.fromkeys(groups.values()))
    problem = composition_problem(given, len(names), NO_LOCKS, names)
    found = planning.why_here(problem, groups, key)
    sizes = Counter(groups.values())
    own = len(problem.teams()[key])
    return Why(
        found.group,
        dict(found.same),
        own * (sizes[found.group] - own),
        tuple(Elsewhere(a.group, a.value, a.broken) for a in found.alternatives),
    )


# ---- staffing ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Staffing:
    """How many of a unit are away at most on one day of each week; weeks with nobody are absent."""

    unit: str
    n: int
    cap: int
    taking_part: int
    away: Mapping[tuple[int, int], int]

    @property
    def peak(self) -> int:
        return max(self.away.values(), default=0)

    @property
    def can_bind(self) -> bool:
        """Whether everybody away at once would be over the cap."""
        return self.taking_part > self.cap


def staffing(given: Given, groups: Grouping, meetings: Iterable[MeetingRow]) -> list[Staffing]:
    """Every unit that sends people; first those that the cap can bind, by share away."""
    per_group: dict[str, Counter[str]] = defaultdict(Counter)
    for person in given["people"]:
        if person["id"] in groups:
            per_group[groups[person["id"]]][person["unit"]] += 1
    per_day: dict[date, Counter[str]] = defaultdict(Counter)
    for meeting in meetings:
        for day in meeting.dates:
            per_day[day].update(per_group[meeting.group])
    away: dict[str, dict[tuple[int, int], int]] = defaultdict(dict)
    for day, counts in per_day.items():
        year, week, _ = day.isocalendar()
        for unit, n in counts.items():
            away[unit][year, week] = max(n, away[unit].get((year, week), 0))
    taking_part = sum(per_group.values(), Counter[str]())
    rows = [
        Staffing(unit, cap.n, cap.cap, taking_part[unit], away[unit])
        for unit, cap in caps_of(given).items()
    ]
    return sorted(rows, key=lambda row: (not row.can_bind, -row.peak / row.n, row.unit))
