from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from modig.apps.people.models import Person
from modig.apps.programme.models.group import Meeting
from modig.apps.tenancy.models import Versioned
from modig.apps.tenancy.said import Translated


class Promise(Translated, Versioned):
    """What somebody will try at home before the next meeting, and what happened then."""

    class Outcome(models.TextChoices):
        USED = "used", _("used")
        TRIED = "tried", _("tried")
        NOT_YET = "not_yet", _("not yet")

    class WhyNot(models.TextChoices):
        """Why it has not been done yet; one tap on a phone."""

        NO_TIME = "no_time", _("time ran out")
        NO_OCCASION = "no_occasion", _("no occasion yet")
        UNSURE = "unsure", _("not sure how to begin")
        SOMETHING_ELSE = "other", _("something else came first")

    person = models.ForeignKey(Person, models.CASCADE, related_name="promises")
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="promises"
    )
    what = models.CharField(_("at our meeting I will …"), max_length=400)
    due_on = models.DateField(_("when"))
    with_whom = models.CharField(_("with whom"), max_length=200, blank=True)
    made_on = models.DateField(_("promised"))
    outcome = models.CharField(_("what happened"), max_length=7, choices=Outcome, blank=True)
    why_not = models.CharField(_("why not yet"), max_length=11, choices=WhyNot, blank=True)
    told = models.TextField(_("in a few words"), blank=True)
    reported_on = models.DateField(_("told"), null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True, editable=False)

    class Meta(Versioned.Meta):
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reported_promise_has_outcome",
                condition=Q(reported_on__isnull=True) | ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="promise_not_kept_yet_says_why",
                condition=~Q(outcome="not_yet") | ~Q(why_not="") | ~Q(told=""),
            ),
            models.CheckConstraint(
                name="promise_is_due_after_it_was_made", condition=Q(due_on__gte=F("made_on"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.said.what)

    @property
    def name_in_log(self) -> str:
        """Nothing of its words: only who has promised and her facilitators read them."""
        return ""

    @property
    def is_open(self) -> bool:
        """Whether there is more to tell: nothing has been told, or that it is not done yet."""
        return self.outcome in {"", self.Outcome.NOT_YET}

    def is_late(self, today: date) -> bool:
        return self.is_open and self.due_on < today
