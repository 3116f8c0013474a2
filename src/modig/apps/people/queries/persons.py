"""Persons, their employments, and who of them are key persons."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from modig.apps.accounts.models import User
from modig.apps.people.folding import fold
from modig.apps.people.models import (
    Employment,
    KeyPersonNomination,
    Person,
    StaffRole,
    TeamSeat,
    Unit,
)
from modig.apps.people.permissions import persons_seen_by
from modig.apps.tenancy.models import Membership
from modig.apps.tenancy.roles import Permission


def valid_on(on: date, prefix: str = "") -> Q:
    """Begun by ``on`` and not over then: ``to_on`` is the first day after."""
    begun = Q(**{f"{prefix}from_on__isnull": True}) | Q(**{f"{prefix}from_on__lte": on})
    return begun & (Q(**{f"{prefix}to_on__isnull": True}) | Q(**{f"{prefix}to_on__gt": on}))


def not_over(on: date) -> Q:
    """Not over on that day; it may begin later."""
    return Q(to_on__isnull=True) | Q(to_on__gt=on)


def current_employments(on: date) -> QuerySet[Employment]:
    """The employments of that day, with person and unit."""
    return Employment.objects.filter(valid_on(on)).select_related(
        "person", "unit__top__legal_entity"
    )


def managers(on: date) -> QuerySet[Person]:
    """Everybody whose title makes her a manager on that day."""
    role = current_employments(on).filter(role=StaffRole.MANAGER)
    return Person.objects.filter(pk__in=role.values("person"))


def managers_by_unit(
    units: Iterable[int], on: date, *, seen_by: User | AnonymousUser | None = None
) -> dict[int, list[Person]]:
    """Who manages each of these units, by the unit's key; only whom ``seen_by`` may see.

    First stands the head: whose own manager is not one of the unit's.
    """
    found = current_employments(on).filter(unit__in=list(units), role=StaffRole.MANAGER)
    if seen_by is not None:
        found = found.filter(person__in=Person.objects.filter(persons_seen_by(seen_by)))
    by_unit: dict[int, list[Employment]] = {}
    for employment in found.order_by("person__sorting", "pk"):
        by_unit.setdefault(employment.unit_id, []).append(employment)
    return {unit: _head_first(employments) for unit, employments in by_unit.items()}


def _head_first(employments: list[Employment]) -> list[Person]:
    of_unit = {employment.person_id for employment in employments}
    ordered = sorted(employments, key=lambda employment: employment.manager_id in of_unit)
    return [employment.person for employment in ordered]


def person_of(user: User | AnonymousUser) -> Person | None:
    """The person in the organisation who signs in as ``user``."""
    return Person.objects.filter(user_id=user.pk).first() if user.pk else None


def find_person(person_id: int) -> Person:
    return get_object_or_404(Person.objects.select_related("user"), pk=person_id)


def find_employment(employment_id: int) -> Employment:
    return get_object_or_404(
        Employment.objects.select_related("person", "unit", "manager"), pk=employment_id
    )


def matching(folded: str, text: str) -> Q:
    """Every word of ``text`` occurs in the column ``folded``, whatever the marks and the case."""
    return Q(*(Q(**{f"{folded}__contains": word}) for word in fold(text).split()))


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """What narrows the list of persons; ``gone`` lists those without any employment instead."""

    text: str = ""
    unit: Unit | None = None
    role: str = ""
    gone: bool = False


def persons(
    user: User | AnonymousUser, wanted: PersonFilter = PersonFilter(), *, on: date
) -> QuerySet[Person]:
    """The persons whom ``user`` sees, narrowed, each with her ``employments_now``.

    Those employed that day; whoever is looked for by name or number is found before she begins.
    """
    are_meant = not_over(on) if wanted.text or wanted.gone else valid_on(on)
    today = Employment.objects.filter(are_meant, person=OuterRef("pk"))
    if wanted.unit:
        today = today.filter(unit__path__startswith=wanted.unit.path)
    if wanted.role:
        today = today.filter(role=wanted.role)
    found = Person.objects.filter(persons_seen_by(user)).filter(matching("folded", wanted.text))
    found = found.filter(~Exists(today) if wanted.gone else Exists(today))
    return found.prefetch_related(
        Prefetch(
            "employments",
            Employment.objects.filter(are_meant)
            .select_related("person", "unit__top__legal_entity")
            .order_by("person", "key"),
            to_attr="employments_now",
        )
    )


def employments_of(person: Person) -> QuerySet[Employment]:
    """All employments of a person, past ones too, newest first."""
    return person.employments.select_related("unit__top__legal_entity", "manager").order_by(
        "-from_on", "key"
    )


def seats_of_person(person: Person) -> QuerySet[TeamSeat]:
    """All places of a person in management teams, past ones too, newest first."""
    return person.seats.select_related("team").order_by("-from_on", "pk")


def reports_of(person: Person, on: date) -> QuerySet[Employment]:
    """The employments that have ``person`` as their manager."""
    return current_employments(on).filter(manager=person).order_by("person__sorting", "pk")


def nominations(*, open_only: bool = False) -> QuerySet[KeyPersonNomination]:
    """Nominations of key persons, the newest first."""
    found = KeyPersonNomination.objects.select_related("person", "nominated_by")
    return found.filter(withdrawn_on__isnull=True) if open_only else found


def find_nomination(nomination_id: int) -> KeyPersonNomination:
    return get_object_or_404(nominations(), pk=nomination_id)


def key_persons(on: date) -> QuerySet[Person]:
    """Whoever is a key person on that day, by nomination or by title."""
    named = KeyPersonNomination.objects.filter(nominated_on__lte=on).filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)
    )
    titled = current_employments(on).filter(role=StaffRole.KEY_PERSON)
    return Person.objects.filter(
        Q(pk__in=named.values("person")) | Q(pk__in=titled.values("person"))
    )


@dataclass(slots=True)
class Watchers:
    """Who can see a person's page, and why, beside herself."""

    roles: list[tuple[str, int]] = field(default_factory=list)
    unit_managers: list[str] = field(default_factory=list)
    team_members: list[str] = field(default_factory=list)


