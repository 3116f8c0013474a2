"""What the one who runs programmes should do next."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from modig.apps.accounts.models import User
from modig.apps.programme.models import Programme
from modig.apps.programme.queries.missing import overview, ranked_in
from modig.apps.programme.queries.programmes import open_programmes
from modig.apps.tenancy.permissions import is_allowed
from modig.apps.tenancy.roles import Permission


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: what, why, what to do about it, and where."""

    title: str
    why: str
    do: str
    url: str


def next_steps(user: User, on: date) -> list[Step]:
    """What is missing in the programmes that are not over, the most urgent first.

    Only what ``user`` may do something about; nothing for those who do not run programmes.
    """
    if not is_allowed(user, Permission.EDIT_PROGRAMME, Permission.PLAN):
        return []
    programmes = list(open_programmes(on))
    if not programmes:
        return _first_programme(user)
    found = overview(programmes, on)
    ranked = [
        (urgency, programme, one)
        for programme in programmes
        for urgency, one in ranked_in(found, programme)
        if is_allowed(user, one.permission)
    ]
    ranked.sort(key=lambda row: row[0])
    several = len(programmes) > 1
    return [
        Step(one.title, _of(programme, one.why) if several else one.why, one.do, one.url)
        for _urgency, programme, one in ranked
    ]


def _of(programme: Programme, why: str) -> str:
    """A sentence after the name of the programme and a colon."""
    return f"{programme}: {why[:1].lower()}{why[1:]}"


def _first_programme(user: User) -> list[Step]:
    if not is_allowed(user, Permission.EDIT_PROGRAMME):
        return []
    why = _("A programme has a name, a purpose, and waves of groups that meet.")
    address = reverse("programme:programme_new")
    return [Step(_("Make the first programme"), why, _("New programme"), address)]
