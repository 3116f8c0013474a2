"""Promises: mine, those of the groups I lead, and how many there are by wave and group."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.shortcuts import get_object_or_404

from modig.apps.accounts.models import User
from modig.apps.people.models import Person
from modig.apps.programme.models import Group, Participant, Plan, Promise
from modig.apps.programme.permissions import groups_counted_by, groups_led_by
from modig.apps.programme.queries.groups import Dated, meetings_of_person

ASKED_FOR = timedelta(days=30)
OPEN = Q(outcome__in=("", Promise.Outcome.NOT_YET))


def promises() -> QuerySet[Promise]:
    return Promise.objects.select_related("person__user", "meeting__block", "meeting__group")


def promises_of(person: Person | None, which: str = "all") -> QuerySet[Promise]:
    """A person's promises: the open ones by their day, those that are told with the latest first."""
    found = promises().filter(person=person)
    if which == "open":
        return found.filter(OPEN).order_by("due_on", "pk")
    if which == "told":
        return found.exclude(OPEN).order_by("-reported_on", "-pk")
    return found.order_by("-due_on", "-pk")


def promises_to_tell(person: Person, until: date) -> QuerySet[Promise]:
    """A person's promises whose day is by ``until``, and of which nothing has been told since.

    Once it is told that a promise is not kept yet, it waits for a new day.
    """
    asked = Q(outcome="") | Q(outcome=Promise.Outcome.NOT_YET, due_on__gt=F("reported_on"))
    return promises().filter(asked, person=person, due_on__lte=until).order_by("due_on", "pk")


def find_promise(promise_id: int) -> Promise:
    return get_object_or_404(promises(), pk=promise_id)


# ---- meetings and their promises -----------------------------------------------------------------


def soonest_meeting(person: Person, today: date) -> Dated | None:
    """The person's next meeting, one that has begun and is not over included."""
    return next((row for row in meetings_of_person(person) if not row.is_over(today)), None)


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that has begun, with what a person promised at its end."""

    row: Dated
    promises: list[Promise]


def held_meetings(person: Person, today: date) -> list[Held]:
    """A person's meetings that have begun, the latest first, each with her promises.

    A plan that is made anew has meetings of its own, so promises belong to a meeting by its block.
    """
    begun = [row for row in meetings_of_person(person) if row.first <= today]
    by_block: dict[int, list[Promise]] = {}
    for promise in promises_of(person).exclude(meeting=None):
        if promise.meeting:
            by_block.setdefault(promise.meeting.block_id, []).append(promise)
    return [Held(row, by_block.get(row.meeting.block_id, [])) for row in reversed(begun)]


def meetings_without_promise(held: Iterable[Held], today: date) -> list[Dated]:
    """Those of the last month at whose end nothing was promised."""
    return [one.row for one in held if not one.promises and one.row.days[-1] >= today - ASKED_FOR]


# ---- groups --------------------------------------------------------------------------------------


def promises_of_group(group: Group) -> QuerySet[Promise]:
    """What the people of a group have promised at the meetings of its wave."""
    people = Participant.objects.filter(group=group).values("person")
    return (
        promises()
        .filter(person__in=people, meeting__block__wave=group.plan.wave_id)
        .order_by("meeting__block__number", "person__sorting", "pk")
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """How many promises a group has made, and how they went. Of nobody in particular."""

    group: Group
    people: int
    promised_by: int
    made: int
    used: int
    tried: int
    not_yet: int
    late: int

    @property
    def told(self) -> int:
        return self.used + self.tried + self.not_yet

    @property
    def share_told(self) -> float:
        return self.told / self.made if self.made else 0.0


def counts_for(user: User, today: date) -> list[Counted]:
    """The groups whose numbers ``user`` sees, by wave, in a fixed number of queries."""
    groups = list(
        Group.objects.filter(groups_counted_by(user))
        .filter(plan__state=Plan.State.PUBLISHED)
        .select_related("plan__wave__programme")
        .defer("plan__given", "plan__figures")
        .annotate(people=Count("participants", distinct=True))
        .order_by("plan__wave__programme__starts_on", "plan__wave__number", "number", "pk")
        .distinct()
    )
    numbers = _numbers([group.pk for group in groups], today)
    return [Counted(group, group.people, *numbers.get(group.pk, (0,) * 6)) for group in groups]


def groups_read_by(user: User) -> set[int]:
    """The keys of the groups whose promises ``user`` reads, and does not only count."""
    return set(Group.objects.filter(groups_led_by(user)).values_list("pk", flat=True))


def _numbers(groups: list[int], today: date) -> dict[int, tuple[int, ...]]:
    place = "person__participations__group"
    rows = (
        Promise.objects.filter(
            **{f"{place}__in": groups, f"{place}__plan__wave": F("meeting__block__wave")}
        )
        .order_by()
        .values_list(place)
        .annotate(
            by=Count("person", distinct=True),
            made=Count("pk", distinct=True),
            used=_how_many(Q(outcome=Promise.Outcome.USED)),
            tried=_how_many(Q(outcome=Promise.Outcome.TRIED)),
            not_yet=_how_many(Q(outcome=Promise.Outcome.NOT_YET)),
            late=_how_many(OPEN & Q(due_on__lt=today)),
        )
    )
    return {row[0]: row[1:] for row in rows}


def _how_many(which: Q) -> Count:
    return Count("pk", filter=which, distinct=True)
