"""The demo's users: one for each role, with a name and what she comes to do."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class DemoUser:
    """A user of the demo; without a name she gets that of the person whom she is linked to."""

    role: str
    name: str
    task: str | Promise = ""
    is_of_the_partner: bool = False
    member_as: str = ""

    @property
    def membership(self) -> str:
        """The code of her role in the organisation."""
        return self.member_as or self.role


DEMO_USERS = (
    DemoUser(
        "programme-owner",
        "Sara Lind",
        _("Plans the waves, sees who has not been reached, and publishes."),
    ),
    DemoUser(
        "administrator",
        "Jonas Ek",
        _("Reads in HR files, invites users, and looks after roles and the log."),
    ),
    DemoUser(
        "facilitator",
        "Agneta Brodd",
        _("Leads programme groups for the partner firm, and sees only those."),
    ),
    DemoUser("team-leader", "", _("Leads a management team that takes part as a whole.")),
    DemoUser("unit-manager", "", _("Leads a unit: sees her people and her own dates.")),
    DemoUser("participant", "", _("Looks up her group, dates and calendar.")),
    DemoUser("chief-executive", "", _("Follows how far the programme has reached.")),
    DemoUser(
        "partner",
        "Karl Wester",
        _("Works with several clients; their rows never mix."),
        is_of_the_partner=True,
    ),
    DemoUser(
        "reader", "Lena Holm", _("May look at the organisation and the programme, not at people.")
    ),
)
# The partner firm has two account leads; nobody needs to be the second one.
COLLEAGUES = (DemoUser("account-lead", "Helena Stam", is_of_the_partner=True, member_as="partner"),)


def email_of(role: str) -> str:
    """The address that the demo's user of this role signs in with."""
    return f"{role}@malarvik.example"
