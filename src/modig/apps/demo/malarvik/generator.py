"""Makes the organisation: units, persons, employments, teams, and the life in them."""

import datetime as dt
import random
from dataclasses import dataclass, field
from itertools import count

from modig.apps.demo.malarvik import words

DAY = dt.date(2026, 11, 1)
OPENED = dt.date(2015, 1, 1)
SEED = 4711
TEAM_SIZES = (6, 7, 8, 9, 10) * 6 + (6, 7, 7, 12)
PLAIN_MANAGERS = 36
KEY_PERSONS = 82
SMALL_UNITS = 30
WITHOUT_EMAIL = 0.12
TURNOVER = 0.14
TWO_EMPLOYMENTS = 20
LARGE_FACTOR = 6
LARGE_PERSONS = 50_000
RENAMED = 60  # so many tries before a name gets a number


@dataclass(slots=True)
class UnitRow:
    code: str
    name: str
    level: str
    parent: str
    short: str = ""
    is_company: bool = False
    closed_on: dt.date | None = None
    succeeded_by: tuple[str, ...] = ()


@dataclass(slots=True)
class PersonRow:
    number: str
    first_name: str
    last_name: str
    gender: str
    unit: str
    title: str
    aid_code: str
    role: str = "employee"
    email: str = ""
    mobile: str = ""
    form: str = "Tillsvidareanställning"
    degree: int = 100
    from_on: dt.date = OPENED
    to_on: dt.date | None = None
    second_unit: str = ""
    manager: str = ""
    reason: str = ""
    nominator: str = ""
    is_protected: bool = False


@dataclass(slots=True)
class SeatRow:
    person: str
    kind: str
    from_on: dt.date
    to_on: dt.date | None = None


@dataclass(slots=True)
class TeamRow:
    code: str
    name: str
    unit: str
    is_top: bool
    seats: list[SeatRow] = field(default_factory=list)


@dataclass(slots=True)
class Malarvik:
    """Everything about the organisation; persons with a protected identity are in the HR file only."""

    units: list[UnitRow]
    persons: list[PersonRow]
    teams: list[TeamRow]
    protected: list[PersonRow]


def generate(size: str = "full", *, seed: int = SEED) -> Malarvik:
    """Make the organisation of this size: ``small`` (60 persons), ``full`` (8,500), ``large`` (50,000)."""
    return _Maker(size, random.Random(seed)).made()


