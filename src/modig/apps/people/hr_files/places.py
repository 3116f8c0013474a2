"""The units that a file names: one name and one place in the tree for each code."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from modig.apps.people.hr_files.columns import Level
from modig.apps.people.hr_files.reading import Table

LONGEST_CODE = 120
LONGEST_NAME = 200
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """A unit as the file has it; ``name`` and ``parent`` are blank where it does not say."""

    code: str
    name: str
    parent: str


class UnitTooLongError(Exception):
    """The code or the name of a unit is longer than can be stored."""

    def __init__(self, level: Level, text: str) -> None:
        super().__init__(text)
        self.level, self.text = level, text


class UnitElsewhereError(Exception):
    """Most rows of the file put this unit under another one."""

    def __init__(self, level: Level, code: str) -> None:
        super().__init__(code)
        self.level, self.code = level, code


class Places:
    """What the rows of a file say about units. Where they differ, most rows decide."""

    def __init__(self, table: Table, levels: tuple[Level, ...]) -> None:
        at = {name: place for place, name in enumerate(table.header)}
        self.levels = levels
        self.columns = [(at.get(one.code), at.get(one.name)) for one in levels]
        rows = Counter(self.cells_of(cells) for _, cells in table.rows)
        self.chains = {cells: self._chain(cells) for cells in rows}
        self.units = self._settled(rows)
        self.paths: dict[Cells, tuple[str, ...]] = {}

    def cells_of(self, cells: list[str]) -> Cells:
        """The cells that name units: code and name of each level."""
        return tuple(
            cells[place] if place is not None else "" for pair in self.columns for place in pair
        )

    def path_of(self, cells: list[str]) -> tuple[str, ...]:
        """The codes of the units that a row names, from the top down; none where it names none.

        Raises:
            UnitTooLongError, UnitElsewhereError: the row cannot be taken in.

        """
        key = self.cells_of(cells)
        if key not in self.paths:
            self.paths[key] = self._checked(key)
        return self.paths[key]

    @property
    def called_differently(self) -> list[tuple[str, str, str]]:
        """Units with more than one name in the file: code, the name that is used, another."""
        found = {}
        for chain in self.chains.values():
            for _, one in chain:
                used = self.units[one.code].name
                if one.name and one.name != used:
                    found[one.code] = (one.code, used, one.name)
        return [found[code] for code in sorted(found)]

    def _chain(self, cells: Cells) -> list[tuple[Level, UnitPlace]]:
        chain: list[tuple[Level, UnitPlace]] = []
        parent = ""
        for place, level in enumerate(self.levels):
            code, name = cells[2 * place : 2 * place + 2]
            if code or name:
                key = code or (f"{parent}/{name}" if parent else name)
                chain.append((level, UnitPlace(key, name, parent)))
                parent = key
        return chain

    def _settled(self, rows: Counter[Cells]) -> dict[str, UnitPlace]:
        names: dict[str, Counter[str]] = defaultdict(Counter)
        parents: Counter[tuple[str, str]] = Counter()
        for cells, chain in self.chains.items():
            for _, one in chain:
                names[one.code][one.name] += rows[cells] if one.name else 0
                if one.parent:
                    parents[one.code, one.parent] += rows[cells]
        above = _without_circles(pair for pair, _ in parents.most_common())
        return {
            code: UnitPlace(code, found.most_common(1)[0][0], above.get(code, ""))
            for code, found in names.items()
        }

    def _checked(self, key: Cells) -> tuple[str, ...]:
        for level, one in self.chains[key]:
            if len(one.code) > LONGEST_CODE or len(one.name) > LONGEST_NAME:
                raise UnitTooLongError(level, one.code)
            if one.parent and self.units[one.code].parent != one.parent:
                raise UnitElsewhereError(level, one.code)
        return tuple(one.code for _, one in self.chains[key])


def _without_circles(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """One parent for each unit: the first that is told and that does not lie under the unit."""
    above: dict[str, str] = {}
    for code, parent in pairs:
        if code in above:
            continue
        one: str | None = parent
        while one is not None and one != code:
            one = above.get(one)
        if one is None:
            above[code] = parent
    return above
