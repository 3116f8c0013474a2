from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from modig.apps.jobs.models import Job
from modig.apps.programme.models.programme import Wave
from modig.apps.tenancy.models import Versioned


class Plan(Versioned):
    """Groups and meetings of a wave, as the planner made them and people changed them.

    ``given`` is what the planner was given: people, staff and rules of that day, so that the plan
    can be checked again whatever the HR file says later. ``figures`` holds what the independent
    checker computed for the plan as it stands: value, bound, share, excess, violations, raised
    caps; ``seed`` and ``steps`` how it was found. ``revision`` rises over the published plans of
    the wave with everything that changes somebody's calendar.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("replaced")

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="plans")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    seed = models.BigIntegerField(default=1)
    steps = models.BigIntegerField(default=0)
    given = models.JSONField(default=dict, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["wave", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "number"], name="one_plan_per_number_and_wave"),
            models.UniqueConstraint(
                fields=["wave"], condition=Q(state="published"), name="one_published_plan_per_wave"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave} {self.number}"
