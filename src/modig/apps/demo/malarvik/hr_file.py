"""The organisation as the HR file that its payroll system would give: semicolons and Latin-1."""

import csv
import io

from modig.apps.demo.malarvik.generator import Malarvik, PersonRow

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


def hr_file(malarvik: Malarvik) -> bytes:
    """One row for each employment that goes on, the two protected ones among them."""
    units = {unit.code: unit for unit in malarvik.units}
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for person in [*malarvik.persons, *malarvik.protected]:
        if person.to_on is None:
            for unit in filter(None, (person.unit, person.second_unit)):
                writer.writerow(_row(person, unit, units))
    return text.getvalue().encode("latin-1", errors="replace")


def _row(person: PersonRow, code: str, units: dict) -> list[str]:  # type: ignore[type-arg]
    chain = [units[code]]
    while chain[0].parent:
        chain.insert(0, units[chain[0].parent])
    levels = [(unit.code, unit.name) for unit in chain] + [("", "")] * (3 - len(chain))
    # A person of a department stands with the department's own code as the unit.
    return [
        person.number, person.first_name, person.last_name, person.gender, person.email, person.mobile,
        *levels[0], *levels[1], *levels[2],
        person.title, person.aid_code, person.manager, "1" if person.role == "manager" else "",
        person.form, f"{person.degree},00", person.from_on.isoformat(), "J" if person.is_protected else "",
    ]  # fmt: skip
