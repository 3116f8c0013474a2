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
    """A place: its word, the name of its address, its icon, and who may go there."""

    label: str | Promise
    url_name: str
    icon: str
    may: Callable[[Visitor], bool]
    is_administration: bool = False

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
    Place(_("Home"), "programme:home", "home", is_member),
    Place(_("Direction"), "direction:direction", "flag", _with(P.SEE_DIRECTION)),
    Place(
        _("Assignments"), "direction:assignments", "list-check", _with(P.AGREE, P.EDIT_DIRECTION)
    ),
    Place(_("Programme"), "programme:list", "route", _with(P.SEE_PROGRAMME, P.FACILITATE)),
    Place(
        _("Initiatives"), "initiatives:portfolio", "bulb", _with(P.SEE_INITIATIVES, P.FACILITATE)
    ),
    Place(
        pgettext_lazy("place", "Benefits"),
        "initiatives:benefits",
        "chart-line",
        _with(P.SEE_INITIATIVES),
    ),
    Place(_("Organisation"), "people:units", "building-community", _with(P.SEE_UNITS)),
    Place(_("Persons"), "people:persons", "users", _with(P.SEE_PEOPLE, P.SEE_OWN_UNIT)),
    Place(_("Teams"), "people:teams", "users-group", _with(P.SEE_PEOPLE, P.SEE_OWN_TEAM)),
    Place(
        _("HR files"),
        "people:imports",
        "file-import",
        _with(P.IMPORT_PEOPLE),
        is_administration=True,
    ),
    Place(
        _("Forms"),
        "surveys:rounds",
        "message-circle",
        _with(P.RUN_FORMS, P.SEE_PROGRAMME, P.FACILITATE),
        is_administration=True,
    ),
    Place(
        _("Jobs"),
        "jobs:list",
        "progress",
        _with(P.ADMINISTER, P.PLAN, P.IMPORT_PEOPLE),
        is_administration=True,
    ),
    Place(_("Log"), "audit:list", "history", _with(P.SEE_AUDIT), is_administration=True),
)


def places_for(user: Visitor) -> list[Place]:
    """The places that ``user`` may open, in order."""
    return [place for place in PLACES if place.may(user) and place.url]
