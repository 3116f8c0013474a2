from typing import TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from modig.apps.tenancy.scope import current_organisation

RowT_co = TypeVar("RowT_co", bound=models.Model, covariant=True)


class Organisation(models.Model):
    """The client: a group of a municipality and its companies, or any other large employer."""

    code = models.SlugField(_("code"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=5, default="sv")
    country = models.CharField(_("country"), max_length=2, default="SE")
    time_zone = models.CharField(_("time zone"), max_length=50, default="Europe/Stockholm")
    terms = models.JSONField(_("term pack"), default=dict, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OwnedManager(models.Manager[RowT_co]):
    """Only the rows of the organisation being worked for; raises when there is none."""

    def get_queryset(self) -> models.QuerySet[RowT_co]:
        return super().get_queryset().filter(organisation=current_organisation())


class Owned(models.Model):
    """A row that belongs to one organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    across_organisations = models.Manager()
    objects = OwnedManager()

    class Meta:
        abstract = True
        base_manager_name = "across_organisations"
        default_manager_name = "objects"


class Versioned(Owned):
    """A row that people edit: ``version`` rises with each save, so that no edit is lost unseen."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(Owned.Meta):
        abstract = True


class Role(Versioned):
    """What a member may do, as data: new roles and permissions need no migration."""

    code = models.SlugField(max_length=50)
    names = models.JSONField(default=dict)
    permissions = models.JSONField(default=list)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta(Versioned.Meta):
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_role_per_code")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The role's name in the language of the page."""
        names: dict[str, str] = self.names
        return names.get(get_language() or "", "") or names.get("sv", "") or self.code


class Membership(Versioned):
    """A user's role in one organisation. A partner's people have several."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, related_name="memberships")

    class Meta(Versioned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_membership_per_user")
        ]

    def __str__(self) -> str:
        return str(self.user)
