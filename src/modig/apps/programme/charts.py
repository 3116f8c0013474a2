"""What the plan page draws: tables of plain rows, each cell with its number and its colour step."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from modig.apps.people.models import Unit
from modig.apps.programme.models import Group, Meeting, Plan
from modig.apps.programme.planning_bridge import Staffing

STEPS = 7
UNITS_SHOWN = 15


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and its colour step, from 0 (none) to 7 (most)."""

    n: int
    step: int
    is_capped: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    group: Group
    cells: list[Cell]
    total: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """How many persons of each department are in each group."""

    departments: list[Unit]
    rows: list[HeatRow]


def departments(units: Collection[Unit]) -> dict[str, Unit]:
    """The top units by code, in the order of the tree."""
    return {unit.code: unit for unit in units if unit.parent_id is None}


def heat_map(
    given: Mapping[str, Any],
    group_of: Mapping[str, str],
    groups: Sequence[Group],
    known: Mapping[str, Unit],
) -> HeatMap:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for person in given["people"]:
        if person["id"] in group_of:
            counts[group_of[person["id"]]][person["department"]] += 1
    total = sum(counts.values(), Counter[str]())
    codes = [code for code in known if total[code]] + sorted(total.keys() - known.keys())
    most = max((n for row in counts.values() for n in row.values()), default=1)
    shown = [known.get(code) or Unit(code=code, name=code) for code in codes]
    rows = [
        HeatRow(
            group,
            [_cell(counts[group.name][code], most) for code in codes],
            counts[group.name].total(),
        )
        for group in groups
    ]
    return HeatMap(shown, rows)


def _cell(n: int, most: int) -> Cell:
    return Cell(n, -(-n * STEPS // most) if n else 0)


# ---- cards ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CardRow:
    """A team or a lone person in a group card."""

    kind: str
    code: str
    name: str
    people: int
    vacant: int
    department: Unit | None
    is_locked: bool
    pk: int


@dataclass(frozen=True, slots=True)
class Card:
    group: Group
    people: int
    rows: list[CardRow]
    meetings: list[Meeting]


def cards(plan: Plan, groups: Sequence[Group], known: Mapping[str, Unit]) -> list[Card]:
    """Every group with its whole teams first, then those who come alone."""
    given = plan.given
    department_of: dict[str, Counter[str]] = defaultdict(Counter)
    for person in given["people"]:
        department_of[person["team"] or person["id"]][person["department"]] += 1

    def department(key: str) -> Unit | None:
        most = department_of[key].most_common(1)
        return known.get(most[0][0]) if most else None

    made = []
    for group in groups:
        participants = list(group.participants.all())
        size = Counter(participant.team_id for participant in participants)
        rows = [
            CardRow(
                "team",
                placement.team.code,
                placement.team.name,
                size[placement.team_id],
                given["vacancies"].get(placement.team.code, 0),
                department(placement.team.code),
                placement.is_locked,
                placement.pk,
            )
            for placement in group.placements.all()
        ]
        rows += [
            CardRow(
                "alone",
                one.person.number,
                str(one.person),
                1,
                0,
                department(one.person.number),
                one.is_locked,
                one.pk,
            )
            for one in participants
            if one.team_id is None
        ]
        made.append(Card(group, len(participants), rows, list(group.meetings.all())))
    return made


# ---- staffing ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StaffingRow:
    unit: str
    name: str
    department: Unit | None
    n: int
    cap: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class StaffingTable:
    """Per cent of each unit's staff away at most on one day of each week."""

    weeks: list[date]
    rows: list[StaffingRow]
    of: int


def staffing_table(
    rows: Sequence[Staffing],
    meetings: Collection[date],
    units: Mapping[str, Unit],
    known: Mapping[str, Unit],
    *,
    shown: int,
) -> StaffingTable:
    """The first ``shown`` units over the weeks from the first to the last meeting."""
    mondays = sorted({day - timedelta(days=day.weekday()) for day in meetings})
    weeks = (
        [mondays[0] + timedelta(weeks=k) for k in range((mondays[-1] - mondays[0]).days // 7 + 1)]
        if mondays
        else []
    )
    made = []
    for row in rows[:shown]:
        unit = units.get(row.unit)
        top = unit.top.code if unit is not None and unit.top is not None else row.unit
        cells = [_staffing_cell(row, row.away.get(monday.isocalendar()[:2], 0)) for monday in weeks]
        name = unit.name if unit else row.unit
        made.append(StaffingRow(row.unit, name, known.get(top), row.n, row.cap, cells))
    return StaffingTable(weeks, made, len(rows))


def _staffing_cell(row: Staffing, n: int) -> Cell:
    if not n:
        return Cell(0, 0)
    step = min(STEPS, max(1, n * STEPS // row.cap))
    return Cell(n, step, is_capped=n >= row.cap and row.can_bind, text=str(round(100 * n / row.n)))
