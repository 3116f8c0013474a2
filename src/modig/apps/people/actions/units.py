"""Everything that changes the tree of units."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.people.folding import fold
from modig.apps.people.many_rows import write_over
from modig.apps.people.models import LegalEntity, Unit, UnitEdge, UnitSuccession
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.scope import current_organisation

UNIT_FIELDS = ["name", "short", "level", "legal_entity"]


class UnitUnderItselfError(Exception):
    """A unit cannot lie under itself or under a unit below it."""


class UnitIsClosedError(Exception):
    """A unit that is closed already cannot be merged or divided."""


class BeforeItOpenedError(Exception):
    """A unit cannot end before the day that it opened."""


@transaction.atomic
def rebuild_tree() -> int:
    """Compute path, depth, top and search text of every unit from ``parent``; how many changed."""
    units = {unit.pk: unit for unit in Unit.objects.select_for_update()}
    children: dict[int | None, list[Unit]] = {}
    for unit in units.values():
        children.setdefault(unit.parent_id, []).append(unit)
    changed: list[Unit] = []
    waiting: list[tuple[Unit, Unit | None]] = [(unit, None) for unit in children.get(None, [])]
    seen = 0
    while waiting:
        unit, above = waiting.pop()
        seen += 1
        path = f"{above.path if above else ''}{unit.pk:06d}/"
        depth = above.depth + 1 if above else 0
        top_id = above.top_id if above else unit.pk
        folded = fold(unit.name, unit.code, unit.short)[:340]
        if (unit.path, unit.depth, unit.top_id, unit.folded) != (path, depth, top_id, folded):
            unit.path, unit.depth, unit.top_id, unit.folded = path, depth, top_id, folded
            changed.append(unit)
        waiting += [(child, unit) for child in children.get(unit.pk, [])]
    if seen < len(units):
        raise UnitUnderItselfError("some units lie under each other in a circle")
    write_over(Unit, changed, ["path", "depth", "top", "folded"])
    return len(changed)


@transaction.atomic
def create_unit(  # noqa: PLR0913 -- what a unit is
    *,
    code: str,
    name: str,
    parent: Unit | None,
    opened_on: date,
    by: User | None,
    at: datetime,
    short: str = "",
    level: str = "",
    legal_entity: LegalEntity | None = None,
) -> Unit:
    """Open a unit under ``parent``; without its own legal entity it belongs to the parent's."""
    if legal_entity is None and parent is not None:
        legal_entity = parent.legal_entity
    unit = Unit.objects.create(
        organisation=current_organisation(),
        code=code,
        name=name,
        short=short,
        level=level,
        legal_entity=legal_entity,
        opened_on=opened_on,
    )
    place_unit(unit, parent, on=opened_on)
    unit.refresh_from_db()
    record("create", unit, at=at, by=by)
    return unit


@transaction.atomic
def edit_unit(  # noqa: PLR0913 -- the edit, and who made it when
    unit: Unit, *, version: int, parent: Unit | None, on: date, by: User | None, at: datetime
) -> None:
    """Save the fields of ``unit`` as they are now, and move it under ``parent`` from ``on``."""
    parent_now = Unit.objects.values_list("parent", flat=True).get(pk=unit.pk)
    save_edit(unit, version=version, fields=UNIT_FIELDS)
    if parent_now != (parent.pk if parent else None):
        place_unit(unit, parent, on=on)
    else:
        rebuild_tree()
    record("edit", unit, at=at, by=by)


@transaction.atomic
def place_unit(unit: Unit, parent: Unit | None, *, on: date) -> None:
    """Put ``unit`` under ``parent`` from ``on``; the place it had until then is kept in its edges."""
    if parent is not None and parent.path.startswith(unit.path) and unit.path:
        raise UnitUnderItselfError(f"{unit} cannot lie under {parent}")
    _end_edge(unit, on)
    UnitEdge.objects.create(
        organisation=current_organisation(), child=unit, parent=parent, from_on=on
    )
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    unit.parent = parent
    rebuild_tree()


