"""Who sees and changes initiatives, and the benefits that they claim."""

from django.db.models import Q

from modig.apps.initiatives.models import (
    Attachment,
    Benefit,
    Cluster,
    Gate,
    Indicator,
    Initiative,
    InitiativePerson,
    InitiativeStep,
    MergeProposal,
    Question,
    Quotation,
    Reading,
    SavedView,
    Synonym,
)
from modig.apps.programme.models import Meeting
from modig.apps.tenancy.permissions import Visitor, is_allowed, is_member
from modig.apps.tenancy.roles import Permission


def may_see_initiatives(user: Visitor) -> bool:
    """Whether ``user`` has a list of initiatives at all; ``initiatives_seen_by`` says which."""
    return is_allowed(user, Permission.SEE_INITIATIVES, Permission.FACILITATE)


def initiatives_seen_by(user: Visitor) -> Q:
    """All; or, for who only leads groups, those that were born in them."""
    if is_allowed(user, Permission.SEE_INITIATIVES):
        return Q()
    if is_allowed(user, Permission.FACILITATE):
        led = Meeting.objects.filter(facilitator__user__pk=user.pk or 0)
        return Q(group__in=led.values("group"))
    return Q(pk__in=[])


def may_see_initiative(user: Visitor, initiative: Initiative) -> bool:
    return Initiative.objects.filter(initiatives_seen_by(user), pk=initiative.pk).exists()


def may_enter_initiative(user: Visitor) -> bool:
    return is_allowed(user, Permission.OWN_INITIATIVES, Permission.EDIT_INITIATIVES)


def may_edit_initiatives(user: Visitor) -> bool:
    """Whether ``user`` may change many at a time, whoever owns them."""
    return is_allowed(user, Permission.EDIT_INITIATIVES)


def may_edit_initiative(user: Visitor, initiative: Initiative) -> bool:
    """Its owner, those who work on it, and whoever may edit all."""
    if may_edit_initiatives(user):
        return True
    if not is_allowed(user, Permission.OWN_INITIATIVES):
        return False
    return owns(user, initiative) or is_member_of(user, initiative)


def owns(user: Visitor, initiative: Initiative) -> bool:
    return user.pk is not None and initiative.owner.user_id == user.pk


def is_member_of(user: Visitor, initiative: Initiative) -> bool:
    part = InitiativePerson.Part.MEMBER
    return initiative.people.filter(person__user__pk=user.pk or 0, part=part).exists()


def may_tell_news(user: Visitor, initiative: Initiative) -> bool:
    """Only its owner is asked how it is going."""
    return is_allowed(user, Permission.OWN_INITIATIVES) and owns(user, initiative)


def may_follow_initiative(user: Visitor, initiative: Initiative) -> bool:
    """Whether ``user`` may follow it, ask its owner, or ask to join."""
    return is_member(user) and may_see_initiative(user, initiative)


def may_edit_part_of(
    user: Visitor, thing: InitiativeStep | Gate | InitiativePerson | Attachment | Quotation
) -> bool:
    """Whoever edits the initiative edits what belongs to it."""
    return may_edit_initiative(user, thing.initiative)


def may_read_attachment(user: Visitor, attachment: Attachment) -> bool:
    return may_see_initiative(user, attachment.initiative)


def may_see_merge(user: Visitor, proposal: MergeProposal) -> bool:
    """Whoever sees both initiatives."""
    return may_see_initiative(user, proposal.source) and may_see_initiative(user, proposal.target)


def may_answer_question(user: Visitor, question: Question) -> bool:
    return may_edit_initiative(user, question.initiative)


def may_decide_merge(user: Visitor, proposal: MergeProposal) -> bool:
    """Either owner; nobody can say yes for another."""
    return owns(user, proposal.source) or owns(user, proposal.target)


def may_see_benefits(user: Visitor) -> bool:
    """Whether ``user`` has a register at all; it holds the benefits of initiatives that she sees."""
    return may_see_initiatives(user)


def may_see_benefit(user: Visitor, benefit: Benefit) -> bool:
    return may_see_initiative(user, benefit.initiative)


def may_edit_benefit(user: Visitor, benefit: Benefit) -> bool:
    """Who answers for it in the line, and whoever edits its initiative."""
    owner = benefit.owner
    answers_for = owner is not None and user.pk is not None and owner.user_id == user.pk
    may_answer = answers_for and is_allowed(user, Permission.OWN_INITIATIVES)
    return may_answer or may_edit_initiative(user, benefit.initiative)


def may_edit_new_benefit(user: Visitor, benefit: Benefit) -> bool:
    """Whoever edits an initiative claims what it brings; one that has merged claims no more."""
    initiative = benefit.initiative
    return initiative.merged_into_id is None and may_edit_initiative(user, initiative)


def may_edit_reading(user: Visitor, reading: Reading) -> bool:
    return may_edit_benefit(user, reading.benefit)


def may_see_indicator(user: Visitor, indicator: Indicator) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_see_benefits(user)


def may_edit_synonym(user: Visitor, synonym: Synonym) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_edit_initiatives(user)


def may_edit_cluster(user: Visitor, cluster: Cluster) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_edit_initiatives(user)


def may_delete_view(user: Visitor, view: SavedView) -> bool:
    """One's own; a shared one also whoever edits all initiatives."""
    is_own = user.pk is not None and view.user_id == user.pk
    return is_own or (view.is_shared and may_edit_initiatives(user))