def watchers(person: Person, on: date) -> Watchers:
    """The users who can see ``person``: by a role that sees all, as manager, or in the same team."""
    found = Watchers()
    members = Membership.objects.filter(organisation_id=person.organisation_id)
    everybody: Counter[str] = Counter()
    by_unit: set[int] = set()
    by_team: set[int] = set()
    for member in members.select_related("role").order_by("role__order", "pk"):
        allowed = set(member.role.permissions)
        if Permission.SEE_PEOPLE in allowed:
            everybody[member.role.name] += 1
            continue
        if Permission.SEE_OWN_UNIT in allowed:
            by_unit.add(member.user_id)
        if Permission.SEE_OWN_TEAM in allowed:
            by_team.add(member.user_id)
    found.roles = list(everybody.items())
    others = Person.objects.exclude(pk=person.pk).order_by("sorting", "pk")
    found.unit_managers = [str(one) for one in others.filter(_leads(person, on), user__in=by_unit)]
    teams = TeamSeat.objects.filter(valid_on(on), person=person).values("team")
    mates = TeamSeat.objects.filter(valid_on(on), team__in=teams).values("person")
    found.team_members = [str(one) for one in others.filter(pk__in=mates, user__in=by_team)]
    return found


def _leads(person: Person, on: date) -> Q:
    """The managers of the units where ``person`` works, and of those above, and her own manager."""
    now = list(Employment.objects.filter(valid_on(on), person=person).select_related("unit"))
    units = {int(key) for one in now for key in one.unit.path.split("/") if key}
    leading = Employment.objects.filter(valid_on(on), role=StaffRole.MANAGER, unit__in=units)
    return Q(pk__in=leading.values("person")) | Q(pk__in=[one.manager_id for one in now])
