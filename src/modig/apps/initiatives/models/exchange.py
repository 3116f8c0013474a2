"""What passes between initiatives: questions, mergers, the monthly question, synonyms, saved views."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from modig.apps.initiatives.models.initiative import DiaryEntry, Initiative
from modig.apps.people.models import Person
from modig.apps.tenancy.models import Owned, Versioned


class Question(Versioned):
    """Somebody asks an initiative's owner, and gets an answer that others can read."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField()
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["initiative", "-asked_at"]

    def __str__(self) -> str:
        return self.text[:80]


class MergeProposal(Versioned):
    """One initiative is to live on in another. Nothing happens before both owners have said yes."""

    source = models.ForeignKey(Initiative, models.CASCADE, related_name="merges_out")
    target = models.ForeignKey(Initiative, models.CASCADE, related_name="merges_in")
    why = models.CharField(_("why"), max_length=300)
    proposed_at = models.DateTimeField()
    source_yes_at = models.DateTimeField(null=True, blank=True)
    target_yes_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    merged_at = models.DateTimeField(null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(
                name="merge_has_two_initiatives", condition=~Q(source=F("target"))
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(declined_at__isnull=True, merged_at__isnull=True),
                name="one_open_merge_per_initiative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class NewsRequest(Owned):
    """How is it going? Asked of an owner when nothing has been heard, answered with one press.

    The link in the mail is stored as a hash. ``entry`` is what the answer became in the diary.
    """

    class Answer(models.TextChoices):
        AS_PLANNED = "as_planned", _("It goes on as planned")
        HAPPENED = "happened", _("Something has happened")
        HELP = "help", _("We need help")
        PAUSED = "paused", _("It is paused for now")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="news_requests")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    asked_on = models.DateField()
    mailed_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    entry = models.OneToOneField(
        DiaryEntry, models.SET_NULL, null=True, blank=True, related_name="news_request"
    )

    class Meta(Owned.Meta):
        ordering = ["initiative", "-asked_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "asked_on"], name="one_news_request_per_day_and_initiative"
            ),
            models.CheckConstraint(
                name="answered_news_request_has_day",
                condition=Q(answer="") | Q(answered_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} {self.asked_on}"


class Synonym(Versioned):
    """Words that mean the same here, parted by |, for finding similar initiatives."""

    words = models.CharField(_("words, parted by |"), max_length=300)

    class Meta(Versioned.Meta):
        ordering = ["words"]
        constraints = [models.CheckConstraint(name="synonym_has_words", condition=~Q(words=""))]

    def __str__(self) -> str:
        return self.words


class SavedView(Owned):
    """A choice of filters under a name; shared with all, or one's own."""

    name = models.CharField(_("name"), max_length=100)
    query = models.CharField(max_length=500)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    is_shared = models.BooleanField(_("for everybody"), default=False)

    class Meta(Owned.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "name"], name="one_view_per_name_and_user"
            )
        ]

    def __str__(self) -> str:
        return self.name
