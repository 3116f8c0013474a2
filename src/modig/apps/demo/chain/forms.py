"""The form after every block that has been held, and the pulse on the shared picture, answered."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from modig.apps.demo.chain.ground import Ground, morning
from modig.apps.demo.chain.promises import held_meetings
from modig.apps.demo.malarvik import promises as words
from modig.apps.people.models import Person
from modig.apps.surveys.actions import create_round, launch_round
from modig.apps.surveys.models import Box, Invitation, Round

ANSWER_SHARE = 0.8
PULSE_ON = dt.date(2026, 9, 21)
AT_A_TIME = 500


def load_forms(ground: Ground) -> None:
    for meeting, last in held_meetings():
        people = Person.objects.filter(participations__group=meeting.group_id)
        opens = last + dt.timedelta(days=1)
        made = create_round(
            "block", title=f"{meeting.block.title}, {meeting.group.name}", opens_on=opens,
            meeting=meeting, by=ground.owner, at=morning(opens),
        )  # fmt: skip
        launch_round(made, people, by=ground.owner, at=morning(opens))
        _answer(ground, made, _block_answer)
    _pulse(ground)


def _pulse(ground: Ground) -> None:
    at = morning(PULSE_ON)
    made = create_round(
        "shared-picture", title="Hösten 2026", opens_on=PULSE_ON, by=ground.owner, at=at
    )
    leaders = Person.objects.filter(pk__in=[one.person_id for one in ground.everybody])
    launch_round(made, leaders, by=ground.owner, at=at)
    _answer(ground, made, _pulse_answer)


def _answer(ground: Ground, made: Round, say: Callable[[Ground, int], dict[str, Any]]) -> None:
    """Put answers into the round's boxes, shuffled, and note who has answered."""
    boxes = list(Box.objects.filter(round=made).order_by("number"))
    invitations = list(Invitation.objects.filter(round=made).order_by("person__number"))
    answered = [one for one in invitations if ground.chance.random() < ANSWER_SHARE]
    for place in range(len(answered)):
        ground.chance.choice(boxes).answers.append(say(ground, place))
    for box in boxes:
        ground.chance.shuffle(box.answers)
    keys = [one.pk for one in answered]
    for first in range(0, len(keys), AT_A_TIME):
        Invitation.objects.filter(pk__in=keys[first : first + AT_A_TIME]).update(has_answered=True)
    Box.objects.bulk_update(boxes, ["answers"])


def _block_answer(ground: Ground, place: int) -> dict[str, Any]:
    chance = ground.chance
    answer: dict[str, Any] = {
        "hands_on": chance.choices((2, 3, 4, 5), (1, 3, 8, 6))[0],
        "value_self": chance.choices((2, 3, 4, 5), (1, 4, 8, 5))[0],
        "value_team": chance.choices((1, 2, 3, 4, 5), (1, 2, 5, 7, 4))[0],
    }
    if place % 3 == 0:
        answer["sentence"] = chance.choice(words.SENTENCES)
    return answer


def _pulse_answer(ground: Ground, place: int) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "how_clear": ground.chance.choices((1, 2, 3, 4, 5), (2, 5, 7, 6, 2))[0]
    }
    if place % 2 == 0:
        answer["in_own_words"] = ground.chance.choice(words.PULSE)
    return answer
