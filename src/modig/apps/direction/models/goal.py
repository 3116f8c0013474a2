from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from modig.apps.direction.models.vision import Vision
from modig.apps.people.models import Person, Unit
from modig.apps.tenancy.models import Versioned
from modig.apps.tenancy.said import Translated


class Orientation(models.TextChoices):
    """What leadership turns towards; tagged on goals and initiatives."""

    CUSTOMER = "customer", _("customer benefit")
    FLEXIBILITY = "flexibility", _("flexibility")
    BUSINESSLIKE = "businesslike", _("businesslikeness")
    RESULTS = "results", _("results")


class StatutorySource(Translated, Versioned):
    """Where a task comes from: a law, or a decision of the council or a board."""

    class Kind(models.TextChoices):
        LAW = "law", _("law")
        COUNCIL = "council", _("council decision")
        BOARD = "board", _("board decision")
        OWNER = "owner", _("owner's directive")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.LAW)
    name = models.CharField(_("name"), max_length=200)
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    link = models.URLField(_("link"), max_length=400, blank=True)
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    applies_from = models.DateField(_("applies from"), null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "reference"], name="one_source_per_name"
            )
        ]

    def __str__(self) -> str:
        name = str(self.said.name)
        return f"{name} ({self.reference})" if self.reference else name


class FocusArea(Translated, Versioned):
    """A part of the vision that goals are gathered under."""

    vision = models.ForeignKey(Vision, models.CASCADE, related_name="focus_areas")
    code = models.CharField(_("code"), max_length=20)
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["vision", "number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_focus_area_per_code")
        ]

    def __str__(self) -> str:
        return str(self.said.name)


class Goal(Translated, Versioned):
    """What shall be reached: of the whole, or of a unit below a goal of the level above.

    A withdrawn goal stays, so that what hung on it is seen to hang loose.
    """

    focus_area = models.ForeignKey(FocusArea, models.PROTECT, related_name="goals")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    code = models.CharField(_("code"), max_length=30)
    name = models.CharField(_("goal"), max_length=300)
    description = models.TextField(_("what it means"), blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="goals", verbose_name=_("unit")
    )
    owner = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    orientations = models.JSONField(_("orientations"), default=list, blank=True)
    sources = models.ManyToManyField(
        StatutorySource, blank=True, related_name="goals", verbose_name=_("rests on")
    )
    from_on = models.DateField(_("valid from"))
    to_on = models.DateField(_("valid to"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["focus_area", "code"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_goal_per_code"),
            models.CheckConstraint(
                name="goal_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="goal_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.said.name)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    @property
    def orientation_names(self) -> list[str]:
        """What the goal turns towards, in words."""
        return [str(one.label) for one in Orientation if one.value in self.orientations]

    def holds_on(self, on: date) -> bool:
        """Neither withdrawn nor past its last day."""
        return not self.is_withdrawn and (self.to_on is None or self.to_on >= on)
