"""Who sees and changes the direction, and who makes agreements with whom.

A permission is about this moment, so the day is today's.
"""

from django.db.models import Q
from django.utils import timezone

from modig.apps.direction.kinds import REMOVABLE, Text, kind_of
from modig.apps.direction.models import Agreement, Assignment, Commitment, FocusArea, Goal, Vision
from modig.apps.people.models import Employment, Person, StaffRole
from modig.apps.people.permissions import persons_seen_by
from modig.apps.tenancy.permissions import Visitor, is_allowed
from modig.apps.tenancy.roles import Permission


def may_see_direction(user: Visitor) -> bool:
    return is_allowed(user, Permission.SEE_DIRECTION)


def may_see_text(user: Visitor, text: Text) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_see_direction(user)


def may_edit_direction(user: Visitor) -> bool:
    return is_allowed(user, Permission.EDIT_DIRECTION)


def may_edit_text(user: Visitor, text: Text) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_edit_direction(user)


def may_remove_text(user: Visitor, text: Text) -> bool:
    """What can be taken away whole; a vision is replaced, goals and focus areas are withdrawn."""
    return kind_of(text) in REMOVABLE and may_edit_direction(user)


def may_withdraw_text(user: Visitor, text: Text) -> bool:
    return isinstance(text, Goal | FocusArea) and may_edit_direction(user)


def may_call_off_vision(user: Visitor, vision: Vision) -> bool:
    return vision.from_on > timezone.localdate() and may_edit_direction(user)


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
    seen = assignments_seen_by(user)
    return may_see_assignments(user) and Assignment.objects.filter(seen, pk=assignment.pk).exists()


def may_give_assignment(user: Visitor) -> bool:
    """Whether ``user`` may give assignments at all; ``holders_for`` says to whom."""
    return is_allowed(user, Permission.AGREE, Permission.EDIT_DIRECTION)


def holders_for(user: Visitor) -> Q:
    """To whom ``user`` may give an assignment: whom she sees; anybody if she edits the direction."""
    return Q() if may_edit_direction(user) else persons_seen_by(user)


def givers_for(user: Visitor) -> Q:
    """Whom ``user`` may name as giver: herself and her own managers; anybody if she edits."""
    if may_edit_direction(user):
        return Q()
    return Q(user_id=user.pk or 0) | Q(pk__in=_managers_of(user))


def may_edit_assignment(user: Visitor, assignment: Assignment) -> bool:
    """Who has given it, and who edits the direction; the holder answers by an agreement."""
    giver = assignment.giver
    gave = giver is not None and user.pk is not None and giver.user_id == user.pk
    return (gave and may_give_assignment(user)) or is_allowed(user, Permission.EDIT_DIRECTION)


def may_see_agreements(user: Visitor) -> bool:
    """Whether ``user`` has a list of agreements at all; ``agreements_seen_by`` says which."""
    return is_allowed(user, Permission.AGREE, Permission.EDIT_DIRECTION)


def agreements_seen_by(user: Visitor) -> Q:
    """All for who edits the direction; else those in which one is a side."""
    if is_allowed(user, Permission.EDIT_DIRECTION):
        return Q()
    me = user.pk or 0
    return Q(first__user__pk=me) | Q(second__user__pk=me)


def may_see_agreement(user: Visitor, agreement: Agreement) -> bool:
    seen = agreements_seen_by(user)
    return may_see_agreements(user) and Agreement.objects.filter(seen, pk=agreement.pk).exists()


def may_make_agreement(user: Visitor) -> bool:
    return is_allowed(user, Permission.AGREE)


def other_sides_for(user: Visitor) -> Q:
    """With whom ``user`` may agree: managers, her own manager, and whoever else she sees."""
    today = timezone.localdate()
    now = Q(from_on__isnull=True) | Q(from_on__lte=today)
    now &= Q(to_on__isnull=True) | Q(to_on__gt=today)
    leading = Employment.objects.filter(now, role__in=(StaffRole.MANAGER, StaffRole.KEY_PERSON))
    return (
        persons_seen_by(user) | Q(pk__in=leading.values("person")) | Q(pk__in=_managers_of(user))
        if not is_allowed(user, Permission.SEE_PEOPLE)
        else Q()
    )


def is_side_of(user: Visitor, agreement: Agreement) -> bool:
    """Only the two sides themselves change and confirm what they have promised each other."""
    sides = {agreement.first.user_id, agreement.second.user_id}
    return user.pk is not None and user.pk in sides


def may_change_agreement(user: Visitor, agreement: Agreement) -> bool:
    return is_allowed(user, Permission.AGREE) and is_side_of(user, agreement)


def may_keep_commitment(user: Visitor, commitment: Commitment) -> bool:
    """Who has promised it says herself when it is kept."""
    agreement = commitment.agreement
    is_first = commitment.side == Commitment.Side.FIRST
    promiser: Person = agreement.first if is_first else agreement.second
    own = user.pk is not None and promiser.user_id == user.pk
    return own and is_allowed(user, Permission.AGREE)


def may_name(user: Visitor) -> bool:
    """Whether ``user`` fills in forms in which a unit or a person is named."""
    return is_allowed(user, Permission.AGREE, Permission.EDIT_DIRECTION)


def _managers_of(user: Visitor) -> list[int]:
    own = Employment.objects.filter(person__user_id=user.pk or 0, manager__isnull=False)
    return [key for key in own.values_list("manager", flat=True) if key]
