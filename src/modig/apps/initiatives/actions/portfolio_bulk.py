"""Changing many initiatives in one go: all that can be, or none if somebody else was quicker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from modig.apps.accounts.models import User
from modig.apps.direction.models import Goal
from modig.apps.initiatives.actions.clusters import place_in_cluster
from modig.apps.initiatives.actions.initiatives import (
    NoSuchStepError,
    ReturnNeedsNoteError,
    StageAsksForMoreError,
    edit_initiative,
    move_to_stage,
)
from modig.apps.initiatives.models import Cluster, Initiative, Stage
from modig.apps.initiatives.queries.portfolio import chosen_initiatives
from modig.apps.people.models import Person, Unit
from modig.apps.tenancy.actions import EditedMeanwhileError


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to each; what is empty stays as it is."""

    owner: Person | None = None
    goal: Goal | None = None
    partner: Unit | None = None
    cluster: Cluster | None = None
    stage: str = ""
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.owner or self.goal or self.partner or self.cluster or self.stage)


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens to an initiative, in sentences; or why it is left as it is."""

    initiative: Initiative
    does: Sequence[str]
    left: Sequence[str] = ()


class ChangedMeanwhileError(Exception):
    """Some of the chosen were changed after they were chosen; nothing is done."""

    def __init__(self, initiatives: Sequence[Initiative]) -> None:
        super().__init__(", ".join(one.code for one in initiatives))
        self.initiatives = initiatives


@transaction.atomic
def change_many(
    chosen: Mapping[int, int], change: Change, *, by: User | None, at: datetime
) -> list[Effect]:
    """Change each of these, by key and the version that was seen; who lacks something is left.

    Raises:
        ChangedMeanwhileError: nothing is changed, because somebody else changed one of them.

    """
    found = chosen_initiatives(list(chosen))
    stale = [one for one in found if one.version != chosen[one.pk]]
    if stale:
        raise ChangedMeanwhileError(stale)
    try:
        return [_changed(one, change, by=by, at=at) for one in found]
    except EditedMeanwhileError as error:
        again = chosen_initiatives([error.theirs.pk])
        raise ChangedMeanwhileError(again) from error


def preview_of_many(
    chosen: Mapping[int, int], change: Change, *, by: User | None, at: datetime
) -> list[Effect]:
    """What ``change_many`` would do, and nothing done."""
    with transaction.atomic():
        effects = change_many(chosen, change, by=by, at=at)
        transaction.set_rollback(True)
    return effects


def _changed(one: Initiative, change: Change, *, by: User | None, at: datetime) -> Effect:
    does = _sentences(one, change)
    if not does:
        return Effect(one, (), (_("It is so already."),))
    try:
        with transaction.atomic():
            _write(one, change, by=by, at=at)
    except StageAsksForMoreError as error:
        return Effect(one, (), error.missing)
    except NoSuchStepError:
        said = _("It cannot go there from “%(stage)s”.")
        return Effect(one, (), (said % {"stage": _label(one.stage)},))
    except ReturnNeedsNoteError:
        return Effect(one, (), (_("The way back needs a word on why."),))
    return Effect(one, does)


def _write(one: Initiative, change: Change, *, by: User | None, at: datetime) -> None:
    goals, partners = list(one.goals.all()), list(one.partner_units.all())
    has_new, joins = _differs(one, change), _takes_part_newly(one, change.partner)
    before = one.stage
    if has_new:
        one.owner = change.owner or one.owner
        edit_initiative(
            one,
            version=one.version,
            goals=[*goals, change.goal] if change.goal else None,
            partner_units=[*partners, change.partner] if joins and change.partner else None,
            by=by,
            at=at,
        )
    if _lies_newly(one, change.cluster) and change.cluster is not None:
        place_in_cluster(one, change.cluster, version=one.version, by=by, at=at)
    if change.stage and change.stage != before:
        move_to_stage(one, change.stage, version=one.version, note=change.note, by=by, at=at)


def _differs(one: Initiative, change: Change) -> bool:
    return (
        (change.owner is not None and change.owner.pk != one.owner_id)
        or (change.goal is not None and change.goal not in one.goals.all())
        or _takes_part_newly(one, change.partner)
    )


def _takes_part_newly(one: Initiative, partner: Unit | None) -> bool:
    return (
        partner is not None and partner.pk != one.unit_id and partner not in one.partner_units.all()
    )


def _lies_newly(one: Initiative, cluster: Cluster | None) -> bool:
    return cluster is not None and not (one.cluster_id == cluster.pk and one.is_placed)


def _sentences(one: Initiative, change: Change) -> list[str]:
    does = []
    if change.owner is not None and change.owner.pk != one.owner_id:
        words = {"before": one.owner, "after": change.owner}
        does.append(_("Owner: %(before)s → %(after)s") % words)
    if change.goal is not None and change.goal not in one.goals.all():
        does.append(_("Goal added: %(goal)s") % {"goal": f"{change.goal.code} {change.goal}"})
    if _takes_part_newly(one, change.partner):
        does.append(_("Takes part: %(unit)s") % {"unit": change.partner})
    if _lies_newly(one, change.cluster):
        does.append(_("Cluster: %(cluster)s") % {"cluster": change.cluster})
    if change.stage and change.stage != one.stage:
        stages = {"before": _label(one.stage), "after": _label(change.stage)}
        does.append(_("Stage: %(before)s → %(after)s") % stages)
    return does


def _label(stage: str) -> str:
    return str(Stage(stage).label)
