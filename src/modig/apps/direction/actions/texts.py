"""Changing the texts of the direction: every earlier wording is kept, with what changed and why."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F, Max

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.direction.kinds import FIELDS, Text, kind_of
from modig.apps.direction.models import (
    FocusArea,
    Goal,
    LeadershipStatement,
    Revision,
    Shift,
    ShiftReading,
    StatutorySource,
    StrategyStep,
    Vision,
    VisionStatement,
)
from modig.apps.direction.queries.texts import former_vision
from modig.apps.direction.wording import content_of
from modig.apps.tenancy.actions import EditedMeanwhileError, save_edit
from modig.apps.tenancy.scope import current_organisation

ASIDE = 30_000  # where a text waits while two trade places
Ordered = (VisionStatement, Shift, StrategyStep)


class GoalUnderItselfError(Exception):
    """A goal cannot lie under itself or under a goal below it."""


class GoalsRestOnItError(Exception):
    """Goals that hold rest on it, so it cannot be taken away."""


class VisionBeginsTooEarlyError(Exception):
    """A new vision holds from a day after the one that it replaces."""

    def __init__(self, former: Vision) -> None:
        super().__init__(str(former))
        self.former = former


class VisionHoldsAlreadyError(Exception):
    """Only a vision that does not hold yet can be called off."""


class ReadingBeforeBaselineError(Exception):
    """A reading cannot be older than the baseline that it is held up against."""

    def __init__(self, baseline: ShiftReading) -> None:
        super().__init__(str(baseline))
        self.baseline = baseline


@transaction.atomic
def create_text(
    text: Text, *, sources: Iterable[StatutorySource] = (), by: User | None, at: datetime
) -> None:
    """Keep a new text of the direction, last in its order; the same one sent twice is kept once."""
    text.organisation = current_organisation()
    if isinstance(text, Goal):
        _place_goal(text)
    if isinstance(text, Ordered) and not text.number:
        if _is_there(text):
            return
        text.number = _last_number(text) + 1
    text.save()
    if isinstance(text, Goal):
        text.sources.set(sources)
    record("create", text, at=at, by=by)


@transaction.atomic
def revise_text(  # noqa: PLR0913 -- what is said, why, and who said it when
    text: Text,
    *,
    version: int,
    why: str,
    sources: Iterable[StatutorySource] | None = None,
    by: User | None,
    at: datetime,
) -> list[str]:
    """Save the text as it is now and keep how it read before; the names of the fields that changed.

    A translation of a changed text no longer says the same and is dropped. Another text with the
    same number in the order trades places with this one.
    """
    if isinstance(text, Goal):
        _place_goal(text)
    before = type(text).across_organisations.get(pk=text.pk)
    content = content_of(before)
    changed = _changed(text, before, sources)
    if not changed:
        return []
    if before.version != version:
        raise EditedMeanwhileError(before)
    text.translations = {
        language: {name: said for name, said in texts.items() if name not in changed}
        for language, texts in text.translations.items()
    }
    with _places_traded(text, content.get("number")):
        save_edit(text, version=version, fields=[*FIELDS[kind_of(text)], "translations"])
    if isinstance(text, Goal):
        _follow_goal(text, changed, sources)
    _keep(text, content, changed, why, by=by, at=at)
    record("revise", text, at=at, by=by, changed=changed)
    return changed


@transaction.atomic
def remove_text(text: Text, *, version: int, why: str, by: User | None, at: datetime) -> None:
    """Take a text away; its last wording is kept.

    Raises:
        GoalsRestOnItError: it is a law or a decision that goals rest on.

    """
    if isinstance(text, StatutorySource) and text.goals.exists():
        raise GoalsRestOnItError(str(text))
    content = content_of(text)
    save_edit(text, version=version, fields=[])
    _keep(text, content, [], why, by=by, at=at)
    record("remove", text, at=at, by=by)
    text.delete()


@transaction.atomic
def withdraw_goal(  # noqa: PLR0913 -- what, from when, why, and who did it when
    goal: Goal, *, version: int, on: date, why: str = "", by: User | None, at: datetime
) -> None:
    """A goal no longer holds; what hung on it stays and is seen to hang loose."""
    _withdraw(goal, version=version, on=on, why=why, by=by, at=at)


@transaction.atomic
def restore_goal(goal: Goal, *, version: int, why: str = "", by: User | None, at: datetime) -> None:
    """A withdrawn goal holds again."""
    _withdraw(goal, version=version, on=None, why=why, by=by, at=at)


@transaction.atomic
def withdraw_focus_area(  # noqa: PLR0913 -- what, from when, why, and who did it when
    area: FocusArea, *, version: int, on: date, why: str, by: User | None, at: datetime
) -> None:
    """A focus area no longer holds.

    Raises:
        GoalsRestOnItError: goals under it still hold.

    """
    if area.goals.filter(withdrawn_on=None).exists():
        raise GoalsRestOnItError(str(area))
    _withdraw(area, version=version, on=on, why=why, by=by, at=at)


@transaction.atomic
def restore_focus_area(
    area: FocusArea, *, version: int, why: str, by: User | None, at: datetime
) -> None:
    """A withdrawn focus area holds again."""
    _withdraw(area, version=version, on=None, why=why, by=by, at=at)


@transaction.atomic
def replace_vision(vision: Vision, *, on: date, by: User | None, at: datetime) -> None:
    """Let a new vision hold from ``on``; the one before ends that day.

    Raises:
        VisionBeginsTooEarlyError: the one before holds from that day or a later one.

    """
    former = Vision.objects.select_for_update().filter(to_on=None).first()
    if former:
        if on <= former.from_on:
            raise VisionBeginsTooEarlyError(former)
        former.to_on = on
        save_edit(former, version=former.version, fields=["to_on"])
    vision.organisation, vision.from_on = current_organisation(), on
    vision.save()
    record("create", vision, at=at, by=by)


@transaction.atomic
def call_off_vision(
    vision: Vision, *, version: int, on: date, by: User | None, at: datetime
) -> None:
    """Take away a vision that was to hold later; the one before holds on.

    Raises:
        VisionHoldsAlreadyError: it holds by now.
        GoalsRestOnItError: goals have been written under it.

    """
    if vision.from_on <= on:
        raise VisionHoldsAlreadyError(str(vision))
    if Goal.objects.filter(focus_area__vision=vision).exists():
        raise GoalsRestOnItError(str(vision))
    save_edit(vision, version=version, fields=[])
    former = former_vision(vision)
    record("remove", vision, at=at, by=by)
    vision.delete()
    if former and former.to_on == vision.from_on:
        former.to_on = None
        save_edit(former, version=former.version, fields=["to_on"])


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What goes on under a new vision."""

    focus_areas: bool = False
    shifts: bool = False
    leadership: bool = False
    strategies: bool = False


