"""Who sees which units, persons and teams, and who changes them.

A permission is about this moment, so the day is today's.
"""

import operator
from functools import reduce

from django.db.models import Q
from django.utils import timezone

from modig.apps.people.models import (
    Employment,
    HrImport,
    ImportMapping,
    KeyPersonNomination,
    LegalEntity,
    ManagementTeam,
    Person,
    RoleRule,
    StaffRole,
    TeamProposal,
    TeamSeat,
    Unit,
)
from modig.apps.tenancy.permissions import Visitor, is_allowed, is_member
from modig.apps.tenancy.roles import Permission

NOTHING = Q(pk__in=[])


def may_see_units(user: Visitor) -> bool:
    return is_allowed(user, Permission.SEE_UNITS, Permission.SEE_PEOPLE)


def may_see_unit(user: Visitor, unit: Unit) -> bool:
    return may_see_units(user) or is_own_unit(user, unit)


def may_see_people_of(user: Visitor, unit: Unit) -> bool:
    """Whether ``user`` sees who works in ``unit``, and not only how many."""
    return is_allowed(user, Permission.SEE_PEOPLE) or is_own_unit(user, unit)


def may_see_persons(user: Visitor) -> bool:
    """Whether ``user`` has a list of persons at all; ``persons_seen_by`` says which."""
    return is_allowed(user, Permission.SEE_PEOPLE, Permission.SEE_OWN_UNIT, Permission.SEE_OWN_TEAM)


def may_see_person(user: Visitor, person: Person) -> bool:
    return Person.objects.filter(persons_seen_by(user), pk=person.pk).exists()


def may_see_teams(user: Visitor) -> bool:
    """Whether ``user`` has a list of teams at all; ``teams_seen_by`` says which."""
    return may_see_persons(user)


def may_see_team(user: Visitor, team: ManagementTeam) -> bool:
    return ManagementTeam.objects.filter(teams_seen_by(user), pk=team.pk).exists()


def may_see_key_persons(user: Visitor) -> bool:
    return is_allowed(user, Permission.SEE_PEOPLE)


def may_search(user: Visitor) -> bool:
    """Whoever belongs here may search; each finds only what she sees."""
    return is_member(user)


def may_see_own_record(user: Visitor) -> bool:
    """Everybody may see what is stored about herself."""
    return is_member(user)


def may_edit_people(user: Visitor) -> bool:
    return is_allowed(user, Permission.EDIT_PEOPLE)


def may_edit_unit(user: Visitor, unit: Unit) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_edit_people(user)


def may_edit_legal_entity(user: Visitor, entity: LegalEntity) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_edit_people(user)


def may_edit_person(user: Visitor, person: Person) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_edit_people(user)


def may_edit_employment(user: Visitor, employment: Employment) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_edit_people(user)


def may_edit_seat(user: Visitor, seat: TeamSeat) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_edit_people(user)


def may_edit_team(user: Visitor, team: ManagementTeam) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_edit_people(user)


def may_withdraw_nomination(user: Visitor, nomination: KeyPersonNomination) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_edit_people(user)


def may_import_people(user: Visitor) -> bool:
    return is_allowed(user, Permission.IMPORT_PEOPLE)


def may_use_import(user: Visitor, hr_import: HrImport) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_import_people(user)


def may_use_rule(user: Visitor, rule: RoleRule) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_import_people(user)


def may_use_mapping(user: Visitor, kept: ImportMapping) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_import_people(user)


def may_edit_proposal(user: Visitor, proposal: TeamProposal) -> bool:  # noqa: ARG001 -- the guard hands it over
    return may_edit_people(user)


def persons_seen_by(user: Visitor) -> Q:
    """Which persons ``user`` sees: all; or those of her units, her reports, her teams; herself."""
    if is_allowed(user, Permission.SEE_PEOPLE):
        return Q()
    me = Person.objects.filter(user_id=user.pk or 0)
    seen = [Q(user_id=user.pk)] if user.pk and is_member(user) else [NOTHING]
    if is_allowed(user, Permission.SEE_OWN_UNIT):
        now = Employment.objects.filter(_now())
        seen.append(Q(pk__in=now.filter(_below("unit__path", user)).values("person")))
        seen.append(Q(pk__in=now.filter(manager__in=me).values("person")))
    if is_allowed(user, Permission.SEE_OWN_TEAM):
        seats = TeamSeat.objects.filter(_now())
        teams = seats.filter(person__in=me).values("team")
        seen.append(Q(pk__in=seats.filter(team__in=teams, person__isnull=False).values("person")))
    return reduce(operator.or_, seen)


def teams_seen_by(user: Visitor) -> Q:
    """Which management teams ``user`` sees: all; or her own; or those of her units."""
    if is_allowed(user, Permission.SEE_PEOPLE):
        return Q()
    seen = [NOTHING]
    if is_allowed(user, Permission.SEE_OWN_TEAM):
        own = TeamSeat.objects.filter(_now(), person__user_id=user.pk or 0)
        seen.append(Q(pk__in=own.values("team")))
    if is_allowed(user, Permission.SEE_OWN_UNIT):
        seen.append(_below("unit__path", user))
    return reduce(operator.or_, seen)


def units_seen_by(user: Visitor) -> Q:
    """Which units ``user`` sees: all, or those she manages and what lies below them."""
    if may_see_units(user):
        return Q()
    if is_allowed(user, Permission.SEE_OWN_UNIT):
        return _below("path", user)
    return NOTHING


def is_own_unit(user: Visitor, unit: Unit) -> bool:
    """Whether ``user`` may see her own unit, and ``unit`` is one or lies below one."""
    return is_allowed(user, Permission.SEE_OWN_UNIT) and any(
        unit.path.startswith(path) for path in _own_paths(user)
    )


def _below(path: str, user: Visitor) -> Q:
    return reduce(
        operator.or_, [Q(**{f"{path}__startswith": own}) for own in _own_paths(user)], NOTHING
    )


def _own_paths(user: Visitor) -> list[str]:
    """Where in the tree the units lie that ``user`` works in as a manager today."""
    led = Employment.objects.filter(
        _now(), person__user_id=user.pk or 0, role=StaffRole.MANAGER
    ).exclude(unit__path="")
    return list(led.order_by().values_list("unit__path", flat=True).distinct())


def _now() -> Q:
    """Begun, and not over, today."""
    today = timezone.localdate()
    return Q(Q(from_on__isnull=True) | Q(from_on__lte=today)) & Q(
        Q(to_on__isnull=True) | Q(to_on__gt=today)
    )
