"""What an initiative's page shows: its rows, the thread, the next stage and what that asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise as Text
from django.utils.translation import gettext as _

from modig.apps.accounts.models import User
from modig.apps.direction.models import Goal, Vision
from modig.apps.direction.models.goal import Orientation
from modig.apps.initiatives.demands import Demand, demands_of, next_stage
from modig.apps.initiatives.kinds import Detail, guide_of, requirements
from modig.apps.initiatives.models import (
    Benefit,
    Gate,
    Initiative,
    InitiativePerson,
    Kind,
    Quotation,
    Reading,
    Stage,
    StageChange,
)
from modig.apps.initiatives.permissions import initiatives_seen_by, may_edit_initiative, owns
from modig.apps.initiatives.queries import initiatives as queries
from modig.apps.initiatives.queries.similar import similar_to
from modig.apps.people.models import Person, Unit
from modig.apps.people.permissions import may_edit_people
from modig.apps.people.queries.persons import person_of

DIARY_SHOWN = 5
STAGES = (Stage.IDEA, Stage.STARTED, Stage.UNDER_WAY, Stage.RESULT_SHOWN, Stage.EMBEDDED)


def whole_page(initiative: Initiative, user: User, on: date) -> dict[str, Any]:
    """Everything on the page; as many questions to the database whatever hangs on the initiative."""
    goals, benefits = queries.goals_of(initiative), queries.benefits_of(initiative)
    changes = list(queries.stage_changes_of(initiative))
    diary = list(queries.diary_of(initiative)[: DIARY_SHOWN + 1])
    may_edit = may_edit_initiative(user, initiative)
    person, details, seen = person_of(user), details_of(initiative), initiatives_seen_by(user)
    return {
        "initiative": initiative,
        "goals": goals,
        "goals_withdrawn": [goal for goal in goals if goal.is_withdrawn],
        "orientations": [
            Orientation(one).label for one in initiative.orientations if one in Orientation.values
        ],
        "partner_units": list(initiative.partner_units.select_related("top__legal_entity")),
        "line": line_of_stages(initiative, changes),
        "next": next_asks(initiative),
        "measured": measured(benefits),
        "thread": thread_of(initiative, goals, benefits),
        "guide": guide_of(initiative.kind),
        "filled": [one for one in details if not one.is_empty],
        "unfilled": [one for one in details if one.is_empty],
        "steps": list(initiative.steps.all()),
        "gates": list(initiative.gates.all()),
        "diary": diary[:DIARY_SHOWN],
        "has_more_diary": len(diary) > DIARY_SHOWN,
        "changes": changes,
        "attachments": list(initiative.attachments.all()),
        "quotations": quotations_of(initiative, may_edit=may_edit),
        "questions": list(initiative.questions.select_related("asked_by")),
        "merged": list(initiative.merged.all()),
        "merges": queries.open_merges_of(initiative),
        "similar": [one for one in similar_to(initiative, seen=seen) if one.is_telling],
        "people": people_of(initiative, person),
        "person": person,
        "owns": owns(user, initiative),
        "may_edit": may_edit and initiative.merged_into is None,
        "may_act": initiative.merged_into is None and person is not None,
        "team_units": team_units(initiative, user),
        "today": on,
    }


@dataclass(frozen=True, slots=True)
class People:
    """Who works on an initiative, who asks to, how many follow it, and what one's own part is."""

    members: Sequence[InitiativePerson]
    asking: Sequence[InitiativePerson]
    followers: int
    mine: str


def people_of(initiative: Initiative, person: Person | None) -> People:
    rows = queries.people_of(initiative)
    parts = {row.person_id: row.part for row in rows}
    part = InitiativePerson.Part
    return People(
        members=[row for row in rows if row.part == part.MEMBER],
        asking=[row for row in rows if row.part == part.ASKS],
        followers=sum(row.part != part.MEMBER for row in rows),
        mine=parts.get(person.pk, "") if person else "",
    )


def quotations_of(initiative: Initiative, *, may_edit: bool) -> list[Quotation]:
    """What may be shown; who edits sees also what waits for consent, never what was withdrawn."""
    found = list(initiative.quotations.all())
    return [one for one in found if one.may_be_shown or may_edit]


