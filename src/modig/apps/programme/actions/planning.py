"""Looking for plans: a new one, or the fewest moves that put an old one right."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillSearchingError
from datetime import date, datetime
from threading import Event
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from modig.apps.accounts.models import User
from modig.apps.jobs.models import Job
from modig.apps.people.models import Unit
from modig.apps.programme import planning_bridge as bridge
from modig.apps.programme import sentences
from modig.apps.programme.actions.plans import store_plan, what_is_given
from modig.apps.programme.models import (
    Attribute,
    Group,
    Plan,
    Rules,
    Wave,
)
from modig.apps.programme.queries import plans as queries
from modig.apps.programme.queries.changes import meetings_by_place_now
from modig.apps.programme.queries.plans import NO_LOCKS, MeetingRow
from modig.apps.programme.queries.quotas import Kinds
from modig.apps.tenancy.scope import current_organisation

LONGEST_SEARCH = 600
SECONDS = 20.0
SECONDS_BETWEEN_LOOKS = 0.25
MOST_GROUPS = 2000
Found = TypeVar("Found")


TOLD_ONLY = {"on", "teams", "vacancies"}
"""What is given for the pages and binds no plan: the day, names, and empty seats."""


class NoPlanError(Exception):
    """No plan is possible, or none was found; the message says why, in words."""

    def __init__(self, status: str, reasons: Sequence[bridge.ReasonRow]) -> None:
        super().__init__(sentences.no_plan_sentence(status, reasons))
        self.status, self.reasons = status, list(reasons)


class ProposalIsOldError(Exception):
    """The people, the rules or the plan have changed since the proposal was made."""


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
    before = meetings_by_place_now(plan)
    made, moves = _searched(
        given,
        search=bridge.replan,
        groups=queries.groups_by_number(plan),
        meetings=before,
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
        "meetings_why": [
            [*place, list(rules)]
            for place, rules in bridge.why_redated(
                given, made.groups, before, made.meetings
            ).items()
        ],
        "moves": [[*move.key, move.before, move.after, move.why] for move in moves],
        "figures": made.figures,
        "steps": made.steps,
        "people": _people_of(given),
        "version": plan.version,
    }


def _people_of(given: Mapping[str, Any]) -> str:
    """A short text that is another one as soon as somebody comes, leaves or moves, or a rule does."""
    told = json.dumps({name: given[name] for name in given.keys() - TOLD_ONLY}, sort_keys=True)
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
    names: dict[str, Mapping[Any, str]] = {
        "unit": units,
        "kind": _names_of_kinds(reasons),
        **dict.fromkeys(("team", "team_a", "team_b"), given["teams"]),
    }
    named = [
        (code, {key: names.get(key, {}).get(n, n) for key, n in numbers.items()}, english)
        for code, numbers, english in reasons
    ]
    return [
        (code, {**numbers, **_names_of_absent(numbers, given)}, english)
        for code, numbers, english in named
    ]


def _names_of_absent(
    numbers: Mapping[str, int | str], given: Mapping[str, Any]
) -> dict[str, int | str]:
    """The teams that leave their group no days, by their names."""
    if "absent" not in numbers:
        return {}
    teams = str(numbers["absent"]).split(", ")
    return {"absent": ", ".join(given["teams"].get(team, team) for team in teams)}


def _names_of_kinds(reasons: Sequence[bridge.ReasonRow]) -> dict[int | str, str]:
    """Kinds that a quota counts, by the names of their departments, companies and units."""
    kinds = [str(numbers["kind"]).partition(" ") for _, numbers, _ in reasons if "kind" in numbers]
    if not kinds:
        return {}
    known = Kinds().names
    units = Unit.objects.filter(code__in={code for _attribute, _space, code in kinds})
    of_unit = {(Attribute.UNIT.value, unit.code): unit.name for unit in units}
    found = {(str(kind), code): name for (kind, code), name in known.items()} | of_unit
    return {
        f"{attribute} {code}": f"{attribute} {found[attribute, code]}"
        for attribute, _space, code in kinds
        if attribute != Attribute.ROLE and (attribute, code) in found
    }


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
