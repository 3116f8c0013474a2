"""The organisation as the HR file that its payroll system would give: semicolons and Windows text."""

import csv
import datetime as dt
import io
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

from modig.apps.demo.malarvik.rows import Malarvik, PersonRow, UnitRow

HEADER = [
    "Anställningsnummer",
    "Förnamn",
    "Efternamn",
    "Kön",
    "E-post",
    "Mobil",
    "Förvaltningskod",
    "Förvaltning",
    "Avdelningskod",
    "Avdelning",
    "Organisationskod",
    "Enhet",
    "Befattning",
    "AID-kod",
    "Chef anställningsnummer",
    "Är chef",
    "Anställningsform",
    "Sysselsättningsgrad",
    "Anställd from",
    "Skyddad identitet",
]
ENCODING = "cp1252"
NEXT_MONTH = dt.date(2026, 12, 1)
COMING, CHANGING = 14, 11
FEWEST_TO_CHANGE = 500
FIRST_NEW_NUMBER = 700_000
# He and she in turn.
NEW_NAMES = (
    "Erik Sandell", "Amira Haidar", "Johan Brandt", "Lotta Wiklund", "Yonas Mehari", "Karin Åhl",
    "Petter Sköld", "Maja Tornberg", "Dino Kovac", "Irma Lindell", "Olle Hjort", "Sofie Ahlin",
    "Nasir Rahman", "Elin Granath",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HrFile:
    """A file, and what reading it into the organisation leads to, row by row."""

    content: bytes
    new: int
    changed: int
    gone: int
    refused: int
    unchanged: int


def hr_file(malarvik: Malarvik) -> HrFile:
    """Next month's file: one row for each employment, the two protected ones among them.

    As many come as leave, and some have got another degree of employment.
    """
    employed = malarvik.employed
    coming, changing = (COMING, CHANGING) if len(employed) >= FEWEST_TO_CHANGE else (1, 1)
    workers = [p for p in employed if p.role == "employee" and not p.second_unit]
    chance = random.Random(NEXT_MONTH.toordinal())
    gone = chance.sample(workers, coming)
    changing_ones = chance.sample([p for p in workers if p not in gone], changing)
    changed = {p.number: replace(p, degree=100 if p.degree < 100 else 80) for p in changing_ones}
    leaving = {person.number for person in gone}
    kept = [changed.get(p.number, p) for p in employed if p.number not in leaving]
    new = [_successor(person, number) for number, person in enumerate(gone, 1)]
    return HrFile(
        _content([*kept, *new, *malarvik.protected], malarvik.units),
        new=coming,
        changed=changing,
        gone=coming,
        refused=len(malarvik.protected),
        unchanged=len(_employments(employed)) - coming - changing,
    )


def _successor(person: PersonRow, number: int) -> PersonRow:
    """Somebody new in the same place, without an address yet."""
    first, last = NEW_NAMES[(number - 1) % len(NEW_NAMES)].split()
    return replace(
        person,
        number=str(FIRST_NEW_NUMBER + number),
        first_name=first,
        last_name=last,
        gender="man" if number % 2 else "kvinna",
        email="",
        mobile="",
        from_on=NEXT_MONTH,
    )


def _employments(persons: Iterable[PersonRow]) -> list[tuple[PersonRow, str]]:
    return [(p, unit) for p in persons for unit in (p.unit, p.second_unit) if unit]


def _content(persons: list[PersonRow], units: list[UnitRow]) -> bytes:
    by_code = {unit.code: unit for unit in units}
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for person, unit in _employments(persons):
        writer.writerow(_row(person, unit, by_code))
    return text.getvalue().encode(ENCODING)


def _row(person: PersonRow, code: str, units: dict[str, UnitRow]) -> list[str]:
    chain = [units[code]]
    while chain[0].parent:
        chain.insert(0, units[chain[0].parent])
    levels = [(unit.code, unit.name) for unit in chain] + [("", "")] * (3 - len(chain))
    # A person of a department stands with the department's own code as the unit.
    return [
        person.number, person.first_name, person.last_name, person.gender, person.email, person.mobile,
        *levels[0], *levels[1], *levels[2],
        person.title, person.aid_code, person.manager, "1" if person.is_leading else "",
        person.form, f"{person.degree},00", person.from_on.isoformat(), "J" if person.is_protected else "",
    ]  # fmt: skip
