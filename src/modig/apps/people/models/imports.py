from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from modig.apps.jobs.models import Job
from modig.apps.people.models.person import StaffRole
from modig.apps.tenancy.models import Owned, Versioned


class HrImport(Owned):
    """One HR file on its way in. The file itself is kept only until it is applied or given up."""

    class State(models.TextChoices):
        MAPPING = "mapping", _("columns to choose")
        PREVIEW = "preview", _("to look over")
        APPLIED = "applied", _("read in")
        UNDONE = "undone", _("undone")
        GIVEN_UP = "given_up", _("given up")

    file_name = models.CharField(_("file"), max_length=200)
    state = models.CharField(max_length=8, choices=State, default=State.MAPPING)
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=2, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    header = models.JSONField(default=list)
    header_row = models.PositiveIntegerField(default=1)
    rows_read = models.PositiveIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    mapping_from = models.CharField(max_length=200, blank=True)
    counts = models.JSONField(default=dict)
    remarks = models.JSONField(default=dict)
    now_protected = models.JSONField(default=list, editable=False)
    undo = models.TextField(blank=True, editable=False)
    left_alone = models.JSONField(default=list, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta(Owned.Meta):
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(Owned):
    """What one row of a file leads to, shown before it is done. Holds nothing of a protected row.

    ``reason`` says why: of a refusal, or what else follows; ``value`` is what it is about.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        GONE = "gone", _("gone")
        REFUSED = "refused", _("refused")
        UNCHANGED = "unchanged", _("unchanged")

    hr_import = models.ForeignKey(HrImport, models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=9, choices=Kind)
    row = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField(max_length=60, blank=True)
    is_notable = models.BooleanField(default=False)
    who = models.CharField(max_length=220, blank=True)
    column = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    value = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict, blank=True)

    class Meta(Owned.Meta):
        ordering = ["hr_import", "row", "pk"]
        indexes = [
            models.Index(fields=["hr_import", "kind", "row"], name="import_rows_by_kind"),
            models.Index(fields=["organisation", "number"], name="import_rows_by_number"),
        ]

    def __str__(self) -> str:
        return f"{self.row} {self.kind}"


class ImportMapping(Owned):
    """A choice of columns, kept under a name for the next file of the same layout."""

    name = models.CharField(_("name"), max_length=100)
    mapping = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta(Owned.Meta):
        ordering = ["-used_at"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_mapping_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class RoleRule(Versioned):
    """Which titles make which staff role: the first rule that fits a title decides."""

    class How(models.TextChoices):
        CONTAINS = "contains", _("contains")
        EQUALS = "equals", _("is")
        BEGINS = "begins", _("begins with")

    order = models.PositiveSmallIntegerField(_("order"), default=0)
    how = models.CharField(_("how"), max_length=8, choices=How, default=How.CONTAINS)
    words = models.CharField(_("words, parted by |"), max_length=300)
    role = models.CharField(_("role"), max_length=12, choices=StaffRole, default=StaffRole.MANAGER)

    class Meta(Versioned.Meta):
        ordering = ["order", "pk"]
        constraints = [models.CheckConstraint(name="role_rule_has_words", condition=~Q(words=""))]

    def __str__(self) -> str:
        return f"{self.get_how_display()} {self.words_shown}"

    @property
    def words_shown(self) -> str:
        return ", ".join(self.words.split("|"))
