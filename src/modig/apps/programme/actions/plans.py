"""Making, changing and publishing plans."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillSearchingError
from datetime import date, datetime
from threading import Event
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.jobs.models import Job
from modig.apps.people.models import ManagementTeam, Person, Unit
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
    Rules,
    TeamPlacement,
    Venue,
    Wave,
)
from modig.apps.programme.queries import plans as queries
from modig.apps.programme.queries.changes import meetings_by_place_now
from modig.apps.programme.queries.plans import NO_LOCKS, Locks, MeetingRow
from modig.apps.tenancy.actions import EditedMeanwhileError, save_edit
from modig.apps.tenancy.scope import current_organisation

LONGEST_SEARCH = 600
SECONDS = 20.0
SECONDS_BETWEEN_LOOKS = 0.25
MOST_GROUPS = 2000
BATCH = 2000
Found = TypeVar("Found")


class NoPlanError(Exception):
    """No plan is possible, or none was found; the message says why, in words."""

    def __init__(self, status: str, reasons: Sequence[bridge.ReasonRow]) -> None:
        super().__init__(sentences.no_plan_sentence(status, reasons))
        self.status, self.reasons = status, list(reasons)


class PlanBreaksRulesError(Exception):
    """A published plan breaks no rule; the message names those that it would."""


class ProposalIsOldError(Exception):
    """The people, the rules or the plan have changed since the proposal was made."""


class PlanIsReplacedError(Exception):
    """The plan was replaced by a newer one and stays as it was."""


class GroupWouldBeEmptyError(Exception):
    """The last team of a group cannot leave it; the message names the group."""


# ---- making --------------------------------------------------------------------------------------


def make_plan_now(  # noqa: PLR0913 -- all but the wave are by name
    wave: Wave,
    *,
    at: datetime,
    seed: int = 1,
    seconds: float | None = None,
    steps: int | None = None,
    around: Plan | None = None,
    emphasis: str = bridge.RULES,
    wishes: Mapping[str, float] | None = None,
    has_prices: bool = False,
    by: User | None = None,
    job: Job | None = None,
    tell: Callable[[bridge.HowFar], None] | None = None,
    stop_wanted: Callable[[], bool] | None = None,
) -> Plan:
    """Plan a wave and keep the plan as a draft; ``NoPlanError`` where there is none.

    The locks of the plan ``around`` are kept. The same seed and steps give the same plan.
    ``wishes`` are weights in place of those of the rules.
    """
    if not Rules.objects.filter(wave=wave).exists():
        raise NoPlanError("not_possible", [("no_rules", {}, "the wave has no rules")])
    given = what_is_given(wave, on=timezone.localdate(at), wishes=wishes)
    locks = queries.locks_of(around) if around else NO_LOCKS
    numbers = _numbers_of_groups(wave, around)
    if seconds is None and steps is None:
        seconds = SECONDS
    made = _searched(
        given,
        search=bridge.make_proposal,
        emphasis=emphasis,
        has_prices=has_prices,
        seed=seed,
        limit=bridge.Limit(seconds and min(seconds, LONGEST_SEARCH), steps),
        new_names=list(numbers),
        names=list(around.groups.values_list("name", flat=True)) if around else (),
        locks=locks,
        tell=tell,
        stop_wanted=stop_wanted,
    )
    if not made.is_a_plan or made.status in {"not_possible", "not_found"}:
        raise NoPlanError(made.status, _named(_reasons_of(made), given))
    return store_plan(
        wave,
        groups=made.groups,
        meetings=made.meetings,
        at=at,
        by=by,
        seed=made.seed,
        steps=made.steps,
        figures={**made.figures, "emphasis": emphasis},
        given=given,
        locks=locks,
        numbers=numbers,
        job=job,
    )


def propose_replan(  # noqa: PLR0913 -- all but the plan are by name
    plan: Plan,
    *,
    at: datetime,
    seconds: float | None = None,
    steps: int | None = None,
    tell: Callable[[bridge.HowFar], None] | None = None,
    stop_wanted: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """What a plan for the people of now would move, as plain values; nothing is changed yet."""
    day = timezone.localdate(at)
    given = what_is_given(plan.wave, on=day, wishes=plan.given["weights"])
    if seconds is None and steps is None:
        seconds = SECONDS
    made, moves = _searched(
        given,
        search=bridge.replan,
        groups=queries.groups_by_number(plan),
        meetings=meetings_by_place_now(plan),
        locks=queries.locks_of(plan),
        names=list(plan.groups.values_list("name", flat=True)),
        seed=plan.seed,
        limit=bridge.Limit(seconds and min(seconds, LONGEST_SEARCH), steps),
        today=day,
        tell=tell,
        stop_wanted=stop_wanted,
    )
    if not made.is_a_plan or made.status in {"not_possible", "not_found"}:
        raise NoPlanError(made.status, _named(_reasons_of(made), given))
    return {
        "groups": dict(made.groups),
        "meetings": [
            [row.group, row.block, [str(day) for day in row.dates], row.venue, row.facilitator]
            for row in made.meetings
        ],
        "moves": [[*move.key, move.before, move.after, move.why] for move in moves],
        "figures": made.figures,
        "steps": made.steps,
        "people": _people_of(given),
        "version": plan.version,
    }


def _people_of(given: Mapping[str, Any]) -> str:
    """A short text that is another one as soon as somebody comes, leaves or moves."""
    told = json.dumps([given["people"], given["staff"], given["size"], given["cap"]])
    return hashlib.sha256(told.encode()).hexdigest()


@transaction.atomic
def accept_replan(plan: Plan, job: Job, *, at: datetime, by: User | None) -> Plan:
    """Keep what was proposed as a draft; a second time gives the same draft again."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    found = job.result
    if drafted := Plan.objects.filter(pk=found.get("draft")).first():
        return drafted
    given = what_is_given(plan.wave, on=timezone.localdate(at), wishes=plan.given["weights"])
    is_same = Plan.objects.filter(pk=plan.pk, version=found["version"]).exists()
    if not is_same or _people_of(given) != found["people"]:
        raise ProposalIsOldError(str(plan))
    draft = store_plan(
        plan.wave,
        groups=found["groups"],
        meetings=[
            MeetingRow(group, block, tuple(map(date.fromisoformat, days)), venue, leader)
            for group, block, days, venue, leader in found["meetings"]
        ],
        at=at,
        by=by,
        seed=plan.seed,
        steps=found["steps"],
        figures=found["figures"],
        given=given,
        locks=queries.locks_of(plan),
        numbers=dict(plan.groups.values_list("name", "number")),
        job=job,
    )
    job.result = {**found, "draft": draft.pk}
    job.save(update_fields=["result"])
    return draft


