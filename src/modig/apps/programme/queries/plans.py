"""Plans of a wave, and what the planner is given to make one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from modig.apps.jobs.models import Job
from modig.apps.people.models import (
    Employment,
    ManagementTeam,
    Person,
    TeamSeat,
    Unit,
)
from modig.apps.people.queries.persons import matching, valid_on
from modig.apps.programme.days_off import days_in
from modig.apps.programme.models import (
    Attribute,
    Block,
    Facilitator,
    Group,
    GroupQuota,
    Meeting,
    MeetingDay,
    Participant,
    Plan,
    Rules,
    TeamPlacement,
    Venue,
    Wave,
)
from modig.apps.programme.queries.targets import (
    BY_KEY,
    Staff,
    Target,
    parts_of,
    staff_for,
    target_of,
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DEFAULT_WEIGHTS = {Attribute.DEPARTMENT.value: 3.0, Attribute.ROLE.value: 1.0}


# ---- plans ---------------------------------------------------------------------------------------


def plans_of(wave: Wave) -> QuerySet[Plan]:
    """The plans of a wave, newest first, without what they were given."""
    return wave.plans.defer("given").select_related("wave__programme", "job")


def newest_plan(wave: Wave) -> Plan | None:
    return plans_of(wave).first()


def published_plan(wave: Wave) -> Plan | None:
    return plans_of(wave).filter(state=Plan.State.PUBLISHED).first()


def newest_planning_job(wave: Wave) -> Job | None:
    return (
        Job.objects.select_related("started_by")
        .filter(kind__in=("plan", "proposals"), arguments__wave=wave.pk)
        .first()
    )


def newest_replanning(plan: Plan) -> Job | None:
    """The newest look at what must move in a plan after people have come and gone."""
    jobs = Job.objects.select_related("started_by")
    return jobs.filter(kind="replan", arguments__plan=plan.pk).first()


def weights_of(wave: Wave) -> dict[str, float]:
    """What the wave's rules weigh, by attribute."""
    rules = Rules.objects.filter(wave=wave).first()
    return {**((rules.weights if rules else None) or DEFAULT_WEIGHTS)}


def proposals_of(wave: Wave) -> list[Plan]:
    """The plans that the newest making of proposals left, in the order of its emphases."""
    job = Job.objects.filter(kind="proposals", arguments__wave=wave.pk, result__has_key="plans")
    newest = job.first()
    made: list[int] = newest.result["plans"] if newest else []
    kept = {plan.pk: plan for plan in plans_of(wave).filter(pk__in=made)}
    return [kept[pk] for pk in made if pk in kept]


def groups_of(plan: Plan) -> QuerySet[Group]:
    """The groups with their teams, people and meetings, in a fixed number of queries.

    There may be a thousand people on a page: of each no more is read than what a card says.
    """
    people = Participant.objects.select_related("person").only(
        "group", "team", "is_locked", "person__number", "person__first_name", "person__last_name"
    )
    teams = TeamPlacement.objects.select_related("team").only(
        "group", "is_locked", "team__code", "team__name"
    )
    return plan.groups.prefetch_related(
        Prefetch("placements", teams),
        Prefetch("participants", people),
        Prefetch("meetings", meetings().order_by("block__number")),
    )


def meetings() -> QuerySet[Meeting]:
    return Meeting.objects.select_related("block", "venue", "facilitator").prefetch_related(
        Prefetch("days", MeetingDay.objects.order_by("on"))
    )


def groups_before(group: Group) -> int:
    """How many groups of its plan stand before it."""
    return group.plan.groups.filter(number__lt=group.number).count()


def names_in(group: Group, *, names_people: bool) -> dict[tuple[str, str], str]:
    """What the group's teams are called, and those who come alone where names are seen."""
    teams = TeamPlacement.objects.filter(group=group).select_related("team")
    names = {("team", one.team.code): one.team.name for one in teams}
    if names_people:
        alone = Participant.objects.filter(group=group, team=None).select_related("person")
        names |= {("alone", one.person.number): str(one.person) for one in alone}
    return names


