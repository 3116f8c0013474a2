"""Entering an initiative, changing it, and taking it from stage to stage."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.direction.models import Goal
from modig.apps.initiatives.demands import BACK, FORWARD, missing_for
from modig.apps.initiatives.kinds import guide_of, requirements, turned
from modig.apps.initiatives.models import (
    DiaryEntry,
    Gate,
    Initiative,
    InitiativePerson,
    InitiativeStep,
    Stage,
    StageChange,
)
from modig.apps.people.folding import fold
from modig.apps.people.models import Person, Unit
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.scope import current_organisation

CODE = re.compile(r"^(.*?)(\d+)$")
FIRST_CODE = "I-001"
FIELDS = [
    "title", "why", "hypothesis", "beneficiary", "group_text", "kind", "owner", "unit",
    "orientations", "details", "challenge", "programme", "group", "block", "learning", "routine",
]  # fmt: skip


class StageAsksForMoreError(Exception):
    """The stage asks for something that is not there; ``missing`` says what, in sentences."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = list(missing)


class ReturnNeedsNoteError(Exception):
    """An initiative goes back a stage only with a word on why."""


class NoSuchStepError(Exception):
    """An initiative cannot go from its stage to that one."""


class NoSuchRequirementError(Exception):
    """The checklist has no such line, or has it no longer."""


class HasMergedError(Exception):
    """The initiative lives on in another one and is kept as it was."""

    def __init__(self, initiative: Initiative) -> None:
        super().__init__(initiative.code)
        self.initiative = initiative


@transaction.atomic
def enter_initiative(
    initiative: Initiative,
    *,
    goals: Iterable[Goal] = (),
    partner_units: Iterable[Unit] = (),
    by: User | None,
    at: datetime,
) -> Initiative:
    """Keep a new initiative; without a code it gets the next one of the organisation.

    The same one sent again, by a second press or a lost answer, is the one that is there already.
    """
    initiative.organisation = current_organisation()
    if (same := _sent_before(initiative, localdate(at))) is not None:
        return same
    initiative.code = initiative.code or next_code()
    initiative.made_on = initiative.heard_on = localdate(at)
    initiative.stage = Stage.IDEA
    initiative.folded = _folded(initiative)
    initiative.save()
    initiative.goals.set(goals)
    initiative.partner_units.set(partner_units)
    _note_stage(initiative, "", Stage.IDEA, on=localdate(at), by=by)
    record("enter", initiative, at=at, by=by)
    return initiative


def _sent_before(initiative: Initiative, on: date) -> Initiative | None:
    Person.objects.select_for_update().get(pk=initiative.owner_id)
    own = Initiative.objects.filter(owner=initiative.owner_id)
    if initiative.promise_id and (grown := own.filter(promise=initiative.promise_id).first()):
        return grown
    return own.filter(title=initiative.title, why=initiative.why, made_on=on).first()


def next_code() -> str:
    """The code after the highest one, in the organisation's own form: after MV-400 comes MV-401."""
    codes = Initiative.objects.select_for_update().values_list("code", flat=True)
    numbered = [(int(found[2]), found) for code in codes if (found := CODE.match(code))]
    if not numbered:
        return FIRST_CODE
    number, found = max(numbered, key=lambda pair: pair[0])
    return f"{found[1]}{number + 1:0{len(found[2])}d}"


@transaction.atomic
def edit_initiative(  # noqa: PLR0913 -- the edit, and who made it when
    initiative: Initiative,
    *,
    version: int,
    goals: Iterable[Goal] | None = None,
    partner_units: Iterable[Unit] | None = None,
    by: User | None,
    at: datetime,
) -> None:
    """Save the fields of ``initiative`` as they are now, unless somebody else did meanwhile.

    A translation of a changed text no longer says the same and is dropped.
    """
    refuse_merged(initiative)
    before = Initiative.objects.get(pk=initiative.pk)
    changed = [name for name in FIELDS if getattr(before, name) != getattr(initiative, name)]
    initiative.translations = _still_true(before.translations, changed)
    if "details" in changed:
        _keep_details_said(before, initiative)
    initiative.folded = _folded(initiative)
    initiative.heard_on = max(before.heard_on, localdate(at))
    save_edit(initiative, version=version, fields=[*FIELDS, "translations", "folded", "heard_on"])
    if goals is not None:
        initiative.goals.set(goals)
    if partner_units is not None:
        initiative.partner_units.set(partner_units)
    record("edit", initiative, at=at, by=by, changed=changed)


