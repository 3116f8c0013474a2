"""Reading a file in: whole or not at all, one at a time."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TypeVar

from django.db import connection, models, transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from modig.apps.accounts.models import User
from modig.apps.audit.actions import forget_names, record
from modig.apps.people.actions.imports.preview import (
    Progress,
    batches,
    counts_of,
    no_progress,
    read_kept,
    remarks_of,
)
from modig.apps.people.actions.imports.undo import Undo
from modig.apps.people.actions.statistics import count_anew
from modig.apps.people.actions.units import rebuild_tree
from modig.apps.people.comparison import (
    EMPLOYMENT_TEXTS,
    PERSON_FIELDS,
    Comparison,
    PersonOutcome,
    RowOutcome,
    person_fields_of,
)
from modig.apps.people.folding import fold
from modig.apps.people.hr_files import (
    Mapping,
    Reading,
    Refusal,
    Table,
    protected_numbers,
    records_of,
    without_protected,
)
from modig.apps.people.kept_files import ImportRefusedError, kept_table, throw_away
from modig.apps.people.many_rows import insert, write_over
from modig.apps.people.models import (
    Employment,
    HrImport,
    ImportRow,
    LegalEntity,
    Person,
    Unit,
    UnitEdge,
)
from modig.apps.tenancy.scope import current_organisation

BATCH = 1000
LOCK = 0x6D6F646967
EMPLOYMENT_FIELDS = (
    *EMPLOYMENT_TEXTS, "unit", "manager", "degree", "from_on", "to_on", "attributes", "role",
    "named_manager",
)  # fmt: skip
FEWEST_TO_ASK_ABOUT = 10
"""The command is used for small files too, where a tenth is soon reached: these are few enough."""
RowT = TypeVar("RowT", bound=models.Model)


class SecondYesWantedError(Exception):
    """More than a tenth would be end-dated, and nobody has said yes to that."""

    def __init__(self, gone: int, employed: int) -> None:
        super().__init__(f"{gone} of {employed} would be end-dated")
        self.gone, self.employed = gone, employed


class PreviewIsOldError(Exception):
    """What is stored has changed since the file was looked over: it would lead to something else."""


def apply_import(
    hr_import: HrImport,
    *,
    by: User | None,
    at: datetime,
    second_yes: bool = False,
    progress: Progress = no_progress,
) -> dict[str, int]:
    """Read the looked-over file in, whole or not at all, then throw it away; the counts.

    Raises:
        SecondYesWantedError: more than a tenth would be end-dated.
        PreviewIsOldError: it would not lead to what was looked over.
        ImportRefusedError: it was read in already, or the file is gone.

    """
    progress(0.02, "read")
    reading = read_kept(kept_table(hr_import), Mapping.from_json(hr_import.mapping))
    with transaction.atomic():
        lock_imports()
        locked = HrImport.objects.select_for_update().get(pk=hr_import.pk)
        if locked.state != HrImport.State.PREVIEW:
            raise ImportRefusedError("this file has been read in or given up already")
        taken = take_in(reading, at=at, protected=locked.now_protected, progress=progress)
        if counts_of(taken.comparison) != locked.counts:
            raise PreviewIsOldError(str(hr_import))
        if taken.comparison.wants_second_yes and not second_yes:
            raise _second_yes_wanted(taken.comparison)
        _keep_in_history(locked, taken, by=by, at=at)
    throw_away(hr_import)
    return taken.comparison.told


def _second_yes_wanted(comparison: Comparison) -> SecondYesWantedError:
    return SecondYesWantedError(comparison.counts["gone"], comparison.open_before)


def record_import(
    table: Table, mapping: Mapping, *, name: str, at: datetime, second_yes: bool = False
) -> tuple[dict[str, int], list[Refusal]]:
    """Read a table in at once, without a preview: for the command. Kept in the history all the same.

    The counts, and the rows that were refused. The table's cells are let go of on the way.

    Raises:
        SecondYesWantedError: more than a tenth, and not only a few, would be end-dated.

    """
    reading, protected = _unprotected(table, mapping)
    with transaction.atomic():
        lock_imports()
        taken = take_in(reading, at=at, protected=protected)
        are_many = taken.comparison.counts["gone"] >= FEWEST_TO_ASK_ABOUT
        if taken.comparison.wants_second_yes and are_many and not second_yes:
            raise _second_yes_wanted(taken.comparison)
        made = HrImport(
            organisation=current_organisation(),
            file_name=name[:200],
            encoding=table.encoding,
            delimiter=table.delimiter,
            sheet=table.sheet[:100],
            header=list(table.header),
            header_row=table.header_row,
            rows_read=len(reading.records) + len(reading.refused),
            mapping=mapping.as_json(),
            uploaded_at=at,
        )
        _keep_in_history(made, taken, by=None, at=at)
    return taken.comparison.told, reading.refused


def compare_only(
    table: Table, mapping: Mapping, *, at: datetime
) -> tuple[dict[str, int], list[Refusal]]:
    """What a table would do, with nothing written."""
    reading, protected = _unprotected(table, mapping)
    comparison = Comparison(reading, on=_day(at), protected=protected)
    for _ in comparison.outcomes():
        pass
    for _ in comparison.gone_without_a_row():
        pass
    return comparison.told, reading.refused


def _unprotected(table: Table, mapping: Mapping) -> tuple[Reading, list[int]]:
    """The records without those of protected identities, and the keys of such persons stored."""
    hidden = protected_numbers(table, mapping)
    known = Person.objects.filter(number__in=hidden).values_list("pk", flat=True)
    scrubbed = without_protected(table, mapping)
    reading = records_of(scrubbed, mapping.fitted(scrubbed))
    scrubbed.rows.clear()
    table.rows.clear()
    return reading, list(known)


def take_in(
    reading: Reading,
    *,
    at: datetime,
    protected: Iterable[int] = (),
    progress: Progress = no_progress,
) -> "Writer":
    """Write what the records say; must run inside a transaction. What was done, and what undoes it."""
    progress(0.1, "compare")
    comparison = Comparison(reading, on=_day(at), protected=protected)
    writer = Writer(comparison)
    writer.write_units()
    progress(0.15, "persons")
    writer.write_new_persons()
    progress(0.3, "employments")
    writer.write_changes(progress)
    progress(0.85, "end")
    writer.end_the_gone()
    writer.forget_protected()
    progress(0.95, "tree")
    rebuild_tree()
    count_anew()
    return writer


def _keep_in_history(
    hr_import: HrImport, taken: "Writer", *, by: User | None, at: datetime
) -> None:
    comparison = taken.comparison
    hr_import.state, hr_import.applied_at = HrImport.State.APPLIED, at
    hr_import.by = by or hr_import.by
    hr_import.counts = counts_of(comparison)
    hr_import.remarks = remarks_of(comparison)
    hr_import.undo = taken.undo.packed()
    hr_import.now_protected = []
    hr_import.save()
    _thin_out(hr_import)
    _forget_in_history(comparison.protected)
    record("import", hr_import, at=at, by=by, **comparison.told)


def _thin_out(hr_import: HrImport) -> None:
    """Of earlier files only what they changed or refused is kept, not every row that stood still."""
    earlier = ImportRow.objects.exclude(hr_import=hr_import)
    earlier.filter(kind=ImportRow.Kind.UNCHANGED, hr_import__state=HrImport.State.APPLIED).delete()


def _forget_in_history(persons: frozenset[int]) -> None:
    """Whose identity has become protected is named in no preview, no undo and no log either."""
    if not persons:
        return
    known = Person.objects.filter(pk__in=persons)
    employments = Employment.objects.filter(person__in=known)
    rows = ImportRow.objects.filter(number__in=known.values("number"))
    rows.update(number="", who="", value="", changes={})
    for one in HrImport.objects.exclude(undo=""):
        undo = Undo.unpacked(one.undo)
        if undo.forget(known, employments):
            HrImport.objects.filter(pk=one.pk).update(undo=undo.packed())
    forget_names("person", persons)
    forget_names("employment", employments.values_list("pk", flat=True))


class Writer:
    """Writes what a comparison finds, in few large statements, and keeps what undoes it."""

    def __init__(self, comparison: Comparison) -> None:
        self.organisation = current_organisation()
        self.comparison, self.on = comparison, comparison.on
        self.units = comparison.units
        self.undo = Undo()

    # ---- units -----------------------------------------------------------------------------------

    def write_units(self) -> None:
        """Make the units that are new; rename, move and open those that the file has otherwise."""
        entities = self._legal_entities()
        changed = self._changed_units(entities)
        new = self._new_units(entities)
        by_code = {one.code: one for one in self.units.stored.values()}
        by_code |= {one.code: one for one in new} | self.units.units
        parents = {
            by_code[code]: by_code[parent] if parent else None
            for code, parent in self.units.parents().items()
        }
        self._place(parents, {one.pk for one in new})
        opened = [code for code, found in self.units.changes.items() if "unit_closed" in found]
        self._make_edges(by_code[code] for code in opened if by_code[code] not in parents)
        rows = {one.pk: one for one in [*new, *changed, *parents]}.values()
        write_over(Unit, rows, ["name", "parent", "closed_on", "legal_entity", "version"])
        self.units.learn(new)

    def _changed_units(self, entities: dict[str, LegalEntity]) -> list[Unit]:
        changed = []
        for code, changes in self.units.changes.items():
            unit = self.units.units[code]
            self._note(unit, ["name", "parent_id", "closed_on", "legal_entity_id"])
            if "unit_name" in changes:
                unit.name = self.units.places[code].name
            if "unit_closed" in changes:
                unit.closed_on = None
            if "legal_entity" in changes:
                unit.legal_entity = entities[self.units.entity_of[code]]
            changed.append(unit)
        return changed

    def _note(self, unit: Unit, fields: list[str]) -> None:
        """Keep what a unit was, once, and count its version up."""
        if str(unit.pk) not in self.undo.changed.get("unit", {}):
            self.undo.note_changed(unit, fields)
            unit.version += 1

    def _new_units(self, entities: dict[str, LegalEntity]) -> list[Unit]:
        new = [
            Unit(
                organisation=self.organisation,
                code=place.code,
                name=place.name or place.code,
                legal_entity=entities.get(self.units.entity_of.get(place.code, "")),
                opened_on=self.on,
            )
            for place in self.units.new
        ]
        Unit.objects.bulk_create(new, batch_size=BATCH)
        self.undo.note_made(new)
        return new

    def _place(self, parents: dict[Unit, Unit | None], new: set[int]) -> None:
        """Put units under others from today; where they lay until then is kept in their edges."""
        moved = [unit for unit in parents if unit.pk not in new]
        for unit in moved:
            self._note(unit, ["name", "parent_id", "closed_on", "legal_entity_id"])
        for unit, parent in parents.items():
            unit.parent = parent
            if unit.pk in new and unit.legal_entity is None and parent is not None:
                unit.legal_entity = parent.legal_entity
        open_edges = UnitEdge.objects.filter(child__in=moved, to_on__isnull=True)
        self.undo.ended += open_edges.values_list("pk", flat=True)
        today = models.Value(self.on, output_field=models.DateField())
        open_edges.update(to_on=Greatest("from_on", today))
        self._make_edges(parents)

    def _make_edges(self, units: Iterable[Unit]) -> None:
        edges = [
            UnitEdge(
                organisation=self.organisation,
                child=unit,
                parent_id=unit.parent_id,
                from_on=self.on,
            )
            for unit in units
        ]
        UnitEdge.objects.bulk_create(edges, batch_size=BATCH)
        self.undo.note_made(edges)

    def _legal_entities(self) -> dict[str, LegalEntity]:
        known = dict(self.units.entities)
        codes = {one.code for one in known.values()}
        new = []
        for name in sorted(set(self.units.entity_of.values()) - set(known)):
            code = next(cut for n in range(1, 1000) if (cut := _code(name, n)) not in codes)
            codes.add(code)
            new.append(LegalEntity(organisation=self.organisation, code=code, name=name))
        LegalEntity.objects.bulk_create(new)
        self.undo.note_made(new)
        return known | {one.name: one for one in new}

    # ---- persons and employments -----------------------------------------------------------------

    def write_new_persons(self) -> None:
        """Make the persons first: an employment names its manager, who may stand further down."""
        for batch in batches(self._new_persons()):
            made = insert(Person, batch)
            self.undo.note_made(made)
            self.comparison.pk_of.update((person.number, person.pk) for person in made)

    def _new_persons(self) -> Iterator[Person]:
        for number, said in person_fields_of(self.comparison.reading.records):
            if number in self.comparison.new_numbers:
                person = Person(organisation=self.organisation, number=number, **said)
                person.folded = folded(person)
                yield person

    def write_changes(self, progress: Progress) -> None:
        """Write persons' and employments' changes, and make the employments that are new."""
        everybody, done = max(len(self.comparison.numbers), 1), 0
        for outcomes in self.comparison.outcomes():
            self._write_persons(outcomes)
            self._write_employments(outcomes)
            done += len(outcomes)
            progress(0.3 + 0.55 * done / everybody, "employments")

    def _write_persons(self, outcomes: list[PersonOutcome]) -> None:
        changed = []
        for outcome in outcomes:
            if outcome.changes and outcome.person is not None:
                self.undo.note_changed(outcome.person, outcome.changes)
                for name, (_, value) in outcome.changes.items():
                    setattr(outcome.person, name, value)
                outcome.person.folded = folded(outcome.person)
                changed.append(outcome.person)
        self._save(Person, changed, [*PERSON_FIELDS, "left_on", "folded"])

    def _write_employments(self, outcomes: list[PersonOutcome]) -> None:
        new: list[Employment] = []
        changed: list[Employment] = []
        ended: list[Employment] = []
        for outcome in outcomes:
            for row in outcome.rows:
                if row.employment is None:
                    new.append(self._employment(outcome, row))
                elif row.changes:
                    self._fill_noted(row.employment, row)
                    changed.append(row.employment)
                if row.replaces is not None:
                    ended.append(row.replaces)
            ended += outcome.gone
        self._end(ended)
        self._save(Employment, changed, EMPLOYMENT_FIELDS)
        self.undo.note_made(insert(Employment, new))
        self._mark_left([one.person for outcome in outcomes for one in outcome.gone])

    def _employment(self, outcome: PersonOutcome, row: RowOutcome) -> Employment:
        employment = Employment(
            organisation=self.organisation,
            person_id=self.comparison.pk_of[outcome.number],
            key=outcome.free_key(row.record),
        )
        if row.replaces is not None:
            _take_over(employment, row.replaces)
        self._fill(employment, row)
        return employment

    def _fill_noted(self, employment: Employment, row: RowOutcome) -> None:
        columns = {"unit": "unit_id", "manager": "manager_id"}
        fields = [columns.get(name, name) for name in row.changes]
        self.undo.note_changed(employment, [*fields, "role"])
        self._fill(employment, row)

    def _fill(self, employment: Employment, row: RowOutcome) -> None:
        record = row.record
        for name in EMPLOYMENT_TEXTS:
            if name in record.texts:
                setattr(employment, name, record.texts[name])
        employment.unit_id = self.units.pk_of_code[record.unit]
        employment.from_on = record.from_on or employment.from_on
        employment.degree = record.degree if record.degree is not None else employment.degree
        if row.employment is None or "to_on" in row.changes:
            employment.to_on = record.to_on
        if self.comparison.reading.keeps_more:
            employment.attributes = record.attributes
        if "manager" in record.texts:
            manager = self.comparison.manager_of(record)
            employment.manager_id = self.comparison.pk_of.get(manager)
        if record.is_manager is not None:
            employment.named_manager = record.is_manager
        employment.role = row.role

    # ---- what is gone ----------------------------------------------------------------------------

    def end_the_gone(self) -> None:
        """End-date employments without a row, and the persons who have no other."""
        for gone in self.comparison.gone_without_a_row():
            self._end(gone)
            self._mark_left([one.person for one in gone])

    def _end(self, employments: list[Employment]) -> None:
        for employment in employments:
            self.undo.note_changed(employment, ["to_on"])
            employment.to_on = max(self.on, employment.from_on or self.on)
        self._save(Employment, employments, ["to_on"])

    def _mark_left(self, persons: list[Person]) -> None:
        chosen = {person.pk: person for person in persons}
        still = Employment.objects.filter(person__in=chosen, to_on__isnull=True)
        for pk in still.values_list("person_id", flat=True):
            chosen.pop(pk, None)
        for person in chosen.values():
            self.undo.note_changed(person, ["left_on"])
            person.left_on = self.on
        self._save(Person, chosen.values(), ["left_on"])

    def forget_protected(self) -> None:
        """Someone whose identity has become protected keeps no name, address, title or place here."""
        persons = list(Person.objects.filter(pk__in=self.comparison.protected))
        employments = list(Employment.objects.filter(person__in=persons))
        for person in persons:
            for name in (*PERSON_FIELDS, "folded"):
                setattr(person, name, "")
        for employment in employments:
            for name in EMPLOYMENT_TEXTS:
                setattr(employment, name, "")
            employment.attributes = {}
        self.undo.forget(persons, employments)
        self._save(Person, persons, [*PERSON_FIELDS, "folded"])
        self._save(Employment, employments, [*EMPLOYMENT_TEXTS, "attributes"])

    def _save(self, model: type[RowT], rows: Iterable[RowT], fields: Iterable[str]) -> None:
        """Write these fields of many rows at once, one version up."""
        saved = list(rows)
        for row in saved:
            row.version += 1  # type: ignore[attr-defined]
        write_over(model, saved, [*fields, "version"])


def lock_imports() -> None:
    """Let one import write at a time; on SQLite the transaction itself does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK + current_organisation().pk])


def folded(person: Person) -> str:
    """What a search for the person finds."""
    return fold(person.first_name, person.last_name, person.number)[:320]


def _take_over(employment: Employment, before: Employment) -> None:
    """What a file without the column does not say again follows from the place before."""
    for name in ("title", "role_by_hand", "named_manager", "manager_id", "attributes", "degree"):
        setattr(employment, name, getattr(before, name))


def _code(name: str, n: int) -> str:
    return name[:50] if n == 1 else f"{name[:45]}-{n}"


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
