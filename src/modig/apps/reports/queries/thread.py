"""The red thread: from the vision to who gains, counted by goal or told initiative by initiative.

Everything is asked for a whole organisation at a time, in as many questions whatever its size, and
put together here: 4,000 initiatives are a few thousand pairs of numbers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from modig.apps.accounts.models import User
from modig.apps.direction.models import Agreement, Assignment, FocusArea, Goal, Vision
from modig.apps.initiatives.models import Beneficiary, Benefit, Initiative
from modig.apps.initiatives.permissions import initiatives_seen_by
from modig.apps.initiatives.proof import Proof
from modig.apps.initiatives.queries.benefits import Claim, claims_of, proofs_of
from modig.apps.initiatives.queries.initiatives import by_number
from modig.apps.people.models import Unit

INITIATIVES_SHOWN = 12
NONE = "none"


@dataclass(frozen=True, slots=True)
class ThreadFilter:
    """What of the thread is asked for. ``goal`` without a row means: those that serve no goal."""

    unit: Unit | None = None
    from_on: date | None = None
    to_on: date | None = None
    area: FocusArea | None = None
    goal: Goal | None = None
    is_loose: bool = False
    initiative: Initiative | None = None

    @property
    def is_goal(self) -> bool:
        """Whether single initiatives are shown, and not only how many."""
        return self.goal is not None or self.is_loose


@dataclass(slots=True)
class Bundle:
    """What hangs on a goal, counted. Without a goal: what hangs loose."""

    goal: Goal | None
    assignments: int = 0
    agreements: int = 0
    initiatives: set[int] = field(default_factory=set)
    measured: set[int] = field(default_factory=set)
    benefits: int = 0
    unread: int = 0
    proven: set[int] = field(default_factory=set)
    gainers: Counter[str] = field(default_factory=Counter)

    @property
    def shown(self) -> int:
        """How many benefits are better beyond chance."""
        return len(self.proven)

    @property
    def n(self) -> int:
        return len(self.initiatives)

    @property
    def n_measured(self) -> int:
        return len(self.measured)

    @property
    def n_unmeasured(self) -> int:
        return self.n - self.n_measured

    @property
    def is_gap(self) -> bool:
        """A goal without an initiative, or initiatives without a goal."""
        return self.goal is None or not self.initiatives


@dataclass(slots=True)
class Single:
    """One initiative of the thread with its benefits, each with how sure it is."""

    initiative: Initiative
    benefits: list[tuple[Benefit, Proof]]

    @property
    def is_measured(self) -> bool:
        return any(proof.code != "unread" for _benefit, proof in self.benefits)


@dataclass(frozen=True, slots=True)
class AreaRows:
    """A focus area with its goals."""

    area: FocusArea
    bundles: Sequence[Bundle]

    @property
    def keys(self) -> set[int]:
        return set().union(*(one.initiatives for one in self.bundles))

    @property
    def initiatives(self) -> int:
        """How many initiatives serve its goals, each counted once."""
        return len(self.keys)

    @property
    def measured(self) -> int:
        return len(set().union(*(one.measured for one in self.bundles)))

    @property
    def shown(self) -> int:
        """How many benefits are better beyond chance."""
        return len(set().union(*(one.proven for one in self.bundles)))


@dataclass(frozen=True, slots=True)
class Gaps:
    """Where the chain breaks."""

    goals: Sequence[Goal]
    loose: int
    loose_after_withdrawal: int
    without_benefit: int
    unread: int
    past_target: int

    @property
    def is_whole(self) -> bool:
        return not (self.goals or self.loose or self.without_benefit or self.unread)


@dataclass(frozen=True, slots=True)
class Thread:
    """The whole thread as it is asked for."""

    vision: Vision | None
    areas: Sequence[AreaRows]
    loose: Bundle | None
    gainer: dict[int, str]
    initiatives: int
    measured: int
    shown: int
    gaps: Gaps
    wanted: ThreadFilter
    singles: Sequence[Single] = ()
    singles_of: int = 0

    @property
    def gainers(self) -> Counter[str]:
        """How many initiatives are for whom, each counted once."""
        return Counter(self.gainer.values())

    @property
    def bundles(self) -> list[Bundle]:
        rows = [bundle for area in self.areas for bundle in area.bundles]
        return [*rows, self.loose] if self.loose else rows

    @property
    def area_followed(self) -> AreaRows | None:
        """The focus area that is followed, when no goal of it is."""
        area = self.wanted.area
        if area is None or self.wanted.is_goal:
            return None
        return next((one for one in self.areas if one.area.pk == area.pk), None)

    @property
    def followed(self) -> Bundle | None:
        """The bundle of the goal that is followed."""
        if self.wanted.is_loose:
            return self.loose
        key = self.wanted.goal.pk if self.wanted.goal else None
        return next((one for one in self.bundles if one.goal and one.goal.pk == key), None)


def thread(wanted: ThreadFilter, user: User, today: date) -> Thread:
    """The thread for ``user``; initiatives that she may not see are not counted."""
    on = wanted.to_on or today
    vision = (
        Vision.objects.filter(from_on__lte=on)
        .filter(Q(to_on=None) | Q(to_on__gte=on))
        .order_by("-from_on")
        .first()
    )
    goals = list(Goal.objects.select_related("focus_area"))
    holding = [one for one in goals if _holds(one, wanted, today)]
    found = _Counted(wanted, user, roots_of(goals, holding))
    top = sorted((one for one in holding if one.parent_id is None), key=lambda g: by_number(g.code))
    bundles = {one.pk: found.bundle(one) for one in top}
    loose = found.loose()
    areas = FocusArea.objects.filter(withdrawn_on=None)
    if vision is not None:
        areas = areas.filter(vision=vision)
    rows = [_area_rows(area, top, bundles) for area in areas.order_by("number")]
    singles, of = _singles(wanted, found)
    return Thread(
        vision=vision,
        areas=rows,
        loose=loose if loose.n else None,
        gainer=found.gainer,
        initiatives=len(found.gainer),
        measured=len(found.measured),
        shown=len(found.shown),
        gaps=Gaps(
            goals=[one for one in top if not bundles[one.pk].n],
            loose=loose.n,
            loose_after_withdrawal=len(loose.initiatives & found.had_goals),
            without_benefit=len(found.gainer.keys() - found.claimed),
            unread=len(found.unread),
            past_target=len(found.past_target(today)),
        ),
        wanted=wanted,
        singles=singles,
        singles_of=of,
    )


def _area_rows(area: FocusArea, goals: Sequence[Goal], bundles: dict[int, Bundle]) -> AreaRows:
    own = [bundles[goal.pk] for goal in goals if goal.focus_area_id == area.pk]
    return AreaRows(area, own)


def _holds(goal: Goal, wanted: ThreadFilter, today: date) -> bool:
    """Whether the goal holds at some time of the period; today where none is named."""
    first, last = wanted.from_on or wanted.to_on or today, wanted.to_on or today
    ends = [day for day in (goal.to_on, goal.withdrawn_on) if day]
    if goal.withdrawn_on and goal.withdrawn_on <= first:
        return False
    return goal.from_on <= max(first, last) and all(day >= first for day in ends)


def roots_of(goals: Sequence[Goal], holding: Iterable[Goal]) -> dict[int, int]:
    """Which goal of the whole each goal that holds lies under, itself if it is one."""
    parent = {one.pk: one.parent_id for one in goals}
    valid = {one.pk for one in holding}
    roots: dict[int, int] = {}
    for key in valid:
        at: int | None = key
        seen: set[int] = set()
        while at is not None and at not in seen and parent.get(at) is not None:
            seen.add(at)
            at = parent[at]
        if at in valid:
            roots[key] = at
    return roots


class _Counted:
    """The pairs of numbers that the thread is counted from."""

    def __init__(self, wanted: ThreadFilter, user: User, roots: dict[int, int]) -> None:
        self.roots = roots
        self.rows = initiatives_in(wanted, user)
        self.gainer = dict(self.rows.values_list("pk", "beneficiary"))
        self._take_goals()
        self._take_benefits()
        self.assignments = _by_root(_assignment_pairs(wanted), roots)
        self.agreements = _by_root(_agreement_pairs(wanted), roots)

    def _take_goals(self) -> None:
        through = Initiative.goals.through.objects
        pairs = through.filter(initiative__in=self.rows.values("pk"))
        self.on_goal: dict[int, set[int]] = defaultdict(set)
        self.had_goals: set[int] = set()
        for initiative, goal in pairs.values_list("initiative_id", "goal_id"):
            self.had_goals.add(initiative)
            if goal in self.roots:
                self.on_goal[self.roots[goal]].add(initiative)
        self.held = set().union(*self.on_goal.values())

    def _take_benefits(self) -> None:
        bare = claims_of(Benefit.objects.filter(initiative__in=self.rows.values("pk")))
        proofs = proofs_of(bare)
        self.claims: dict[int, list[Claim]] = defaultdict(list)
        for one in bare:
            self.claims[one.initiative_id].append(one)
        self.claimed = self.claims.keys()
        self.unread = {one.pk for one in bare if proofs[one.pk].code == "unread"}
        self.proven = {one.pk for one in bare if proofs[one.pk].code == "shown"}
        self.measured = {one.initiative_id for one in bare if one.pk not in self.unread}
        self.shown = {one.initiative_id for one in bare if one.pk in self.proven}
        self.bare = bare

    def past_target(self, today: date) -> list[Claim]:
        """Benefits that nobody has read although the day of their target has passed."""
        return [
            one
            for one in self.bare
            if one.pk in self.unread and one.target_on and one.target_on < today
        ]

    def bundle(self, goal: Goal) -> Bundle:
        made = self._bundle(goal, self.on_goal.get(goal.pk, set()))
        made.assignments = len(self.assignments.get(goal.pk, ()))
        made.agreements = len(self.agreements.get(goal.pk, ()))
        return made

    def loose(self) -> Bundle:
        """What serves no goal that holds."""
        return self._bundle(None, self.gainer.keys() - self.held)

    def _bundle(self, goal: Goal | None, own: Iterable[int]) -> Bundle:
        made = Bundle(goal, initiatives=set(own))
        made.measured = made.initiatives & self.measured
        for key in made.initiatives:
            made.gainers[self.gainer[key]] += 1
            for benefit in self.claims.get(key, ()):
                made.benefits += 1
                made.unread += benefit.pk in self.unread
                if benefit.pk in self.proven:
                    made.proven.add(benefit.pk)
        return made


def initiatives_in(wanted: ThreadFilter, user: User) -> QuerySet[Initiative]:
    """The initiatives of a unit and a period that ``user`` sees and that live as themselves."""
    fits = Q(initiatives_seen_by(user), merged_into=None)
    if wanted.unit is not None:
        path = wanted.unit.path
        joining = Initiative.partner_units.through.objects.filter(
            initiative_id=OuterRef("pk"), unit__path__startswith=path
        )
        fits &= Q(unit__path__startswith=path) | Q(Exists(joining))
    if wanted.to_on is not None:
        fits &= Q(made_on__lte=wanted.to_on)
    if wanted.from_on is not None:
        fits &= Q(ended_on=None) | Q(ended_on__gte=wanted.from_on)
    return Initiative.objects.filter(fits)


def _assignment_pairs(wanted: ThreadFilter) -> list[tuple[int, int]]:
    found = Assignment.objects.filter(goals__isnull=False)
    if wanted.unit is not None:
        found = found.filter(unit__path__startswith=wanted.unit.path)
    if wanted.to_on is not None:
        found = found.filter(from_on__lte=wanted.to_on)
    if wanted.from_on is not None:
        found = found.filter(Q(to_on=None) | Q(to_on__gte=wanted.from_on))
    return list(found.values_list("pk", "goals").order_by())


def _agreement_pairs(wanted: ThreadFilter) -> list[tuple[int, int]]:
    found = Agreement.objects.filter(assignment__goals__isnull=False)
    if wanted.unit is not None:
        path = wanted.unit.path
        found = found.filter(
            Q(first_unit__path__startswith=path)
            | Q(second_unit__path__startswith=path)
            | Q(assignment__unit__path__startswith=path)
        )
    if wanted.from_on is not None:
        found = found.filter(Q(ended_on=None) | Q(ended_on__gte=wanted.from_on))
    else:
        found = found.filter(ended_on=None)
    return list(found.values_list("pk", "assignment__goals").order_by())


def _by_root(pairs: Iterable[tuple[int, int]], roots: dict[int, int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for key, goal in pairs:
        if goal in roots:
            found[roots[goal]].add(key)
    return found


# ---- drilled down --------------------------------------------------------------------------------


def _singles(wanted: ThreadFilter, found: _Counted) -> tuple[list[Single], int]:
    """The first initiatives of the goal: those with most to show, then the freshest news."""
    if not wanted.is_goal:
        return [], 0
    own = _on(wanted.goal, found) if wanted.goal else found.gainer.keys() - found.held
    chosen = wanted.initiative.pk if wanted.initiative else None
    news = dict(found.rows.filter(pk__in=own).values_list("pk", "heard_on"))

    def rank(key: int) -> tuple[bool, bool, bool, int]:
        return (key != chosen, key not in found.shown, key not in found.measured,
                -news[key].toordinal())  # fmt: skip

    first = sorted(news, key=rank)[:INITIATIVES_SHOWN]
    rows = {
        one.pk: one
        for one in Initiative.objects.filter(pk__in=first).select_related(
            "unit__top__legal_entity", "owner"
        )
    }
    benefits = list(Benefit.objects.filter(initiative__in=first).order_by("pk"))
    proofs = proofs_of(benefits)
    singles = [
        Single(
            rows[key],
            [(one, proofs[one.pk]) for one in benefits if one.initiative_id == key],
        )
        for key in first
    ]
    return singles, len(news)


def _on(goal: Goal, found: _Counted) -> set[int]:
    """The initiatives on a goal and on those below it."""
    if goal.parent_id is None:
        return found.on_goal.get(goal.pk, set())
    below = {goal.pk}
    children = defaultdict(list)
    for key, parent in Goal.objects.exclude(parent=None).values_list("pk", "parent"):
        children[parent].append(key)
    waiting = [goal.pk]
    while waiting:
        for key in children[waiting.pop()]:
            if key not in below:
                below.add(key)
                waiting.append(key)
    pairs = Initiative.goals.through.objects.filter(
        goal__in=below, initiative__in=found.rows.values("pk")
    )
    return set(pairs.values_list("initiative_id", flat=True))


# ---- what the address asks for -------------------------------------------------------------------


def find_area(text: str) -> FocusArea | None:
    if not text:
        return None
    found = FocusArea.objects.filter(pk=int(text)).first() if text.isdecimal() else None
    if found is None:
        raise Http404
    return found


def find_goal(text: str) -> Goal | None:
    if not text or text == NONE:
        return None
    found = (
        Goal.objects.select_related("focus_area", "parent").filter(pk=int(text)).first()
        if text.isdecimal()
        else None
    )
    if found is None:
        raise Http404
    return found


def find_seen_initiative(text: str, user: User) -> Initiative | None:
    if not text:
        return None
    seen = Initiative.objects.filter(initiatives_seen_by(user), merged_into=None)
    found = seen.filter(pk=int(text)).first() if text.isdecimal() else None
    if found is None:
        raise Http404
    return found


def goal_followed(initiative: Initiative) -> Goal | None:
    """The goal under which an initiative is shown: the first that holds."""
    goals = initiative.goals.filter(withdrawn_on=None).select_related("focus_area", "parent")
    return min(goals, key=lambda goal: by_number(goal.code), default=None)


def units() -> list[Unit]:
    return list(Unit.objects.filter(parent=None, closed_on=None))


def gainer_names() -> dict[str, str]:
    return {one.value: str(one.label) for one in Beneficiary}
