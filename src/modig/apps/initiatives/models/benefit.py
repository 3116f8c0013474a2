"""The benefit register: what users, customers and citizens got, and how that is known."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from modig.apps.direction.models import Goal
from modig.apps.initiatives.models.initiative import Beneficiary, Initiative
from modig.apps.people.models import Person
from modig.apps.tenancy.models import Owned, Versioned
from modig.apps.tenancy.said import Translated


class Indicator(Owned):
    """A national indicator with its published values, beside our own readings."""

    source = models.CharField(max_length=40, default="Kolada")
    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(blank=True)
    fetched_on = models.DateField(null=True, blank=True)

    class Meta(Owned.Meta):
        ordering = ["source", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source", "code"], name="one_indicator_per_source_and_code"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class IndicatorValue(Owned):
    """One published value: area, year and sex; blank where the source withholds it."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    area = models.CharField(max_length=20)
    area_name = models.CharField(max_length=100, blank=True)
    year = models.PositiveSmallIntegerField()
    gender = models.CharField(max_length=1, default="T")
    value = models.FloatField(null=True, blank=True)
    status = models.CharField(max_length=20, blank=True)

    class Meta(Owned.Meta):
        ordering = ["indicator", "area", "gender", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "year", "gender"],
                name="one_value_per_indicator_area_year_and_sex",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.area} {self.year}: {self.value}"


class Benefit(Translated, Versioned):
    """A measurable change that somebody gains from, claimed by an initiative.

    ``is_realised`` is None until somebody has judged it; what is not proven is called unproven.
    """

    class Kind(models.TextChoices):
        QUALITY = "quality", _("quality")
        ECONOMY = "economy", _("economy")
        WORK_ENVIRONMENT = "work_environment", _("work environment")
        LEGAL = "legal", _("legal certainty")

    class Aggregation(models.TextChoices):
        MEAN = "mean", _("mean")
        MEDIAN = "median", _("median")
        SUM = "sum", _("sum")
        SHARE = "share", _("share, per cent")
        COUNT = "count", _("count")
        ROLLING = "rolling_12", _("rolling twelve months")

    class Better(models.TextChoices):
        HIGHER = "higher", _("higher is better")
        LOWER = "lower", _("lower is better")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="benefits")
    name = models.CharField(_("benefit"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.QUALITY)
    beneficiary = models.CharField(_("for whom"), max_length=9, choices=Beneficiary)
    group_text = models.CharField(_("which of them"), max_length=200, blank=True)
    goal = models.ForeignKey(
        Goal,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="benefits",
        verbose_name=_("goal"),
    )
    chain = models.TextField(_("effect chain, a step a line"), blank=True)
    indicator = models.CharField(_("what is measured"), max_length=200)
    measure = models.CharField(_("measured in"), max_length=60, blank=True)
    aggregation = models.CharField(
        _("a reading is a"), max_length=10, choices=Aggregation, default=Aggregation.MEAN
    )
    better = models.CharField(max_length=6, choices=Better, default=Better.HIGHER)
    method = models.CharField(_("how it is measured"), max_length=300, blank=True)
    baseline = models.FloatField(_("before"), null=True, blank=True)
    baseline_on = models.DateField(_("read"), null=True, blank=True)
    target = models.FloatField(_("target"), null=True, blank=True)
    target_on = models.DateField(_("by"), null=True, blank=True)
    changed_on = models.DateField(_("the new way began"), null=True, blank=True)
    owner = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="benefits_owned",
        verbose_name=_("owner in the line"),
    )  # fmt: skip
    evidence = models.TextField(_("evidence"), blank=True)
    assumptions = models.TextField(_("assumptions and risks"), blank=True)
    cost = models.CharField(_("cost or effort"), max_length=200, blank=True)
    is_realised = models.BooleanField(_("realised"), null=True, blank=True)
    national = models.ForeignKey(
        Indicator, models.SET_NULL, null=True, blank=True, related_name="benefits",
        verbose_name=_("national indicator"),
    )  # fmt: skip

    class Meta(Versioned.Meta):
        ordering = ["initiative", "pk"]
        constraints = [
            models.CheckConstraint(
                name="realised_benefit_has_evidence",
                condition=~Q(is_realised=True) | ~Q(evidence=""),
            ),
            models.CheckConstraint(
                name="target_is_after_baseline",
                condition=Q(target_on__isnull=True)
                | Q(baseline_on__isnull=True)
                | Q(target_on__gte=F("baseline_on")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.said.name)


class Reading(Translated, Owned):
    """A measured value of a benefit for a period that ended on a day. Aggregations are never mixed."""

    benefit = models.ForeignKey(Benefit, models.CASCADE, related_name="readings")
    on = models.DateField(_("period ends"))
    value = models.FloatField(_("value"))
    n = models.PositiveIntegerField(_("counted on"), null=True, blank=True)
    aggregation = models.CharField(max_length=10, choices=Benefit.Aggregation)
    note = models.CharField(_("how good the figure is"), max_length=300, blank=True)
    is_provisional = models.BooleanField(_("provisional"), default=False)

    class Meta(Owned.Meta):
        ordering = ["benefit", "on"]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "on"], name="one_reading_per_day_and_benefit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.benefit} {self.on}: {self.value}"
