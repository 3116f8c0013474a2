"""Who has come, left or moved since a plan was made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from modig.apps.people.models import ManagementTeam, Person, Unit
from modig.apps.programme.models import Plan
from modig.apps.programme.queries.plans import MeetingRow, meeting_rows


@dataclass(frozen=True, slots=True)
class Change:
    """A person who is new, has left, or works elsewhere than when the plan was made."""

    number: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    new: list[Change]
    left: list[Change]
    moved: list[Change]

    def __len__(self) -> int:
        return len(self.new) + len(self.left) + len(self.moved)


def changes_since(plan: Plan, given: Mapping[str, Any]) -> Changes:
    """The plan's people beside those of ``given``, by name, with unit and team."""
    before = {person["id"]: person for person in plan.given["people"]}
    after = {person["id"]: person for person in given["people"]}
    new = [number for number in after if number not in before]
    left = [number for number in before if number not in after]
    moved = [
        number
        for number in after.keys() & before.keys()
        if any(before[number][what] != after[number][what] for what in ("unit", "team"))
    ]
    told = _Names([*new, *left, *moved], [before, after])
    return Changes(
        [told.change(number, before, after) for number in sorted(new)],
        [told.change(number, before, after) for number in sorted(left)],
        [told.change(number, before, after) for number in sorted(moved)],
    )


class _Names:
    """What persons, units and teams are called, in three questions."""

    def __init__(self, numbers: list[str], sides: list[dict[str, Any]]) -> None:
        rows = [side[number] for side in sides for number in numbers if number in side]
        persons = Person.objects.filter(number__in=numbers) if len(numbers) < 500 else ()
        self.persons = {person.number: str(person) for person in persons}
        units = Unit.objects.filter(code__in={row["unit"] for row in rows})
        teams = ManagementTeam.objects.filter(code__in={row["team"] for row in rows} - {None})
        self.units = dict(units.values_list("code", "name"))
        self.teams = dict(teams.values_list("code", "name"))

    def change(self, number: str, before: dict[str, Any], after: dict[str, Any]) -> Change:
        name = self.persons.get(number, number)
        return Change(number, name, self._place(before.get(number)), self._place(after.get(number)))

    def _place(self, row: Mapping[str, Any] | None) -> str:
        if row is None:
            return ""
        unit = self.units.get(row["unit"], row["unit"])
        return f"{unit}, {self.teams.get(row['team'], row['team'])}" if row["team"] else unit


def meetings_by_place_now(plan: Plan) -> list[MeetingRow]:
    """The plan's meetings with blocks counted as the wave has them now."""
    met = plan.groups.values_list("meetings__block", flat=True)
    now = list(plan.wave.blocks.order_by("number").values_list("pk", flat=True))
    places = {k: now.index(pk) + 1 for k, pk in enumerate([pk for pk in now if pk in set(met)], 1)}
    return [
        MeetingRow(row.group, places[row.block], row.dates, row.venue, row.facilitator)
        for row in meeting_rows(plan)
        if row.block in places
    ]
