"""Taking the latest import back. What was edited or used since stays as it is, and is named."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import ManyToOneRel

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.people.actions.imports.preview import Progress, batches, no_progress
from modig.apps.people.actions.imports.reading_in import folded, lock_imports
from modig.apps.people.actions.imports.undo import Undo
from modig.apps.people.actions.units import rebuild_tree
from modig.apps.people.many_rows import write_over
from modig.apps.people.models import (
    Employment,
    HrImport,
    LegalEntity,
    Person,
    ProposedSeat,
    TeamProposal,
    Unit,
    UnitEdge,
)

MOST_NAMED = 500
BATCH = 2000
# Proposals are drafts; they go with the rows they are about.
DRAFTS = (ProposedSeat, TeamProposal)


class NotTheLatestError(Exception):
    """Only the latest import can be undone."""


@transaction.atomic
def undo_import(
    hr_import: HrImport, *, by: User | None, at: datetime, progress: Progress = no_progress
) -> list[str]:
    """Take the latest import back; what was edited or used since is left alone and named.

    Raises:
        NotTheLatestError: a later file has been read in, or this one is not applied.

    """
    lock_imports()
    latest = HrImport.objects.filter(state=HrImport.State.APPLIED).order_by("-applied_at", "-pk")
    if latest.first() != hr_import:
        raise NotTheLatestError(str(hr_import))
    taker = _Taker(Undo.unpacked(HrImport.objects.get(pk=hr_import.pk).undo))
    progress(0.1, "changes")
    taker.take_back_changes()
    progress(0.5, "rows")
    taker.take_back_rows()
    progress(0.9, "tree")
    rebuild_tree()
    HrImport.objects.filter(pk=hr_import.pk).update(
        state=HrImport.State.UNDONE,
        undone_at=at,
        undo="",
        left_alone=taker.left_alone[:MOST_NAMED],
    )
    record("undo-import", hr_import, at=at, by=by, left_alone=len(taker.left_alone))
    return taker.left_alone


class _Taker:
    """Takes back what an import did, in the order that lets rows go."""

    def __init__(self, undo: Undo) -> None:
        self.undo = undo
        self.left_alone: list[str] = []

    def take_back_changes(self) -> None:
        for model in (Employment, Person, Unit):
            self._take_back_changes_of(model)

    def _made(self, model: type[models.Model]) -> set[int]:
        return set(self.undo.made.get(model._meta.model_name or "", []))

    # ---- what was changed ------------------------------------------------------------------------

    def _take_back_changes_of(self, model: Any) -> None:
        kept = self.undo.changed.get(model._meta.model_name, {})
        names = {name for old in kept.values() for name in old} - {"version"}
        for keys in batches(sorted(int(pk) for pk in kept)):
            rows = []
            for row in model.objects.filter(pk__in=keys):
                if row.version != kept[str(row.pk)]["version"]:
                    self.left_alone.append(str(row))
                    continue
                _put_back(row, kept[str(row.pk)])
                rows.append(row)
            self._save(model, rows, names)
            if model is Unit:
                self._reopen_edges(rows)

    def _save(self, model: Any, rows: list[Any], names: set[str]) -> None:
        fields = {name.removesuffix("_id") for name in names} | {"version"}
        if model is Person:
            fields.add("folded")
        write_over(model, rows, sorted(fields))

    def _reopen_edges(self, units: list[Unit]) -> None:
        """A unit that is back where it lay has its old edge open, and not the new one."""
        edges = UnitEdge.objects.filter(child__in=units)
        edges.filter(pk__in=self._made(UnitEdge)).delete()
        edges.filter(pk__in=self.undo.ended).update(to_on=None)

    # ---- what was made ---------------------------------------------------------------------------

    def take_back_rows(self) -> None:
        """A person who is left alone keeps her employments, and they keep their units."""
        made = self._made(Employment)
        touched = set(Employment.objects.exclude(version=1).values_list("pk", flat=True)) & made
        persons = self._persons_in_use(made, touched)
        hers = Employment.objects.filter(person__in=persons).values_list("pk", flat=True)
        self._delete(Employment, made - set(hers), keep=touched)
        self._delete(Person, self._made(Person), keep=persons)
        self._delete_units()
        entities = self._made(LegalEntity)
        self._delete(LegalEntity, entities, keep=_in_use(LegalEntity) | _edited(LegalEntity))

    def _persons_in_use(self, made: set[int], touched: set[int]) -> set[int]:
        """Persons made by the import who were edited or used since, or whose employments were."""
        users = Person.objects.filter(user__isnull=False).values_list("pk", flat=True)
        used = _in_use(Person, but=(Employment, *DRAFTS)) | _edited(Person) | set(users)
        rows = Employment.objects.order_by().values_list("pk", "person_id", "manager_id")
        for pk, person, manager in rows.iterator(BATCH):
            if pk not in made or pk in touched:
                used |= {person, manager}
        return used & self._made(Person)

    def _delete_units(self) -> None:
        """From the bottom up: a unit in use stays, and so does what lies above it."""
        depths: dict[int, set[int]] = {}
        for batch in batches(sorted(self._made(Unit))):
            for pk, depth in Unit.objects.filter(pk__in=batch).values_list("pk", "depth"):
                depths.setdefault(depth, set()).add(pk)
        for depth in sorted(depths, reverse=True):
            later = UnitEdge.objects.exclude(pk__in=self.undo.made.get("unitedge", []))
            ends = {end for pair in later.values_list("child", "parent") for end in pair if end}
            kept = _in_use(Unit, but=(UnitEdge, *DRAFTS)) | _edited(Unit) | ends
            going = Unit.objects.filter(pk__in=depths[depth] - kept)
            UnitEdge.objects.filter(child__in=going).delete()
            going.update(top=None)
            self._delete(Unit, depths[depth], keep=kept)

    def _delete(self, model: Any, keys: set[int], *, keep: set[int]) -> None:
        """Delete rows but those to keep, which are named."""
        for batch in batches(sorted(keys & keep)):
            self.left_alone += map(str, model.objects.filter(pk__in=batch))
        for batch in batches(sorted(keys - keep)):
            model.objects.filter(pk__in=batch).delete()


def _put_back(row: Any, old: dict[str, Any]) -> None:
    for name, value in old.items():
        if name != "version":
            field = row._meta.get_field(name.removesuffix("_id"))
            setattr(row, name, field.to_python(value))
    row.version += 1
    if isinstance(row, Person):
        row.folded = folded(row)


def _edited(model: Any) -> set[int]:
    return set(model.objects.exclude(version=1).values_list("pk", flat=True))


def _in_use(model: type[models.Model], but: tuple[type[models.Model], ...] = ()) -> set[int]:
    """The keys of rows that any other row names, whatever feature it belongs to.

    A unit's own place in the tree is told by ``parent``; ``top`` follows from it.
    """
    used: set[int] = set()
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or relation.related_model in but:
            continue
        name = relation.field.name
        if name != "top":
            rows = relation.related_model._base_manager.exclude(**{name: None}).order_by()
            used.update(rows.values_list(name, flat=True).distinct())
    return used
