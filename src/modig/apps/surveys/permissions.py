"""Who sends out forms, and who reads what they say."""

from django.db.models import Q

from modig.apps.surveys.models import Invitation, Round
from modig.apps.tenancy.permissions import Visitor, is_allowed
from modig.apps.tenancy.roles import Permission


def may_see_rounds(user: Visitor) -> bool:
    """Whether ``user`` has a list of rounds at all; ``rounds_seen_by`` says which."""
    return is_allowed(user, Permission.RUN_FORMS, Permission.SEE_PROGRAMME, Permission.FACILITATE)


def rounds_seen_by(user: Visitor) -> Q:
    """All; or, for who only leads groups, the forms of the meetings she leads."""
    if is_allowed(user, Permission.RUN_FORMS, Permission.SEE_PROGRAMME):
        return Q()
    if is_allowed(user, Permission.FACILITATE):
        return Q(meeting__facilitator__user__pk=user.pk or 0)
    return Q(pk__in=[])


def may_see_round(user: Visitor, found: Round) -> bool:
    return Round.objects.filter(rounds_seen_by(user), pk=found.pk).exists()


def may_run_forms(user: Visitor) -> bool:
    return is_allowed(user, Permission.RUN_FORMS)


def may_run_round(user: Visitor, found: Round) -> bool:
    """Who runs forms, and the facilitator of the round's own meeting."""
    if may_run_forms(user):
        return True
    meeting = found.meeting
    leader = meeting.facilitator if meeting else None
    leads = leader is not None and user.pk is not None and leader.user_id == user.pk
    return leads and is_allowed(user, Permission.FACILITATE)


def may_answer(user: Visitor, invitation: Invitation) -> bool:
    """Only the invited person herself."""
    return user.pk is not None and invitation.person.user_id == user.pk
