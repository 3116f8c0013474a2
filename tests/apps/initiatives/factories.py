"""Initiatives for tests, as short as a sentence: ``make_initiative("En dörr in", unit=unit)``."""

from datetime import date, datetime
from itertools import count

from django.utils import timezone

from apps.people.factories import LONG_AGO, make_person, make_unit
from modig.apps.direction.models import FocusArea, Goal, Vision
from modig.apps.initiatives.models import (
    Attachment,
    Benefit,
    Cluster,
    DiaryEntry,
    Gate,
    Initiative,
    InitiativePerson,
    InitiativeStep,
    Kind,
    MergeProposal,
    Question,
    Quotation,
    Reading,
    StageChange,
    Synonym,
)
from modig.apps.people.folding import fold
from modig.apps.tenancy.scope import current_organisation

TODAY = date(2026, 11, 25)
numbers = count(1)


def noon(day=TODAY):
    return datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_default_timezone())


def make_goal(name="Kortare väg till rätt stöd", *, code=None, withdrawn_on=None, **given):
    own = {"organisation": current_organisation()}
    vision = Vision.objects.first() or Vision.objects.create(
        **own, title="Tillsammans gör vi Mälarvik", from_on=LONG_AGO
    )
    area, _ = FocusArea.objects.get_or_create(
        **own, vision=vision, code="F2", number=2, name="Omsorg nära dig"
    )
    return Goal.objects.create(
        **own,
        focus_area=area,
        code=code or f"G{next(numbers)}",
        name=name,
        from_on=LONG_AGO,
        withdrawn_on=withdrawn_on,
        **given,
    )


def make_initiative(title="En dörr in", *, owner=None, unit=None, goals=(), code=None, **given):
    unit = unit or make_unit("Mottagningen")
    owner = owner or make_person("Leila Haddad", unit=unit)
    code = code or f"MV-{next(numbers):03d}"
    wanted = {
        "why": "Den som sökte hjälp fick berätta sin historia för tre personer.",
        "group_text": "vuxna som söker stöd",
        "hypothesis": "Om vi har en dörr in så går det fortare därför att inget väntar.",
        "kind": Kind.EVERYDAY,
        "made_on": TODAY,
        "heard_on": TODAY,
        **given,
    }
    initiative = Initiative.objects.create(
        organisation=current_organisation(),
        code=code,
        title=title,
        owner=owner,
        unit=unit,
        folded=fold(title, code, wanted["group_text"]),
        **wanted,
    )
    initiative.goals.set(goals)
    return initiative


def of(initiative):
    return {"organisation": initiative.organisation, "initiative": initiative}


def make_step(initiative, text="Rita vägen in", *, number=None, due_on=TODAY, **given):
    number = number or initiative.steps.count() + 1
    return InitiativeStep.objects.create(
        **of(initiative), text=text, number=number, due_on=due_on, **given
    )


def make_gate(initiative, kind=Gate.Kind.RISK, *, is_passed=True, **given):
    settled = {"on": TODAY, "outcome": "Inga allvarliga risker"} if is_passed else {}
    return Gate.objects.create(
        **of(initiative), kind=kind, is_passed=is_passed, **{**settled, **given}
    )


def make_benefit(initiative, *readings, owner=None, **given):
    benefit = Benefit.objects.create(
        **of(initiative),
        name="Kortare väntan",
        indicator="Dagar till första möte",
        beneficiary="users",
        owner=owner,
        **given,
    )
    for month, value in enumerate(readings, 1):
        Reading.objects.create(
            organisation=benefit.organisation,
            benefit=benefit,
            on=date(2026, month, 28),
            value=value,
            aggregation=benefit.aggregation,
        )
    return benefit


def make_part(initiative, person, part=InitiativePerson.Part.MEMBER):
    return InitiativePerson.objects.create(**of(initiative), person=person, part=part)


def make_question(initiative, asked_by, text="Hur gjorde ni med växeln?", **given):
    return Question.objects.create(
        **of(initiative), asked_by=asked_by, text=text, asked_at=noon(), **given
    )


def make_proposal(source, target, **given):
    return MergeProposal.objects.create(
        organisation=source.organisation,
        source=source,
        target=target,
        why="Samma sak i två hus",
        proposed_at=noon(),
        **given,
    )


def make_quotation(initiative, text="Nu vet jag vem jag ska ringa.", *, consent_on=TODAY, **given):
    return Quotation.objects.create(
        **of(initiative),
        text=text,
        who="en mamma",
        purpose="sidan och berättelsen",
        consent_on=consent_on,
        **given,
    )


def make_attachment(initiative, name="bild.png", *, stored_as=None):
    return Attachment.objects.create(
        **of(initiative),
        name=name,
        stored_as=stored_as or f"file{next(numbers)}",
        content_type="image/png",
        size=8,
        at=noon(),
    )


def make_diary(initiative, text="Första veckan gick bra.", *, on=TODAY, by=None):
    return DiaryEntry.objects.create(**of(initiative), text=text, on=on, by=by)


def make_change(initiative, before="", after="idea"):
    return StageChange.objects.create(**of(initiative), before=before, after=after, on=TODAY)


def make_synonym(words="kvarnen|mottagningen"):
    return Synonym.objects.create(organisation=current_organisation(), words=words)


def make_cluster(name="Vägen in", words="reception|mottagning"):
    return Cluster.objects.create(organisation=current_organisation(), name=name, words=words)


def in_english(user):
    """The user, who reads English from now on."""
    user.language = "en"
    user.save(update_fields=["language"])
    return user
