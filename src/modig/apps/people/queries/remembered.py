"""When what has been read of thousands of people is still true."""

from django.db.models import Count, Max

from modig.apps.audit.models import AuditEvent
from modig.apps.people.models import Employment

State = tuple[int | None, ...]


def state_of_things() -> State:
    """What differs as soon as somebody has done anything: every deed leaves a line in the log.

    Whoever keeps a result for this state keeps it by organisation and day too, and never within a
    transaction, which may see what never comes to be.
    """
    deeds = AuditEvent.objects.aggregate(last=Max("pk"))
    people = Employment.objects.aggregate(n=Count("pk"), last=Max("pk"))
    return deeds["last"], people["n"], people["last"]
