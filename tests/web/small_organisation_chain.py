"""What hangs on a unit and its group, from the vision to a benefit: one of everything."""

from datetime import date
from itertools import count

from django.utils import timezone

from apps.direction.factories import (
    agree,
    make_area,
    make_assignment,
    make_goal,
    make_shift,
    make_statement,
    make_vision,
)
from apps.initiatives.factories import (
    make_attachment,
    make_benefit,
    make_cluster,
    make_gate,
    make_initiative,
    make_part,
    make_proposal,
    make_question,
    make_quotation,
    make_step,
    make_synonym,
)
from apps.programme.promises.factories import make_promise
from modig.apps.initiatives.kept_files import path_of
from modig.apps.initiatives.models import Indicator, InitiativePerson, SavedView
from modig.apps.people.models import Person
from modig.apps.programme.models import Group, Meeting
from modig.apps.surveys.actions import create_round, launch_round
from modig.apps.tenancy.scope import current_organisation

LONG_GONE, GONE, TO_COME = date(2020, 1, 1), date(2024, 1, 1), date(2099, 1, 1)
numbers = count(1)


def direction():
    """A vision that replaced another and will be replaced, with a goal; and their texts' keys."""
    make_vision("Förr", from_on=LONG_GONE, to_on=GONE)
    vision = make_vision("Nu", from_on=GONE, to_on=TO_COME)
    coming = make_vision("Sedan", from_on=TO_COME)
    goal = make_goal(f"Kortare väg {next(numbers)}", area=make_area(vision=vision))
    statement = make_statement(vision=vision)
    return {
        "vision_id": vision.pk,
        "shift_id": make_shift(vision=vision).pk,
        "goal_id": goal.pk,
        "direction:call_off": {"vision_id": coming.pk},
        "direction:text_new": {"kind": "goal"},
        **{
            f"direction:text_{deed}": {"kind": "visionstatement", "text_id": statement.pk}
            for deed in ("edit", "history", "removal")
        },
        "direction:text_withdrawal": {"kind": "goal", "text_id": goal.pk},
        "cluster_id": make_cluster().pk,
        "synonym_id": make_synonym(f"dörr{next(numbers)}|ingång").pk,
        "indicator_id": Indicator.objects.create(**_own(), code="N1", title="Väntan").pk,
        "initiatives:gate_new": {"kind": "risk"},
    }


def chain(things, other, *, visitors, stranger):
    """What belongs to people of a unit: by default to its head, and by role to each visitor.

    ``other`` are the things of another unit, whose head is the other side of what takes two;
    ``stranger`` is a user who is none of the visitors.
    """
    group, meeting = Group(pk=things["group_id"]), Meeting(pk=things["meeting_id"])
    head, colleague = Person.objects.get(pk=things["head_id"]), _person(things["person_id"])
    beside = {"place": things["place"], "group": group, "meeting": meeting, "colleague": colleague}
    beside |= {"other": _person(other["head_id"])}
    people = {role: _person(key) for role, key in things["herself"].items()}
    found = _things_of(head, **beside) | {"promise_id": make_promise(colleague, meeting=meeting).pk}
    by_role = {role: _things_of(person, **beside) for role, person in people.items()}
    asked = _asked(meeting, [head, *people.values()])
    for role, person in people.items():
        by_role[role] |= {"invitation_id": asked.invitations.get(person=person).pk}
    for role, user in visitors.items():
        by_role.setdefault(role, {})["view_id"] = _view_of(user)
    return {
        **found,
        "round_id": asked.pk,
        "invitation_id": asked.invitations.get(person=head).pk,
        "view_id": _view_of(stranger),
        "by_role": by_role,
    }


def _own():
    return {"organisation": current_organisation()}


def _person(key):
    return Person.objects.get(pk=key)


def _things_of(person, *, place, group, meeting, colleague, other):
    """What she has promised, been given, agreed on and begun."""
    agreement = agree(person, other, title=f"Måltider {place}")
    return {
        "assignment_id": make_assignment(holder=person, giver=other).pk,
        "given_id": make_assignment(holder=colleague, giver=person).pk,
        "agreement_id": agreement.pk,
        "commitment_id": agreement.commitments.get(side="first").pk,
        "promise_id": make_promise(person, meeting=meeting).pk,
        **_initiative_of(person, place=place, group=group, colleague=colleague, other=other),
    }


def _initiative_of(person, *, place, group, colleague, other):
    born = {"group": group, "unit": person.employments.first().unit}
    initiative = make_initiative(f"En dörr in {place}", owner=person, **born)
    twin = make_initiative(f"En ingång {place}", owner=other, **born)
    benefit = make_benefit(initiative, 9, owner=person)
    return {
        "initiative_id": initiative.pk,
        "step_id": make_step(initiative).pk,
        "gate_id": make_gate(initiative).pk,
        "initiatives:part": {"part_id": _joining(initiative, colleague)},
        "question_id": make_question(initiative, other).pk,
        "initiatives:merger": {"proposal_id": make_proposal(initiative, twin).pk},
        "attachment_id": _attachment_of(initiative),
        "quotation_id": make_quotation(initiative).pk,
        "benefit_id": benefit.pk,
        "reading_id": benefit.readings.get().pk,
    }


def _joining(initiative, person):
    return make_part(initiative, person, InitiativePerson.Part.ASKS).pk


def _attachment_of(initiative):
    attachment = make_attachment(initiative)
    path = path_of(attachment.stored_as)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    return attachment.pk


def _asked(meeting, people):
    """The form that those who were at the meeting are asked to answer."""
    today = timezone.localdate()
    made = create_round(
        "block", title="Block 1", opens_on=today, meeting=meeting, by=None, at=timezone.now()
    )
    launch_round(made, people, by=None, at=timezone.now())
    return made


def _view_of(user):
    """A view that the user keeps for herself."""
    name = f"Vy {next(numbers)}"
    return SavedView.objects.create(**_own(), user=user, name=name, query="stage=idea").pk
