from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from modig.apps.people.models import Person
from modig.apps.tenancy.models import Owned, Versioned
from modig.apps.tenancy.said import Translated


class Vision(Translated, Versioned):
    """Where the organisation is going, in its own words. One is valid at a time."""

    title = models.CharField(_("title"), max_length=200)
    lead = models.TextField(_("in a few sentences"), blank=True)
    owner = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    from_on = models.DateField(_("valid from"))
    to_on = models.DateField(_("valid to"), null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(to_on__isnull=True), name="one_open_vision"
            ),
            models.CheckConstraint(
                name="vision_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.said.title)


class VisionStatement(Translated, Versioned):
    """One sentence of the vision that people can hold work up against."""

    vision = models.ForeignKey(Vision, models.CASCADE, related_name="statements")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("statement"), max_length=400)

    class Meta(Versioned.Meta):
        ordering = ["vision", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["vision", "number"], name="one_statement_per_number_and_vision"
            )
        ]

    def __str__(self) -> str:
        return str(self.said.text)


class Shift(Translated, Versioned):
    """A from/to statement: what the organisation leaves, and what it becomes."""

    vision = models.ForeignKey(Vision, models.CASCADE, related_name="shifts")
    number = models.PositiveSmallIntegerField(_("number"))
    from_text = models.CharField(_("from"), max_length=300)
    to_text = models.CharField(_("to"), max_length=300)

    class Meta(Versioned.Meta):
        ordering = ["vision", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["vision", "number"], name="one_shift_per_number_and_vision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.said.from_text} → {self.said.to_text}"


class ShiftReading(Translated, Owned):
    """How far a shift has come on a day: 1 as it was, 5 as it shall be. The first is the baseline."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="readings")
    on = models.DateField(_("day"))
    level = models.PositiveSmallIntegerField(
        _("level"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    note = models.CharField(_("what is seen"), max_length=500, blank=True)
    is_baseline = models.BooleanField(_("baseline"), default=False)

    class Meta(Owned.Meta):
        ordering = ["shift", "on"]
        constraints = [
            models.UniqueConstraint(fields=["shift", "on"], name="one_reading_per_day_and_shift"),
            models.UniqueConstraint(
                fields=["shift"], condition=Q(is_baseline=True), name="one_baseline_per_shift"
            ),
            models.CheckConstraint(
                name="shift_level_is_from_1_to_5", condition=Q(level__gte=1, level__lte=5)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shift} {self.on}: {self.level}"


class LeadershipStatement(Translated, Versioned):
    """How we lead here, made together; its earlier texts are kept as revisions."""

    vision = models.OneToOneField(Vision, models.CASCADE, related_name="leadership_statement")
    text = models.TextField(_("text"))
    agreed_on = models.DateField(_("agreed"))

    class Meta(Versioned.Meta):
        pass

    def __str__(self) -> str:
        return Truncator(self.said.text).chars(80)


class Strategy(Translated, Versioned):
    """How the vision is to be reached, and why that should work: it links vision and programmes."""

    vision = models.ForeignKey(Vision, models.CASCADE, related_name="strategies")
    name = models.CharField(_("name"), max_length=200)
    idea = models.TextField(_("the idea in a few sentences"), blank=True)

    class Meta(Versioned.Meta):
        ordering = ["vision", "pk"]

    def __str__(self) -> str:
        return str(self.said.name)


class StrategyStep(Translated, Versioned):
    """One step of a strategy's theory of change, from what is put in to what citizens meet."""

    class Kind(models.TextChoices):
        INPUT = "input", _("what we put in")
        ACTIVITY = "activity", _("what we do")
        USE = "use", _("what is used at work")
        CHANGE = "change", _("what changes")
        BENEFIT = "benefit", _("what users, customers and citizens get")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    text = models.CharField(_("step"), max_length=300)
    assumption = models.CharField(_("this holds if"), max_length=300, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["strategy", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "number"], name="one_step_per_number_and_strategy"
            )
        ]

    def __str__(self) -> str:
        return str(self.said.text)
