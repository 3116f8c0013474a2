"""Who meets whom: pairs of people of two kinds that share a group, and how many could at best."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

Pair = tuple[str, str]


def pairs_of_kinds(kinds: Mapping[str, str]) -> Counter[Pair]:
    """All pairs of people by their two kinds, in alphabetical order; ``kinds`` goes by person."""
    count = Counter(kinds.values())
    return Counter(
        {
            (a, b): count[a] * count[b] if a != b else count[a] * (count[a] - 1) // 2
            for a in count
            for b in count
            if a <= b
        }
    )


def pairs_together(kinds: Mapping[str, str], groups: Mapping[str, Hashable]) -> Counter[Pair]:
    """Pairs that share a group, by their two kinds. Whoever has no kind or no group counts not."""
    inside: dict[Hashable, Counter[str]] = {}
    for person, group in groups.items():
        if person in kinds:
            inside.setdefault(group, Counter())[kinds[person]] += 1
    found: Counter[Pair] = Counter()
    for count in inside.values():
        there = sorted(count)
        for k, a in enumerate(there):
            found[a, a] += count[a] * (count[a] - 1) // 2
            for b in there[k + 1 :]:
                found[a, b] += count[a] * count[b]
    return found


def pairs_met(kinds: Mapping[str, str], circles: Iterable[Sequence[str]]) -> Counter[Pair]:
    """Pairs that share at least one of the circles, each pair once, by their two kinds."""
    met: set[Pair] = set()
    for circle in circles:
        known = sorted(person for person in set(circle) if person in kinds)
        met.update((a, b) for k, a in enumerate(known) for b in known[k + 1 :])
    return Counter((min(kinds[a], kinds[b]), max(kinds[a], kinds[b])) for a, b in met)


def most_together(a: int, b: int, largest: int) -> int:
    """No grouping with groups of at most ``largest`` lets more of the ``a`` x ``b`` pairs meet.

    With x of one kind and y of the other in a group, x + y <= S, Cauchy and Schwarz give
    xy <= (xy / (x + y)) S <= (S b^2 x + S a^2 y) / (a + b)^2; summed over the groups this is
    S a b / (a + b). No pair meets twice, so a b is a bound too. Whole teams, the smallest size and
    what other pairs want are left out: it bounds one pair of kinds for itself.
    """
    if not a or not b:
        return 0
    return min(a * b, largest * a * b // (a + b))


def most_together_within(n: int, largest: int) -> int:
    """The most pairs of one kind of ``n`` people: groups filled with them, one after another."""
    full, rest = divmod(n, largest)
    return full * largest * (largest - 1) // 2 + rest * (rest - 1) // 2


def most_across(counts: Iterable[int], sizes: Sequence[int]) -> int:
    """No grouping with these sizes, or more even ones, lets more pairs of different kinds meet.

    All pairs in groups less those of the same kind, which are fewest when each kind is spread as
    evenly over the groups as it goes.
    """
    together = sum(size * (size - 1) // 2 for size in sizes)
    same = 0
    for n in counts:
        each, rest = divmod(n, len(sizes))
        same += len(sizes) * (each * (each - 1) // 2) + rest * each
    return together - same
