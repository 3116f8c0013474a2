"""What assignments and agreements ask of a person: to read and confirm, and to keep."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from modig.apps.accounts.models import User
from modig.apps.direction.models import Agreement, Commitment
from modig.apps.direction.permissions import may_make_agreement
from modig.apps.direction.queries.agreements import agreements, commitments_due, unconfirmed_by
from modig.apps.people.models import Person
from modig.apps.people.queries.persons import person_of
from modig.apps.ui.must_do import Action, MustDo, tells_what_to_do


@tells_what_to_do
def agreements_to_do(user: User, today: date) -> Sequence[MustDo]:
    """Agreements to read and confirm, and what she has promised in those that hold."""
    person = person_of(user)
    if person is None or not may_make_agreement(user):
        return []
    asked = agreements().filter(unconfirmed_by(person))
    return [_to_confirm(one, person) for one in asked] + [
        _to_keep(one, person) for one in commitments_due(person, today)
    ]


def _to_confirm(agreement: Agreement, person: Person) -> MustDo:
    words = {"other": _other(agreement, person), "title": agreement.said.title}
    if agreement.edition == 1:
        why = _("“%(title)s”. You can confirm it as it stands, or rewrite it.") % words
    else:
        why = _("“%(title)s”, edition %(n)s. It was rewritten since you said yes.") % {
            **words,
            "n": agreement.edition,
        }
    return MustDo(
        kind="agreement",
        title=_("Read the agreement with %(other)s") % words,
        why=why,
        due_on=None,
        action=Action(_("Read and confirm"), reverse("direction:agreement", args=[agreement.pk])),
    )


def _to_keep(commitment: Commitment, person: Person) -> MustDo:
    agreement = commitment.agreement
    words = {"other": _other(agreement, person), "title": agreement.said.title}
    page = reverse("direction:agreement", args=[agreement.pk])
    return MustDo(
        kind="commitment",
        title=str(commitment),
        why=_("You have promised it to %(other)s: “%(title)s”.") % words,
        due_on=commitment.due_on,
        action=Action(_("Show"), f"{page}#c{commitment.pk}"),
        others=[Action(_("Rewrite"), reverse("direction:agreement_edit", args=[agreement.pk]))],
    )


def _other(agreement: Agreement, person: Person) -> Person:
    return agreement.second if agreement.first_id == person.pk else agreement.first
