"""Who sees and changes programmes, plans and groups."""

from django.db.models import Q

from modig.apps.people.models import Person
from modig.apps.programme.models import (
    Block,
    ClosedWeeks,
    Facilitator,
    FarApart,
    Group,
    GroupQuota,
    KeepApart,
    Meeting,
    Participant,
    Plan,
    Programme,
    Promise,
    TargetPart,
    TeamAway,
    TeamPlacement,
    UnitCap,
    Venue,
    Wave,
)
from modig.apps.tenancy.permissions import Visitor, is_allowed, is_member
from modig.apps.tenancy.roles import Permission


def may_see_home(user: Visitor) -> bool:
    return is_member(user)


def may_see_plans_of(user: Visitor, _wave: Wave) -> bool:
    return is_allowed(user, Permission.SEE_PROGRAMME)


def may_plan(user: Visitor, _wave: Wave) -> bool:
    return is_allowed(user, Permission.PLAN)


def may_see_plan(user: Visitor, _plan: Plan) -> bool:
    return is_allowed(user, Permission.SEE_PROGRAMME)


def may_see_people_of_plan(user: Visitor, _plan: Plan) -> bool:
    """Whether ``user`` may have the plan's lists of persons."""
    return is_allowed(user, Permission.PLAN, Permission.SEE_PEOPLE)


def may_see_reasons(user: Visitor, group: Group) -> bool:
    """Whether ``user`` sees why each team of a group is there."""
    return may_see_plan(user, group.plan)


def may_change_plan(user: Visitor, _plan: Plan) -> bool:
    return is_allowed(user, Permission.PLAN)


def may_change_item(user: Visitor, item: tuple[Plan, TeamPlacement | Participant]) -> bool:
    """Whether ``user`` may move a team, or somebody who comes alone."""
    return may_change_plan(user, item[0])


def may_change_meeting(user: Visitor, _meeting: Meeting) -> bool:
    return is_allowed(user, Permission.PLAN)


def may_publish_plan(user: Visitor, _plan: Plan) -> bool:
    return is_allowed(user, Permission.PUBLISH)


def groups_seen_by(user: Visitor) -> Q:
    """The groups whose page ``user`` may open.

    Who sees programmes sees all; a facilitator the published groups that she leads; a participant
    her own.
    """
    if is_allowed(user, Permission.SEE_PROGRAMME):
        return Q()
    seen = Q(pk__in=[])
    if is_allowed(user, Permission.FACILITATE):
        seen |= Q(meetings__facilitator__user__pk=user.pk or 0)
    if is_allowed(user, Permission.TAKE_PART):
        seen |= Q(participants__person__user__pk=user.pk or 0)
    return seen & Q(plan__state=Plan.State.PUBLISHED)


def may_see_group(user: Visitor, group: Group) -> bool:
    return Group.objects.filter(groups_seen_by(user), pk=group.pk).exists()


def may_see_people_of_group(user: Visitor, group: Group) -> bool:
    """Whether ``user`` sees who is in the group: its leaders, its members, and planners."""
    if is_allowed(user, Permission.PLAN, Permission.SEE_PEOPLE):
        return True
    is_near = Q(meetings__facilitator__user__pk=user.pk or 0) | Q(
        participants__person__user__pk=user.pk or 0
    )
    return may_see_group(user, group) and Group.objects.filter(is_near, pk=group.pk).exists()


def may_lead_group(user: Visitor, group: Group) -> bool:
    """Whether ``user`` may have the group's attendance sheet and lists."""
    if is_allowed(user, Permission.PLAN, Permission.SEE_PEOPLE):
        return True
    leads = group.meetings.filter(facilitator__user__pk=user.pk or 0)
    is_published = group.plan.state == Plan.State.PUBLISHED
    return is_allowed(user, Permission.FACILITATE) and is_published and leads.exists()


def may_see_dates_of(user: Visitor, person: Person) -> bool:
    """Whether ``user`` sees a participant's dates: planners, her facilitators, and herself."""
    if is_allowed(user, Permission.PLAN, Permission.SEE_PEOPLE):
        return True
    if not is_member(user):
        return False
    led = Q(group__meetings__facilitator__user__pk=user.pk or 0)
    seen = Participant.objects.filter(led, person=person, group__plan__state=Plan.State.PUBLISHED)
    is_led = is_allowed(user, Permission.FACILITATE) and seen.exists()
    return is_led or (user.pk is not None and person.user_id == user.pk)


