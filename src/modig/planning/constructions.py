"""Tables at which nobody meets anybody twice, built and not searched for.

A round is a list of tables, a table a list of places 0..n-1. Whoever calls counts the meetings
anew, so a mistake here cannot become a plan.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import product

Table = list[int]
Round = list[Table]

EIGHT_TABLES_OF_FOUR = (
    ((1, 2, 4), (0,), ((0, 8, 16, 24),)),
    ((1, 2, 4), (0,), ((0, 10, 23, 29),)),
    ((1, 2, 4), (0,), ((0, 1, 20, 21), (8, 14, 26, 28))),
    ((1, 2, 4), (0,), ((0, 2, 4, 6), (8, 9, 12, 13), (16, 19, 21, 22), (24, 25, 26, 27))),
    ((2, 5), (0, 1), ((0, 9, 19, 26), (1, 15, 16, 30))),
    ((2, 5), (0, 1), ((0, 13, 22, 27), (1, 4, 24, 29), (9, 11, 21, 23))),
    ((3, 4), (0, 1), ((0, 11, 18, 30), (1, 2, 13, 14), (16, 20, 27, 31))),
)
"""32 people at tables of four in ten rounds, as many as there can be: each meets thirty others.

A place is 8 · ring + t, and t moves by the exclusive or within its ring. A line holds the moves
that keep a round as it is, by their generators; the moves that make a further round of it; and the
tables that all the others are moved from. The design is A. Aguado's ("A 10 days solution to the
social golfer problem", 2004), written by its eight automorphisms.
"""


def perfect_rounds(people: int, size: int, most: int) -> list[Round]:
    """Up to ``most`` rounds without a repeat, as many as a construction is known for.

    The last table places may be left empty: the missing people are then one column of the
    construction, who never meet, so that sizes still differ by at most one.
    """
    tables = -(-people // size)
    missing = tables * size - people
    candidates = [[]] if missing else [_full(people, size, most)]
    if missing and missing < tables:
        columns = _columns(tables, size, most)
        gone = set(range(tables * size - missing, tables * size))
        candidates.append([[[p for p in t if p not in gone] for t in r] for r in columns])
    return max(candidates, key=len)[:most]


def _full(people: int, size: int, most: int) -> list[Round]:
    """All tables full: the construction with the most rounds; at least one, in the order given."""
    plain = [[list(range(k, k + size)) for k in range(0, people, size)]]
    if size == 1:
        return plain * most
    makers: list[Callable[[int, int, int], list[Round]]] = [
        _everybody_in_pairs,
        _spaces,
        _triples,
        _eight_tables_of_four,
        _columns_and_within,
    ]
    return max([plain, *(make(people, size, most) for make in makers)], key=len)


def _everybody_in_pairs(people: int, size: int, _most: int) -> list[Round]:
    """Round robin: one stays, the others go round."""
    if size != 2 or people % 2:
        return []
    ring = people - 1
    return [
        [[people - 1, r], *([(r + k) % ring, (r - k) % ring] for k in range(1, people // 2))]
        for r in range(ring)
    ]


def _spaces(people: int, size: int, most: int) -> list[Round]:
    """The lines of an affine space of ``size`` points a line: each direction is a round."""
    if (field := Field.of(size)) is None:
        return []
    dimension, points = 1, size
    while points < people:
        dimension, points = dimension + 1, points * size
    if points != people or dimension < 2:
        return []
    everything = list(product(range(size), repeat=dimension))
    directions = [d for d in everything if next((x for x in d if x), 0) == 1]
    return [_parallel_lines(field, everything, d) for d in directions[:most]]


def _parallel_lines(
    field: "Field", everything: list[tuple[int, ...]], direction: tuple[int, ...]
) -> Round:
    """All lines of one direction: everybody is on one of them."""
    number = {point: k for k, point in enumerate(everything)}
    left, tables = set(everything), []
    for point in everything:
        if point in left:
            line = [
                tuple(
                    field.add(x, field.times(t, d)) for x, d in zip(point, direction, strict=True)
                )
                for t in range(field.order)
            ]
            left.difference_update(line)
            tables.append([number[p] for p in line])
    return tables


def _triples(people: int, size: int, _most: int) -> list[Round]:
    """Kirkman's schoolgirls for 2q + 1 people, q a prime that leaves 1 when divided by 6."""
    q = (people - 1) // 2
    if size != 3 or people % 2 == 0 or q % 6 != 1 or not is_prime(q):
        return []
    t = (q - 1) // 6
    root = next(g for g in range(2, q) if len({pow(g, k, q) for k in range(q - 1)}) == q - 1)
    middle = (pow(root, t, q) + 1) * pow(2, -1, q) % q
    m = next(k for k in range(q - 1) if pow(root, k, q) == middle)

    def first(k: int) -> int:
        return pow(root, k, q)

    def second(k: int) -> int:
        return q + pow(root, k, q)

    rows = [*range(1, t + 1), *range(2 * t + 1, 3 * t + 1), *range(4 * t + 1, 5 * t + 1)]
    base = [[0, q, 2 * q]]
    base += [[first(k), first(k + t), second(k + m)] for k in rows]
    base += [
        [second(k + m + t), second(k + m + 3 * t), second(k + m + 5 * t)] for k in range(1, t + 1)
    ]
    return _shifts(base, q, 2 * q)


