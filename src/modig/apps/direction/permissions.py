"""Who sees and changes the direction, and who makes agreements with whom."""

from django.db.models import Q

from modig.apps.direction.models import (
    Agreement,
    Assignment,
    FocusArea,
    Goal,
    LeadershipStatement,
    Shift,
    StatutorySource,
    Strategy,
    Vision,
)
from modig.apps.tenancy.permissions import Visitor, is_allowed
from modig.apps.tenancy.roles import Permission

Text = Vision | Shift | FocusArea | Goal | LeadershipStatement | StatutorySource | Strategy


def may_see_direction(user: Visitor) -> bool:
    return is_allowed(user, Permission.SEE_DIRECTION)


def may_see_text(user: Visitor, text: Text) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_see_direction(user)


def may_edit_direction(user: Visitor) -> bool:
    return is_allowed(user, Permission.EDIT_DIRECTION)


def may_edit_text(user: Visitor, text: Text) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_edit_direction(user)


def may_see_assignments(user: Visitor) -> bool:
    """Whether ``user`` has a list of assignments at all; ``assignments_seen_by`` says which."""
    return is_allowed(user, Permission.AGREE, Permission.EDIT_DIRECTION)


def assignments_seen_by(user: Visitor) -> Q:
    """All for who edits the direction; else one's own, and those that one has given."""
    if is_allowed(user, Permission.EDIT_DIRECTION):
        return Q()
    me = user.pk or 0
    return Q(holder__user__pk=me) | Q(giver__user__pk=me)


def may_see_assignment(user: Visitor, assignment: Assignment) -> bool:
    return Assignment.objects.filter(assignments_seen_by(user), pk=assignment.pk).exists()


def may_give_assignment(user: Visitor) -> bool:
    return is_allowed(user, Permission.AGREE, Permission.EDIT_DIRECTION)


def may_edit_assignment(user: Visitor, assignment: Assignment) -> bool:
    """Who has given it, and who edits the direction; the holder answers by an agreement."""
    giver = assignment.giver
    gave = giver is not None and user.pk is not None and giver.user_id == user.pk
    return gave or is_allowed(user, Permission.EDIT_DIRECTION)


def agreements_seen_by(user: Visitor) -> Q:
    """All for who edits the direction; else those in which one is a side."""
    if is_allowed(user, Permission.EDIT_DIRECTION):
        return Q()
    me = user.pk or 0
    return Q(first__user__pk=me) | Q(second__user__pk=me)


def may_see_agreement(user: Visitor, agreement: Agreement) -> bool:
    return Agreement.objects.filter(agreements_seen_by(user), pk=agreement.pk).exists()


def may_make_agreement(user: Visitor) -> bool:
    return is_allowed(user, Permission.AGREE)


def is_side_of(user: Visitor, agreement: Agreement) -> bool:
    """Only the two sides themselves change and confirm what they have promised each other."""
    sides = {agreement.first.user_id, agreement.second.user_id}
    return user.pk is not None and user.pk in sides


def may_change_agreement(user: Visitor, agreement: Agreement) -> bool:
    return is_allowed(user, Permission.AGREE) and is_side_of(user, agreement)
