"""A direction as short as a sentence: ``make_goal("Kortare väg till rätt stöd")``."""

from datetime import date
from itertools import count

from apps.people.factories import LONG_AGO, make_person
from modig.apps.direction.actions.agreements import Promised, make_agreement
from modig.apps.direction.models import (
    Agreement,
    Assignment,
    FocusArea,
    Goal,
    LeadershipStatement,
    Shift,
    ShiftReading,
    StatutorySource,
    Strategy,
    StrategyStep,
    Vision,
    VisionStatement,
)
from modig.apps.tenancy.scope import current_organisation

numbers = count(1)


def own():
    return {"organisation": current_organisation()}


def make_vision(title="Tillsammans gör vi Mälarvik", *, from_on=LONG_AGO, **given):
    return Vision.objects.create(**own(), title=title, from_on=from_on, **given)


def the_vision():
    return Vision.objects.filter(to_on=None).first() or make_vision()


def make_statement(text="Barnen når längre här", *, vision=None, number=None):
    vision = vision or the_vision()
    number = number or vision.statements.count() + 1
    return VisionStatement.objects.create(**own(), vision=vision, number=number, text=text)


def make_shift(from_text="Vi förvaltar", to_text="Vi utvecklar", *, vision=None, number=None):
    vision = vision or the_vision()
    number = number or vision.shifts.count() + 1
    return Shift.objects.create(
        **own(), vision=vision, number=number, from_text=from_text, to_text=to_text
    )


def make_reading(shift, level=2, *, on=date(2024, 11, 1), is_baseline=False, note=""):
    return ShiftReading.objects.create(
        **own(), shift=shift, on=on, level=level, is_baseline=is_baseline, note=note
    )


def make_area(name="Omsorg nära dig", *, vision=None, code=None):
    vision = vision or the_vision()
    number = vision.focus_areas.count() + 1
    return FocusArea.objects.create(
        **own(), vision=vision, code=code or f"F{next(numbers)}", number=number, name=name
    )


def make_goal(name="Kortare väg till rätt stöd", *, area=None, under=None, code=None, **given):
    area = area or (under.focus_area if under else FocusArea.objects.first() or make_area())
    given.setdefault("from_on", LONG_AGO)
    return Goal.objects.create(
        **own(), focus_area=area, parent=under, code=code or f"G{next(numbers)}", name=name, **given
    )


def make_source(name="Socialtjänstlagen", *, reference="2025:400", **given):
    return StatutorySource.objects.create(**own(), name=name, reference=reference, **given)


def make_strategy(name="Modigt ledarskap", *, vision=None, steps=("Ledare möts", "Väntan minskar")):
    strategy = Strategy.objects.create(**own(), vision=vision or the_vision(), name=name)
    for number, text in enumerate(steps, 1):
        kind = "activity" if number == 1 else "benefit"
        StrategyStep.objects.create(**own(), strategy=strategy, number=number, kind=kind, text=text)
    return strategy


def make_leadership(text="Vi leder tillsammans.", *, vision=None):
    return LeadershipStatement.objects.create(
        **own(), vision=vision or the_vision(), text=text, agreed_on=date(2025, 3, 1)
    )


def make_assignment(title="Korta vägen in", *, holder=None, giver=None, goals=(), **given):
    given.setdefault("from_on", LONG_AGO)
    holder = holder or make_person("Sara Lindqvist")
    made = Assignment.objects.create(**own(), holder=holder, giver=giver, title=title, **given)
    made.goals.set(goals)
    return made


BOTH = (
    Promised("first", "Vi lämnar antalet portioner före kl. 9", date(2027, 1, 15)),
    Promised("second", "Maten är framme före kl. 11.15", date(2027, 2, 1)),
)


def agree(first, second, *, promised=BOTH, at=None, **given):
    """An agreement between a manager and a superior; the first side has written it."""
    given.setdefault("kind", Agreement.Kind.VERTICAL)
    given.setdefault("title", "Måltider till hemtjänsten Norra")
    agreement = Agreement(first=first, second=second, **given)
    return make_agreement(agreement, promised, maker=first, by=first.user, at=at or noon())


def noon(year=2026, month=12, day=1):
    from datetime import datetime

    from django.utils import timezone

    return datetime(year, month, day, 12, tzinfo=timezone.get_default_timezone())
