"""What a file would do, kept row by row so that it can be looked over before it is done."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from modig.apps.people.comparison import (
    Changes,
    Comparison,
    PersonOutcome,
    RowOutcome,
    teams_of_seats,
)
from modig.apps.people.consequences import Consequence, consequence_of, is_notable
from modig.apps.people.hr_files import Mapping, Reading, Reason, Table, records_of
from modig.apps.people.kept_files import ImportRefusedError, kept_table
from modig.apps.people.many_rows import insert
from modig.apps.people.models import Employment, HrImport, ImportRow, Person, StaffRole

BATCH = 1000
MOST_NAMED = 20
Progress = Callable[[float, str], None]
ThingT = TypeVar("ThingT")


def no_progress(_share: float, _doing: str) -> None:
    """For those who do not wait."""


def look_over(hr_import: HrImport, *, at: datetime, progress: Progress = no_progress) -> Comparison:
    """Compare the kept file with what is stored and keep what every row leads to.

    Raises:
        MappingError: the choice of columns does not fit the file.
        ImportRefusedError: the file is read in, given up or gone.

    """
    progress(0.02, "read")
    mapping = Mapping.from_json(hr_import.mapping)
    reading = read_kept(kept_table(hr_import), mapping)
    comparison = Comparison(reading, on=_day(at), protected=hr_import.now_protected)
    rows = list(_rows_of(hr_import, comparison, progress))
    with transaction.atomic():
        locked = HrImport.objects.select_for_update().get(pk=hr_import.pk)
        if locked.state not in {HrImport.State.MAPPING, HrImport.State.PREVIEW}:
            raise ImportRefusedError("this file has been read in or given up already")
        locked.rows.all().delete()
        for batch in batches(rows):
            insert(ImportRow, batch)
        locked.state = HrImport.State.PREVIEW
        locked.counts = counts_of(comparison)
        locked.remarks = remarks_of(comparison)
        locked.save(update_fields=["state", "counts", "remarks"])
    hr_import.refresh_from_db()
    return comparison


def read_kept(table: Table, mapping: Mapping) -> Reading:
    """The records of a table, whose cells are let go of: a large file is held once."""
    reading = records_of(table, mapping.fitted(table))
    table.rows.clear()
    return reading


def counts_of(comparison: Comparison) -> dict[str, Any]:
    return {**comparison.told, "second_yes": comparison.wants_second_yes}


def remarks_of(comparison: Comparison) -> dict[str, Any]:
    """What is unusual about the file, for the page."""
    reading, units = comparison.reading, comparison.units
    by_kind: dict[str, list[tuple[str, str]]] = {"unit_name": [], "unit_parent": []}
    opened = []
    for code, changes in units.changes.items():
        for kind, found in by_kind.items():
            if kind in changes:
                found.append(changes[kind])
        if "unit_closed" in changes:
            opened.append(units.name_of(code))
    refused = [one.reason for one in reading.refused]
    remarks = {
        **{name: n for name, n in comparison.remarks.items() if n},
        "new_units": len(units.new),
        "renamed_units": len(by_kind["unit_name"]),
        "renamed": by_kind["unit_name"][:MOST_NAMED],
        "moved_units": len(by_kind["unit_parent"]),
        "opened_units": opened[:MOST_NAMED],
        "called_differently": reading.called_differently[:MOST_NAMED],
        "unusable_emails": reading.unusable_emails,
        "emptied": [unit.name for unit in comparison.emptied_tops()],
        "ragged": refused.count(Reason.RAGGED),
        "protected": refused.count(Reason.PROTECTED),
    }
    return {name: value for name, value in remarks.items() if value}


def _rows_of(
    hr_import: HrImport, comparison: Comparison, progress: Progress
) -> Iterator[ImportRow]:
    made = {"organisation_id": hr_import.organisation_id, "hr_import_id": hr_import.pk}
    for refusal in comparison.reading.refused:
        hidden = refusal.reason is Reason.PROTECTED
        yield ImportRow(
            **made,
            kind=ImportRow.Kind.REFUSED,
            row=refusal.row,
            number="" if hidden else refusal.number,
            column=refusal.column[:200],
            reason=refusal.reason,
            value="" if hidden else refusal.value[:200],
            is_notable=True,
        )
    all_of_them, done = max(len(comparison.numbers), 1), 0
    for persons in comparison.outcomes():
        yield from _rows_of_persons(made, persons, comparison)
        done += len(persons)
        progress(0.1 + 0.7 * done / all_of_them, "compare")
    for gone in comparison.gone_without_a_row():
        yield from _gone_rows(made, gone, comparison)


def _rows_of_persons(
    made: dict[str, Any], persons: list[PersonOutcome], comparison: Comparison
) -> Iterator[ImportRow]:
    names = _Names(persons, comparison)
    for person in persons:
        for row in person.rows:
            yield _row(made, person, row, names)
    yield from _gone_rows(made, [one for person in persons for one in person.gone], comparison)


def _row(
    made: dict[str, Any], person: PersonOutcome, row: RowOutcome, names: "_Names"
) -> ImportRow:
    record = row.record
    kind = ImportRow.Kind.UNCHANGED
    if person.is_new:
        kind = ImportRow.Kind.NEW
    elif person.is_changed(row):
        kind = ImportRow.Kind.CHANGED
    title = record.texts.get("title", row.employment.title if row.employment else "")
    return ImportRow(
        **made,
        kind=kind,
        row=record.row,
        number=person.number,
        who=_who(person),
        value=_what(title, names.unit_of(record.unit)),
        reason=consequence_of(person, row),
        changes={} if kind is ImportRow.Kind.UNCHANGED else names.in_words(person, row),
        is_notable=is_notable(person, row),
    )


def _gone_rows(
    made: dict[str, Any], gone: list[Employment], comparison: Comparison
) -> Iterator[ImportRow]:
    teams = teams_of_seats(one.person_id for one in gone)
    for one in gone:
        if one.person_id in comparison.protected:
            yield ImportRow(
                **made, kind=ImportRow.Kind.GONE, reason=Consequence.HIDDEN, is_notable=True
            )
            continue
        team = teams.get(one.person_id, "")
        yield ImportRow(
            **made,
            kind=ImportRow.Kind.GONE,
            number=one.person.number,
            who=str(one.person)[:220],
            value=_what(one.title, comparison.units.name_by_key(one.unit_id)),
            reason=Consequence.LEAVES_TEAM if team else Consequence.ENDS,
            column=team[:200],
            is_notable=bool(team) or one.role == StaffRole.MANAGER,
        )


class _Names:
    """Old and new values of some persons' rows in words: units and managers by their names."""

    def __init__(self, persons: list[PersonOutcome], comparison: Comparison) -> None:
        self.comparison, self.units = comparison, comparison.units
        pairs = [
            row.changes["manager"] for p in persons for row in p.rows if "manager" in row.changes
        ]
        keys = {old for old, _ in pairs if old} - set(comparison.protected)
        numbers = {new for _, new in pairs if new}
        self.by_key = {one.pk: str(one) for one in Person.objects.filter(pk__in=keys)}
        self.by_number = {one.number: str(one) for one in Person.objects.filter(number__in=numbers)}

    def unit_of(self, code: str) -> str:
        return self.units.name_of(code)

    def in_words(self, person: PersonOutcome, row: RowOutcome) -> Changes:
        changes: Changes = {**person.changes, **row.changes, **row.unit_changes}
        if row.replaces is not None:
            changes |= self._replaced(row.replaces, row)
        if "unit" in changes:
            old, new = changes["unit"]
            changes["unit"] = (self.units.name_by_key(old), self.unit_of(new))
        if "manager" in changes:
            old, new = changes["manager"]
            changes["manager"] = (self.by_key.get(old, ""), self.by_number.get(new, new))
        if row.old_role and row.role != row.old_role:
            changes["role"] = (row.old_role, row.role)
        return changes

    def _replaced(self, old: Employment, row: RowOutcome) -> Changes:
        changes: Changes = {"unit": (old.unit_id, row.record.unit)}
        title = row.record.texts.get("title", old.title)
        if title != old.title:
            changes["title"] = (old.title, title)
        return changes


def _who(person: PersonOutcome) -> str:
    if person.is_new or person.person is None:
        names = (person.said.get("first_name", ""), person.said.get("last_name", ""))
        return (" ".join(filter(None, names)) or person.number)[:220]
    return str(person.person)[:220]


def _what(*texts: str) -> str:
    return ", ".join(filter(None, texts))[:200]


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def batches(things: Iterable[ThingT]) -> Iterator[list[ThingT]]:
    """The things by a thousand."""
    waiting = iter(things)
    while batch := list(islice(waiting, BATCH)):
        yield batch
