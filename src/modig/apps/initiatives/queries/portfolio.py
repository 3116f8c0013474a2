"""The portfolio: which initiatives fit, how many stand in each stage, and who works with whom."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, F, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.shortcuts import get_object_or_404

from modig.apps.accounts.models import User
from modig.apps.direction.models import Goal
from modig.apps.initiatives.models import (
    Beneficiary,
    Benefit,
    Cluster,
    Initiative,
    InitiativePerson,
    Kind,
    SavedView,
    Stage,
)
from modig.apps.initiatives.models.initiative import OPEN_STAGES
from modig.apps.initiatives.proof import proof_of
from modig.apps.initiatives.queries.benefits import Line, Value, values_of
from modig.apps.initiatives.queries.initiatives import initiatives
from modig.apps.people.models import Person, Unit
from modig.apps.people.queries.persons import matching

SILENT_WEEKS = 8
QUIET_WEEKS = 4
IN_A_COLUMN = 20
SORTS = {
    "heard": ("-heard_on", "code"),
    "silent": ("heard_on", "code"),
    "code": ("code",),
    "title": ("sorting", "code"),
    "department": ("unit__top__sorting", "sorting", "code"),
    "cluster": (F("cluster__name").asc(nulls_last=True), "cluster", "sorting", "code"),
}


@dataclass(frozen=True, slots=True)
class PortfolioFilter:
    """What the portfolio is asked for; empty means all."""

    text: str = ""
    stage: str = ""
    department: Unit | None = None
    joint_with: Unit | None = None
    kind: str = ""
    goal: Goal | None = None
    beneficiary: str = ""
    is_joint: bool = False
    silent: int = 0
    mine: Person | None = None
    entered_by: int = 0
    cluster: Cluster | None = None
    in_no_cluster: bool = False
    silent_below: int = 0
    without_goal: bool = False


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many initiatives stand in a stage, and how long its bar is of a hundred."""

    stage: Stage
    n: int
    length: int

    @property
    def label(self) -> str:
        return str(self.stage.label)


@dataclass(frozen=True, slots=True)
class Row:
    """An initiative of the list: how long it has been silent, and what it has given."""

    initiative: Initiative
    days: int
    result: Line | None

    @property
    def weeks(self) -> int:
        return self.days // 7

    @property
    def state(self) -> str:
        """Only what lives can be silent."""
        if not self.initiative.is_open or self.weeks < QUIET_WEEKS:
            return ""
        return "bad" if self.weeks >= SILENT_WEEKS else "warn"


@dataclass(frozen=True, slots=True)
class Column:
    """A stage of the board: the first of its initiatives, and how many there are."""

    stage: Stage
    n: int
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many initiatives two departments have together; ``step`` is the strength of the colour."""

    one: Unit
    other: Unit
    n: int
    step: int


def without_stage(wanted: PortfolioFilter) -> PortfolioFilter:
    """The same question of every stage: the funnel shows what each would hold."""
    return replace(wanted, stage="")


def fits(wanted: PortfolioFilter, seen: Q, today: date) -> Q:
    """What every initiative of the list meets; whoever lives on in another is never there."""
    return Q(
        _is_such(wanted),
        _is_where(wanted),
        _is_so_lately(wanted, today),
        Q(seen, merged_into=None),
    )


def _is_such(wanted: PortfolioFilter) -> Q:
    """What it is about: words, stage, sort of change, for whom, which goal."""
    found = _says(wanted.text)
    if wanted.stage in Stage.values:
        found &= Q(stage=wanted.stage)
    if wanted.kind in Kind.values:
        found &= Q(kind=wanted.kind)
    if wanted.beneficiary in Beneficiary.values:
        found &= Q(beneficiary=wanted.beneficiary)
    if wanted.cluster is not None:
        found &= Q(cluster=wanted.cluster)
    if wanted.in_no_cluster:
        found &= Q(cluster=None)
    if wanted.goal is not None:
        links = Initiative.goals.through.objects.filter(goal=wanted.goal)
        found &= Q(pk__in=links.values("initiative"))
    if wanted.without_goal:
        found &= ~Q(pk__in=Initiative.goals.through.objects.values("initiative"))
    return found


def _is_where(wanted: PortfolioFilter) -> Q:
    """Whose it is: department, together with whom, or the person's own."""
    found = Q()
    if wanted.department is not None:
        found &= _of_department(wanted.department, wanted.joint_with)
    elif wanted.joint_with is not None:
        found &= Q(pk__in=_with_partner(wanted.joint_with))
    if wanted.is_joint:
        found &= Q(pk__in=Initiative.partner_units.through.objects.values("initiative"))
    if wanted.mine is not None:
        found &= _of_person(wanted.mine)
    return found


def _is_so_lately(wanted: PortfolioFilter, today: date) -> Q:
    found = Q()
    if wanted.silent:
        found &= _silent_since(today - timedelta(weeks=wanted.silent))
    if wanted.silent_below:
        found &= Q(heard_on__gt=today - timedelta(weeks=wanted.silent_below), stage__in=OPEN_STAGES)
    if wanted.entered_by:
        found &= Q(made_on__year__lte=wanted.entered_by)
    return found


def _says(text: str) -> Q:
    """Every word stands in the title, the code or the group, or names the owner or the unit."""
    found = Q()
    for word in text.split():
        found &= (
            matching("folded", word)
            | matching("owner__folded", word)
            | matching("unit__folded", word)
        )
    return found


def _of_department(one: Unit, other: Unit | None) -> Q:
    """In the department; with a second one, in either of them and shared with the other."""
    if other is None:
        return Q(unit__path__startswith=one.path)
    return Q(unit__path__startswith=one.path, pk__in=_with_partner(other)) | Q(
        unit__path__startswith=other.path, pk__in=_with_partner(one)
    )


