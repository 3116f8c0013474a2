"""Rounds of forms: made, launched, answered, closed.

An answer is put into a box and the box is shuffled: afterwards nothing tells which answer came
when, or from whom. The invitation remembers only that it was answered.
"""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.people.models import Person
from modig.apps.programme.models import Meeting
from modig.apps.surveys.instruments import HIGHEST, LONGEST_TEXT, LOWEST, instrument
from modig.apps.surveys.models import Box, Invitation, Round
from modig.apps.surveys.tokens import hash_of, token_for
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.models import Organisation
from modig.apps.tenancy.scope import current_organisation

PEOPLE_PER_BOX = 200
MOST_BOXES = 64
BATCH = 2000
_chance = secrets.SystemRandom()


class AlreadyAnsweredError(Exception):
    """The invited person has answered; a second answer is not taken in."""


class RoundIsClosedError(Exception):
    """The round is not open on this day."""


class RoundIsLaunchedError(Exception):
    """A launched round's settings are locked."""


@transaction.atomic
def create_round(  # noqa: PLR0913 -- what a round is
    form: str,
    *,
    title: str,
    opens_on: date,
    closes_on: date | None = None,
    meeting: Meeting | None = None,
    by: User | None,
    at: datetime,
) -> Round:
    """Make a round of a form; without a last day it is open as long as the form says.

    The same one sent again, by a second press or a lost answer, is the one that is there already.
    """
    closes_on = closes_on or opens_on + timedelta(days=instrument(form).days_open)
    organisation = Organisation.objects.select_for_update().get(pk=current_organisation().pk)
    own = {"form": form, "title": title, "opens_on": opens_on, "closes_on": closes_on}
    if meeting is None and (same := Round.objects.filter(**own, meeting=None).first()):
        return same
    made = Round.objects.create(organisation=organisation, meeting=meeting, **own)
    record("create", made, at=at, by=by)
    return made


@transaction.atomic
def launch_round(
    found: Round, people: Iterable[Person], *, by: User | None, at: datetime
) -> list[Invitation]:
    """Invite ``people`` and lock the settings; who is invited already is not invited again."""
    locked = Round.objects.select_for_update().get(pk=found.pk)
    if locked.launched_at is not None:
        raise RoundIsLaunchedError(str(locked))
    own = {"organisation": locked.organisation, "round": locked}
    invited = list({person.pk: person for person in people}.values())
    _chance.shuffle(invited)
    invitations = Invitation.objects.bulk_create(
        (
            Invitation(**own, person=person, token_hash=hash_of(token_for(locked.pk, person.pk)))
            for person in invited
        ),
        batch_size=BATCH,
    )
    boxes = min(MOST_BOXES, max(1, len(invited) // PEOPLE_PER_BOX))
    Box.objects.bulk_create(Box(**own, number=number) for number in range(boxes))
    locked.launched_at = at
    save_edit(locked, version=locked.version, fields=["launched_at"])
    found.launched_at, found.version = locked.launched_at, locked.version
    record("launch", locked, at=at, by=by, people=len(invitations))
    return invitations


@transaction.atomic
def close_round(found: Round, *, on: date, by: User | None, at: datetime) -> None:
    """Close a round before its last day; its results can be read from then on."""
    found.closes_on = max(found.opens_on, on - timedelta(days=1))
    save_edit(found, version=found.version, fields=["closes_on"])
    record("close", found, at=at, by=by)


@transaction.atomic
def put_answer(invitation: Invitation, answer: dict[str, Any], *, on: date) -> None:
    """Take in an answer: item names with a step from 1 to 5, a text, or nothing.

    Raises:
        AlreadyAnsweredError: it was answered before; nothing is changed.
        RoundIsClosedError: the round is not open on this day.

    """
    # Invitation first, box second, always: two who answer at once never wait for each other in turn.
    locked = Invitation.objects.select_for_update().select_related("round").get(pk=invitation.pk)
    if locked.has_answered:
        raise AlreadyAnsweredError
    if not locked.round.opens_on <= on <= locked.round.closes_on:
        raise RoundIsClosedError
    kept = _clean(locked.round.form, answer)
    locked.has_answered = True
    locked.save(update_fields=["has_answered"])
    boxes = list(Box.objects.filter(round=locked.round).values_list("pk", flat=True))
    box = Box.objects.select_for_update().get(pk=_chance.choice(boxes))
    box.answers.append(kept)
    _chance.shuffle(box.answers)
    box.save(update_fields=["answers"])


def _clean(form: str, answer: dict[str, Any]) -> dict[str, Any]:
    """Only the form's own items, in the form's order, so that not even their order tells anything."""
    kept: dict[str, Any] = {}
    for item in instrument(form).items:
        given = answer.get(item.name)
        if item.is_text:
            text = str(given or "").strip()[:LONGEST_TEXT]
            if text:
                kept[item.name] = text
        elif isinstance(given, int) and LOWEST <= given <= HIGHEST:
            kept[item.name] = given
    return kept
