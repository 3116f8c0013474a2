"""Rows about protected identities: taken out of a table before anything of them is kept."""

from dataclasses import replace

from modig.apps.people.hr_files.columns import Mapping
from modig.apps.people.hr_files.reading import Table

YES = {"1", "j", "ja", "y", "yes", "true", "x", "s"}


def is_yes(cell: str) -> bool:
    return cell.casefold() in YES


def protected_numbers(table: Table, mapping: Mapping) -> set[str]:
    """The employee numbers of the rows that say that an identity is protected."""
    column, number = mapping.columns.get("protected", ""), mapping.columns.get("number", "")
    if column not in table.header or number not in table.header:
        return set()
    place, number_at = table.header.index(column), table.header.index(number)
    return {cells[number_at] for _, cells in table.rows if is_yes(cells[place])} - {""}


def without_protected(table: Table, mapping: Mapping) -> Table:
    """The table without every row of those persons, but for the rows' numbers in the file.

    Their employee numbers are taken out of the manager column of other rows too.
    """
    column = mapping.columns.get("protected", "")
    if column not in table.header:
        return table
    hidden = protected_numbers(table, mapping)
    place = table.header.index(column)
    number = mapping.columns.get("number", "")
    number_at = table.header.index(number) if number in table.header else place

    def is_about_one(cells: list[str]) -> bool:
        return is_yes(cells[place]) or cells[number_at] in hidden

    found = [row for row, cells in table.rows if is_about_one(cells)]
    rows = [one for one in table.rows if not is_about_one(one[1])]
    manager = mapping.columns.get("manager", "")
    if hidden and manager in table.header:
        _blank(rows, table.header.index(manager), hidden)
    return replace(table, rows=rows, protected=sorted({*table.protected, *found}))


def _blank(rows: list[tuple[int, list[str]]], place: int, values: set[str]) -> None:
    for _, cells in rows:
        if cells[place] in values:
            cells[place] = ""
