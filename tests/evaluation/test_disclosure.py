from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from modig.evaluation import withheld

COUNTS = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 30), max_size=8)


def test_part_with_four_answers_is_withheld_together_with_another():
    assert withheld({"a": 4, "b": 9, "c": 7}) == {"a", "c"}


def test_nothing_is_withheld_where_all_have_enough():
    assert withheld({"a": 5, "b": 9}) == frozenset()


def test_part_without_answers_protects_nobody():
    assert withheld({"a": 3, "b": 0, "c": 8, "d": 9}) == {"a", "b", "c"}


@given(COUNTS)
def test_total_minus_what_is_shown_is_nobody_or_at_least_five(counts):
    hidden = withheld(counts)

    left = sum(counts[part] for part in hidden)
    shown = [part for part in counts if part not in hidden]
    assert left == 0 or left >= 5 or not shown
    assert all(counts[part] >= 5 for part in shown)


def test_no_more_is_withheld_than_needed_for_small_tables():
    for counts in product(range(4, 9), repeat=3):
        table = dict(zip("abc", counts, strict=True))
        small = sum(n < 5 for n in counts)
        assert len(withheld(table)) <= max(2, small) if small else withheld(table) == frozenset()
