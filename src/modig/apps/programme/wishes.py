"""Wishes and their prices, and what each proposal is better at, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from modig.apps.programme import sentences
from modig.apps.programme.models import Attribute, Plan
from modig.apps.programme.planning_bridge import CALM, MIX, RULES
from modig.apps.programme.templatetags.in_words import exactly, of_bound
from modig.apps.programme.why_here import listed, more_pairs
from modig.apps.ui.templatetags.ui import number, percent

EMPHASES: dict[str, tuple[str | Promise, str | Promise]] = {
    RULES: (
        gettext_lazy("As the rules say"),
        gettext_lazy("Mixes by the weights that were wished for."),
    ),
    MIX: (
        gettext_lazy("Most parts of the organisation"),
        gettext_lazy("Puts people from as many departments and units as possible in each group."),
    ),
    CALM: (
        gettext_lazy("Calmest calendar"),
        gettext_lazy("Takes as few as possible away from their work on the same day."),
    ),
}


def prices(figures: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each wish with what it costs the others; empty where that has not been looked at."""
    return [
        (str(capfirst(Attribute(wish).label)), _price(wish, price))
        for wish, price in (figures.get("prices") or {}).items()
    ]


def _price(wish: str, price: Mapping[str, Any]) -> str:
    what = Attribute(wish).label
    if price["value"] <= 0:
        return _("Mixing by %(what)s costs nothing.") % {"what": what}
    pairs = [more_pairs(name, n) for name, n in price["pairs"].items()]
    cost = listed(pairs) if pairs else _("%(n)s in value") % {"n": exactly(price["value"])}
    return _("Mixing by %(what)s costs %(cost)s.") % {"what": what, "cost": cost}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of every proposal in words; ``best`` tells which are the best, if they differ."""

    name: str
    cells: list[tuple[str, bool]]


FIGURES: list[tuple[str | Promise, str, int, Callable[[Any], str]]] = [
    (gettext_lazy("Violations"), "violations", -1, number),
    (gettext_lazy("Share of the bound"), "share", 1, of_bound),
    (gettext_lazy("Departments in a group, on average"), "departments", 1, exactly),
    (gettext_lazy("Most of a unit away on one day"), "max_share_away", -1, percent),
    (gettext_lazy("People away on the day that takes most"), "most_away", -1, number),
    (gettext_lazy("Fewest weeks between two blocks"), "shortest_gap", 1, exactly),
    (gettext_lazy("Groups"), "groups", 0, number),
    (gettext_lazy("Persons"), "people", 0, number),
]
"""Name, key, whether more (1) or less (-1) is better, and how it is written."""


def comparison(plans: Sequence[Plan]) -> list[FigureRow]:
    """A row per figure, with the best ones marked where the proposals differ."""
    rows = []
    for name, key, better, written in FIGURES:
        values = [_value(plan.figures, key) for plan in plans]
        best = _best(values, better)
        cells = [(written(n), n is not None and n == best) for n in values]
        rows.append(FigureRow(str(name), cells))
    return rows


def _value(figures: Mapping[str, Any], key: str) -> float | None:
    if key == "violations":
        return sum(n for _rule, n in sentences.broken_rules(figures))
    value: float | None = figures.get(key)
    return value


def _best(values: Sequence[float | None], better: int) -> float | None:
    known = {value for value in values if value is not None}
    if not better or len(known) < 2:
        return None
    return max(known) if better > 0 else min(known)


STRESSED: dict[str, tuple[tuple[str, int], ...]] = {
    RULES: (("share", 1),),
    MIX: (("departments", 1),),
    CALM: (("most_away", -1), ("max_share_away", -1)),
}
"""The figures that an emphasis is about, and whether more (1) or less (-1) of them is better."""


def best_for_each(plans: Sequence[Plan]) -> list[int]:
    """For each proposal the number of the one that is best at what it stresses: mostly itself.

    The search is short and what is stressed is weighed, not counted, so another proposal may come
    out at least as good: then that one stands in. Of equals the earlier one does.
    """
    return [_best_for(plans, k) for k in range(len(plans))]


def _best_for(plans: Sequence[Plan], k: int) -> int:
    stressed = STRESSED[plans[k].figures["emphasis"]]
    stands = [_standing(plan, stressed) for plan in plans]
    own = stands[k]
    if own is None:
        return k
    at_least = [
        j
        for j, other in enumerate(stands)
        if other is not None
        and all(theirs >= mine for theirs, mine in zip(other, own, strict=True))
        and (j < k or other != own)
    ]
    return max(at_least, key=lambda j: (stands[j], -j), default=k)


def _standing(plan: Plan, stressed: Sequence[tuple[str, int]]) -> tuple[float, ...] | None:
    """The stressed figures, each so that more is better; nothing where one is not known."""
    values = [(_value(plan.figures, key), better) for key, better in stressed]
    known = tuple(better * value for value, better in values if value is not None)
    return known if len(known) == len(values) else None


def are_alike(rows: Sequence[FigureRow]) -> bool:
    """Whether no figure tells the proposals apart."""
    return all(len({text for text, _best in row.cells}) == 1 for row in rows)


def same_as(plan: Plan) -> str:
    """That another proposal stands in for one, since none is better at what it stresses."""
    name, _about = EMPHASES[plan.figures["emphasis"]]
    told = _("The same as “%(name)s”: no proposal is better at what this one stresses.")
    return told % {"name": name}


def better_at(rows: Sequence[FigureRow], k: int) -> str:
    """What the proposal number ``k`` is better at, as one sentence."""
    names = [row.name.lower() for row in rows if row.cells[k][1]]
    if not names:
        return _("In no figure better than the others.")
    return _("Best at this: %(figures)s.") % {"figures": listed(names)}
