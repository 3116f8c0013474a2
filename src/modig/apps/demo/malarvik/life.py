"""What happens in an organisation: people come and go, chairs stand empty, units merge."""

import datetime as dt
import random
from typing import Protocol

from modig.apps.demo.malarvik import words
from modig.apps.demo.malarvik.rows import OPENED, Malarvik, PersonRow, SeatRow, TeamRow, UnitRow

MANAGER_TURNOVER = 0.14
LAST_YEAR = dt.date(2025, 11, 1)
BEFORE_WAVE_1 = 210
"""Days after ``LAST_YEAR`` in which a place in a top team changed hands."""
BEFORE_WAVE_2 = 345
VACANCIES = 3
VACANT_FROM = dt.date(2026, 9, 1)
TWO_EMPLOYMENTS = 20
WITHOUT_EMAIL = 0.12
NEW_MANAGERS = 3
NEW_MANAGER_FROM = dt.date(2026, 11, 9)
HIRED_FROM, HIRED_DAYS, HIRED = dt.date(2026, 10, 1), 33, 23
MERGED_ON = dt.date(2026, 3, 30)
PRESCHOOL_ON = dt.date(2025, 11, 3)
SOLD_ON = dt.date(2026, 6, 30)
SOLD_STAFF = 18
# Work without a desk: who does it may have no e-mail.
WITHOUT_DESK = {
    "Barnskötare", "Elevassistent", "Undersköterska", "Vårdbiträde", "Personlig assistent",
    "Måltidsbiträde", "Lokalvårdare", "Chaufför", "Gatuarbetare", "Parkarbetare",
    "Renhållningsarbetare", "Terminalarbetare", "Anläggningsarbetare",
}  # fmt: skip
# Those whom the demo's users and stories are about: unit, title there, name, and title afterwards.
CHARACTERS = (
    ("KLK", "Kommundirektör", "Elisabet", "Hallin", "kvinna", ""),
    ("KLK0201", "HR-specialist", "Sara", "Lind", "kvinna", "HR-strateg"),
    ("KLK0302", "Systemförvaltare", "Jonas", "Ek", "man", ""),
    ("KLK0101", "Ekonom", "Lena", "Holm", "kvinna", ""),
)


class Maker(Protocol):
    """What life needs of the generator."""

    top_of: dict[str, str]

    def person(self, unit: str, title: str, aid_code: str, women: int) -> PersonRow: ...
    def unit(
        self, code: str, name: str, level: str, parent: str, **given: str | bool
    ) -> UnitRow: ...
    def rename(self, person: PersonRow, first: str, last: str, gender: str) -> None: ...


def live(malarvik: Malarvik, maker: Maker, chance: random.Random, *, is_small: bool) -> None:
    """Let a year pass in the organisation."""
    life = _Life(malarvik, maker, chance)
    life.characters()
    life.protected()
    life.turnover()
    life.vacancies(1 if is_small else VACANCIES)
    if not is_small:
        life.new_managers()
        life.new_employees()
        life.second_employments()
        life.union_representatives()
        life.merged_home_help()
        life.reorganised_preschool()
        life.sold_company()
    life.without_email()


