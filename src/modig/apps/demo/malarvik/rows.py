"""What the made-up organisation consists of: plain rows, before they become tables or a file."""

import datetime as dt
from dataclasses import dataclass, field

OPENED = dt.date(2015, 1, 1)


@dataclass(slots=True)
class UnitRow:
    code: str
    name: str
    level: str
    parent: str
    short: str = ""
    is_company: bool = False
    opened_on: dt.date = OPENED
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
    nominated_on: dt.date | None = None
    is_protected: bool = False

    @property
    def is_leading(self) -> bool:
        return self.role == "manager"

    def is_hired_since(self, day: dt.date) -> bool:
        """Whether she is an ordinary employee who began on that day or later."""
        return self.role == "employee" and self.from_on >= day


@dataclass(slots=True)
class SeatRow:
    """A place in a team; without a person it is vacant."""

    person: str
    kind: str
    from_on: dt.date
    to_on: dt.date | None = None
    title: str = ""


@dataclass(slots=True)
class TeamRow:
    code: str
    name: str
    unit: str
    is_top: bool
    seats: list[SeatRow] = field(default_factory=list)

    @property
    def members(self) -> list[str]:
        """Who sits in the team now, the leader first."""
        return [seat.person for seat in self.seats if seat.to_on is None and seat.person]


@dataclass(slots=True)
class Malarvik:
    """Everything about the organisation; persons with a protected identity are in the HR file only."""

    units: list[UnitRow]
    persons: list[PersonRow]
    teams: list[TeamRow]
    protected: list[PersonRow]

    @property
    def employed(self) -> list[PersonRow]:
        return [person for person in self.persons if person.to_on is None]
