"""What others wait for at an initiative's owner: an answer, a yes or no to join, or to a merger."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from modig.apps.accounts.models import User
from modig.apps.initiatives.models import InitiativePerson, MergeProposal, Question
from modig.apps.people.models import Person
from modig.apps.people.queries.persons import person_of
from modig.apps.ui.must_do import Action, MustDo, tells_what_to_do


@tells_what_to_do
def what_others_wait_for(user: User, today: date) -> Sequence[MustDo]:  # noqa: ARG001 -- nothing here has a day
    """Each question, each request and each proposal that waits for this owner."""
    person = person_of(user)
    if person is None:
        return []
    return [*_questions(person), *_requests(person), *_mergers(person)]


def _questions(person: Person) -> list[MustDo]:
    found = Question.objects.filter(
        initiative__owner=person, initiative__merged_into__isnull=True, answer=""
    )
    return [
        MustDo(
            kind="question",
            title=_("%(person)s asks about “%(initiative)s”")
            % {"person": one.asked_by, "initiative": one.initiative},
            why=one.text,
            due_on=None,
            action=Action(_("Answer"), reverse("initiatives:answer", args=[one.pk])),
        )
        for one in found.select_related("asked_by", "initiative").order_by("asked_at")
    ]


def _requests(person: Person) -> list[MustDo]:
    found = InitiativePerson.objects.filter(
        initiative__owner=person,
        initiative__merged_into__isnull=True,
        part=InitiativePerson.Part.ASKS,
    )
    return [
        MustDo(
            kind="join",
            title=_("%(person)s wants to work on “%(initiative)s”")
            % {"person": one.person, "initiative": one.initiative},
            why=_("Let in, she can write in it as you can."),
            due_on=None,
            action=Action(
                _("Let in, or not now"),
                f"{reverse('initiatives:initiative', args=[one.initiative_id])}#people",
            ),
        )
        for one in found.select_related("person", "initiative").order_by("pk")
    ]


def _mergers(person: Person) -> list[MustDo]:
    waits_here = Q(source__owner=person, source_yes_at=None) | Q(
        target__owner=person, target_yes_at=None
    )
    found = MergeProposal.objects.filter(waits_here, declined_at=None, merged_at=None)
    return [
        MustDo(
            kind="merger",
            title=_("Shall “%(source)s” live on in “%(target)s”?")
            % {"source": one.source, "target": one.target},
            why=one.why,
            due_on=None,
            action=Action(_("Say yes or no"), reverse("initiatives:merger", args=[one.pk])),
        )
        for one in found.select_related("source", "target").order_by("proposed_at")
    ]
