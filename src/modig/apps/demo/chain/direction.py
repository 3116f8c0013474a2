"""Vision, shifts, goals down to units, the leadership statement and the strategy."""

import datetime as dt

from modig.apps.demo.chain.ground import Ground, english, morning
from modig.apps.demo.malarvik import direction as words
from modig.apps.direction.models import (
    FocusArea,
    Goal,
    LeadershipStatement,
    Revision,
    Shift,
    ShiftReading,
    StatutorySource,
    Strategy,
    StrategyStep,
    Vision,
    VisionStatement,
)
from modig.apps.people.models import Person, Unit
from modig.apps.programme.models import Programme

SINCE, GOALS_SINCE = dt.date(2024, 3, 1), dt.date(2025, 1, 1)


def load_direction(ground: Ground) -> None:
    chief = ground.chief()
    vision = Vision.objects.create(
        **ground.own, **english(**words.VISION), owner=chief, from_on=SINCE
    )
    VisionStatement.objects.bulk_create(
        VisionStatement(**ground.own, vision=vision, number=n, **english(text=said))
        for n, said in enumerate(words.STATEMENTS, 1)
    )
    _shifts(ground, vision)
    _goals(ground, vision, chief)
    _leadership(ground, vision)
    _strategy(ground, vision)


def _shifts(ground: Ground, vision: Vision) -> None:
    readings = []
    for number, (left, right, read) in enumerate(words.SHIFTS, 1):
        texts = english(from_text=left, to_text=right)
        shift = Shift.objects.create(**ground.own, vision=vision, number=number, **texts)
        readings += [
            ShiftReading(
                **ground.own, shift=shift, on=dt.date(year, 10, 15), level=level,
                is_baseline=place == 0, **english(note=note),
            )
            for place, (year, level, note) in enumerate(read)
        ]  # fmt: skip
    ShiftReading.objects.bulk_create(readings)


def _goals(ground: Ground, vision: Vision, chief: Person | None) -> None:
    areas = {
        code: FocusArea.objects.create(
            **ground.own, vision=vision, code=code, number=n, **english(name=name)
        )
        for n, (code, name) in enumerate(words.AREAS, 1)
    }
    sources = {
        key: StatutorySource.objects.create(
            **ground.own, kind=kind, reference=reference, **english(name=name)
        )
        for key, kind, name, reference in words.SOURCES
    }
    for code, area, name, orientations, rests_on in words.GOALS:
        goal = Goal.objects.create(
            **ground.own, focus_area=areas[area], code=code, owner=chief, from_on=GOALS_SINCE,
            orientations=list(orientations), **english(name=name),
        )  # fmt: skip
        goal.sources.set([sources[key] for key in rests_on])
        ground.goals[code] = goal
    _unit_goals(ground)


def _unit_goals(ground: Ground) -> None:
    for code, parent, top, name in words.UNIT_GOALS:
        above, unit = ground.goals.get(parent), ground.tops.get(top)
        if above is not None and unit is not None:
            ground.goals[code] = Goal.objects.create(
                **ground.own, focus_area=above.focus_area, parent=above, code=code,
                unit=_below(ground, unit, code), owner=ground.manager_of(unit),
                from_on=GOALS_SINCE, **english(name=name),
            )  # fmt: skip


def _below(ground: Ground, top: Unit, code: str) -> Unit:
    """The top unit itself, or for a goal two levels down one of its units."""
    below = [unit for unit in ground.units[top.pk] if unit.depth == 1]
    return below[0] if code.count("-") > 1 and below else top


def _leadership(ground: Ground, vision: Vision) -> None:
    *earlier, (agreed, text, _) = words.LEADERSHIP
    row = LeadershipStatement.objects.create(
        **ground.own, vision=vision, agreed_on=agreed, **english(text=text)
    )
    for number, (day, old, _) in enumerate(earlier, 1):
        changed_on = dt.date.fromisoformat(words.LEADERSHIP[number][0])
        Revision.objects.create(
            **ground.own, kind="leadershipstatement", thing=row.pk, number=number,
            content={"text": old[0], "agreed_on": day}, changed=["text", "agreed_on"],
            why=words.LEADERSHIP[number][2][0], by=ground.owner, at=morning(changed_on),
        )  # fmt: skip


def _strategy(ground: Ground, vision: Vision) -> None:
    name, idea = words.STRATEGY
    strategy = Strategy.objects.create(**ground.own, vision=vision, **english(name=name, idea=idea))
    StrategyStep.objects.bulk_create(
        StrategyStep(
            **ground.own, strategy=strategy, number=n, kind=kind,
            **english(text=text, assumption=assumption),
        )
        for n, (kind, text, assumption) in enumerate(words.THEORY, 1)
    )  # fmt: skip
    Programme.objects.update(strategy=strategy)