def groups_with(plan: Plan, text: str, *, persons_too: bool) -> QuerySet[Group]:
    """The groups whose own name, or a team's or person's in them, holds every word of ``text``."""
    hits = [
        plan.groups.filter(name__icontains=text),
        plan.groups.filter(placements__in=_holding(TeamPlacement, "team__folded", text)),
    ]
    if persons_too:
        people = _holding(Participant, "person__folded", text)
        hits.append(plan.groups.filter(participants__in=people))
    found = {pk for hit in hits for pk in hit.values_list("pk", flat=True)}
    return groups_of(plan).filter(pk__in=found)


def _holding(model: type[TeamPlacement | Participant], column: str, text: str) -> QuerySet[Any]:
    return model.objects.filter(matching(column, text))


def participants_of(plan: Plan) -> QuerySet[Participant]:
    """Everybody in the plan with group and team, no more of each than lists say."""
    everybody = Participant.objects.filter(group__plan=plan)
    return (
        everybody.select_related("person", "team", "group")
        .only(
            "group__name", "team__name", "person__number", "person__email",
            "person__first_name", "person__last_name",
        )
        .order_by("group__number", "person__sorting")
    )  # fmt: skip


def groups_by_number(plan: Plan) -> dict[str, str]:
    """The name of everyone's group by employee number: a grouping as the planner writes it."""
    rows = Participant.objects.filter(group__plan=plan).order_by("group__number", "pk")
    return dict(rows.values_list("person__number", "group__name"))


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in names and dates alone; ``block`` counts the plan's blocks from 1."""

    group: str
    block: int
    dates: tuple[date, ...]
    venue: str
    facilitator: str


def block_places(plan: Plan) -> dict[int, int]:
    """The place of each block in the plan by its key: 1 for the first, whatever its number."""
    blocks = Block.objects.filter(meetings__group__plan=plan).order_by("number").distinct()
    return {pk: place for place, pk in enumerate(blocks.values_list("pk", flat=True), 1)}


def meeting_rows(plan: Plan) -> list[MeetingRow]:
    """Every meeting of the plan, by group and block."""
    places = block_places(plan)
    found: dict[tuple[str, int, str, str], list[date]] = defaultdict(list)
    days = MeetingDay.objects.filter(meeting__group__plan=plan).order_by(
        "meeting__group__number", "meeting__block__number", "on"
    )
    columns = (
        "meeting__group__name",
        "meeting__block",
        "meeting__venue__name",
        "meeting__facilitator__name",
    )
    for group, block, venue, facilitator, on in days.values_list(*columns, "on"):
        found[group, places[block], venue or "", facilitator or ""].append(on)
    return [MeetingRow(g, b, tuple(dates), v, f) for (g, b, v, f), dates in found.items()]


def first_and_last_day(plan: Plan) -> tuple[date | None, date | None]:
    """Between which days the plan's groups meet."""
    days = MeetingDay.objects.filter(meeting__group__plan=plan)
    span = days.aggregate(first=Min("on"), last=Max("on"))
    return span["first"], span["last"]


@dataclass(frozen=True, slots=True)
class Locks:
    """What stays where it is when the plan is made again: teams, lone persons, first days."""

    teams: dict[str, str]
    persons: dict[str, str]
    days: dict[tuple[str, int], date]

    def __len__(self) -> int:
        return len(self.teams) + len(self.persons) + len(self.days)


NO_LOCKS = Locks({}, {}, {})


def locked(plan: Plan) -> int:
    """How many teams, lone persons and meetings are locked in the plan."""
    kinds = (
        TeamPlacement.objects.filter(group__plan=plan),
        Participant.objects.filter(group__plan=plan, team=None),
        Meeting.objects.filter(group__plan=plan),
    )
    return sum(kind.filter(is_locked=True).count() for kind in kinds)


