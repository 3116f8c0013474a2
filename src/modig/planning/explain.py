"""What a change of a plan would cost, and why a team is where it is."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from modig.planning.checker import (
    GroupFigures,
    ScheduleFigures,
    check_groups,
    check_schedule,
)
from modig.planning.problem import CompositionProblem, Person, Quota, ScheduleProblem, TeamKey
from modig.planning.result import Meeting


@dataclass(frozen=True, slots=True)
class MoveCost:
    """What changes when a team moves to another group. Positive ``broken`` counts are new.

    ``sizes`` gives the new size of the groups it leaves and joins. ``dates`` is what changes in the
    schedule's broken rules. ``errors`` are the sentences of whatever is broken afterwards.
    """

    groups: Mapping[str, str]
    value: float
    share: float
    excess: Mapping[str, int]
    broken: Mapping[str, int]
    dates: Mapping[str, int]
    sizes: Mapping[str, int]
    errors: tuple[str, ...]
    max_share_away: float | None = None

    @property
    def keeps_every_rule(self) -> bool:
        return not self.errors


@dataclass(frozen=True, slots=True)
class MeetingMoveCost:
    """What changes when a meeting moves to another day; ``meetings`` is the schedule after it."""

    meeting: Meeting
    meetings: tuple[Meeting, ...]
    broken: Mapping[str, int]
    max_share_away: float
    errors: tuple[str, ...]

    @property
    def keeps_every_rule(self) -> bool:
        return not self.errors


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another group for a team: what the value would change by, and the rules it would break."""

    group: str
    value: float
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyHere:
    """A team's place against all others, best first; ``same`` are kinds that it meets again there."""

    group: str
    is_locked: bool
    same: Mapping[str, int]
    alternatives: tuple[Alternative, ...] = field(default=())


def team_key(problem: CompositionProblem, name: str | TeamKey) -> TeamKey:
    """The team with this name, or else the team of the person with this id."""
    teams = problem.teams()
    if isinstance(name, tuple):
        if name in teams:
            return name
    elif ("team", name) in teams:
        return "team", name
    else:
        for person in problem.people:
            if person.id == name:
                return person.team_key
    raise KeyError(name)


def cost_of_move(
    problem: CompositionProblem,
    groups: Mapping[str, str],
    team: str | TeamKey,
    to: str,
    schedule: tuple[ScheduleProblem, Sequence[Meeting]] | None = None,
) -> MoveCost:
    """What moving a whole team to the group ``to`` changes, in the grouping and on its dates."""
    key = team_key(problem, team)
    if to not in problem.group_names:
        raise KeyError(to)
    members = problem.teams()[key]
    moved = {**groups, **{person.id: to for person in members}}
    before, after = check_groups(problem, groups), check_groups(problem, moved)
    touched = {groups[p.id] for p in members if p.id in groups} | {to}
    count = Counter(moved.values())
    dates: dict[str, int] = {}
    errors, worst = after.errors, None
    if schedule is not None:
        plan, meetings = schedule
        old = check_schedule(plan, meetings)
        new = check_schedule(replace(plan, members=_members(problem, moved, plan)), meetings)
        dates, worst = _change(old, new), new.max_share_away
        errors += new.errors
    return MoveCost(
        groups=moved,
        value=(after.value or 0.0) - (before.value or 0.0),
        share=(after.share or 0.0) - (before.share or 0.0),
        excess={k: n - before.excess.get(k, 0) for k, n in after.excess.items()},
        broken=_change(before, after),
        dates=dates,
        sizes={name: count[name] for name in sorted(touched)},
        errors=errors,
        max_share_away=worst,
    )


def _members(
    problem: CompositionProblem, groups: Mapping[str, str], plan: ScheduleProblem
) -> dict[str, list[Person]]:
    members: dict[str, list[Person]] = {name: [] for name in plan.members}
    for person in problem.people:
        if person.id in groups:
            members.setdefault(groups[person.id], []).append(person)
    return members


def _change(
    before: GroupFigures | ScheduleFigures, after: GroupFigures | ScheduleFigures
) -> dict[str, int]:
    rules = dict.fromkeys([*before.violations, *after.violations])
    change = {r: after.violations.get(r, 0) - before.violations.get(r, 0) for r in rules}
    return {rule: n for rule, n in change.items() if n}


