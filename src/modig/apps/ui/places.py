"""The places of the main navigation. Only what exists, and what the user may open, is shown."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from modig.apps.tenancy.permissions import Visitor, is_allowed, is_member
from modig.apps.tenancy.roles import Permission


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its word, its address, its icon, who may go there, and which pages belong to it.

    ``holds`` are beginnings of the names of those pages' addresses, without them its own name;
    the longest that fits wins.
    """

    label: str | Promise
    url_name: str
    icon: str
    may: Callable[[Visitor], bool]
    is_administration: bool = False
    holds: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""


def _with(*permissions: Permission) -> Callable[[Visitor], bool]:
    return lambda user: is_allowed(user, *permissions)


P = Permission
PLACES = (
    Place(
        _("Home"),
        "programme:home",
        "home",
        is_member,
        holds=(
            "programme:home",
            "programme:mine",
            "programme:participant",
            "programme:promise",
            "programme:reminders",
        ),
    ),
    Place(
        _("Direction"),
        "direction:direction",
        "flag",
        _with(P.SEE_DIRECTION),
        holds=("direction:", "reports:thread"),
    ),
    Place(
        _("Assignments"),
        "direction:assignments",
        "list-check",
        _with(P.AGREE, P.EDIT_DIRECTION),
        holds=("direction:assignment", "direction:agreement", "direction:commitment"),
    ),
    Place(
        _("Programme"),
        "programme:list",
        "route",
        _with(P.SEE_PROGRAMME, P.FACILITATE),
        holds=("programme:", "programme:promise_counts"),
    ),
    Place(
        _("Initiatives"),
        "initiatives:portfolio",
        "bulb",
        _with(P.SEE_INITIATIVES, P.FACILITATE),
        holds=("initiatives:", "reports:story"),
    ),
    Place(
        pgettext_lazy("place", "Benefits"),
        "initiatives:benefits",
        "chart-line",
        _with(P.SEE_INITIATIVES, P.FACILITATE),
        holds=("initiatives:benefit", "initiatives:reading", "initiatives:indicator"),
    ),
    Place(
        _("Organisation"),
        "people:units",
        "building-community",
        _with(P.SEE_UNITS),
        holds=("people:unit", "people:legal_entit"),
    ),
    Place(
        _("Persons"),
        "people:persons",
        "users",
        _with(P.SEE_PEOPLE, P.SEE_OWN_UNIT),
        is_administration=True,
        holds=("people:person", "people:employment", "people:key_person", "people:nomination"),
    ),
    Place(
        pgettext_lazy("place", "Teams"),
        "people:teams",
        "users-group",
        _with(P.SEE_PEOPLE, P.SEE_OWN_TEAM),
        is_administration=True,
        holds=("people:team", "people:seat"),
    ),
    Place(
        _("HR files"),
        "people:imports",
        "file-import",
        _with(P.IMPORT_PEOPLE),
        is_administration=True,
        holds=("people:import", "people:role_rule", "people:rule", "people:team_proposal"),
    ),
    Place(
        _("Users"),
        "administration:users",
        "user",
        _with(P.ADMINISTER),
        is_administration=True,
        holds=("administration:user",),
    ),
    Place(
        _("Roles"),
        "administration:roles",
        "lock",
        _with(P.ADMINISTER),
        is_administration=True,
        holds=("administration:role",),
    ),
    Place(
        _("Forms"),
        "surveys:rounds",
        "message-circle",
        _with(P.RUN_FORMS, P.SEE_PROGRAMME, P.FACILITATE),
        is_administration=True,
        holds=("surveys:",),
    ),
    Place(
        _("Jobs"),
        "jobs:list",
        "progress",
        _with(P.ADMINISTER, P.PLAN, P.IMPORT_PEOPLE),
        is_administration=True,
        holds=("jobs:",),
    ),
    Place(
        _("Log"),
        "audit:list",
        "history",
        _with(P.SEE_AUDIT),
        is_administration=True,
        holds=("audit:",),
    ),
)


def places_for(user: Visitor) -> list[Place]:
    """The places that ``user`` may open, in order."""
    return [place for place in PLACES if place.may(user) and place.url]


def place_of(view_name: str, places: list[Place]) -> Place | None:
    """Which of ``places`` the page with this address name belongs to."""
    fitting = [
        (len(beginning), place)
        for place in places
        for beginning in place.holds or (place.url_name,)
        if view_name.startswith(beginning)
    ]
    return max(fitting, key=lambda one: one[0], default=(0, None))[1]
