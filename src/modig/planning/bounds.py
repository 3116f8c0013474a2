"""Proven upper bounds on what a grouping can be worth."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from modig.planning.problem import CompositionProblem


def tight_bound(problem: CompositionProblem, sizes: Sequence[int]) -> float:
    """No grouping with groups as uneven as ``sizes`` or less is worth more; never above the bound.

    For each attribute the pairs of the same kind that must sit together are at least the larger of
    two numbers: (1) each kind spread as evenly as its whole teams allow; (2) with s groups of sizes
    S and mean M, and n people of kind k out of K: half of sum(n^2)/s + sum((S - M)^2)/K - people,
    because the row and column means of the table group x kind are orthogonal parts of its squares.
    The more uneven the sizes, the more pairs in (2), but never faster than pairs are gained.
    """
    people, groups = len(problem.people), problem.groups
    members = problem.teams().values()
    within = sum(len(team) * (len(team) - 1) // 2 for team in members)
    together = sum(size * (size - 1) // 2 for size in sizes) - within
    uneven = sum((size - people / groups) ** 2 for size in sizes)
    bound = 0.0
    for attribute, weight in problem.weights.items():
        of_kind: dict[str, list[int]] = defaultdict(list)
        for team in members:
            for kind, n in Counter(person.attributes[attribute] for person in team).items():
                of_kind[kind].append(n)
        given = sum(n * (n - 1) // 2 for counts in of_kind.values() for n in counts)
        whole = sum(fewest_pairs(counts, groups) for counts in of_kind.values())
        squares = sum(sum(counts) ** 2 for counts in of_kind.values()) / groups
        smooth = (squares + uneven / len(of_kind) - people) / 2
        bound += weight * (together - max(whole, smooth, given) + given)
    return bound


def fewest_pairs(counts: Iterable[int], groups: int) -> int:
    """Pairs of one kind that share a group at least, when these counts of it cannot be divided.

    A count that reaches the mean of what is left stands alone; the rest is spread evenly.
    """
    left, pairs = sum(counts), 0
    for n in sorted(counts, reverse=True):
        if groups == 1 or n * groups < left:
            break
        pairs += n * (n - 1) // 2
        left -= n
        groups -= 1
    quotient, rest = divmod(left, groups)
    return pairs + groups * (quotient * (quotient - 1) // 2) + rest * quotient
