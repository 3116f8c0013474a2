"""A file's records beside what is stored: what is new, changed, gone or as it was."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from modig.apps.people.hr_files import Record, Refusal
from modig.apps.people.models import Employment, Person, Unit

PERSON_FIELDS = ("first_name", "last_name", "email", "mobile", "gender")
EMPLOYMENT_TEXTS = ("title", "aid_code", "form", "workplace", "cost_centre")


@dataclass(slots=True)
class Stored:
    """What is in the database: persons by number, employments by number and key, units by code."""

    persons: dict[str, Person]
    employments: dict[tuple[str, str], Employment]
    units: dict[str, Unit]


@dataclass(slots=True)
class Difference:
    """What one record changes: old and new value by field; ``is_new`` where the person is."""

    record: Record
    is_new: bool
    person: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    employment: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    is_new_employment: bool = False

    @property
    def changes(self) -> dict[str, tuple[Any, Any]]:
        return self.person | self.employment


@dataclass(slots=True)
class Comparison:
    """Everything that applying a file would do. ``gone`` are open employments without a row."""

    new: list[Difference]
    changed: list[Difference]
    unchanged: list[Record]
    gone: list[Employment]
    moved_from: list[Employment]
    refused: list[Refusal]
    open_before: int

    @property
    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "gone": len(self.gone),
            "refused": len(self.refused),
            "unchanged": len(self.unchanged),
        }

    @property
    def wants_second_yes(self) -> bool:
        """More than a tenth of those employed would be end-dated."""
        return len(self.gone) * 10 > self.open_before


def compare(rows: Iterable[Record | Refusal], stored: Stored) -> Comparison:
    """Put every record beside its stored employment.

    Someone whose only change is a new place has one employment ended and one begun: that counts as
    one changed, not as one gone.
    """
    new: list[Difference] = []
    changed: list[Difference] = []
    unchanged: list[Record] = []
    refused: list[Refusal] = []
    met: set[tuple[str, str]] = set()
    begun: dict[str, int] = {}
    for row in rows:
        if isinstance(row, Refusal):
            refused.append(row)
            continue
        met.add((row.number, row.key))
        difference = _difference(row, stored)
        if difference.is_new:
            new.append(difference)
        elif difference.changes or difference.is_new_employment:
            changed.append(difference)
            if difference.is_new_employment:
                begun[row.number] = begun.get(row.number, 0) + 1
        else:
            unchanged.append(row)
    is_open = {key: one for key, one in stored.employments.items() if one.to_on is None}
    missing = [one for key, one in is_open.items() if key not in met]
    gone, moved_from = _parted(missing, begun)
    return Comparison(new, changed, unchanged, gone, moved_from, refused, len(is_open))


def _parted(
    missing: Iterable[Employment], begun: dict[str, int]
) -> tuple[list[Employment], list[Employment]]:
    """Employments without a row: those that are gone, and those that a new place stands for."""
    gone: list[Employment] = []
    moved_from: list[Employment] = []
    left = Counter(begun)
    for employment in missing:
        number = employment.person.number
        if left[number]:
            left[number] -= 1
            moved_from.append(employment)
        else:
            gone.append(employment)
    return gone, moved_from


def _difference(record: Record, stored: Stored) -> Difference:
    person = stored.persons.get(record.number)
    employment = stored.employments.get((record.number, record.key))
    difference = Difference(record, is_new=person is None)
    if person is None:
        difference.is_new_employment = True
        return difference
    for name in PERSON_FIELDS:
        if name in record.texts and getattr(person, name) != record.texts[name]:
            difference.person[name] = (getattr(person, name), record.texts[name])
    if person.left_on is not None:
        difference.person["left_on"] = (person.left_on.isoformat(), None)
    if employment is None:
        difference.is_new_employment = True
        return difference
    difference.employment = _employment_changes(record, employment, stored)
    return difference


def _employment_changes(
    record: Record, employment: Employment, stored: Stored
) -> dict[str, tuple[Any, Any]]:
    changes: dict[str, tuple[Any, Any]] = {}
    for name in EMPLOYMENT_TEXTS:
        if name in record.texts and getattr(employment, name) != record.texts[name]:
            changes[name] = (getattr(employment, name), record.texts[name])
    if employment.unit.code != record.unit:
        changes["unit"] = (employment.unit.code, record.unit)
    for name in ("degree", "from_on"):
        old, now = getattr(employment, name), getattr(record, name)
        if now is not None and old != now:
            changes[name] = (_said(old), _said(now))
    if employment.to_on != record.to_on:
        changes["to_on"] = (_said(employment.to_on), _said(record.to_on))
    if record.attributes != employment.attributes:
        changes["attributes"] = (employment.attributes, record.attributes)
    changes.update(_manager_change(record, employment, stored))
    return changes


def _manager_change(
    record: Record, employment: Employment, stored: Stored
) -> dict[str, tuple[Any, Any]]:
    """A manager who is not stored yet changes nothing: the next file will tell."""
    manager = record.texts.get("manager")
    known = employment.manager.number if employment.manager else ""
    if manager is None or known == manager or (manager and manager not in stored.persons):
        return {}
    return {"manager": (known, manager)}


def _said(value: object) -> str | None:
    return None if value is None else str(value)
