"""What programmes ask of a participant: to come, to promise, and to tell what happened."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from modig.apps.accounts.models import User
from modig.apps.people.models import Person
from modig.apps.people.queries.persons import person_of
from modig.apps.programme.models import Promise
from modig.apps.programme.permissions import may_promise
from modig.apps.programme.queries.groups import Dated
from modig.apps.programme.queries.promises import (
    held_meetings,
    meetings_without_promise,
    promises_to_tell,
    soonest_meeting,
)
from modig.apps.ui.must_do import Action, MustDo, tells_what_to_do

COMING = timedelta(days=21)
SOON = timedelta(days=7)


@tells_what_to_do
def programme_to_do(user: User, today: date) -> Sequence[MustDo]:
    """The next meeting, promises that are due, and meetings that still wait for a promise."""
    person = person_of(user)
    if person is None or not may_promise(user):
        return []
    asked = [_to_tell(one) for one in promises_to_tell(person, today + SOON)]
    asked += [
        _to_promise(row) for row in meetings_without_promise(held_meetings(person, today), today)
    ]
    return asked + _to_come(person, today)


def _to_come(person: Person, today: date) -> list[MustDo]:
    row = soonest_meeting(person, today)
    if row is None or row.first > today + COMING:
        return []
    meeting = row.meeting
    where = f"{meeting.venue}. " if meeting.venue else ""
    why = _("%(where)sTogether with %(group)s.") % {"where": where, "group": meeting.group.name}
    return [
        MustDo(
            kind="meeting",
            title=str(meeting.block),
            why=why,
            due_on=max(row.first, today),
            action=Action(_("Show"), reverse("programme:mine")),
        )
    ]


def _to_tell(promise: Promise) -> MustDo:
    page = reverse("programme:promise", args=[promise.pk])
    return MustDo(
        kind="promise",
        title=_("Tell what happened with your promise"),
        why=_("“%(what)s”") % {"what": promise.said.what},
        due_on=promise.due_on,
        action=Action(_("Tell us"), f"{page}?anew"),
        others=[Action(_("Move"), reverse("programme:promise_edit", args=[promise.pk]))],
    )


def _to_promise(row: Dated) -> MustDo:
    address = f"{reverse('programme:promise_new')}?meeting={row.meeting.pk}"
    return MustDo(
        kind="promise",
        title=_("Promise something after %(block)s") % {"block": row.meeting.block},
        why=_("One thing that you will try at home: what, when and with whom."),
        due_on=None,
        action=Action(_("Promise something"), address),
    )
