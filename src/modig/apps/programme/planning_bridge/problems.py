"""What a plan is made from, as the planner takes it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from modig import planning
from modig.apps.programme.planning_bridge.values import Given, Grouping
from modig.apps.programme.queries.plans import NO_LOCKS, Locks, MeetingRow


def holidays(country: str, first: date, weeks: int) -> list[str]:
    """The public holidays that the plan keeps free, as ISO dates."""
    try:
        days = planning.public_holidays(country, first, first + timedelta(weeks=weeks))
    except planning.UnknownCountryError:
        return []
    return [day.isoformat() for day in days]


def people_in(given: Given) -> tuple[planning.Person, ...]:
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


def caps_in(given: Given, people: Iterable[planning.Person]) -> dict[tuple[str, ...], planning.Cap]:
    """The cap of every unit that sends people: the wave's, or the unit's own lower one."""
    staff: dict[tuple[str, ...], int] = {(unit,): n for unit, n in given["staff"].items()}
    lower: dict[str, str] = given.get("unit_caps", {})
    caps: dict[tuple[str, ...], planning.Cap] = {}
    people = list(people)
    for percent in sorted({given["cap"], *lower.values()}):
        own = [one for one in people if lower.get(one.unit[0], given["cap"]) == percent]
        caps |= planning.unit_caps(own, staff, Fraction(percent) / 100)
    return caps


def quotas_in(given: Given) -> tuple[planning.Quota, ...]:
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
        if not quota["value"] or how_many(given, quota)
    )


def how_many(given: Given, quota: Mapping[str, Any]) -> int:
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
    people = people_in(given)
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
        caps=caps_in(given, people),
        quotas=quotas_in(given),
        group_names=tuple(names),
        whole_teams=True,
    )


def schedule_problem(
    given: Given, groups: Grouping, locks: Locks = NO_LOCKS, names: Sequence[str] = ()
) -> planning.ScheduleProblem:
    members: dict[str, list[planning.Person]] = {name: [] for name in names}
    people = people_in(given)
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
        venues=venues_for(given, smallest),
        seats=dict(given["venues"]),
        facilitators=tuple(given["facilitators"]),
        caps=caps_in(given, people),
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


def venues_for(given: Given, people: int) -> tuple[str, ...]:
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
    return venues_for(given, smallest), tuple(given["facilitators"])


def rows_of(meetings: Iterable[planning.Meeting]) -> tuple[MeetingRow, ...]:
    return tuple(
        MeetingRow(m.group, m.block, tuple(m.dates), m.venue, m.facilitator) for m in meetings
    )


def meetings_of(rows: Iterable[MeetingRow]) -> list[planning.Meeting]:
    return [planning.Meeting(r.group, r.block, r.dates, r.venue, r.facilitator) for r in rows]


def key_of(person: Mapping[str, Any]) -> tuple[str, str]:
    return ("team", person["team"]) if person["team"] else ("alone", person["id"])