@transaction.atomic
def take_over(vision: Vision, wanted: TakenOver, *, by: User | None, at: datetime) -> None:
    """Let focus areas with their goals, shifts and more go on under a new vision."""
    former = former_vision(vision)
    if former is None:
        return
    if wanted.focus_areas:
        former.focus_areas.update(vision=vision, version=F("version") + 1)
    if wanted.strategies:
        former.strategies.update(vision=vision, version=F("version") + 1)
    if wanted.shifts:
        first = vision.shifts.aggregate(last=Max("number"))["last"] or 0
        for number, shift in enumerate(former.shifts.all(), first + 1):
            Shift.objects.filter(pk=shift.pk).update(
                vision=vision, number=number, version=F("version") + 1
            )
    own = LeadershipStatement.objects.filter(vision=vision)
    if wanted.leadership and not own.exists():
        LeadershipStatement.objects.filter(vision=former).update(
            vision=vision, version=F("version") + 1
        )
    record("take over", vision, at=at, by=by, former=former.pk)


@transaction.atomic
def read_shift(  # noqa: PLR0913 -- what a reading is
    shift: Shift, *, on: date, level: int, note: str, by: User | None, at: datetime
) -> ShiftReading:
    """Note how far a shift has come; the first reading is the baseline, one a day counts.

    Raises:
        ReadingBeforeBaselineError: the day lies before the baseline.

    """
    Shift.objects.select_for_update().get(pk=shift.pk)
    baseline = shift.readings.filter(is_baseline=True).first()
    if baseline and on < baseline.on:
        raise ReadingBeforeBaselineError(baseline)
    reading, _ = ShiftReading.objects.update_or_create(
        organisation=shift.organisation,
        shift=shift,
        on=on,
        defaults={"level": level, "note": note},
        create_defaults={"level": level, "note": note, "is_baseline": baseline is None},
    )
    record("read", shift, at=at, by=by, level=level)
    return reading