class _Life:
    def __init__(self, malarvik: Malarvik, maker: Maker, chance: random.Random) -> None:
        self.malarvik, self.maker, self.chance = malarvik, maker, chance
        self.employed = list(malarvik.persons)
        self.by_number = {person.number: person for person in self.employed}

    def characters(self) -> None:
        for unit, title, first, last, gender, becomes in CHARACTERS:
            found = [p for p in self.employed if (p.unit, p.title) == (unit, title)]
            for person in found[:1]:
                self.maker.rename(person, first, last, gender)
                person.title = becomes or title

    def protected(self) -> None:
        """Two persons with a protected identity: the HR file has them, nobody else may."""
        workers = [p for p in self.employed if p.role == "employee"]
        for like in self.chance.sample(workers, 2):
            person = self.maker.person(like.unit, like.title, like.aid_code, 50)
            person.is_protected, person.manager = True, like.manager
            self.malarvik.persons.remove(person)
            person.number = f"{900001 + len(self.malarvik.protected)}"
            self.malarvik.protected.append(person)

    def turnover(self) -> None:
        """Some managers have come within the last year; who sat there before has left."""
        teams_of: dict[str, int] = {}
        for team in self.malarvik.teams:
            for number in team.members:
                teams_of[number] = teams_of.get(number, 0) + 1
        places = [
            (team, seat)
            for team in self.malarvik.teams
            for seat in team.seats
            if seat.kind == "member"
            and teams_of[seat.person] == 1
            and self.by_number[seat.person].is_leading
        ]
        managers = sum(person.is_leading for person in self.employed)
        for team, seat in self.chance.sample(places, round(MANAGER_TURNOVER * managers)):
            self._succeeded(team, seat)

    def _succeeded(self, team: TeamRow, seat: SeatRow) -> None:
        within = BEFORE_WAVE_1 if team.is_top else BEFORE_WAVE_2
        changed = LAST_YEAR + dt.timedelta(days=self.chance.randrange(within))
        now = self.by_number[seat.person]
        before = self.maker.person(now.unit, now.title, now.aid_code, 60)
        before.role, before.to_on, before.manager = "manager", changed, now.manager
        before.from_on = OPENED + dt.timedelta(days=self.chance.randrange(3000))
        now.from_on = seat.from_on = changed
        team.seats.append(SeatRow(before.number, "member", dt.date(2024, 1, 1), changed))

    def vacancies(self, many: int) -> None:
        below = [team for team in self.malarvik.teams if not team.is_top]
        for team in self.chance.sample(below, many):
            titles = [self.by_number[number].title for number in team.members]
            team.seats.append(SeatRow("", "member", VACANT_FROM, title=titles[-1]))

    def new_managers(self) -> None:
        """Managers who came after the plans were made; nobody has given them a place yet."""
        seated = {number for team in self.malarvik.teams for number in team.members}
        plain = [p for p in self.employed if p.is_leading and p.number not in seated]
        for person in plain[-NEW_MANAGERS:]:
            person.from_on = NEW_MANAGER_FROM

    def new_employees(self) -> None:
        """Those whom November's file brought."""
        workers = [p for p in self.employed if p.role == "employee"]
        for person in self.chance.sample(workers, HIRED):
            person.from_on = HIRED_FROM + dt.timedelta(days=self.chance.randrange(HIRED_DAYS))

    def second_employments(self) -> None:
        """Half-time workers with as much in another unit of the same department."""
        halves = [p for p in self.employed if p.role == "employee" and p.degree == 50]
        for person in self.chance.sample(halves, TWO_EMPLOYMENTS):
            department = person.unit[:-2]
            others = [
                unit.code
                for unit in self.malarvik.units
                if unit.parent == department and unit.code != person.unit
            ]
            person.second_unit = self.chance.choice(others)

    def union_representatives(self) -> None:
        for top, union in zip(("VO", "KLK", "BU", "SOC", "SB"), words.UNIONS, strict=True):
            workers = [p for p in self.employed if self.maker.top_of[p.unit] == top]
            person = next(p for p in reversed(workers) if p.role == "employee")
            person.title = f"Facklig företrädare, {union}"

    def merged_home_help(self) -> None:
        """Two work teams of the home help have become one."""
        after = next(unit for unit in self.malarvik.units if unit.code == "VO0101")
        after.name, after.opened_on = "Hemtjänsten Norra och Ängen", MERGED_ON
        for number, name in ((97, "Hemtjänsten Norra"), (98, "Hemtjänsten Ängen")):
            self._closed(f"VO01{number}", name, "VO01", MERGED_ON, after.code)

    def reorganised_preschool(self) -> None:
        """Six departments of a preschool have become three home areas."""
        for number in range(6):
            name = f"Förskolan Lärkan avdelning {number + 1}"
            self._closed(f"BU019{number}", name, "BU01", PRESCHOOL_ON, f"BU010{number // 2 + 1}")
        for unit in self.malarvik.units:
            if unit.code in {"BU0101", "BU0102", "BU0103"}:
                unit.opened_on = PRESCHOOL_ON

    def _closed(self, code: str, name: str, parent: str, on: dt.date, after: str) -> None:
        unit = self.maker.unit(code, name, "arbetslag", parent)
        unit.closed_on, unit.succeeded_by = on, (after,)

    def sold_company(self) -> None:
        """A company that has been sold, with all its staff."""
        unit = self.maker.unit("BRED", "Bredband AB", "bolag", "", short="BRED", is_company=True)
        unit.closed_on = SOLD_ON
        for number in range(SOLD_STAFF):
            title = "VD" if number == 0 else "Fibertekniker"
            person = self.maker.person("BRED", title, "451053", 30)
            person.role, person.to_on = "manager" if number == 0 else "employee", SOLD_ON

    def without_email(self) -> None:
        """Exactly so many of those employed have no address of their own."""
        able = [p for p in self.employed if p.title in WITHOUT_DESK]
        many = min(len(able), round(WITHOUT_EMAIL * len(self.employed)))
        for person in self.chance.sample(able, many):
            person.email = ""
