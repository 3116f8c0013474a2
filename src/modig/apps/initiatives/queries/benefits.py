"""The benefit register: which benefits fit, how sure each is, and how many are of each sort."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from modig.apps.direction.models import Goal
from modig.apps.initiatives.models import (
    Beneficiary,
    Benefit,
    Indicator,
    Initiative,
    Reading,
)
from modig.apps.initiatives.proof import WORDS, Proof, proof_from
from modig.apps.initiatives.queries.initiatives import by_number, find_initiative
from modig.apps.people.folding import fold
from modig.apps.people.models import Unit

REALISED: dict[str, bool | None] = {"yes": True, "no": False, "unjudged": None}
ARROW = re.compile(r"\s*(?:→|->|\n)\s*")


@dataclass(frozen=True, slots=True)
class Value:
    """A reading without its row: what the proof looks at."""

    on: date
    value: float
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """A benefit without its row: what is counted, and what the proof looks at."""

    pk: int
    initiative_id: int
    changed_on: date | None
    baseline: float | None
    better: str
    aggregation: str
    target_on: date | None


@dataclass(frozen=True, slots=True)
class BenefitFilter:
    """What the register is asked for; empty means all."""

    text: str = ""
    beneficiary: str = ""
    goal: Goal | None = None
    department: Unit | None = None
    proof: str = ""
    realised: str = ""
    initiative: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A benefit of the register, and how sure it is."""

    benefit: Benefit
    proof: Proof
    latest: Value | None

    @property
    def change(self) -> float | None:
        return self.proof.change.difference if self.proof.change else None


@dataclass(frozen=True)
class Register:
    """The benefits that fit, in order, with the proof of every one."""

    keys: Sequence[int]
    proofs: dict[int, Proof]

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(self.proofs[key].code for key in self.keys)

    @property
    def shown(self) -> int:
        return self.counts["shown"]

    @property
    def worse(self) -> int:
        return self.counts["worse"]

    @property
    def leaning(self) -> int:
        return self.counts["leaning"]

    @property
    def undecided(self) -> int:
        """Read, but nothing can be told: no change seen, or too few readings."""
        return self.counts["none"] + self.counts["few"]

    @property
    def unread(self) -> int:
        return self.counts["unread"]

    def lines(self, keys: Sequence[int]) -> list[Line]:
        """The benefits of a page, whole, in the order of ``keys``."""
        rows = {one.pk: one for one in benefits().filter(pk__in=keys)}
        latest = latest_of(keys)
        return [Line(rows[key], self.proofs[key], latest.get(key)) for key in keys if key in rows]


def benefits() -> QuerySet[Benefit]:
    """Benefits with what a list says of them: initiative, unit and department, goal, owner."""
    return Benefit.objects.select_related(
        "initiative__owner", "initiative__unit__top__legal_entity", "goal", "owner", "national"
    )


def find_benefit(benefit_id: int) -> Benefit:
    return get_object_or_404(benefits().select_related("goal__focus_area"), pk=benefit_id)


def find_reading(reading_id: int) -> Reading:
    found = Reading.objects.select_related("benefit__initiative__owner", "benefit__owner")
    return get_object_or_404(found, pk=reading_id)


def new_benefit(initiative_id: int) -> Benefit:
    """A benefit of the initiative that is not written yet."""
    initiative = find_initiative(initiative_id)
    return Benefit(
        organisation=initiative.organisation,
        initiative=initiative,
        beneficiary=initiative.beneficiary,
        group_text=initiative.group_text,
        owner=initiative.owner,
        changed_on=initiative.started_on,
    )


def register(wanted: BenefitFilter, seen: Q) -> Register:
    """As many questions to the database however many benefits there are."""
    found = Benefit.objects.filter(pk__in=Benefit.objects.filter(_fits(wanted, seen)).values("pk"))
    claims = claims_of(found.order_by("initiative__code", "pk"))
    proofs = proofs_of(claims)
    keys = [one.pk for one in claims if not wanted.proof or proofs[one.pk].code in _codes(wanted)]
    return Register(keys, proofs)


def claims_of(rows: QuerySet[Benefit]) -> list[Claim]:
    fields = (
        "pk", "initiative_id", "changed_on", "baseline", "better", "aggregation", "target_on",
    )  # fmt: skip
    return [Claim(*row) for row in rows.values_list(*fields)]


def _codes(wanted: BenefitFilter) -> set[str]:
    return {"none", "few"} if wanted.proof == "undecided" else {wanted.proof}


