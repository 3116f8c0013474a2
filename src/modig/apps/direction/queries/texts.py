"""The vision of a day and what belongs to it; how its texts read before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from modig.apps.direction.kinds import FIELDS, KINDS, Text, kind_of
from modig.apps.direction.models import (
    LeadershipStatement,
    Revision,
    Shift,
    ShiftReading,
    StatutorySource,
    Strategy,
    StrategyStep,
    Vision,
)
from modig.apps.direction.wording import (
    Piece,
    content_of,
    differences,
    field_name,
    kind_name,
    name_in,
    shown_in,
)

A_YEAR = 365


def visions() -> QuerySet[Vision]:
    return Vision.objects.select_related("owner")


def vision_on(on: date) -> Vision | None:
    """The vision that holds on a day."""
    return visions().filter(Q(to_on=None) | Q(to_on__gt=on), from_on__lte=on).first()


def coming_vision(on: date) -> Vision | None:
    """The vision that will hold later, if one is written already."""
    return visions().filter(from_on__gt=on).order_by("from_on").first()


def former_vision(vision: Vision) -> Vision | None:
    """The vision that held before this one."""
    return visions().filter(from_on__lt=vision.from_on).first()


def find_vision(vision_id: int) -> Vision:
    return get_object_or_404(visions(), pk=vision_id)


def shifts_of(vision: Vision) -> QuerySet[Shift]:
    """The from/to statements of a vision with their readings, oldest first."""
    return vision.shifts.prefetch_related(
        Prefetch("readings", ShiftReading.objects.order_by("on"))
    ).order_by("number")


def find_shift(shift_id: int) -> Shift:
    return get_object_or_404(Shift.objects.select_related("vision"), pk=shift_id)


def shifts_to_read(shifts: Iterable[Shift], on: date) -> list[Shift]:
    """Those that have not been read for a year."""
    return [
        shift
        for shift in shifts
        if not (days := [reading.on for reading in shift.readings.all()])
        or (on - max(days)).days >= A_YEAR
    ]


def leadership_of(vision: Vision) -> LeadershipStatement | None:
    return LeadershipStatement.objects.filter(vision=vision).first()


def strategies_of(vision: Vision) -> QuerySet[Strategy]:
    """The strategies of a vision with the steps of their theories of change."""
    return vision.strategies.prefetch_related(
        Prefetch("steps", StrategyStep.objects.order_by("number"))
    ).order_by("pk")


def sources() -> QuerySet[StatutorySource]:
    """Laws and decisions, each with the number of goals that rest on it."""
    resting = Count("goals", filter=Q(goals__withdrawn_on=None))
    return StatutorySource.objects.annotate(resting=resting).order_by("kind", "name", "pk")


def find_text(kind: str, text_id: int) -> Text:
    """A text of the direction by the kind and the key of its address."""
    if kind not in KINDS:
        raise Http404
    return cast("Text", get_object_or_404(KINDS[kind], pk=text_id))


# ---- how texts read before -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that reads otherwise, in both wordings."""

    label: str
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a text: why, who, when, and both wordings side by side."""

    revision: Revision
    differences: list[Difference]


def history_of(text: Text) -> list[Change]:
    """Every change of a text, the latest first."""
    kind = kind_of(text)
    later = content_of(text)
    changes = []
    revisions = Revision.objects.filter(kind=kind, thing=text.pk).select_related("by")
    for revision in revisions.order_by("-number"):
        changes.append(Change(revision, _differences(kind, revision, later)))
        later = revision.content
    return changes


def _differences(kind: str, revision: Revision, later: dict[str, Any]) -> list[Difference]:
    known = {*FIELDS[kind], "sources"}
    found = []
    for name in revision.changed:
        if name in known:
            old, new = shown_in(kind, name, revision.content), shown_in(kind, name, later)
            found.append(Difference(field_name(kind, name), *differences(old, new)))
    return found


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of the list of all changes."""

    revision: Revision
    kind: str
    name: str
    fields: str
    is_there: bool


def revisions(kind: str = "") -> QuerySet[Revision]:
    """All changes of the direction, the latest first."""
    found = Revision.objects.select_related("by").order_by("-at", "-pk")
    return found.filter(kind=kind) if kind in KINDS else found


def happenings(rows: Iterable[Revision]) -> list[Happening]:
    """Changes in words; of each it is told whether its text is still there."""
    rows = list(rows)
    there = {
        (kind, key)
        for kind in {row.kind for row in rows}
        for key in KINDS[kind]
        .objects.filter(pk__in=[row.thing for row in rows if row.kind == kind])
        .values_list("pk", flat=True)
    }
    return [
        Happening(
            revision=row,
            kind=kind_name(row.kind),
            name=name_in(row.content),
            fields=", ".join(field_name(row.kind, name) for name in row.changed),
            is_there=(row.kind, row.thing) in there,
        )
        for row in rows
    ]
