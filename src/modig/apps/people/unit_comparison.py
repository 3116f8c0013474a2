"""The units of a file beside the stored tree: new, called otherwise, lying elsewhere, open again."""

from collections import Counter
from typing import Any

from modig.apps.people.hr_files import Reading, UnitPlace
from modig.apps.people.models import LegalEntity, Unit, UnitSuccession

Changes = dict[str, tuple[Any, Any]]


class UnitChanges:
    """What a file changes in the tree. A code of a merged unit means the unit that it became."""

    def __init__(self, reading: Reading) -> None:
        self.places = reading.units
        self.stored = {one.pk: one for one in Unit.objects.select_related("legal_entity")}
        by_code = {one.code: one for one in self.stored.values()}
        merged = _merged_into()
        self.units: dict[str, Unit] = {
            code: self._now(by_code[code], merged) for code in self.places if code in by_code
        }
        self.followed = {code for code, unit in self.units.items() if unit.code != code}
        self.entities = {
            name: one for one in LegalEntity.objects.all() for name in (one.name, one.code)
        }
        self.entity_of = _entities(reading)
        self.pk_of_code: dict[str, int] = {code: unit.pk for code, unit in self.units.items()}
        self.changes: dict[str, Changes] = {}
        for code, place in self.places.items():
            if found := self._changes(code, place):
                self.changes[code] = found
        self._paths: dict[tuple[str, ...], Changes] = {}

    def _now(self, unit: Unit, merged: dict[int, int]) -> Unit:
        while unit.closed_on is not None and unit.pk in merged:
            unit = self.stored[merged[unit.pk]]
        return unit

    def _changes(self, code: str, place: UnitPlace) -> Changes:
        unit = self.units.get(code)
        if unit is None or code in self.followed:
            return {}
        changes: Changes = {}
        if place.name and place.name != unit.name:
            changes["unit_name"] = (unit.name, place.name)
        if place.parent and self._lies_elsewhere(unit, place.parent):
            above = self.stored[unit.parent_id].name if unit.parent_id else ""
            changes["unit_parent"] = (above, self.name_of(place.parent))
        if unit.closed_on is not None:
            changes["unit_closed"] = (unit.closed_on.isoformat(), None)
        entity = self.entity_of.get(code, "")
        if entity and self.entities.get(entity) != unit.legal_entity:
            changes["legal_entity"] = (str(unit.legal_entity or ""), entity)
        return changes

    def _lies_elsewhere(self, unit: Unit, parent: str) -> bool:
        above = self.units.get(parent)
        return above is None or above.pk not in {unit.parent_id, unit.pk}

    def learn(self, new: list[Unit]) -> None:
        """Units that were new have been made."""
        for unit in new:
            self.stored[unit.pk] = unit
            self.units[unit.code] = unit
            self.pk_of_code[unit.code] = unit.pk

    def changes_of(self, path: tuple[str, ...]) -> Changes:
        """What a row with this path says otherwise about its unit and those above."""
        if path not in self._paths:
            found: Changes = {}
            for code in path:
                found |= self.changes.get(code, {})
            self._paths[path] = found
        return self._paths[path]

    def name_of(self, code: str) -> str:
        """The name of a unit of the file, stored or not."""
        if code in self.units:
            return self.units[code].name
        place = self.places.get(code)
        return (place.name if place else "") or code

    def name_by_key(self, pk: int) -> str:
        return self.stored[pk].name if pk in self.stored else ""

    def top_of(self, pk: int) -> int | None:
        unit = self.stored.get(pk)
        return unit.top_id if unit else None

    @property
    def new(self) -> list[UnitPlace]:
        return [place for code, place in self.places.items() if code not in self.units]

    def parents(self) -> dict[str, str]:
        """The new parent of each unit that is new or lies elsewhere, by code; blank: a top unit.

        Where the file and the stored tree together would make a circle, a unit of it whose place
        the file does not tell becomes a top unit.
        """
        wanted = {place.code: place.parent for place in self.new}
        wanted |= {
            code: self.places[code].parent
            for code, changes in self.changes.items()
            if "unit_parent" in changes
        }
        above = self._tree_with(wanted)
        for code in sorted(wanted):
            for lone in self._circle(code, above):
                if not (lone in self.places and self.places[lone].parent):
                    wanted[lone] = above[lone] = ""
                    break
        return wanted

    def _tree_with(self, wanted: dict[str, str]) -> dict[str, str]:
        code_of = {pk: unit.code for pk, unit in self.stored.items()}
        now = {unit.code: code_of.get(unit.parent_id or 0, "") for unit in self.stored.values()}
        told = {self._own(code): self._own(parent) for code, parent in wanted.items()}
        return now | told

    def _own(self, code: str) -> str:
        return self.units[code].code if code in self.units else code

    def _circle(self, code: str, above: dict[str, str]) -> list[str]:
        """The codes of the circle that the unit lies in; none where it lies in none."""
        way = [self._own(code)]
        while (parent := above.get(way[-1], "")) and parent not in way:
            way.append(parent)
        return way if parent == way[0] else []


def _merged_into() -> dict[int, int]:
    """What each merged unit became, by keys."""
    merges = UnitSuccession.objects.filter(kind=UnitSuccession.Kind.MERGE)
    return dict(merges.values_list("before", "after"))


def _entities(reading: Reading) -> dict[str, str]:
    """The legal entity of each unit by what most of its rows say."""
    rows = Counter(
        (record.path, entity)
        for record in reading.records
        if (entity := record.texts.get("legal_entity", ""))
    )
    votes: dict[str, Counter[str]] = {}
    for (path, entity), n in rows.items():
        for code in path:
            votes.setdefault(code, Counter())[entity] += n
    return {code: found.most_common(1)[0][0] for code, found in votes.items()}
