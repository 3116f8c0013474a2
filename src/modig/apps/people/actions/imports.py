"""Taking in an HR file: keep it, choose columns, look it over, read it in, undo it."""

import base64
import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.db.models import ProtectedError

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record as write_down
from modig.apps.people import roles
from modig.apps.people.actions.units import rebuild_tree
from modig.apps.people.comparison import (
    EMPLOYMENT_TEXTS,
    PERSON_FIELDS,
    Comparison,
    Difference,
    Stored,
    compare,
)
from modig.apps.people.folding import fold
from modig.apps.people.hr_files import (
    Mapping,
    Record,
    Table,
    guess_mapping,
    read_table,
    records_of,
)
from modig.apps.people.hr_files.rows import Reason, is_protected
from modig.apps.people.kept_files import ImportRefusedError, kept_table, path_of, write_table
from modig.apps.people.models import (
    Employment,
    HrImport,
    ImportMapping,
    ImportRow,
    LegalEntity,
    Person,
    RoleRule,
    Unit,
    UnitEdge,
)
from modig.apps.tenancy.scope import current_organisation

BATCH = 1000
Progress = Callable[[float, str], None]


class SecondYesWantedError(Exception):
    """More than a tenth would be end-dated, and nobody has said yes to that."""


class NotTheLatestError(Exception):
    """Only the latest import can be undone."""


# ---- the kept file ---------------------------------------------------------------------------


def keep_file(path: Path, *, name: str, by: User | None, at: datetime, sheet: str = "") -> HrImport:
    """Read an uploaded file and keep its table until it is applied, without the protected rows.

    Raises:
        UnreadableFileError: it cannot be read.

    """
    table = read_table(path, name=name, sheet=sheet)
    mapping = _remembered_mapping(table) or guess_mapping(table.header)
    now_protected = stored_but_protected(table, mapping)
    table = without_protected(table, mapping)
    with transaction.atomic():
        made = HrImport.objects.create(
            organisation=current_organisation(),
            file_name=name[:200],
            encoding=table.encoding,
            delimiter=table.delimiter,
            sheet=table.sheet,
            header=list(table.header),
            mapping=mapping.as_json(),
            now_protected=now_protected,
            uploaded_at=at,
            by=by,
        )
        write_table(made, table)
    return made


def choose_columns(hr_import: HrImport, mapping: Mapping) -> Comparison:
    """Use ``mapping``, compare the file with what is stored and keep the result for the preview.

    Raises:
        MappingError: the mapping does not fit the file.

    """
    table = kept_table(hr_import)
    fitted = mapping.fitted(table)
    scrubbed = without_protected(table, fitted)
    with transaction.atomic():
        write_table(hr_import, scrubbed)
        comparison = compare(records_of(scrubbed, fitted), stored_people())
        hr_import.mapping = fitted.as_json()
        hr_import.counts = comparison.counts | {"second_yes": comparison.wants_second_yes}
        hr_import.now_protected = sorted(
            {*hr_import.now_protected, *stored_but_protected(table, fitted)}
        )
        hr_import.state = HrImport.State.PREVIEW
        hr_import.save(update_fields=["mapping", "counts", "now_protected", "state"])
        _keep_preview(hr_import, comparison)
    return comparison


@transaction.atomic
def remember_mapping(name: str, mapping: Mapping, *, at: datetime) -> ImportMapping:
    """Keep a choice of columns under a name for the next file."""
    kept, _ = ImportMapping.objects.update_or_create(
        organisation=current_organisation(),
        name=name,
        defaults={"mapping": mapping.as_json(), "used_at": at},
    )
    return kept


def give_up(hr_import: HrImport) -> None:
    """Throw the kept file away without reading it in."""
    HrImport.objects.filter(pk=hr_import.pk).exclude(
        state__in=[HrImport.State.APPLIED, HrImport.State.UNDONE]
    ).update(state=HrImport.State.GIVEN_UP)
    path_of(hr_import).unlink(missing_ok=True)


def without_protected(table: Table, mapping: Mapping) -> Table:
    """The table with every cell of a protected row emptied but the mark itself."""
    column = mapping.columns.get("protected", "")
    if column not in table.header:
        return table
    place = table.header.index(column)
    rows = [
        (n, ["" if at != place else "1" for at in range(len(cells))])
        if is_protected(cells, place)
        else (n, cells)
        for n, cells in table.rows
    ]
    return Table(table.header, rows, table.ragged, table.encoding, table.delimiter, table.sheet)


