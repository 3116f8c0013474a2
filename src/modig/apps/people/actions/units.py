"""Everything that changes the tree of units."""

from datetime import date

from django.db import transaction

from modig.apps.people.folding import fold
from modig.apps.people.models import Unit, UnitEdge, UnitSuccession
from modig.apps.tenancy.scope import current_organisation

BATCH = 500


class UnitUnderItselfError(Exception):
    """A unit cannot lie under itself or under a unit below it."""


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
    Unit.objects.bulk_update(changed, ["path", "depth", "top", "folded"], batch_size=BATCH)
    return len(changed)


@transaction.atomic
def place_unit(unit: Unit, parent: Unit | None, *, on: date) -> None:
    """Put ``unit`` under ``parent`` from ``on``; the place it had until then is kept in its edges."""
    if parent is not None and parent.path.startswith(unit.path) and unit.path:
        raise UnitUnderItselfError(f"{unit} cannot lie under {parent}")
    UnitEdge.objects.filter(child=unit, to_on__isnull=True, from_on=on).delete()
    UnitEdge.objects.filter(child=unit, to_on__isnull=True).update(to_on=on)
    UnitEdge.objects.create(
        organisation=current_organisation(), child=unit, parent=parent, from_on=on
    )
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    unit.parent = parent
    rebuild_tree()


@transaction.atomic
def merge_units(before: list[Unit], after: Unit, *, on: date) -> None:
    """Let ``before`` become ``after`` from ``on``: they close, their people and units move."""
    for unit in before:
        if unit.pk != after.pk:
            _succeed(unit, after, UnitSuccession.Kind.MERGE, on)
    rebuild_tree()


@transaction.atomic
def split_unit(before: Unit, after: list[Unit], *, on: date) -> None:
    """Let ``before`` become several units from ``on``; its people stay until they are moved."""
    for unit in after:
        UnitSuccession.objects.create(
            organisation=current_organisation(),
            kind=UnitSuccession.Kind.SPLIT,
            before=before,
            after=unit,
            on=on,
        )


def _succeed(before: Unit, after: Unit, kind: UnitSuccession.Kind, on: date) -> None:
    UnitSuccession.objects.create(
        organisation=current_organisation(), kind=kind, before=before, after=after, on=on
    )
    before.employments.filter(to_on__isnull=True).update(unit=after)
    for child in before.children.all():
        place_unit(child, after, on=on)
    UnitEdge.objects.filter(child=before, to_on__isnull=True).update(to_on=on)
    Unit.objects.filter(pk=before.pk).update(closed_on=on)
