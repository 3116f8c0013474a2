"""A group that has met and will meet again, without a planner: ``make_group(people)``."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from apps.people.factories import make_person
from modig.apps.programme.models import (
    Block,
    Facilitator,
    Group,
    Meeting,
    MeetingDay,
    Participant,
    Plan,
    Programme,
    Promise,
    Wave,
)
from modig.apps.tenancy.scope import current_organisation

numbers = count(1)


def own():
    return {"organisation": current_organisation()}


def make_wave(name="Våg 1"):
    number = next(numbers)
    programme = Programme.objects.create(
        **own(),
        code=f"p{number}",
        name="Modigt ledarskap",
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
    )
    return Wave.objects.create(
        **own(),
        programme=programme,
        number=1,
        name=name,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
    )


def make_plan(wave=None, *, state="published"):
    wave = wave or make_wave()
    number = wave.plans.count() + 1
    return Plan.objects.create(
        **own(), wave=wave, number=number, state=state, made_at=timezone.now()
    )


def make_group(people=(), *, plan=None, days=(-8, 30), led_by=None, name=None):
    """A group whose meetings lie so many days from today."""
    plan = plan or make_plan()
    number = plan.groups.count() + 1
    group = Group.objects.create(**own(), plan=plan, number=number, name=name or f"Grupp {number}")
    for person in people:
        Participant.objects.create(**own(), group=group, person=person)
    leader = None
    if led_by is not None:
        leader, _ = Facilitator.objects.get_or_create(
            **own(), user=led_by, defaults={"name": f"Agneta {next(numbers)}"}
        )
    for block, offset in enumerate(days, 1):
        found, _ = Block.objects.get_or_create(
            **own(), wave=plan.wave, number=block, defaults={"title": f"Block {block}"}
        )
        meeting = Meeting.objects.create(**own(), group=group, block=found, facilitator=leader)
        on = timezone.localdate() + timedelta(days=offset)
        MeetingDay.objects.create(**own(), meeting=meeting, on=on)
    return group


def make_promise(person=None, *, meeting=None, what="Vi provar gemensam morgonplanering", **given):
    today = timezone.localdate()
    given.setdefault("made_on", today - timedelta(days=8))
    given.setdefault("due_on", today + timedelta(days=3))
    return Promise.objects.create(
        **own(), person=person or make_person(), meeting=meeting, what=what, **given
    )


def told(person=None, outcome="used", **given):
    """A promise of which it is told what happened."""
    return make_promise(person, outcome=outcome, reported_on=timezone.localdate(), **given)
