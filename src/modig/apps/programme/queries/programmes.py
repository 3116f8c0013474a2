"""Programmes with their waves, and the groups that meet in them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from modig.apps.accounts.models import User
from modig.apps.people.models import ManagementTeam, TeamSeat
from modig.apps.people.queries.persons import valid_on
from modig.apps.programme.models import (
    Block,
    ClosedWeeks,
    Facilitator,
    FarApart,
    Group,
    GroupQuota,
    KeepApart,
    MeetingDay,
    Participant,
    Plan,
    Programme,
    TargetPart,
    TeamAway,
    TeamPlacement,
    UnitCap,
    Venue,
    Wave,
)
from modig.apps.programme.weeks import monday_of

PUBLISHED = Plan.State.PUBLISHED


# ---- one thing -----------------------------------------------------------------------------------


def find_programme(programme_id: int) -> Programme:
    return get_object_or_404(
        Programme.objects.select_related("derived_from", "strategy"), pk=programme_id
    )


def find_wave(wave_id: int) -> Wave:
    return get_object_or_404(Wave.objects.select_related("programme", "rules"), pk=wave_id)


def find_block(block_id: int) -> Block:
    return get_object_or_404(Block.objects.select_related("wave__programme"), pk=block_id)


def find_target_part(part_id: int) -> TargetPart:
    found = TargetPart.objects.select_related("wave__programme", "unit", "team", "person")
    return get_object_or_404(found, pk=part_id)


def find_closed_weeks(closed_id: int) -> ClosedWeeks:
    return get_object_or_404(ClosedWeeks.objects.select_related("wave__programme"), pk=closed_id)


def find_keep_apart(pair_id: int) -> KeepApart:
    found = KeepApart.objects.select_related("wave__programme", "team_a", "team_b")
    return get_object_or_404(found, pk=pair_id)


def find_quota(quota_id: int) -> GroupQuota:
    return get_object_or_404(GroupQuota.objects.select_related("wave__programme"), pk=quota_id)


def find_far_apart(far_id: int) -> FarApart:
    return get_object_or_404(FarApart.objects.select_related("wave__programme"), pk=far_id)


def find_team_away(away_id: int) -> TeamAway:
    return get_object_or_404(TeamAway.objects.select_related("wave__programme", "team"), pk=away_id)


def find_unit_cap(cap_id: int) -> UnitCap:
    return get_object_or_404(UnitCap.objects.select_related("wave__programme", "unit"), pk=cap_id)


def find_venue(venue_id: int) -> Venue:
    return get_object_or_404(Venue, pk=venue_id)


def find_facilitator(facilitator_id: int) -> Facilitator:
    return get_object_or_404(Facilitator.objects.select_related("user"), pk=facilitator_id)


# ---- lists ---------------------------------------------------------------------------------------


def programmes() -> QuerySet[Programme]:
    """Every programme with its waves, the newest first."""
    waves = Prefetch("waves", Wave.objects.order_by("number"))
    return Programme.objects.prefetch_related(waves).order_by("-starts_on", "pk")


def open_programmes(on: date) -> QuerySet[Programme]:
    return programmes().filter(ends_on__gte=on)


def waves_of(programmes: Iterable[Programme]) -> list[Wave]:
    """The waves and pauses of these programmes with rules, venues, facilitators, blocks, weeks."""
    found = Wave.objects.filter(programme__in=[one.pk for one in programmes])
    return list(
        found.select_related("programme", "rules")
        .prefetch_related("rules__venues", "rules__facilitators", "blocks", "closed_weeks")
        .order_by("programme", "number")
    )


@dataclass(frozen=True, slots=True)
class Size:
    """How many people and groups a programme's published plans have."""

    people: int = 0
    groups: int = 0


def sizes(programmes: Iterable[Programme]) -> dict[int, Size]:
    rows = Participant.objects.filter(
        group__plan__state=PUBLISHED, group__plan__wave__programme__in=list(programmes)
    )
    counted = (
        rows.order_by()
        .values_list("group__plan__wave__programme")
        .annotate(people=Count("person", distinct=True), groups=Count("group", distinct=True))
    )
    return {key: Size(people, groups) for key, people, groups in counted}


