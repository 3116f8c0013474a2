"""What participants promised at the end of each block that has been held, and before the first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from modig.apps.demo.chain.ground import TODAY, Ground, Said, english
from modig.apps.demo.loader import BATCH
from modig.apps.demo.malarvik import promises as words
from modig.apps.programme.models import Meeting, Participant, Plan, Promise

IN_FULL, TOLD_SHARE = 1240, 0.71
PER_MEETING = 3
TO_KICK_OFF = dt.timedelta(days=7)
"""From the day a plan is published to the afternoon when its participants meet for the first time."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A promise to be made: by whom, at what meeting, on what day."""

    person: int
    meeting: Meeting | None
    on: dt.date
    number: int


def load_promises(ground: Ground) -> None:
    slots = _slots(ground)
    rows = [_promise(ground, one) for one in slots]
    for row in _told(ground, rows):
        _tell(ground, row)
    Promise.objects.bulk_create(rows, batch_size=BATCH)


def held_meetings() -> list[tuple[Meeting, dt.date]]:
    """Meetings of published plans that have been held, with their last day."""
    found = Meeting.objects.filter(group__plan__state=Plan.State.PUBLISHED)
    rows = found.select_related("group", "block").prefetch_related("days").order_by("pk")
    dated = [(one, max(day.on for day in one.days.all())) for one in rows]
    return [(one, last) for one, last in dated if last < TODAY]


def _slots(ground: Ground) -> list[Slot]:
    """Three promises a block and one at the kick-off; the full demo has exactly its number."""
    placed: dict[int, list[int]] = {}
    people = Participant.objects.filter(group__plan__state=Plan.State.PUBLISHED).order_by("pk")
    for group, person in people.values_list("group", "person"):
        placed.setdefault(group, []).append(person)
    held = held_meetings()
    slots = [
        Slot(person, meeting, last, place + more * 17)
        for meeting, last in held
        for place, person in enumerate(placed.get(meeting.group_id, ()))
        for more in range(PER_MEETING)
    ]
    slots += _at_kick_off(placed, {meeting.group_id for meeting, _ in held})
    more = IN_FULL - len(slots)
    if ground.size == "full":
        slots += [
            Slot(one.person, one.meeting, one.on, one.number + 29)
            for one in ground.chance.sample(slots, more)
        ]
    return slots


def _at_kick_off(placed: dict[int, list[int]], met: set[int]) -> list[Slot]:
    """Those whose group has not met yet promised something on the afternoon when they were welcomed."""
    plans = Plan.objects.filter(state=Plan.State.PUBLISHED, groups__in=placed)
    welcomed = {
        group: at.date() + TO_KICK_OFF
        for group, at in plans.values_list("groups", "published_at")
        if at is not None
    }
    return [
        Slot(person, None, welcomed[group], place)
        for group, persons in placed.items()
        for place, person in enumerate(persons)
        if group not in met and welcomed[group] < TODAY
    ]


def _promise(ground: Ground, slot: Slot) -> Promise:
    meeting = slot.meeting.pk if slot.meeting else 0
    what = words.PROMISES[(slot.number + meeting * 7) % len(words.PROMISES)]
    return Promise(
        **ground.own, person_id=slot.person, meeting=slot.meeting, made_on=slot.on,
        due_on=slot.on + dt.timedelta(days=ground.chance.randrange(5, 40)),
        **english(what=what, with_whom=words.WITH_WHOM[slot.number % len(words.WITH_WHOM)]),
    )  # fmt: skip


def _told(ground: Ground, rows: Sequence[Promise]) -> list[Promise]:
    """Those of which has been told what happened: mostly the ones that were due first."""
    order = sorted(
        (one.due_on.toordinal() + ground.chance.randrange(25), place)
        for place, one in enumerate(rows)
    )
    many = round(TOLD_SHARE * len(rows))
    return [rows[place] for _, place in order[:many]]


def _tell(ground: Ground, row: Promise) -> None:
    chance = ground.chance
    outcome = chance.choices(("used", "tried", "not_yet"), (5, 3, 2))[0]
    told: Said = chance.choice(words.TOLD[outcome])
    row.outcome = outcome
    row.told, row.translations["en"]["told"] = told
    if outcome == Promise.Outcome.NOT_YET:
        row.why_not = words.WHY_NOT[told[0].split()[0]]
    latest = max(min(row.due_on + dt.timedelta(days=6), TODAY), row.made_on)
    span = (latest - row.made_on).days
    row.reported_on = latest - dt.timedelta(days=chance.randrange(min(9, span + 1)))
