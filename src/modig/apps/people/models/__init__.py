"""Units, persons, employments and management teams of an organisation."""

from modig.apps.people.models.person import Employment, KeyPersonNomination, Person
from modig.apps.people.models.team import ManagementTeam, TeamSeat
from modig.apps.people.models.unit import LegalEntity, Unit, UnitEdge, UnitSuccession

__all__ = [
    "Employment",
    "KeyPersonNomination",
    "LegalEntity",
    "ManagementTeam",
    "Person",
    "TeamSeat",
    "Unit",
    "UnitEdge",
    "UnitSuccession",
]