def _reasons_of(made: bridge.Made) -> list[bridge.ReasonRow]:
    """Why there is no plan; where none was found, the rules that the nearest one still breaks."""
    if made.status == "not_found" and made.figures.get("violations"):
        broken = made.figures["violations"].items()
        return [("broken", {"rule": rule, "n": n}, f"{rule}: {n}") for rule, n in broken]
    return list(made.reasons)


def _named(reasons: Sequence[bridge.ReasonRow], given: Mapping[str, Any]) -> list[bridge.ReasonRow]:
    """The reasons with names of teams and units in place of their codes."""
    codes = {numbers["unit"] for _, numbers, _ in reasons if "unit" in numbers}
    units = dict(Unit.objects.filter(code__in=codes).values_list("code", "name"))
    names = {"unit": units, **dict.fromkeys(("team", "team_a", "team_b"), given["teams"])}
    return [
        (code, {key: names.get(key, {}).get(n, n) for key, n in numbers.items()}, english)
        for code, numbers, english in reasons
    ]


def what_is_given(
    wave: Wave, *, on: date, wishes: Mapping[str, float] | None = None
) -> dict[str, Any]:
    """What the planner is given for a wave on a day, public holidays included."""
    given = queries.what_is_given(wave, on=on, wishes=wishes)
    first = date.fromisoformat(given["first_day"])
    given["holidays"] = bridge.holidays(current_organisation().country, first, given["weeks"])
    return given


def _numbers_of_groups(wave: Wave, around: Plan | None) -> dict[str, int]:
    """Names for groups with their numbers: those of the plan before, then new ones in a row."""
    kept = {} if around is None else dict(around.groups.values_list("name", "number"))
    earlier = Group.objects.filter(
        plan__state=Plan.State.PUBLISHED,
        plan__wave__programme=wave.programme_id,
        plan__wave__number__lt=wave.number,
    )
    first = 1 + (earlier.aggregate(last=Max("number"))["last"] or 0)
    with translation.override(current_organisation().language):
        new = {
            _("Group %(number)s") % {"number": number}: number
            for number in range(first, first + MOST_GROUPS)
        }
    return {**new, **kept}


def _searched(
    given: dict[str, Any],
    *,
    search: Callable[..., Found],
    tell: Callable[[bridge.HowFar], None] | None,
    stop_wanted: Callable[[], bool] | None,
    **how: Any,
) -> Found:
    """Search in a thread of its own, which never sees the database, and look at it from here."""
    stop = Event()
    news: list[bridge.HowFar] = []
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(search, given, **how, tell=news.append, should_stop=stop.is_set)
        try:
            while True:
                try:
                    return running.result(SECONDS_BETWEEN_LOOKS)
                except StillSearchingError:
                    if news and tell is not None:
                        tell(news[-1])
                    news.clear()
                    if stop_wanted is not None and stop_wanted():
                        stop.set()
        finally:
            stop.set()


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
