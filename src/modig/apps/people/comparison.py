"""A file's records beside what is stored: what is new, changed, gone or as it was.

The stored rows are fetched by a few thousand persons at a time, so that a large organisation needs
little memory; whoever writes does so between one such chunk and the next.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count, groupby
from typing import Any

from modig.apps.people import roles
from modig.apps.people.hr_files import Reading, Reason, Record
from modig.apps.people.models import (
    Employment,
    ManagementTeam,
    Person,
    RoleRule,
    StaffRole,
    TeamSeat,
    Unit,
)
from modig.apps.people.unit_comparison import UnitChanges

PERSON_FIELDS = ("first_name", "last_name", "email", "mobile", "gender")
EMPLOYMENT_TEXTS = ("title", "aid_code", "form", "workplace", "cost_centre")
PERSONS_AT_A_TIME = 2000
LONGEST_KEY = 60
NEARLY_ALL, FEWEST_OF_A_PART = 0.9, 3
Change = tuple[Any, Any]
Changes = dict[str, Change]


@dataclass(slots=True)
class RowOutcome:
    """What one record leads to. ``replaces`` is the employment that this new one stands for."""

    record: Record
    role: str
    old_role: str = ""
    employment: Employment | None = None
    replaces: Employment | None = None
    changes: Changes = field(default_factory=dict)
    unit_changes: Changes = field(default_factory=dict)


@dataclass(slots=True)
class PersonOutcome:
    """What the file says of one person. ``said`` are her own fields; ``person`` is None if new."""

    number: str
    person: Person | None
    is_new: bool
    said: dict[str, str]
    changes: Changes = field(default_factory=dict)
    rows: list[RowOutcome] = field(default_factory=list)
    gone: list[Employment] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def is_changed(self, row: RowOutcome) -> bool:
        return bool(self.changes or row.changes or row.unit_changes) or row.employment is None

    def free_key(self, record: Record) -> str:
        """A key for a new employment that none of hers has."""
        key = next(cut for one in _keys(record) if (cut := one[-LONGEST_KEY:]) not in self.keys)
        self.keys.add(key)
        return key


def _keys(record: Record) -> Iterator[str]:
    yield record.employment or record.unit
    whole = f"{record.unit}|{record.title}"
    yield whole
    yield f"{whole}|{record.from_on or ''}"
    yield from (f"{whole}|{n}" for n in count(2))


class Comparison:
    """Puts a file beside what is stored, and counts."""

    def __init__(self, reading: Reading, *, on: date, protected: Iterable[int] = ()) -> None:
        self.reading, self.on, self.protected = reading, on, frozenset(protected)
        self.units = UnitChanges(reading)
        self.rules = list(RoleRule.objects.all())
        self.pk_of: dict[str, int] = dict(Person.objects.order_by().values_list("number", "pk"))
        reading.records.sort(key=lambda record: (record.number, record.row))
        self.numbers = {record.number for record in reading.records}
        self.new_numbers = self.numbers - set(self.pk_of)
        self.undecided = {
            one.number for one in reading.refused if one.number and one.reason is not Reason.TWICE
        }
        self.open_before = Employment.objects.filter(to_on__isnull=True).count()
        self.counts: Counter[str] = Counter(refused=len(reading.refused))
        self.remarks: Counter[str] = Counter()
        self._roles: dict[tuple[str, bool], str] = {}
        self._gone_by_top: Counter[int] = Counter()

    def outcomes(self) -> Iterator[list[PersonOutcome]]:
        """What every person of the file meets with, some thousand at a time."""
        groups = groupby(self.reading.records, key=lambda record: record.number)
        batch: list[list[Record]] = []
        for _, records in groups:
            batch.append(list(records))
            if len(batch) == PERSONS_AT_A_TIME:
                yield self._compared(batch)
                batch = []
        if batch:
            yield self._compared(batch)

    def gone_without_a_row(self) -> Iterator[list[Employment]]:
        """The open employments of persons whom the file does not name, some thousand at a time."""
        kept = self.numbers | self.undecided
        pairs = Employment.objects.filter(to_on__isnull=True).order_by("pk")
        keys = [
            pk for pk, number in pairs.values_list("pk", "person__number") if number not in kept
        ]
        for start in range(0, len(keys), PERSONS_AT_A_TIME):
            found = Employment.objects.filter(pk__in=keys[start : start + PERSONS_AT_A_TIME])
            gone = list(found.select_related("person", "unit").order_by("pk"))
            self._count_gone(gone)
            yield gone

    @property
    def told(self) -> dict[str, int]:
        """The five counts, all there."""
        names = ("new", "changed", "gone", "refused", "unchanged")
        return {name: self.counts[name] for name in names}

    @property
    def wants_second_yes(self) -> bool:
        """More than a tenth of those employed would be end-dated. Asked when all is compared."""
        return self.counts["gone"] * 10 > self.open_before

    def emptied_tops(self) -> list[Unit]:
        """The top units where nearly everybody is gone: is a whole part missing in the file?"""
        people = Counter(
            Employment.objects.filter(to_on__isnull=True)
            .order_by()
            .values_list("unit__top", flat=True)
        )
        whole = [
            pk
            for pk, n in self._gone_by_top.items()
            if n >= NEARLY_ALL * people[pk] and n >= FEWEST_OF_A_PART
        ]
        return list(Unit.objects.filter(pk__in=whole).order_by("sorting"))

    def role_of(self, title: str, *, is_manager: bool) -> str:
        key = (title, is_manager)
        if key not in self._roles:
            self._roles[key] = roles.role_of(title, self.rules, is_manager=is_manager)
        return self._roles[key]

    # ---- one chunk -------------------------------------------------------------------------------

    def _compared(self, batch: list[list[Record]]) -> list[PersonOutcome]:
        numbers = {records[0].number for records in batch} - self.new_numbers
        persons = {one.number: one for one in Person.objects.filter(number__in=numbers)}
        by_key = {one.pk: one for one in persons.values()}
        employed: dict[int, list[Employment]] = {}
        for one in Employment.objects.filter(person__in=by_key).order_by("pk"):
            one.person = by_key[one.person_id]
            employed.setdefault(one.person_id, []).append(one)
        return [
            self._person(records, persons.get(records[0].number), employed) for records in batch
        ]

    def _person(
        self, records: list[Record], person: Person | None, employed: dict[int, list[Employment]]
    ) -> PersonOutcome:
        number = records[0].number
        hers = employed.get(person.pk, []) if person else []
        outcome = PersonOutcome(number, person, number in self.new_numbers, _said(records))
        outcome.keys = {one.key for one in hers}
        if person is not None and not outcome.is_new:
            outcome.changes = _person_changes(person, outcome.said)
        found = matched(records, hers, self.units.pk_of_code) if hers else [None] * len(records)
        missing = [one for one in hers if one.to_on is None and one not in found]
        for record, employment in zip(records, found, strict=True):
            outcome.rows.append(self._row(record, employment, missing))
        outcome.gone = [] if number in self.undecided else missing
        self._count(outcome)
        return outcome

    def _row(
        self, record: Record, employment: Employment | None, missing: list[Employment]
    ) -> RowOutcome:
        row = RowOutcome(record, role="", employment=employment)
        row.unit_changes = self.units.changes_of(record.path)
        if employment is None and missing and record.number not in self.undecided:
            row.replaces = missing.pop(0)
        before = employment or row.replaces
        row.old_role = before.role if before else ""
        row.role = self._new_role(record, before)
        if employment is not None:
            row.changes = self._employment_changes(record, employment)
        return row

    def _new_role(self, record: Record, before: Employment | None) -> str:
        if before is not None and before.role_by_hand:
            return before.role
        title = record.texts.get("title", before.title if before else "")
        said = record.is_manager
        is_manager = said if said is not None else bool(before and before.named_manager)
        if before is not None and (title, is_manager) == (before.title, before.named_manager):
            return before.role
        return self.role_of(title, is_manager=is_manager)

    def _employment_changes(self, record: Record, employment: Employment) -> Changes:
        changes: Changes = {}
        for name in EMPLOYMENT_TEXTS:
            if name in record.texts and getattr(employment, name) != record.texts[name]:
                changes[name] = (getattr(employment, name), record.texts[name])
        unit = self.units.pk_of_code.get(record.unit)
        if employment.unit_id != unit:
            changes["unit"] = (employment.unit_id, record.unit)
        for name in ("degree", "from_on"):
            old, now = getattr(employment, name), getattr(record, name)
            if now is not None and old != now:
                changes[name] = (_plain(old), _plain(now))
        if self.reading.keeps_more and record.attributes != employment.attributes:
            changes["attributes"] = (employment.attributes, record.attributes)
        self._end_change(record, employment, changes)
        self._manager_changes(record, employment, changes)
        return changes

    def _end_change(self, record: Record, employment: Employment, changes: Changes) -> None:
        """An end that somebody entered stays where the file has no column for it."""
        is_over = employment.to_on is not None and employment.to_on <= self.on
        is_told = self.reading.says_when_it_ends or is_over
        if is_told and employment.to_on != record.to_on:
            changes["to_on"] = (_plain(employment.to_on), _plain(record.to_on))

    def _manager_changes(self, record: Record, employment: Employment, changes: Changes) -> None:
        if record.is_manager is not None and record.is_manager != employment.named_manager:
            changes["named_manager"] = (employment.named_manager, record.is_manager)
        if "manager" in record.texts:
            known = self.manager_of(record)
            is_same = (
                (employment.manager_id is None)
                if not known
                else (employment.manager_id == self.pk_of.get(known, 0))
            )
            if not is_same:
                changes["manager"] = (employment.manager_id, known)

    def manager_of(self, record: Record) -> str:
        """The number of the record's manager, if it is somebody else and known here or in the file."""
        said = record.texts.get("manager", "")
        is_known = said in self.pk_of or said in self.numbers
        return said if said != record.number and is_known else ""

    # ---- counting --------------------------------------------------------------------------------

    def _count(self, outcome: PersonOutcome) -> None:
        for row in outcome.rows:
            said = row.record.texts.get("manager")
            self.remarks["unknown_managers"] += bool(said) and not self.manager_of(row.record)
            is_manager = row.role == StaffRole.MANAGER
            if outcome.is_new:
                self.counts["new"] += 1
                self.remarks["new_managers"] += is_manager
            elif outcome.is_changed(row):
                self.counts["changed"] += 1
                self.remarks["moved"] += row.replaces is not None or "unit" in row.changes
                self.remarks["roles"] += bool(row.old_role) and row.role != row.old_role
            else:
                self.counts["unchanged"] += 1
        self._count_gone(outcome.gone)

    def _count_gone(self, gone: list[Employment]) -> None:
        self.counts["gone"] += len(gone)
        for one in gone:
            self.remarks["gone_managers"] += one.role == StaffRole.MANAGER
            if top := self.units.top_of(one.unit_id):
                self._gone_by_top[top] += 1


