"""Bundle managers whose leaders the file does not name into management teams."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SEARCH_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class ProposedTeam:
    """A team of one top unit. ``is_small``: the whole top unit has fewer people than a team wants."""

    top: str
    units: tuple[str, ...]
    people: tuple[str, ...]
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    unit: str
    people: tuple[str, ...]


def bundle_into_teams(
    people: Mapping[tuple[str, str], Sequence[str]], *, low: int = 6, high: int = 12
) -> tuple[ProposedTeam, ...]:
    """Teams of ``low`` to ``high`` people out of the people of each (top unit, unit).

    A team lies in one top unit. Units stay whole where they have at most ``high`` people; larger
    ones are divided evenly. Where whole units cannot be bundled into teams of the right size, the
    largest is divided too. A top unit with fewer than ``low`` people gives one small team. The
    answer does not depend on the order in which the units come.
    """
    if not 1 <= low <= high or 2 * low > high + 1:
        raise ValueError("low must be at least 1, and high at least 2 x low - 1")
    by_top: dict[str, list[_Piece]] = defaultdict(list)
    for (top, unit), ids in sorted(people.items()):
        if ids:
            by_top[top] += _divided(_Piece(unit, tuple(sorted(ids))), -(-len(ids) // high))
    return tuple(
        team for top, pieces in by_top.items() for team in _teams_of(top, pieces, low, high)
    )


def _divided(piece: _Piece, parts: int) -> list[_Piece]:
    size, rest = divmod(len(piece.people), parts)
    ends = [k * size + min(k, rest) for k in range(parts + 1)]
    return [_Piece(piece.unit, piece.people[start:end]) for start, end in pairwise(ends)]


def _teams_of(top: str, pieces: list[_Piece], low: int, high: int) -> list[ProposedTeam]:
    n = sum(len(piece.people) for piece in pieces)
    if n <= high:
        return [_team(top, pieces, is_small=n < low)]
    while (bundles := _bundled(pieces, n, low, high)) is None:
        largest = max(pieces, key=lambda piece: (len(piece.people), piece.unit))
        pieces = [piece for piece in pieces if piece is not largest] + _divided(largest, 2)
    return [_team(top, bundle) for bundle in bundles]


def _team(top: str, pieces: list[_Piece], *, is_small: bool = False) -> ProposedTeam:
    units = tuple(sorted({piece.unit for piece in pieces}))
    return ProposedTeam(
        top, units, tuple(sorted(p for piece in pieces for p in piece.people)), is_small
    )


def _bundled(pieces: list[_Piece], n: int, low: int, high: int) -> list[list[_Piece]] | None:
    """Whole pieces in teams of the right size, as near the middle size as can be; or None."""
    ordered = sorted(pieces, key=lambda piece: (-len(piece.people), piece.unit, piece.people))
    middle = (low + high) / 2
    for teams in sorted(range(-(-n // high), n // low + 1), key=lambda t: (abs(n / t - middle), t)):
        found = _levelled(ordered, teams)
        if all(low <= size <= high for size in map(_size, found)):
            return found
    for teams in sorted(range(-(-n // high), n // low + 1), key=lambda t: (abs(n / t - middle), t)):
        if searched := _Packing(ordered, teams, low, high).found():
            return searched
    return None


def _size(bundle: list[_Piece]) -> int:
    return sum(len(piece.people) for piece in bundle)


def _levelled(ordered: list[_Piece], teams: int) -> list[list[_Piece]]:
    """Largest first, each into the smallest team so far."""
    bundles: list[list[_Piece]] = [[] for _ in range(teams)]
    for piece in ordered:
        min(bundles, key=_size).append(piece)
    return bundles


class _Packing:
    """Look for any bundling into so many teams, up to a limit."""

    def __init__(self, ordered: list[_Piece], teams: int, low: int, high: int) -> None:
        self.ordered, self.low, self.high = ordered, low, high
        self.bundles: list[list[_Piece]] = [[] for _ in range(teams)]
        self.sizes = [0] * teams
        self.left = SEARCH_LIMIT

    def found(self) -> list[list[_Piece]] | None:
        return self.bundles if self._place(0) else None

    def _place(self, k: int) -> bool:
        self.left -= 1
        if k == len(self.ordered):
            return min(self.sizes) >= self.low
        size, tried = len(self.ordered[k].people), set[int]()
        for b in sorted(range(len(self.sizes)), key=lambda b: self.sizes[b]):
            if self.left < 0:
                return False
            if self.sizes[b] in tried or self.sizes[b] + size > self.high:
                continue
            tried.add(self.sizes[b])
            self.bundles[b].append(self.ordered[k])
            self.sizes[b] += size
            if self._place(k + 1):
                return True
            self.bundles[b].pop()
            self.sizes[b] -= size
        return False