def groups_led_by(user: User) -> QuerySet[Group]:
    """The published groups that ``user`` leads in some meeting."""
    led = Q(meetings__facilitator__user=user, plan__state=PUBLISHED)
    found = Group.objects.filter(led).select_related("plan__wave__programme")
    found = found.defer("plan__given", "plan__figures").distinct()
    return found.order_by("plan__wave__programme__starts_on", "plan__wave__number", "number")


# ---- groups --------------------------------------------------------------------------------------


@dataclass(slots=True)
class BlockDays:
    """A group's block: its days, and whether venue and facilitator are named."""

    number: int
    title: str
    days: list[date] = field(default_factory=list)
    venue: str = ""
    facilitator: str = ""


@dataclass(slots=True)
class GroupRow:
    """A published group, as the cockpit shows it."""

    group: Group
    people: int
    teams: int
    vacancies: list[tuple[ManagementTeam, int]]
    left: int
    blocks: list[BlockDays]

    @property
    def wave(self) -> Wave:
        return self.group.plan.wave

    @property
    def facilitators(self) -> list[str]:
        return list(dict.fromkeys(block.facilitator for block in self.blocks if block.facilitator))

    def coming(self, on: date) -> list[BlockDays]:
        return [block for block in self.blocks if block.days and block.days[-1] >= on]

    def next_block(self, on: date) -> BlockDays | None:
        return next(iter(self.coming(on)), None)

    def done(self, on: date) -> int:
        return len(self.blocks) - len(self.coming(on))

    def without(self, what: str, on: date) -> list[BlockDays]:
        """The coming blocks without ``venue`` or ``facilitator``."""
        return [block for block in self.coming(on) if not getattr(block, what)]


def group_rows(programmes: Iterable[Programme], on: date) -> list[GroupRow]:
    """Every published group of these programmes with people, teams and dates; fixed queries."""
    keys = [one.pk for one in programmes]
    groups = list(
        Group.objects.filter(plan__state=PUBLISHED, plan__wave__programme__in=keys)
        .select_related("plan__wave__programme")
        .defer("plan__given", "plan__figures")
        .order_by("plan__wave__number", "number", "pk")
    )
    pks = {group.pk for group in groups}
    people, left = _people_per_group(pks, on)
    teams = _teams_per_group(pks)
    vacant = _vacancies({team.pk for own in teams.values() for team in own}, on)
    blocks = _blocks_per_group(keys)
    return [
        GroupRow(
            group=group,
            people=people[group.pk],
            teams=len(teams[group.pk]),
            vacancies=[(team, vacant[team.pk]) for team in teams[group.pk] if vacant[team.pk]],
            left=left[group.pk],
            blocks=blocks[group.pk],
        )
        for group in groups
    ]


def _people_per_group(groups: Collection[int], on: date) -> tuple[Counter[int], Counter[int]]:
    has_left = Q(person__left_on__lte=on)
    rows = (
        Participant.objects.filter(group__plan__state=PUBLISHED)
        .order_by()
        .values_list("group")
        .annotate(people=Count("pk"), left=Count("pk", filter=has_left))
    )
    people: Counter[int] = Counter()
    left: Counter[int] = Counter()
    for group, n, gone in rows:
        if group in groups:
            people[group], left[group] = n, gone
    return people, left


def _teams_per_group(groups: Collection[int]) -> dict[int, list[ManagementTeam]]:
    teams: dict[int, list[ManagementTeam]] = defaultdict(list)
    placed = TeamPlacement.objects.filter(group__plan__state=PUBLISHED).select_related("team")
    for placement in placed.order_by("team__sorting", "pk"):
        if placement.group_id in groups:
            teams[placement.group_id].append(placement.team)
    return teams


def _vacancies(teams: Collection[int], on: date) -> Counter[int]:
    """Vacant places by team; a team that has ended has none."""
    rows = TeamSeat.objects.filter(
        valid_on(on), Q(team__to_on=None) | Q(team__to_on__gt=on), person=None
    )
    counted = rows.order_by().values_list("team").annotate(n=Count("pk"))
    return Counter({team: n for team, n in counted if team in teams})


