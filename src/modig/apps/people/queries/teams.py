"""Management teams and the places in them."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from modig.apps.accounts.models import User
from modig.apps.people.models import ManagementTeam, TeamSeat
from modig.apps.people.permissions import teams_seen_by
from modig.apps.people.queries.persons import matching, valid_on

SEATS_IN_ORDER = ["team", "kind", "person__sorting", "pk"]


def seats_on(on: date) -> QuerySet[TeamSeat]:
    """Every place of that day, vacancies too: leader first, then members, then substitutes."""
    return (
        TeamSeat.objects.filter(valid_on(on))
        .select_related("team", "person")
        .order_by(*SEATS_IN_ORDER)
    )


def seats_of_team(team: ManagementTeam, on: date) -> QuerySet[TeamSeat]:
    return seats_on(on).filter(team=team)


def teams_on(on: date) -> QuerySet[ManagementTeam]:
    """The management teams of that day."""
    return ManagementTeam.objects.filter(valid_on(on)).select_related("unit__top__legal_entity")


def teams(
    user: User | AnonymousUser, *, on: date, text: str = "", gone: bool = False
) -> QuerySet[ManagementTeam]:
    """The teams that ``user`` sees, with leader, and numbers of members and vacancies."""
    found = ManagementTeam.objects.filter(teams_seen_by(user)).select_related(
        "unit__top__legal_entity"
    )
    found = found.exclude(valid_on(on)) if gone else found.filter(valid_on(on))
    found = found.filter(matching("folded", text) | matching("unit__folded", text))
    taken = valid_on(on, "seats__") & Q(seats__isnull=False)
    return (
        found.order_by("sorting", "pk")
        .annotate(
            members=Count("seats", filter=taken & Q(seats__person__isnull=False)),
            vacancies=Count("seats", filter=taken & Q(seats__person__isnull=True)),
        )
        .prefetch_related(
            Prefetch(
                "seats",
                seats_on(on).filter(kind=TeamSeat.Kind.LEADER, person__isnull=False),
                to_attr="leader_seats",
            )
        )
    )


def find_team(team_id: int) -> ManagementTeam:
    return get_object_or_404(
        ManagementTeam.objects.select_related("unit__top__legal_entity"), pk=team_id
    )


def find_seat(team_id: int, seat_id: int) -> TeamSeat:
    return get_object_or_404(
        TeamSeat.objects.select_related("team", "person"), pk=seat_id, team=team_id
    )


def past_seats(team: ManagementTeam, on: date) -> QuerySet[TeamSeat]:
    """Who has sat in the team and does so no more, the latest first."""
    return (
        TeamSeat.objects.filter(team=team, to_on__lte=on)
        .select_related("person")
        .order_by("-to_on", "pk")
    )


def coming_seats(team: ManagementTeam, on: date) -> QuerySet[TeamSeat]:
    return (
        TeamSeat.objects.filter(team=team, from_on__gt=on)
        .select_related("person")
        .order_by("from_on", "pk")
    )
