"""Makes the organisation: the tree of units, who works there, and the management teams."""

import datetime as dt
import random
from collections import Counter
from itertools import count, cycle

from modig.apps.demo.malarvik import words
from modig.apps.demo.malarvik.life import live
from modig.apps.demo.malarvik.rows import (
    OPENED,
    Malarvik,
    PersonRow,
    SeatRow,
    TeamRow,
    UnitRow,
)
from modig.apps.demo.malarvik.structure import TOPS, Department, Top

SEED = 4711
# How large the teams below the top are. With these, groups of 20 to 28 of whole teams exist.
TEAM_SIZES = (6, 7, 8, 9, 10) * 6 + (6, 7, 7, 12)
MANAGERS = 370
KEY_PERSONS = 82
SMALL_UNITS = 30
SMALL_UNIT_STAFF = 3
LEAST_STAFF = 5
LARGE_FACTOR = 6
LARGE_PERSONS = 50_000
FEW_HEADS = 3
SEATED_FROM = dt.date(2024, 1, 1)
NOMINATED_FROM = dt.date(2026, 3, 2)
LONGEST_EMPLOYED_DAYS = 4160
BASIC_UNITS = ("enhet", "arbetslag")
DEGREES, DEGREE_SHARES = (100, 90, 85, 80, 75, 50), (62, 6, 6, 10, 10, 6)


def generate(size: str = "full", *, seed: int = SEED) -> Malarvik:
    """Make the organisation of this size: ``small`` (60 persons), ``full`` (8,500), ``large`` (50,000).

    The same size and seed give the same organisation.
    """
    chance = random.Random(seed)
    made = _Maker(chance)
    if size == "small":
        made.small()
    else:
        for number in range(LARGE_FACTOR if size == "large" else 1):
            made.group(number)
    if size == "large":
        made.trim(LARGE_PERSONS)
    made.name_managers()
    malarvik = Malarvik(made.units, made.persons, made.teams, [])
    live(malarvik, made, chance, is_small=size == "small")
    return malarvik


