from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from modig.apps.people.models.person import Person
from modig.apps.people.models.sorting import plain_letters, swedish_order
from modig.apps.people.models.unit import Unit
from modig.apps.tenancy.models import Owned, Versioned


class ManagementTeam(Versioned):
    """A management team: it takes part as a whole and lives on when its members change."""

    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="management_teams"
    )
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)
    sorting = swedish_order("name", "code")
    folded = plain_letters("name", "code")

    class Meta(Versioned.Meta):
        ordering = ["sorting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_team_per_code"),
            models.CheckConstraint(
                name="team_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamSeat(Owned):
    """A place in a management team from one day to another; without a person it is vacant.

    ``to_on`` is the first day after.
    """

    class Kind(models.TextChoices):
        LEADER = "leader", _("leader")
        MEMBER = "member", _("member")
        SUBSTITUTE = "substitute", _("substitute")

    team = models.ForeignKey(ManagementTeam, models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="seats")
    kind = models.CharField(_("place"), max_length=10, choices=Kind, default=Kind.MEMBER)
    title = models.CharField(_("job title"), max_length=200, blank=True)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta(Owned.Meta):
        ordering = ["team", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=Q(to_on__isnull=True),
                name="one_open_seat_per_person_and_team",
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(to_on__isnull=True, kind="leader"),
                name="one_leader_at_a_time",
            ),
            models.CheckConstraint(
                name="seat_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or _('vacant')}, {self.team}"
