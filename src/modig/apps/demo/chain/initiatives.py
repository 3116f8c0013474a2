"""Mälarvik's 400 initiatives with their stages, steps, diaries, gates, people and quotations."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modig.apps.demo.chain.ground import (
    TODAY,
    Ground,
    Said,
    english,
    morning,
    pair,
    working_day,
)
from modig.apps.demo.loader import BATCH
from modig.apps.demo.malarvik import diary as words
from modig.apps.demo.malarvik.details import DETAILS
from modig.apps.demo.malarvik.stories import STORIES, Story
from modig.apps.initiatives.kinds import gates_before
from modig.apps.initiatives.models import (
    DiaryEntry,
    Gate,
    Initiative,
    InitiativePerson,
    InitiativeStep,
    Question,
    Quotation,
    Stage,
    StageChange,
)
from modig.apps.people.folding import fold
from modig.apps.people.models import Person, Unit
from modig.apps.programme.models import Block, Group, Meeting, Plan

CONTENT = Path(__file__).parent.parent / "malarvik" / "initiatives.jsonl"
SMALL_MANY, LARGE_COPIES, IN_ALL = 24, 10, 400
TO_START = dt.timedelta(days=14)
AGES = {
    "idea": (5, 120),
    "started": (60, 280),
    "under_way": (150, 420),
    "result_shown": (420, 540),
    "embedded": (480, 660),
    "stopped": (160, 420),
}
"""Days since an initiative of each stage was entered, from and to."""
ORDER = [Stage.IDEA, Stage.STARTED, Stage.UNDER_WAY, Stage.RESULT_SHOWN, Stage.EMBEDDED]
SILENCES = (2, 6, 11, 19, 33, 70, 110)
GATE_KINDS = {
    "samverkan": Gate.Kind.CO_OPERATION,
    "risk": Gate.Kind.RISK,
    "legal": Gate.Kind.LEGAL,
    "board": Gate.Kind.BOARD,
    "data_protection": Gate.Kind.DATA_PROTECTION,
}
GATE_LEVELS = {
    "arbetsplatsträff": Gate.Level.WORKPLACE,
    "lokal samverkansgrupp": Gate.Level.LOCAL,
    "områdets samverkansgrupp": Gate.Level.LOCAL,
    "förvaltningens samverkansgrupp": Gate.Level.DEPARTMENT,
}
GATE_OUTCOMES: dict[str, Sequence[Said]] = {
    Gate.Kind.CO_OPERATION: (
        ("Enighet, med uppföljning om ett halvår", "Agreed, to be followed up in six months"),
        ("Enighet efter att helgerna ritats om", "Agreed once the weekends were drawn anew"),
        ("Facket lämnade en synpunkt som skrevs in", "The union made a point that was written in"),
    ),
    Gate.Kind.RISK: (
        ("Risker listade med åtgärd och namn", "Risks listed, each with a measure and a name"),
        ("Två risker togs bort före start, en följs varje vecka", "Two risks were removed before the start, one is followed weekly"),
        ("Skyddsombudet skrev under", "The safety representative signed"),
    ),
    Gate.Kind.LEGAL: (
        ("Källan läst och kraven på lista", "The source read and its requirements listed"),
        ("Juristen gick igenom listan, två krav förtydligades", "The lawyer went through the list, two requirements were made clearer"),
        ("Läst tillsammans, paragraf för paragraf", "Read together, section by section"),
    ),
    Gate.Kind.BOARD: (
        ("Beslut i nämnden enligt förslag", "Decided by the board as proposed"),
        ("Ja, med rapport efter ett år", "Yes, with a report after a year"),
        ("Pengar för ett försök, inte mer", "Money for a try, no more"),
    ),
    Gate.Kind.DATA_PROTECTION: (
        ("Genomgången med dataskyddsombudet, inga hinder", "Gone through with the data-protection officer, no obstacles"),
        ("Färre uppgifter sparas än vi först tänkt", "Fewer data are kept than we first thought"),
        ("Behörigheterna smalnades av", "Access was narrowed"),
    ),
}  # fmt: skip
PLACES = {
    "förskol": "förskola", "grundskol": "skolan", "högstad": "skolan", "mellanstad": "skolan",
    "lågstad": "skolan", "gymnas": "gymnasiet", "äldreboende": "äldreboende", "särskilt": "äldreboende",
    "demens": "äldreboende", "vård- och": "äldreboende", "lss": "gruppbostad", "gruppbost": "gruppbostad",
    "fritidshem": "fritidshem", "kök": "köket",
}  # fmt: skip
WAIT_FOR_CONSENT = {("MV-004", 0), ("MV-005", 0)}
PURPOSE = ("Berättelsen om initiativet, på webben och i tryck", "The story of the initiative, on the web and in print")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planned:
    """An initiative with the content it was made from; only the first copy has its story."""

    initiative: Initiative
    row: dict[str, Any]
    story: Story | None

    @property
    def begun(self) -> dt.date:
        return self.initiative.started_on or self.initiative.made_on

    def told(self, what: str) -> list[Any]:
        return self.row.get("story", {}).get(what, []) if self.story else []

    def on(self, day: int) -> dt.date:
        return min(TODAY, working_day(self.begun + dt.timedelta(days=day)))


def load_initiatives(ground: Ground) -> list[Planned]:
    planned = _Maker(ground).plan()
    Initiative.objects.bulk_create([one.initiative for one in planned], batch_size=BATCH)
    _goals_and_partners(ground, planned)
    _keep(InitiativeStep, (row for one in planned for row in _steps(ground, one)))
    _keep(DiaryEntry, (row for n, one in enumerate(planned) for row in _diary(ground, one, n)))
    _keep(StageChange, (row for one in planned for row in _stages(ground, one)))
    _keep(Gate, (row for n, one in enumerate(planned) for row in _gates(ground, one, n)))
    _keep(Quotation, (row for one in planned for row in _quotations(ground, one)))
    _keep(InitiativePerson, _people(ground, planned))
    _keep(Question, _questions(ground, planned))
    return planned


def _keep(model: Any, rows: Iterable[Any]) -> None:
    model.objects.bulk_create(rows, batch_size=BATCH)


# ---- the initiatives themselves ------------------------------------------------------------------


class _Maker:
    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.groups = _held_groups()
        self.planned: list[Planned] = []

    def plan(self) -> list[Planned]:
        rows = [json.loads(line) for line in CONTENT.read_text(encoding="utf-8").splitlines()]
        if self.ground.size == "small":
            here = [row for row in rows if row["department"] in self.ground.tops]
            rows = [*(row for row in rows if row["code"] in STORIES), *here][:SMALL_MANY]
        for copy in range(LARGE_COPIES if self.ground.size == "large" else 1):
            for row in rows:
                self.planned.append(self._planned(row, copy))
        return self.planned

    def _planned(self, row: dict[str, Any], copy: int) -> Planned:
        story = STORIES.get(row["code"]) if not copy else None
        number = int(row["code"][3:])
        code = row["code"] if not copy else f"MV-{copy * IN_ALL + number:03}"
        initiative = self._initiative(row, story, code)
        initiative.folded = fold(initiative.title, code, initiative.group_text)[:600]
        return Planned(initiative, row, story)

    def _initiative(self, row: dict[str, Any], story: Story | None, code: str) -> Initiative:
        unit = self._unit(row, story)
        dates = self._dates(row, story)
        routine: Said = story.routine if story else ("", "")
        if row["stage"] == Stage.EMBEDDED and not routine[0]:
            name = unit.name
            routine = (f"Verksamhetsplanen 2027, {name}", f"Operational plan 2027, {name}")
        details, told = _details({**_of_story(row, story), **DETAILS.get(row["code"], {})})
        texts = english(
            title=pair(row["title"]), why=pair(row["why"]), hypothesis=pair(row["hypothesis"]),
            group_text=pair(row["group"]), routine=routine,
            learning=pair(row["learning"]) if "learning" in row else "",
            challenge=story.challenge if story else "",
        )  # fmt: skip
        if told:
            texts["translations"]["en"]["details"] = told
        return Initiative(
            **self.ground.own, **self._birth(dates["made_on"]), **dates, **texts, code=code,
            beneficiary=row["beneficiary"], kind=row["type"], stage=row["stage"], unit=unit,
            owner=self.ground.nearest_manager(unit, len(self.planned)),
            orientations=row["orientations"], details=details,
        )  # fmt: skip

    def _dates(self, row: dict[str, Any], story: Story | None) -> dict[str, Any]:
        chance, stage = self.ground.chance, row["stage"]
        made = TODAY - dt.timedelta(days=chance.randrange(*AGES[stage]))
        if story:
            made = story.started_on - TO_START
        heard = max(made, TODAY - dt.timedelta(days=chance.choice(SILENCES)))
        ended = None
        if stage in {Stage.EMBEDDED, Stage.STOPPED}:
            ended = (story and story.ended_on) or made + (TODAY - made) // 2
            heard = ended
        return {
            "made_on": made,
            "started_on": None if stage == Stage.IDEA else made + TO_START,
            "ended_on": ended,
            "heard_on": heard,
        }

    def _birth(self, made: dt.date) -> dict[str, Any]:
        """Where it was born: those entered since the first meetings came out of a block."""
        if not self.groups or made <= TODAY - dt.timedelta(days=60):
            return {}
        group, block = self.groups[len(self.planned) % len(self.groups)]
        return {"programme": group.plan.wave.programme, "group": group, "block": block}

    def _unit(self, row: dict[str, Any], story: Story | None) -> Unit:
        ground = self.ground
        if story and story.unit in ground.by_code:
            return ground.by_code[story.unit]
        top = ground.tops.get(row["department"]) or next(iter(ground.tops.values()))
        units = [unit for unit in ground.units[top.pk] if unit.pk != top.pk] or [top]
        place = row["place"]["sv"]
        word = next((name for begins, name in PLACES.items() if begins in place), place.split()[0])
        fitting = [unit for unit in units if word.casefold()[:9] in unit.name.casefold()]
        choice = [unit for unit in fitting or units if ground.managers[unit.pk]] or fitting or units
        return choice[int(row["code"][3:]) * 13 % len(choice)]


def _held_groups() -> list[tuple[Group, Block]]:
    meetings = Meeting.objects.filter(
        group__plan__state=Plan.State.PUBLISHED, days__on__lt=TODAY
    ).select_related("group__plan__wave__programme", "block")
    return [(one.group, one.block) for one in meetings.order_by("pk").distinct()]


def _of_story(row: dict[str, Any], story: Story | None) -> dict[str, Any]:
    """What a story's sort of change asks for: its own words, its objections, its checklist."""
    if story is None:
        return {}
    told, details = row["story"], dict(story.details)
    if row["type"] == "merge":
        details["resistance"] = told["resistance"]
    if "checklist" in told:
        details["checklist"] = [
            tuple(f"{'[x] ' if one['done'] else ''}{one[said]} ({one['source']})" for said in ("sv", "en"))
            for one in told["checklist"]
        ]  # fmt: skip
    return details


