"""The only way from the pages to the planner: plain values in, plain values out.

``given`` is what a plan was made from (`queries.plans.what_is_given`); a grouping is the name of a
group by employee number.
"""

from modig.apps.programme.planning_bridge.command import check_command
from modig.apps.programme.planning_bridge.costs import (
    Elsewhere,
    MeetingMovePrice,
    Price,
    TeamMovePrice,
    Why,
    placements,
    price_of_meeting_move,
    price_of_team_move,
    why,
)
from modig.apps.programme.planning_bridge.figures import (
    CapOfUnit,
    Staffing,
    caps_of,
    figures_of,
    staffing,
)
from modig.apps.programme.planning_bridge.gently import Moving, replan, why_redated
from modig.apps.programme.planning_bridge.making import (
    CALM,
    EMPHASES,
    MIX,
    RULES,
    make,
    make_proposal,
    prices,
)
from modig.apps.programme.planning_bridge.meeting_others import Contact, Contacts, contacts
from modig.apps.programme.planning_bridge.problems import (
    composition_problem,
    days_off_of,
    far_apart_of,
    holidays,
    hosts_for,
    schedule_problem,
    unavailable_of,
)
from modig.apps.programme.planning_bridge.values import (
    Figures,
    Given,
    Grouping,
    HowFar,
    Limit,
    Made,
    ReasonRow,
)
from modig.planning import NextBest, Placement

__all__ = [
    "CALM",
    "EMPHASES",
    "MIX",
    "RULES",
    "CapOfUnit",
    "Contact",
    "Contacts",
    "Elsewhere",
    "Figures",
    "Given",
    "Grouping",
    "HowFar",
    "Limit",
    "Made",
    "MeetingMovePrice",
    "Moving",
    "NextBest",
    "Placement",
    "Price",
    "ReasonRow",
    "Staffing",
    "TeamMovePrice",
    "Why",
    "caps_of",
    "check_command",
    "composition_problem",
    "contacts",
    "days_off_of",
    "far_apart_of",
    "figures_of",
    "holidays",
    "hosts_for",
    "make",
    "make_proposal",
    "placements",
    "price_of_meeting_move",
    "price_of_team_move",
    "prices",
    "replan",
    "schedule_problem",
    "staffing",
    "unavailable_of",
    "why",
    "why_redated",
]
