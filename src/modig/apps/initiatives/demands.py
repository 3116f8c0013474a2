"""What each stage asks for. A stage that is not ready says what is missing, in a sentence."""

from dataclasses import dataclass

from django.utils.functional import Promise as Text
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from modig.apps.initiatives.kinds import (
    checklists_before,
    details_before,
    gates_before,
    requirements,
)
from modig.apps.initiatives.models import Gate, Initiative, Stage

READINGS_TO_EMBED = 6
FORWARD = {
    Stage.IDEA: (Stage.STARTED, Stage.STOPPED),
    Stage.STARTED: (Stage.UNDER_WAY, Stage.STOPPED),
    Stage.UNDER_WAY: (Stage.RESULT_SHOWN, Stage.STOPPED),
    Stage.RESULT_SHOWN: (Stage.EMBEDDED, Stage.STOPPED),
    Stage.EMBEDDED: (),
    Stage.STOPPED: (),
}
"""Where an initiative can go from each stage; it can also be taken back one stage, with a note."""
BACK = {
    Stage.STARTED: Stage.IDEA,
    Stage.UNDER_WAY: Stage.STARTED,
    Stage.RESULT_SHOWN: Stage.UNDER_WAY,
    Stage.EMBEDDED: Stage.RESULT_SHOWN,
    Stage.STOPPED: Stage.STARTED,
}


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that a stage asks for, and whether it is there.

    ``deed`` says what to do about it. ``where`` names the form that mends it, ``about`` the part of
    it; ``why`` is told below.
    """

    text: str | Text
    deed: str | Text
    is_met: bool
    where: str = "edit"
    about: str = ""
    why: str | Text = ""


def next_stage(initiative: Initiative) -> Stage | None:
    """The stage forward; none when the initiative is embedded, stopped or lives on elsewhere."""
    if initiative.merged_into_id is not None:
        return None
    forward = [one for one in FORWARD[Stage(initiative.stage)] if one != Stage.STOPPED]
    return forward[0] if forward else None


def demands_of(initiative: Initiative, stage: str) -> list[Demand]:
    """Everything that ``stage`` asks of the initiative."""
    return [
        *_own(initiative, stage),
        *_details(initiative, stage),
        *_gates(initiative, stage),
    ]


def missing_for(initiative: Initiative, stage: str) -> list[Demand]:
    return [demand for demand in demands_of(initiative, stage) if not demand.is_met]


def _own(initiative: Initiative, stage: str) -> list[Demand]:
    match stage:
        case Stage.STARTED:
            return _started(initiative)
        case Stage.UNDER_WAY:
            has_day = initiative.steps.filter(due_on__isnull=False).exists()
            deed = _("Give at least one step a day")
            return [Demand(_("At least one step has a day"), deed, has_day, "steps")]
        case Stage.RESULT_SHOWN:
            has_reading = initiative.benefits.filter(readings__isnull=False).exists()
            deed = _("Write a first reading of what somebody gains")
            return [
                Demand(_("At least one benefit has a reading"), deed, has_reading, "benefits"),
                _learning(initiative),
            ]
        case Stage.EMBEDDED:
            return _embedded(initiative)
        case Stage.STOPPED:
            return [_learning(initiative)]
        case _:
            return []


def _started(initiative: Initiative) -> list[Demand]:
    return [
        Demand(
            _("It says why, and for whom"),
            _("Write why, and for whom"),
            bool(initiative.why and initiative.group_text),
        ),
        Demand(
            _("It says if we …, then …, because …"),
            _("Write if we …, then …, because …"),
            bool(initiative.hypothesis),
        ),
    ]


def _learning(initiative: Initiative) -> Demand:
    text, deed = _("It says what we learned"), _("Write what you have learned")
    return Demand(text, deed, bool(initiative.learning), "learning")


def _embedded(initiative: Initiative) -> list[Demand]:
    benefits = list(initiative.benefits.prefetch_related("readings"))
    most = max((len(one.readings.all()) for one in benefits), default=0)
    return [
        Demand(
            _("A benefit has been read at least six times"),
            _("Go on reading a benefit, until it has six readings"),
            most >= READINGS_TO_EMBED,
            "benefits",
        ),
        Demand(
            _("Somebody in the line answers for the readings"),
            _("Say who in the line answers for the readings"),
            any(one.owner_id for one in benefits),
            "benefits",
        ),
        Demand(
            _("It says where the new way lives on"),
            _("Write where the new way lives on"),
            bool(initiative.routine),
            "learning",
        ),
    ]


def _details(initiative: Initiative, stage: str) -> list[Demand]:
    """The fields of this sort of change, and the lines of its checklists."""
    given = initiative.details
    filled = [
        Demand(
            _("“%(field)s” is filled in") % {"field": one.label},
            _("Fill in “%(field)s”") % {"field": one.label},
            bool(given.get(one.name)) or given.get(one.name) == 0,
            "details",
            one.name,
        )
        for one in details_before(initiative.kind, stage)
    ]
    met = [
        Demand(
            _("Everything under “%(field)s” is settled") % {"field": one.label},
            _("Settle everything under “%(field)s”") % {"field": one.label},
            all(line.is_met for line in requirements(given.get(one.name))),
            "details",
            one.name,
        )
        for one in checklists_before(initiative.kind, stage)
    ]
    return [*filled, *met]


def _gates(initiative: Initiative, stage: str) -> list[Demand]:
    wanted = gates_before(initiative.kind, stage)
    if not wanted:
        return []
    settled = set(initiative.gates.filter(is_passed=True).values_list("kind", flat=True))
    return [
        Demand(
            capfirst(_("%(gate)s is settled") % {"gate": Gate.Kind(gate.kind).label}),
            _("Get this settled: %(gate)s") % {"gate": Gate.Kind(gate.kind).label},
            gate.kind in settled,
            "gates",
            gate.kind,
            gate.why,
        )
        for gate in wanted
    ]
