"""Who meets whom, against every grouping of a few people."""

import itertools
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from modig.planning.acquaintance import (
    most_across,
    most_together,
    most_together_within,
    pairs_met,
    pairs_of_kinds,
    pairs_together,
)


def splits(n, groups):
    """Every way of putting n people of one kind into the groups, as counts."""
    if groups == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in splits(n - first, groups - 1):
            yield (first, *rest)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 5), st.integers(0, 5), st.integers(3, 6))
def test_no_grouping_lets_more_pairs_of_two_kinds_meet(a, b, largest):
    groups = max(1, -(-(a + b) // largest))
    best = max(
        (
            sum(x * y for x, y in zip(xs, ys, strict=True))
            for xs in splits(a, groups)
            for ys in splits(b, groups)
            if all(x + y <= largest for x, y in zip(xs, ys, strict=True))
        ),
        default=0,
    )

    assert best <= most_together(a, b, largest)
    if (a + b) and largest >= a + b:
        assert best == most_together(a, b, largest)


def test_bound_is_reached_where_both_kinds_fill_the_groups():
    assert most_together(12, 12, 8) == 3 * 4 * 4
    assert most_together(3, 100, 24) == 69  # each of the three alone among 23


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 8), st.integers(2, 6))
def test_most_pairs_of_one_kind_fill_one_group_after_another(n, largest):
    groups = -(-n // largest) or 1
    best = max(sum(x * (x - 1) // 2 for x in xs) for xs in splits(n, groups) if max(xs) <= largest)

    assert most_together_within(n, largest) == best


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 2), min_size=1, max_size=3), st.integers(1, 3))
def test_no_grouping_lets_more_pairs_of_different_kinds_meet(counts, groups):
    people = [str(kind) for kind, n in enumerate(counts) for _ in range(n)]
    kinds = {str(k): kind for k, kind in enumerate(people)}
    for places in itertools.product(range(groups), repeat=len(people)):
        sizes = Counter(places)
        met = pairs_together(kinds, {str(k): g for k, g in enumerate(places)})
        across = sum(n for (a, b), n in met.items() if a != b)
        assert across <= most_across(counts, [sizes[g] for g in range(groups)])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2)), max_size=8))
def test_pairs_are_those_of_people_who_share_a_group(people):
    kinds = {str(k): kind for k, (kind, _) in enumerate(people)}
    groups = {str(k): g for k, (_, g) in enumerate(people)}

    every = list(itertools.combinations(range(len(people)), 2))
    of_kinds = Counter(tuple(sorted((people[i][0], people[j][0]))) for i, j in every)
    sharing = [(i, j) for i, j in every if people[i][1] == people[j][1]]
    expected = Counter(tuple(sorted((people[i][0], people[j][0]))) for i, j in sharing)
    circles = [[p for p, g in groups.items() if g == here] for here in set(groups.values())]

    assert +pairs_of_kinds(kinds) == of_kinds
    assert +pairs_together(kinds, groups) == expected
    assert +pairs_met(kinds, [*circles, *circles]) == expected
