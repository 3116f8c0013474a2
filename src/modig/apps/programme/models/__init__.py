"""Programmes with their waves, blocks and rules; plans with their groups and meetings."""

from modig.apps.programme.models.group import (
    CalendarFeed,
    Group,
    Meeting,
    MeetingDay,
    Participant,
    TeamPlacement,
)
from modig.apps.programme.models.plan import Plan
from modig.apps.programme.models.programme import (
    Attribute,
    Block,
    ClosedWeeks,
    Facilitator,
    FarApart,
    GroupQuota,
    KeepApart,
    Programme,
    Rules,
    TargetPart,
    TeamAway,
    UnitCap,
    Venue,
    Wave,
)
from modig.apps.programme.models.promise import Promise
from modig.apps.programme.models.reminder import ReminderPause

__all__ = [
    "Attribute",
    "Block",
    "CalendarFeed",
    "ClosedWeeks",
    "Facilitator",
    "FarApart",
    "Group",
    "GroupQuota",
    "KeepApart",
    "Meeting",
    "MeetingDay",
    "Participant",
    "Plan",
    "Programme",
    "Promise",
    "ReminderPause",
    "Rules",
    "TargetPart",
    "TeamAway",
    "TeamPlacement",
    "UnitCap",
    "Venue",
    "Wave",
]
