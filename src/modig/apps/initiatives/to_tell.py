"""What initiatives ask of a person: to tell how it is going, and to help where help is needed."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from modig.apps.accounts.models import User
from modig.apps.initiatives.models import Initiative, NewsRequest
from modig.apps.initiatives.permissions import may_edit_initiatives, may_enter_initiative
from modig.apps.initiatives.queries.news import cries_for_help, of_owner
from modig.apps.people.queries.persons import person_of
from modig.apps.ui.must_do import Action, MustDo, tells_what_to_do


@tells_what_to_do
def news_to_tell(user: User, today: date) -> Sequence[MustDo]:
    """Her own initiatives of which nothing has been heard; gone as soon as something is."""
    person = person_of(user)
    if person is None or not may_enter_initiative(user):
        return []
    return [_to_tell(one, today) for one in of_owner(person, today)]


@tells_what_to_do
def help_to_give(user: User, today: date) -> Sequence[MustDo]:
    """To whoever looks after all initiatives: where help is asked for; gone when the diary says what came."""
    if not may_edit_initiatives(user):
        return []
    return [_to_help(one) for one in cries_for_help(today)]


def _to_tell(initiative: Initiative, today: date) -> MustDo:
    weeks = (today - initiative.heard_on).days // 7
    why = ngettext(
        "Nothing has been heard of it for %(n)s week. One press is enough.",
        "Nothing has been heard of it for %(n)s weeks. One press is enough.",
        weeks,
    )
    return MustDo(
        kind="initiative",
        title=_("How is it going with “%(initiative)s”?") % {"initiative": initiative},
        why=why % {"n": weeks},
        due_on=None,
        action=Action(_("Tell us"), reverse("initiatives:news", args=[initiative.pk])),
    )


def _to_help(question: NewsRequest) -> MustDo:
    initiative = question.initiative
    page = reverse("initiatives:initiative", args=[initiative.pk])
    words = {"owner": question.person, "said": question.entry.said.text if question.entry else ""}
    return MustDo(
        kind="initiative",
        title=_("Help is needed with “%(initiative)s”") % {"initiative": initiative},
        why=_("%(owner)s: %(said)s") % words,
        due_on=None,
        action=Action(_("See what"), page),
        others=[Action(_("Write what came of it"), f"{page}#id_text")],
    )