def _details(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields in Swedish, and those of them that are texts in English."""
    own, other = {}, {}
    for name, value in given.items():
        own[name] = _in_language(value, 0)
        if own[name] != _in_language(value, 1):
            other[name] = _in_language(value, 1)
    return own, other


def _in_language(value: Any, place: int) -> Any:
    match value:
        case list():
            return [_in_language(one, place) for one in value]
        case tuple():
            return value[place]
        case {"sv": _, "en": _}:
            return value[("sv", "en")[place]]
        case _:
            return value


def _goals_and_partners(ground: Ground, planned: Sequence[Planned]) -> None:
    goals, partners = Initiative.goals.through, Initiative.partner_units.through
    _keep(
        goals,
        (
            goals(initiative_id=one.initiative.pk, goal_id=ground.goals[code].pk)
            for one in planned
            for code in one.row["goals"]
        ),
    )
    _keep(
        partners,
        (
            partners(initiative_id=one.initiative.pk, unit_id=ground.tops[code].pk)
            for one in planned
            for code in one.row["with"]
            if code in ground.tops
        ),
    )


# ---- what has happened to them -------------------------------------------------------------------


def _steps(ground: Ground, one: Planned) -> Iterable[InitiativeStep]:
    stage = one.initiative.stage
    is_behind = stage in {Stage.RESULT_SHOWN, Stage.EMBEDDED}
    for number, step in enumerate(one.row["steps"], 1):
        due = working_day(one.begun + dt.timedelta(days=step["day"]))
        is_done = is_behind or (stage != Stage.IDEA and due < TODAY - dt.timedelta(days=9))
        yield InitiativeStep(
            **ground.own, initiative=one.initiative, number=number, due_on=due,
            done_on=min(due, TODAY) if is_done else None, **english(text=pair(step)),
        )  # fmt: skip


def _diary(ground: Ground, one: Planned, number: int) -> Iterable[DiaryEntry]:
    """The story's own diary; for the others what their stage lets one expect."""
    told: list[tuple[dt.date, Said]] = [
        (one.on(entry["day"]), pair(entry)) for entry in one.told("diary")
    ]
    if one.story and one.row["type"] != "merge":
        told.append((one.on(55), pair(one.row["story"]["resistance"])))
    for on, text in told or _usual_diary(one.initiative, number):
        yield DiaryEntry(
            **ground.own, initiative=one.initiative, on=on, by=one.initiative.owner,
            **english(text=text),
        )  # fmt: skip


def _usual_diary(one: Initiative, number: int) -> Iterable[tuple[dt.date, Said]]:
    if one.started_on is None:
        return
    last = one.heard_on
    yield min(one.started_on, last), words.BEGUN[number % len(words.BEGUN)]
    if one.stage in {Stage.UNDER_WAY, Stage.RESULT_SHOWN, Stage.EMBEDDED, Stage.STOPPED}:
        middle = one.started_on + (last - one.started_on) // 2
        yield middle, words.ON_THE_WAY[number % len(words.ON_THE_WAY)]
    if one.stage in {Stage.RESULT_SHOWN, Stage.EMBEDDED}:
        yield last, words.SHOWN[number % len(words.SHOWN)]
    elif one.stage == Stage.STOPPED:
        yield last, words.STOPPED[number % len(words.STOPPED)]


def _stages(ground: Ground, planned: Planned) -> Iterable[StageChange]:
    one = planned.initiative
    reached = ORDER[: ORDER.index(Stage(one.stage)) + 1] if one.stage in ORDER else ORDER[:2]
    if one.stage == Stage.STOPPED:
        reached = [*reached, Stage.STOPPED]
    span = ((one.ended_on or TODAY) - one.made_on) / max(1, len(reached))
    for place, stage in enumerate(reached):
        on = one.made_on + span * place
        if stage == Stage.STARTED:
            on = one.started_on or on
        elif stage in {Stage.EMBEDDED, Stage.STOPPED}:
            on = one.ended_on or on
        yield StageChange(
            **ground.own, initiative=one, after=stage, on=on,
            before=reached[place - 1] if place else "",
        )  # fmt: skip


def _gates(ground: Ground, planned: Planned, number: int) -> Iterable[Gate]:
    one = planned.initiative
    told = set()
    for gate in planned.told("gates"):
        kind = GATE_KINDS[gate["kind"]]
        told.add(kind)
        level, outcome = _level_and_outcome(kind, gate)
        yield Gate(
            **ground.own, initiative=one, kind=kind, level=level, on=planned.on(gate["day"]),
            is_passed=True, **english(outcome=outcome),
        )  # fmt: skip
    for demand in gates_before(one.kind, one.stage):
        if demand.kind not in told:
            outcomes = GATE_OUTCOMES[demand.kind]
            yield Gate(
                **ground.own, initiative=one, kind=demand.kind, on=planned.on(12), is_passed=True,
                level=Gate.Level.LOCAL if demand.kind == Gate.Kind.CO_OPERATION else "",
                **english(outcome=outcomes[number % len(outcomes)]),
            )  # fmt: skip


def _level_and_outcome(kind: Gate.Kind, gate: dict[str, Any]) -> tuple[str, Said]:
    """Union co-operation has a level of its own; elsewhere it is told with the outcome."""
    said = gate["level"]["sv"]
    found = next((level for begins, level in GATE_LEVELS.items() if said.startswith(begins)), "")
    if kind == Gate.Kind.CO_OPERATION and found:
        return found, pair(gate["outcome"])
    swedish, other = (
        f"{gate['outcome'][language]} ({gate['level'][language]})" for language in ("sv", "en")
    )
    return "", (swedish, other)


def _quotations(ground: Ground, one: Planned) -> Iterable[Quotation]:
    for place, said in enumerate(one.told("quotes")):
        has_consent = (one.row["code"], place) not in WAIT_FOR_CONSENT
        yield Quotation(
            **ground.own, initiative=one.initiative,
            consent_on=TODAY - dt.timedelta(days=30 + place) if has_consent else None,
            **english(
                text=pair(said), who=pair(said["role"]), purpose=PURPOSE if has_consent else "",
            ),
        )  # fmt: skip


def _people(ground: Ground, planned: Sequence[Planned]) -> Iterable[InitiativePerson]:
    """A member for each, and for every third somebody who follows it."""
    for number, one in enumerate(planned):
        owner = one.initiative.owner_id
        mate, follower = _mate(ground, number * 31), _mate(ground, number * 17 + 5)
        if mate.pk != owner:
            yield InitiativePerson(**ground.own, initiative=one.initiative, person=mate)
        if number % 3 == 0 and follower.pk not in {owner, mate.pk}:
            yield InitiativePerson(
                **ground.own, initiative=one.initiative, person=follower,
                part=InitiativePerson.Part.FOLLOWER,
            )  # fmt: skip


def _mate(ground: Ground, number: int) -> Person:
    return ground.everybody[number % len(ground.everybody)].person


def _questions(ground: Ground, planned: Sequence[Planned]) -> Iterable[Question]:
    """Questions are in the language that they were asked in."""
    for one in planned:
        for place, (asked, answered) in enumerate(one.story.questions if one.story else ()):
            day = TODAY - dt.timedelta(days=24 + 3 * place)
            yield Question(
                **ground.own, initiative=one.initiative, text=asked[0], answer=answered[0],
                asked_by=_mate(ground, int(one.row["code"][3:]) * 41), asked_at=morning(day),
                answered_at=morning(day + dt.timedelta(days=2)),
            )  # fmt: skip