def stored_but_protected(table: Table, mapping: Mapping) -> list[int]:
    """The keys of stored persons whose row says now that their identity is protected."""
    column, number = mapping.columns.get("protected", ""), mapping.columns.get("number", "")
    if column not in table.header or number not in table.header:
        return []
    place, number_at = table.header.index(column), table.header.index(number)
    numbers = [cells[number_at] for _, cells in table.rows if is_protected(cells, place)]
    return sorted(Person.objects.filter(number__in=numbers).values_list("pk", flat=True))


def _remembered_mapping(table: Table) -> Mapping | None:
    """The newest kept mapping all of whose columns the file has."""
    for kept in ImportMapping.objects.all():
        mapping = Mapping.from_json(kept.mapping)
        if set(mapping.named()) <= set(table.header):
            return mapping
    return None


# ---- the preview -----------------------------------------------------------------------------


def stored_people() -> Stored:
    """Everything that a file is compared with, in three queries."""
    persons = {one.number: one for one in Person.objects.all()}
    by_key = {one.pk: one for one in persons.values()}
    employments = {}
    for one in Employment.objects.select_related("unit", "manager"):
        one.person = by_key[one.person_id]
        employments[one.person.number, one.key] = one
    return Stored(persons, employments, {one.code: one for one in Unit.objects.all()})


def _keep_preview(hr_import: HrImport, comparison: Comparison) -> None:
    hr_import.rows.all().delete()
    for batch in _batches(_preview_rows(hr_import, comparison)):
        ImportRow.objects.bulk_create(batch)


def _preview_rows(hr_import: HrImport, comparison: Comparison) -> Iterator[ImportRow]:
    made = {"organisation_id": hr_import.organisation_id, "hr_import_id": hr_import.pk}
    for refusal in comparison.refused:
        value = "" if refusal.reason is Reason.PROTECTED else refusal.value
        yield ImportRow(
            **made,
            kind=ImportRow.Kind.REFUSED,
            row=refusal.row,
            column=refusal.column,
            reason=refusal.reason,
            value=value[:200],
        )
    kinds = ((ImportRow.Kind.NEW, comparison.new), (ImportRow.Kind.CHANGED, comparison.changed))
    for kind, differences in kinds:
        for one in differences:
            yield ImportRow(
                **made,
                kind=kind,
                row=one.record.row,
                who=_who(one.record),
                value=f"{one.record.texts.get('title', '')}, {one.record.units[-1].name}"[:200],
                changes=one.changes,
            )
    for employment in comparison.gone:
        yield ImportRow(
            **made,
            kind=ImportRow.Kind.GONE,
            who=str(employment.person)[:220],
            value=f"{employment.title}, {employment.unit.name}"[:200],
        )


def _who(record: Record) -> str:
    name = f"{record.texts.get('first_name', '')} {record.texts.get('last_name', '')}".strip()
    return (name or record.number)[:220]


# ---- reading it in ---------------------------------------------------------------------------


@dataclass(slots=True)
class Undo:
    """What takes an import back: the rows it made, and the old values of those it changed."""

    made: dict[str, list[int]] = field(default_factory=dict)
    changed: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def note_made(self, rows: Iterable[models.Model]) -> None:
        for row in rows:
            self.made.setdefault(row._meta.model_name or "", []).append(row.pk)

    def note_changed(self, row: Any, names: Iterable[str]) -> None:
        """Keep the old values, and the version that the row will have afterwards."""
        fields = {name: _plain(getattr(row, name)) for name in names}
        kept = self.changed.setdefault(row._meta.model_name, {}).setdefault(str(row.pk), {})
        kept.update({name: value for name, value in fields.items() if name not in kept})
        kept["version"] = row.version

    def packed(self) -> str:
        raw = json.dumps({"made": self.made, "changed": self.changed}, ensure_ascii=False)
        return base64.b85encode(gzip.compress(raw.encode())).decode()

    @classmethod
    def unpacked(cls, text: str) -> "Undo":
        kept = json.loads(gzip.decompress(base64.b85decode(text)))
        return cls(kept["made"], kept["changed"])


