"""Writes the made-up organisation into the tables, in few large statements."""

from typing import Any

from modig.apps.demo.malarvik import Malarvik
from modig.apps.demo.malarvik.rows import OPENED, PersonRow
from modig.apps.demo.malarvik.structure import ALL_KEYS
from modig.apps.people.actions.statistics import count_anew
from modig.apps.people.actions.units import rebuild_tree
from modig.apps.people.folding import fold
from modig.apps.people.models import (
    Employment,
    KeyPersonNomination,
    LegalEntity,
    ManagementTeam,
    Person,
    RoleRule,
    StaffRole,
    TeamSeat,
    Unit,
    UnitEdge,
    UnitSuccession,
)
from modig.apps.tenancy.models import Organisation

BATCH = 2000
RULES = (
    (RoleRule.How.EQUALS, "VD", StaffRole.MANAGER),
    (RoleRule.How.CONTAINS, "chef|rektor|direktör", StaffRole.MANAGER),
    (RoleRule.How.EQUALS, "|".join(ALL_KEYS), StaffRole.KEY_PERSON),
)


class Loader:
    """Loads units, persons, employments, teams and nominations; keeps them by code and number."""

    def __init__(self, organisation: Organisation, malarvik: Malarvik) -> None:
        self.organisation, self.malarvik = organisation, malarvik
        self.units: dict[str, Unit] = {}
        self.persons: dict[str, Person] = {}
        self.teams: dict[str, ManagementTeam] = {}

    def load(self) -> None:
        self._units()
        self._persons()
        self._employments()
        self._teams()
        self._nominations()
        for order, (how, words, role) in enumerate(RULES, 1):
            RoleRule.objects.create(
                organisation=self.organisation, order=order, how=how, words=words, role=role
            )
        count_anew()

    def _made(self, model: Any, rows: list[Any]) -> list[Any]:
        made: list[Any] = model.objects.bulk_create(rows, batch_size=BATCH)
        return made

    # ---- units -----------------------------------------------------------------------------------

    def _units(self) -> None:
        own = {"organisation": self.organisation}
        # Top units first: their keys follow each other, so no two have the same colour.
        rows = sorted(self.malarvik.units, key=lambda row: bool(row.parent))
        entities = self._legal_entities()
        tops = self._tops()
        made = [
            Unit(
                **own,
                code=row.code,
                name=row.name,
                short=row.short,
                level=row.level,
                legal_entity=entities.get(tops[row.code], entities[""]),
                opened_on=row.opened_on,
                closed_on=row.closed_on,
            )
            for row in rows
        ]
        self.units = {unit.code: unit for unit in self._made(Unit, made)}
        for row in rows:
            self.units[row.code].parent = self.units[row.parent] if row.parent else None
        Unit.objects.bulk_update(self.units.values(), ["parent"], batch_size=500)
        edges = [
            UnitEdge(
                **own,
                child=self.units[row.code],
                parent=self.units[row.parent] if row.parent else None,
                from_on=row.opened_on,
                to_on=row.closed_on,
            )
            for row in rows
        ]
        self._made(UnitEdge, edges)
        self._successions()
        rebuild_tree()

    def _legal_entities(self) -> dict[str, LegalEntity]:
        """The municipality under no code, and every company under its own."""
        own = {"organisation": self.organisation}
        name = self.organisation.name.removesuffix("koncern")
        municipality = LegalEntity.objects.create(**own, code="K", name=name)
        companies = {
            unit.code: LegalEntity.objects.create(
                **own, code=unit.code, name=unit.name, kind=LegalEntity.Kind.COMPANY
            )
            for unit in self.malarvik.units
            if unit.is_company
        }
        return {"": municipality, **companies}

    def _tops(self) -> dict[str, str]:
        tops: dict[str, str] = {}
        for unit in self.malarvik.units:
            tops[unit.code] = tops.get(unit.parent, unit.code)
        return tops

    def _successions(self) -> None:
        rows = [
            UnitSuccession(
                organisation=self.organisation,
                kind=UnitSuccession.Kind.MERGE,
                before=self.units[row.code],
                after=self.units[code],
                on=row.closed_on,
            )
            for row in self.malarvik.units
            if row.closed_on is not None
            for code in row.succeeded_by
        ]
        self._made(UnitSuccession, rows)

    # ---- persons ---------------------------------------------------------------------------------

    def _persons(self) -> None:
        made = [
            Person(
                organisation=self.organisation,
                number=row.number,
                first_name=row.first_name,
                last_name=row.last_name,
                gender=row.gender,
                email=row.email,
                mobile=row.mobile,
                folded=fold(row.first_name, row.last_name, row.number),
                left_on=row.to_on,
            )
            for row in self.malarvik.persons
        ]
        self.persons = {one.number: one for one in self._made(Person, made)}

    def _employments(self) -> None:
        made = [
            self._employment(row, unit)
            for row in self.malarvik.persons
            for unit in (row.unit, row.second_unit)
            if unit
        ]
        self._made(Employment, made)

    def _employment(self, row: PersonRow, unit: str) -> Employment:
        return Employment(
            organisation=self.organisation,
            person=self.persons[row.number],
            key=unit,
            unit=self.units[unit],
            title=row.title,
            aid_code=row.aid_code,
            role=row.role,
            named_manager=row.is_leading,
            manager=self.persons.get(row.manager),
            form=row.form,
            degree=row.degree,
            workplace=self.units[unit].name,
            from_on=row.from_on,
            to_on=row.to_on,
        )

    def _nominations(self) -> None:
        made = [
            KeyPersonNomination(
                organisation=self.organisation,
                person=self.persons[row.number],
                reason=row.reason,
                nominated_by=self.persons.get(row.nominator),
                nominated_on=row.nominated_on,
            )
            for row in self.malarvik.persons
            if row.nominated_on
        ]
        self._made(KeyPersonNomination, made)

    # ---- teams -----------------------------------------------------------------------------------

    def _teams(self) -> None:
        rows = self.malarvik.teams
        made = [
            ManagementTeam(
                organisation=self.organisation,
                code=row.code,
                name=row.name,
                unit=self.units[row.unit],
                from_on=OPENED,
            )
            for row in rows
        ]
        self.teams = {one.code: one for one in self._made(ManagementTeam, made)}
        seats = [
            TeamSeat(
                organisation=self.organisation,
                team=self.teams[row.code],
                person=self.persons.get(seat.person),
                kind=seat.kind,
                title=seat.title,
                from_on=seat.from_on,
                to_on=seat.to_on,
            )
            for row in rows
            for seat in row.seats
        ]
        self._made(TeamSeat, seats)
