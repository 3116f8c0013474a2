"""What the demo holds, for the page that it begins with."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from modig.apps.demo.malarvik import HrFile, generate, hr_file
from modig.apps.demo.users import DEMO_USERS, DemoUser, email_of
from modig.apps.people.models import ManagementTeam, Person, Unit
from modig.apps.programme.models import Group, MeetingDay, Plan
from modig.apps.tenancy.models import Membership, Organisation

CODE = "malarvik"
FEWEST_OF_FULL, FEWEST_OF_LARGE = 1_000, 20_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody whom the visitor can be."""

    user: DemoUser
    name: str
    role: str

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Holds:
    """What there is to see: how many of each, and the next day on which a group meets."""

    people: int
    units: int
    teams: int
    groups: int
    next_day: date | None


def choices() -> list[Choice]:
    members = Membership.across_organisations.filter(organisation__code=CODE)
    found = {one.user.email: one for one in members.select_related("user", "role")}
    return [
        Choice(one, found[email_of(one.role)].user.name, found[email_of(one.role)].role.name)
        for one in DEMO_USERS
        if email_of(one.role) in found
    ]


def what_it_holds(on: date) -> Holds:
    """The figures of Mälarvik; only those of its rows that are in use today."""
    own = {"organisation__code": CODE}
    days = MeetingDay.across_organisations.filter(
        **own, on__gte=on, meeting__group__plan__state=Plan.State.PUBLISHED
    )
    return Holds(
        people=Person.across_organisations.filter(**own, left_on=None).count(),
        units=Unit.across_organisations.filter(**own, closed_on=None).count(),
        teams=ManagementTeam.across_organisations.filter(**own, to_on=None).count(),
        groups=Group.across_organisations.filter(**own, plan__state=Plan.State.PUBLISHED).count(),
        next_day=days.order_by("on").values_list("on", flat=True).first(),
    )


def loaded_size() -> str:
    """Which size of the demo is in the database; empty where there is none."""
    if not Organisation.objects.filter(code=CODE).exists():
        return ""
    people = Person.across_organisations.filter(organisation__code=CODE).count()
    if people < FEWEST_OF_FULL:
        return "small"
    return "full" if people < FEWEST_OF_LARGE else "large"


@cache
def next_hr_file(size: str) -> HrFile:
    """Next month's HR file of the organisation of this size; made once for each process."""
    return hr_file(generate(size))
