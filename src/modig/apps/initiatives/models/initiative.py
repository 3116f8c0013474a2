from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from modig.apps.direction.models import Goal
from modig.apps.initiatives.models.cluster import Cluster
from modig.apps.people.models import Person, Unit
from modig.apps.people.models.sorting import swedish_order
from modig.apps.programme.models import Block, Group, Programme, Promise
from modig.apps.tenancy.models import Owned, Versioned
from modig.apps.tenancy.said import Translated


class Stage(models.TextChoices):
    """How far an initiative has come. Stopped with learning is a result too."""

    IDEA = "idea", _("idea")
    STARTED = "started", _("started")
    UNDER_WAY = "under_way", _("under way")
    RESULT_SHOWN = "result_shown", _("result shown")
    EMBEDDED = "embedded", _("embedded")
    STOPPED = "stopped", _("stopped with learning")


class Kind(models.TextChoices):
    """What sort of change it is; each has its own guide, fields and gates (`kinds.py`)."""

    EVERYDAY = "everyday", _("better everyday work")
    MERGE = "merge", _("merging work teams")
    LAW = "law", _("carrying out a law")
    ADMINISTRATION = "administration", _("improving administration")
    START_UP = "start_up", _("starting up an operation")
    UNIT_ORGANISATION = "unit_organisation", _("new organisation of a unit")
    RECEPTION = "reception", _("developing a reception or service")


class Beneficiary(models.TextChoices):
    """Who the change is for."""

    USERS = "users", pgettext_lazy("who gains", "users")
    CUSTOMERS = "customers", _("customers")
    CITIZENS = "citizens", _("citizens")


OPEN_STAGES = (Stage.IDEA, Stage.STARTED, Stage.UNDER_WAY, Stage.RESULT_SHOWN)


class Initiative(Translated, Versioned):
    """A local change: what, why, for whom, and how far it has come.

    ``heard_on`` is the day of the latest news of it. ``merged_into`` says where it lives on. Its
    ``cluster`` is redrawn with the map, unless a person has put it there.
    """

    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("what shall change"), max_length=200)
    why = models.TextField(_("why"))
    hypothesis = models.TextField(_("if we … then … because …"), blank=True)
    beneficiary = models.CharField(
        _("for whom"), max_length=9, choices=Beneficiary, default=Beneficiary.USERS
    )
    group_text = models.CharField(_("which of them"), max_length=200, blank=True)
    kind = models.CharField(_("sort of change"), max_length=17, choices=Kind, default=Kind.EVERYDAY)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.IDEA)
    owner = models.ForeignKey(
        Person, models.PROTECT, related_name="initiatives_owned", verbose_name=_("owner")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="initiatives", verbose_name=_("unit")
    )
    partner_units = models.ManyToManyField(
        Unit, blank=True, related_name="initiatives_joined", verbose_name=_("units taking part")
    )
    goals = models.ManyToManyField(
        Goal, blank=True, related_name="initiatives", verbose_name=_("goals")
    )
    orientations = models.JSONField(_("orientations"), default=list, blank=True)
    details = models.JSONField(_("what this sort asks for"), default=dict, blank=True)
    challenge = models.CharField(_("born out of"), max_length=300, blank=True)
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="initiatives"
    )
    group = models.ForeignKey(
        Group, models.SET_NULL, null=True, blank=True, related_name="initiatives"
    )
    block = models.ForeignKey(
        Block, models.SET_NULL, null=True, blank=True, related_name="initiatives"
    )
    promise = models.OneToOneField(
        Promise, models.SET_NULL, null=True, blank=True, related_name="initiative"
    )
    learning = models.TextField(_("what we learned"), blank=True)
    routine = models.CharField(_("where it lives on"), max_length=300, blank=True)
    started_on = models.DateField(_("started"), null=True, blank=True)
    ended_on = models.DateField(pgettext_lazy("initiative", "ended"), null=True, blank=True)
    heard_on = models.DateField(_("heard of"))
    made_on = models.DateField(_("entered"))
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    cluster = models.ForeignKey(
        Cluster, models.SET_NULL, null=True, blank=True, related_name="initiatives",
        verbose_name=_("cluster"),
    )  # fmt: skip
    is_placed = models.BooleanField(_("put in its cluster by a person"), default=False)
    sorting = swedish_order("title", "code")
    folded = models.CharField(max_length=600, blank=True, editable=False)

    class Meta(Versioned.Meta):
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="one_initiative_per_code"
            ),
            models.CheckConstraint(
                name="stopped_initiative_has_learning",
                condition=~Q(stage="stopped") | ~Q(learning=""),
            ),
            models.CheckConstraint(
                name="initiative_is_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "stage", "heard_on"], name="initiatives_by_stage")
        ]

    def __str__(self) -> str:
        return str(self.said.title)

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES and self.merged_into_id is None

    @property
    def is_across_units(self) -> bool:
        return self.partner_units.exists()