def _blocks_per_group(programmes: Sequence[int]) -> dict[int, list[BlockDays]]:
    rows = MeetingDay.objects.filter(
        meeting__group__plan__state=PUBLISHED,
        meeting__group__plan__wave__programme__in=programmes,
    ).order_by("meeting__group", "meeting__block__number", "on")
    blocks: dict[int, list[BlockDays]] = defaultdict(list)
    for group, number, title, on, venue, leader in rows.values_list(
        "meeting__group",
        "meeting__block__number",
        "meeting__block__title",
        "on",
        "meeting__venue__name",
        "meeting__facilitator__name",
    ):
        own = blocks[group]
        if not own or own[-1].number != number:
            own.append(BlockDays(number, title, [], venue or "", leader or ""))
        own[-1].days.append(on)
    return blocks


@dataclass(frozen=True, slots=True)
class Need:
    """What a group needs, in words: first what is nearest in time."""

    row: GroupRow
    state: str
    kind: str
    what: str
    why: str


def needs(rows: Iterable[GroupRow], on: date) -> list[Need]:
    """The groups that meet today or miss something, the nearest meeting first; one need each."""
    found = [need for row in rows if (need := _need(row, on))]
    return sorted(found, key=lambda need: _nearest(need.row, on))


def _nearest(row: GroupRow, on: date) -> tuple[date, int]:
    block = row.next_block(on)
    return (block.days[0] if block else date.max), row.group.pk


def _need(row: GroupRow, on: date) -> Need | None:
    block = row.next_block(on)
    if block is None:
        return None
    if lack := _lack(row, on):
        state = _("Block %(number)s of %(all)s") % {"number": block.number, "all": len(row.blocks)}
        return Need(row, state, *lack)
    if block.days[0] > on:
        return None
    people = ngettext("%(n)s participant", "%(n)s participants", row.people) % {"n": row.people}
    where = ", ".join(filter(None, [block.venue, block.facilitator]))
    return Need(row, _("Block %(number)s today") % {"number": block.number}, "now", people, where)


def _lack(row: GroupRow, on: date) -> tuple[str, str, str] | None:
    """What a group lacks: how bad it is, what, and more about it."""
    if blocks := row.without("facilitator", on):
        return "warn", _("No facilitator yet"), _said_blocks(blocks)
    if blocks := row.without("venue", on):
        return "warn", _("No venue yet"), _said_blocks(blocks)
    if row.left:
        what = ngettext("%(n)s participant has left", "%(n)s participants have left", row.left)
        return "bad", what % {"n": row.left}, _("There is a place free.")
    if row.vacancies:
        n = sum(count for _team, count in row.vacancies)
        what = ngettext("%(n)s vacant place", "%(n)s vacant places", n) % {"n": n}
        return "warn", what, ", ".join(str(team) for team, _n in row.vacancies)
    return None


def _said_blocks(blocks: Sequence[BlockDays]) -> str:
    numbers = ", ".join(str(block.number) for block in blocks)
    said = ngettext("Block %(numbers)s.", "Blocks %(numbers)s.", len(blocks))
    return said % {"numbers": numbers}


def by_next_meeting(rows: Iterable[GroupRow], on: date) -> list[GroupRow]:
    """The group that meets next first; those whose meetings are over last."""
    return sorted(rows, key=lambda row: _nearest(row, on))


def has_been_published(waves: Iterable[Wave]) -> bool:
    """Whether people have had dates from one of these waves, now or in a plan that was replaced."""
    return Plan.objects.filter(wave__in=list(waves), published_at__isnull=False).exists()


# ---- closed weeks --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UsualWeeks:
    """Weeks in which most employers do not meet: a proposal of one click."""

    first_monday: date
    last_monday: date
    reason: str


def usual_closed_weeks(wave: Wave, known: Iterable[ClosedWeeks]) -> list[UsualWeeks]:
    """Summer and the turn of the year within the wave, where nothing of them is closed yet."""
    proposals = []
    for year in range(wave.starts_on.year - 1, wave.ends_on.year + 1):
        summer = date.fromisocalendar(year, 26, 1), date.fromisocalendar(year, 32, 1)
        christmas = monday_of(date(year, 12, 24)), monday_of(date(year + 1, 1, 5))
        proposals.append(UsualWeeks(*summer, _("summer")))
        proposals.append(UsualWeeks(*christmas, _("Christmas and New Year")))
    closed = list(known)
    return [
        one
        for one in proposals
        if one.first_monday <= wave.ends_on
        and one.last_monday + timedelta(days=6) >= wave.starts_on
        and not any(
            weeks.first_monday <= one.last_monday and weeks.last_monday >= one.first_monday
            for weeks in closed
        )
    ]
