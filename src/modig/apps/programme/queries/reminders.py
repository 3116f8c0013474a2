"""Who is reminded by e-mail, and of what."""

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from modig.apps.people.models import Person
from modig.apps.programme.models import Promise, ReminderPause

REMINDED_FOR = timedelta(days=14)
"""A promise whose day lies longer back is not asked about by e-mail any more."""


def pause_of(person: Person, on: date) -> ReminderPause | None:
    """Her pause, if it holds on this day."""
    found = ReminderPause.objects.filter(person=person).first()
    return found if found and found.holds(on) else None


def wants_none(on: date) -> QuerySet[ReminderPause, int]:
    """The keys of the persons who want no reminders on this day."""
    holds = Q(until=None) | Q(until__gt=on)
    return ReminderPause.objects.filter(holds).values_list("person", flat=True)


def promises_to_remind_of(on: date) -> QuerySet[Promise]:
    """Promises whose day has come, that nothing has been told of, and that have not been reminded of.

    One that has been moved to a later day is reminded of anew.
    """
    asked = Q(outcome="") | Q(outcome=Promise.Outcome.NOT_YET, due_on__gt=F("reported_on"))
    is_new = Q(reminded_on=None) | Q(reminded_on__lt=F("due_on"))
    return (
        Promise.objects.filter(asked, is_new, due_on__lte=on, due_on__gt=on - REMINDED_FOR)
        .filter(person__user__isnull=False, person__left_on=None)
        .exclude(person__user__email="")
        .exclude(person__in=wants_none(on))
        .select_related("person__user")
        .order_by("due_on", "pk")
    )
