from django.db.models import QuerySet

from modig.apps.audit.models import AuditEvent


def newest_events() -> QuerySet[AuditEvent]:
    """What was done in the organisation, newest first, with who did it."""
    return AuditEvent.objects.select_related("by")
