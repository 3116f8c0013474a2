"""Initiatives about the same thing as a text or another initiative."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

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


_finders: dict[int, tuple[object, Finder]] = {}


def similar_to_text(  # noqa: PLR0913 -- all but the text are by name
    text: str,
    *,
    kind: str = "",
    group: str = "",
    goals: Iterable[int] = (),
    limit: int = 5,
    without: Collection[int] = (),
) -> list[Similar]:
    """Initiatives about the same thing as ``text``, best first."""
    question = Text("", [(TITLE, text)], frozenset(map(str, goals)), kind, group)
    return _found(question, limit, without)


def similar_to(initiative: Initiative, *, limit: int = 5) -> list[Similar]:
    """Initiatives about the same thing as this one, best first."""
    finder = _finder()
    place = finder.place_of.get(str(initiative.pk))
    if place is None:
        return []
    return _found(finder.texts[place], limit, [initiative.pk])


def _found(question: Text, limit: int, without: Collection[int]) -> list[Similar]:
    answers = _finder().similar(question, limit=limit, without=[str(pk) for pk in without])
    rows = Initiative.objects.select_related("owner", "unit__top__legal_entity").in_bulk(
        [int(one.key) for one in answers]
    )
    return [Similar(rows[int(one.key)], one) for one in answers if int(one.key) in rows]


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
