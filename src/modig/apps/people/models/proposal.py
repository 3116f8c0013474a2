from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from modig.apps.people.models.person import Person
from modig.apps.people.models.unit import Unit
from modig.apps.tenancy.models import Owned, Versioned


class TeamProposal(Versioned):
    """A management team that could be: proposed out of titles and units, corrected, then made."""

    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta(Versioned.Meta):
        ordering = ["unit__sorting", "pk"]

    def __str__(self) -> str:
        return self.name


class ProposedSeat(Owned):
    """A person in a proposed team."""

    proposal = models.ForeignKey(TeamProposal, models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, models.CASCADE, related_name="proposed_seats")
    is_leader = models.BooleanField(_("leads"), default=False)

    class Meta(Owned.Meta):
        ordering = ["proposal", "-is_leader", "person__sorting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person"], name="one_proposed_seat_per_person_and_team"
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(is_leader=True),
                name="one_leader_of_a_proposed_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.proposal}"
