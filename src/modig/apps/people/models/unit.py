from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from modig.apps.people.models.sorting import swedish_order
from modig.apps.tenancy.models import Owned, Versioned


class LegalEntity(Versioned):
    """The municipality or one of its companies: a controller of its own in the common programme."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        COMPANY = "company", _("company")

    code = models.CharField(_("code"), max_length=50)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.MUNICIPALITY)

    class Meta(Versioned.Meta):
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="one_legal_entity_per_code"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Unit(Versioned):
    """A part of the organisation, of any level. The code is the key; everything else may change.

    ``parent``, ``top``, ``path`` and ``depth`` tell the tree of today; ``UnitEdge`` its history.
    ``path`` holds the keys from the top unit down, each as ``000012/``, so that a prefix is a
    subtree and the order of paths is the order of the tree.
    """

    code = models.CharField(_("code"), max_length=120)
    name = models.CharField(_("name"), max_length=200)
    short = models.CharField(_("short name"), max_length=12, blank=True)
    level = models.CharField(_("level"), max_length=40, blank=True)
    legal_entity = models.ForeignKey(
        LegalEntity, models.PROTECT, null=True, blank=True, related_name="units"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    top = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    path = models.CharField(max_length=200, blank=True, editable=False)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    folded = models.CharField(max_length=340, blank=True, editable=False)
    sorting = swedish_order("name", "code")
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_unit_per_code"),
            models.CheckConstraint(
                name="unit_closes_after_it_opens",
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "path"], name="units_in_tree_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def is_company(self) -> bool:
        return self.legal_entity is not None and self.legal_entity.kind == LegalEntity.Kind.COMPANY


class UnitEdge(Owned):
    """From which day to which day a unit lay under another. ``to_on`` is the first day after."""

    child = models.ForeignKey(Unit, models.CASCADE, related_name="edges_up")
    parent = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="edges_down"
    )
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta(Owned.Meta):
        ordering = ["child", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(to_on__isnull=True), name="one_open_edge_per_unit"
            ),
            models.CheckConstraint(
                name="edge_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child} under {self.parent} from {self.from_on}"


class UnitSuccession(Owned):
    """What became of a unit: a merge has several ``before`` for one ``after``, a split the reverse."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("merged")
        SPLIT = "split", _("split")

    kind = models.CharField(max_length=6, choices=Kind)
    before = models.ForeignKey(Unit, models.CASCADE, related_name="successors")
    after = models.ForeignKey(Unit, models.CASCADE, related_name="predecessors")
    on = models.DateField()

    class Meta(Owned.Meta):
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["before", "after"], name="one_succession_per_pair_of_units"
            )
        ]

    def __str__(self) -> str:
        return f"{self.before} {self.kind} {self.after}"
