from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from modig.apps.tenancy.models import Owned


class AuditEvent(Owned):
    """Who did what to which thing, and when. Never changed, never holds a protected value."""

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    deed = models.CharField(_("deed"), max_length=60)
    kind = models.CharField(_("kind of thing"), max_length=60)
    thing = models.CharField(_("thing"), max_length=60, blank=True)
    label = models.CharField(_("name"), max_length=200, blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)

    class Meta(Owned.Meta):
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-at"], name="audit_newest_first")]

    def __str__(self) -> str:
        return f"{self.deed} {self.kind} {self.label}".strip()
