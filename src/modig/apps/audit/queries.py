from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils import timezone

from modig.apps.accounts.models import User
from modig.apps.audit.models import AuditEvent


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What the log is narrowed to. ``until`` is the last day that is shown."""

    by: int | None = None
    kind: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None


def events(wanted: EventFilter) -> QuerySet[AuditEvent]:
    """What was done in the organisation, newest first, with who did it."""
    found = AuditEvent.objects.select_related("by")
    if wanted.by:
        found = found.filter(by=wanted.by)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.text:
        found = found.filter(_holds(wanted.text))
    if wanted.since:
        found = found.filter(at__gte=_begin_of(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=_begin_of(wanted.until + timedelta(days=1)))
    return found


def doers() -> QuerySet[User]:
    """Everybody who stands in the organisation's log."""
    return User.objects.filter(pk__in=AuditEvent.objects.values("by")).order_by("name", "pk")


def kinds() -> list[str]:
    """Every kind of thing that something was done to."""
    return list(AuditEvent.objects.order_by("kind").values_list("kind", flat=True).distinct())


def _holds(text: str) -> Q:
    """SQLite takes Å and å for two letters, so the usual ways of writing are asked for by name."""
    ways = {text, text.lower(), text.upper(), text.capitalize(), text.title()}
    return reduce(or_, (Q(label__icontains=way) for way in ways))


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
