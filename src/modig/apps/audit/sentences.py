"""The log in words: "Sara Lind published plan 2 of “Våg 1”".

A feature that records a new deed, or a deed to a new kind of thing, adds its words here. A test
finds every deed in the code that has none.
"""

import re
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from modig.apps.audit.models import AuditEvent

Words = str | Promise
DAY = re.compile(r"\d{4}-\d\d-\d\d")

# A kind of thing on its own, for choosing; and a thing of it by name, for sentences.
KINDS: dict[str, tuple[Words, Words]] = {
    "unit": (_("Units"), _("the unit %(label)s")),
    "legalentity": (_("Legal entities"), _("the legal entity %(label)s")),
    "person": (_("Persons"), _("%(label)s")),
    "employment": (_("Employments"), _("the employment of %(label)s")),
    "managementteam": (_("Management teams"), _("%(label)s")),
    "rolerule": (_("Rules for titles"), _("the rule for titles %(label)s")),
    "hrimport": (_("HR files"), _("the HR file %(label)s")),
    "programme": (_("Programmes"), _("the programme %(label)s")),
    "wave": (_("Waves"), _("the wave %(label)s")),
    "rules": (_("Rules"), _("the rules of %(label)s")),
    "block": (_("Blocks"), _("the block %(label)s")),
    "targetpart": (_("Target groups"), _("%(label)s in the target group")),
    "keepapart": (_("Teams kept apart"), _("the rule that keeps %(label)s apart")),
    "unitcap": (_("Lower caps"), _("the lower cap of %(label)s")),
    "groupquota": (_("How many of a kind"), _("how many of a kind, %(label)s")),
    "farapart": (_("Places far apart"), _("that %(label)s are far apart")),
    "teamaway": (_("Teams that cannot come"), _("the days on which %(label)s cannot come")),
    "closedweeks": (_("Closed weeks"), _("the closed weeks %(label)s")),
    "venue": (_("Venues"), _("the venue %(label)s")),
    "facilitator": (_("Facilitators"), _("the facilitator %(label)s")),
    "plan": (_("Plans"), _("the plan %(label)s")),
    "membership": (_("Users"), _("%(label)s")),
    "role": (_("Roles"), _("the role %(label)s")),
    "vision": (_("Visions"), _("the vision %(label)s")),
    "visionstatement": (_("Statements of the vision"), _("the statement “%(label)s”")),
    "shift": (_("From and to"), _("the shift %(label)s")),
    "focusarea": (_("Focus areas"), _("the focus area %(label)s")),
    "goal": (_("Goals"), _("the goal %(label)s")),
    "leadershipstatement": (_("Leadership statements"), _("the leadership statement")),
    "strategy": (_("Strategies"), _("the strategy %(label)s")),
    "strategystep": (_("Steps of strategies"), _("the strategy's step “%(label)s”")),
    "statutorysource": (_("Laws and decisions"), _("%(label)s among laws and decisions")),
    "assignment": (_("Assignments"), _("the assignment %(label)s")),
    "agreement": (_("Agreements"), _("the agreement %(label)s")),
    "promise": (_("Promises"), _("the promise %(label)s")),
    "initiative": (_("Initiatives"), _("the initiative %(label)s")),
    "benefit": (_("Benefits"), _("the benefit %(label)s")),
    "indicator": (_("National indicators"), _("the national indicator %(label)s")),
    "cluster": (_("Clusters"), _("the cluster %(label)s")),
    "synonym": (_("Synonyms"), _("the synonyms %(label)s")),
    "round": (_("Forms"), _("the form %(label)s")),
}