def _withdraw(  # noqa: PLR0913 -- what, from when, why, and who did it when
    text: Goal | FocusArea,
    *,
    version: int,
    on: date | None,
    why: str,
    by: User | None,
    at: datetime,
) -> None:
    content = content_of(text)
    text.withdrawn_on = on
    save_edit(text, version=version, fields=["withdrawn_on"])
    _keep(text, content, ["withdrawn_on"], why, by=by, at=at)
    record("withdraw" if on else "restore", text, at=at, by=by)


def _place_goal(goal: Goal) -> None:
    """A goal lies in the focus area of the goal above it, and never under itself."""
    above, seen = goal.parent, {goal.pk}
    if above is not None:
        goal.focus_area = above.focus_area
    while above is not None:
        if above.pk in seen:
            raise GoalUnderItselfError(str(goal))
        seen.add(above.pk)
        above = above.parent


def _changed(text: Text, before: Text, sources: Iterable[StatutorySource] | None) -> list[str]:
    """The names of the fields that read otherwise."""
    changed = [name for name in FIELDS[kind_of(text)] if _raw(before, name) != _raw(text, name)]
    if isinstance(text, Goal) and sources is not None and {*text.sources.all()} != {*sources}:
        changed.append("sources")
    return changed


def _follow_goal(goal: Goal, changed: list[str], sources: Iterable[StatutorySource] | None) -> None:
    """What lies beside the goal's own row: the laws it rests on, and the goals below it."""
    if sources is not None:
        goal.sources.set(sources)
    above = [goal.pk] if "focus_area" in changed else []
    while above:
        below = Goal.objects.filter(parent__in=above)
        above = [*below.values_list("pk", flat=True)]
        Goal.objects.filter(pk__in=above).update(
            focus_area=goal.focus_area, version=F("version") + 1
        )


@contextmanager
def _places_traded(text: Text, former_number: int | None) -> Iterator[None]:
    """While a text takes another's number in the order, that one steps aside and takes its former."""
    neighbour = None
    if isinstance(text, Ordered) and former_number is not None and text.number != former_number:
        neighbour = _siblings(text).filter(number=text.number).exclude(pk=text.pk)
        neighbour = neighbour.values_list("pk", flat=True).first()
    if neighbour:
        _siblings(text).filter(pk=neighbour).update(number=ASIDE)
    yield
    if neighbour:
        _siblings(text).filter(pk=neighbour).update(number=former_number, version=F("version") + 1)


def _siblings(text: Text) -> models.QuerySet[Any]:
    above = "strategy" if isinstance(text, StrategyStep) else "vision"
    return type(text).objects.filter(**{above: getattr(text, f"{above}_id")})


def _is_there(text: Text) -> bool:
    """Whether the same words stand there already, as they were first written."""
    words = {name: _raw(text, name) for name in FIELDS[kind_of(text)] if name != "number"}
    return _siblings(text).filter(version=1, **words).exists()


def _last_number(text: Text) -> int:
    return _siblings(text).aggregate(last=Max("number"))["last"] or 0


def _keep(  # noqa: PLR0913 -- what a revision is
    text: Text,
    content: dict[str, Any],
    changed: list[str],
    why: str,
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Write down how a text read before."""
    kind = kind_of(text)
    last = Revision.objects.filter(kind=kind, thing=text.pk).first()
    Revision.objects.create(
        organisation=current_organisation(),
        kind=kind,
        thing=text.pk,
        number=last.number + 1 if last else 1,
        content=content,
        changed=changed,
        why=why,
        by=by,
        at=at,
    )


def _raw(text: Text, name: str) -> Any:
    """What the row itself holds: of another row, its key."""
    field = type(text)._meta.get_field(name)
    return getattr(text, getattr(field, "attname", name))