class _Maker:
    def __init__(self, size: str, chance: random.Random) -> None:
        self.size, self.chance = size, chance
        self.units: list[UnitRow] = []
        self.persons: list[PersonRow] = []
        self.teams: list[TeamRow] = []
        self.taken: set[str] = set()
        self.names: set[str] = set()
        self.sizes = list(TEAM_SIZES)

    def made(self) -> Malarvik:
        if self.size == "small":
            self._small()
        else:
            for round_ in range(LARGE_FACTOR if self.size == "large" else 1):
                self._group(round_)
        if self.size == "large":
            self._trim()
        self._managers_above()
        self._life()
        protected = [self._person("X", "Handläggare", "151090") for _ in range(2)]
        for person in protected:
            self.persons.remove(person)
            person.unit, person.is_protected = self.units[-1].code, True
        return Malarvik(self.units, self.persons, self.teams, protected)

    def _trim(self) -> None:
        """Six groups hold more than the 50,000 wanted: the last workers go."""
        spare = len(self.persons) - LARGE_PERSONS
        workers = [person for person in self.persons if person.role == "employee"]
        leaving = {person.number for person in workers[-spare:]}
        self.persons = [person for person in self.persons if person.number not in leaving]

    # ---- the tree -----------------------------------------------------------------------------

    def _small(self) -> None:
        self.units.append(UnitRow("KF", "Kultur & fritid", "förvaltning", "", "KF"))
        for number, name in enumerate(("Bibliotek", "Idrott & anläggning", "Ungdom & fritid"), 1):
            code = f"KF{number:02d}"
            self.units.append(UnitRow(code, name, "avdelning", "KF"))
            self.units.append(UnitRow(f"{code}01", f"{name} Norra", "enhet", code))
            team = self._team(f"T-{code}", f"Ledningsgruppen {name}", code, is_top=False)
            for place in range(6):
                kind = "leader" if place == 0 else "member"
                person = self._person(
                    code, "Avdelningschef" if place == 0 else "Enhetschef", "100010"
                )
                person.role = "manager"
                self._sit(team, person, kind)
            for _ in range(14):
                self._person(f"{code}01", "Handläggare", "151090")

    def _group(self, round_: int) -> None:
        prefix = "" if round_ == 0 else f"{round_}-"
        self.sizes = list(TEAM_SIZES)
        heads: dict[str, list[str]] = {}
        for code, name, is_company, *_ in words.TOPS:
            level = "bolag" if is_company else "förvaltning"
            title = name if round_ == 0 else f"{name} {round_ + 1}"
            self.units.append(UnitRow(prefix + code, title, level, "", prefix + code, is_company))
        for top in words.TOPS:
            self._department_of(prefix, top, heads)
        self._fill_up(prefix)

    def _department_of(self, prefix: str, top: tuple, heads: dict[str, list[str]]) -> None:  # type: ignore[type-arg]
        code, name, _, _, departments, units, team_size, own_teams, key_seats = top
        top_code = prefix + code
        team = self._team(f"T-{top_code}", f"Ledningsgruppen {name}", top_code, is_top=True)
        head = self._person(top_code, "Kommundirektör" if code == "KLK" else "VD" if top[2] else "Förvaltningschef", "100010")  # fmt: skip
        self._manage(team, head, "leader")
        made: list[str] = []
        for number, department in enumerate(
            words.DEPARTMENTS.get(code, "").split("|")[:departments], 1
        ):
            unit = UnitRow(f"{top_code}{number:02d}", department, "avdelning", top_code)
            self.units.append(unit)
            made.append(unit.code)
            chief = self._person(unit.code, "Avdelningschef", "100020")
            chief.role = "manager"
            # Those with a team of their own sit in the top team first, then others while there is room.
            if len(team.seats) < team_size - key_seats and number <= team_size - 1:
                self._sit(team, chief, "member")
            if number <= own_teams:
                own = self._team(
                    f"T-{unit.code}", f"Ledningsgruppen {department}", unit.code, is_top=False
                )
                self._sit(own, chief, "leader")
        while len(team.seats) < team_size - key_seats:
            self._manage(team, self._person(top_code, "Stabschef", "100030"), "member")
        for _ in range(key_seats):
            person = self._person(top_code, self.chance.choice(words.KEY_TITLES), "151010")
            person.role = "key_person"
            person.reason = self.chance.choice(words.KEY_REASONS)
            self._sit(team, person, "member")
        self._units_of(prefix, code, made or [top_code], units)
        heads[top_code] = made

    def _units_of(self, prefix: str, top: str, parents: list[str], many: int) -> None:
        by_code = {unit.code: unit for unit in self.units}
        children: dict[str, int] = dict.fromkeys(parents, 0)
        for number in range(many):
            parent = parents[number % len(parents)]
            children[parent] += 1
            code = (
                f"{parent}{children[parent]:02d}"
                if len(parent) > len(prefix + top)
                else f"{parent}{90 + number}"
            )
            name = self._unit_name(by_code[parent].name)
            level = "arbetslag" if children[parent] % 4 == 0 else "enhet"
            self.units.append(UnitRow(code, name, level, parent))

    def _unit_name(self, department: str) -> str:
        pattern = next((k[0] for w, k in words.UNIT_KINDS.items() if department.startswith(w)), "")
        stock = [*words.PLACES]
        if department.startswith(("Förskola", "Fritidshem")):
            stock = [*words.BIRDS, *words.PLANTS, *words.PLACES]
        if pattern.startswith(("{}skolan", "{}gymnasiet")):
            stock = [place.rstrip("en") if place.endswith("en") else place for place in stock]
        word = self.chance.choice(stock)
        for attempt in count(1):
            name = pattern.format(word) if pattern else f"{department} {word}"
            if attempt > RENAMED:
                name = f"{name} {attempt - RENAMED + 1}"
            if name not in self.names:
                break
            word = self.chance.choice(stock)
        self.names.add(name)
        return name

    # ---- people -------------------------------------------------------------------------------

    def _fill_up(self, prefix: str) -> None:
        """Unit managers into the teams, plain managers, key persons, then everybody else."""
        small = len([u for u in self.units if u.level in {"enhet", "arbetslag"}])
        leaves = [
            u for u in self.units if u.level in {"enhet", "arbetslag"} and u.code.startswith(prefix)
        ]
        managed: set[str] = set()
        for team in [t for t in self.teams if not t.is_top and t.unit.startswith(prefix)]:
            if len(team.seats) > 1:
                continue
            below = [unit for unit in leaves if unit.parent == team.unit]
            for place in range(self.sizes.pop() - 1):
                unit = below[place % len(below)]
                title = "Rektor" if team.unit.startswith(f"{prefix}BU") else "Enhetschef"
                assistant = "Biträdande " if place >= len(below) else ""
                manager = self._person(unit.code, f"{assistant}{title}".capitalize(), "100040")
                self._manage(team, manager, "member")
                managed.add(unit.code)
        free = [unit for unit in leaves if unit.code not in managed]
        for unit in self.chance.sample(free, PLAIN_MANAGERS - self._surplus(prefix)):
            self._person(unit.code, "Enhetschef", "100040").role = "manager"
        known = [p for p in self.persons if p.role == "key_person" and p.unit.startswith(prefix)]
        for unit in self.chance.sample(leaves, KEY_PERSONS - len(known)):
            person = self._person(unit.code, self.chance.choice(words.KEY_TITLES), "151010")
            person.role, person.reason = "key_person", self.chance.choice(words.KEY_REASONS)
        tiny = {unit.code for unit in self.chance.sample(leaves[:small], SMALL_UNITS)}
        for code, _, _, employees, *_ in words.TOPS:
            self._crowd(prefix + code, employees, leaves, tiny)

    def _surplus(self, prefix: str) -> int:
        """How many managers there are beyond those that the plan of 370 leaves room for."""
        managers = sum(p.role == "manager" and p.unit.startswith(prefix) for p in self.persons)
        return managers + PLAIN_MANAGERS - 370

    def _crowd(self, top: str, employees: int, leaves: list[UnitRow], tiny: set[str]) -> None:
        mine = [
            unit for unit in leaves if unit.code.startswith(top) and self._top_of(unit.code) == top
        ]
        present: dict[str, int] = {}
        for person in self.persons:
            present[person.unit] = present.get(person.unit, 0) + 1
        there = sum(n for code, n in present.items() if self._top_of(code) == top)
        left = employees - there
        small = [unit for unit in mine if unit.code in tiny]
        for unit in small:
            for _ in range(max(0, 3 - present.get(unit.code, 0))):
                self._worker(unit)
                left -= 1
        large = [unit for unit in mine if unit.code not in tiny] or mine
        weights = [self.chance.uniform(0.6, 1.6) for _ in large]
        # At least five in every other unit, the rest by weight.
        for unit in large:
            for _ in range(min(left, max(0, 5 - present.get(unit.code, 0)))):
                self._worker(unit)
                left -= 1
        for unit in self.chance.choices(large, weights, k=max(0, left)):
            self._worker(unit)

    def _worker(self, unit: UnitRow) -> None:
        department = self._by_code(unit.parent).name
        kind = next(
            (k for w, k in words.UNIT_KINDS.items() if department.startswith(w)), words.OTHER_KIND
        )
        title = self.chance.choice(kind[1].split("|"))
        person = self._person(unit.code, title, kind[2])
        person.degree = self.chance.choices((100, 90, 85, 80, 75, 50), (62, 6, 6, 10, 10, 6))[0]
        if self.chance.random() < 0.1:
            person.form = "Vikariat"

    def _person(self, unit: str, title: str, aid_code: str) -> PersonRow:
        is_woman = self.chance.random() < 0.72
        first = self.chance.choice(words.FEMALE if is_woman else words.MALE)
        last = self.chance.choice(words.LAST)
        number = f"{100001 + len(self.persons)}"
        while number in self.taken:
            number = str(int(number) + 1)
        self.taken.add(number)
        person = PersonRow(
            number, first, last, "kvinna" if is_woman else "man", unit, title, aid_code
        )
        person.from_on = OPENED + dt.timedelta(days=self.chance.randrange(0, 4200))
        if self.chance.random() >= WITHOUT_EMAIL or title.endswith(
            ("chef", "Rektor", "direktör", "VD")
        ):
            person.email = f"{_plain(first)}.{_plain(last)}.{number}@malarvik.example"
        person.mobile = f"070-{self.chance.randrange(100, 999)} {self.chance.randrange(10, 99)} {self.chance.randrange(10, 99)}"
        self.persons.append(person)
        return person

    def _top_of(self, code: str) -> str:
        by_code = self._codes()
        while code in by_code and by_code[code].parent:
            code = by_code[code].parent
        return code

    def _codes(self) -> dict[str, UnitRow]:
        if len(getattr(self, "_known", {})) != len(self.units):
            self._known = {unit.code: unit for unit in self.units}
        return self._known

    def _by_code(self, code: str) -> UnitRow:
        return self._codes()[code]

    # ---- teams --------------------------------------------------------------------------------

    def _team(self, code: str, name: str, unit: str, *, is_top: bool) -> TeamRow:
        team = TeamRow(code, name, unit, is_top)
        self.teams.append(team)
        return team

    def _manage(self, team: TeamRow, person: PersonRow, kind: str) -> None:
        person.role = "manager"
        self._sit(team, person, kind)

    def _sit(self, team: TeamRow, person: PersonRow, kind: str) -> None:
        team.seats.append(SeatRow(person.number, kind, max(person.from_on, dt.date(2024, 1, 1))))

    def _managers_above(self) -> None:
        """Each one's manager: the first manager of the unit, else of the nearest one above."""
        by_unit: dict[str, str] = {}
        for person in self.persons:
            if person.role == "manager":
                by_unit.setdefault(person.unit, person.number)
        for person in self.persons:
            code = person.unit
            while code and by_unit.get(code, person.number) == person.number:
                code = self._by_code(code).parent
            person.manager = by_unit.get(code, "") if code else ""
        managers = [person.number for person in self.persons if person.role == "manager"]
        for person in self.persons:
            if person.reason:
                person.nominator = person.manager or self.chance.choice(managers)

    # ---- life ---------------------------------------------------------------------------------

    def _life(self) -> None:
        """Turnover, vacant chairs, second employments, merged and reorganised units, a sold company."""
        by_number = {person.number: person for person in self.persons}
        for team in self.teams:
            for seat in list(team.seats):
                if seat.kind == "member" and self.chance.random() < TURNOVER:
                    self._successor(team, seat, by_number[seat.person])
        for team in self.chance.sample(self.teams, min(3, len(self.teams) - 1)):
            team.seats.append(SeatRow("", "member", dt.date(2026, 9, 1)))
        if self.size == "small":
            return
        leaves = [unit.code for unit in self.units if unit.level == "enhet"]
        workers = [one for one in self.persons if one.role == "employee" and one.degree == 50]
        for person in workers[:TWO_EMPLOYMENTS]:
            person.second_unit = next(
                c for c in leaves[self.chance.randrange(40) :] if c != person.unit
            )
        self._reorganised()

    def _successor(self, team: TeamRow, seat: SeatRow, person: PersonRow) -> None:
        changed = dt.date(2025, 2, 1) + dt.timedelta(days=self.chance.randrange(0, 600))
        before = self._person(person.unit, person.title, person.aid_code)
        before.role, before.from_on = "manager", OPENED
        before.to_on = changed
        person.from_on = seat.from_on = changed
        team.seats.append(SeatRow(before.number, "member", dt.date(2024, 1, 1), changed))

    def _reorganised(self) -> None:
        homes = [u for u in self.units if u.parent == "VO01"]
        nursery = [u for u in self.units if u.parent == "BU01"]
        homes[0].name, nursery[0].name = "Hemtjänst Norra", "Lärkans förskola, hemvist Skogen"
        nursery[1].name = "Lärkans förskola, hemvist Sjön"
        nursery[2].name = "Lärkans förskola, hemvist Ängen"
        november = dt.date(2026, 9, 1)
        self.units.append(
            UnitRow(
                "VO0198",
                "Hemtjänst Ängen",
                "arbetslag",
                "VO01",
                closed_on=november,
                succeeded_by=(homes[0].code,),
            )
        )
        for number in range(6):
            after = nursery[number // 2].code
            self.units.append(
                UnitRow(
                    f"BU019{number}",
                    f"Lärkans förskola, avdelning {number + 1}",
                    "arbetslag",
                    "BU01",
                    closed_on=dt.date(2026, 8, 1),
                    succeeded_by=(after,),
                )
            )
        sold = dt.date(2026, 6, 30)
        self.units.append(
            UnitRow("BRED", "Bredband AB", "bolag", "", "BRED", is_company=True, closed_on=sold)
        )
        for _ in range(18):
            person = self._person("BRED", "Tekniker", "151090")
            person.to_on = sold


def _plain(name: str) -> str:
    table = str.maketrans("åäöéü", "aaoeu")
    return name.casefold().translate(table).replace(" ", "")
