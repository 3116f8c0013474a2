"""The portfolio counted: by department, by goal, and by how long nothing has been heard."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, IntegerField, Q, Value, When

from modig.apps.direction.models import Goal
from modig.apps.initiatives.models import OPEN_STAGES, Benefit, Initiative, Stage
from modig.apps.initiatives.queries.initiatives import by_number
from modig.apps.initiatives.queries.portfolio import SILENT_WEEKS, Row, listed, rows_of
from modig.apps.people.models import Unit

STEPS = 7
SPANS = ((0, 4), (4, 8), (8, 12), (12, 26), (26, 0))
"""Weeks without a word, from and to; 0 is no end."""
LONGEST_SILENT = 20


@dataclass(frozen=True, slots=True)
class Share:
    """How many initiatives of a stage a cell counts; ``step`` is the strength of its colour."""

    key: str
    n: int
    step: int

    @property
    def label(self) -> str:
        return str(Stage(self.key).label)


@dataclass(frozen=True, slots=True)
class Part:
    """A department or a goal with its initiatives by stage, and what is known of them."""

    thing: Unit | Goal | None
    stages: Sequence[Share]
    n: int
    joint: int
    measured: int
    silent: int


def by_department(found: Q, today: date) -> list[Part]:
    """Each department and company with its initiatives; a joint one counts where it is led."""
    counts = _counts(Initiative.objects.filter(found), "unit__top", today)
    units = Unit.objects.filter(pk__in=[key for key in counts if key]).select_related(
        "legal_entity"
    )
    return _parts(units.order_by("sorting", "pk"), counts)


def by_goal(found: Q, today: date) -> list[Part]:
    """Each goal with the initiatives that serve it, and last those that serve none."""
    counts = _counts(Initiative.objects.filter(found), "goals", today)
    goals = Goal.objects.filter(pk__in=[key for key in counts if key]).select_related("focus_area")
    return _parts(sorted(goals, key=lambda goal: by_number(goal.code)), counts)


Counts = Mapping[int | None, Mapping[str, tuple[int, int, int, int]]]


def _counts(rows: object, key: str, today: date) -> Counts:
    joint = Initiative.partner_units.through.objects.values("initiative")
    measured = Benefit.objects.filter(readings__isnull=False).values("initiative")
    silent = Q(heard_on__lte=today - timedelta(weeks=SILENT_WEEKS), stage__in=OPEN_STAGES)
    told = (
        rows.order_by()  # type: ignore[attr-defined]
        .values_list(key, "stage")
        .annotate(
            n=Count("pk", distinct=True),
            joint=Count("pk", filter=Q(pk__in=joint), distinct=True),
            measured=Count("pk", filter=Q(pk__in=measured), distinct=True),
            silent=Count("pk", filter=silent, distinct=True),
        )
    )
    counts: dict[int | None, dict[str, tuple[int, int, int, int]]] = {}
    for thing, stage, *numbers in told:
        counts.setdefault(thing, {})[stage] = tuple(numbers)
    return counts


def _parts(things: Iterable[Unit | Goal], counts: Counts) -> list[Part]:
    most = max((one[0] for stages in counts.values() for one in stages.values()), default=1)
    parts = [_part(thing, counts[thing.pk], most) for thing in things]
    return [*parts, _part(None, counts[None], most)] if None in counts else parts


def _part(
    thing: Unit | Goal | None, stages: Mapping[str, tuple[int, int, int, int]], most: int
) -> Part:
    shares = [_share(stage.value, stages.get(stage, (0,))[0], most) for stage in Stage]
    n, joint, measured, silent = (sum(one) for one in zip(*stages.values(), strict=True))
    return Part(thing, shares, n, joint, measured, silent)


def _share(key: str, n: int, most: int) -> Share:
    return Share(key, n, 1 + round((STEPS - 1) * n / most) if n else 0)


# ---- nothing heard ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """Weeks without a word, from ``first`` to before ``end``; 0 is no end."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Silence:
    """A stage with how many of its initiatives have been silent for how long."""

    stage: Stage
    cells: Sequence[tuple[Span, Share]]
    n: int


def ageing(found: Q, today: date) -> list[Silence]:
    """Every open stage by weeks without a word."""
    whens = [
        When(heard_on__lte=today - timedelta(weeks=first), then=Value(place))
        for place, (first, _end) in reversed(list(enumerate(SPANS)))
    ]
    told = (
        Initiative.objects.filter(found, stage__in=OPEN_STAGES)
        .order_by()
        .annotate(span=Case(*whens, default=Value(0), output_field=IntegerField()))
        .values_list("stage", "span")
        .annotate(n=Count("pk"))
    )
    counts = {(stage, span): n for stage, span, n in told}
    most = max(counts.values(), default=1)
    return [_silence(stage, counts, most) for stage in OPEN_STAGES]


def _silence(stage: Stage, counts: Mapping[tuple[str, int], int], most: int) -> Silence:
    cells = [
        (Span(*span), _share(stage.value, counts.get((stage.value, place), 0), most))
        for place, span in enumerate(SPANS)
    ]
    return Silence(stage, cells, sum(share.n for _span, share in cells))


def longest_silent(found: Q, today: date) -> list[Row]:
    """Those of which nothing has been heard for longest, of those that live."""
    silent = Q(heard_on__lte=today - timedelta(weeks=SILENT_WEEKS), stage__in=OPEN_STAGES)
    return rows_of(list(listed(Q(found, silent), "silent")[:LONGEST_SILENT]), today)
