"""Keeping, changing and publishing plans."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_noop

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.jobs.models import Job
from modig.apps.people.models import ManagementTeam, Person
from modig.apps.programme import planning_bridge as bridge
from modig.apps.programme import sentences
from modig.apps.programme.actions.calendars import give_feeds
from modig.apps.programme.models import (
    Facilitator,
    Group,
    Meeting,
    MeetingDay,
    Participant,
    Plan,
    TeamPlacement,
    Venue,
    Wave,
)
from modig.apps.programme.queries import plans as queries
from modig.apps.programme.queries.plans import NO_LOCKS, Locks, MeetingRow
from modig.apps.tenancy.actions import EditedMeanwhileError, save_edit
from modig.apps.tenancy.scope import current_organisation

BATCH = 2000


class PlanBreaksRulesError(Exception):
    """A published plan breaks no rule; the message names those that it would."""


class PlanIsReplacedError(Exception):
    """The plan was replaced by a newer one and stays as it was."""


class GroupWouldBeEmptyError(Exception):
    """The last team of a group cannot leave it; the message names the group."""


def what_is_given(
    wave: Wave, *, on: date, wishes: Mapping[str, float] | None = None
) -> dict[str, Any]:
    """What the planner is given for a wave on a day, public holidays included."""
    given = queries.what_is_given(wave, on=on, wishes=wishes)
    first = date.fromisoformat(given["first_day"])
    given["holidays"] = bridge.holidays(current_organisation().country, first, given["weeks"])
    return given


# ---- keeping -------------------------------------------------------------------------------------


@transaction.atomic
def store_plan(  # noqa: PLR0913 -- all but the wave are by name
    wave: Wave,
    *,
    groups: Mapping[str, str],
    meetings: Iterable[MeetingRow],
    at: datetime,
    by: User | None = None,
    seed: int = 1,
    steps: int = 0,
    figures: dict[str, Any] | None = None,
    given: dict[str, Any] | None = None,
    locks: Locks = NO_LOCKS,
    numbers: Mapping[str, int] | None = None,
    job: Job | None = None,
) -> Plan:
    """Keep a plan as a draft: name of the group by employee number, and the meetings.

    Without ``figures`` the checker computes them; without ``numbers`` the groups are numbered in
    the order of their first person.
    """
    rows = tuple(meetings)
    given = given or what_is_given(wave, on=timezone.localdate(at))
    Wave.objects.select_for_update().get(pk=wave.pk)
    last = wave.plans.aggregate(last=Max("number"))["last"] or 0
    plan = Plan.objects.create(
        organisation=current_organisation(),
        wave=wave,
        number=last + 1,
        job=job,
        seed=seed,
        steps=steps,
        given=given,
        figures=figures or bridge.figures_of(given, groups, rows, locks),
        made_at=at,
    )
    names = list(dict.fromkeys(groups.values()))
    known = numbers or {name: number for number, name in enumerate(names, 1)}
    made = _groups(plan, sorted(names, key=lambda name: known[name]), known)
    _place(made, given, groups, locks)
    _set_dates(made, wave, given, rows, locks)
    record(gettext_noop("plan made"), plan, at=at, by=by, seed=seed, steps=steps)
    return plan


def _groups(plan: Plan, names: Sequence[str], numbers: Mapping[str, int]) -> dict[str, Group]:
    own = {"organisation": plan.organisation, "plan": plan}
    rows = Group.objects.bulk_create(
        Group(**own, number=numbers[name], name=name) for name in names
    )
    return {group.name: group for group in rows}


def _place(
    made: Mapping[str, Group],
    given: Mapping[str, Any],
    groups: Mapping[str, str],
    locks: Locks,
) -> None:
    own = {"organisation": current_organisation()}
    persons = dict(Person.objects.values_list("number", "pk"))
    codes = {person["team"] for person in given["people"]} - {None}
    teams = dict(ManagementTeam.objects.filter(code__in=codes).values_list("code", "pk"))
    group_of_team = {
        person["team"]: groups[person["id"]] for person in given["people"] if person["team"]
    }
    TeamPlacement.objects.bulk_create(
        (
            TeamPlacement(
                **own, group=made[group], team_id=teams[code], is_locked=code in locks.teams
            )
            for code, group in group_of_team.items()
        ),
        batch_size=BATCH,
    )
    Participant.objects.bulk_create(
        (
            Participant(
                **own,
                group=made[groups[person["id"]]],
                person_id=persons[person["id"]],
                team_id=teams.get(person["team"]),
                is_locked=person["id"] in locks.persons,
            )
            for person in given["people"]
        ),
        batch_size=BATCH,
    )


def _set_dates(
    made: Mapping[str, Group],
    wave: Wave,
    given: Mapping[str, Any],
    rows: Sequence[MeetingRow],
    locks: Locks,
) -> None:
    own = {"organisation": current_organisation()}
    known = {block.number: block for block in wave.blocks.all()}
    blocks = {place: known[number] for place, (number, _) in enumerate(given["blocks"], 1)}
    venues = {venue.name: venue for venue in Venue.objects.all()}
    leaders = {leader.name: leader for leader in Facilitator.objects.all()}
    meetings = Meeting.objects.bulk_create(
        (
            Meeting(
                **own,
                group=made[row.group],
                block=blocks[row.block],
                venue=venues.get(row.venue),
                facilitator=leaders.get(row.facilitator),
                is_locked=(row.group, row.block) in locks.days,
            )
            for row in rows
        ),
        batch_size=BATCH,
    )
    MeetingDay.objects.bulk_create(
        (
            MeetingDay(**own, meeting=meeting, on=day)
            for meeting, row in zip(meetings, rows, strict=True)
            for day in row.dates
        ),
        batch_size=BATCH,
    )


# ---- changing ------------------------------------------------------------------------------------


@transaction.atomic
def move_team(  # noqa: PLR0913 -- all but what moves are by name
    plan: Plan,
    *,
    key: tuple[str, str],
    to: Group,
    version: int,
    by: User | None,
    at: datetime,
) -> None:
    """Move a whole team, or a lone person, to another group, and lock it there."""
    plan = _to_change(plan, version)
    kind, name = key
    everybody = Participant.objects.filter(group__plan=plan)
    if kind == "team":
        people = everybody.filter(team__code=name)
    else:
        people = everybody.filter(team=None, person__number=name)
    left = people.values("group")
    if not everybody.filter(group__in=left).exclude(pk__in=people.values("pk")).exists():
        raise GroupWouldBeEmptyError(str(Group.objects.filter(pk__in=left).first()))
    placements = TeamPlacement.objects.filter(group__plan=plan, team__code=name)
    if kind == "team":
        placements.update(group=to, is_locked=True)
    revision = plan.revision + 1 if plan.state == Plan.State.PUBLISHED else plan.revision
    people.update(group=to, sequence=revision, is_locked=kind != "team")
    _save_changed(plan, version=version, revision=revision)
    record(gettext_noop("team moved"), plan, at=at, by=by, team=name, to=to.name)


@transaction.atomic
def move_meeting(  # noqa: PLR0913 -- all but what moves are by name
    plan: Plan,
    meeting: Meeting,
    *,
    row: MeetingRow,
    version: int,
    by: User | None,
    at: datetime,
) -> None:
    """Give a meeting other days, venue and facilitator, and lock it there."""
    plan = _to_change(plan, version)
    revision = plan.revision + 1 if plan.state == Plan.State.PUBLISHED else plan.revision
    meeting.venue = Venue.objects.filter(name=row.venue).first()
    meeting.facilitator = Facilitator.objects.filter(name=row.facilitator).first()
    meeting.is_locked, meeting.sequence = True, revision
    meeting.save(update_fields=["venue", "facilitator", "is_locked", "sequence"])
    meeting.days.all().delete()
    MeetingDay.objects.bulk_create(
        MeetingDay(organisation=meeting.organisation, meeting=meeting, on=day) for day in row.dates
    )
    _save_changed(plan, version=version, revision=revision)
    record(
        gettext_noop("meeting moved"),
        plan,
        at=at,
        by=by,
        meeting=str(meeting),
        to=str(row.dates[0]),
    )


@transaction.atomic
def set_lock(  # noqa: PLR0913 -- all but what is locked are by name
    plan: Plan,
    thing: TeamPlacement | Participant | Meeting,
    *,
    is_locked: bool,
    version: int,
    by: User | None,
    at: datetime,
) -> None:
    """Lock a team, a lone person or a meeting where it is, or let it go."""
    plan = _to_change(plan, version)
    type(thing).objects.filter(pk=thing.pk).update(is_locked=is_locked)
    save_edit(plan, version=version, fields=[])
    deed = gettext_noop("place locked") if is_locked else gettext_noop("place let go")
    record(deed, plan, at=at, by=by, what=str(thing))


def _to_change(plan: Plan, version: int) -> Plan:
    """The plan as it is now, if it is the version that the editor saw."""
    now = Plan.objects.select_for_update().get(pk=plan.pk)
    if now.version != version:
        raise EditedMeanwhileError(now)
    if now.state == Plan.State.SUPERSEDED:
        raise PlanIsReplacedError(str(now))
    return now


def _save_changed(plan: Plan, *, version: int, revision: int) -> None:
    groups = queries.groups_by_number(plan)
    rows = queries.meeting_rows(plan)
    figures = bridge.figures_of(plan.given, groups, rows)
    if plan.state == Plan.State.PUBLISHED:
        _refuse_broken(figures)
    for kept in ("tight_bound", "cpu_seconds", "emphasis", "prices"):
        figures[kept] = plan.figures.get(kept)
    plan.figures, plan.revision = figures, revision
    save_edit(plan, version=version, fields=["figures", "revision"])


def _refuse_broken(figures: Mapping[str, Any]) -> None:
    broken = sentences.broken_rules(figures)
    if broken:
        raise PlanBreaksRulesError(", ".join(rule for rule, _ in broken))


# ---- publishing ----------------------------------------------------------------------------------


@transaction.atomic
def publish_plan(plan: Plan, *, at: datetime, by: User | None, version: int | None = None) -> Plan:
    """Make the plan the wave's: its people get dates and calendars; the former one is replaced.

    Publishing what is published already changes nothing.
    """
    Wave.objects.select_for_update().get(pk=plan.wave_id)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state == Plan.State.PUBLISHED:
        return plan
    plan = _to_change(plan, plan.version if version is None else version)
    _refuse_broken(plan.figures)
    former = Plan.objects.filter(wave=plan.wave_id, state=Plan.State.PUBLISHED).first()
    if former is not None:
        former.state = Plan.State.SUPERSEDED
        save_edit(former, version=former.version, fields=["state"])
        plan.revision = former.revision + 1
        _keep_unchanged_sequences(plan, former)
    plan.state, plan.published_at = Plan.State.PUBLISHED, at
    save_edit(plan, version=plan.version, fields=["state", "published_at", "revision"])
    give_feeds(plan, former)
    record(gettext_noop("plan published"), plan, at=at, by=by, people=plan.figures["people"])
    return plan


def _keep_unchanged_sequences(plan: Plan, former: Plan) -> None:
    """What the new plan changes gets its revision; what stays keeps the number that it had."""
    keeps_hours = plan.given.get("hours") == former.given.get("hours")
    before = {_meeting_key(meeting): meeting for meeting in _meetings_of(former)}
    changed = list(_meetings_of(plan))
    for meeting in changed:
        old = before.get(_meeting_key(meeting))
        is_same = keeps_hours and old is not None and _content(old) == _content(meeting)
        meeting.sequence = old.sequence if old is not None and is_same else plan.revision
    Meeting.objects.bulk_update(changed, ["sequence"], batch_size=500)
    people = Participant.objects.select_related("group")
    was = {p.person_id: p for p in people.filter(group__plan=former)}
    now = list(people.filter(group__plan=plan))
    for participant in now:
        earlier = was.get(participant.person_id)
        stays = earlier is not None and earlier.group.number == participant.group.number
        participant.sequence = earlier.sequence if earlier and stays else plan.revision
    Participant.objects.bulk_update(now, ["sequence"], batch_size=500)


def _meetings_of(plan: Plan) -> Iterable[Meeting]:
    return queries.meetings().filter(group__plan=plan).select_related("group")


def _meeting_key(meeting: Meeting) -> tuple[int, int]:
    return meeting.group.number, meeting.block_id


def _content(meeting: Meeting) -> tuple[object, ...]:
    days = tuple(day.on for day in meeting.days.all())
    return (*days, meeting.venue_id, meeting.facilitator_id)
