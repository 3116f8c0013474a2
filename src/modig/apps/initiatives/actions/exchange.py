"""Asking an owner, joining, and letting two initiatives become one."""

from datetime import datetime

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.initiatives.actions.initiatives import HasMergedError, heard, take_part
from modig.apps.initiatives.models import (
    Initiative,
    InitiativePerson,
    MergeProposal,
    Question,
    Stage,
    StageChange,
)
from modig.apps.people.models import Person
from modig.apps.tenancy.actions import save_edit


class NotAnOwnerError(Exception):
    """Only the two owners decide on a merger."""


class MergeIsDecidedError(Exception):
    """The merger has been carried out or declined before."""


@transaction.atomic
def ask_owner(initiative: Initiative, text: str, *, by: Person, at: datetime) -> Question:
    """Ask the owner something; whoever asks follows the initiative from then on."""
    question = Question.objects.create(
        organisation=initiative.organisation,
        initiative=initiative,
        asked_by=by,
        text=text,
        asked_at=at,
    )
    if by != initiative.owner:
        take_part(initiative, by, InitiativePerson.Part.FOLLOWER)
    return question


@transaction.atomic
def answer_question(question: Question, answer: str, *, version: int, at: datetime) -> None:
    """Answer; the answer stands on the initiative's page for all."""
    question.answer, question.answered_at = answer, at
    save_edit(question, version=version, fields=["answer", "answered_at"])
    heard(question.initiative, on=at.date())


@transaction.atomic
def propose_merge(  # noqa: PLR0913 -- what a proposal is
    source: Initiative,
    target: Initiative,
    *,
    why: str,
    proposer: Person | None,
    by: User | None,
    at: datetime,
) -> MergeProposal:
    """Propose that ``source`` lives on in ``target``; who owns a side has said yes for it."""
    for one in (source, target):
        if one.merged_into_id is not None:
            raise HasMergedError(one.code)
    is_sources, is_targets = source.owner == proposer, target.owner == proposer
    proposal = MergeProposal.objects.create(
        organisation=source.organisation,
        source=source,
        target=target,
        why=why,
        proposed_at=at,
        source_yes_at=at if is_sources else None,
        target_yes_at=at if is_targets else None,
    )
    record("merge proposed", source, at=at, by=by, into=target.code)
    if proposal.source_yes_at and proposal.target_yes_at:
        _merge(proposal, by=by, at=at)
    return proposal


@transaction.atomic
def say_yes_to_merge(
    proposal: MergeProposal, person: Person, *, by: User | None, at: datetime
) -> MergeProposal:
    """An owner agrees. With both owners' yes the merger is carried out."""
    proposal = _open(proposal)
    if person not in {proposal.source.owner, proposal.target.owner}:
        raise NotAnOwnerError(str(person))
    if person == proposal.source.owner:
        proposal.source_yes_at = proposal.source_yes_at or at
    if person == proposal.target.owner:
        proposal.target_yes_at = proposal.target_yes_at or at
    fields = ["source_yes_at", "target_yes_at"]
    save_edit(proposal, version=proposal.version, fields=fields)
    if proposal.source_yes_at and proposal.target_yes_at:
        _merge(proposal, by=by, at=at)
    return proposal


@transaction.atomic
def decline_merge(
    proposal: MergeProposal, person: Person, *, by: User | None, at: datetime
) -> None:
    """An owner says no; both initiatives go on as they were."""
    proposal = _open(proposal)
    if person not in {proposal.source.owner, proposal.target.owner}:
        raise NotAnOwnerError(str(person))
    proposal.declined_at = at
    save_edit(proposal, version=proposal.version, fields=["declined_at"])
    record("merge declined", proposal.source, at=at, by=by, into=proposal.target.code)


def _open(proposal: MergeProposal) -> MergeProposal:
    found = MergeProposal.objects.select_for_update().get(pk=proposal.pk)
    if found.merged_at or found.declined_at:
        raise MergeIsDecidedError(str(found))
    return found


def _merge(proposal: MergeProposal, *, by: User | None, at: datetime) -> None:
    """The source keeps its page and history; people, units, goals and diary go along to the target."""
    source, target = proposal.source, proposal.target
    for row in source.people.select_related("person"):
        take_part(target, row.person, row.part)
    take_part(target, source.owner, InitiativePerson.Part.MEMBER)
    target.partner_units.add(*source.partner_units.all())
    if source.unit_id != target.unit_id:
        target.partner_units.add(source.unit)
    target.goals.add(*source.goals.all())
    for entry in source.diary.all():
        entry.pk = None
        entry.initiative, entry.from_code = target, entry.from_code or source.code
        entry.save(force_insert=True)
    before = source.stage
    source.merged_into, source.ended_on = target, at.date()
    save_edit(source, version=source.version, fields=["merged_into", "ended_on"])
    StageChange.objects.create(
        organisation=source.organisation,
        initiative=source,
        before=before,
        after=Stage(before),
        on=at.date(),
        note=f"→ {target.code}",
        by=by,
    )
    proposal.merged_at = at
    save_edit(proposal, version=proposal.version, fields=["merged_at"])
    heard(target, on=at.date())
    record("merged", source, at=at, by=by, into=target.code)