@transaction.atomic
def merge_units(
    before: list[Unit],
    after: Unit,
    *,
    on: date,
    by: User | None = None,
    at: datetime | None = None,
) -> None:
    """Let ``before`` become ``after`` from ``on``: they close, their people and units move."""
    for unit in before:
        if unit.pk != after.pk:
            _refuse_end(unit, on)
            _merge_into(unit, after, on)
            if at is not None:
                record("merge", unit, at=at, by=by, into=after.code, on=on.isoformat())
    rebuild_tree()


@transaction.atomic
def split_unit(
    before: Unit,
    after: list[Unit],
    *,
    on: date,
    by: User | None = None,
    at: datetime | None = None,
) -> None:
    """Let ``before`` become several units from ``on``; its people stay until they are moved."""
    _refuse_end(before, on)
    UnitSuccession.objects.bulk_create(
        UnitSuccession(
            organisation=current_organisation(),
            kind=UnitSuccession.Kind.SPLIT,
            before=before,
            after=unit,
            on=on,
        )
        for unit in after
    )
    if at is not None:
        record("split", before, at=at, by=by, into=[unit.code for unit in after], on=on.isoformat())
    close_if_empty(before, on=on)


@transaction.atomic
def divide_unit(
    before: Unit, parts: list[tuple[str, str]], *, on: date, by: User | None, at: datetime
) -> list[Unit]:
    """Open a unit for each code and name of ``parts``, beside ``before``, and split it into them."""
    after = [
        create_unit(
            code=code,
            name=name,
            level=before.level,
            parent=before.parent,
            legal_entity=before.legal_entity,
            opened_on=on,
            by=by,
            at=at,
        )
        for code, name in parts
    ]
    split_unit(before, after, on=on, by=by, at=at)
    return after


@transaction.atomic
def move_employments(
    moves: dict[int, Unit], *, out_of: Unit, on: date, by: User | None, at: datetime
) -> int:
    """Move employments (by key) of ``out_of`` to other units; how many. Empty and divided, it closes."""
    moved = 0
    by_unit: dict[Unit, list[int]] = {}
    for employment, unit in moves.items():
        by_unit.setdefault(unit, []).append(employment)
    for unit, employments in by_unit.items():
        moved += out_of.employments.filter(pk__in=employments).update(
            unit=unit, version=F("version") + 1
        )
    if moved:
        record("move-people", out_of, at=at, by=by, moved=moved)
    close_if_empty(out_of, on=on)
    return moved


def close_if_empty(unit: Unit, *, on: date) -> None:
    """Close a divided unit that has neither people nor units left."""
    is_divided = unit.successors.filter(kind=UnitSuccession.Kind.SPLIT).exists()
    has_people = unit.employments.filter(to_on__isnull=True).exists()
    has_units = unit.children.filter(closed_on__isnull=True).exists()
    if is_divided and not has_people and not has_units:
        _close(unit, on)


def _merge_into(before: Unit, after: Unit, on: date) -> None:
    if after.path.startswith(before.path):
        raise UnitUnderItselfError(f"{before} cannot become a unit below itself")
    UnitSuccession.objects.create(
        organisation=current_organisation(),
        kind=UnitSuccession.Kind.MERGE,
        before=before,
        after=after,
        on=on,
    )
    before.employments.filter(to_on__isnull=True).update(unit=after, version=F("version") + 1)
    for child in before.children.filter(closed_on__isnull=True):
        place_unit(child, after, on=on)
    before.management_teams.filter(to_on__isnull=True).update(unit=after, version=F("version") + 1)
    _close(before, on)


def _refuse_end(unit: Unit, on: date) -> None:
    if not unit.is_open:
        raise UnitIsClosedError(str(unit))
    if unit.opened_on and on < unit.opened_on:
        raise BeforeItOpenedError(str(unit))


def _close(unit: Unit, on: date) -> None:
    _end_edge(unit, on)
    Unit.objects.filter(pk=unit.pk).update(closed_on=on, version=F("version") + 1)
    unit.closed_on = on


def _end_edge(unit: Unit, on: date) -> None:
    """End the open edge; one that would not have lasted a day is dropped."""
    open_edge = UnitEdge.objects.filter(child=unit, to_on__isnull=True)
    open_edge.filter(from_on__gte=on).delete()
    open_edge.update(to_on=on)