def _eight_tables_of_four(people: int, size: int, _most: int) -> list[Round]:
    if (people, size) != (32, 4):
        return []
    rounds = []
    for generators, further, base in EIGHT_TABLES_OF_FOUR:
        keeping = {0}
        for move in generators:
            keeping |= {move ^ other for other in keeping}
        for start in further:
            tables = {frozenset(p ^ move ^ start for p in t) for t in base for move in keeping}
            rounds.append(sorted(sorted(table) for table in tables))
    return rounds


def _shifts(base: Round, order: int, moving: int) -> list[Round]:
    """Each place but the last few moves on by one within its ring of ``order`` places."""

    def shifted(place: int, by: int) -> int:
        if place >= moving:
            return place
        ring, at = divmod(place, order)
        return ring * order + (at + by) % order

    return [[[shifted(p, by) for p in table] for table in base] for by in range(order)]


def _columns_and_within(people: int, size: int, most: int) -> list[Round]:
    """The rounds across columns, then rounds within each column where it can be divided."""
    tables = people // size
    rounds = _columns(tables, size, most)
    if not rounds or len(rounds) < tables or tables % size:
        return rounds
    for inner in _full(tables, size, most):
        rounds.append([[x * tables + p for p in table] for x in range(size) for table in inner])
    return rounds


def _columns(tables: int, size: int, most: int) -> list[Round]:
    """``size`` columns of as many people as there are tables; a table takes one of each column.

    With a ring of ``tables`` numbers and slopes whose differences all divide, two lines of
    different slopes meet at most once. The rings are products of finite fields, so there are as
    many slopes as the smallest of them has numbers.
    """
    powers = prime_powers(tables)
    fields = [Field.of(power) for power in powers]
    if size > tables or not fields:
        return []
    known = [field for field in fields if field is not None]
    numbers = list(product(*(range(field.order) for field in known)))
    number = {x: k for k, x in enumerate(numbers)}
    rounds = []
    for slope in range(min(most, *powers)):
        tables_of: Round = [[] for _ in numbers]
        for column in range(size):
            for y, value in enumerate(numbers):
                line = tuple(
                    f.add(v, f.times(slope, x))
                    for f, v, x in zip(known, value, numbers[column], strict=True)
                )
                tables_of[number[line]].append(column * tables + y)
        rounds.append(tables_of)
    return rounds


# ---- numbers -------------------------------------------------------------------------------------


def is_prime(n: int) -> bool:
    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))


def prime_powers(n: int) -> list[int]:
    """The prime powers whose product n is: 12 is 4 x 3."""
    found, prime = [], 2
    while n > 1:
        power = 1
        while n % prime == 0:
            n //= prime
            power *= prime
        if power > 1:
            found.append(power)
        prime += 1
    return found


class Field:
    """The finite field with ``order`` numbers; each is a polynomial, written in base ``prime``."""

    def __init__(self, prime: int, degree: int) -> None:
        self.prime, self.degree, self.order = prime, degree, prime**degree
        self.modulus = next(_irreducible(prime, degree)) if degree > 1 else ()
        self.known: dict[tuple[int, int], int] = {}

    @staticmethod
    def of(order: int) -> "Field | None":
        powers = prime_powers(order)
        if len(powers) != 1:
            return None
        prime = next(p for p in range(2, order + 1) if order % p == 0)
        degree = 1
        while prime**degree < order:
            degree += 1
        return Field(prime, degree)

    def add(self, a: int, b: int) -> int:
        if self.degree == 1:
            return (a + b) % self.prime
        return self._number((x + y) for x, y in zip(self._digits(a), self._digits(b), strict=True))

    def times(self, a: int, b: int) -> int:
        if self.degree == 1:
            return a * b % self.prime
        if (a, b) not in self.known:
            whole = _product(self._digits(a), self._digits(b), self.prime)
            self.known[a, b] = self._number(_rest(whole, self.modulus, self.prime))
        return self.known[a, b]

    def _digits(self, a: int) -> list[int]:
        return [a // self.prime**k % self.prime for k in range(self.degree)]

    def _number(self, digits: Iterable[int]) -> int:
        return sum(x % self.prime * self.prime**k for k, x in enumerate(digits))


def _product(a: list[int], b: list[int], prime: int) -> list[int]:
    found = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            found[i + j] = (found[i + j] + x * y) % prime
    return found


def _rest(a: list[int], modulus: tuple[int, ...], prime: int) -> list[int]:
    """What remains of a polynomial, lowest power first, after division by a monic one."""
    rest, degree = list(a), len(modulus) - 1
    for top in range(len(rest) - 1, degree - 1, -1):
        lead = rest[top]
        for k, m in enumerate(modulus):
            rest[top - degree + k] = (rest[top - degree + k] - lead * m) % prime
    return rest[:degree]


def _irreducible(prime: int, degree: int) -> Iterator[tuple[int, ...]]:
    """Monic polynomials of this degree that no smaller one divides."""
    for low in product(range(prime), repeat=degree):
        candidate = (*low, 1)
        divisors = (
            (*d, 1) for k in range(1, degree // 2 + 1) for d in product(range(prime), repeat=k)
        )
        if all(any(_rest(list(candidate), d, prime)) for d in divisors):
            yield candidate