def apply_import(
    hr_import: HrImport,
    *,
    by: User | None,
    at: datetime,
    second_yes: bool = False,
    progress: Progress = lambda _share, _doing: None,
) -> dict[str, int]:
    """Read the looked-over file in, whole or not at all, then throw it away; the counts.

    Raises:
        SecondYesWantedError: more than a tenth would be end-dated.
        ImportRefusedError: it was read in already, or the file is gone.

    """
    progress(0.02, "read")
    table = kept_table(hr_import)
    with transaction.atomic():
        _lock_imports()
        locked = HrImport.objects.select_for_update().get(pk=hr_import.pk)
        if locked.state != HrImport.State.PREVIEW:
            raise ImportRefusedError("this file has been read in or given up already")
        counts, undo = take_in(
            table,
            Mapping.from_json(locked.mapping),
            on=at.date(),
            second_yes=second_yes,
            now_protected=locked.now_protected,
            progress=progress,
        )
        locked.state, locked.applied_at, locked.by = HrImport.State.APPLIED, at, by
        locked.counts, locked.undo = counts, undo.packed()
        locked.save(update_fields=["state", "applied_at", "by", "counts", "undo"])
        write_down("import", locked, at=at, by=by, **counts)
    path_of(hr_import).unlink(missing_ok=True)
    return counts


@transaction.atomic
def record_import(
    table: Table, mapping: Mapping, *, name: str, at: datetime, second_yes: bool
) -> dict[str, int]:
    """Read a table in at once, without a preview: for the command. Kept in the history all the same."""
    _lock_imports()
    now_protected = stored_but_protected(table, mapping)
    scrubbed = without_protected(table, mapping)
    counts, undo = take_in(
        scrubbed, mapping, on=at.date(), second_yes=second_yes, now_protected=now_protected
    )
    made = HrImport.objects.create(
        organisation=current_organisation(),
        file_name=name[:200],
        state=HrImport.State.APPLIED,
        encoding=table.encoding,
        delimiter=table.delimiter,
        sheet=table.sheet,
        header=list(table.header),
        mapping=mapping.as_json(),
        counts=counts,
        undo=undo.packed(),
        uploaded_at=at,
        applied_at=at,
    )
    write_down("import", made, at=at, by=None, **counts)
    return counts


def take_in(  # noqa: PLR0913 -- all but what is taken in are by name
    table: Table,
    mapping: Mapping,
    *,
    on: date,
    second_yes: bool,
    now_protected: Iterable[int] = (),
    progress: Progress = lambda _share, _doing: None,
) -> tuple[dict[str, int], Undo]:
    """Write a table's records; must run inside a transaction. The counts, and what undoes it."""
    progress(0.1, "compare")
    stored = stored_people()
    fitted = mapping.fitted(table)
    comparison = compare(records_of(table, fitted), stored)
    if comparison.wants_second_yes and not second_yes:
        raise SecondYesWantedError
    writer = _Writer(stored, comparison, on)
    writer.write_units()
    progress(0.3, "persons")
    writer.write_persons()
    progress(0.5, "employments")
    writer.write_employments()
    progress(0.8, "end")
    writer.end_the_gone()
    writer.forget(now_protected)
    progress(0.9, "tree")
    rebuild_tree()
    return comparison.counts, writer.undo


