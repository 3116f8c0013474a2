"""The demo's users: one for each role, with a name and what she comes to do."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class DemoUser:
    """A user of the demo; ``at`` says which person of the organisation she is linked to."""

    role: str
    name: str
    task: str | Promise
    at: str = ""


DEMO_USERS = (
    DemoUser("programme-owner", "Sara Lind", _("Plans the programme and keeps its pace."), "hr"),
    DemoUser("administrator", "Jonas Ek", _("Reads in HR files and looks after roles and logs.")),
    DemoUser("facilitator", "Agneta Brodd", _("Leads programme groups for the partner firm.")),
    DemoUser("team-leader", "", _("Leads a management team that takes part as a whole."), "leader"),
    DemoUser("unit-manager", "", _("Leads a unit and sees who is away when."), "manager"),
    DemoUser("participant", "", _("Looks up her group, dates and calendar."), "participant"),
    DemoUser("chief-executive", "", _("Follows how far the programme has reached."), "chief"),
    DemoUser("partner", "Karl Wester", _("Works with several clients; their rows never mix.")),
    DemoUser("reader", "Lena Holm", _("May look at the organisation and the programme.")),
)


def email_of(role: str) -> str:
    """The address that the demo's user of this role signs in with."""
    return f"{role}@malarvik.example"
