from datetime import date, time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from modig.apps.people.models import ManagementTeam, Person, Unit
from modig.apps.people.models.person import StaffRole
from modig.apps.tenancy.models import Owned, Versioned


class Attribute(models.TextChoices):
    """What can be mixed in a group; the rules weigh these, and quotas count them."""

    DEPARTMENT = "department", _("department or company")
    ENTITY = "entity", _("legal entity")
    UNIT = "unit", _("unit")
    ROLE = "role", _("staff role")
    GENDER = "gender", _("gender")
    WORKPLACE = "workplace", _("workplace")


class Programme(Versioned):
    """A leadership and change programme: its name and brand, purpose and foci.

    Where it is for all leaders, its coverage counts every manager and key person of the day beside
    whom its waves name.
    """

    code = models.SlugField(_("code"), max_length=50)
    name = models.CharField(_("name"), max_length=200)
    brand = models.CharField(_("motto"), max_length=200, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    foci = models.TextField(_("foci, one a line"), blank=True)
    derived_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="derived"
    )
    is_for_all_leaders = models.BooleanField(_("for all managers and key persons"), default=True)
    strategy = models.ForeignKey(
        "direction.Strategy",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("strategy"),
    )
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"))

    class Meta(Versioned.Meta):
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_programme_per_code"),
            models.CheckConstraint(
                name="programme_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def focus_list(self) -> list[str]:
        return [line.strip() for line in self.foci.splitlines() if line.strip()]


class Wave(Versioned):
    """A part of the programme in time: a wave of groups, or a pause for embedding."""

    class Kind(models.TextChoices):
        WAVE = "wave", _("wave")
        PAUSE = "pause", _("pause")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.WAVE)
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"))

    class Meta(Versioned.Meta):
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="one_wave_per_number_and_programme"
            ),
            models.CheckConstraint(
                name="wave_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_pause(self) -> bool:
        return self.kind == self.Kind.PAUSE


class TargetPart(Owned):
    """One part of a wave's target group: a role, a unit with all below it, a team, or a person."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="target_parts")
    role = models.CharField(max_length=12, choices=StaffRole, blank=True)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+")
    team = models.ForeignKey(
        ManagementTeam, models.CASCADE, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta(Owned.Meta):
        ordering = ["wave", "pk"]
        constraints = [
            models.CheckConstraint(
                name="target_part_names_something",
                condition=~Q(role="")
                | Q(unit__isnull=False)
                | Q(team__isnull=False)
                | Q(person__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.team or self.person or self.unit or self.get_role_display())


class Block(Versioned):
    """One of a wave's meetings of every group: its focus, and how many days it lasts."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="blocks")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=200)
    focus = models.TextField(_("focus"), blank=True)
    days = models.PositiveSmallIntegerField(
        _("days"), default=1, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    class Meta(Versioned.Meta):
        ordering = ["wave", "number"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "number"], name="one_block_per_number_and_wave")
        ]

    def __str__(self) -> str:
        return self.title


