from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from modig.apps.direction.models.goal import Goal
from modig.apps.people.models import Person, Unit
from modig.apps.tenancy.models import Owned, Versioned
from modig.apps.tenancy.said import Translated


class Assignment(Translated, Versioned):
    """What somebody has been given to answer for, by whom, and which goals it serves."""

    holder = models.ForeignKey(
        Person, models.PROTECT, related_name="assignments", verbose_name=_("holder")
    )
    giver = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assignments_given",
        verbose_name=_("given by"),
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    title = models.CharField(_("assignment"), max_length=200)
    text = models.TextField(_("what it is about"), blank=True)
    goals = models.ManyToManyField(Goal, blank=True, related_name="assignments")
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["-from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="assignment_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            )
        ]

    def __str__(self) -> str:
        return str(self.said.title)


class Agreement(Translated, Versioned):
    """What two sides have promised each other: a manager and a superior, or two units.

    ``edition`` counts its texts. Both sides confirm an edition; a new one has to be confirmed anew.
    """

    class Kind(models.TextChoices):
        VERTICAL = "vertical", _("manager and superior")
        HORIZONTAL = "horizontal", _("two units")

    kind = models.CharField(_("between"), max_length=10, choices=Kind, default=Kind.HORIZONTAL)
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    title = models.CharField(_("what it is about"), max_length=200)
    first = models.ForeignKey(
        Person, models.PROTECT, related_name="agreements_first", verbose_name=_("one side")
    )
    first_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="agreements_first"
    )
    second = models.ForeignKey(
        Person, models.PROTECT, related_name="agreements_second", verbose_name=_("other side")
    )
    second_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="agreements_second"
    )
    edition = models.PositiveSmallIntegerField(default=1)
    first_confirmed_at = models.DateTimeField(null=True, blank=True)
    second_confirmed_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(_("looked over together"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    ended_why = models.CharField(_("why it ended"), max_length=300, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="agreement_has_two_sides", condition=~Q(first=F("second"))),
            models.CheckConstraint(
                name="agreement_between_units_names_both",
                condition=~Q(kind="horizontal")
                | Q(first_unit__isnull=False, second_unit__isnull=False)
                & ~Q(first_unit=F("second_unit")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.said.title)

    @property
    def is_confirmed(self) -> bool:
        return self.first_confirmed_at is not None and self.second_confirmed_at is not None

    @property
    def is_ended(self) -> bool:
        return self.ended_on is not None


class Commitment(Translated, Owned):
    """One thing that one side of an agreement has promised, by a day."""

    class Side(models.TextChoices):
        FIRST = "first", _("one side")
        SECOND = "second", _("other side")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="commitments")
    number = models.PositiveSmallIntegerField()
    side = models.CharField(_("who promises"), max_length=6, choices=Side)
    text = models.CharField(_("what"), max_length=400)
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta(Owned.Meta):
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="one_commitment_per_number_and_agreement"
            )
        ]

    def __str__(self) -> str:
        return str(self.said.text)


class AgreementEdition(Owned):
    """An earlier text of an agreement, who had confirmed it, and why it was rewritten."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(default=dict)
    why = models.CharField(_("why it changed"), max_length=300, blank=True)
    first_confirmed_at = models.DateTimeField(null=True, blank=True)
    second_confirmed_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField()

    class Meta(Owned.Meta):
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="one_edition_per_number_and_agreement"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.number}"
