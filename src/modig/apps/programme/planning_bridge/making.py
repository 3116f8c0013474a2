"""Groups, then dates: plans as the rules say, and proposals with an emphasis."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from modig import planning
from modig.apps.programme.planning_bridge.figures import (
    figures_of,
    most_uneven,
)
from modig.apps.programme.planning_bridge.problems import (
    composition_problem,
    how_many,
    rows_of,
    schedule_problem,
)
from modig.apps.programme.planning_bridge.values import (
    PART_FOR_PRICES,
    Figures,
    Given,
    Grouping,
    HowFar,
    Limit,
    Made,
    ReasonRow,
    plain,
)
from modig.apps.programme.queries.plans import NO_LOCKS, Locks
from modig.planning import Reason, Status

SHARE_FOR_GROUPS = 0.5
PARTS_OF_THE_BAR = (0.0, 0.8, 0.95, 1.0)
"""Where each attempt begins; most plans are found in the first."""
SHARE_FOR_CALENDAR = 0.3
"""After the first attempt, of the time for dates: for a grouping that the calendar likes better."""
SECONDS_AFTER_STOP = 6.0
"""Who stops the search for groups still gets dates: half of this is allowed for them."""


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
        return plain(Fraction(percent) * part)

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
    tight = planning.tight_bound(problem, most_uneven(given, made.groups))
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
        if stuck := _teams_without_days(self.given):
            return Made(Status.NOT_POSSIBLE, stuck)
        composition, problem = self._composition(names, new_names)
        if not composition.groups:
            return Made(composition.status, reasons_of(composition.reasons))
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
        figures = figures_of(self.given, groups, rows_of(found.meetings), self.locks)
        figures["tight_bound"] = composition.tight_bound
        figures["cpu_seconds"] = round(composition.cpu_seconds + found.cpu_seconds, 1)
        return Made(
            status=_worse(composition.status, _status_for_any_groups(found)),
            reasons=reasons_of([*composition.reasons, *found.reasons]),
            groups=groups,
            names=problem.group_names,
            meetings=rows_of(found.meetings),
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
            wanted.append((how_many(given, quota), nobody))
    return next((reason for thing, reason in wanted if not thing), None)


def _teams_without_days(given: Given) -> tuple[ReasonRow, ...]:
    """Teams that are away so often that no group and no search could help."""
    if not given.get("away"):
        return ()
    everybody = dict.fromkeys((person["id"] for person in given["people"]), "")
    return reasons_of(planning.teams_without_days(schedule_problem(given, everybody)))


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


def reasons_of(reasons: Iterable[Reason]) -> tuple[ReasonRow, ...]:
    return tuple((reason.code, dict(reason.numbers), reason.text) for reason in reasons)
