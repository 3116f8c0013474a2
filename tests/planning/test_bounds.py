import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from modig.planning.bounds import fewest_pairs


def pairs(heaps):
    return sum(n * (n - 1) // 2 for n in heaps)


def fewest_by_trying(counts, groups):
    return min(
        pairs(
            sum(n for n, place in zip(counts, places, strict=True) if place == g)
            for g in range(groups)
        )
        for places in itertools.product(range(groups), repeat=len(counts))
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(1, 6), max_size=6), st.integers(1, 4))
def test_no_way_of_placing_whole_counts_has_fewer_pairs(counts, groups):
    even = divmod(sum(counts), groups)
    spread = pairs([even[0] + 1] * even[1] + [even[0]] * (groups - even[1]))

    assert spread <= fewest_pairs(counts, groups) <= fewest_by_trying(counts, groups)


def test_one_large_team_stands_alone_and_the_rest_is_spread():
    assert fewest_pairs([9, 1, 1, 1, 1], 3) == pairs([9, 2, 2])


def test_people_who_come_alone_are_spread_evenly():
    assert fewest_pairs([1] * 11, 4) == pairs([3, 3, 3, 2])
