"""What forms ask of a person: an open form that she has not answered."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from modig.apps.accounts.models import User
from modig.apps.surveys.instruments import instrument
from modig.apps.surveys.queries.invitations import waiting_for
from modig.apps.ui.must_do import Action, MustDo, tells_what_to_do


@tells_what_to_do
def forms_to_answer(user: User, today: date) -> Sequence[MustDo]:
    """Each open form, by the day it closes."""
    return [
        MustDo(
            kind="form",
            title=str(instrument(one.round.form).title),
            why=_("%(round)s. One minute, anonymous.") % {"round": one.round.title},
            due_on=one.round.closes_on,
            action=Action(_("Answer"), reverse("surveys:own_invitation", args=[one.pk])),
        )
        for one in waiting_for(user, today)
    ]
