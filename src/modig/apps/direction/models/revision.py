from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from modig.apps.tenancy.models import Owned


class Revision(Owned):
    """How a text of the direction read before it was changed, what changed, and why.

    ``content`` holds the whole earlier wording by field, with its translations; ``changed`` names
    the fields that read otherwise since. A text that was taken away changed nothing: its list is
    empty, and this is the last that is known of it.
    """

    kind = models.CharField(max_length=40)
    thing = models.PositiveBigIntegerField()
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(default=dict)
    changed = models.JSONField(default=list)
    why = models.CharField(_("why it changed"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta(Owned.Meta):
        ordering = ["kind", "thing", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "thing", "number"],
                name="one_revision_per_number_and_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing} {self.number}"

    @property
    def is_removal(self) -> bool:
        return not self.changed
