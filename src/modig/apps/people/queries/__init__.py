"""What is read from people; the names that other features use."""

from modig.apps.people.queries.persons import (
    current_employments,
    key_persons,
    managers,
    managers_by_unit,
    person_of,
)
from modig.apps.people.queries.teams import seats_of_team, seats_on, teams_on
from modig.apps.people.queries.units import headcounts, open_units, staff_counts, top_units

__all__ = [
    "current_employments",
    "headcounts",
    "key_persons",
    "managers",
    "managers_by_unit",
    "open_units",
    "person_of",
    "seats_of_team",
    "seats_on",
    "staff_counts",
    "teams_on",
    "top_units",
]
