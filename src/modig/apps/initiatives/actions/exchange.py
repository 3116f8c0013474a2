"""Asking an owner, joining, and letting two initiatives become one."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils.timezone import localdate

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.initiatives.actions.initiatives import (
    heard,
    refuse_merged,
    take_part,
)
from modig.apps.initiatives.models import (
    Initiative,
    InitiativePerson,
    InitiativeStep,
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


class MergeIsProposedError(Exception):
    """The initiative has an open proposal already; ``proposal`` is that one."""

    def __init__(self, proposal: MergeProposal) -> None:
        super().__init__(str(proposal))
        self.proposal = proposal


@transaction.atomic
def ask_owner(initiative: Initiative, text: str, *, by: Person, at: datetime) -> Question:
    """Ask the owner something; whoever asks follows the initiative from then on.

    The same question sent again, while it waits for its answer, is the one that is there already.
    """
    refuse_merged(initiative)
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    waiting = initiative.questions.filter(asked_by=by, text=text, answer="").first()
    if waiting is not None:
        return waiting
    if by.pk != initiative.owner_id:
        take_part(initiative, by, InitiativePerson.Part.FOLLOWER)
    return Question.objects.create(
        organisation=initiative.organisation,
        initiative=initiative,
        asked_by=by,
        text=text,
        asked_at=at,
    )


@transaction.atomic
def answer_question(question: Question, answer: str, *, version: int, at: datetime) -> None:
    """Answer; the answer stands on the initiative's page for all."""
    question.answer, question.answered_at = answer, at
    save_edit(question, version=version, fields=["answer", "answered_at"])
    heard(question.initiative, on=localdate(at))


@transaction.atomic
def let_in(part: InitiativePerson, *, by: User | None, at: datetime) -> None:
    """Somebody who asked to join works on the initiative from now on."""
    refuse_merged(part.initiative)
    part.part = InitiativePerson.Part.MEMBER
    part.save(update_fields=["part"])
    record("join", part.initiative, at=at, by=by, person=str(part.person))


@transaction.atomic
def keep_as_follower(part: InitiativePerson) -> None:
    """Somebody who asked to join, or worked on the initiative, follows it instead."""
    part.part = InitiativePerson.Part.FOLLOWER
    part.save(update_fields=["part"])


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
    """Propose that ``source`` lives on in ``target``; who owns a side has said yes for it.

    Raises:
        HasMergedError: one of them lives on in another one already.
        MergeIsProposedError: the source has an open proposal, or the two are proposed the other
            way round.

    """
    for one in (source, target):
        refuse_merged(one)
    Initiative.objects.select_for_update().get(pk=source.pk)
    turned = Q(source=target, target=source)
    waiting = open_proposals().filter(Q(source=source) | turned).first()
    if waiting is not None:
        raise MergeIsProposedError(waiting)
    proposal = MergeProposal.objects.create(
        organisation=source.organisation,
        source=source,
        target=target,
        why=why,
        proposed_at=at,
        source_yes_at=at if _owns(proposer, source) else None,
        target_yes_at=at if _owns(proposer, target) else None,
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
    _refuse_stranger(proposal, person)
    for one in (proposal.source, proposal.target):
        refuse_merged(one)
    if _owns(person, proposal.source):
        proposal.source_yes_at = proposal.source_yes_at or at
    if _owns(person, proposal.target):
        proposal.target_yes_at = proposal.target_yes_at or at
    fields = ["source_yes_at", "target_yes_at"]
    save_edit(proposal, version=proposal.version, fields=fields)
    record("merge agreed", proposal.source, at=at, by=by, into=proposal.target.code)
    if proposal.source_yes_at and proposal.target_yes_at:
        _merge(proposal, by=by, at=at)
    return proposal


@transaction.atomic
def decline_merge(
    proposal: MergeProposal, person: Person, *, by: User | None, at: datetime
) -> None:
    """An owner says no; both initiatives go on as they were."""
    proposal = _open(proposal)
    _refuse_stranger(proposal, person)
    proposal.declined_at = at
    save_edit(proposal, version=proposal.version, fields=["declined_at"])
    record("merge declined", proposal.source, at=at, by=by, into=proposal.target.code)


def open_proposals() -> QuerySet[MergeProposal]:
    """Proposals that nobody has declined and that are not carried out."""
    return MergeProposal.objects.filter(declined_at=None, merged_at=None)


def _owns(person: Person | None, initiative: Initiative) -> bool:
    return person is not None and person.pk == initiative.owner_id


def _refuse_stranger(proposal: MergeProposal, person: Person) -> None:
    if not (_owns(person, proposal.source) or _owns(person, proposal.target)):
        raise NotAnOwnerError(str(person))


def _open(proposal: MergeProposal) -> MergeProposal:
    """The proposal as it is now, locked together with nothing else."""
    found = MergeProposal.objects.select_for_update().get(pk=proposal.pk)
    if found.merged_at or found.declined_at:
        raise MergeIsDecidedError(str(found))
    return found


def _merge(proposal: MergeProposal, *, by: User | None, at: datetime) -> None:
    """The source keeps its page and history; what goes on goes along to the target."""
    source, target = proposal.source, proposal.target
    _bring_people_and_aims(source, target)
    _bring_diary(source, target)
    _bring_open_steps(source, target)
    source.merged_into, source.ended_on = target, localdate(at)
    save_edit(source, version=source.version, fields=["merged_into", "ended_on"])
    # Whoever edits the target meanwhile is told that it has grown.
    Initiative.objects.filter(pk=target.pk).update(version=F("version") + 1)
    StageChange.objects.create(
        organisation=source.organisation,
        initiative=source,
        before=source.stage,
        after=Stage(source.stage),
        on=localdate(at),
        note=f"→ {target.code}",
        by=by,
    )
    proposal.merged_at = at
    save_edit(proposal, version=proposal.version, fields=["merged_at"])
    touching = Q(source=source) | Q(target=source)
    open_proposals().filter(touching).update(declined_at=at, version=F("version") + 1)
    heard(target, on=localdate(at))
    record("merged", source, at=at, by=by, into=target.code)


def _bring_people_and_aims(source: Initiative, target: Initiative) -> None:
    for row in source.people.select_related("person"):
        if row.person_id != target.owner_id:
            take_part(target, row.person, row.part)
    if source.owner_id != target.owner_id:
        take_part(target, source.owner, InitiativePerson.Part.MEMBER)
    units = {*source.partner_units.all(), source.unit} - {target.unit}
    target.partner_units.add(*units)
    target.goals.add(*source.goals.all())


def _bring_diary(source: Initiative, target: Initiative) -> None:
    for entry in source.diary.order_by("pk"):
        entry.pk = None
        entry.initiative, entry.from_code = target, entry.from_code or source.code
        entry.save(force_insert=True)


def _bring_open_steps(source: Initiative, target: Initiative) -> None:
    last = target.steps.aggregate(last=Max("number"))["last"] or 0
    for number, step in enumerate(source.steps.filter(done_on=None), last + 1):
        InitiativeStep.objects.create(
            organisation=target.organisation,
            initiative=target,
            number=number,
            text=step.text,
            due_on=step.due_on,
            translations=step.translations,
        )
