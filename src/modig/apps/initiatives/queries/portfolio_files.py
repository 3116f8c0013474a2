"""Initiatives as rows of a file that can be changed and read in again. The codes are the keys."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from modig.apps.direction.models import Goal
from modig.apps.initiatives.models import Initiative
from modig.apps.initiatives.queries.initiatives import initiatives
from modig.apps.people.models import Unit
from modig.apps.ui.exports import neutral

PARTED = " | "


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs, its word for people, and whether the file may change it."""

    name: str
    label: str | Promise
    may_change: bool = True


COLUMNS = (
    Column("code", _("code"), may_change=False),
    Column("title", _("what shall change")),
    Column("why", _("why")),
    Column("hypothesis", _("if we … then … because …")),
    Column("beneficiary", _("for whom")),
    Column("group_text", _("which of them")),
    Column("kind", _("sort of change")),
    Column("stage", _("stage")),
    Column("owner", _("owner's employee number")),
    Column("owner_name", pgettext_lazy("person", "owner"), may_change=False),
    Column("unit", _("unit's code")),
    Column("unit_name", _("unit"), may_change=False),
    Column("department", _("department or company"), may_change=False),
    Column("partner_units", _("units taking part, codes")),
    Column("goals", _("goals, codes")),
    Column("orientations", _("orientations")),
    Column("challenge", _("born out of")),
    Column("learning", _("what we learned")),
    Column("routine", _("where it lives on")),
    Column("made_on", _("entered"), may_change=False),
    Column("started_on", _("started"), may_change=False),
    Column("ended_on", pgettext_lazy("initiative", "ended"), may_change=False),
    Column("heard_on", _("heard of"), may_change=False),
    Column("version", _("version"), may_change=False),
)
TEXTS = ("title", "why", "hypothesis", "group_text", "challenge", "learning", "routine")
CHOICES = ("beneficiary", "kind", "stage")


def with_all(found: Q | None = None) -> QuerySet[Initiative]:
    """Initiatives with everything that a row tells."""
    goals = Prefetch("goals", queryset=Goal.objects.order_by("code"))
    units = Prefetch("partner_units", queryset=Unit.objects.order_by("code"))
    return initiatives().filter(found or Q()).prefetch_related(goals, units).order_by("code")


def rows_for_file(found: Q | None = None, *, in_words: bool = False) -> Iterator[list[str]]:
    """A row for each initiative that lives; choices as codes, or in the words of the language."""
    for one in with_all(found).filter(merged_into=None):
        cells = cells_of(one, in_words=in_words)
        yield [neutral(cells[column.name]) for column in COLUMNS]


def cells_of(one: Initiative, *, in_words: bool = False) -> dict[str, str]:
    """What each column says of an initiative."""
    return {
        "code": one.code,
        **{name: getattr(one, name) for name in TEXTS},
        **{name: _choice(one, name, in_words=in_words) for name in CHOICES},
        "owner": one.owner.number,
        "owner_name": str(one.owner),
        "unit": one.unit.code,
        "unit_name": str(one.unit),
        "department": str(one.unit.top or ""),
        "partner_units": PARTED.join(unit.code for unit in one.partner_units.all()),
        "goals": PARTED.join(goal.code for goal in one.goals.all()),
        "orientations": PARTED.join(sorted(one.orientations)),
        **{name: _day(one, name) for name in ("made_on", "started_on", "ended_on", "heard_on")},
        "version": str(one.version),
    }


def _choice(one: Initiative, name: str, *, in_words: bool) -> str:
    return str(getattr(one, f"get_{name}_display")() if in_words else getattr(one, name))


def _day(one: Initiative, name: str) -> str:
    day = getattr(one, name)
    return day.isoformat() if day else ""
