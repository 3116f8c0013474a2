"""Units, persons, employments and management teams of an organisation."""

from modig.apps.people.models.imports import HrImport, ImportMapping, ImportRow, RoleRule
from modig.apps.people.models.person import (
    Employment,
    KeyPersonNomination,
    Person,
    StaffRole,
)
from modig.apps.people.models.proposal import ProposedSeat, TeamProposal
from modig.apps.people.models.team import ManagementTeam, TeamSeat
from modig.apps.people.models.unit import LegalEntity, Unit, UnitEdge, UnitSuccession

__all__ = [
    "Employment",
    "HrImport",
    "ImportMapping",
    "ImportRow",
    "KeyPersonNomination",
    "LegalEntity",
    "ManagementTeam",
    "Person",
    "ProposedSeat",
    "RoleRule",
    "StaffRole",
    "TeamProposal",
    "TeamSeat",
    "Unit",
    "UnitEdge",
    "UnitSuccession",
]
