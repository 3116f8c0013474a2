"""What everything in the chain is made from: units, managers, goals, chance and the day it is."""

import datetime as dt
import random
from collections import defaultdict
from typing import Any

from modig.apps.accounts.models import User
from modig.apps.direction.models import Goal
from modig.apps.people.models import Employment, Person, StaffRole, Unit
from modig.apps.tenancy.models import Organisation

TODAY = dt.date(2026, 11, 20)
SEED = 400
SATURDAY = 5
Said = tuple[str, str]


class Ground:
    """The organisation that the chain is laid upon."""

    def __init__(self, size: str, organisation: Organisation, owner: User) -> None:
        self.size, self.owner = size, owner
        self.own: dict[str, Any] = {"organisation": organisation}
        self.chance = random.Random(SEED)
        self.goals: dict[str, Goal] = {}
        self.by_code: dict[str, Unit] = {}
        self.by_key: dict[int, Unit] = {}
        self.units: dict[int, list[Unit]] = defaultdict(list)
        for unit in Unit.objects.filter(closed_on=None).select_related("top").order_by("code"):
            self.by_code[unit.code] = self.by_key[unit.pk] = unit
            self.units[unit.top_id or unit.pk].append(unit)
        self.tops = {code: unit for code, unit in self.by_code.items() if unit.parent_id is None}
        self.managers: dict[int, list[Employment]] = defaultdict(list)
        found = Employment.objects.filter(to_on=None, role=StaffRole.MANAGER, person__left_on=None)
        for one in found.select_related("person", "unit", "manager").order_by("person__number"):
            self.managers[one.unit_id].append(one)
        self.everybody = [one for rows in self.managers.values() for one in rows]

    def chief(self) -> Person | None:
        found = Employment.objects.filter(title="Kommundirektör", to_on=None).first()
        return found.person if found else (self.everybody[0].person if self.everybody else None)

    def top_code(self, unit: Unit | None) -> str:
        top = self.by_key.get((unit.top_id or unit.pk) if unit else 0)
        return top.code if top else ""

    def manager_of(self, unit: Unit) -> Person | None:
        rows = self.managers[unit.pk]
        return rows[0].person if rows else None

    def nearest_manager(self, unit: Unit, number: int) -> Person:
        """The unit's manager, else the manager of the nearest unit above that has one."""
        own = self.managers[unit.pk]
        if own:
            return own[number % len(own)].person
        keys = [int(key) for key in unit.path.split("/") if key]
        above = [one for key in reversed(keys) for one in self.managers[key]]
        return (above or self.everybody)[0].person


def english(**said: str | Said) -> dict[str, Any]:
    """The texts of a row: Swedish in its own fields, English beside."""
    own = {name: text[0] if isinstance(text, tuple) else text for name, text in said.items()}
    other = {name: text[1] for name, text in said.items() if isinstance(text, tuple) and text[1]}
    return {**own, "translations": {"en": other} if other else {}}


def pair(said: dict[str, str]) -> Said:
    return said["sv"], said["en"]


def morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9, 15), dt.UTC)


def working_day(day: dt.date) -> dt.date:
    """The day itself, or the Monday after it when it is in a weekend."""
    over = day.weekday() - SATURDAY
    return day + dt.timedelta(days=2 - over) if over >= 0 else day


def month_end(day: dt.date, back: int) -> dt.date:
    """The last day of the month that lies ``back`` whole months before the day's."""
    month = day.year * 12 + day.month - 1 - back
    return dt.date(month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
