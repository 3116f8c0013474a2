"""What every manager answers for, and what managers and units have promised each other."""

import datetime as dt
from collections.abc import Iterable, Sequence

from modig.apps.demo.chain.ground import TODAY, Ground, Said, english, morning
from modig.apps.demo.loader import BATCH
from modig.apps.demo.malarvik import agreements as words
from modig.apps.direction.models import Agreement, Assignment, Commitment
from modig.apps.people.models import Employment, Unit

BETWEEN_UNITS, BETWEEN_MANAGERS, IN_SMALL = 70, 30, 4
A_YEAR = dt.timedelta(days=365)
DONE_SHARE, WAITING = 0.8, 7
"""Of commitments whose day has passed; and one agreement of so many waits for the other side."""
GOALS = {
    "BU": ["G1", "G9"], "VO": ["G4", "G5"], "SOC": ["G3", "G9"], "SER": ["G7"],
    "AVU": ["G2"], "KF": ["G8"], "SB": ["G6"], "KLK": ["G10", "G9"], "EM": ["G7", "G6"],
    "FAST": ["G10"], "LOG": ["G7"], "DEST": ["G8", "G6"],
}  # fmt: skip


def load_agreements(ground: Ground) -> None:
    assignments = _assignments(ground)
    of_holder = {row.holder_id: row for row in assignments}
    drafts = [*_between_units(ground, of_holder), *_between_managers(ground, of_holder)]
    Agreement.objects.bulk_create([row for row, _first, _second in drafts])
    Commitment.objects.bulk_create(
        [one for row, first, second in drafts for one in _commitments(ground, row, first, second)],
        batch_size=BATCH,
    )


Draft = tuple[Agreement, Sequence[Said], Sequence[Said]]


def _assignments(ground: Ground) -> list[Assignment]:
    made = Assignment.objects.bulk_create(
        [_assignment(ground, one, number) for number, one in enumerate(ground.everybody)],
        batch_size=BATCH,
    )
    through = Assignment.goals.through
    through.objects.bulk_create(
        [
            through(assignment_id=row.pk, goal_id=ground.goals[code].pk)
            for row in made
            for code in GOALS.get(ground.top_code(row.unit), ["G9"])
        ],
        batch_size=BATCH,
    )
    return made


def _assignment(ground: Ground, one: Employment, number: int) -> Assignment:
    texts = words.ASSIGNMENTS.get(ground.top_code(one.unit), (words.OTHER_ASSIGNMENT,))
    swedish, in_english = texts[number % len(texts)]
    unit = one.unit.name
    return Assignment(
        **ground.own, holder=one.person, giver=one.manager, unit=one.unit,
        from_on=dt.date(2026, 1, 15),
        **english(
            title=(f"Leda {unit}", f"Lead {unit}"),
            text=(swedish.format(unit=unit), in_english.format(unit=unit)),
        ),
    )  # fmt: skip


def _between_units(ground: Ground, of_holder: dict[int, Assignment]) -> Iterable[Draft]:
    """As many as there shall be, each between two other managers."""
    wanted = BETWEEN_UNITS if ground.size != "small" else IN_SMALL
    made, number, seen = 0, 0, set()
    while made < wanted and number < wanted * 6:
        codes, title, promised, in_return = words.AGREEMENTS[number % len(words.AGREEMENTS)]
        first, second = (_pick(ground, code, number) for code in codes)
        number += 1
        if first is None or second is None or first.unit_id == second.unit_id:
            continue
        key = (first.person_id, second.person_id)
        if first.person_id == second.person_id or key in seen:
            continue
        seen.add(key)
        made += 1
        yield (
            _agreement(
                ground,
                of_holder,
                (first, second),
                title,
                kind=Agreement.Kind.HORIZONTAL,
                number=made,
            ),
            promised,
            in_return,
        )


def _pick(ground: Ground, top: str, number: int) -> Employment | None:
    unit = ground.tops.get(top) or next(iter(ground.tops.values()))
    below = [one for each in ground.units[unit.pk] for one in ground.managers[each.pk]]
    return below[number * 7 % len(below)] if below else None


def _between_managers(ground: Ground, of_holder: dict[int, Assignment]) -> Iterable[Draft]:
    """Managers, spread over the organisation, with the one above; the superior is the first side."""
    by_person = {one.person_id: one for one in ground.everybody}
    pairs = [(by_person.get(one.manager_id or 0), one) for one in ground.everybody]
    known = [(above, one) for above, one in pairs if above and above.person_id != one.person_id]
    step = max(1, len(known) // BETWEEN_MANAGERS)
    wanted = BETWEEN_MANAGERS if ground.size != "small" else IN_SMALL
    for number, (above, one) in enumerate(known[::step][:wanted]):
        topics = words.BETWEEN_MANAGERS
        title, promised, in_return = topics[number % len(topics)]
        yield (
            _agreement(
                ground,
                of_holder,
                (above, one),
                title,
                kind=Agreement.Kind.VERTICAL,
                number=number,
            ),
            promised,
            in_return,
        )


def _agreement(
    ground: Ground,
    of_holder: dict[int, Assignment],
    sides: tuple[Employment, Employment],
    title: Said,
    *,
    kind: Agreement.Kind,
    number: int,
) -> Agreement:
    first, second = sides
    holder = second if kind == Agreement.Kind.VERTICAL else first
    day = TODAY - dt.timedelta(days=ground.chance.randrange(20, 300))
    is_confirmed = number % WAITING != 3
    units: dict[str, Unit] = (
        {"first_unit": first.unit, "second_unit": second.unit}
        if kind == Agreement.Kind.HORIZONTAL
        else {}
    )
    return Agreement(
        **ground.own, **units, kind=kind, assignment=of_holder.get(holder.person_id),
        first=first.person, second=second.person, first_confirmed_at=morning(day),
        second_confirmed_at=morning(day + dt.timedelta(days=4)) if is_confirmed else None,
        review_on=day + A_YEAR, **english(title=title),
    )  # fmt: skip


def _commitments(
    ground: Ground, row: Agreement, first: Iterable[Said], second: Iterable[Said]
) -> Iterable[Commitment]:
    confirmed = row.first_confirmed_at
    day = confirmed.date() if confirmed else TODAY
    promised = [("first", said) for said in first] + [("second", said) for said in second]
    for number, (side, said) in enumerate(promised, 1):
        due = day + dt.timedelta(days=ground.chance.randrange(20, 200))
        is_done = due < TODAY and ground.chance.random() < DONE_SHARE
        yield Commitment(
            **ground.own, agreement=row, number=number, side=side, due_on=due,
            done_on=due if is_done else None, **english(text=said),
        )  # fmt: skip
