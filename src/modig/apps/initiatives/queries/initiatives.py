"""One initiative and what belongs to it, as its pages show it."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from modig.apps.direction.models import Goal
from modig.apps.initiatives.models import (
    Attachment,
    Benefit,
    DiaryEntry,
    Gate,
    Initiative,
    InitiativePerson,
    InitiativeStep,
    MergeProposal,
    Question,
    Quotation,
    StageChange,
    Synonym,
)
from modig.apps.people.models import Person, Unit
from modig.apps.people.queries.persons import current_employments, matching
from modig.apps.programme.models import Group, Plan, Promise

IN_BRACKETS = re.compile(r"\(([^()]+)\)")
NUMBER = re.compile(r"(\d+)")


def initiatives() -> QuerySet[Initiative]:
    """Initiatives with what a page says of them: owner, unit and department, where they were born."""
    return Initiative.objects.select_related(
        "owner",
        "unit__top__legal_entity",
        "group__plan__wave",
        "block",
        "programme",
        "merged_into",
        "cluster",
    ).defer(*_heavy("group__plan"))


def _heavy(plan: str) -> tuple[str, str]:
    """What a plan was made from, which takes long to read and is not shown."""
    return f"{plan}__given", f"{plan}__figures"


def find_initiative(initiative_id: int) -> Initiative:
    return get_object_or_404(initiatives(), pk=initiative_id)


def find_step(step_id: int) -> InitiativeStep:
    return get_object_or_404(InitiativeStep.objects.select_related("initiative__owner"), pk=step_id)


def find_gate(gate_id: int) -> Gate:
    return get_object_or_404(Gate.objects.select_related("initiative__owner"), pk=gate_id)


def find_part(part_id: int) -> InitiativePerson:
    return get_object_or_404(
        InitiativePerson.objects.select_related("initiative__owner", "person"), pk=part_id
    )


def find_question(question_id: int) -> Question:
    return get_object_or_404(
        Question.objects.select_related("initiative__owner", "asked_by"), pk=question_id
    )


def find_merge(proposal_id: int) -> MergeProposal:
    return get_object_or_404(
        MergeProposal.objects.select_related(
            "source__owner", "source__unit__top__legal_entity", "target__owner",
            "target__unit__top__legal_entity",
        ),
        pk=proposal_id,
    )  # fmt: skip


def find_attachment(attachment_id: int) -> Attachment:
    return get_object_or_404(
        Attachment.objects.select_related("initiative__owner"), pk=attachment_id
    )


def find_quotation(quotation_id: int) -> Quotation:
    return get_object_or_404(Quotation.objects.select_related("initiative__owner"), pk=quotation_id)


def find_synonym(synonym_id: int) -> Synonym:
    return get_object_or_404(Synonym.objects, pk=synonym_id)


def find_promise(text: str, person: Person | None) -> Promise | None:
    """The promise with this key, if it is the person's own."""
    if person is None or not text.isdecimal():
        return None
    found = Promise.objects.select_related(
        "meeting__group__plan__wave__programme", "meeting__block"
    ).defer(*_heavy("meeting__group__plan"))
    return found.filter(pk=int(text), person=person).first()


def benefits_of(initiative: Initiative) -> list[Benefit]:
    """The benefits that the initiative claims, each with its readings in order."""
    return list(initiative.benefits.select_related("owner", "goal").prefetch_related("readings"))


def goals_of(initiative: Initiative) -> list[Goal]:
    """The goals that the initiative serves, withdrawn ones too, in the order of their codes."""
    found = initiative.goals.select_related("focus_area__vision", "unit")
    return sorted(found, key=lambda goal: by_number(goal.code))


def goals_for(unit: Unit | None, on: date, *, chosen: QuerySet[Goal] | None = None) -> list[Goal]:
    """The goals to choose among: those of the whole and of the units above; what is chosen stays."""
    is_of_all = Q(unit__isnull=True)
    if unit is not None:
        above = [int(key) for key in unit.path.strip("/").split("/") if key]
        is_of_all |= Q(unit__in=above)
    is_valid = Q(withdrawn_on__isnull=True) & (Q(to_on__isnull=True) | Q(to_on__gte=on))
    wanted = is_of_all & is_valid
    if chosen is not None:
        wanted |= Q(pk__in=chosen.values("pk"))
    return sorted(Goal.objects.filter(wanted), key=lambda goal: by_number(goal.code))


def by_number(code: str) -> list[tuple[int, str]]:
    """A key for ``sorted``: G2 comes before G10."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in NUMBER.split(code)]


def unit_of(person: Person | None, on: date) -> Unit | None:
    """Where somebody works on a day; where she leads, if she works in several units."""
    if person is None:
        return None
    found = current_employments(on).filter(person=person).order_by("role", "key")
    rows = sorted(found, key=lambda row: row.role != "manager")
    return rows[0].unit if rows else None


def groups_to_be_born_in() -> QuerySet[Group]:
    """Groups of published plans, newest wave first."""
    found = Group.objects.select_related("plan__wave__programme").defer(*_heavy("plan"))
    published = found.filter(plan__state=Plan.State.PUBLISHED)
    return published.order_by("-plan__wave__starts_on", "number")


def diary_of(initiative: Initiative) -> QuerySet[DiaryEntry]:
    return initiative.diary.select_related("by")


def stage_changes_of(initiative: Initiative) -> QuerySet[StageChange]:
    return initiative.stage_changes.select_related("by")


def people_of(initiative: Initiative) -> list[InitiativePerson]:
    """Who works on it, asks to, and follows it, by name."""
    return list(initiative.people.select_related("person").order_by("person__sorting", "person_id"))


def open_merges_of(initiative: Initiative) -> list[MergeProposal]:
    """Proposals in which the initiative is a side and that nobody has decided yet."""
    touching = Q(source=initiative) | Q(target=initiative)
    found = MergeProposal.objects.filter(touching, declined_at=None, merged_at=None)
    return list(found.select_related("source__owner", "target__owner"))


def synonyms() -> QuerySet[Synonym]:
    return Synonym.objects.order_by("words", "pk")


def units_named(texts: Iterable[str]) -> list[Unit]:
    """The open units that these lines name by code, or by a name that only one has."""
    lines = [str(text).strip() for text in texts if str(text).strip()]
    keys = [key for line in lines for key in (line, *IN_BRACKETS.findall(line))]
    open_units = Unit.objects.filter(closed_on__isnull=True)
    found = list(open_units.filter(Q(code__in=keys) | Q(name__in=keys)))
    times = Counter(unit.name for unit in found)
    return [unit for unit in found if unit.code in keys or times[unit.name] == 1]


def initiatives_matching(text: str) -> QuerySet[Initiative]:
    """Initiatives that live, whose code, title or group holds every word."""
    return initiatives().filter(matching("folded", text), merged_into=None)


def grown_from(promise: Promise | None) -> Initiative | None:
    """The initiative that a promise has become already."""
    return Initiative.objects.filter(promise=promise).first() if promise else None


def new_gate(initiative_id: int, kind: str) -> Gate:
    """A gate of the initiative that is not written yet."""
    if kind not in Gate.Kind.values:
        raise Http404
    initiative = find_initiative(initiative_id)
    return Gate(organisation=initiative.organisation, initiative=initiative, kind=kind)


def new_quotation(initiative_id: int) -> Quotation:
    """A quotation of the initiative that is not written yet."""
    initiative = find_initiative(initiative_id)
    return Quotation(organisation=initiative.organisation, initiative=initiative)