def may_see_mine(user: Visitor) -> bool:
    return is_member(user)


# ---- programmes and what they are set up of ------------------------------------------------------


def may_see_programmes(user: Visitor) -> bool:
    """Whether ``user`` has a list of programmes: all, or those whose groups she leads."""
    return is_allowed(user, Permission.SEE_PROGRAMME, Permission.FACILITATE)


def sees_all_programmes(user: Visitor) -> bool:
    return is_allowed(user, Permission.SEE_PROGRAMME)


def may_see_programme(user: Visitor, _programme: Programme) -> bool:
    return is_allowed(user, Permission.SEE_PROGRAMME)


def may_see_people_of_programme(user: Visitor) -> bool:
    """Whether ``user`` sees by name who has been reached and who has not."""
    return is_allowed(user, Permission.PLAN, Permission.SEE_PEOPLE)


def may_edit_programmes(user: Visitor) -> bool:
    return is_allowed(user, Permission.EDIT_PROGRAMME)


def may_edit_programme(user: Visitor, _programme: Programme) -> bool:
    return may_edit_programmes(user)


def may_see_wave(user: Visitor, _wave: Wave) -> bool:
    return is_allowed(user, Permission.SEE_PROGRAMME)


def may_edit_wave(user: Visitor, _wave: Wave) -> bool:
    return may_edit_programmes(user)


def may_edit_part_of_wave(
    user: Visitor,
    _part: Block
    | TargetPart
    | ClosedWeeks
    | KeepApart
    | UnitCap
    | GroupQuota
    | FarApart
    | TeamAway,
) -> bool:
    return may_edit_programmes(user)


def may_see_venues(user: Visitor) -> bool:
    return is_allowed(user, Permission.SEE_PROGRAMME)


def may_edit_venue(user: Visitor, _venue: Venue) -> bool:
    return may_edit_programmes(user)


def may_see_facilitators(user: Visitor) -> bool:
    return is_allowed(user, Permission.SEE_PROGRAMME)


def may_edit_facilitator(user: Visitor, _facilitator: Facilitator) -> bool:
    return may_edit_programmes(user)


# ---- promises ------------------------------------------------------------------------------------


def may_promise(user: Visitor) -> bool:
    """Whoever takes part in programmes promises, and tells what happened."""
    return is_allowed(user, Permission.TAKE_PART)


def may_keep_promise(user: Visitor, promise: Promise) -> bool:
    """Only who has promised changes it, and tells what happened."""
    return may_promise(user) and user.pk is not None and promise.person.user_id == user.pk


def groups_led_by(user: Visitor) -> Q:
    """The published groups that ``user`` leads as a facilitator."""
    if not is_allowed(user, Permission.FACILITATE):
        return Q(pk__in=[])
    return Q(meetings__facilitator__user__pk=user.pk or 0, plan__state=Plan.State.PUBLISHED)


def may_see_promise(user: Visitor, promise: Promise) -> bool:
    """Who has promised, and the facilitators of the group that it was promised in; nobody else."""
    if may_keep_promise(user, promise):
        return True
    if promise.meeting is None:
        return False
    led = Group.objects.filter(
        groups_led_by(user),
        participants__person=promise.person_id,
        plan__wave=promise.meeting.block.wave_id,
    )
    return led.exists()


def may_see_promises_of(user: Visitor, group: Group) -> bool:
    """Only a group's facilitators read what its people have promised."""
    return Group.objects.filter(groups_led_by(user), pk=group.pk).exists()


def may_count_promises(user: Visitor) -> bool:
    """Whether ``user`` sees how many promises there are; ``groups_counted_by`` says of whom."""
    return is_allowed(user, Permission.SEE_PROGRAMME, Permission.FACILITATE)


def groups_counted_by(user: Visitor) -> Q:
    """Numbers, never words: of all groups, or of those that ``user`` leads."""
    return Q() if is_allowed(user, Permission.SEE_PROGRAMME) else groups_led_by(user)
