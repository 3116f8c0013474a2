"""Loading the demo organisation, and its users."""

from typing import Any

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.demo.malarvik import Malarvik, generate
from modig.apps.demo.malarvik.generator import DAY, OPENED, PersonRow
from modig.apps.demo.programmes import load_programmes
from modig.apps.demo.users import DEMO_USERS, DemoUser, email_of
from modig.apps.people.actions.units import rebuild_tree
from modig.apps.people.folding import fold
from modig.apps.people.models import (
    Employment,
    KeyPersonNomination,
    LegalEntity,
    ManagementTeam,
    Person,
    RoleRule,
    TeamSeat,
    Unit,
    UnitEdge,
    UnitSuccession,
)
from modig.apps.tenancy.actions import add_member, create_organisation
from modig.apps.tenancy.models import Organisation
from modig.apps.tenancy.scope import working_for

CODE = "malarvik"
OTHER_CODE = "nackrosdal"
VERSION = 1
BATCH = 2000


def ensure_demo(size: str) -> bool:
    """Load the demo unless it is there already; whether it had to be loaded."""
    if Organisation.objects.filter(code=CODE).exists():
        return False
    load_demo(size)
    return True


@transaction.atomic
def load_demo(size: str) -> Organisation:
    """Make Mälarvik of this size with its programme, a second small client, and the users."""
    malarvik = generate(size)
    organisation = create_organisation(CODE, "Mälarviks kommunkoncern")
    with working_for(organisation):
        loader = Loader(organisation, malarvik)
        loader.load()
        load_programmes(size, loader)
    other = _other_client()
    _users(organisation, other, loader)
    return organisation


def _other_client() -> Organisation:
    other = create_organisation(OTHER_CODE, "Näckrosdals kommun")
    with working_for(other):
        Loader(other, generate("small", seed=12)).load()
    return other


class Loader:
    """Writes the made-up rows into the tables, in few large statements."""

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
        RoleRule.objects.create(
            organisation=self.organisation,
            words="chef|rektor|vd|kommundirektör",
            role="manager",
            order=1,
        )

    def _made(self, model: Any, rows: list[Any]) -> list[Any]:
        made: list[Any] = model.objects.bulk_create(rows, batch_size=BATCH)
        return made

    def _units(self) -> None:
        own = {"organisation": self.organisation}
        municipality = LegalEntity.objects.create(
            **own, code="K", name=self.organisation.name.replace("koncern", "")
        )
        companies = {
            unit.code: LegalEntity.objects.create(
                **own, code=unit.code, name=unit.name, kind=LegalEntity.Kind.COMPANY
            )
            for unit in self.malarvik.units
            if unit.is_company
        }
        rows = self.malarvik.units
        made = [
            Unit(
                **own,
                code=row.code,
                name=row.name,
                short=row.short,
                level=row.level,
                legal_entity=companies.get(self._top(row.code), municipality),
                opened_on=OPENED,
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
                from_on=OPENED,
                to_on=row.closed_on,
            )
            for row in rows
        ]
        self._made(UnitEdge, edges)
        successions = [
            UnitSuccession(
                **own,
                kind=UnitSuccession.Kind.MERGE,
                before=self.units[row.code],
                after=self.units[code],
                on=row.closed_on,
            )
            for row in rows
            if row.closed_on is not None
            for code in row.succeeded_by
        ]
        self._made(UnitSuccession, successions)
        rebuild_tree()

    def _top(self, code: str) -> str:
        parents = {unit.code: unit.parent for unit in self.malarvik.units}
        while parents[code]:
            code = parents[code]
        return code

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
        made = []
        for row in self.malarvik.persons:
            made.append(self._employment(row, row.unit))
            if row.second_unit:
                made.append(self._employment(row, row.second_unit))
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
            manager=self.persons.get(row.manager),
            form=row.form,
            degree=row.degree,
            workplace=self.units[unit].name,
            from_on=row.from_on,
            to_on=row.to_on,
        )

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
                from_on=seat.from_on,
                to_on=seat.to_on,
            )
            for row in rows
            for seat in row.seats
        ]
        self._made(TeamSeat, seats)

    def _nominations(self) -> None:
        made = [
            KeyPersonNomination(
                organisation=self.organisation,
                person=self.persons[row.number],
                reason=row.reason,
                nominated_by=self.persons.get(row.nominator),
                nominated_on=DAY.replace(year=2024),
            )
            for row in self.malarvik.persons
            if row.reason
        ]
        self._made(KeyPersonNomination, made)


# ---- users -----------------------------------------------------------------------------------


def _users(organisation: Organisation, other: Organisation, loader: Loader) -> None:
    with working_for(organisation):
        linked = _linked_persons(loader)
        for demo_user in DEMO_USERS:
            person = linked.get(demo_user.at)
            user = _user(demo_user, person)
            add_member(organisation, user, demo_user.role)
            if person is not None:
                Person.objects.filter(pk=person.pk).update(user=user)
    add_member(other, User.objects.get(email=email_of("partner")), "partner")


def _user(demo_user: DemoUser, person: Person | None) -> User:
    name = demo_user.name or str(person or demo_user.role)
    return User.objects.named(email_of(demo_user.role), name)


def _linked_persons(loader: Loader) -> dict[str, Person]:
    """Who of the organisation the users are: from different teams, in the published groups."""
    teams = loader.malarvik.teams
    own = [team for team in teams if not team.is_top] or teams
    now = {
        team.code: [seat for seat in team.seats if seat.to_on is None and seat.person]
        for team in teams
    }
    top = next((team for team in teams if team.unit == "KLK"), teams[0])
    return {
        "leader": loader.persons[now[own[0].code][0].person],
        "manager": loader.persons[now[own[0].code][1].person],
        "participant": loader.persons[now[own[-1].code][1].person],
        "chief": loader.persons[now[top.code][0].person],
    }