@transaction.atomic
def turn_requirement(
    initiative: Initiative, name: str, line: str, *, by: User | None, at: datetime
) -> None:
    """Settle one line of a checklist, or open it again; ``line`` is as it stands now."""
    checklists = {one.name for one in guide_of(initiative.kind).details if one.how == "checklist"}
    lines = initiative.details.get(name)
    if name not in checklists or not isinstance(lines, list) or line not in lines:
        raise NoSuchRequirementError(line)
    place = lines.index(line)
    initiative.details = {
        **initiative.details,
        name: [*lines[:place], turned(line), *lines[place + 1 :]],
    }
    edit_initiative(initiative, version=initiative.version, by=by, at=at)


def _keep_details_said(before: Initiative, after: Initiative) -> None:
    """Keep the translation of each detail that reads as it did, whatever has been settled in it."""
    for language, texts in before.translations.items():
        kept = {
            name: said
            for name, said in texts.get("details", {}).items()
            if _bare(before.details.get(name)) == _bare(after.details.get(name))
        }
        if kept:
            after.translations[language]["details"] = kept


def _bare(value: object) -> object:
    """A detail without the marks of what is settled."""
    return [one.text for one in requirements(value)] if isinstance(value, list) else value


def _still_true(translations: dict[str, Any], changed: Sequence[str]) -> dict[str, Any]:
    return {
        language: {name: text for name, text in texts.items() if name not in changed}
        for language, texts in translations.items()
    }


@transaction.atomic
def move_to_stage(  # noqa: PLR0913 -- where to, why, who and when
    initiative: Initiative,
    stage: str,
    *,
    version: int,
    note: str = "",
    by: User | None,
    at: datetime,
) -> None:
    """Take an initiative forward, or back one stage with a note.

    Raises:
        StageAsksForMoreError: something that the stage asks for is missing.
        NoSuchStepError: the stages do not follow each other.
        ReturnNeedsNoteError: the way back needs a note.

    """
    refuse_merged(initiative)
    before, after = Stage(initiative.stage), Stage(stage)
    is_back = BACK.get(before) == after
    if after not in FORWARD[before] and not is_back:
        raise NoSuchStepError(f"{before} → {after}")
    if is_back and not note:
        raise ReturnNeedsNoteError(f"{before} → {after}")
    if not is_back and (missing := missing_for(initiative, after)):
        raise StageAsksForMoreError([str(demand.text) for demand in missing])
    initiative.stage, initiative.heard_on = after, max(initiative.heard_on, localdate(at))
    if after == Stage.STARTED and initiative.started_on is None:
        initiative.started_on = localdate(at)
    is_over = after in {Stage.EMBEDDED, Stage.STOPPED}
    initiative.ended_on = localdate(at) if is_over else None
    fields = ["stage", "heard_on", "started_on", "ended_on"]
    save_edit(initiative, version=version, fields=fields)
    _note_stage(initiative, before, after, on=localdate(at), by=by, note=note)
    record("stage", initiative, at=at, by=by, before=before.value, after=after.value)


def _note_stage(  # noqa: PLR0913 -- what a change of stage is
    initiative: Initiative, before: str, after: str, *, on: date, by: User | None, note: str = ""
) -> None:
    StageChange.objects.create(
        organisation=initiative.organisation,
        initiative=initiative,
        before=before,
        after=after,
        on=on,
        note=note,
        by=by,
    )


# ---- steps, diary, gates, people ---------------------------------------------------------------


