from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from modig.apps.tenancy.models import Owned

KIND_NAMES = {
    "import": _("Reading an HR file"),
    "undo-import": _("Undoing an import"),
    "plan": _("Making a plan"),
    "send-forms": _("Sending forms"),
}


class Job(Owned):
    """Long work done by a worker: its state, how far it is, and what came out."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        STOPPED = "stopped", _("stopped")
        INTERRUPTED = "interrupted", _("interrupted")

    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    share_done = models.FloatField(default=0)
    doing = models.CharField(max_length=200, blank=True)
    best = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)
    stop_wanted = models.BooleanField(default=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    worker = models.CharField(max_length=100, blank=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(Owned.Meta):
        ordering = ["-queued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="job_share_done_is_from_0_to_1",
                condition=models.Q(share_done__gte=0, share_done__lte=1),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def percent(self) -> int:
        return round(100 * self.share_done)

    @property
    def doing_name(self) -> str:
        """What is being done right now, in the language of the page."""
        return gettext(self.doing) if self.doing else ""

    @property
    def kind_name(self) -> str:
        """What the job does, in the language of the page."""
        return str(KIND_NAMES.get(self.kind, self.kind))

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.QUEUED, self.State.RUNNING}
