"""The only way from the pages to the planner: plain values in, plain values out.

``given`` is what a plan was made from (`queries.plans.what_is_given`); a grouping is the name of a
group by employee number.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from modig import planning
from modig.apps.programme.queries.plans import NO_LOCKS, Locks, MeetingRow
from modig.planning import Reason, Status

Given = Mapping[str, Any]
Grouping = Mapping[str, str]
Figures = dict[str, Any]
ReasonRow = tuple[str, Mapping[str, int | str], str]
"""Why there is no plan: a code, its numbers, and one English sentence."""

SHARE_FOR_GROUPS = 0.5
PARTS_OF_THE_BAR = (0.0, 0.8, 0.95, 1.0)
"""Where each attempt begins; most plans are found in the first."""
SHARE_FOR_CALENDAR = 0.3
"""After the first attempt, of the time for dates: for a grouping that the calendar likes better."""
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
    reasons: tuple[ReasonRow, ...]
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

    def leaving_time_for_prices(self) -> "Limit":
        if self.seconds is None:
            return self
        return replace(self, seconds=self.seconds * (1 - PART_FOR_PRICES))

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

    Where no dates are found for a grouping, the next seed's grouping is tried, with the next number
    of groups that the sizes allow, and with its people changing places so that more groups can meet
    on the same day. ``names`` are those of the groups so far; ``new_names`` are for more.
    """
    made = Made(Status.NOT_FOUND, ())
    for attempt in range(len(PARTS_OF_THE_BAR) - 1):
        search = _Search(given, seed, attempt, limit, locks, tell, should_stop)
        made = search.run(names, new_names)
        if made.status != Status.NOT_FOUND or not made.groups:
            break
    return made


RULES, MIX, CALM = "rules", "mix", "calm"
EMPHASES = (RULES, MIX, CALM)
"""As the rules say; most parts of the organisation in each group; the calmest calendar."""
CALMER = ((0.5, 0.0), (0.5, 0.34), (0.7, 0.5), (0.85, 0.75), (1.0, 1.0))
"""What is tried for a calm calendar, calmest first: parts of the cap and of the venues.

There is always one venue: then no two groups meet on the same day.
"""
PART_FOR_PRICES = 0.2


