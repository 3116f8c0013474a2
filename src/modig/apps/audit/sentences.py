"""The log in words: "Sara Lind published the plan Våg 1 2".

A feature that records a new deed, or a deed to a new kind of thing, adds its words here. A test
finds every deed in the code that has none.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from modig.apps.audit.models import AuditEvent

Words = str | Promise

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
    "closedweeks": (_("Closed weeks"), _("the closed weeks %(label)s")),
    "venue": (_("Venues"), _("the venue %(label)s")),
    "facilitator": (_("Facilitators"), _("the facilitator %(label)s")),
    "plan": (_("Plans"), _("the plan %(label)s")),
    "membership": (_("Users"), _("%(label)s")),
    "role": (_("Roles"), _("the role %(label)s")),
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
    "plan made": _("%(who)s made %(thing)s"),
    "plan published": _("%(who)s published %(thing)s"),
    "team moved": _("%(who)s moved %(team)s to %(to)s in %(thing)s"),
    "meeting moved": _("%(who)s moved the meeting %(meeting)s to %(to)s in %(thing)s"),
    "place locked": _("%(who)s locked a place in %(thing)s"),
    "place let go": _("%(who)s unlocked a place in %(thing)s"),
    "invite": _("%(who)s invited %(thing)s"),
    "change-role": _("%(who)s changed the role of %(thing)s"),
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
    return str(KINDS[event.kind][1]) % {"label": label}


def kind_of(event: AuditEvent) -> str:
    return str(KINDS[event.kind][0]) if event.kind in KINDS else event.kind


def _in_words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
