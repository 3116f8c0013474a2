"""Programmes and waves for tests, and plans written by hand."""

import datetime as dt

from django.utils import timezone

from apps.people.factories import make_person, make_team, make_unit
from modig.apps.programme.models import (
    Block,
    Facilitator,
    Group,
    Meeting,
    MeetingDay,
    Participant,
    Plan,
    Programme,
    Rules,
    TeamPlacement,
    Venue,
    Wave,
)
from modig.apps.tenancy.scope import current_organisation

TODAY = timezone.localdate()
LONG_AGO = dt.date(2020, 1, 1)


def days(n):
    return TODAY + dt.timedelta(days=n)


def make_programme(name="Brave leadership", **fields):
    given = {"code": name.lower().replace(" ", "-"), "purpose": "People lead better."}
    given |= {"starts_on": days(-100), "ends_on": days(300), **fields}
    return Programme.objects.create(organisation=current_organisation(), name=name, **given)


def make_wave(programme=None, *, number=1, rules=True, blocks=2, kind="wave", **fields):
    own = {"organisation": current_organisation()}
    programme = programme or make_programme()
    given = {"name": f"Wave {number}", "starts_on": days(-90), "ends_on": days(200), **fields}
    wave = Wave.objects.create(**own, programme=programme, number=number, kind=kind, **given)
    for k in range(1, blocks + 1):
        Block.objects.create(**own, wave=wave, number=k, title=f"Block {k}")
    if rules:
        kept = {} if rules is True else rules
        given = {"first_day": wave.starts_on, "weeks": 30, "size_low": 2, "size_high": 6, **kept}
        Rules.objects.create(**own, wave=wave, **given)
    return wave


def make_venue(name="Quay house", seats=30, **fields):
    return Venue.objects.create(
        organisation=current_organisation(), name=name, seats=seats, **fields
    )


def make_facilitator(name="Agneta Brodd", **fields):
    return Facilitator.objects.create(organisation=current_organisation(), name=name, **fields)


def make_plan(wave, *, state="published", made=-60, published=None, number=None):
    noon = timezone.make_aware(dt.datetime.combine(days(made), dt.time(12)))
    at = noon if published is None else noon + dt.timedelta(days=published - made)
    return Plan.objects.create(
        organisation=current_organisation(),
        wave=wave,
        number=number or wave.plans.count() + 1,
        state=state,
        made_at=noon,
        published_at=None if state == "draft" else at,
    )


def make_group(plan, people=(), *, teams=(), meets=(), venue=None, facilitator=None, number=None):
    """A group of ``plan`` whose blocks in turn begin ``meets`` days from today."""
    own = {"organisation": current_organisation()}
    number = number or plan.groups.count() + 1
    group = Group.objects.create(**own, plan=plan, number=number, name=f"Group {number}")
    for team in teams:
        TeamPlacement.objects.create(**own, group=group, team=team)
    for person in people:
        Participant.objects.create(**own, group=group, person=person)
    for block, day in zip(plan.wave.blocks.order_by("number"), meets, strict=False):
        meeting = Meeting.objects.create(
            **own, group=group, block=block, venue=venue, facilitator=facilitator
        )
        MeetingDay.objects.create(**own, meeting=meeting, on=days(day))
    return group


def make_manager(name="Sara Lindqvist", *, unit=None, **employed):
    return make_person(name, unit=unit or make_unit(), role="manager", **employed)


__all__ = ["make_manager", "make_person", "make_team", "make_unit"]
