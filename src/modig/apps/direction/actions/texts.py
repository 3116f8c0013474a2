"""Changing the texts of the direction: every earlier wording is kept, with what changed and why."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.direction.models import Goal, Revision, Shift, ShiftReading, Vision
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.models import Versioned
from modig.apps.tenancy.scope import current_organisation

FIELDS: dict[str, list[str]] = {
    "vision": ["title", "lead", "owner", "from_on", "to_on"],
    "visionstatement": ["number", "text"],
    "shift": ["number", "from_text", "to_text"],
    "focusarea": ["code", "number", "name", "description"],
    "goal": [
        "focus_area", "parent", "code", "name", "description", "unit", "owner", "orientations",
        "from_on", "to_on",
    ],
    "statutorysource": ["kind", "name", "reference", "link", "decided_on", "applies_from"],
    "strategy": ["name", "idea"],
    "strategystep": ["number", "kind", "text", "assumption"],
    "leadershipstatement": ["text", "agreed_on"],
}  # fmt: skip


class GoalUnderItselfError(Exception):
    """A goal cannot lie under itself or under a goal below it."""


@transaction.atomic
def create_text(text: Versioned, *, by: User | None, at: datetime) -> None:
    """Keep a new text of the direction."""
    text.organisation = current_organisation()
    _refuse_circle(text)
    text.save()
    record("create", text, at=at, by=by)


@transaction.atomic
def revise_text(
    text: Versioned, *, version: int, why: str, by: User | None, at: datetime
) -> list[str]:
    """Save the text as it is now and keep how it read before; the names of the fields that changed.

    A translation of a changed text no longer says the same and is dropped.
    """
    kind = text._meta.model_name or ""
    fields = FIELDS[kind]
    _refuse_circle(text)
    before = type(text).across_organisations.get(pk=text.pk)
    changed = [name for name in fields if getattr(before, name) != getattr(text, name)]
    if not changed:
        return []
    translations = {
        language: {name: said for name, said in texts.items() if name not in changed}
        for language, texts in getattr(text, "translations", {}).items()
    }
    text.translations = translations  # type: ignore[attr-defined]
    last = Revision.objects.filter(kind=kind, thing=text.pk).first()
    Revision.objects.create(
        organisation=current_organisation(),
        kind=kind,
        thing=text.pk,
        number=last.number + 1 if last else 1,
        content={name: _plain(getattr(before, name)) for name in fields},
        changed=changed,
        why=why,
        by=by,
        at=at,
    )
    save_edit(text, version=version, fields=[*fields, "translations"])
    record("revise", text, at=at, by=by, changed=changed)
    return changed


@transaction.atomic
def withdraw_goal(goal: Goal, *, version: int, on: date, by: User | None, at: datetime) -> None:
    """A goal no longer holds; what hung on it stays and is seen to hang loose."""
    goal.withdrawn_on = on
    save_edit(goal, version=version, fields=["withdrawn_on"])
    record("withdraw", goal, at=at, by=by)


@transaction.atomic
def restore_goal(goal: Goal, *, version: int, by: User | None, at: datetime) -> None:
    """A withdrawn goal holds again."""
    goal.withdrawn_on = None
    save_edit(goal, version=version, fields=["withdrawn_on"])
    record("restore", goal, at=at, by=by)


@transaction.atomic
def replace_vision(vision: Vision, *, on: date, by: User | None, at: datetime) -> None:
    """Let a new vision hold from ``on``; the one before ends that day."""
    organisation = current_organisation()
    Vision.objects.filter(to_on=None).update(to_on=on)
    vision.organisation, vision.from_on = organisation, on
    vision.save()
    record("create", vision, at=at, by=by)


@transaction.atomic
def read_shift(  # noqa: PLR0913 -- what a reading is
    shift: Shift, *, on: date, level: int, note: str, by: User | None, at: datetime
) -> ShiftReading:
    """Note how far a shift has come; the first reading is the baseline, one a day counts."""
    is_first = not shift.readings.exists()
    reading, _ = ShiftReading.objects.update_or_create(
        organisation=shift.organisation,
        shift=shift,
        on=on,
        defaults={"level": level, "note": note},
    )
    if is_first:
        reading.is_baseline = True
        reading.save(update_fields=["is_baseline"])
    record("read", shift, at=at, by=by, level=level)
    return reading


def _refuse_circle(text: Versioned) -> None:
    if not isinstance(text, Goal):
        return
    above, seen = text.parent, {text.pk}
    while above is not None:
        if above.pk in seen:
            raise GoalUnderItselfError(str(text))
        seen.add(above.pk)
        above = above.parent


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    return value if isinstance(value, int | str | list | dict | None) else str(value)