def cost_of_meeting_move(
    problem: ScheduleProblem, meetings: Sequence[Meeting], group: str, block: int, to: date
) -> MeetingMoveCost:
    """What starting a block on another day changes; it keeps its venue and facilitator if free."""
    others = [m for m in meetings if (m.group, m.block) != (group, block)]
    (old,) = [m for m in meetings if (m.group, m.block) == (group, block)]
    days = tuple(d for d in [*problem.working_days(), to] if d >= to)
    days = tuple(sorted(set(days)))[: problem.length_of_block[block - 1]]
    there = [m for m in others if set(m.dates) & set(days)]
    unfit = {venue for venue in problem.venues if not problem.seats_enough(venue, group)}
    closed = {venue for venue, day in problem.venues_closed if day in days}
    off = {leader for leader, day in problem.facilitators_off if day in days}
    new = replace(
        old,
        dates=days,
        venue=_free(old.venue, problem.venues, {m.venue for m in there} | unfit | closed),
        facilitator=_free(
            old.facilitator, problem.facilitators, {m.facilitator for m in there} | off
        ),
    )
    moved = tuple(new if m is old else m for m in meetings)
    before, after = check_schedule(problem, meetings), check_schedule(problem, moved)
    return MeetingMoveCost(new, moved, _change(before, after), after.max_share_away, after.errors)


def _free(own: str, names: Iterable[str], taken: set[str]) -> str:
    return next((name for name in [own, *names] if name not in taken), own)


def why_here(
    problem: CompositionProblem, groups: Mapping[str, str], team: str | TeamKey
) -> WhyHere:
    """Every other group for a team, best first: its value and the rules that it would break."""
    key = team_key(problem, team)
    members = problem.teams()[key]
    here = groups[members[0].id]
    inside: dict[str, list[Person]] = {name: [] for name in problem.group_names}
    for person in problem.people:
        if person.team_key != key:
            inside[groups[person.id]].append(person)
    worth = {name: worth_among(problem, members, others) for name, others in inside.items()}
    apart = {pair for pair in problem.keep_apart_keys() if key in pair}
    is_locked = key in dict(problem.locked_keys())
    alternatives = [
        Alternative(
            name,
            worth[name] - worth[here],
            broken_among(problem, members, inside[name], left=inside[here], apart=apart)
            + (("lock",) if is_locked else ()),
        )
        for name in problem.group_names
        if name != here
    ]
    alternatives.sort(key=lambda other: (len(other.broken), -other.value))
    return WhyHere(
        group=here,
        is_locked=is_locked,
        same={attribute: _same(members, inside[here], attribute) for attribute in problem.weights},
        alternatives=tuple(alternatives),
    )


def _same(ours: Sequence[Person], others: Sequence[Person], attribute: str) -> int:
    theirs = Counter(person.attributes[attribute] for person in others)
    return sum(theirs[person.attributes[attribute]] for person in ours)


def worth_among(
    problem: CompositionProblem, ours: Sequence[Person], others: Sequence[Person]
) -> float:
    """Value of the pairs between a team and the others of a group."""
    pairs = len(ours) * len(others)
    return sum(
        weight * (pairs - _same(ours, others, attribute))
        for attribute, weight in problem.weights.items()
    )


def broken_among(
    problem: CompositionProblem,
    ours: Sequence[Person],
    others: Sequence[Person],
    *,
    left: Sequence[Person],
    apart: Collection[tuple[TeamKey, TeamKey]],
) -> tuple[str, ...]:
    """The rules that a team would break among ``others``; ``apart`` are its own pairs."""
    broken = []
    if len(others) + len(ours) > problem.high or len(left) < problem.low:
        broken.append("size")
    there = {person.team_key for person in others}
    if any(there.intersection(pair) for pair in apart):
        broken.append("keep_apart")
    units = Counter(person.unit for person in [*ours, *others])
    if any(unit in problem.caps and n > problem.caps[unit].cap for unit, n in units.items()):
        broken.append("unit_over_cap")
    asked = problem.quota_values()
    if not (keeps_quotas(asked, [*ours, *others]) and keeps_quotas(asked, left)):
        broken.append("quota")
    return tuple(broken)


def keeps_quotas(asked: Sequence[tuple[Quota, str]], group: Sequence[Person]) -> bool:
    """Whether these people, as one group, keep all of these quotas, each with its value."""
    attributes = {quota.attribute for quota, _ in asked}
    count = Counter((a, person.attributes[a]) for person in group for a in attributes)
    return all(quota.allows(count[quota.attribute, value], len(group)) for quota, value in asked)
