"""The kinds of long work: what each is called, who may change it, and where it leads.

A feature says where its jobs lead when it loads, since only it knows its pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modig.apps.tenancy.roles import Permission

if TYPE_CHECKING:
    from modig.apps.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: its name, the words of the way on, and what it takes to stop or restart it."""

    name: str | Promise
    way_on: str | Promise
    needs: Permission


KINDS = {
    "look-over-import": Kind(
        _("Looking an HR file over"), _("To the HR file"), Permission.IMPORT_PEOPLE
    ),
    "import": Kind(_("Reading an HR file"), _("To the HR file"), Permission.IMPORT_PEOPLE),
    "undo-import": Kind(_("Undoing an import"), _("To the HR file"), Permission.IMPORT_PEOPLE),
    "draw-map": Kind(
        _("Drawing the map of initiatives"), _("To the map"), Permission.EDIT_INITIATIVES
    ),
    "plan": Kind(_("Making a plan"), _("To the plan"), Permission.PLAN),
    "replan": Kind(_("Seeing what must move after changes"), _("To the changes"), Permission.PLAN),
    "proposals": Kind(_("Making three proposals"), _("To the proposals"), Permission.PLAN),
    "send-forms": Kind(_("Sending out forms"), _("To the forms"), Permission.RUN_FORMS),
}
OTHER = Kind(_("Long work"), _("Go on"), Permission.ADMINISTER)

Address = Callable[["Job"], str]
_addresses: dict[str, Address] = {}


def kind_named(kind: str) -> Kind:
    return KINDS.get(kind, OTHER)


def leads_to(kind: str) -> Callable[[Address], Address]:
    """Register the decorated function as where jobs of ``kind`` lead: an address, or nothing."""

    def register(address: Address) -> Address:
        _addresses[kind] = address
        return address

    return register


def address_of(job: "Job") -> str:
    """The page that the job is about, if its feature has one."""
    return _addresses[job.kind](job) if job.kind in _addresses else ""
