"""Plans that the planner made beforehand, kept with the product so that the demo opens at once.

A plan is checked again when it is loaded. One that no longer fits the organisation is made anew.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from modig.apps.accounts.models import User
from modig.apps.demo.malarvik.programme import WaveRow
from modig.apps.programme import planning_bridge as bridge
from modig.apps.programme.actions import make_plan_now, store_plan
from modig.apps.programme.actions.plans import move_meeting, what_is_given
from modig.apps.programme.models import Plan, Wave
from modig.apps.programme.queries import plans as queries
from modig.apps.programme.queries.plans import MeetingRow

FOLDER = Path(__file__).parent / "plans"
LONGEST_DELAY = 21
KEPT_FIGURES = ("tight_bound", "cpu_seconds")


Row = Sequence[Any]


def make_plan(size: str, wave: Wave, row: WaveRow, *, at: datetime, by: User) -> Plan:
    """The stored plan of the wave as a draft where it keeps every rule; else a new one."""
    given = what_is_given(wave, on=timezone.localdate(at))
    kept = _kept(size, wave)
    groups = _groups(kept, given)
    meetings = tuple(map(_meeting, kept.get("meetings", ())))
    if len(groups) == len(given["people"]) and meetings:
        figures = bridge.figures_of(given, groups, meetings)
        if not figures["violations"]:
            return store_plan(
                wave,
                groups=groups,
                meetings=meetings,
                at=at,
                by=by,
                seed=kept["seed"],
                steps=kept["steps"],
                figures=figures | {name: kept[name] for name in KEPT_FIGURES},
                given=given,
                numbers={name_of(number): number for number in _numbers(kept)},
            )
    return make_plan_now(wave, at=at, by=by, seed=row.seed, steps=row.steps)


def postpone(size: str, plan: Plan, *, at: datetime, by: User) -> None:
    """Move the meeting that is stored as moved, if this is the plan that it was stored with."""
    for stored in _kept(size, plan.wave).get("moved", ()):
        row = _meeting(stored)
        meeting = queries.meetings().filter(group__plan=plan, group__name=row.group)
        one = meeting.get(block__number=row.block)
        move_meeting(plan, one, row=row, version=plan.version, by=by, at=at)


def _kept(size: str, wave: Wave) -> dict[str, Any]:
    path = path_of(size, wave)
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return kept


def _groups(kept: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, str]:
    """Everybody's group by team, or by employee number; who is in neither list is left out."""
    numbers = {
        person["id"]: kept["teams"].get(person["team"], kept["alone"].get(person["id"]))
        for person in (given["people"] if kept else ())
    }
    return {person: name_of(number) for person, number in numbers.items() if number}


def _numbers(kept: Mapping[str, Any]) -> set[int]:
    return {*kept["teams"].values(), *kept["alone"].values()}


def _meeting(row: Row) -> MeetingRow:
    number, block, days, venue, facilitator = row
    dates = tuple(date.fromisoformat(day) for day in days)
    return MeetingRow(name_of(number), block, dates, venue, facilitator)


def name_of(number: int) -> str:
    return f"Grupp {number}"


# ---- keeping -------------------------------------------------------------------------------------


def keep_plan(size: str, plan: Plan, *, postponed_on: date | None = None) -> Path:
    """Write the plan into the product: groups by team, lone persons, and the meetings.

    The groups are numbered in the order in which they begin.
    """
    groups, rows = queries.groups_by_number(plan), queries.meeting_rows(plan)
    first = min(plan.groups.values_list("number", flat=True))
    begins = {row.group: row.dates[0] for row in reversed(rows)}
    number = {name: n for n, name in enumerate(sorted(begins, key=begins.__getitem__), first)}
    people = plan.given["people"]
    kept = {
        "seed": plan.seed,
        "steps": plan.steps,
        **{name: plan.figures.get(name) for name in KEPT_FIGURES},
        "teams": {p["team"]: number[groups[p["id"]]] for p in people if p["team"]},
        "alone": {p["id"]: number[groups[p["id"]]] for p in people if not p["team"]},
        "meetings": [
            _plain(row, number) for row in sorted(rows, key=lambda r: (number[r.group], r.block))
        ],
    }
    if postponed_on is not None:
        third = next(name for name, n in number.items() if n == first + 2)
        moved = _postponed(plan, rows, third, postponed_on)
        kept["moved"] = [_plain(row, number) for row in moved]
    path = path_of(size, plan.wave)
    path.parent.mkdir(exist_ok=True)
    path.write_text(_lines(kept), encoding="utf-8")
    return path


def _postponed(plan: Plan, rows: list[MeetingRow], group: str, on: date) -> Iterable[MeetingRow]:
    """The group's first meeting after ``on``, a week later or as soon after that as no rule breaks."""
    groups = queries.groups_by_number(plan)
    row = next(row for row in rows if row.group == group and row.dates[0] > on)
    others = [other for other in rows if other is not row]
    for later in range(7, LONGEST_DELAY):
        dates = tuple(day + timedelta(days=later) for day in row.dates)
        moved = replace(row, dates=dates)
        if not bridge.figures_of(plan.given, groups, [*others, moved])["violations"]:
            return [moved]
    return []


def _plain(row: MeetingRow, number: Mapping[str, int]) -> list[Any]:
    days = [day.isoformat() for day in row.dates]
    return [number[row.group], row.block, days, row.venue, row.facilitator]


def _lines(kept: dict[str, Any]) -> str:
    """JSON with one line a meeting, so that a change is easy to see."""
    meetings = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in kept.pop("meetings"))
    rest = json.dumps(kept, ensure_ascii=False)
    return f'{rest[:-1]},\n "meetings": [\n  {meetings}\n ]\n}}\n'


def path_of(size: str, wave: Wave) -> Path:
    return FOLDER / f"{wave.organisation.code}-{size}-{wave.number}.json"
