"""What each sort of change asks for: a guide in a few steps, its own fields, and its gates.

The guide helps; only gates and the demands of a stage hold a change back.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise as Text
from django.utils.translation import gettext_lazy as _

from modig.apps.initiatives.models import Gate, Kind, Stage

MET = re.compile(r"^\s*\[[xX]\]\s*")


@dataclass(frozen=True, slots=True)
class Detail:
    """One field that only this sort of change has. ``how`` is text, number, date, list or checklist.

    It must be filled in before the stage ``before``; every line of a checklist must be met before
    the stage ``met_before``.
    """

    name: str
    label: str | Text
    how: str = "text"
    help_text: str | Text = ""
    before: Stage | None = None
    met_before: Stage | None = None


@dataclass(frozen=True, slots=True)
class GateDemand:
    """A gate that must be settled before the change may go on to a stage."""

    kind: Gate.Kind
    before: Stage
    why: str | Text


@dataclass(frozen=True, slots=True)
class Guide:
    """A sort of change: when to choose it, how to go about it, what it asks for."""

    kind: Kind
    when: str | Text
    steps: Sequence[str | Text]
    details: Sequence[Detail] = field(default=())
    gates: Sequence[GateDemand] = field(default=())


G = Gate.Kind
CHECKLIST = _("One a line. Begin the line with [x] when it is settled.")
GUIDES = {
    guide.kind: guide
    for guide in (
        Guide(
            Kind.EVERYDAY,
            _("Something in everyday work that we can try ourselves."),
            (
                _("Say what is hard today, and for whom, with one example that everybody knows."),
                _("Choose one thing to try, small enough for two weeks."),
                _("Decide how you will see whether it helped."),
                _("Try, look together, keep it, change it or stop it."),
            ),
        ),
        Guide(
            Kind.MERGE,
            _("Two or more work teams or units become one."),
            (
                _("Tell everybody at the same time what is known, what is not, and when it will be."),
                _("Take it up in union co-operation early, and again with a proposal."),
                _("Assess the risks together with the safety representative."),
                _("Plan the first month: schedule, rooms, keys, who leads what."),
                _("Follow how users notice it, and write down what people worry about."),
            ),
            (
                Detail("teams_before", _("Teams before"), "list", _("One a line, with the unit's code if you know it."), before=Stage.UNDER_WAY),
                Detail("team_after", _("The team afterwards"), help_text=_("The code of the unit, if it exists already."), before=Stage.UNDER_WAY),
                Detail("people", _("How many work in them"), "number"),
                Detail("merges_on", _("The day they become one"), "date"),
                Detail("resistance", _("What people worry about, and what we do about it")),
            ),
            (
                GateDemand(G.CO_OPERATION, Stage.UNDER_WAY, _("a merger is taken up before it is decided")),
                GateDemand(G.RISK, Stage.UNDER_WAY, _("a merger changes the work environment")),
            ),
        ),
        Guide(
            Kind.LAW,
            _("A law or a decision demands something of us by a day."),
            (
                _("Name the source and the day, and read the text itself."),
                _("Turn it into a checklist of requirements in your own words."),
                _("Mark what you do already, and what is missing."),
                _("Take the missing ones in the order of harm to users."),
                _("Let somebody else check the list before the day."),
            ),
            (
                Detail("source", _("Law or decision, with paragraph"), before=Stage.STARTED),
                Detail("deadline", _("Must be met by"), "date", before=Stage.STARTED),
                Detail("checklist", _("Requirements"), "checklist", CHECKLIST, before=Stage.UNDER_WAY, met_before=Stage.EMBEDDED),
            ),
            (GateDemand(G.LEGAL, Stage.STARTED, _("the source must be named before work starts")),),
        ),
        Guide(
            Kind.ADMINISTRATION,
            _("A flow in administration shall be quicker, simpler or right at once."),
            (
                _("Follow ten cases from beginning to end, and note where they wait."),
                _("Ask those who get the result what they need, and what they never read."),
                _("Take away a step before you make one quicker."),
                _("Measure the whole time, not the time at your own desk."),
            ),
            (
                Detail("flow", _("Which flow, from what to what")),
                Detail("internal_customers", _("Who gets the result"), before=Stage.UNDER_WAY),
                Detail("lead_time_days", _("Days from beginning to end today"), "number", before=Stage.UNDER_WAY),
                Detail("volume", _("Cases a year"), "number"),
            ),
        ),
        Guide(
            Kind.START_UP,
            _("A new operation that was not there before, with premises, permits and customers."),
            (
                _("Write the business case on one page: who comes, what it costs, what it gives."),
                _("List permits and inspections with who decides and how long it takes."),
                _("Settle the premises before you hire."),
                _("Open small, count from the first day."),
            ),
            (
                Detail("business_case", _("Business case in a few sentences"), before=Stage.UNDER_WAY),
                Detail("premises", _("Premises")),
                Detail("permits", _("Permits"), "checklist", CHECKLIST, met_before=Stage.RESULT_SHOWN),
                Detail("opens_on", _("Opens"), "date", before=Stage.UNDER_WAY),
                Detail("yearly_cost", _("Cost a year, thousand kronor"), "number"),
            ),
            (
                GateDemand(G.BOARD, Stage.UNDER_WAY, _("a new operation needs a decision and money")),
                GateDemand(G.RISK, Stage.UNDER_WAY, _("new premises and tasks need a risk assessment")),
            ),
        ),
        Guide(
            Kind.UNIT_ORGANISATION,
            _("A unit gets a new inner organisation: groups, areas, roles."),
            (
                _("Say what shall be better for children, users or customers, before you draw boxes."),
                _("Count how many each change of group, room or colleague touches."),
                _("Keep what carries continuity: a known face, a known room."),
                _("Take it up in union co-operation, and assess the risks."),
                _("Tell users and relatives in good time, and ask them afterwards."),
            ),
            (
                Detail("before", _("The organisation today")),
                Detail("after", _("The organisation afterwards"), before=Stage.UNDER_WAY),
                Detail("staffing", _("Staff it concerns"), "number"),
                Detail("affected", _("Users it concerns"), "number"),
                Detail("continuity", _("What stays the same for users"), before=Stage.UNDER_WAY),
            ),
            (
                GateDemand(G.CO_OPERATION, Stage.UNDER_WAY, _("a new organisation is taken up before it is decided")),
                GateDemand(G.RISK, Stage.UNDER_WAY, _("a new organisation changes the work environment")),
            ),
        ),
        Guide(
            Kind.RECEPTION,
            _("The way in to a service: how people are met, how long they wait, where they end up."),
            (
                _("Walk the way in yourself, as somebody who has never been here."),
                _("Draw the journey from the first contact to help, and write the waiting on it."),
                _("Ask twenty visitors one question on their way out."),
                _("Change the first contact first; it decides the rest."),
            ),
            (
                Detail("journey", _("The journey in a few steps"), before=Stage.UNDER_WAY),
                Detail("waiting_days", _("Days to the first meeting today"), "number"),
                Detail("visitors", _("People a year"), "number"),
                Detail("treatment", _("How we ask about treatment")),
            ),
            (
                GateDemand(
                    G.DATA_PROTECTION,
                    Stage.UNDER_WAY,
                    _("a new way in often means new handling of personal data"),
                ),
            ),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Requirement:
    """A line of a checklist."""

    text: str
    is_met: bool
    kept: str


def guide_of(kind: str) -> Guide:
    return GUIDES[Kind(kind)]


def requirements(lines: object, translated: object = None) -> list[Requirement]:
    """A checklist as it is kept: one text a line, with [x] before it when it is settled.

    ``translated`` are the same lines in another language; whether they are settled is kept once.
    """
    if not isinstance(lines, list):
        return []
    texts = translated if isinstance(translated, list) and len(translated) == len(lines) else lines
    return [
        Requirement(MET.sub("", str(text)), bool(MET.match(str(line))), str(line))
        for line, text in zip(lines, texts, strict=True)
    ]


def turned(line: str) -> str:
    """The line of a checklist settled if it was not, and the reverse."""
    return MET.sub("", line) if MET.match(line) else f"[x] {line}"


def gates_before(kind: str, stage: str) -> list[GateDemand]:
    """The gates that must be settled before a change of this sort enters ``stage``."""
    return [gate for gate in guide_of(kind).gates if _is_reached(gate.before, stage)]


def details_before(kind: str, stage: str) -> list[Detail]:
    """The fields that must be filled in before a change of this sort enters ``stage``."""
    return [one for one in guide_of(kind).details if _is_reached(one.before, stage)]


def checklists_before(kind: str, stage: str) -> list[Detail]:
    """The checklists of which every line must be met before ``stage``."""
    return [one for one in guide_of(kind).details if _is_reached(one.met_before, stage)]


def _is_reached(before: Stage | None, stage: str) -> bool:
    if before is None or stage == Stage.STOPPED:
        return False
    order = list(Stage)
    return order.index(before) <= order.index(Stage(stage))