def locks_of(plan: Plan) -> Locks:
    """What is locked in the plan; blocks by their place in the wave as it is now."""
    teams = TeamPlacement.objects.filter(group__plan=plan, is_locked=True)
    persons = Participant.objects.filter(group__plan=plan, is_locked=True, team=None)
    now = plan.wave.blocks.order_by("number").values_list("pk", flat=True)
    places = {pk: place for place, pk in enumerate(now, 1)}
    days: dict[tuple[str, int], date] = {}
    locked = MeetingDay.objects.filter(meeting__group__plan=plan, meeting__is_locked=True)
    for group, block, on in locked.order_by("on").values_list(
        "meeting__group__name", "meeting__block", "on"
    ):
        days.setdefault((group, places[block]), on)
    return Locks(
        dict(teams.values_list("team__code", "group__name")),
        dict(persons.values_list("person__number", "group__name")),
        days,
    )


# ---- what the planner is given -------------------------------------------------------------------


def what_is_given(
    wave: Wave, *, on: date, wishes: Mapping[str, float] | None = None
) -> dict[str, Any]:
    """People, staff and rules of a wave as they are on a day, as plain values to keep.

    Whole management teams come with everybody who has a seat; who is in several comes with the one
    that she leads, else the first by code. Target persons without a team come alone.
    ``wishes`` are weights in place of those of the rules.
    """
    rules = Rules.objects.get(wave=wave)
    parts = parts_of([wave.pk], with_names=False)
    staff = staff_for(parts, on)
    target = target_of(parts, staff)
    teams = ManagementTeam.objects.in_bulk(target.teams)
    codes = {team.code for team in teams.values()}
    weights = {**(wishes or rules.weights or DEFAULT_WEIGHTS)}
    quotas = list(wave.quotas.all())
    counted = [*weights, *(quota.attribute for quota in quotas)]
    return {
        "on": on.isoformat(),
        "people": _people(target, staff, teams, counted, on),
        "teams": {team.code: team.name for team in sorted(teams.values(), key=lambda t: t.code)},
        "vacancies": _vacancies(teams, on),
        "without_employment": [number for _pk, number, _gender in _persons(target.idle, on)],
        "staff": _staff_by_unit(on),
        "weights": weights,
        "keep_apart": [
            sorted(pair)
            for pair in wave.keep_apart.values_list("team_a__code", "team_b__code")
            if {*pair} <= codes
        ],
        "quotas": [_plain_quota(quota) for quota in quotas],
        "away": [
            [code, *_plain_days(days)]
            for code, days in wave.teams_away.values_list("team__code", "days")
            if code in codes
        ],
        **_rules(wave, rules),
    }


def _plain_quota(quota: GroupQuota) -> dict[str, Any]:
    percent = quota.most_percent
    return {
        "attribute": quota.attribute,
        "value": quota.value,
        "least": quota.least,
        "most": quota.most,
        "most_percent": None if percent is None else format(percent.normalize(), "f"),
        "or_none": quota.or_none,
    }


def _rules(wave: Wave, rules: Rules) -> dict[str, Any]:
    venues = rules.venues.all() if rules.venues.exists() else Venue.objects.all()
    leaders = rules.facilitators.all() if rules.facilitators.exists() else Facilitator.objects.all()
    return {
        "groups": rules.groups,
        "size": [rules.size_low, rules.size_high],
        "cap": format(Decimal(rules.cap_percent).normalize(), "f"),
        "unit_caps": _unit_caps(wave, Decimal(rules.cap_percent)),
        "gap": [rules.gap_low, rules.gap_high],
        "first_day": rules.first_day.isoformat(),
        "weeks": rules.weeks,
        "weekdays": weekdays(rules.weekdays),
        "hours": [rules.day_begins.isoformat("minutes"), rules.day_ends.isoformat("minutes")],
        "blocks": list(wave.blocks.order_by("number").values_list("number", "days")),
        "closed": [list(week) for week in _closed_weeks(wave)],
        "venues": [[venue.name, venue.seats] for venue in venues],
        "facilitators": [leader.name for leader in leaders],
        "places": {venue.name: venue.place or venue.name for venue in venues},
        "far_apart": [list(pair) for pair in wave.far_apart.values_list("place_a", "place_b")],
        "venues_closed": [[v.name, *_plain_days(v.closed_days)] for v in venues if v.closed_days],
        "facilitators_off": [[f.name, *_plain_days(f.days_off)] for f in leaders if f.days_off],
    }