def _fits(wanted: BenefitFilter, seen: Q) -> Q:
    """``seen`` is about initiatives, so it goes by their keys."""
    fits = Q(initiative__in=Initiative.objects.filter(seen, merged_into=None).values("pk"))
    for word in wanted.text.split():
        fits &= (
            Q(name__icontains=word)
            | Q(indicator__icontains=word)
            | Q(initiative__folded__contains=fold(word))
        )
    if wanted.beneficiary in Beneficiary.values:
        fits &= Q(beneficiary=wanted.beneficiary)
    if wanted.goal is not None:
        fits &= Q(goal=wanted.goal) | Q(goal=None, initiative__goals=wanted.goal)
    if wanted.department is not None:
        fits &= Q(initiative__unit__path__startswith=wanted.department.path)
    if wanted.initiative is not None:
        fits &= Q(initiative=wanted.initiative)
    if wanted.realised in REALISED:
        fits &= Q(is_realised=REALISED[wanted.realised])
    return fits


def values_of(rows: Iterable[Benefit]) -> dict[int, list[Value]]:
    """The readings of each of these benefits in the order of their days."""
    found: dict[int, list[Value]] = defaultdict(list)
    told = Reading.objects.filter(benefit__in=[one.pk for one in rows]).order_by("benefit", "on")
    for key, on, value, waits in told.values_list("benefit", "on", "value", "is_provisional"):
        found[key].append(Value(on, value, waits))
    return found


def latest_of(keys: Sequence[int]) -> dict[int, Value]:
    """The latest reading of each of these benefits."""
    told = Reading.objects.filter(benefit__in=keys).order_by("benefit", "on")
    rows = told.values_list("benefit", "on", "value", "is_provisional")
    return {key: Value(on, value, waits) for key, on, value, waits in rows}


def proofs_of(rows: Sequence[Claim | Benefit]) -> dict[int, Proof]:
    """How sure each of these benefits is.

    The database says of each reading whether the new way had begun: thousands of days need not
    become dates here.
    """
    is_after = Case(When(on__gte=F("benefit__changed_on"), then=1), default=0)
    told = (
        Reading.objects.filter(benefit__in=[one.pk for one in rows], is_provisional=False)
        .order_by("benefit", "on")
        .values_list("benefit", is_after, "value")
    )
    values: dict[int, list[tuple[bool, float]]] = defaultdict(list)
    for key, after, value in told:
        values[key].append((after == 1, value))
    return {one.pk: proof_from(one, values.get(one.pk, ())) for one in rows}


def proof_choices() -> list[tuple[str, Any]]:
    return list(WORDS.items())


def steps_of(chain: str) -> list[str]:
    """The steps of an effect chain: a line each, or parted by arrows."""
    return [step for one in ARROW.split(chain) if (step := one.strip())]


def next_period_of(benefit: Benefit, today: date) -> date:
    return next_period(list(benefit.readings.order_by("on")), today)


def next_period(readings: Sequence[Reading], today: date) -> date:
    """The last day of the month to read next: after the latest, or the one that waits to be final."""
    last_month = today.replace(day=1) - timedelta(days=1)
    if not readings:
        return last_month
    waiting = next((one.on for one in readings if one.is_provisional), None)
    if waiting is not None and waiting < today.replace(day=1):
        return waiting
    after = readings[-1].on + timedelta(days=1)
    end = (after.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return min(end, today)


def departments() -> list[Unit]:
    return list(Unit.objects.filter(parent=None, closed_on=None))


def goals_to_filter_by() -> list[Goal]:
    return sorted(Goal.objects.filter(parent=None), key=lambda goal: by_number(goal.code))


# ---- national indicators -------------------------------------------------------------------------


def indicators() -> QuerySet[Indicator]:
    return Indicator.objects.prefetch_related("values", "benefits")


def find_indicator(indicator_id: int) -> Indicator:
    return get_object_or_404(indicators(), pk=indicator_id)


@dataclass(frozen=True, slots=True)
class Area:
    """The published values of an area by year; None where the source withholds one."""

    code: str
    name: str
    values: dict[int, float | None]
    is_own: bool


def areas_of(indicator: Indicator, own_name: str) -> list[Area]:
    """The areas of an indicator, for both sexes together; the organisation's own comes first."""
    found: dict[str, Area] = {}
    for one in indicator.values.all():
        if one.gender != "T":
            continue
        name = one.area_name or one.area
        area = found.setdefault(
            one.area, Area(one.area, name, {}, bool(name) and own_name.startswith(name))
        )
        area.values[one.year] = one.value
    return sorted(found.values(), key=lambda area: (not area.is_own, area.name))