class _Maker:
    """Makes units, persons and teams one after the other, with chance but without surprise."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.units: list[UnitRow] = []
        self.persons: list[PersonRow] = []
        self.teams: list[TeamRow] = []
        self.top_of: dict[str, str] = {}
        self.parent_of: dict[str, str] = {}
        self.staff: Counter[str] = Counter()
        self.addresses: Counter[str] = Counter()
        self.numbers = count(100_001)
        self.mobiles = cycle(words.FICTIONAL_MOBILES)
        self.last_names = [origin.last.split() for origin in words.ORIGINS]
        self.female = [origin.female.split() for origin in words.ORIGINS]
        self.male = [origin.male.split() for origin in words.ORIGINS]
        self.shares = [origin.share for origin in words.ORIGINS]

    # ---- one small department --------------------------------------------------------------------

    def small(self) -> None:
        """Three management teams of a department, with 42 others: enough to try everything with."""
        culture = next(top for top in TOPS if top.code == "KF")
        self.unit("KF", culture.name, "förvaltning", "", short="KF")
        for number, department in enumerate(culture.departments[:3], 1):
            code = f"KF{number:02d}"
            self.unit(code, department.name, "avdelning", "KF")
            team = self.team(f"T-{code}", department.name, code)
            for place in range(6):
                title = department.chief if place == 0 else "Enhetschef"
                self.sit(team, self.manager(code, title, culture.women))
            unit = self.unit(f"{code}01", department.units[0], "enhet", code)
            for _ in range(14):
                self.worker(unit.code, department.workers, culture.women)

    # ---- the whole group -------------------------------------------------------------------------

    def group(self, number: int) -> None:
        """The municipality with its companies; the second and later ones are copies for load."""
        prefix = f"{number}-" if number else ""
        sizes = list(TEAM_SIZES)
        for top in TOPS:
            _TopMaker(self, prefix, top, f" {number + 1}" if number else "").make(sizes)
        tops = [prefix + top.code for top in TOPS]
        leaves = [u for u in self.units if u.level in BASIC_UNITS and self.top_of[u.code] in tops]
        self._plain_managers(tops, leaves)
        self._key_persons(prefix, tops, leaves)
        tiny = {unit.code for unit in self.chance.sample(leaves, SMALL_UNITS)}
        for top in TOPS:
            mine = [unit for unit in leaves if self.top_of[unit.code] == prefix + top.code]
            _Crowd(self, prefix, top).fill(mine, tiny)

    def _plain_managers(self, tops: list[str], leaves: list[UnitRow]) -> None:
        """Managers outside the teams, first where a department has nobody below its chief."""
        so_far = sum(p.is_leading and self.top_of[p.unit] in tops for p in self.persons)
        led = {self.parent_of[unit.code] for unit in leaves if self.staff[unit.code]}
        first: dict[str, UnitRow] = {}
        for unit in leaves:
            if unit.parent not in led:
                first.setdefault(unit.parent, unit)
        sizes = Counter(unit.parent for unit in leaves)
        chosen = sorted(first.values(), key=lambda unit: (-sizes[unit.parent], unit.code))
        for unit in chosen[: MANAGERS - so_far]:
            self.manager(unit.code, "Enhetschef", 75)

    def _key_persons(self, prefix: str, tops: list[str], leaves: list[UnitRow]) -> None:
        so_far = sum(p.role == "key_person" and self.top_of[p.unit] in tops for p in self.persons)
        by_code = {prefix + top.code: top for top in TOPS}
        for unit in self.chance.sample(leaves, KEY_PERSONS - so_far):
            self.key_person(unit.code, by_code[self.top_of[unit.code]])

    def trim(self, many: int) -> None:
        """Let the last workers go until so many persons are left."""
        spare = len(self.persons) - many
        workers = [person.number for person in self.persons if person.role == "employee"]
        leaving = set(workers[-spare:])
        self.persons = [person for person in self.persons if person.number not in leaving]

    # ---- units and teams -------------------------------------------------------------------------

    def unit(self, code: str, name: str, level: str, parent: str, **given: str | bool) -> UnitRow:
        unit = UnitRow(code, name, level, parent, **given)  # type: ignore[arg-type]
        self.units.append(unit)
        self.parent_of[code] = parent
        self.top_of[code] = self.top_of.get(parent, code)
        return unit

    def team(self, code: str, name: str, unit: str, *, is_top: bool = False) -> TeamRow:
        team = TeamRow(code, f"Ledningsgruppen {name}", unit, is_top)
        self.teams.append(team)
        return team

    def sit(self, team: TeamRow, person: PersonRow) -> None:
        """Give a place in the team; the first one leads it."""
        kind = "member" if team.seats else "leader"
        team.seats.append(SeatRow(person.number, kind, max(person.from_on, SEATED_FROM)))

    # ---- persons ---------------------------------------------------------------------------------

    def manager(self, unit: str, title: str, women: int) -> PersonRow:
        person = self.person(unit, title, "100010" if "direktör" in title else "100040", women)
        person.role = "manager"
        return person

    def key_person(self, unit: str, top: Top) -> PersonRow:
        person = self.person(unit, self.chance.choice(top.key_titles), "151010", top.women)
        pattern, topic = (
            self.chance.choice(words.KEY_PATTERNS),
            self.chance.choice(words.KEY_TOPICS),
        )
        person.role, person.reason = "key_person", pattern.format(topic)
        person.nominated_on = NOMINATED_FROM + dt.timedelta(days=self.chance.randrange(60))
        return person

    def worker(self, unit: str, titles: tuple[str, ...], women: int) -> PersonRow:
        title, _, aid_code = self.chance.choice(titles).rpartition(" ")
        person = self.person(unit, title, aid_code, women)
        person.degree = self.chance.choices(DEGREES, DEGREE_SHARES)[0]
        if self.chance.random() < 0.1:
            person.form = "Vikariat"
        return person

    def person(self, unit: str, title: str, aid_code: str, women: int) -> PersonRow:
        is_woman = self.chance.randrange(100) < women
        (origin,) = self.chance.choices(range(len(self.shares)), self.shares)
        first = self.chance.choice((self.female if is_woman else self.male)[origin])
        # One in ten bears the name of a family from elsewhere.
        family = 0 if self.chance.random() < 0.1 else origin
        last = self.chance.choice(self.last_names[family])
        gender = "kvinna" if is_woman else "man"
        person = PersonRow(str(next(self.numbers)), first, last, gender, unit, title, aid_code)
        person.from_on = OPENED + dt.timedelta(days=self.chance.randrange(LONGEST_EMPLOYED_DAYS))
        person.email = self._address(first, last)
        person.mobile = next(self.mobiles)
        self.persons.append(person)
        self.staff[unit] += 1
        return person

    def _address(self, first: str, last: str) -> str:
        name = f"{_plain(first)}.{_plain(last)}"
        self.addresses[name] += 1
        again = self.addresses[name]
        return f"{name}{again if again > 1 else ''}@malarvik.example"

    def rename(self, person: PersonRow, first: str, last: str, gender: str) -> None:
        """Give somebody of the stories the name that she has there."""
        person.first_name, person.last_name, person.gender = first, last, gender
        person.email = self._address(first, last)

    # ---- who leads whom --------------------------------------------------------------------------

    def name_managers(self) -> None:
        """Each one's manager: her unit's, else one of a neighbour's, else the nearest above."""
        leads = self._leads()
        for person in self.persons:
            person.manager = self._manager_of(person, leads)
            if person.reason:
                person.nominator = person.manager

    def _leads(self) -> dict[str, str]:
        """Who leads each unit; where the neighbours' heads are few, the chief takes her part."""
        leads: dict[str, str] = {}
        heads: dict[str, list[str]] = {unit.code: [] for unit in self.units}
        for person in self.persons:
            if person.is_leading:
                leads.setdefault(person.unit, person.number)
                heads.get(self.parent_of[person.unit], []).append(person.number)
        for code, found in heads.items():
            if len(found) < FEW_HEADS and code in leads:
                found.append(leads[code])
        shared = {code: cycle(found) for code, found in heads.items()}
        for unit in self.units:
            if unit.level in BASIC_UNITS and unit.code not in leads:
                leads[unit.code] = next(shared[unit.parent])
        return leads

    def _manager_of(self, person: PersonRow, leads: dict[str, str]) -> str:
        code = self.parent_of[person.unit] if person.is_leading else person.unit
        while code and leads.get(code, person.number) == person.number:
            code = self.parent_of[code]
        if code:
            return leads[code]
        head = leads.get(person.unit, "")
        if head != person.number:
            return head
        prefix = person.unit.partition("-")[0] + "-" if "-" in person.unit else ""
        is_of_the_municipality = person.title not in {"VD", "Kommundirektör"}
        return leads.get(f"{prefix}KLK", "") if is_of_the_municipality else ""


