"""Users and roles as administrators see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from modig.apps.people.folding import fold
from modig.apps.people.models import Person
from modig.apps.tenancy.models import Membership, Role
from modig.apps.tenancy.roles import Permission
from modig.apps.ui.collation import sort_key


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """What a list of members is narrowed to."""

    text: str = ""
    role: int | None = None
    waiting: bool = False


def members(wanted: MemberFilter) -> list[int]:
    """The keys of the members that fit, by name in the order of the page's language.

    Only names and addresses are read here: a page shows fifty of perhaps thousands.
    """
    found = Membership.objects.all()
    if wanted.role:
        found = found.filter(role=wanted.role)
    if wanted.waiting:
        found = found.filter(user__last_login__isnull=True)
    words = fold(wanted.text).split()
    rows = found.values_list("pk", "user__name", "user__email")
    fitting = [(sort_key(name), pk) for pk, name, email in rows if _fits(name, email, words)]
    return [pk for _, pk in sorted(fitting)]


def with_users(keys: Iterable[int]) -> list[Membership]:
    """The memberships with these keys, in their order."""
    wanted = list(keys)
    found = Membership.objects.select_related("user", "role").in_bulk(wanted)
    return [found[key] for key in wanted if key in found]


def members_waiting() -> int:
    """How many have been invited and have never signed in."""
    return Membership.objects.filter(user__last_login__isnull=True).count()


def persons_of(some: Iterable[Membership]) -> dict[int, Person]:
    """Which person of the organisation each member is, by the number of the user."""
    users = [one.user_id for one in some]
    return {one.user_id or 0: one for one in Person.objects.filter(user__in=users)}


def roles() -> QuerySet[Role]:
    """The organisation's roles in their order, with how many have each as ``holders``."""
    return Role.objects.annotate(holders=Count("memberships"))


def administrators() -> int:
    """How many can sign in and administer the organisation."""
    able = [role.pk for role in Role.objects.all() if Permission.ADMINISTER in role.permissions]
    return Membership.objects.filter(role__in=able, user__is_active=True).count()


def find_member(membership_id: int) -> Membership:
    return get_object_or_404(
        Membership.objects.select_related("user", "role", "organisation"), pk=membership_id
    )


def find_role(role_id: int) -> Role:
    return get_object_or_404(roles(), pk=role_id)


def _fits(name: str, email: str, words: list[str]) -> bool:
    text = fold(name, email) if words else ""
    return all(word in text for word in words)