def person_fields_of(records: list[Record]) -> Iterator[tuple[str, dict[str, str]]]:
    """The number and the own fields of every person; the records stand in order of numbers."""
    for number, hers in groupby(records, key=lambda record: record.number):
        yield number, _said(list(hers))


def _said(records: list[Record]) -> dict[str, str]:
    """Her own fields; where her rows differ, the first that says something counts."""
    names = [name for name in PERSON_FIELDS if name in records[0].texts]
    return {
        name: next((text for one in records if (text := one.texts.get(name, ""))), "")
        for name in names
    }


def _person_changes(person: Person, said: dict[str, str]) -> Changes:
    changes: Changes = {
        name: (getattr(person, name), text)
        for name, text in said.items()
        if getattr(person, name) != text
    }
    if person.left_on is not None:
        changes["left_on"] = (person.left_on.isoformat(), None)
    return changes


def matched(
    records: list[Record], employments: list[Employment], pk_of_code: dict[str, int]
) -> list[Employment | None]:
    """For each record of one person the stored employment that it is about, open ones first.

    By the employment's own number where both have one; else by unit, title and first day, then by
    unit and title, then by unit alone, so that the order of the rows does not matter.
    """
    found: dict[int, Employment] = {}
    left = sorted(employments, key=lambda one: one.to_on is not None)
    for fits in (_by_number, _by_all, _by_title, _by_unit):
        for place, record in enumerate(records):
            if place in found:
                continue
            unit = pk_of_code.get(record.unit)
            hit = next((one for one in left if fits(record, one, unit)), None)
            if hit is not None:
                found[place] = hit
                left.remove(hit)
    return [found.get(place) for place in range(len(records))]


def _by_number(record: Record, one: Employment, _unit: int | None) -> bool:
    return bool(record.employment) and record.employment == one.key


def _by_unit(record: Record, one: Employment, unit: int | None) -> bool:
    """The same unit; an employment that was over before the record's begins is another one."""
    if unit is None or one.unit_id != unit:
        return False
    has_own_number = record.employment and not one.key.startswith(record.unit[-LONGEST_KEY:])
    is_later = one.to_on and record.from_on and record.from_on >= one.to_on
    return not has_own_number and not is_later


def _by_title(record: Record, one: Employment, unit: int | None) -> bool:
    return record.title == one.title and _by_unit(record, one, unit)


def _by_all(record: Record, one: Employment, unit: int | None) -> bool:
    return record.from_on == one.from_on and _by_title(record, one, unit)


def _plain(value: object) -> str | None:
    return None if value is None else str(value)


def teams_of_seats(persons: Iterable[int]) -> dict[int, str]:
    """The management team in which each of these persons has a place today, by the person's key."""
    seats = TeamSeat.objects.filter(person__in=list(persons), to_on__isnull=True)
    names = dict(ManagementTeam.objects.values_list("pk", "name"))
    return {person: names[team] for person, team in seats.values_list("person", "team")}
