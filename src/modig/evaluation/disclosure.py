"""Which figures may be shown beside each other without telling what a few people answered."""

from collections.abc import Mapping

FEWEST_FOR_MEAN = 5
FEWEST_FOR_TEXT = 10
"""Means from 5 answers on; distributions and free texts from 10 (k-thresholds)."""


def withheld(counts: Mapping[str, int], *, fewest: int = FEWEST_FOR_MEAN) -> frozenset[str]:
    """The parts of a total that are not shown, when the total and every other part are.

    ``counts`` = answers by part; the parts do not overlap and make up the total. A part with fewer
    than ``fewest`` answers is withheld. What is withheld is the total minus what is shown, so all of
    it together must be nobody or at least ``fewest`` people: else the smallest further part is
    withheld too (secondary suppression; Hundepool et al., Statistical Disclosure Control, 2012,
    chapter 4). Parts without answers have nothing to tell and never protect another.
    """
    small = {part for part, n in counts.items() if 0 < n < fewest}
    hidden = set(small)
    shown = sorted(
        (part for part, n in counts.items() if n >= fewest), key=lambda part: (counts[part], part)
    )
    while hidden and shown and (sum(counts[part] for part in hidden) < fewest or len(hidden) < 2):
        hidden.add(shown.pop(0))
    empty = {part for part, n in counts.items() if n == 0}
    return frozenset(hidden | empty)
