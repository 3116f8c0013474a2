"""Venues and facilitators, and where they are used."""

from django.db.models import Count, Q, QuerySet

from modig.apps.accounts.models import User
from modig.apps.programme.models import Facilitator, Meeting, Venue
from modig.apps.tenancy.models import Membership, Role
from modig.apps.tenancy.roles import Permission
from modig.apps.tenancy.scope import current_organisation


def venues() -> QuerySet[Venue]:
    return Venue.objects.order_by("name", "pk")


def places_of_venues() -> list[str]:
    """Where venues lie: their addresses, and the names of those without one."""
    return list(dict.fromkeys(venue.place or venue.name for venue in venues()))


def facilitators() -> QuerySet[Facilitator]:
    """Everybody who leads groups, with how many published ones."""
    led = Count(
        "meetings__group", filter=Q(meetings__group__plan__state="published"), distinct=True
    )
    return Facilitator.objects.select_related("user").annotate(groups=led).order_by("name", "pk")


def meetings_in(venue: Venue) -> QuerySet[Meeting]:
    """The meetings of all plans that are in a venue; history keeps it."""
    return Meeting.objects.filter(venue=venue)


def meetings_led_by(facilitator: Facilitator) -> QuerySet[Meeting]:
    return Meeting.objects.filter(facilitator=facilitator)


def users_who_facilitate() -> QuerySet[User]:
    """The organisation's users whose role lets them lead groups."""
    roles = [
        role.pk for role in Role.objects.all() if Permission.FACILITATE.value in role.permissions
    ]
    members = Membership.objects.filter(organisation=current_organisation(), role__in=roles)
    return User.objects.filter(pk__in=members.values("user")).order_by("name", "pk")