@dataclass(frozen=True, slots=True)
class Filled:
    """A field of the sort of change, with what is written in it."""

    detail: Detail
    value: Any

    @property
    def is_empty(self) -> bool:
        return self.value in {None, ""} if not isinstance(self.value, list) else not self.value


def details_of(initiative: Initiative) -> list[Filled]:
    """What the sort of change asks for, as it is filled in: days as days, checklists line by line."""
    kept, said = initiative.details, initiative.said.details
    return [
        Filled(detail, _readable(detail, kept.get(detail.name), said.get(detail.name)))
        for detail in guide_of(initiative.kind).details
    ]


def _readable(detail: Detail, kept: Any, said: Any) -> Any:
    """``said`` is ``kept`` in the language of the page, if it has been translated."""
    if detail.how == "checklist":
        return requirements(kept, said)
    value = said if said is not None else kept
    if detail.how == "date" and isinstance(value, str) and value:
        return date.fromisoformat(value)
    return value


@dataclass(frozen=True, slots=True)
class TeamUnits:
    """The units that a merger of teams is about, for who may carry it out in the organisation."""

    before: Sequence[Unit]
    after: Unit | None


def team_units(initiative: Initiative, user: User) -> TeamUnits | None:
    """The open units that the details of a merger under way name; nothing for anybody else."""
    is_time = initiative.stage in {Stage.UNDER_WAY, Stage.RESULT_SHOWN, Stage.EMBEDDED}
    if initiative.kind != Kind.MERGE or not is_time or not may_edit_people(user):
        return None
    before = queries.units_named(initiative.details.get("teams_before") or [])
    after = queries.units_named([initiative.details.get("team_after") or ""])
    left = [unit for unit in before if unit not in after]
    return TeamUnits(left, after[0] if after else None) if left else None


@dataclass(frozen=True, slots=True)
class Point:
    """A stage on the line: passed, here, or still to come."""

    label: str | Text
    state: str


def line_of_stages(initiative: Initiative, changes: Sequence[StageChange]) -> list[Point]:
    """The stages in order; one that was stopped ends where it was stopped."""
    here = Stage(initiative.stage)
    if here == Stage.STOPPED:
        before = next((one.before for one in reversed(changes) if one.after == here), "")
        reached = STAGES.index(Stage(before or Stage.STARTED))
        passed = [Point(stage.label, "done") for stage in STAGES[: reached + 1]]
        return [*passed, Point(here.label, "here")]
    place = STAGES.index(here)
    states = ["done"] * place + ["here"] + [""] * (len(STAGES) - place - 1)
    return [Point(stage.label, state) for stage, state in zip(STAGES, states, strict=True)]


@dataclass(frozen=True, slots=True)
class Ask:
    """A demand of the next stage, and where it is mended."""

    demand: Demand
    url: str


@dataclass(frozen=True, slots=True)
class NextStage:
    """What the stage forward asks for."""

    stage: Stage
    asks: Sequence[Ask]

    @property
    def met(self) -> int:
        return sum(ask.demand.is_met for ask in self.asks)

    @property
    def missing(self) -> int:
        return len(self.asks) - self.met

    @property
    def met_then(self) -> int:
        """How many are in place when the next one is."""
        return self.met + 1

    @property
    def is_ready(self) -> bool:
        return self.met == len(self.asks)

    @property
    def first_missing(self) -> Ask | None:
        return next((ask for ask in self.asks if not ask.demand.is_met), None)


def asks_of(initiative: Initiative, stage: Stage) -> NextStage:
    """What ``stage`` asks of the initiative, each with where it is mended."""
    gates = {gate.kind: gate for gate in initiative.gates.filter(is_passed=False)}
    demands = demands_of(initiative, stage)
    return NextStage(stage, [Ask(one, mended_at(initiative, one, gates)) for one in demands])


def next_asks(initiative: Initiative) -> NextStage | None:
    stage = next_stage(initiative)
    return asks_of(initiative, stage) if stage else None


