"""Why a team is in its group, and what its next best place would cost, in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from modig.apps.programme.models import Attribute
from modig.apps.programme.planning_bridge import NextBest, Placement

DEPARTMENT = Attribute.DEPARTMENT.value
NameOf = Callable[[tuple[str, str]], str]
"""What a team, or somebody who comes alone, is called."""


def reasons(
    placement: Placement,
    *,
    departments: Mapping[str, str],
    met: Sequence[tuple[str, str]],
    name_of: NameOf,
) -> list[str]:
    """Whom the team meets here, of what it is the only one, whom it meets again, what else costs.

    ``departments`` are names by code; ``met`` are those here whom it met before, and where.
    """
    if not placement.others:
        return [_("Alone in the group.")]
    told = [_whom_it_meets(placement)]
    if only := placement.only.get(DEPARTMENT, ()):
        names = listed(departments.get(code, code) for code in only)
        told.append(_("Nobody else here comes from %(names)s.") % {"names": names})
    told += _again(placement)
    told += [
        _("Has met %(team)s before, in %(where)s.") % {"team": team, "where": where}
        for team, where in met
    ]
    return [*told, said_next_best(placement, name_of)]


def _whom_it_meets(placement: Placement) -> str:
    new = placement.new.get(DEPARTMENT, 0)
    if not new:
        return _("All others come from the team's own departments or companies.")
    if new == placement.others:
        return ngettext(
            "The %(n)s other person comes from another department or company.",
            "All %(n)s others come from other departments or companies.",
            new,
        ) % {"n": new}
    return ngettext(
        "%(new)s of the %(n)s other person comes from another department or company.",
        "%(new)s of the %(n)s others come from other departments or companies.",
        placement.others,
    ) % {"new": new, "n": placement.others}


def _again(placement: Placement) -> list[str]:
    """The pairs of the same kind, most first."""
    found = sorted(placement.same.items(), key=lambda item: -item[1])
    pairs = [_pairs(name, n) for name, n in found if n]
    if not pairs:
        return [_("Nobody here is of the same kind as the team.")]
    return [_("Meets its own kind again in %(pairs)s.") % {"pairs": listed(pairs)}]


def _pairs(name: str, n: int) -> str:
    return ngettext("%(n)s pair of the same %(what)s", "%(n)s pairs of the same %(what)s", n) % {
        "n": n,
        "what": Attribute(name).label,
    }


def said_next_best(placement: Placement, name_of: NameOf) -> str:
    """The best other place that keeps every rule, and what it would cost."""
    best = placement.next_best
    if best is None:
        return _("No other place keeps every rule.")
    place = best.group
    if best.exchanged is not None:
        place = _("%(group)s in exchange for %(team)s") % {
            "group": best.group,
            "team": name_of(best.exchanged),
        }
    if best.value >= 0:
        return _("%(place)s would be as good.") % {"place": capfirst(place)}
    return _("The next best place is %(place)s: %(cost)s.") % {
        "place": place,
        "cost": said_change(best),
    }


def said_change(best: NextBest) -> str:
    """What another place would cost: the pairs of the same kind that come, then those that go."""
    told = [more_pairs(name, n) for name, n in best.same.items() if n > 0]
    told += [more_pairs(name, n) for name, n in best.same.items() if n < 0]
    return listed(told) if told else _("fewer people would meet")


def more_pairs(name: str, n: int) -> str:
    """Pairs of the same kind more, or fewer."""
    more = ngettext(
        "%(n)s more pair of the same %(what)s", "%(n)s more pairs of the same %(what)s", abs(n)
    )
    fewer = ngettext(
        "%(n)s fewer pair of the same %(what)s", "%(n)s fewer pairs of the same %(what)s", abs(n)
    )
    return (more if n > 0 else fewer) % {"n": abs(n), "what": Attribute(name).label}


def listed(words: Iterable[str]) -> str:
    """Several in a row, with an "and" before the last."""
    *first, last = words
    if not first:
        return last
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}
