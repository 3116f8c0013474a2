"""The map of initiatives: clusters of those about the same thing, and when it was drawn."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from modig.apps.tenancy.models import Owned, Versioned
from modig.apps.tenancy.said import Translated


class Cluster(Translated, Versioned):
    """Initiatives about the same thing: by its words, or because people have placed them there.

    ``telling`` holds by language the words that its initiatives share and others do not have;
    ``x`` and ``y`` say where on the map it lies. One that ``is_found`` was found by modig and goes
    when its initiatives go; once somebody has given it a name, it stays.
    """

    name = models.CharField(_("what the cluster is called"), max_length=100)
    words = models.TextField(_("words for it, parted by |"), blank=True)
    is_found = models.BooleanField(default=False)
    telling = models.JSONField(default=dict, blank=True)
    x = models.FloatField(default=0.5)
    y = models.FloatField(default=0.5)

    class Meta(Versioned.Meta):
        ordering = ["name", "pk"]
        constraints = [models.CheckConstraint(name="cluster_has_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return str(self.said.name)


class ClusterMap(Owned):
    """When the organisation's map was drawn, and what initiatives and clusters said by then."""

    state = models.CharField(max_length=200)
    drawn_at = models.DateTimeField()

    class Meta(Owned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="one_map_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.drawn_at:%Y-%m-%d %H:%M}"