@transaction.atomic
def save_steps(
    initiative: Initiative, steps: Sequence[dict[str, Any]], *, version: int, at: datetime
) -> None:
    """Keep the steps in this order; each has ``text``, ``due_on`` and ``done_on``, and may have ``pk``."""
    refuse_merged(initiative)
    save_edit(initiative, version=version, fields=[])
    kept = {step["pk"] for step in steps if step.get("pk")}
    own = {step.pk: step for step in initiative.steps.all()}
    initiative.steps.exclude(pk__in=kept).delete()
    # Numbers are unique: those that stay step aside first.
    for place, pk in enumerate(own.keys() & kept):
        InitiativeStep.objects.filter(pk=pk).update(number=10_000 + place)
    for number, step in enumerate(steps, 1):
        row = own.get(step.get("pk") or 0)
        if row is None:
            row = InitiativeStep(organisation=initiative.organisation, initiative=initiative)
        if row.text != step["text"]:
            row.translations = {}
        row.text, row.number = step["text"], number
        row.due_on, row.done_on = step.get("due_on"), step.get("done_on")
        row.save()
    heard(initiative, on=localdate(at))


@transaction.atomic
def finish_step(step: InitiativeStep, *, on: date) -> None:
    """A step is taken; that is news of the initiative too."""
    refuse_merged(step.initiative)
    InitiativeStep.objects.filter(pk=step.pk, done_on=None).update(done_on=on)
    heard(step.initiative, on=on)


@transaction.atomic
def reopen_step(step: InitiativeStep) -> None:
    """A step was ticked too early."""
    refuse_merged(step.initiative)
    InitiativeStep.objects.filter(pk=step.pk).update(done_on=None)


@transaction.atomic
def write_diary(
    initiative: Initiative,
    text: str,
    *,
    by: Person | None,
    on: date,
    told_on: date | None = None,
) -> DiaryEntry:
    """Write down what happened on a day; the initiative has been heard of, at the latest when told.

    The same entry sent again is the one that is there already.
    """
    refuse_merged(initiative)
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    same = initiative.diary.filter(on=on, text=text, by=by, from_code="").first()
    heard(initiative, on=told_on or on)
    return same or DiaryEntry.objects.create(
        organisation=initiative.organisation, initiative=initiative, on=on, text=text, by=by
    )


def heard(initiative: Initiative, *, on: date) -> None:
    """Note that there is news of the initiative; an older day never replaces a newer one."""
    Initiative.objects.filter(pk=initiative.pk, heard_on__lt=on).update(heard_on=on)


@transaction.atomic
def save_gate(gate: Gate, *, version: int | None, by: User | None, at: datetime) -> None:
    """Keep a new or changed gate: what was settled, on which level, with what outcome."""
    refuse_merged(gate.initiative)
    if gate.pk is None:
        gate.organisation = gate.initiative.organisation
        gate.save()
    else:
        gate.translations = {}
        fields = ["kind", "level", "on", "outcome", "is_passed", "translations"]
        save_edit(gate, version=version or 0, fields=fields)
    heard(gate.initiative, on=localdate(at))
    record("gate", gate.initiative, at=at, by=by, gate=gate.kind, settled=gate.is_passed)


STRENGTH = [
    InitiativePerson.Part.FOLLOWER,
    InitiativePerson.Part.ASKS,
    InitiativePerson.Part.MEMBER,
]


@transaction.atomic
def take_part(initiative: Initiative, person: Person, part: str) -> None:
    """Let ``person`` work on the initiative, ask to, or follow it; the stronger part stays."""
    row, is_new = InitiativePerson.objects.get_or_create(
        organisation=initiative.organisation,
        initiative=initiative,
        person=person,
        defaults={"part": part},
    )
    wanted = InitiativePerson.Part(part)
    if not is_new and STRENGTH.index(wanted) > STRENGTH.index(InitiativePerson.Part(row.part)):
        row.part = wanted
        row.save(update_fields=["part"])


@transaction.atomic
def leave_initiative(initiative: Initiative, person: Person) -> None:
    """End somebody's part in the initiative."""
    initiative.people.filter(person=person).delete()


def refuse_merged(initiative: Initiative) -> None:
    """An initiative that lives on in another one is kept as it was."""
    if initiative.merged_into_id is not None:
        raise HasMergedError(initiative)


def _folded(initiative: Initiative) -> str:
    return fold(initiative.title, initiative.code, initiative.group_text)[:600]