class InitiativePerson(Owned):
    """Somebody who works on an initiative, asks to, or follows it."""

    class Part(models.TextChoices):
        MEMBER = "member", _("works on it")
        ASKS = "asks", _("asks to work on it")
        FOLLOWER = "follower", _("follows it")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, models.CASCADE, related_name="initiative_parts")
    part = models.CharField(max_length=8, choices=Part, default=Part.MEMBER)

    class Meta(Owned.Meta):
        ordering = ["initiative", "part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "person"], name="one_part_per_person_and_initiative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.initiative}"


class InitiativeStep(Translated, Versioned):
    """A step of an initiative, with the day by which it is to be taken."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(_("step"), max_length=300)
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["initiative", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "number"], name="one_step_per_number_and_initiative"
            )
        ]

    def __str__(self) -> str:
        return str(self.said.text)


class DiaryEntry(Translated, Owned):
    """What happened, in a few words. ``from_code`` tells the initiative that it came from in a merge."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="diary")
    on = models.DateField(_("day"))
    text = models.TextField(_("what happened"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    from_code = models.CharField(max_length=20, blank=True)

    class Meta(Owned.Meta):
        ordering = ["initiative", "-on", "-pk"]

    def __str__(self) -> str:
        return str(self.said.text)[:80]


class StageChange(Owned):
    """When an initiative went from one stage to another, and what was said."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="stage_changes")
    before = models.CharField(max_length=12, choices=Stage, blank=True)
    after = models.CharField(max_length=12, choices=Stage)
    on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta(Owned.Meta):
        ordering = ["initiative", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.initiative} {self.after}"


class Gate(Translated, Versioned):
    """Something that must be decided or assessed before the change goes on."""

    class Kind(models.TextChoices):
        CO_OPERATION = "co_operation", _("union co-operation")
        RISK = "risk", _("risk assessment")
        LEGAL = "legal", _("legal source")
        BOARD = "board", _("board decision")
        DATA_PROTECTION = "data_protection", _("data protection")

    class Level(models.TextChoices):
        NONE = "", _("–")
        DIALOGUE = "dialogue", _("dialogue with each employee")
        WORKPLACE = "workplace", _("workplace meeting (APT)")
        LOCAL = "local", _("local co-operation group")
        DEPARTMENT = "department", _("department's co-operation group")
        CENTRAL = "central", _("central co-operation group")
        NEGOTIATION = "negotiation", _("negotiation under the Co-determination Act (MBL)")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="gates")
    kind = models.CharField(_("gate"), max_length=15, choices=Kind)
    level = models.CharField(_("level"), max_length=11, choices=Level, blank=True)
    on = models.DateField(_("day"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=500, blank=True)
    is_passed = models.BooleanField(_("settled"), default=False)

    class Meta(Versioned.Meta):
        ordering = ["initiative", "kind", "on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="settled_gate_has_day_and_outcome",
                condition=Q(is_passed=False) | (Q(on__isnull=False) & ~Q(outcome="")),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Attachment(Owned):
    """A file that belongs to an initiative. The bytes lie in the data folder, never in a static one."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="attachments")
    name = models.CharField(_("file"), max_length=200)
    stored_as = models.CharField(max_length=100, unique=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta(Owned.Meta):
        ordering = ["initiative", "-at"]

    def __str__(self) -> str:
        return self.name


class Quotation(Translated, Versioned):
    """What somebody said, shown only with her consent, for the purpose named, until she withdraws it."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="quotations")
    text = models.TextField(_("what was said"))
    who = models.CharField(_("who said it, as it may be shown"), max_length=200)
    purpose = models.CharField(_("for what it may be shown"), max_length=300, blank=True)
    consent_on = models.DateField(_("consent given"), null=True, blank=True)
    withdrawn_on = models.DateField(_("consent withdrawn"), null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["initiative", "pk"]
        constraints = [
            models.CheckConstraint(
                name="consent_names_its_purpose",
                condition=Q(consent_on__isnull=True) | ~Q(purpose=""),
            )
        ]

    def __str__(self) -> str:
        return str(self.said.text)[:80]

    @property
    def may_be_shown(self) -> bool:
        return self.consent_on is not None and self.withdrawn_on is None
