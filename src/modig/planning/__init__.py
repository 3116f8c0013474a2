"""Put whole teams into programme groups and give the groups dates. Pure: values in, values out."""

from modig.planning.acquaintance import (
    most_across,
    most_together,
    most_together_within,
    pairs_met,
    pairs_of_kinds,
    pairs_together,
)
from modig.planning.bounds import tight_bound
from modig.planning.checker import (
    GroupFigures,
    ScheduleFigures,
    check_groups,
    check_schedule,
)
from modig.planning.clashes import clashing_pairs, ease_calendar
from modig.planning.compose import compose
from modig.planning.contacts import Contacts, arrange_contacts
from modig.planning.contacts_checker import ContactFigures, check_contacts
from modig.planning.explain import (
    Alternative,
    MeetingMoveCost,
    MoveCost,
    WhyHere,
    cost_of_meeting_move,
    cost_of_move,
    team_key,
    why_here,
)
from modig.planning.feasibility import teams_without_days
from modig.planning.mdgp import LARGEST_DISTANCE, DistanceProblem, Diverse, diversify
from modig.planning.placements import NextBest, Placement, PriceHere, placements, prices_here
from modig.planning.problem import (
    Cap,
    CompositionProblem,
    ContactsProblem,
    Person,
    Quota,
    RaisedCap,
    ScheduleProblem,
    TeamKey,
    Unit,
    raised_caps,
    unit_caps,
)
from modig.planning.public_holidays import UnknownCountryError, public_holidays
from modig.planning.replan import (
    Move,
    changed_meetings,
    replan_groups,
    replan_schedule,
    same_group_names,
    with_old_places,
)
from modig.planning.result import Composition, Meeting, Progress, Reason, Schedule, Status, so_many
from modig.planning.schedule import schedule
from modig.planning.teams import ProposedTeam, bundle_into_teams
from modig.planning.warm import are_compiled, warm_up

__all__ = [
    "LARGEST_DISTANCE",
    "Alternative",
    "Cap",
    "Composition",
    "CompositionProblem",
    "ContactFigures",
    "Contacts",
    "ContactsProblem",
    "DistanceProblem",
    "Diverse",
    "GroupFigures",
    "Meeting",
    "MeetingMoveCost",
    "Move",
    "MoveCost",
    "NextBest",
    "Person",
    "Placement",
    "PriceHere",
    "Progress",
    "ProposedTeam",
    "Quota",
    "RaisedCap",
    "Reason",
    "Schedule",
    "ScheduleFigures",
    "ScheduleProblem",
    "Status",
    "TeamKey",
    "Unit",
    "UnknownCountryError",
    "WhyHere",
    "are_compiled",
    "arrange_contacts",
    "bundle_into_teams",
    "changed_meetings",
    "check_contacts",
    "check_groups",
    "check_schedule",
    "clashing_pairs",
    "compose",
    "cost_of_meeting_move",
    "cost_of_move",
    "diversify",
    "ease_calendar",
    "most_across",
    "most_together",
    "most_together_within",
    "pairs_met",
    "pairs_of_kinds",
    "pairs_together",
    "placements",
    "prices_here",
    "public_holidays",
    "raised_caps",
    "replan_groups",
    "replan_schedule",
    "same_group_names",
    "schedule",
    "so_many",
    "team_key",
    "teams_without_days",
    "tight_bound",
    "unit_caps",
    "warm_up",
    "why_here",
    "with_old_places",
]
