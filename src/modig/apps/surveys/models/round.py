from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from modig.apps.people.models import Person
from modig.apps.programme.models import Meeting
from modig.apps.tenancy.models import Owned, Versioned


class Round(Versioned):
    """One occasion of a form: the block form after a meeting, or a pulse. Settings lock at launch."""

    form = models.CharField(_("form"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    meeting = models.OneToOneField(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="form_round"
    )
    opens_on = models.DateField(_("opens"))
    closes_on = models.DateField(_("closes"))
    launched_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="round_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            )
        ]

    def __str__(self) -> str:
        return self.title


class Invitation(Owned):
    """That somebody may answer once. Knows that she has, and nothing of when or what.

    ``mailed_on`` is set for everybody of a round, those who have answered meanwhile included: who
    has no such day must not tell on her. Reminding is a fact of the round for the same reason.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="form_invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    mailed_on = models.DateField(null=True, blank=True)
    has_answered = models.BooleanField(default=False)

    class Meta(Owned.Meta):
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"], name="one_invitation_per_person_and_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.round}"

    @classmethod
    def in_backups(cls, on: date) -> dict[str, Any]:
        """Who has answered an open form stays out of backups.

        Of two backups taken a day apart, the later one holds the answers that came in between.
        Beside who had answered meanwhile, they would tell who wrote them.
        """
        # Somewhere on earth it is still the day before.
        is_over = When(round__closes_on__lt=on - timedelta(days=1), then=F("has_answered"))
        return {"has_answered": Case(is_over, default=Value(value=False))}


class Box(Owned):
    """Answers of a round, shuffled at every insert: no key, no time, no order, no person.

    A round has several boxes so that many can answer at once; each answer goes to one by chance.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="boxes")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=list)

    class Meta(Owned.Meta):
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="one_box_per_number_and_round")
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"
