from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from modig.apps.people.models import ManagementTeam, Person
from modig.apps.programme.models.plan import Plan
from modig.apps.programme.models.programme import Block, Facilitator, Venue
from modig.apps.tenancy.models import Owned, Versioned


class Group(Versioned):
    """A programme group: several whole teams that meet in every block."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=100)

    class Meta(Versioned.Meta):
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_group_per_number_and_plan")
        ]

    def __str__(self) -> str:
        return self.name


class TeamPlacement(Owned):
    """A whole team in a group. A locked one stays when the plan is made again."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="placements")
    team = models.ForeignKey(ManagementTeam, models.PROTECT, related_name="placements")
    is_locked = models.BooleanField(default=False)

    class Meta(Owned.Meta):
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "team"], name="team_is_once_in_a_group")
        ]

    def __str__(self) -> str:
        return f"{self.team}, {self.group}"


class Participant(Owned):
    """A person in a group, with the team she comes with (none: alone).

    One who comes alone can be locked as a team can. ``sequence`` is the plan's revision at which
    she came into the group.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="participations")
    team = models.ForeignKey(
        ManagementTeam, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_locked = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)

    class Meta(Owned.Meta):
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="person_is_once_in_a_group")
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.group}"


class Meeting(Versioned):
    """A group's block: its days, venue and facilitator. A locked one keeps its days.

    ``sequence`` is the plan's revision at which it last changed.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="meetings")
    block = models.ForeignKey(Block, models.PROTECT, related_name="meetings")
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="+")
    facilitator = models.ForeignKey(
        Facilitator, models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    is_locked = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)

    class Meta(Versioned.Meta):
        ordering = ["group", "block"]
        constraints = [
            models.UniqueConstraint(fields=["group", "block"], name="one_meeting_per_block")
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.block}"


class MeetingDay(Owned):
    """One day of a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="days")
    on = models.DateField()

    class Meta(Owned.Meta):
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "on"], name="meeting_day_is_named_once")
        ]

    def __str__(self) -> str:
        return str(self.on)


class CalendarFeed(Owned):
    """The secret address of a calendar: a person's own meetings, or a group's."""

    token = models.CharField(max_length=64, unique=True)
    person = models.OneToOneField(
        Person, models.CASCADE, null=True, blank=True, related_name="calendar_feed"
    )
    group = models.ForeignKey(
        Group, models.CASCADE, null=True, blank=True, related_name="calendar_feeds"
    )

    class Meta(Owned.Meta):
        constraints = [
            models.CheckConstraint(
                name="calendar_is_of_a_person_or_a_group",
                condition=Q(person__isnull=False, group__isnull=True)
                | Q(person__isnull=True, group__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.person or self.group)

    @property
    def path(self) -> str:
        """Where calendar programs get it."""
        return reverse("programme:calendar", args=[self.token])