class _Writer:
    """Writes what a comparison found, in few large statements."""

    def __init__(self, stored: Stored, comparison: Comparison, on: date) -> None:
        self.organisation = current_organisation()
        self.stored, self.comparison, self.on = stored, comparison, on
        self.rules = list(RoleRule.objects.all())
        self.undo = Undo()

    def differences(self) -> Iterator[Difference]:
        yield from self.comparison.new
        yield from self.comparison.changed

    def write_units(self) -> None:
        """Make the units that are new, and move those that lie elsewhere now."""
        entities = self._legal_entities()
        units, wanted = self.stored.units, {}
        records = [one.record for one in self.differences()] + self.comparison.unchanged
        for record in records:
            entity = entities.get(record.texts.get("legal_entity", ""))
            for place in record.units:
                wanted[place.code] = (place, entity)
        new = [
            Unit(
                organisation=self.organisation,
                code=code,
                name=place.name,
                legal_entity=entity,
                opened_on=self.on,
            )
            for code, (place, entity) in wanted.items()
            if code not in units
        ]
        Unit.objects.bulk_create(new, batch_size=BATCH)
        self.undo.note_made(new)
        units |= {unit.code: unit for unit in new}
        moved = []
        for code, (place, _) in wanted.items():
            parent = units[place.parent] if place.parent else None
            unit = units[code]
            if unit.parent_id != (parent.pk if parent else None):
                moved.append((unit, parent))
        self._move(moved, {unit.pk for unit in new})
        self._edges([u for u in new if not u.parent_id])

    def _move(self, moved: list[tuple[Unit, Unit | None]], new: set[int]) -> None:
        for unit, parent in moved:
            if unit.pk not in new:
                self.undo.note_changed(unit, ["parent_id"])
                unit.version += 1
                self.undo.changed["unit"][str(unit.pk)]["version"] = unit.version
            unit.parent = parent
        rows = [unit for unit, _ in moved]
        Unit.objects.bulk_update(rows, ["parent", "version"], batch_size=BATCH)
        UnitEdge.objects.filter(child__in=[u for u in rows if u.pk not in new], to_on=None).update(
            to_on=self.on
        )
        self._edges(rows)

    def _edges(self, units: list[Unit]) -> None:
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
        known = {one.name: one for one in LegalEntity.objects.all()}
        named = {one.record.texts.get("legal_entity", "") for one in self.differences()}
        new = [
            LegalEntity(organisation=self.organisation, code=name[:50], name=name)
            for name in sorted(named - set(known) - {""})
        ]
        LegalEntity.objects.bulk_create(new)
        self.undo.note_made(new)
        return known | {one.name: one for one in new}

    def write_persons(self) -> None:
        new: dict[str, Person] = {}
        for one in self.comparison.new:
            number = one.record.number
            if number not in new:
                new[number] = self._person(one.record)
        changed: dict[int, Person] = {}
        for one in self.comparison.changed:
            if one.person:
                person = self.stored.persons[one.record.number]
                self.undo.note_changed(person, one.person)
                for name, (_, value) in one.person.items():
                    setattr(person, name, value)
                person.folded = _folded(person)
                changed[person.pk] = person
        self._save(Person, changed.values(), [*PERSON_FIELDS, "left_on", "folded"])
        made = Person.objects.bulk_create(new.values(), batch_size=BATCH)
        self.undo.note_made(made)
        self.stored.persons |= {person.number: person for person in made}

    def _person(self, record: Record) -> Person:
        texts = {name: record.texts.get(name, "") for name in PERSON_FIELDS}
        person = Person(organisation=self.organisation, number=record.number, **texts)
        person.folded = _folded(person)
        return person

    def write_employments(self) -> None:
        new: list[Employment] = []
        changed: list[Employment] = []
        for one in self.differences():
            if one.is_new_employment:
                new.append(self._employment(one.record))
            elif one.employment:
                employment = self.stored.employments[one.record.number, one.record.key]
                names = {"unit": "unit_id", "manager": "manager_id"}
                fields = [names.get(name, name) for name in one.employment]
                self.undo.note_changed(employment, [*fields, "role"])
                self._fill(employment, one.record)
                changed.append(employment)
        fields = ["unit", "manager", "degree", "from_on", "to_on", "attributes", "role"]
        self._save(Employment, changed, [*EMPLOYMENT_TEXTS, *fields])
        self.undo.note_made(Employment.objects.bulk_create(new, batch_size=BATCH))

    def _employment(self, record: Record) -> Employment:
        employment = Employment(
            organisation=self.organisation,
            person=self.stored.persons[record.number],
            key=record.key,
        )
        self._fill(employment, record)
        return employment

    def _fill(self, employment: Employment, record: Record) -> None:
        for name in EMPLOYMENT_TEXTS:
            if name in record.texts:
                setattr(employment, name, record.texts[name])
        employment.unit = self.stored.units[record.unit]
        employment.to_on = record.to_on
        employment.attributes = record.attributes
        employment.from_on = record.from_on or employment.from_on
        employment.degree = record.degree if record.degree is not None else employment.degree
        if "manager" in record.texts:
            employment.manager = self.stored.persons.get(record.texts["manager"])
        is_manager = record.is_manager
        employment.role = roles.role_of(employment.title, self.rules, is_manager=is_manager)

    def end_the_gone(self) -> None:
        """End-date employments without a row, and the persons who have no other."""
        ended = [*self.comparison.gone, *self.comparison.moved_from]
        for employment in ended:
            self.undo.note_changed(employment, ["to_on"])
            employment.to_on = max(self.on, employment.from_on or self.on)
        self._save(Employment, ended, ["to_on"])
        still = set(
            Employment.objects.filter(to_on__isnull=True).values_list("person_id", flat=True)
        )
        left = {one.person_id: one.person for one in self.comparison.gone}
        persons = [person for pk, person in left.items() if pk not in still]
        for person in persons:
            self.undo.note_changed(person, ["left_on"])
            person.left_on = self.on
        self._save(Person, persons, ["left_on"])

    def forget(self, now_protected: Iterable[int]) -> None:
        """Someone whose identity has become protected keeps no name and no address here."""
        chosen = set(now_protected)
        known = [one for one in self.stored.persons.values() if one.pk in chosen]
        for person in known:
            person.first_name = person.last_name = person.email = person.mobile = ""
            person.folded = ""
        self._save(Person, known, ["first_name", "last_name", "email", "mobile", "folded"])

    def _save(self, model: Any, rows: Iterable[Any], fields: list[str]) -> None:
        saved = list(rows)
        for row in saved:
            row.version += 1
            kept = self.undo.changed.get(row._meta.model_name, {}).get(str(row.pk))
            if kept is not None:
                kept["version"] = row.version
        model.objects.bulk_update(saved, [*fields, "version"], batch_size=BATCH // 2)


def _folded(person: Person) -> str:
    return fold(person.first_name, person.last_name, person.number)[:320]


# ---- undoing ---------------------------------------------------------------------------------


@transaction.atomic
def undo_import(hr_import: HrImport, *, by: User | None, at: datetime) -> list[str]:
    """Take the latest import back; what was edited or used since is left alone and named.

    Raises:
        NotTheLatestError: a later file has been read in, or this one is not applied.

    """
    _lock_imports()
    latest = HrImport.objects.filter(state=HrImport.State.APPLIED).order_by("-applied_at", "-pk")
    if latest.first() != hr_import:
        raise NotTheLatestError(str(hr_import))
    undo = Undo.unpacked(HrImport.objects.get(pk=hr_import.pk).undo)
    left_alone: list[str] = []
    for changed in (Employment, Person, Unit):
        left_alone += _take_back_changes(changed, undo)
    for model in (Employment, Person, UnitEdge, Unit, LegalEntity):
        left_alone += _take_back_rows(model, undo)
    _reopen_edges(undo)
    rebuild_tree()
    HrImport.objects.filter(pk=hr_import.pk).update(
        state=HrImport.State.UNDONE, undone_at=at, undo="", left_alone=left_alone[:500]
    )
    write_down("undo-import", hr_import, at=at, by=by, left_alone=len(left_alone))
    return left_alone


def _take_back_changes(model: Any, undo: Undo) -> list[str]:
    kept = undo.changed.get(model._meta.model_name, {})
    left_alone: list[str] = []
    for row in model.objects.filter(pk__in=[int(pk) for pk in kept]).iterator(BATCH):
        old = kept[str(row.pk)]
        if row.version != old["version"]:
            left_alone.append(str(row))
            continue
        for name, value in old.items():
            if name != "version":
                setattr(row, name, model._meta.get_field(name.removesuffix("_id")).to_python(value))
        row.version += 1
        if isinstance(row, Person):
            row.folded = _folded(row)
        row.save()
    return left_alone


def _take_back_rows(model: Any, undo: Undo) -> list[str]:
    """Delete the rows that the import made; all at once, or one by one where some are in use."""
    keys = undo.made.get(model._meta.model_name, [])
    left_alone: list[str] = []
    for batch in _batches(keys):
        rows = model.objects.filter(pk__in=batch)
        if hasattr(model, "version"):
            left_alone += [str(row) for row in rows.exclude(version=1)]
            rows = rows.filter(version=1)
        try:
            with transaction.atomic():
                rows.delete()
        except ProtectedError:
            left_alone += _delete_one_by_one(list(rows))
    return left_alone


def _delete_one_by_one(rows: list[Any]) -> list[str]:
    left_alone = []
    for row in sorted(rows, key=lambda row: -getattr(row, "depth", 0)):
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError:
            left_alone.append(str(row))
    return left_alone


def _reopen_edges(undo: Undo) -> None:
    """A unit that was moved lies where it lay: its newest edge is open again."""
    for pk in undo.changed.get("unit", {}):
        newest = UnitEdge.objects.filter(child_id=int(pk)).order_by("-from_on", "-pk").first()
        if newest is not None:
            UnitEdge.objects.filter(pk=newest.pk).update(to_on=None)


# ---- helpers of this file --------------------------------------------------------------------


def _lock_imports() -> None:
    """Let one import write at a time; on SQLite the transaction itself does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s)", [0x6D6F646967 + current_organisation().pk]
            )


def _plain(value: Any) -> Any:
    return value if isinstance(value, dict | int | str | None) else str(value)


def _batches(things: Iterable[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for thing in things:
        batch.append(thing)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