class Venue(Versioned):
    """A room where a group can meet."""

    name = models.CharField(_("name"), max_length=200)
    place = models.CharField(_("place"), max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=30)
    closed_days = models.TextField(_("closed days"), blank=True)
    """Lines of ``days_off.read_days_off``."""

    class Meta(Versioned.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_venue_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class Facilitator(Versioned):
    """Someone who leads groups: an employee, or one of the partner's people."""

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    user = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="facilitators"
    )
    is_external = models.BooleanField(_("from the partner"), default=False)
    days_off = models.TextField(_("days off"), blank=True)
    """Lines of ``days_off.read_days_off``."""

    class Meta(Versioned.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="one_facilitator_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ClosedWeeks(Owned):
    """Weeks in which no group meets, first and last Monday included."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="closed_weeks")
    first_monday = models.DateField(_("first week"))
    last_monday = models.DateField(_("last week"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(Owned.Meta):
        ordering = ["wave", "first_monday"]
        constraints = [
            models.CheckConstraint(
                name="closed_weeks_end_after_they_begin",
                condition=Q(last_monday__gte=F("first_monday")),
            )
        ]

    def __str__(self) -> str:
        return self.reason or str(self.first_monday)


class Rules(Versioned):
    """What every plan of a wave must keep, and what it should weigh."""

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="rules")
    groups = models.PositiveSmallIntegerField(_("number of groups; 0 finds it"), default=0)
    size_low = models.PositiveSmallIntegerField(_("smallest group"), default=20)
    size_high = models.PositiveSmallIntegerField(_("largest group"), default=28)
    cap_percent = models.DecimalField(
        _("at most away of a unit on one day, per cent"), max_digits=5, decimal_places=2, default=15
    )
    gap_low = models.PositiveSmallIntegerField(_("weeks between blocks, at least"), default=4)
    gap_high = models.PositiveSmallIntegerField(_("weeks between blocks, at most"), default=10)
    first_day = models.DateField(_("first day"), default=date(2027, 1, 11))
    weeks = models.PositiveSmallIntegerField(_("weeks"), default=40)
    day_begins = models.TimeField(_("the day begins"), default=time(8, 30))
    day_ends = models.TimeField(_("the day ends"), default=time(16, 30))
    weekdays = models.CharField(_("weekdays"), max_length=30, default="mon-fri")
    weights = models.JSONField(_("what to mix"), default=dict, blank=True)
    venues = models.ManyToManyField(Venue, blank=True, related_name="+")
    facilitators = models.ManyToManyField(Facilitator, blank=True, related_name="+")

    class Meta(Versioned.Meta):
        constraints = [
            models.CheckConstraint(
                name="largest_group_is_not_smaller_than_smallest",
                condition=Q(size_high__gte=F("size_low"), size_low__gte=1),
            ),
            models.CheckConstraint(
                name="longest_gap_is_not_shorter_than_shortest",
                condition=Q(gap_high__gte=F("gap_low"), gap_low__gte=1),
            ),
            models.CheckConstraint(
                name="cap_is_from_0_to_100_per_cent",
                condition=Q(cap_percent__gte=0, cap_percent__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave}"


class UnitCap(Owned):
    """A lower cap than the wave's for one unit and every unit below it, with the reason."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="unit_caps")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    percent = models.DecimalField(
        _("at most away on one day, per cent"), max_digits=5, decimal_places=2
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(Owned.Meta):
        ordering = ["wave", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "unit"], name="one_cap_per_unit_and_wave"),
            models.CheckConstraint(
                name="cap_of_a_unit_is_from_0_to_100_per_cent",
                condition=Q(percent__gte=0, percent__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.percent}"


class GroupQuota(Owned):
    """How many of a kind every group of a wave shall have; with no value: of each value."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="quotas")
    attribute = models.CharField(_("what is counted"), max_length=20, choices=Attribute)
    value = models.CharField(_("of which"), max_length=200, blank=True)
    least = models.PositiveSmallIntegerField(_("at least in a group"), default=0)
    or_none = models.BooleanField(_("a group may also have none"), default=False)
    most = models.PositiveSmallIntegerField(_("at most in a group"), null=True, blank=True)
    most_percent = models.DecimalField(
        _("at most, per cent of a group"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(Owned.Meta):
        ordering = ["wave", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "attribute", "value"], name="one_quota_per_kind_and_wave"
            ),
            models.CheckConstraint(
                name="quota_asks_for_something",
                condition=Q(least__gt=0) | Q(most__isnull=False) | Q(most_percent__isnull=False),
            ),
            models.CheckConstraint(
                name="quota_asks_for_no_more_than_it_allows",
                condition=Q(most__isnull=True) | Q(most__gte=F("least")),
            ),
            models.CheckConstraint(
                name="quota_allows_above_0_and_at_most_100_per_cent",
                condition=Q(most_percent__isnull=True)
                | Q(most_percent__gt=0, most_percent__lte=100),
            ),
            models.CheckConstraint(
                name="quota_limits_by_number_or_by_share",
                condition=Q(most__isnull=True) | Q(most_percent__isnull=True),
            ),
            models.CheckConstraint(
                name="quota_without_least_number_says_nothing_of_none",
                condition=Q(or_none=False) | Q(least__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_attribute_display()} {self.value}".strip()


class KeepApart(Owned):
    """Two teams that must not share a group, with the reason."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="keep_apart")
    team_a = models.ForeignKey(ManagementTeam, models.CASCADE, related_name="+")
    team_b = models.ForeignKey(ManagementTeam, models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta(Owned.Meta):
        ordering = ["wave", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "team_a", "team_b"], name="one_keep_apart_per_pair_of_teams"
            ),
            models.CheckConstraint(
                name="team_is_not_kept_apart_from_itself", condition=~Q(team_a=F("team_b"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_a} / {self.team_b}"


class FarApart(Owned):
    """Two places so far from each other that nobody leads in one the day after the other.

    A place is what venues have for an address, or the name of a venue without one.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="far_apart")
    place_a = models.CharField(_("place"), max_length=200)
    place_b = models.CharField(_("is far from"), max_length=200)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(Owned.Meta):
        ordering = ["wave", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "place_a", "place_b"], name="far_apart_once_per_pair_of_places"
            ),
            models.CheckConstraint(
                name="place_is_not_far_from_itself", condition=~Q(place_a=F("place_b"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_a} / {self.place_b}"


class TeamAway(Owned):
    """Days on which a team cannot come to any meeting of a wave; a day or a span on each line."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="teams_away")
    team = models.ForeignKey(ManagementTeam, models.CASCADE, related_name="+")
    days = models.TextField(_("days"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(Owned.Meta):
        ordering = ["wave", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "team"], name="days_away_once_per_team_and_wave"
            ),
            models.CheckConstraint(name="team_is_away_on_some_day", condition=~Q(days="")),
        ]

    def __str__(self) -> str:
        return str(self.team)
