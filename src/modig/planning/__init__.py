"""Put whole teams into programme groups and give the groups dates. Pure: values in, values out."""

from modig.planning.checker import (
    GroupFigures,
    ScheduleFigures,
    check_groups,
    check_schedule,
)
from modig.planning.compose import compose
from modig.planning.problem import (
    Cap,
    CompositionProblem,
    Person,
    RaisedCap,
    ScheduleProblem,
    TeamKey,
    Unit,
    raised_caps,
    unit_caps,
)
from modig.planning.public_holidays import UnknownCountryError, public_holidays
from modig.planning.result import Composition, Meeting, Progress, Reason, Schedule, Status
from modig.planning.schedule import schedule
from modig.planning.teams import ProposedTeam, bundle_into_teams

__all__ = [
    "Cap",
    "Composition",
    "CompositionProblem",
    "GroupFigures",
    "Meeting",
    "Person",
    "Progress",
    "ProposedTeam",
    "RaisedCap",
    "Reason",
    "Schedule",
    "ScheduleFigures",
    "ScheduleProblem",
    "Status",
    "TeamKey",
    "Unit",
    "UnknownCountryError",
    "bundle_into_teams",
    "check_groups",
    "check_schedule",
    "compose",
    "public_holidays",
    "raised_caps",
    "schedule",
    "unit_caps",
]
