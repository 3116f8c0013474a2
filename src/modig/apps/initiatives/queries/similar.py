"""Initiatives about the same thing as a text or another initiative."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from modig.apps.direction.models import Goal
from modig.apps.initiatives.models import Initiative, Synonym
from modig.apps.initiatives.similarity import Finder, Found, Synonyms, Text
from modig.apps.initiatives.synonyms import STARTING_SYNONYMS
from modig.apps.tenancy.scope import current_organisation

TITLE, GROUP, BODY, LEARNING = 3.0, 1.5, 1.0, 0.5
COLUMNS = (
    "pk", "version", "title", "why", "hypothesis", "learning", "group_text", "beneficiary", "kind",
    "unit__level", "unit__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Similar:
    """A similar initiative, and why it is that."""

    initiative: Initiative
    found: Found
    goals: tuple[Goal, ...] = ()

    @property
    def reasons(self) -> list[str]:
        """Why, in a few words each: shared goals, sort, group and kind of unit, shared words."""
        named = [_("same goal, %(code)s") % {"code": goal.code} for goal in self.goals]
        shared = [str(REASONS[name]) for name in self.found.same]
        words = [_("“%(word)s”") % {"word": word} for word in self.found.words]
        return [*named, *shared, *words]


REASONS = {
    "kind": gettext_lazy("same sort of change"),
    "group": gettext_lazy("same group"),
    "place": gettext_lazy("same kind of unit"),
}


_finders: dict[int, tuple[object, Finder]] = {}


def similar_to_text(  # noqa: PLR0913 -- all but the text are by name
    text: str,
    *,
    kind: str = "",
    group: str = "",
    goals: Iterable[int] = (),
    limit: int = 5,
    without: Collection[int] = (),
    seen: Q = Q(),
) -> list[Similar]:
    """Initiatives about the same thing as ``text``, best first; only those that ``seen`` allows."""
    question = Text("", [(TITLE, text)], frozenset(map(str, goals)), kind, group)
    return _found(question, limit, without, seen)


def similar_to(initiative: Initiative, *, limit: int = 5, seen: Q = Q()) -> list[Similar]:
    """Initiatives about the same thing as this one, best first; only those that ``seen`` allows."""
    finder = _finder()
    place = finder.place_of.get(str(initiative.pk))
    if place is None:
        return []
    return _found(finder.texts[place], limit, [initiative.pk], seen)


def _found(question: Text, limit: int, without: Collection[int], seen: Q) -> list[Similar]:
    hidden = {str(pk) for pk in without} | _hidden(seen)
    answers = _finder().similar(question, limit=limit, without=hidden)
    found = Initiative.objects.select_related("owner", "unit__top__legal_entity")
    rows = found.in_bulk([int(one.key) for one in answers])
    goals = Goal.objects.in_bulk({int(key) for one in answers for key in one.goals})
    return [
        Similar(rows[int(one.key)], one, tuple(goals[int(key)] for key in one.goals))
        for one in answers
        if int(one.key) in rows
    ]


def _hidden(seen: Q) -> set[str]:
    """The keys of what may not be seen; nobody asks for them where everything may."""
    if not seen:
        return set()
    may = set(Initiative.objects.filter(seen).values_list("pk", flat=True))
    return {str(pk) for pk in Initiative.objects.values_list("pk", flat=True) if pk not in may}


def _finder() -> Finder:
    """The organisation's index of this process, brought up to date if anything has changed."""
    rows = list(Initiative.objects.filter(merged_into=None).order_by().values_list("pk", "version"))
    groups = list(Synonym.objects.order_by("pk").values_list("words", flat=True))
    stamp: object = (tuple(rows), tuple(groups))
    organisation = current_organisation().pk
    known = _finders.get(organisation)
    if known is not None and known[0] == stamp:
        return known[1]
    is_same_language = known is not None and known[0][1] == stamp[1]  # type: ignore[index]
    finder = known[1] if known and is_same_language else Finder(Synonyms(_groups(groups)))
    finder.read({str(row["pk"]): (row["version"], _text(row)) for row in _rows()})
    _finders[organisation] = stamp, finder
    return finder


def _groups(own: Iterable[str]) -> list[list[str]]:
    return [words.split("|") for words in (*STARTING_SYNONYMS, *own)]


def _rows() -> Iterable[dict[str, Any]]:
    goals: dict[int, set[str]] = {}
    through = Initiative.goals.through.objects.filter(
        initiative__organisation=current_organisation()
    )
    for initiative, goal in through.values_list("initiative_id", "goal_id"):
        goals.setdefault(initiative, set()).add(str(goal))
    found = Initiative.objects.filter(merged_into=None).order_by("pk").values(*COLUMNS)
    for row in found:
        yield {**row, "goals": goals.get(row["pk"], set())}


def _text(row: dict[str, Any]) -> Text:
    return Text(
        key=str(row["pk"]),
        parts=[
            (TITLE, row["title"]),
            (GROUP, row["group_text"]),
            (BODY, row["why"]),
            (BODY, row["hypothesis"]),
            (LEARNING, row["learning"]),
        ],
        goals=frozenset(row["goals"]),
        kind=row["kind"],
        group=row["group_text"].casefold(),
        place=_place(row["unit__name"]),
    )


def _place(name: str) -> str:
    """The kind of unit that a unit's name begins with: Förskolan Lärkan is a förskola."""
    return name.split(" ", maxsplit=1)[0].casefold()