def _with_partner(department: Unit) -> QuerySet[Initiative, int]:
    partners = Initiative.objects.filter(partner_units__path__startswith=department.path)
    return partners.values_list("pk", flat=True)


def _silent_since(day: date) -> Q:
    return Q(heard_on__lte=day, stage__in=OPEN_STAGES)


def _of_person(person: Person) -> Q:
    part = InitiativePerson.Part.MEMBER
    joined = InitiativePerson.objects.filter(person=person, part=part).values("initiative")
    return Q(owner=person) | Q(pk__in=joined)


def listed(found: Q, sort: str = "heard") -> QuerySet[Initiative]:
    """The initiatives that fit, in order, with what a line says of them."""
    order = SORTS.get(sort, SORTS["heard"])
    return initiatives().filter(found).order_by(*order)


def funnel(found: Q) -> list[StageCount]:
    """How many stand in each stage, of those that fit."""
    told = Initiative.objects.filter(found).order_by().values_list("stage").annotate(n=Count("pk"))
    counts = {Stage(stage): n for stage, n in told}
    most = max(counts.values(), default=0)
    return [
        StageCount(stage, n := counts.get(stage, 0), round(100 * n / most) if most else 0)
        for stage in Stage
    ]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sentence under the title says of all that one may see."""

    joint: int
    measured: int
    silent: int


def facts(found: Q, today: date) -> Facts:
    rows = Initiative.objects.filter(found)
    joint = Initiative.partner_units.through.objects.values("initiative")
    measured = Benefit.objects.filter(readings__isnull=False).values("initiative")
    told = rows.aggregate(
        joint=Count("pk", filter=Q(pk__in=joint)),
        measured=Count("pk", filter=Q(pk__in=measured)),
        silent=Count("pk", filter=_silent_since(today - timedelta(weeks=SILENT_WEEKS))),
    )
    return Facts(**told)


def rows_of(page: Sequence[Initiative], today: date) -> list[Row]:
    """The lines of a page; two questions to the database for what they have given."""
    results = _results_of([one.pk for one in page])
    return [Row(one, (today - one.heard_on).days, results.get(one.pk)) for one in page]


def _results_of(keys: Sequence[int]) -> dict[int, Line]:
    """The benefit of each initiative that has been read most."""
    rows = list(Benefit.objects.filter(initiative__in=keys).order_by("pk"))
    values = values_of(rows)
    best: dict[int, tuple[int, Benefit, list[Value]]] = {}
    for one in rows:
        read = values[one.pk]
        if read and len(read) > best.get(one.initiative_id, (0,))[0]:
            best[one.initiative_id] = (len(read), one, read)
    return {key: Line(one, proof_of(one, read), read[-1]) for key, (_, one, read) in best.items()}


def board(found: Q, today: date) -> list[Column]:
    """Each stage with those heard of last."""
    numbered = initiatives().filter(found).annotate(
        place=Window(
            RowNumber(), partition_by=[F("stage")], order_by=[F("heard_on").desc(), F("code")]
        )
    )  # fmt: skip
    first = list(numbered.filter(place__lte=IN_A_COLUMN).order_by("place"))
    by_stage: Mapping[str, list[Row]] = defaultdict(list)
    for row in rows_of(first, today):
        by_stage[row.initiative.stage].append(row)
    return [Column(one.stage, one.n, by_stage[one.stage]) for one in funnel(found)]


# ---- who works with whom ------------------------------------------------------------------------

STEPS = 7


def matrix(found: Q) -> tuple[list[Unit], list[list[Cell]], int]:
    """The departments that share initiatives, how many each two share, and how many there are."""
    told = (
        Initiative.partner_units.through.objects.filter(
            initiative__in=Initiative.objects.filter(found).values("pk")
        )
        .values_list("initiative", "initiative__unit__top", "unit__top")
        .distinct()
    )
    shared: dict[frozenset[int], set[int]] = defaultdict(set)
    together: set[int] = set()
    for initiative, own, other in told:
        if own is not None and other is not None:
            shared[frozenset((own, other))].add(initiative)
        together.add(initiative)
    keys = {key for pair in shared for key in pair}
    units = list(
        Unit.objects.filter(pk__in=keys).select_related("legal_entity").order_by("sorting", "pk")
    )
    most = max((len(rows) for rows in shared.values()), default=1)
    table = [
        [_cell(one, other, len(shared[frozenset((one.pk, other.pk))]), most) for other in units]
        for one in units
    ]
    return units, table, len(together)


def _cell(one: Unit, other: Unit, n: int, most: int) -> Cell:
    return Cell(one, other, n, 1 + round((STEPS - 1) * n / most) if n else 0)


def years_of(seen: Q) -> list[int]:
    """The years in which initiatives were entered."""
    days = Initiative.objects.filter(seen, merged_into=None).dates("made_on", "year")
    return [day.year for day in days]


# ---- saved views --------------------------------------------------------------------------------


def views_of(user: User) -> list[SavedView]:
    """One's own views and those for everybody, by name."""
    found = SavedView.objects.filter(Q(user=user) | Q(is_shared=True)).select_related("user")
    return list(found.order_by("name", "pk"))


def find_view(view_id: int) -> SavedView:
    return get_object_or_404(SavedView.objects, pk=view_id)


# ---- many at a time -----------------------------------------------------------------------------


def chosen_initiatives(keys: Sequence[int]) -> list[Initiative]:
    """These initiatives, with what a change of many asks of them."""
    goals = Prefetch("goals", queryset=Goal.objects.order_by("code"))
    units = Prefetch("partner_units", queryset=Unit.objects.order_by("path"))
    found = initiatives().filter(pk__in=keys, merged_into=None)
    return list(found.prefetch_related(goals, units).order_by("code"))