def make_proposal(  # noqa: PLR0913 -- all but what is given are by name
    given: Given,
    *,
    emphasis: str,
    has_prices: bool,
    seed: int,
    limit: Limit,
    locks: Locks = NO_LOCKS,
    tell: Callable[[HowFar], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    **named: Sequence[str],
) -> Made:
    """Make a plan with an emphasis; its figures are those of the rules, whatever was stressed."""
    made = Made(Status.NOT_FOUND, ())
    variants = _variants(given, emphasis)
    whole, limit = limit, limit.leaving_time_for_prices() if has_prices else limit
    for k, variant in enumerate(variants):
        part = 1 / len(variants)
        made = make(
            variant,
            seed=seed,
            limit=Limit(**limit.part(part)),
            locks=locks,
            tell=_told_part(tell, k * part, part),
            should_stop=should_stop,
            **named,
        )
        if made.is_a_plan and made.status in {Status.OK, Status.STOPPED}:
            break
    if not made.is_a_plan:
        return made
    figures = made.figures
    if emphasis != RULES:
        figures = _by_the_rules(given, made, locks)
    if has_prices and made.status == Status.OK:
        if tell is not None:
            tell(HowFar(1.0, "prices", float(figures["value"] or 0), 0))
        figures["prices"] = prices(given, made.groups, seed=seed, limit=whole, locks=locks)
    return replace(made, figures=figures)


def _told_part(
    tell: Callable[[HowFar], None] | None, before: float, part: float
) -> Callable[[HowFar], None] | None:
    if tell is None:
        return None
    return lambda far: tell(replace(far, share=before + part * far.share))


def _variants(given: Given, emphasis: str) -> list[Given]:
    """What is tried in turn until there is a plan; all of them keep the wave's rules."""
    weights: dict[str, float] = dict(given["weights"])
    if emphasis == MIX:
        most = max(weights.values())
        low = {name: weight / 4 for name, weight in weights.items()}
        return [{**given, "weights": {**low, "department": 4 * most, "unit": most}}]
    if emphasis == CALM:
        return [_calmer(given, cap, venues) for cap, venues in CALMER]
    return [given]


def _calmer(given: Given, cap: float, venues: float) -> Given:
    """Fewer away from each unit, and fewer groups on the same day; the largest venues are kept."""
    part = Fraction(cap).limit_denominator(100)
    by_seats = sorted(given["venues"], key=lambda venue: -venue[1])
    kept = by_seats[: max(1, round(len(by_seats) * venues))]

    def lower(percent: str) -> str:
        return _plain(Fraction(percent) * part)

    return {
        **given,
        "cap": lower(given["cap"]),
        "unit_caps": {unit: lower(own) for unit, own in given.get("unit_caps", {}).items()},
        "venues": [venue for venue in given["venues"] if venue in kept],
    }


def _by_the_rules(given: Given, made: Made, locks: Locks) -> Figures:
    figures = figures_of(given, made.groups, made.meetings, locks)
    names = tuple(dict.fromkeys(made.groups.values()))
    problem = composition_problem(given, len(names), locks, names)
    tight = planning.tight_bound(problem, _most_uneven(given, made.groups))
    figures["tight_bound"] = min(tight, figures["bound"])
    figures["cpu_seconds"] = made.figures["cpu_seconds"]
    return figures


def prices(
    given: Given, groups: Grouping, *, seed: int, limit: Limit, locks: Locks = NO_LOCKS
) -> dict[str, dict[str, Any]]:
    """What each wish costs the others: what they would gain if it were not weighed.

    Found by a short search without the wish, so a price is at least what it says; nought where
    nothing better was found.
    """
    names = tuple(dict.fromkeys(groups.values()))
    problem = composition_problem(given, len(names), locks, names)
    wishes = [name for name, weight in problem.weights.items() if weight]
    part = limit.part(PART_FOR_PRICES / max(1, len(wishes)))
    return {wish: _price(problem, groups, wish, seed, part) for wish in wishes if len(wishes) > 1}


def _price(
    problem: planning.CompositionProblem,
    groups: Grouping,
    wish: str,
    seed: int,
    limit: dict[str, Any],
) -> dict[str, Any]:
    without = replace(problem, weights={**problem.weights, wish: 0.0})
    found = planning.compose(without, seed=seed, **limit)
    nothing: dict[str, Any] = {"value": 0.0, "pairs": {}}
    if not found.groups or found.violations:
        return nothing
    now, then = planning.check_groups(without, groups), planning.check_groups(without, found.groups)
    gain = (then.value or 0.0) - (now.value or 0.0)
    if gain <= 0:
        return nothing
    pairs = {name: now.excess[name] - n for name, n in then.excess.items() if name != wish}
    return {"value": gain, "pairs": {name: n for name, n in pairs.items() if n > 0}}


@dataclass(frozen=True)
class _Search:
    given: Given
    first_seed: int
    attempt: int
    limit: Limit
    locks: Locks
    tell: Callable[[HowFar], None] | None
    should_stop: Callable[[], bool] | None

    @property
    def seed(self) -> int:
        return self.first_seed + self.attempt

    @property
    def share(self) -> float:
        """How much of the limit this attempt may use."""
        return float(0.5**self.attempt)

    def run(self, names: Sequence[str], new_names: Sequence[str]) -> Made:
        if missing := _missing(self.given):
            return Made(Status.NOT_POSSIBLE, (missing,))
        composition, problem = self._composition(names, new_names)
        if not composition.groups:
            return Made(composition.status, _reasons(composition.reasons))
        if missing := _missing_venue(self.given, composition.groups):
            return Made(Status.NOT_POSSIBLE, (missing,), seed=self.seed)
        groups = self._eased(composition, problem)
        used = set(groups.values())
        names = [name for name in problem.group_names if name in used]
        dates = schedule_problem(self.given, groups, self.locks, names)
        was_stopped = composition.status is Status.STOPPED
        limit = Limit(SECONDS_AFTER_STOP) if was_stopped else self.limit
        found = planning.schedule(
            dates,
            seed=self.seed,
            **limit.part(self.share * (1 - SHARE_FOR_GROUPS)),
            on_progress=self._teller("dates", SHARE_FOR_GROUPS),
            should_stop=None if was_stopped else self.should_stop,
        )
        figures = figures_of(self.given, groups, _rows(found.meetings), self.locks)
        figures["tight_bound"] = composition.tight_bound
        figures["cpu_seconds"] = round(composition.cpu_seconds + found.cpu_seconds, 1)
        return Made(
            status=_worse(composition.status, _status_for_any_groups(found)),
            reasons=_reasons([*composition.reasons, *found.reasons]),
            groups=groups,
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
        numbers = _numbers_of_groups(self.given)
        turn = self.attempt % len(numbers)
        for n in [*numbers[turn:], *numbers[:turn]]:
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

    def _eased(
        self, composition: planning.Composition, problem: planning.CompositionProblem
    ) -> Grouping:
        """Where dates were not found before: the same mix, with more groups that share a day."""
        if not self.attempt or composition.status is Status.STOPPED:
            return composition.groups
        share = self.share * (1 - SHARE_FOR_GROUPS) * SHARE_FOR_CALENDAR
        return planning.ease_calendar(
            problem,
            composition.groups,
            seed=self.seed,
            should_stop=self.should_stop,
            **self.limit.part(share),
        )

    def _teller(self, looks_for: str, before: float) -> Callable[[planning.Progress], None] | None:
        tell = self.tell
        if tell is None:
            return None

        def pass_on(progress: planning.Progress) -> None:
            part = 1 - SHARE_FOR_GROUPS if before else SHARE_FOR_GROUPS
            share = before + part * progress.share_done
            begins, ends = PARTS_OF_THE_BAR[self.attempt : self.attempt + 2]
            share = begins + (ends - begins) * share
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


def _missing(given: Given) -> ReasonRow | None:
    """What must be there before anything can be looked for."""
    wanted: list[tuple[Any, ReasonRow]] = [
        (given["people"], ("nobody", {}, "nobody is in the target group")),
        (given["blocks"], ("no_block", {}, "the wave has no block")),
        (given["weeks"], ("no_weeks", {}, "the wave has no weeks")),
        (given["facilitators"], ("no_facilitator", {}, "there is no facilitator")),
        (given["venues"], ("no_venue_at_all", {}, "there is no venue")),
    ]
    for quota in given.get("quotas", ()):
        if quota["value"] and quota["least"] and not quota["or_none"]:
            kind = f"{quota['attribute']} {quota['value']}"
            nobody = ("quota_has_nobody", {"kind": kind}, f"nobody in the target group is {kind}")
            wanted.append((_how_many(given, quota), nobody))
    return next((reason for thing, reason in wanted if not thing), None)


def _missing_venue(given: Given, groups: Grouping) -> ReasonRow | None:
    largest = max(Counter(groups.values()).values())
    if any(seats >= largest for _, seats in given["venues"]):
        return None
    return "no_venue", {"people": largest}, f"no venue seats {largest}"


def _status_for_any_groups(found: planning.Schedule) -> Status:
    """That these groups have no days, since their teams are away, says nothing of all groupings."""
    reasons = found.reasons
    depends_on_groups = reasons and all(
        one.code == "group_has_no_days" and not one.numbers["locks"] for one in reasons
    )
    return Status.NOT_FOUND if depends_on_groups else found.status


def _worse(groups: str, dates: str) -> str:
    order = [Status.OK, Status.STOPPED, Status.NOT_FOUND, Status.NOT_POSSIBLE]
    return str(max(groups, dates, key=lambda status: order.index(Status(status))))


def _reasons(reasons: Iterable[Reason]) -> tuple[ReasonRow, ...]:
    return tuple((reason.code, dict(reason.numbers), reason.text) for reason in reasons)


# ---- problems ------------------------------------------------------------------------------------


def _people(given: Given) -> tuple[planning.Person, ...]:
    quotas = given.get("quotas", ())
    names = dict.fromkeys([*given["weights"], *(quota["attribute"] for quota in quotas)])
    return tuple(
        planning.Person(
            id=person["id"],
            attributes={name: person[name] for name in names},
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


def _quotas(given: Given) -> tuple[planning.Quota, ...]:
    """The wave's quotas, without those for a kind that nobody in the plan is of."""
    return tuple(
        planning.Quota(
            attribute=quota["attribute"],
            value=quota["value"] or None,
            least=quota["least"],
            most=quota["most"],
            most_share=Fraction(quota["most_percent"]) / 100 if quota["most_percent"] else None,
            or_none=quota["or_none"],
        )
        for quota in given.get("quotas", ())
        if not quota["value"] or _how_many(given, quota)
    )


def _how_many(given: Given, quota: Mapping[str, Any]) -> int:
    return sum(person[quota["attribute"]] == quota["value"] for person in given["people"])


def unavailable_of(given: Given) -> frozenset[tuple[str, date]]:
    """Who cannot come on which day: everybody in a team that cannot."""
    days = {team: tuple(map(date.fromisoformat, on)) for team, *on in given.get("away", ())}
    return frozenset(
        (person["id"], day) for person in given["people"] for day in days.get(person["team"], ())
    )


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
        quotas=_quotas(given),
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
    smallest = min(map(len, members.values()), default=0)
    lengths = tuple(days for _, days in given["blocks"])
    return planning.ScheduleProblem(
        members=members,
        blocks=len(lengths),
        lengths=lengths,
        start=date.fromisoformat(given["first_day"]),
        weeks=given["weeks"],
        gap=(given["gap"][0], given["gap"][1]),
        venues=_venues_for(given, smallest),
        seats=dict(given["venues"]),
        facilitators=tuple(given["facilitators"]),
        caps=_caps(given, people),
        closed_weeks=frozenset((year, week) for year, week in given["closed"]),
        holidays=frozenset(map(date.fromisoformat, given.get("holidays", ()))),
        venues_closed=_days_by_name(given, "venues_closed"),
        facilitators_off=_days_by_name(given, "facilitators_off"),
        unavailable=unavailable_of(given),
        places=given.get("places", {}),
        far_apart=frozenset(frozenset(pair) for pair in given.get("far_apart", ())),
        weekdays=frozenset(given["weekdays"]),
        locks={
            (group, block): day
            for (group, block), day in locks.days.items()
            if group in members and block <= len(lengths)
        },
    )


def _venues_for(given: Given, people: int) -> tuple[str, ...]:
    """The venues that seat so many; where none does, the largest one."""
    seats: dict[str, int] = dict(given["venues"])
    fitting = tuple(name for name, n in seats.items() if n >= people)
    return fitting or (max(seats, key=lambda name: seats[name]),)


def _days_by_name(given: Given, what: str) -> frozenset[tuple[str, date]]:
    """Closed days or days off; plans that were made before there were any know none."""
    return frozenset(
        (name, date.fromisoformat(day)) for name, *days in given.get(what, ()) for day in days
    )


def days_off_of(given: Given) -> list[tuple[str, date]]:
    """On which days which of the plan's venues and facilitators are not to be had."""
    closed, off = _days_by_name(given, "venues_closed"), _days_by_name(given, "facilitators_off")
    return sorted(closed | off)


def far_apart_of(given: Given, groups: Grouping) -> list[tuple[str, str]]:
    """The pairs of places too far from each other, where the plan's groups may meet in both."""
    venues, _facilitators = hosts_for(given, groups)
    used = {given["places"][venue] for venue in venues} if given.get("far_apart") else set()
    return [(a, b) for a, b in given.get("far_apart", ()) if {a, b} <= used]


def hosts_for(given: Given, groups: Grouping) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The venues and facilitators that the plan's groups may have."""
    smallest = min(Counter(groups.values()).values(), default=0)
    return _venues_for(given, smallest), tuple(given["facilitators"])


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
        "crowded": _crowded(given, groups, meetings),
    }
    if meetings:
        asked = replace(schedule_problem(given, groups, locks, names), seats={})
        dates = planning.check_schedule(asked, _meetings(meetings))
        figures["violations"] = dict(Counter(found.violations) + Counter(dates.violations))
        figures["errors"] += dates.errors
        figures["max_share_away"] = dates.max_share_away
        figures["days"] = dates.days
        figures["most_away"] = _most_away(groups, meetings)
        figures["shortest_gap"] = _shortest_gap(meetings)
    figures["departments"] = _departments_in_a_group(given, groups)
    return figures


def _most_away(groups: Grouping, meetings: Iterable[MeetingRow]) -> int:
    """How many people are away on the day that takes most."""
    sizes, away = Counter(groups.values()), Counter[date]()
    for meeting in meetings:
        for day in meeting.dates:
            away[day] += sizes[meeting.group]
    return max(away.values(), default=0)


def _shortest_gap(meetings: Iterable[MeetingRow]) -> float | None:
    """The fewest weeks between the first days of two blocks of a group."""
    first: dict[str, list[date]] = defaultdict(list)
    for meeting in meetings:
        first[meeting.group].append(min(meeting.dates))
    gaps = [(b - a).days for days in first.values() for a, b in pairwise(sorted(days))]
    return round(min(gaps) / 7, 1) if gaps else None


def _departments_in_a_group(given: Given, groups: Grouping) -> float | None:
    """From how many departments and companies a group's people come, on average."""
    there: dict[str, set[str]] = defaultdict(set)
    for person in given["people"]:
        if person["id"] in groups:
            there[groups[person["id"]]].add(person["department"])
    return round(sum(map(len, there.values())) / len(there), 2) if there else None


def _crowded(
    given: Given, groups: Grouping, meetings: Iterable[MeetingRow]
) -> list[dict[str, int | str]]:
    """Groups in a venue that seats fewer: the checker's files say nothing of seats."""
    seats: dict[str, int] = dict(given["venues"])
    sizes = Counter(groups.values())
    places = dict.fromkeys((meeting.group, meeting.venue) for meeting in meetings)
    return [
        {"group": group, "venue": venue, "people": sizes[group], "seats": seats[venue]}
        for group, venue in places
        if sizes[group] > seats.get(venue, sizes[group])
    ]


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
class Price:
    """What a change would make of a plan: the checker's figures before and after it."""

    before: Figures
    after: Figures

    @property
    def value(self) -> float:
        return float(self.after["value"] - self.before["value"])

    @property
    def excess(self) -> dict[str, int]:
        """Pairs of the same kind more, or fewer, by attribute; only where something changes."""
        before = self.before["excess"]
        change = {name: n - before.get(name, 0) for name, n in self.after["excess"].items()}
        return {name: n for name, n in change.items() if n}

    @property
    def broken(self) -> dict[str, int]:
        """Rules that would be broken more often, or less."""
        before: Counter[str] = Counter(self.before["violations"])
        after: Counter[str] = Counter(self.after["violations"])
        rules = dict.fromkeys([*before, *after])
        return {rule: after[rule] - before[rule] for rule in rules if after[rule] != before[rule]}

    @property
    def crowded(self) -> list[dict[str, int | str]]:
        """Groups that would no longer have a seat for everybody."""
        return [one for one in self.after["crowded"] if one not in self.before.get("crowded", ())]

    @property
    def keeps_caps(self) -> bool:
        return self.broken.get("unit_over_cap", 0) <= 0


@dataclass(frozen=True, slots=True)
class TeamMovePrice(Price):
    """The price of another group for a team, or a lone person; with the new sizes of both groups."""

    groups: Grouping
    sizes: Mapping[str, int]


def price_of_team_move(  # noqa: PLR0913 -- the plan by place, the move by name
    given: Given,
    groups: Grouping,
    meetings: Sequence[MeetingRow],
    *,
    before: Figures,
    key: tuple[str, str],
    to: str,
) -> TeamMovePrice:
    people = {person["id"] for person in given["people"] if _key(person) == key}
    moved = {**groups, **dict.fromkeys(people, to)}
    touched = [*dict.fromkeys(groups[person] for person in people), to]
    count = Counter(moved.values())
    return TeamMovePrice(
        before,
        figures_of(given, moved, meetings),
        moved,
        {name: count[name] for name in touched},
    )


def _key(person: Mapping[str, Any]) -> tuple[str, str]:
    return ("team", person["team"]) if person["team"] else ("alone", person["id"])


@dataclass(frozen=True, slots=True)
class MeetingMovePrice(Price):
    """The price of another day, venue or facilitator; ``row`` is the meeting after it."""

    row: MeetingRow


def price_of_meeting_move(  # noqa: PLR0913 -- the plan by place, the move by name
    given: Given,
    groups: Grouping,
    meetings: Sequence[MeetingRow],
    *,
    before: Figures,
    of: tuple[str, int],
    to: date,
    venues: Sequence[str],
    facilitators: Sequence[str],
) -> MeetingMovePrice:
    """A meeting keeps its venue and facilitator if these are among the given ones and free."""
    names = tuple(dict.fromkeys(groups.values()))
    problem = schedule_problem(given, groups, NO_LOCKS, names)
    problem = replace(
        problem,
        venues=_those_of(problem.venues, venues),
        facilitators=_those_of(problem.facilitators, facilitators),
    )
    (old,) = (row for row in meetings if (row.group, row.block) == of)
    own = replace(
        old,
        venue=old.venue if old.venue in venues else problem.venues[0],
        facilitator=old.facilitator if old.facilitator in facilitators else problem.facilitators[0],
    )
    others = [row for row in meetings if row is not old]
    cost = planning.cost_of_meeting_move(problem, _meetings([*others, own]), *of, to)
    (row,) = _rows([cost.meeting])
    return MeetingMovePrice(before, figures_of(given, groups, [*others, row]), row)


def _those_of(names: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The names that are wanted, in the order of the plan; all wanted where none is of the plan."""
    return tuple(name for name in names if name in wanted) or tuple(wanted)


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


@dataclass(frozen=True, slots=True)
class NextBest:
    """The best other place that keeps every rule, free or in exchange for ``exchanged``."""

    group: str
    exchanged: tuple[str, str] | None
    value: float
    same: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Placement:
    """A team in its group: whom it meets, by attribute, and its next best place."""

    group: str
    others: int
    same: Mapping[str, int]
    new: Mapping[str, int]
    only: Mapping[str, tuple[str, ...]]
    next_best: NextBest | None


def placements(
    given: Given, groups: Grouping, *, keys: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Placement]:
    """Where these teams and lone persons stand, and what their next best places would cost.

    Departments are counted also where the rules do not weigh them.
    """
    given = {**given, "weights": {"department": 0.0, **given["weights"]}}
    names = tuple(dict.fromkeys(groups.values()))
    problem = composition_problem(given, len(names), NO_LOCKS, names)
    return {
        key: Placement(
            one.group,
            one.others,
            dict(one.same),
            dict(one.new),
            dict(one.only),
            _next_best(one.next_best),
        )
        for key, one in planning.placements(problem, groups, keys).items()
    }


def _next_best(best: planning.NextBest | None) -> NextBest | None:
    if best is None:
        return None
    return NextBest(best.group, best.exchanged, best.value, dict(best.same))


# ---- who meets whom ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Contact:
    """Pairs of people of two departments: all, met already, who meet by the plan, at most."""

    a: str
    b: str
    pairs: int
    before: int
    planned: int
    most: int

    def share(self, what: str) -> float:
        """How many of all pairs, for ``before``, ``planned`` or ``most``."""
        return int(getattr(self, what)) / self.pairs if self.pairs else 0.0


@dataclass(frozen=True, slots=True)
class Contacts:
    """Every two departments, each with itself too; and all pairs across departments at once."""

    rows: tuple[Contact, ...]
    across: Contact


def contacts(given: Given, groups: Grouping, earlier: Iterable[Sequence[str]]) -> Contacts:
    """Who meets whom: before (same team, unit or earlier group), by the plan, and at most.

    ``earlier`` are employee numbers by earlier group.
    """
    kinds = {person["id"]: str(person["department"]) for person in given["people"]}
    every = planning.pairs_of_kinds(kinds)
    met = planning.pairs_met(kinds, [*_circles(given), *earlier])
    meet = planning.pairs_together(kinds, groups)
    count, high = Counter(kinds.values()), given["size"][1]
    rows = tuple(
        Contact(a, b, n, met[a, b], meet[a, b], _most(a, b, count, high))
        for (a, b), n in sorted(every.items())
    )
    different = [row for row in rows if row.a != row.b]
    most = planning.most_across(count.values(), _most_uneven(given, groups)) if rows else 0
    pairs = sum(row.pairs for row in different)
    before = sum(row.before for row in different)
    planned = sum(row.planned for row in different)
    return Contacts(rows, Contact("", "", pairs, before, planned, min(most, pairs)))


def _circles(given: Given) -> list[list[str]]:
    """Everybody by team and by unit."""
    circles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for person in given["people"]:
        circles["unit", person["unit"]].append(person["id"])
        if person["team"]:
            circles["team", person["team"]].append(person["id"])
    return list(circles.values())


def _most(a: str, b: str, count: Mapping[str, int], high: int) -> int:
    if a == b:
        return planning.most_together_within(count[a], high)
    return planning.most_together(count[a], count[b], high)


def _most_uneven(given: Given, groups: Grouping) -> list[int]:
    """The sizes that hold the most pairs; the plan's own where people do not fit the rules' sizes."""
    names = tuple(dict.fromkeys(groups.values()))
    problem = composition_problem(given, len(names), NO_LOCKS, names)
    return (
        problem.most_uneven_sizes() if problem.can_fill else list(Counter(groups.values()).values())
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
    taking_part = Counter[str]()
    for counts in per_group.values():
        taking_part.update(counts)
    rows = [
        Staffing(unit, cap.n, cap.cap, taking_part[unit], away[unit])
        for unit, cap in caps_of(given).items()
    ]
    return sorted(rows, key=lambda row: (not row.can_bind, -row.peak / row.n, row.unit))


# ---- the same check at the command line ----------------------------------------------------------

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def check_command(given: Given, groups: Grouping) -> list[str]:
    """The words of the command that checks the plan's downloaded files by the same rules."""
    names = tuple(dict.fromkeys(groups.values()))
    venues, facilitators = hosts_for(given, groups)
    lengths = [days for _, days in given["blocks"]]
    low, high = given["size"]
    weights = ",".join(f"{name}={_plain(weight)}" for name, weight in given["weights"].items())
    words = ["modig", "plan", "check", "people.csv", "groups.csv", "schedule.csv"]
    words += ["--groups", str(len(names)), "--size", f"{low}-{high}", "--weights", weights]
    words += ["--keep-together", "team", "--unit", "unit", "--staff", "staff.csv"]
    words += ["--cap", _plain(Fraction(given["cap"]) / 100)]
    words += ["--unit-caps", "unit_caps.csv"] if given.get("unit_caps") else []
    words += ["--keep-apart", "keep_apart.csv"] if given["keep_apart"] else []
    words += [word for quota in _quotas(given) for word in ("--quota", _written(quota))]
    words += ["--unavailable", "unavailable.csv"] if unavailable_of(given) else []
    words += ["--blocks", str(len(lengths)), "--length", _lengths(lengths)]
    words += ["--from", given["first_day"], "--weeks", str(given["weeks"])]
    words += ["--gap", f"{given['gap'][0]}-{given['gap'][1]}"]
    ways = far_apart_of(given, groups)
    if days_off_of(given) or ways:
        words += ["--rooms", "venues.csv", "--facilitators", "facilitators.csv"]
        words += ["--days-off", "days_off.csv"] if days_off_of(given) else []
        words += ["--travel", "travel.csv", "--most-travel", "0"] if ways else []
    else:
        words += ["--rooms", str(len(venues)), "--facilitators", str(len(facilitators))]
    words += ["--days", ",".join(WEEKDAYS[day] for day in given["weekdays"])]
    words += ["--closed", _weeks(given["closed"])] if given["closed"] else []
    words += ["--holidays", "holidays.txt"] if given.get("holidays") else []
    return words


def _plain(value: float | Fraction) -> str:
    """A number without exponent and without needless noughts."""
    return f"{float(value):.6f}".rstrip("0").rstrip(".")


def _written(quota: planning.Quota) -> str:
    """A quota as the command reads it: ``department=FIRE:0|2-5``, ``department:-40%``."""
    of = quota.attribute if quota.value is None else f"{quota.attribute}={quota.value}"
    least = f"{'0|' if quota.or_none else ''}{quota.least}" if quota.least else ""
    most = "" if quota.most is None else str(quota.most)
    if quota.most_share is not None:
        most = f"{_plain(quota.most_share * 100)}%"
    return f"{of}:{least}-{most}"


def _lengths(days: Sequence[int]) -> str:
    """One number where all blocks are equally long."""
    return str(days[0]) if len(set(days)) == 1 else ",".join(map(str, days))


def _weeks(closed: Sequence[Sequence[int]]) -> str:
    """Weeks in a row as 2027-W26..2027-W32."""
    mondays = [date.fromisocalendar(year, week, 1) for year, week in closed]
    rows: list[list[date]] = []
    for monday in sorted(mondays):
        if rows and monday - rows[-1][-1] == timedelta(weeks=1):
            rows[-1].append(monday)
        else:
            rows.append([monday])
    return ",".join("..".join(dict.fromkeys((_week(row[0]), _week(row[-1])))) for row in rows)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


# ---- planning again after people have come and gone ----------------------------------------------

Key = tuple[str, str]
SHARE_FOR_MOVES = 0.6


@dataclass(frozen=True, slots=True)
class Moving:
    """A team or a lone person who gets another group, or a first one; ``why`` is a code."""

    key: Key
    before: str
    after: str
    why: str


def replan(  # noqa: PLR0913 -- the plan by place, the rest by name
    given: Given,
    groups: Grouping,
    meetings: Sequence[MeetingRow],
    *,
    locks: Locks,
    names: Sequence[str],
    seed: int,
    limit: Limit,
    today: date,
    tell: Callable[[HowFar], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Made, tuple[Moving, ...]]:
    """A plan for the people of now with as few moves as possible, and who moves and why.

    Meetings stay unless a rule would break; those before ``today`` stay whatever happens.
    """
    gently = _Gently(given, groups, meetings, locks, names, seed, limit, today, should_stop)
    if tell is not None:
        tell(HowFar(0.0, "groups", 0.0, 0))
    made = gently.regrouped()
    if not made.groups:
        return made, ()
    if tell is not None:
        tell(HowFar(SHARE_FOR_MOVES, "dates", 0.0, 0))
    rows = gently.redated(made.groups)
    figures = figures_of(given, made.groups, rows, locks)
    is_whole = not figures["violations"] and not figures["crowded"]
    status = Status.OK if is_whole else Status.NOT_FOUND
    made = replace(made, status=status, meetings=tuple(rows), figures=figures)
    return made, _moves(given, gently.home, made.groups)


@dataclass(frozen=True)
class _Gently:
    """Everything that a gentle search needs to know."""

    given: Given
    groups: Grouping
    meetings: Sequence[MeetingRow]
    locks: Locks
    names: Sequence[str]
    seed: int
    limit: Limit
    today: date
    should_stop: Callable[[], bool] | None

    @property
    def home(self) -> dict[Key, str]:
        return _homes(self.given, self.groups)

    def regrouped(self) -> Made:
        names = tuple(self.names)
        problem = composition_problem(self.given, len(names), self.locks, names)
        known = {person.id for person in problem.people}
        found, _ = planning.replan_groups(
            problem,
            {person: group for person, group in self.groups.items() if person in known},
            seed=self.seed,
            **self.limit.part(SHARE_FOR_MOVES),
            should_stop=self.should_stop,
        )
        if not found.groups or found.violations:
            return Made(found.status, _reasons(found.reasons), seed=self.seed)
        return Made(Status.OK, (), found.groups, names, seed=self.seed, steps=found.steps)

    def redated(self, groups: Grouping) -> list[MeetingRow]:
        """The meetings as they are if they keep every rule; else as few others as possible."""
        names = tuple(dict.fromkeys(groups.values()))
        rows = [row for row in self.meetings if row.group in names]
        figures = figures_of(self.given, groups, rows, self.locks)
        if not figures["violations"] and not figures["crowded"]:
            return rows
        past = {
            (row.group, row.block): min(row.dates) for row in rows if min(row.dates) < self.today
        }
        held = Locks({}, {}, {**past, **self.locks.days})
        answer = planning.replan_schedule(
            schedule_problem(self.given, groups, held, names),
            _meetings(rows),
            seed=self.seed,
            **self.limit.part(1 - SHARE_FOR_MOVES),
            should_stop=self.should_stop,
        )
        return _with_old_places(self.given, groups, rows, _rows(answer.meetings)) or rows


def _homes(given: Given, groups: Grouping) -> dict[Key, str]:
    """The group so far of every team and lone person, by most of its people."""
    found: dict[Key, Counter[str]] = defaultdict(Counter)
    for person in given["people"]:
        if person["id"] in groups:
            found[_key(person)][groups[person["id"]]] += 1
    return {key: count.most_common(1)[0][0] for key, count in found.items()}


def _troubled(given: Given, home: Mapping[Key, str]) -> dict[str, str]:
    """The groups that break a rule if everybody stays, with a code for the rule."""
    low, high = given["size"]
    sizes: Counter[str] = Counter()
    units: dict[str, Counter[str]] = defaultdict(Counter)
    for person in given["people"]:
        if group := home.get(_key(person)):
            sizes[group] += 1
            units[group][person["unit"]] += 1
    caps = caps_of(given)
    held = _kinds_held(given, home)
    troubled = {
        group: "quota"
        for group, n in sizes.items()
        for quota, value in _asked_of(given)
        if not quota.allows(held[group][quota.attribute, value], n)
    }
    troubled |= {group: "too_large" for group, n in sizes.items() if n > high}
    troubled |= {group: "too_small" for group, n in sizes.items() if n < low}
    for group, count in units.items():
        if any(n > caps[unit].cap for unit, n in count.items()):
            troubled.setdefault(group, "unit_over_cap")
    for a, b in given["keep_apart"]:
        here = home.get(("team", a))
        if here is not None and here == home.get(("team", b)):
            troubled.setdefault(here, "keep_apart")
    return troubled


def _kinds_held(given: Given, home: Mapping[Key, str]) -> dict[str, Counter[tuple[str, str]]]:
    """How many of each kind sit in each group."""
    held: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for person in _people(given):
        if group := home.get(person.team_key):
            held[group].update(person.attributes.items())
    return held


def _asked_of(given: Given) -> list[tuple[planning.Quota, str]]:
    """Every quota with each of the values that it counts."""
    people = given["people"]
    return [
        (quota, value)
        for quota in _quotas(given)
        for value in dict.fromkeys(person[quota.attribute] for person in people)
        if quota.value in {None, value}
    ]


def _moves(given: Given, home: Mapping[Key, str], groups: Grouping) -> tuple[Moving, ...]:
    after = {_key(person): groups[person["id"]] for person in given["people"]}
    troubled = _troubled(given, home)
    moves = []
    for key, group in after.items():
        before = home.get(key, "")
        if before != group:
            why = _why(troubled, before, group) if before else "new"
            moves.append(Moving(key, before, group, why))
    return tuple(moves)


def _why(troubled: Mapping[str, str], before: str, after: str) -> str:
    """What drives somebody away, else what calls for her; nobody leaves a group for being small."""
    if (drives := troubled.get(before, "too_small")) != "too_small":
        return drives
    return "too_small" if troubled.get(after) == "too_small" else "gives_room"


def _with_old_places(
    given: Given, groups: Grouping, old: Sequence[MeetingRow], new: Sequence[MeetingRow]
) -> list[MeetingRow]:
    """Meetings that keep their days keep venue and facilitator too, where nobody else has them."""
    seats: dict[str, int] = dict(given["venues"])
    sizes, off = Counter(groups.values()), set(days_off_of(given))
    was = {(row.group, row.block): row for row in old}
    kept: list[MeetingRow] = []
    for row in new:
        same = was.get((row.group, row.block))
        stays = (
            same is not None
            and same.dates == row.dates
            and seats.get(same.venue, 0) >= sizes[row.group]
            and same.facilitator in given["facilitators"]
            and not off
            & {(host, day) for host in (same.venue, same.facilitator) for day in same.dates}
        )
        kept.append(same if stays and same is not None else row)
    problem = schedule_problem(given, groups, NO_LOCKS, tuple(dict.fromkeys(groups.values())))
    broken = planning.check_schedule(problem, _meetings(kept)).violations
    return list(new) if {"venue_clash", "facilitator_clash", "far_apart"} & broken.keys() else kept