DEEDS: dict[str, Words] = {
    "create": _("%(who)s added %(thing)s"),
    "edit": _("%(who)s changed %(thing)s"),
    "delete": _("%(who)s removed %(thing)s"),
    "remove": _("%(who)s removed %(thing)s"),
    "merge": _("%(who)s let %(thing)s become part of %(into)s"),
    "split": _("%(who)s divided %(thing)s into %(into)s"),
    "move-people": _("%(who)s moved people out of %(thing)s"),
    "add-seat": _("%(who)s added a place in %(thing)s"),
    "fill-seat": _("%(who)s filled a place in %(thing)s"),
    "leave-seat": _("%(who)s ended a place in %(thing)s"),
    "accept-team": _("%(who)s took %(thing)s from the proposals"),
    "nominate": _("%(who)s nominated %(thing)s as key person"),
    "withdraw-nomination": _("%(who)s withdrew the nomination of %(thing)s"),
    "save-role-rule": _("%(who)s saved %(thing)s"),
    "delete-role-rule": _("%(who)s removed %(thing)s"),
    "import": _("%(who)s read in %(thing)s"),
    "undo-import": _("%(who)s took back %(thing)s"),
    "widen target group": _("%(who)s widened the target group of %(thing)s"),
    "narrow target group": _("%(who)s narrowed the target group of %(thing)s"),
    "close weeks": _("%(who)s closed weeks in %(thing)s"),
    "keep apart": _("%(who)s decided to keep two teams apart in %(thing)s"),
    "lower cap": _("%(who)s lowered the cap of the unit %(unit)s in %(thing)s"),
    "ask for quota": _("%(who)s asked for how many of a kind the groups of %(thing)s have"),
    "note far apart": _("%(who)s noted two places that are far apart for %(thing)s"),
    "keep team free": _("%(who)s kept days of the team %(team)s free in %(thing)s"),
    "plan made": _("%(who)s made %(thing)s"),
    "plan published": _("%(who)s published %(thing)s"),
    "team moved": _("%(who)s moved %(team)s to %(to)s in %(thing)s"),
    "meeting moved": _("%(who)s moved the meeting “%(meeting)s” to %(to)s in %(thing)s"),
    "place locked": _("%(who)s locked a place in %(thing)s"),
    "place let go": _("%(who)s unlocked a place in %(thing)s"),
    "invite": _("%(who)s invited %(thing)s"),
    "change-role": _("%(who)s changed the role of %(thing)s"),
    "revise": _("%(who)s rewrote %(thing)s"),
    "take over": _("%(who)s took texts and goals over into %(thing)s"),
    "withdraw": _("%(who)s withdrew %(thing)s"),
    "restore": _("%(who)s let %(thing)s hold again"),
    "confirm": _("%(who)s confirmed %(thing)s"),
    "keep": _("%(who)s noted whether commitment %(number)s of %(thing)s is kept"),
    "end": _("%(who)s ended %(thing)s"),
    "promise": _("%(who)s made a promise"),
    "report": _("%(who)s told what came of a promise"),
    "enter": _("%(who)s entered %(thing)s"),
    "stage": _("%(who)s moved %(thing)s to another stage"),
    "gate": _("%(who)s filled in a gate of %(thing)s"),
    "join": _("%(who)s let %(person)s join %(thing)s"),
    "attach": _("%(who)s attached the file %(file)s to %(thing)s"),
    "detach": _("%(who)s threw away the file %(file)s of %(thing)s"),
    "quote": _("%(who)s saved a quotation in %(thing)s"),
    "withdraw consent": _("%(who)s took back the consent to a quotation in %(thing)s"),
    "erase quotation": _("%(who)s erased a quotation in %(thing)s"),
    "merge proposed": _("%(who)s proposed that %(thing)s becomes part of %(into)s"),
    "merge agreed": _("%(who)s agreed that %(thing)s becomes part of %(into)s"),
    "merge declined": _("%(who)s declined that %(thing)s becomes part of %(into)s"),
    "merged": _("%(who)s let %(thing)s become part of %(into)s"),
    "read": _("%(who)s entered a reading of %(thing)s"),
    "unread": _("%(who)s threw away a reading of %(thing)s"),
    "judge": _("%(who)s judged whether %(thing)s is realised"),
    "take_in": _("%(who)s read in %(thing)s"),
    "launch": _("%(who)s sent out %(thing)s"),
    "close": _("%(who)s closed %(thing)s"),
}


def told(event: AuditEvent) -> str:
    """Who did what to which thing, as one sentence in the language of the page."""
    who = str(event.by) if event.by else gettext("modig itself")
    if event.deed not in DEEDS:
        return f"{who}: {event.deed} {thing_of(event)}"
    details = {name: _in_words(value) for name, value in event.detail.items()}
    try:
        return str(DEEDS[event.deed]) % {**details, "who": who, "thing": thing_of(event)}
    except KeyError:
        return f"{who}: {event.deed} {thing_of(event)}"


def thing_of(event: AuditEvent) -> str:
    """The thing by name; its number where the name is no longer known or may not be."""
    label = event.label or f"#{event.thing}"
    if event.kind not in KINDS:
        return label
    wave, _space, number = label.rpartition(" ")
    if event.kind == "plan" and wave and number.isdecimal():
        return gettext("plan %(n)s of “%(wave)s”") % {"n": number, "wave": wave}
    return str(KINDS[event.kind][1]) % {"label": label}


def kind_of(event: AuditEvent) -> str:
    return str(KINDS[event.kind][0]) if event.kind in KINDS else event.kind


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_in_words, value))
    text = str(value)
    try:
        return date_format(date.fromisoformat(text), "DATE_FORMAT") if DAY.fullmatch(text) else text
    except ValueError:  # such as a code that looks like a day
        return text
