"""Columns that are never taken up: personal identity numbers, pay, and absence for illness."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from modig.apps.people.hr_files.names import fold_name
from modig.apps.people.hr_files.reading import Table

WORDS = {
    "personal identity numbers": (
        "personnummer",
        "personnr",
        "pnr",
        "samordningsnummer",
        "socialsecuritynumber",
        "ssn",
        "nationalid",
    ),
    "pay": (
        "lon",
        "manadslon",
        "grundlon",
        "timlon",
        "arslon",
        "lonebelopp",
        "salary",
        "basesalary",
        "annualsalary",
        "grosspay",
        "pay",
        "wage",
    ),
    "absence for illness": (
        "sjukfranvaro",
        "sjukdagar",
        "sjukskrivning",
        "franvaroorsak",
        "sickleave",
        "sickdays",
    ),
}
PERSONAL_NUMBER = re.compile(r"(?:19|20)?(\d{2})(\d{2})(\d{2})[-+]?(\d{4})")
CELLS_LOOKED_AT = 200
FEWEST_FOR_A_VERDICT = 5
SHARE = 0.8
COORDINATION = 60


def without_what_is_never_kept(table: Table) -> Table:
    """The table with the cells of such columns blank; which they were, and why, is kept."""
    found = {
        name: why
        for name in table.header
        if name not in table.withheld and (why := why_never_kept(name, table.column(name)))
    }
    places = [table.header.index(name) for name in found]
    for _, cells in table.rows:
        for place in places:
            cells[place] = ""
    return replace(table, withheld=table.withheld | found)


def why_never_kept(name: str, cells: Iterable[str]) -> str:
    """What the column holds that is never stored; empty where there is nothing of the kind."""
    folded = fold_name(name)
    for what, words in WORDS.items():
        if folded in words:
            return what
    return "personal identity numbers" if _are_personal_numbers(cells) else ""


def _are_personal_numbers(cells: Iterable[str]) -> bool:
    looked_at = []
    for cell in cells:
        if cell:
            looked_at.append(cell)
        if len(looked_at) == CELLS_LOOKED_AT:
            break
    if len(looked_at) < FEWEST_FOR_A_VERDICT:
        return False
    return sum(map(is_personal_number, looked_at)) >= SHARE * len(looked_at)


def is_personal_number(text: str) -> bool:
    """Whether the text is a Swedish personal identity number: a day, and the right check digit."""
    match = PERSONAL_NUMBER.fullmatch(text)
    if match is None:
        return False
    year, month, day = (int(match[place]) for place in (1, 2, 3))
    try:
        dt.date(2000 + year, month, day - COORDINATION if day > COORDINATION else day)
    except ValueError:
        return False
    digits = [int(sign) for sign in "".join(match.groups())]
    doubled = [digit * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(one // 10 + one % 10 for one in doubled) % 10 == 0
