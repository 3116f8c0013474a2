"""What the plan page draws: tables of plain rows, each cell with its number and its colour step."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from modig.apps.people.models import Unit
from modig.apps.programme.models import Group, Meeting
from modig.apps.programme.planning_bridge import Contact, Contacts, Staffing
from modig.apps.ui.templatetags.ui import number

STEPS = 8
UNITS_SHOWN = 15


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and its colour step, from 0 (none) to 8 (most)."""

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
    totals: list[int]

    @property
    def people(self) -> int:
        return sum(self.totals)


def departments(given: Mapping[str, Any], units: Mapping[str, Unit]) -> dict[str, Unit]:
    """The departments and companies that send people, by code, in the order of the tree."""
    codes = {person["department"] for person in given["people"]}
    known = {code: unit for code, unit in units.items() if code in codes}
    return known | {code: Unit(code=code, name=code) for code in sorted(codes - known.keys())}


def heat_map(
    given: Mapping[str, Any],
    group_of: Mapping[str, str],
    groups: Sequence[Group],
    known: Mapping[str, Unit],
) -> HeatMap:
    """The rows of ``groups``; colours and totals are those of all groups."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for person in given["people"]:
        if person["id"] in group_of:
            counts[group_of[person["id"]]][person["department"]] += 1
    total = sum(counts.values(), Counter[str]())
    most = max((n for row in counts.values() for n in row.values()), default=1)
    rows = [
        HeatRow(
            group,
            [_cell(counts[group.name][code], most) for code in known],
            counts[group.name].total(),
        )
        for group in groups
    ]
    return HeatMap(list(known.values()), rows, [total[code] for code in known])


def _cell(n: int, most: int) -> Cell:
    return Cell(n, -(-n * STEPS // most) if n else 0)


# ---- who meets whom ------------------------------------------------------------------------------

SHOWN = ("before", "planned", "most")


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Two departments and the shares of their pairs: before, planned, at most."""

    a: Unit
    b: Unit
    contact: Contact

    @property
    def shares(self) -> list[float]:
        return [self.contact.share(what) for what in SHOWN]


@dataclass(frozen=True, slots=True)
class ContactMap:
    """Departments x departments: the share of their pairs, in per cent."""

    departments: list[Unit]
    rows: list[tuple[Unit, list[Cell]]]


def contact_rows(contacts: Contacts, known: Mapping[str, Unit]) -> list[ContactRow]:
    """Every two departments in the order of the tree."""
    place = {code: k for k, code in enumerate(known)}
    rows = []
    for one in contacts.rows:
        first, second = sorted((one.a, one.b), key=lambda code: place[code])
        rows.append(ContactRow(known[first], known[second], one))
    return sorted(rows, key=lambda row: (place[row.a.code], place[row.b.code]))


def contact_map(rows: Sequence[ContactRow], known: Mapping[str, Unit], shown: str) -> ContactMap:
    """One of the three pictures; all have one scale of colours, so that they can be compared."""
    of = {(row.a.code, row.b.code): row.contact for row in rows}
    of |= {(b, a): one for (a, b), one in of.items()}
    most = max((row.contact.share("most") for row in rows if row.a != row.b), default=1.0) or 1.0
    lines = [
        (unit, [_contact_cell(of.get((code, other)), shown, most) for other in known])
        for code, unit in known.items()
    ]
    return ContactMap(list(known.values()), lines)


