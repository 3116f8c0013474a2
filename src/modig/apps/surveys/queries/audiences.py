"""Who is asked by a round, and which meetings wait for their form."""

from datetime import date

from django.db.models import Max, Q, QuerySet

from modig.apps.people.models import Person
from modig.apps.people.queries.persons import current_employments, key_persons, managers
from modig.apps.programme.models import Meeting, Participant, Plan

DAYS_BACK = 60
"""A meeting held longer ago is not asked about any more."""
DAYS_BACK_BY_ITSELF = 7
"""Nor by itself, as long as nobody has pressed the button, one held longer ago than this."""


def audience(name: str, on: date) -> QuerySet[Person]:
    """The persons of an audience: ``leaders``, ``participants`` or ``everybody``."""
    here = Person.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=on))
    match name:
        case "leaders":
            return here.filter(
                Q(pk__in=managers(on).values("pk")) | Q(pk__in=key_persons(on).values("pk"))
            )
        case "participants":
            placed = Participant.objects.filter(group__plan__state=Plan.State.PUBLISHED)
            return here.filter(pk__in=placed.values("person"))
        case _:
            return here.filter(pk__in=current_employments(on).order_by().values("person"))


def meetings_without_form(on: date, *, days_back: int = DAYS_BACK) -> QuerySet[Meeting]:
    """Held meetings of published plans, the last days' ones, that have no form yet."""
    return (
        Meeting.objects.filter(group__plan__state=Plan.State.PUBLISHED, form_round=None)
        .annotate(last_day=Max("days__on"))
        .filter(last_day__lt=on, last_day__gte=date.fromordinal(on.toordinal() - days_back))
        .select_related("group__plan__wave__programme", "block")
        .defer("group__plan__given", "group__plan__figures")
        .order_by("last_day", "pk")
    )


def people_of(meeting: Meeting) -> QuerySet[Person]:
    """Everybody who has a place in the meeting's group."""
    return Person.objects.filter(
        pk__in=Participant.objects.filter(group=meeting.group_id).values("person")
    )


def has_team(person: Person, meeting: Meeting | None) -> bool:
    """Whether the person came to the meeting with a management team."""
    if meeting is None:
        return True
    places = Participant.objects.filter(group=meeting.group_id, person=person)
    return places.filter(team__isnull=False).exists()
