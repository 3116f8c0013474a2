"""Persons, their employments, and who of them are key persons."""

from collections.abc import Iterable
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


def valid_on(on: date, prefix: str = "") -> Q:
    """Begun by ``on`` and not over then: ``to_on`` is the first day after."""
    begun = Q(**{f"{prefix}from_on__isnull": True}) | Q(**{f"{prefix}from_on__lte": on})
    return begun & (Q(**{f"{prefix}to_on__isnull": True}) | Q(**{f"{prefix}to_on__gt": on}))


def current_employments(on: date) -> QuerySet[Employment]:
    """The employments of that day, with person and unit."""
    return Employment.objects.filter(valid_on(on)).select_related("person", "unit__top")


def managers(on: date) -> QuerySet[Person]:
    """Everybody whose title makes her a manager on that day."""
    role = current_employments(on).filter(role=StaffRole.MANAGER)
    return Person.objects.filter(pk__in=role.values("person"))


def managers_by_unit(
    units: Iterable[int], on: date, *, seen_by: User | AnonymousUser | None = None
) -> dict[int, list[Person]]:
    """Who manages each of these units, by the unit's key; only whom ``seen_by`` may see."""
    found = current_employments(on).filter(unit__in=list(units), role=StaffRole.MANAGER)
    if seen_by is not None:
        found = found.filter(person__in=Person.objects.filter(persons_seen_by(seen_by)))
    by_unit: dict[int, list[Person]] = {}
    for employment in found.order_by("person__sorting", "pk"):
        by_unit.setdefault(employment.unit_id, []).append(employment.person)
    return by_unit


def person_of(user: User | AnonymousUser) -> Person | None:
    """The person in the organisation who signs in as ``user``."""
    return Person.objects.filter(user_id=user.pk).first() if user.pk else None


def find_person(person_id: int) -> Person:
    return get_object_or_404(Person.objects.select_related("user"), pk=person_id)


def matching(folded: str, text: str) -> Q:
    """Every word of ``text`` occurs in the column ``folded``, whatever the marks and the case."""
    return Q(*(Q(**{f"{folded}__contains": word}) for word in fold(text).split()))


def persons(  # noqa: PLR0913 -- the filters of one list
    user: User | AnonymousUser,
    *,
    on: date,
    text: str = "",
    unit: Unit | None = None,
    role: str = "",
    gone: bool = False,
) -> QuerySet[Person]:
    """The persons whom ``user`` sees, narrowed by the filters of the list."""
    today = Employment.objects.filter(valid_on(on), person=OuterRef("pk"))
    found = Person.objects.filter(persons_seen_by(user)).filter(matching("folded", text))
    if unit:
        today = today.filter(unit__path__startswith=unit.path)
    if role:
        today = today.filter(role=role)
    found = found.filter(~Exists(today) if gone and not unit and not role else Exists(today))
    return found.prefetch_related(
        Prefetch(
            "employments",
            current_employments(on).order_by("person", "key"),
            to_attr="employments_now",
        )
    )


def employments_of(person: Person) -> QuerySet[Employment]:
    """All employments of a person, past ones too, newest first."""
    return person.employments.select_related("unit__top", "manager").order_by("-from_on", "key")


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
