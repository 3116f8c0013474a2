"""What else follows from a row of a file, beside what it says: codes that the page has words for."""

from enum import StrEnum

from modig.apps.people.comparison import PersonOutcome, RowOutcome
from modig.apps.people.models import StaffRole


class Consequence(StrEnum):
    """What follows from a row that is taken in."""

    JOINS = "joins"
    JOINS_AS_MANAGER = "joins_as_manager"
    SECOND = "second"
    MOVES = "moves"
    BECOMES_MANAGER = "becomes_manager"
    NO_MANAGER = "no_manager"
    RETURNS = "returns"
    UNIT_CHANGES = "unit_changes"
    UPDATED = "updated"
    ENDS = "ends"
    LEAVES_TEAM = "leaves_team"
    HIDDEN = "hidden"
    SAME = "same"


def consequence_of(person: PersonOutcome, row: RowOutcome) -> Consequence:
    """The weightiest thing that follows from the row."""
    is_manager = row.role == StaffRole.MANAGER
    was_manager = row.old_role == StaffRole.MANAGER
    if person.is_new:
        return Consequence.JOINS_AS_MANAGER if is_manager else Consequence.JOINS
    for holds, consequence in (
        ("left_on" in person.changes, Consequence.RETURNS),
        (is_manager and not was_manager, Consequence.BECOMES_MANAGER),
        (was_manager and not is_manager, Consequence.NO_MANAGER),
        (row.replaces is not None, Consequence.MOVES),
        (row.employment is None, Consequence.SECOND),
        (bool(person.changes or row.changes), Consequence.UPDATED),
        (bool(row.unit_changes), Consequence.UNIT_CHANGES),
    ):
        if holds:
            return consequence
    return Consequence.SAME


def is_notable(person: PersonOutcome, row: RowOutcome) -> bool:
    """Whether a programme leader should see the row: it makes, moves or unmakes a manager."""
    if person.is_new:
        return row.role == StaffRole.MANAGER
    if row.role != row.old_role:
        return StaffRole.MANAGER in {row.role, row.old_role}
    is_moved = row.employment is None or "unit" in row.changes or "title" in row.changes
    return row.role == StaffRole.MANAGER and is_moved