def _contact_cell(contact: Contact | None, shown: str, most: float) -> Cell:
    share = contact.share(shown) if contact else 0.0
    if not contact or not share:
        return Cell(0, 0)
    step = min(STEPS, max(1, -(-int(share * STEPS * 1000) // int(most * 1000 + 1))))
    decimals = 0 if share >= 0.1 else 1
    return Cell(getattr(contact, shown), step, text=number(round(share * 100, decimals), decimals))


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
    """A group with its teams, those who come alone, and its meetings."""

    group: Group
    people: int
    teams: list[CardRow]
    alone: list[CardRow]
    meetings: list[Meeting]

    @property
    def weeks(self) -> list[int]:
        """The numbers of the weeks in which the group meets."""
        return [meeting.days.all()[0].on.isocalendar().week for meeting in self.meetings]

    @property
    def venues(self) -> list[str]:
        return list(dict.fromkeys(str(one.venue) for one in self.meetings if one.venue))


def cards(
    given: Mapping[str, Any], groups: Sequence[Group], known: Mapping[str, Unit]
) -> list[Card]:
    """Every group with its whole teams first, then those who come alone."""
    department_of: dict[str, Counter[str]] = defaultdict(Counter)
    for person in given["people"]:
        department_of[person["team"] or person["id"]][person["department"]] += 1

    def department(key: str) -> Unit | None:
        most = department_of[key].most_common(1)
        return known.get(most[0][0]) if most else None

    return [_card(group, given["vacancies"], department) for group in groups]


def _card(
    group: Group, vacancies: Mapping[str, int], department: Callable[[str], Unit | None]
) -> Card:
    people = list(group.participants.all())
    size = Counter(one.team_id for one in people)
    teams = [
        CardRow(
            kind="team",
            code=placement.team.code,
            name=placement.team.name,
            people=size[placement.team_id],
            vacant=vacancies.get(placement.team.code, 0),
            department=department(placement.team.code),
            is_locked=placement.is_locked,
            pk=placement.pk,
        )
        for placement in group.placements.all()
    ]
    alone = [
        CardRow(
            kind="alone",
            code=one.person.number,
            name=str(one.person),
            people=1,
            vacant=0,
            department=department(one.person.number),
            is_locked=one.is_locked,
            pk=one.pk,
        )
        for one in people
        if one.team_id is None
    ]
    meetings = [meeting for meeting in group.meetings.all() if meeting.days.all()]
    return Card(group, len(people), teams, alone, meetings)


# ---- meetings week by week -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slot:
    """A week of a group: the meetings that begin in it."""

    monday: date
    meetings: list[Meeting]


@dataclass(frozen=True, slots=True)
class Dates:
    """Every group over the weeks from the first to the last meeting; closed weeks are marked."""

    weeks: list[tuple[date, bool]]
    rows: list[tuple[Group, list[Slot]]]


def dates(given: Mapping[str, Any], groups: Sequence[Group], days: Collection[date]) -> Dates:
    """When each of ``groups`` meets; ``days`` are those of the whole plan."""
    closed = {(year, week) for year, week in given["closed"]}
    mondays = weeks_of(days)
    rows = []
    for group in groups:
        found: dict[date, list[Meeting]] = defaultdict(list)
        for meeting in group.meetings.all():
            if own := meeting.days.all():
                found[_monday(own[0].on)].append(meeting)
        rows.append((group, [Slot(monday, found[monday]) for monday in mondays]))
    return Dates([(monday, monday.isocalendar()[:2] in closed) for monday in mondays], rows)


def weeks_of(days: Collection[date]) -> list[date]:
    """Every Monday from the week of the first day to the week of the last."""
    if not days:
        return []
    first, last = _monday(min(days)), _monday(max(days))
    return [first + timedelta(weeks=k) for k in range((last - first).days // 7 + 1)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


# ---- staffing ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StaffingRow:
    """A unit: its employees, cap and participants, and its per cent away in each week."""

    unit: str
    name: str
    department: Unit | None
    n: int
    cap: int
    taking_part: int
    cells: list[Cell]

    @property
    def peak(self) -> int:
        return max((cell.n for cell in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class StaffingTable:
    """Per cent of each unit's staff away at most on one day of each week."""

    weeks: list[date]
    rows: list[StaffingRow]
    of: int


def staffing_table(
    given: Mapping[str, Any],
    rows: Sequence[Staffing],
    meetings: Collection[date],
    units: Mapping[str, Unit],
    *,
    of: int = 0,
) -> StaffingTable:
    """These units, out of ``of``, over the weeks from the first to the last meeting."""
    known = departments(given, units)
    of_unit = {person["unit"]: person["department"] for person in given["people"]}
    weeks = weeks_of(meetings)
    made = []
    for row in rows:
        unit = units.get(row.unit)
        cells = [_staffing_cell(row, row.away.get(monday.isocalendar()[:2], 0)) for monday in weeks]
        name = unit.name if unit else row.unit
        department = known.get(of_unit.get(row.unit, ""))
        made.append(StaffingRow(row.unit, name, department, row.n, row.cap, row.taking_part, cells))
    return StaffingTable(weeks, made, of or len(rows))


def staffing_of(
    given: Mapping[str, Any],
    rows: Sequence[Staffing],
    units: Mapping[str, Unit],
    *,
    text: str,
    department: str,
) -> list[Staffing]:
    """The units of a department, or of all, whose code or name holds a text in small letters."""
    known = departments(given, units)
    of_unit = {person["unit"]: person["department"] for person in given["people"]}

    def fits(row: Staffing) -> bool:
        own = known.get(of_unit.get(row.unit, ""))
        name = units[row.unit].name if row.unit in units else row.unit
        is_inside = not department or (own is not None and own.code == department)
        return is_inside and (text in row.unit.casefold() or text in name.casefold())

    return [row for row in rows if fits(row)]


def _staffing_cell(row: Staffing, n: int) -> Cell:
    """Per cent away, coloured by how near the cap is.

    Where so few take part that no cap can be reached, there is no colour, and a small unit, one
    person of which is much, says how many of how many.
    """
    if not n:
        return Cell(0, 0)
    step = min(STEPS, max(1, n * STEPS // row.cap)) if row.can_bind else 0
    is_share = row.can_bind or not row.is_small
    text = str(round(100 * n / row.n)) if is_share else f"{n}/{row.n}"
    return Cell(n, step, is_capped=n >= row.cap and row.can_bind, text=text)