def _plain_days(kept: str) -> list[str]:
    return [day.isoformat() for day in days_in(kept)]


def _unit_caps(wave: Wave, general: Decimal) -> dict[str, str]:
    """The lower caps by unit: each holds for the unit and every unit below it."""
    own = list(wave.unit_caps.values_list("unit__path", "percent"))
    found: dict[str, str] = {}
    for code, path in Unit.objects.values_list("code", "path") if own else ():
        lowest = min((cap for above, cap in own if path.startswith(above)), default=general)
        if lowest < general:
            found[code] = format(lowest.normalize(), "f")
    return found


def weekdays(text: str) -> list[int]:
    """``mon-thu`` or ``mon,wed`` as numbers from Monday = 0."""
    days: set[int] = set()
    for part in text.lower().replace(" ", "").split(","):
        first, _, last = part.partition("-")
        days |= set(range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1))
    return sorted(days)


def _closed_weeks(wave: Wave) -> list[tuple[int, int]]:
    weeks: set[tuple[int, int]] = set()
    for first, last in wave.closed_weeks.values_list("first_monday", "last_monday"):
        for k in range(0, (last - first).days + 1, 7):
            year, week, _ = (first + timedelta(days=k)).isocalendar()
            weeks.add((year, week))
    return sorted(weeks)


def _staff_by_unit(on: date) -> dict[str, int]:
    """How many people work in each unit, by its code."""
    rows = Employment.objects.filter(valid_on(on)).order_by().values_list("unit__code")
    return dict(sorted(rows.annotate(n=Count("person", distinct=True))))


def _persons(wanted: Collection[int], on: date) -> list[tuple[int, str, str]]:
    """Key, number and gender of those who are wanted and have not left, by number."""
    persons = Person.objects.filter(Q(left_on=None) | Q(left_on__gt=on)).order_by("number")
    if len(wanted) <= BY_KEY:
        persons = persons.filter(pk__in=wanted)
    rows = persons.values_list("pk", "number", "gender")
    return [row for row in rows if row[0] in wanted]


def _people(
    target: Target,
    staff: Staff,
    teams: Mapping[int, ManagementTeam],
    counted: Iterable[str],
    on: date,
) -> list[dict[str, Any]]:
    kept = [*dict.fromkeys([Attribute.DEPARTMENT.value, *counted])]
    units = {
        pk: (code, entity or "")
        for pk, code, entity in Unit.objects.values_list("pk", "code", "legal_entity__code")
    }
    workplaces = _workplaces(on) if Attribute.WORKPLACE in kept else {}
    people = []
    for pk, number, gender in _persons(target.persons, on):
        post = staff.main[pk]
        unit, entity = units[post.unit]
        every = {
            Attribute.DEPARTMENT: units[post.top][0],
            Attribute.ENTITY: entity,
            Attribute.UNIT: unit,
            Attribute.ROLE: post.role,
            Attribute.GENDER: gender,
            Attribute.WORKPLACE: workplaces.get((pk, post.unit, post.role), ""),
        }
        people.append(
            {
                "id": number,
                "team": teams[target.team_of[pk]].code if pk in target.team_of else None,
                "unit": unit,
                **{name: every[Attribute(name)] for name in kept if name != "unit"},
            }
        )
    return people


def _workplaces(on: date) -> dict[tuple[int, int, str], str]:
    """Where everybody works, by person, unit and role: of two the one with the larger degree."""
    rows = Employment.objects.filter(valid_on(on)).order_by("degree", "-key")
    return {
        (person, unit, role): workplace
        for person, unit, role, workplace in rows.values_list(
            "person_id", "unit_id", "role", "workplace"
        )
    }


def _vacancies(teams: Collection[int], on: date) -> dict[str, int]:
    rows = TeamSeat.objects.filter(valid_on(on), person=None, team__in=teams)
    return dict(rows.values_list("team__code").annotate(n=Count("pk")).order_by("team__code"))


# ---- what pages look up --------------------------------------------------------------------------


