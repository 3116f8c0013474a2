"""What an initiative's story is made of: what it was, what was done, what happened, who said what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from modig.apps.direction.models import Goal
from modig.apps.initiatives.models import (
    Benefit,
    DiaryEntry,
    Gate,
    Initiative,
    InitiativePerson,
    InitiativeStep,
    Quotation,
    Reading,
)
from modig.apps.initiatives.proof import Proof, proof_of
from modig.apps.initiatives.queries.initiatives import goals_of
from modig.apps.people.models import Unit

DIARY_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A benefit in the story: from where to where, how sure that is, and from which source."""

    benefit: Benefit
    proof: Proof
    readings: Sequence[Reading]

    @property
    def latest(self) -> Reading | None:
        return self.readings[-1] if self.readings else None

    @property
    def n(self) -> int:
        """How many readings count: provisional ones do not."""
        return sum(not one.is_provisional for one in self.readings)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done: a step, a gate that was settled, or an entry of the diary."""

    on: date
    text: str
    gate: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """An initiative as it is told to others."""

    initiative: Initiative
    goals: Sequence[Goal]
    partner_units: Sequence[Unit]
    members: Sequence[InitiativePerson]
    steps: Sequence[InitiativeStep]
    gates: Sequence[Gate]
    diary: Sequence[DiaryEntry]
    figures: Sequence[Figure]
    quotations: Sequence[Quotation]
    waiting_quotations: int

    @property
    def goals_holding(self) -> list[Goal]:
        return [goal for goal in self.goals if not goal.is_withdrawn]

    @property
    def goals_withdrawn(self) -> list[Goal]:
        return [goal for goal in self.goals if goal.is_withdrawn]

    @property
    def events(self) -> list[Event]:
        """Everything that was done, in the order in which it was."""
        steps = [Event(one.done_on, str(one.said.text)) for one in self.steps if one.done_on]
        gates = [
            Event(one.on, str(one.said.outcome), str(one.get_kind_display()))
            for one in self.gates
            if one.on
        ]
        diary = [Event(one.on, str(one.said.text)) for one in self.diary]
        return sorted([*steps, *gates, *diary], key=lambda one: one.on)

    @property
    def is_shown(self) -> bool:
        return any(figure.proof.is_shown for figure in self.figures)

    @property
    def is_proven(self) -> bool:
        return any(figure.proof.is_proven for figure in self.figures)


def story_of(initiative: Initiative) -> Story:
    """The story; a quotation is in it only with consent, a purpose, and nothing withdrawn."""
    benefits = initiative.benefits.select_related("owner", "national").prefetch_related("readings")
    quotations = list(initiative.quotations.all())
    part = InitiativePerson.Part.MEMBER
    return Story(
        initiative=initiative,
        goals=goals_of(initiative),
        partner_units=list(initiative.partner_units.select_related("top__legal_entity")),
        members=list(initiative.people.filter(part=part).select_related("person")),
        steps=list(initiative.steps.all()),
        gates=[gate for gate in initiative.gates.all() if gate.is_passed],
        diary=list(initiative.diary.all()[:DIARY_SHOWN])[::-1],
        figures=[_figure(benefit) for benefit in benefits],
        quotations=[one for one in quotations if one.may_be_shown],
        waiting_quotations=sum(one.consent_on is None for one in quotations),
    )


def _figure(benefit: Benefit) -> Figure:
    readings = sorted(benefit.readings.all(), key=lambda reading: reading.on)
    return Figure(benefit, proof_of(benefit, readings), readings)