class _TopMaker:
    """Makes a top unit with its departments, their units, and the management teams."""

    def __init__(self, maker: _Maker, prefix: str, top: Top, suffix: str) -> None:
        self.maker, self.prefix, self.top = maker, prefix, top
        self.code, self.name = prefix + top.code, top.name + suffix

    def make(self, sizes: list[int]) -> None:
        """``sizes`` are those of the teams to come; what is used is taken away."""
        top, maker = self.top, self.maker
        level = "bolag" if top.is_company else "förvaltning"
        maker.unit(self.code, self.name, level, "", short=self.code, is_company=top.is_company)
        team = maker.team(f"T-{self.code}", self.name, self.code, is_top=True)
        maker.sit(team, maker.manager(self.code, top.head, top.women))
        chiefs = [self._department(number, d) for number, d in enumerate(top.departments, 1)]
        managers = top.team_size - top.key_seats
        for chief in chiefs[: managers - 1]:
            maker.sit(team, chief)
        for title in top.staff[: managers - len(team.seats)]:
            maker.sit(team, maker.manager(self.code, title, top.women))
        for _ in range(top.key_seats):
            maker.sit(team, maker.key_person(self.code, top))
        below = self._units()
        for number, chief in enumerate(chiefs[: top.own_teams]):
            self._own_team(top.departments[number], chief, below[chief.unit], sizes.pop())

    def _department(self, number: int, department: Department) -> PersonRow:
        code = f"{self.code}{number:02d}"
        self.maker.unit(code, department.name, "avdelning", self.code)
        return self.maker.manager(code, department.chief, self.top.women)

    def _units(self) -> dict[str, list[str]]:
        """The units below each department, dealt out evenly."""
        names = [department.units for department in self.top.departments] or [self.top.own_units]
        parents = [f"{self.code}{number:02d}" for number in range(1, len(self.top.departments) + 1)]
        below: dict[str, list[str]] = {parent: [] for parent in parents or [self.code]}
        for number in range(self.top.units):
            turn, place = divmod(number, len(below))
            parent = list(below)[place]
            code = f"{parent}{turn + 1:02d}" if parents else f"{parent}{90 + number}"
            level = "arbetslag" if turn % 4 == 3 else "enhet"
            self.maker.unit(code, names[place][turn], level, parent)
            below[parent].append(code)
        return below

    def _own_team(
        self, department: Department, chief: PersonRow, below: list[str], size: int
    ) -> None:
        team = self.maker.team(f"T-{chief.unit}", department.name, chief.unit)
        self.maker.sit(team, chief)
        for place in range(size - 1):
            title = department.head
            if place >= len(below):
                title = f"Biträdande {title[0].lower()}{title[1:]}"
            unit = below[place % len(below)]
            self.maker.sit(team, self.maker.manager(unit, title, self.top.women))


class _Crowd:
    """Everybody else: five or more in a unit, three in the small ones, the rest by chance."""

    def __init__(self, maker: _Maker, prefix: str, top: Top) -> None:
        self.maker, self.top = maker, top
        self.titles = {
            f"{prefix}{top.code}{number:02d}": department.workers
            for number, department in enumerate(top.departments, 1)
        } or {prefix + top.code: top.workers}
        self.left = top.employees - sum(
            n for code, n in maker.staff.items() if maker.top_of[code] == prefix + top.code
        )

    def fill(self, units: list[UnitRow], tiny: set[str]) -> None:
        for unit in units:
            wanted = SMALL_UNIT_STAFF if unit.code in tiny else LEAST_STAFF
            self._add(unit, wanted - self.maker.staff[unit.code])
        large = [unit for unit in units if unit.code not in tiny]
        weights = [self.maker.chance.uniform(0.6, 1.6) for _ in large]
        for unit in self.maker.chance.choices(large, weights, k=max(0, self.left)):
            self._add(unit, 1)

    def _add(self, unit: UnitRow, many: int) -> None:
        for _ in range(min(many, self.left)):
            self.maker.worker(unit.code, self.titles[unit.parent], self.top.women)
            self.left -= 1


def _plain(name: str) -> str:
    return name.casefold().translate(str.maketrans("åäöéüÖ", "aaoeuo")).replace(" ", "")