def units_of(given: dict[str, Any], *, only: Collection[str] | None = None) -> dict[str, Unit]:
    """The departments and the units that send people, or ``only`` these, in the tree's order."""
    wanted = {person["unit"] for person in given["people"]} if only is None else set(only)
    codes = wanted | {person["department"] for person in given["people"]}
    units = Unit.objects.filter(code__in=codes).select_related("legal_entity").order_by("path")
    return {unit.code: unit for unit in units}


def names_of_persons(numbers: Collection[str], *, are_seen: bool) -> dict[tuple[str, str], str]:
    """What those who come alone are called; without a name for who may not see names."""
    if not are_seen:
        return {("alone", number): _("somebody who comes alone") for number in numbers}
    persons = Person.objects.filter(number__in=numbers) if numbers else ()
    return {("alone", person.number): str(person) for person in persons}


def gone_since(plan: Plan, on: date) -> int:
    """How many of the plan's people have left the employer since it was made."""
    people = Participant.objects.filter(group__plan=plan, person__left_on__lte=on)
    return people.values("person").distinct().count()


@dataclass(frozen=True, slots=True)
class Moved:
    """A team or a lone person in another group than before; no group where it was not, or is not."""

    name: str
    is_team: bool
    before: str
    after: str


def moved_between(plan: Plan, other: Plan) -> list[Moved]:
    """Who is in another group than in ``other``: teams first, then those who come alone."""
    here, there = _group_of_items(plan), _group_of_items(other)
    nowhere = ("", "")
    moved = [
        Moved(
            (here.get(key) or there[key])[0],
            key[0] == "team",
            there.get(key, nowhere)[1],
            here.get(key, nowhere)[1],
        )
        for key in dict.fromkeys([*here, *there])
    ]
    changed = [one for one in moved if one.before != one.after]
    return sorted(changed, key=lambda one: not one.is_team)


def _group_of_items(plan: Plan) -> dict[tuple[str, str], tuple[str, str]]:
    """Name and group of every team and lone person, by kind and code."""
    teams = TeamPlacement.objects.filter(group__plan=plan).select_related("team", "group")
    alone = Participant.objects.filter(group__plan=plan, team=None)
    found = {("team", one.team.code): (one.team.name, one.group.name) for one in teams}
    for one in alone.select_related("person", "group"):
        found["alone", one.person.number] = str(one.person), one.group.name
    return found


@dataclass(frozen=True, slots=True)
class DateChange:
    """A meeting as it is in another plan, and as it is here; either may be missing."""

    group: str
    block: int
    before: MeetingRow | None
    after: MeetingRow | None


def dates_changed_between(plan: Plan, other: Plan) -> list[DateChange]:
    """Meetings whose days, venue or facilitator differ from ``other``'s."""
    here = {(row.group, row.block): row for row in meeting_rows(plan)}
    there = {(row.group, row.block): row for row in meeting_rows(other)}
    return [
        DateChange(*key, there.get(key), here.get(key))
        for key in dict.fromkeys([*here, *there])
        if here.get(key) != there.get(key)
    ]


@dataclass(frozen=True, slots=True)
class Touched:
    """What a publication means for people: how many get dates, other dates, the same, none."""

    new: int
    changed: int
    same: int
    dropped: int

    @property
    def all(self) -> int:
        return self.new + self.changed + self.same


def touched_by(plan: Plan, former: Plan | None) -> Touched:
    """How many people a publication of the plan in place of ``former`` touches."""
    here, there = _dates_of_people(plan), _dates_of_people(former) if former else {}
    both = here.keys() & there.keys()
    same = sum(here[person] == there[person] for person in both)
    return Touched(
        new=len(here.keys() - there.keys()),
        changed=len(both) - same,
        same=same,
        dropped=len(there.keys() - here.keys()),
    )


def _dates_of_people(plan: Plan) -> dict[str, tuple[tuple[object, ...], ...]]:
    """Every person's blocks with days and venue, by employee number."""
    of_group: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for row in meeting_rows(plan):
        of_group[row.group].append((row.block, row.dates, row.venue))
    return {person: tuple(of_group[group]) for person, group in groups_by_number(plan).items()}