def mended_at(initiative: Initiative, demand: Demand, gates: dict[str, Gate]) -> str:
    """The address of the form where what is missing is written."""
    of = [initiative.pk]
    match demand.where:
        case "gates" if demand.about in gates:
            return reverse("initiatives:gate", args=[gates[demand.about].pk])
        case "gates":
            return reverse("initiatives:gate_new", args=[initiative.pk, demand.about])
        case "details":
            return f"{reverse('initiatives:details', args=of)}#id_{demand.about}"
        case "benefits":
            return _benefits(initiative)
        case "learning" | "steps":
            return reverse(f"initiatives:{demand.where}", args=of)
        case _:
            return reverse("initiatives:edit", args=of)


def _benefits(initiative: Initiative) -> str:
    """The latest benefit if there is one, else where a first one is written."""
    benefit = initiative.benefits.order_by("pk").last()
    try:
        if benefit is not None:
            return reverse("initiatives:benefit", args=[benefit.pk])
        return reverse("initiatives:benefit_new", args=[initiative.pk])
    except NoReverseMatch:
        return f"{reverse('initiatives:initiative', args=[initiative.pk])}#benefits"


@dataclass(frozen=True, slots=True)
class Knot:
    """A point of the thread: what it is, its text, where it leads; a gap is said as one."""

    label: str
    text: str
    url: str = ""
    state: str = ""


def thread_of(
    initiative: Initiative, goals: Sequence[Goal], benefits: Sequence[Benefit]
) -> list[Knot]:
    """From the vision to who gains: vision, focus area, goals, the initiative, its benefits."""
    holding = [goal for goal in goals if not goal.is_withdrawn]
    return [
        *_aims(holding),
        *[_goal_knot(goal) for goal in goals],
        *([] if holding else [Knot(_("Goal"), _("no goal yet"), _edit(initiative), "gap")]),
        Knot("", str(initiative), "", "here"),
        *[_benefit_knot(benefit) for benefit in benefits],
        *([] if benefits else [Knot(_("Benefit"), _("none named yet"), "", "gap")]),
        _beneficiary(initiative),
    ]


def _aims(goals: Sequence[Goal]) -> list[Knot]:
    if not goals:
        vision = Vision.objects.filter(to_on=None).first()
        return [Knot(_("Vision"), str(vision), _address("direction:direction"))] if vision else []
    areas = {goal.focus_area_id: goal.focus_area for goal in goals}
    vision = goals[0].focus_area.vision
    named = [Knot(_("Focus area"), str(area)) for area in areas.values()]
    return [Knot(_("Vision"), str(vision), _address("direction:direction")), *named]


def _goal_knot(goal: Goal) -> Knot:
    label = _("Goal %(code)s") % {"code": goal.code}
    state = "withdrawn" if goal.is_withdrawn else ""
    return Knot(label, str(goal), _address("direction:goal", goal.pk), state)


def _benefit_knot(benefit: Benefit) -> Knot:
    return Knot(_("Benefit"), str(benefit), _address("initiatives:benefit", benefit.pk))


def _beneficiary(initiative: Initiative) -> Knot:
    group = initiative.said.group_text
    label = str(initiative.get_beneficiary_display()).capitalize()
    return Knot(label, group or _("which of them is not said yet"), "", "" if group else "gap")


def _edit(initiative: Initiative) -> str:
    return reverse("initiatives:edit", args=[initiative.pk])


def _address(name: str, *keys: int) -> str:
    """An address of a part that may not be there."""
    try:
        return reverse(name, args=keys)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, slots=True)
class Measured:
    """A benefit in figures: the latest reading, what it was before, where to see more."""

    benefit: Benefit
    latest: Reading | None
    url: str


def measured(benefits: Sequence[Benefit]) -> list[Measured]:
    """Each benefit with its latest reading."""
    found = []
    for benefit in benefits:
        readings = list(benefit.readings.all())
        latest = max(readings, key=lambda reading: reading.on, default=None)
        found.append(Measured(benefit, latest, _address("initiatives:benefit", benefit.pk)))
    return found


def most_read(found: Sequence[Measured]) -> Benefit | None:
    """The benefit with the most readings: what the page's picture shows."""
    read = [one.benefit for one in found if one.latest is not None]
    return max(read, key=lambda one: len(one.readings.all()), default=None)
