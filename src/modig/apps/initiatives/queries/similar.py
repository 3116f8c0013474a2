"""Initiatives about the same thing as a text or another initiative."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from modig.apps.direction.models import Goal
from modig.apps.initiatives.models import Initiative, Synonym
from modig.apps.initiatives.similarity import FULL_WEIGHT, Finder, Found, Text
from modig.apps.initiatives.swedish import Synonyms
from modig.apps.initiatives.synonyms import STARTING_SYNONYMS
from modig.apps.tenancy.scope import current_organisation

TITLE, GROUP, BODY, UNIT, LEARNING = FULL_WEIGHT, 1.5, 1.0, 1.0, 0.5
COLUMNS = (
    "pk", "version", "title", "why", "hypothesis", "learning", "group_text", "kind", "unit__name",
)  # fmt: skip
MOST_ORGANISATIONS = 20
REASONS = {
    "kind": gettext_lazy("same sort of change"),
    "group": gettext_lazy("same group"),
    "place": gettext_lazy("same kind of unit"),
}
NOTHING_HIDDEN = Q()


@dataclass(frozen=True, slots=True)
class Similar:
    """A similar initiative, and why it is that."""

    initiative: Initiative
    found: Found
    goals: tuple[Goal, ...] = ()

    @property
    def is_telling(self) -> bool:
        """Whether there is more to say than that it is the same sort of change in such a unit."""
        return bool(self.found.words or self.goals or "group" in self.found.same)

    @property
    def reasons(self) -> list[str]:
        """Why, in a few words each: shared words, goals, sort of change, group and kind of unit."""
        words = [_("“%(word)s”") % {"word": word} for word in self.found.words]
        goals = [_("same goal, %(code)s") % {"code": goal.code} for goal in self.goals]
        return [*words, *goals, *(str(REASONS[name]) for name in self.found.same)]


def similar_to_text(  # noqa: PLR0913 -- all but the text are by name
    title: str,
    *,
    why: str = "",
    kind: str = "",
    group: str = "",
    goals: Iterable[int] = (),
    limit: int = 5,
    seen: Q = NOTHING_HIDDEN,
) -> list[Similar]:
    """Initiatives about the same thing as what is written, best first; a draft will do.

    Only those that ``seen`` allows are told.
    """
    parts = [(TITLE, title), (GROUP, group), (BODY, why)]
    question = Text("", parts, frozenset(map(str, goals)), kind, group.casefold())
    return _found(_finder(), question, limit, (), seen)


def similar_to(
    initiative: Initiative, *, limit: int = 5, seen: Q = NOTHING_HIDDEN
) -> list[Similar]:
    """Initiatives about the same thing as this one, best first; only those that ``seen`` allows."""
    finder = _finder()
    text = finder.text(str(initiative.pk))
    return _found(finder, text, limit, [str(initiative.pk)], seen) if text else []


def _found(
    finder: Finder, question: Text, limit: int, without: Collection[str], seen: Q
) -> list[Similar]:
    answers = finder.similar(question, limit=limit, without={*without, *_hidden(seen)})
    found = Initiative.objects.select_related("owner", "unit__top__legal_entity")
    rows = found.in_bulk([int(one.key) for one in answers])
    goals = Goal.objects.in_bulk({int(key) for one in answers for key in one.goals})
    return [
        Similar(
            rows[int(one.key)],
            one,
            tuple(goals[int(key)] for key in one.goals if int(key) in goals),
        )
        for one in answers
        if int(one.key) in rows
    ]


def _hidden(seen: Q) -> set[str]:
    """The keys of what may not be told; nobody asks for them where everything may."""
    if not seen:
        return set()
    every = Initiative.objects.order_by()
    may = set(every.filter(seen).values_list("pk", flat=True))
    return {str(pk) for pk in every.values_list("pk", flat=True) if pk not in may}


def texts_read() -> list[tuple[Text, Mapping[str, float]]]:
    """Every living initiative as the finder has read it, with its terms."""
    return _finder().terms()


def state_of_initiatives() -> str:
    """What changes whenever an initiative does: every save raises a version."""
    found = _living().aggregate(n=Count("pk"), last=Max("pk"), versions=Sum("version"))
    return f"{found['n']}-{found['last']}-{found['versions']}"


# ---- the index of this process -----------------------------------------------------------------


@dataclass(slots=True)
class _Kept:
    """An organisation's finder, and what it was brought up to date with."""

    finder: Finder
    words: tuple[str, ...]
    state: object = None


_kept: OrderedDict[int, _Kept] = OrderedDict()
_lock = Lock()


def forget_indexes() -> None:
    """Let every organisation's index be built anew."""
    with _lock:
        _kept.clear()


def _finder() -> Finder:
    """The organisation's index, brought up to date with what has changed since it was last asked."""
    words = tuple(Synonym.objects.order_by("pk").values_list("words", flat=True))
    state = _state()
    organisation = current_organisation().pk
    with _lock:
        known = _kept.get(organisation)
        if known is None or known.words != words:
            known = _Kept(Finder(Synonyms(_groups(words))), words)
        if known.state != state:
            _bring_up_to_date(known.finder)
            known.state = state
        _kept[organisation] = known
        _kept.move_to_end(organisation)
        while len(_kept) > MOST_ORGANISATIONS:
            _kept.popitem(last=False)
    return known.finder


def _living() -> Any:
    return Initiative.objects.filter(merged_into=None).order_by()


def _state() -> object:
    """What changes whenever an initiative does: every save raises a version."""
    found: object = _living().aggregate(
        n=Count("pk"), last=Max("pk"), versions=Sum("version"), text=Max("folded")
    )
    return found


def _bring_up_to_date(finder: Finder) -> None:
    known = finder.marks()
    now = {str(pk): version for pk, version in _living().values_list("pk", "version")}
    changed = [key for key, version in now.items() if known.get(key) != version]
    gone = known.keys() - now.keys()
    finder.read(_texts([int(key) for key in changed], is_all=not known), gone=gone)


def _groups(own: Iterable[str]) -> list[list[str]]:
    return [words.split("|") for words in (*STARTING_SYNONYMS, *own)]


def _texts(keys: Collection[int], *, is_all: bool) -> list[tuple[object, Text]]:
    """The texts of these initiatives, each with the mark that changes when it does."""
    found = _living().values(*COLUMNS)
    links = Initiative.goals.through.objects.filter(initiative__organisation=current_organisation())
    if not is_all:
        found, links = found.filter(pk__in=keys), links.filter(initiative__in=keys)
    goals: dict[int, set[str]] = {}
    for initiative, goal in links.values_list("initiative_id", "goal_id"):
        goals.setdefault(initiative, set()).add(str(goal))
    return [(row["version"], _text(row, goals.get(row["pk"], set()))) for row in found]


def _text(row: dict[str, Any], goals: set[str]) -> Text:
    return Text(
        key=str(row["pk"]),
        parts=[
            (TITLE, row["title"]),
            (GROUP, row["group_text"]),
            (BODY, row["why"]),
            (BODY, row["hypothesis"]),
            (UNIT, row["unit__name"]),
            (LEARNING, row["learning"]),
        ],
        goals=frozenset(goals),
        kind=row["kind"],
        group=row["group_text"].casefold(),
        place=_place(row["unit__name"]),
    )


def _place(name: str) -> str:
    """The kind of unit that a unit's name begins with: Förskolan Lärkan is a förskola."""
    return name.split(" ", maxsplit=1)[0].casefold()
