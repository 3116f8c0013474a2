from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from modig.apps.people.models.sorting import swedish_order
from modig.apps.people.models.unit import Unit
from modig.apps.tenancy.models import Versioned


class StaffRole(models.TextChoices):
    """What a title makes of its holder in the programmes."""

    MANAGER = "manager", _("manager")
    KEY_PERSON = "key_person", _("key person")
    EMPLOYEE = "employee", _("employee")


class Person(Versioned):
    """Someone employed by the organisation. ``number`` is the key; a name may be missing.

    Someone with a protected identity is never stored.
    """

    number = models.CharField(_("employee number"), max_length=60)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    mobile = models.CharField(_("mobile"), max_length=40, blank=True)
    gender = models.CharField(_("gender"), max_length=20, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="persons"
    )
    folded = models.CharField(max_length=320, blank=True, editable=False)
    sorting = swedish_order("last_name", "first_name", "number")
    left_on = models.DateField(_("left"), null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["sorting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="one_person_per_employee_number"
            ),
            models.UniqueConstraint(
                fields=["organisation", "user"], name="one_person_per_user_and_organisation"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "sorting", "id"], name="persons_by_name")]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.number


class Employment(Versioned):
    """A person's work in one unit; several at a time are possible. ``key`` tells them apart.

    ``to_on`` is the first day after. The role follows the title by the rules, else what the HR
    file names (``named_manager``), unless somebody chose it by hand.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="employments")
    key = models.CharField(max_length=60, default="1")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="employments")
    title = models.CharField(_("job title"), max_length=200, blank=True)
    aid_code = models.CharField(_("AID code"), max_length=20, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=StaffRole, default=StaffRole.EMPLOYEE)
    named_manager = models.BooleanField(default=False, editable=False)
    role_by_hand = models.BooleanField(default=False, editable=False)
    manager = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    form = models.CharField(_("form of employment"), max_length=60, blank=True)
    degree = models.DecimalField(
        _("degree of employment, per cent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    workplace = models.CharField(_("place of work"), max_length=200, blank=True)
    cost_centre = models.CharField(_("cost centre"), max_length=60, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["person", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], name="one_employment_per_person_and_key"
            ),
            models.CheckConstraint(
                name="employment_ends_after_it_begins",
                condition=Q(to_on__isnull=True)
                | Q(from_on__isnull=True)
                | Q(to_on__gte=F("from_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "to_on", "role"], name="employments_by_role")
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title or self.unit}"


class KeyPersonNomination(Versioned):
    """Someone outside the line who should take part: named by somebody, for a reason."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="nominations")
    reason = models.CharField(_("reason"), max_length=500)
    nominated_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="nominations_made"
    )
    nominated_on = models.DateField(_("nominated"))
    withdrawn_on = models.DateField(pgettext_lazy("nomination", "withdrawn"), null=True, blank=True)

    class Meta(Versioned.Meta):
        ordering = ["-nominated_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_open_nomination_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.reason}"
