"""Mälarvik's chain from the vision to the benefit: direction, agreements, initiatives, promises, forms."""

import datetime as dt
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from modig.apps.accounts.models import User
from modig.apps.demo.loader import BATCH, Loader
from modig.apps.demo.malarvik import direction as words
from modig.apps.direction.models import (
    Agreement,
    Assignment,
    Commitment,
    FocusArea,
    Goal,
    LeadershipStatement,
    Revision,
    Shift,
    ShiftReading,
    StatutorySource,
    Strategy,
    StrategyStep,
    Vision,
    VisionStatement,
)
from modig.apps.initiatives.kinds import gates_before
from modig.apps.initiatives.models import (
    Benefit,
    DiaryEntry,
    Gate,
    Initiative,
    InitiativePerson,
    InitiativeStep,
    Quotation,
    Reading,
    Stage,
    StageChange,
)
from modig.apps.people.folding import fold
from modig.apps.people.models import Employment, Person, StaffRole, Unit
from modig.apps.programme.models import Group, Meeting, Participant, Plan, Programme, Promise
from modig.apps.surveys.actions import create_round, launch_round
from modig.apps.surveys.models import Box, Invitation, Round
from modig.apps.tenancy.models import Organisation

CONTENT = Path(__file__).parent / "malarvik" / "initiatives.jsonl"
TODAY = dt.date(2026, 11, 20)
SEED = 400
BEFORE = 6
"""Months read before the new way began, so that its noise is known."""
SMALL_MANY, LARGE_COPIES = 24, 10
AGREEMENTS, TOLD_SHARE, ANSWER_SHARE = 70, 0.71, 0.8
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
GATE_KINDS = {
    "samverkan": Gate.Kind.CO_OPERATION,
    "risk": Gate.Kind.RISK,
    "legal": Gate.Kind.LEGAL,
    "board": Gate.Kind.BOARD,
    "data_protection": Gate.Kind.DATA_PROTECTION,
}
GATE_OUTCOMES = {
    Gate.Kind.CO_OPERATION: ("Enighet, med uppföljning om ett halvår", "Agreed, to be followed up in six months"),
    Gate.Kind.RISK: ("Risker listade med åtgärd och namn", "Risks listed, each with a measure and a name"),
    Gate.Kind.LEGAL: ("Källan läst och kraven på lista", "The source read and its requirements listed"),
    Gate.Kind.BOARD: ("Beslut i nämnden enligt förslag", "Decided by the board as proposed"),
    Gate.Kind.DATA_PROTECTION: ("Genomgången med dataskyddsombudet, inga hinder", "Gone through with the data-protection officer, no obstacles"),
}  # fmt: skip
PLACES = {
    "förskol": "förskola", "grundskol": "skolan", "högstad": "skolan", "mellanstad": "skolan",
    "lågstad": "skolan", "gymnas": "gymnasiet", "äldreboende": "äldreboende", "särskilt": "äldreboende",
    "demens": "äldreboende", "vård- och": "äldreboende", "lss": "gruppbostad", "gruppbost": "gruppbostad",
    "fritidshem": "fritidshem", "kök": "köket",
}  # fmt: skip
Said = tuple[str, str]


def load_chain(size: str, loader: Loader, *, owner: User) -> None:
    """Everything that hangs on the vision; must run after the programmes are there."""
    maker = _Chain(size, loader, owner)
    maker.direction()
    maker.assignments()
    maker.initiatives()
    maker.promises()
    maker.forms()


def _english(**said: str | Said) -> dict[str, Any]:
    """The texts of a row: Swedish in its own fields, English beside."""
    own = {name: text[0] if isinstance(text, tuple) else text for name, text in said.items()}
    other = {name: text[1] for name, text in said.items() if isinstance(text, tuple)}
    return {**own, "translations": {"en": other}}


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9, 15), dt.UTC)


class _Chain:
    def __init__(self, size: str, loader: Loader, owner: User) -> None:
        self.size, self.loader, self.owner = size, loader, owner
        self.organisation: Organisation = loader.organisation
        self.own: dict[str, Any] = {"organisation": loader.organisation}
        self.chance = random.Random(SEED)
        self.tops = {unit.code: unit for unit in Unit.objects.filter(parent=None)}
        self.units: dict[int, list[Unit]] = defaultdict(list)
        for unit in Unit.objects.filter(closed_on=None).select_related("top").order_by("code"):
            self.units[unit.top_id or unit.pk].append(unit)
        self.managers: dict[int, list[Employment]] = defaultdict(list)
        found = Employment.objects.filter(to_on=None, role=StaffRole.MANAGER, person__left_on=None)
        for one in found.select_related("person", "unit", "manager").order_by("person__number"):
            self.managers[one.unit_id].append(one)
        self.everybody = [one for rows in self.managers.values() for one in rows]
        self.goals: dict[str, Goal] = {}

    # ---- direction -------------------------------------------------------------------------------

    def direction(self) -> None:
        chief = self._chief()
        vision = Vision.objects.create(
            **self.own, **_english(**words.VISION), owner=chief, from_on=dt.date(2024, 3, 1)
        )
        VisionStatement.objects.bulk_create(
            VisionStatement(**self.own, vision=vision, number=n, **_english(text=said))
            for n, said in enumerate(words.STATEMENTS, 1)
        )
        for number, (left, right, readings) in enumerate(words.SHIFTS, 1):
            texts = _english(from_text=left, to_text=right)
            shift = Shift.objects.create(**self.own, vision=vision, number=number, **texts)
            ShiftReading.objects.bulk_create(
                ShiftReading(
                    **self.own, shift=shift, on=dt.date(year, 10, 15), level=level, note=note[0],
                    is_baseline=place == 0,
                )
                for place, (year, level, note) in enumerate(readings)
            )  # fmt: skip
        self._goals(vision, chief)
        self._leadership(vision)
        strategy = Strategy.objects.create(
            **self.own,
            vision=vision,
            **_english(name=words.STRATEGY[0], idea=words.STRATEGY[1]),
        )
        StrategyStep.objects.bulk_create(
            StrategyStep(
                **self.own, strategy=strategy, number=n, kind=kind,
                **_english(text=text, assumption=assumption),
            )
            for n, (kind, text, assumption) in enumerate(words.THEORY, 1)
        )  # fmt: skip
        Programme.objects.update(strategy=strategy)

    def _chief(self) -> Person | None:
        found = Employment.objects.filter(title="Kommundirektör", to_on=None).first()
        return found.person if found else (self.everybody[0].person if self.everybody else None)

    def _goals(self, vision: Vision, chief: Person | None) -> None:
        areas = {
            code: FocusArea.objects.create(
                **self.own, vision=vision, code=code, number=n, **_english(name=name)
            )
            for n, (code, name) in enumerate(words.AREAS, 1)
        }
        sources = {
            key: StatutorySource.objects.create(
                **self.own, kind=kind, reference=reference, **_english(name=name)
            )
            for key, kind, name, reference in words.SOURCES
        }
        since = dt.date(2025, 1, 1)
        for code, area, name, orientations, rests_on in words.GOALS:
            goal = Goal.objects.create(
                **self.own, focus_area=areas[area], code=code, owner=chief, from_on=since,
                orientations=list(orientations), **_english(name=name),
            )  # fmt: skip
            goal.sources.set([sources[key] for key in rests_on])
            self.goals[code] = goal
        for code, parent, top, name in words.UNIT_GOALS:
            above = self.goals[parent]
            unit = self.tops.get(top)
            if unit is not None:
                self.goals[code] = Goal.objects.create(
                    **self.own, focus_area=above.focus_area, parent=above, code=code,
                    unit=self._below(unit, code), owner=self._manager_of(unit), from_on=since,
                    **_english(name=name),
                )  # fmt: skip

    def _below(self, top: Unit, code: str) -> Unit:
        """The top unit itself, or for a goal two levels down one of its units."""
        below = [unit for unit in self.units[top.pk] if unit.depth == 1]
        return below[0] if code.count("-") > 1 and below else top

    def _leadership(self, vision: Vision) -> None:
        *earlier, (agreed, text, _) = words.LEADERSHIP
        row = LeadershipStatement.objects.create(
            **self.own, vision=vision, agreed_on=agreed, **_english(text=text)
        )
        for number, (day, old, _) in enumerate(earlier, 1):
            changed_on = dt.date.fromisoformat(words.LEADERSHIP[number][0])
            Revision.objects.create(
                **self.own, kind="leadershipstatement", thing=row.pk, number=number,
                content={"text": old[0], "agreed_on": day}, changed=["text", "agreed_on"],
                why=words.LEADERSHIP[number][2][0], by=self.owner, at=_at(changed_on),
            )  # fmt: skip

    # ---- assignments and agreements --------------------------------------------------------------

    def assignments(self) -> None:
        rows = [
            Assignment(
                **self.own, holder=one.person, giver=one.manager, unit=one.unit,
                from_on=dt.date(2026, 1, 15),
                **_english(
                    title=(f"Leda {one.unit.name}", f"Lead {one.unit.name}"),
                    text=(
                        f"Svara för verksamhet, ekonomi och arbetsmiljö på {one.unit.name}, och för att målen når dem vi är till för.",
                        f"Answer for operations, economy and work environment at {one.unit.name}, and for the goals reaching those we are here for.",
                    ),
                ),
            )
            for one in self.everybody
        ]  # fmt: skip
        made = Assignment.objects.bulk_create(rows, batch_size=BATCH)
        through = Assignment.goals.through
        through.objects.bulk_create(
            [
                through(assignment_id=row.pk, goal_id=self.goals[code].pk)
                for row in made
                for code in self._goals_of(row.unit)
            ],
            batch_size=BATCH,
        )
        self._agreements(made)

    def _goals_of(self, unit: Unit | None) -> list[str]:
        top = self._top_code(unit) if unit else ""
        by_top = {
            "BU": ["G1", "G9"], "VO": ["G4", "G5"], "SOC": ["G3", "G9"], "SER": ["G7"],
            "AVU": ["G2"], "KF": ["G8"], "SB": ["G6"], "KLK": ["G10", "G9"], "EM": ["G7", "G6"],
            "FAST": ["G10"], "LOG": ["G7"], "DEST": ["G8", "G6"],
        }  # fmt: skip
        return by_top.get(top, ["G9"])

    def _top_code(self, unit: Unit) -> str:
        return next(
            (code for code, top in self.tops.items() if top.pk in {unit.top_id, unit.pk}), ""
        )

    def _agreements(self, assignments: Sequence[Assignment]) -> None:
        assigned = {row.holder_id: row for row in assignments}
        for number in range(AGREEMENTS if self.size != "small" else 4):
            topic = words.AGREEMENTS[number % len(words.AGREEMENTS)]
            sides = [self._pick_manager(code, number) for code in topic[0]]
            if None in sides or sides[0].person_id == sides[1].person_id:  # type: ignore[union-attr]
                continue
            first, second = sides
            assert first is not None and second is not None  # noqa: PT018, S101 -- looked at above
            day = TODAY - dt.timedelta(days=self.chance.randrange(20, 300))
            is_confirmed = number % 7 != 3
            row = Agreement.objects.create(
                **self.own, kind=Agreement.Kind.HORIZONTAL, assignment=assigned.get(first.person_id),
                first=first.person, first_unit=first.unit, second=second.person,
                second_unit=second.unit, first_confirmed_at=_at(day),
                second_confirmed_at=_at(day + dt.timedelta(days=4)) if is_confirmed else None,
                review_on=day + dt.timedelta(days=365), **_english(title=topic[1]),
            )  # fmt: skip
            self._commitments(row, topic[2], topic[3], day)

    def _commitments(
        self, row: Agreement, first: Iterable[Said], second: Iterable[Said], day: dt.date
    ) -> None:
        promised = [("first", said) for said in first] + [("second", said) for said in second]
        for number, (side, said) in enumerate(promised, 1):
            due = day + dt.timedelta(days=self.chance.randrange(20, 200))
            is_done = due < TODAY and self.chance.random() < 0.8
            Commitment.objects.create(
                **self.own, agreement=row, number=number, side=side, due_on=due,
                done_on=due if is_done else None, **_english(text=said),
            )  # fmt: skip

    def _pick_manager(self, top: str, number: int) -> Employment | None:
        unit = self.tops.get(top) or next(iter(self.tops.values()))
        below = [one for each in self.units[unit.pk] for one in self.managers[each.pk]]
        return below[number * 7 % len(below)] if below else None

    def _manager_of(self, unit: Unit) -> Person | None:
        rows = self.managers[unit.pk]
        return rows[0].person if rows else None

    # ---- initiatives -----------------------------------------------------------------------------

    def initiatives(self) -> None:
        rows = [json.loads(line) for line in CONTENT.read_text(encoding="utf-8").splitlines()]
        if self.size == "small":
            rows = rows[:SMALL_MANY]
        self.groups = self._held_groups()
        copies = LARGE_COPIES if self.size == "large" else 1
        for copy in range(copies):
            for row in rows:
                self._plan_initiative(row, copy)
        self._keep_initiatives()

    def _held_groups(self) -> list[tuple[Group, Any]]:
        meetings = Meeting.objects.filter(
            group__plan__state=Plan.State.PUBLISHED, days__on__lt=TODAY
        ).select_related("group__plan__wave", "block")
        return [(one.group, one.block) for one in meetings.order_by("pk").distinct()]

    def _plan_initiative(self, row: dict[str, Any], copy: int) -> None:
        if not hasattr(self, "planned"):
            self.planned: list[tuple[Initiative, dict[str, Any]]] = []
        unit = self._unit_for(row)
        owner = self._owner(unit, len(self.planned))
        first, last = AGES[row["stage"]]
        made = TODAY - dt.timedelta(days=self.chance.randrange(first, last))
        code = row["code"] if not copy else f"MV-{copy * 400 + int(row['code'][3:]):03}"
        stage = Stage(row["stage"])
        is_over = stage in {Stage.EMBEDDED, Stage.STOPPED}
        heard = max(
            made, TODAY - dt.timedelta(days=self.chance.choice((2, 6, 11, 19, 33, 70, 110)))
        )
        group, block = (None, None)
        if self.groups and made > TODAY - dt.timedelta(days=60):
            group, block = self.groups[len(self.planned) % len(self.groups)]
        initiative = Initiative(
            **self.own, code=code, beneficiary=row["beneficiary"], kind=row["type"], stage=stage,
            owner=owner, unit=unit, orientations=row["orientations"], made_on=made,
            heard_on=made + (TODAY - made) // 2 if is_over else heard,
            started_on=None if stage == Stage.IDEA else made + dt.timedelta(days=14),
            ended_on=made + (TODAY - made) // 2 if is_over else None,
            programme=group.plan.wave.programme if group else None, group=group, block=block,
            routine=f"Verksamhetsplanen 2027, {unit.name}" if stage == Stage.EMBEDDED else "",
            details=self._details(row),
            **_english(
                title=_pair(row["title"]), why=_pair(row["why"]), hypothesis=_pair(row["hypothesis"]),
                group_text=_pair(row["group"]),
                learning=_pair(row["learning"]) if "learning" in row else "",
            ),
        )  # fmt: skip
        initiative.folded = fold(initiative.title, code, initiative.group_text)[:600]
        self.planned.append((initiative, row))

    def _details(self, row: dict[str, Any]) -> dict[str, Any]:
        story = row.get("story", {})
        details: dict[str, Any] = {}
        if "resistance" in story and row["type"] == "merge":
            details["resistance"] = story["resistance"]["sv"]
        if "checklist" in story:
            details["checklist"] = [
                f"{'[x] ' if one['done'] else ''}{one['sv']} ({one['source']})"
                for one in story["checklist"]
            ]
            details["source"] = "Skollagen 2 kap. 25 §"
        return details

    def _unit_for(self, row: dict[str, Any]) -> Unit:
        top = self.tops.get(row["department"]) or next(iter(self.tops.values()))
        units = [unit for unit in self.units[top.pk] if unit.pk != top.pk] or [top]
        place = row["place"]["sv"]
        word = next((name for begins, name in PLACES.items() if begins in place), place.split()[0])
        fitting = [unit for unit in units if word.casefold()[:9] in unit.name.casefold()]
        managed = [unit for unit in fitting or units if self.managers[unit.pk]]
        choice = managed or fitting or units
        return choice[int(row["code"][3:]) * 13 % len(choice)]

    def _owner(self, unit: Unit, number: int) -> Person:
        """The unit's manager, else the manager of the nearest unit above that has one."""
        own = self.managers[unit.pk]
        if own:
            return own[number % len(own)].person
        keys = [int(key) for key in unit.path.split("/") if key]
        above = [one for key in reversed(keys) for one in self.managers[key]]
        return (above or self.everybody)[0].person

    def _keep_initiatives(self) -> None:
        made = Initiative.objects.bulk_create([one for one, _ in self.planned], batch_size=BATCH)
        goals, partners = Initiative.goals.through, Initiative.partner_units.through
        goals.objects.bulk_create(
            [
                goals(initiative_id=one.pk, goal_id=self.goals[code].pk)
                for one, row in self.planned
                for code in row["goals"]
            ],
            batch_size=BATCH,
        )
        partners.objects.bulk_create(
            [
                partners(initiative_id=one.pk, unit_id=self.tops[code].pk)
                for one, row in self.planned
                for code in row["with"]
                if code in self.tops
            ],
            batch_size=BATCH,
        )
        self._steps_and_diary()
        self._stages_and_gates()
        self._benefits()
        self._quotations()
        InitiativePerson.objects.bulk_create(
            (
                InitiativePerson(**self.own, initiative=one, person=self._mate(one, k))
                for k, one in enumerate(made)
                if self._mate(one, k).pk != one.owner_id
            ),
            batch_size=BATCH,
        )

    def _mate(self, initiative: Initiative, number: int) -> Person:
        return self.everybody[(number * 31 + initiative.pk) % len(self.everybody)].person

    def _steps_and_diary(self) -> None:
        steps, diary = [], []
        for one, row in self.planned:
            is_behind = one.stage in {Stage.RESULT_SHOWN, Stage.EMBEDDED}
            begun = one.started_on or one.made_on
            for number, step in enumerate(row["steps"], 1):
                due = begun + dt.timedelta(days=step["day"])
                is_done = is_behind or (
                    one.stage != Stage.IDEA and due < TODAY - dt.timedelta(days=9)
                )
                text = (step["sv"], step["en"])
                steps.append(
                    InitiativeStep(
                        **self.own, initiative=one, number=number, due_on=due,
                        done_on=due if is_done else None, **_english(text=text),
                    )
                )  # fmt: skip
            for entry in row.get("story", {}).get("diary", ()):
                on = min(TODAY, begun + dt.timedelta(days=entry["day"]))
                text = (entry["sv"], entry["en"])
                diary.append(
                    DiaryEntry(
                        **self.own, initiative=one, on=on, by=one.owner, **_english(text=text)
                    )
                )
        InitiativeStep.objects.bulk_create(steps, batch_size=BATCH)
        DiaryEntry.objects.bulk_create(diary, batch_size=BATCH)

    def _stages_and_gates(self) -> None:
        changes, gates = [], []
        for one, row in self.planned:
            reached = ORDER[: ORDER.index(one.stage) + 1] if one.stage in ORDER else ORDER[:2]
            if one.stage == Stage.STOPPED:
                reached = [*reached, Stage.STOPPED]
            span = ((one.ended_on or TODAY) - one.made_on) / max(1, len(reached))
            for place, stage in enumerate(reached):
                changes.append(
                    StageChange(
                        **self.own, initiative=one, before=reached[place - 1] if place else "",
                        after=stage, on=one.made_on + span * place,
                    )
                )  # fmt: skip
            gates += list(self._gates(one, row))
        StageChange.objects.bulk_create(changes, batch_size=BATCH)
        Gate.objects.bulk_create(gates, batch_size=BATCH)

    def _gates(self, one: Initiative, row: dict[str, Any]) -> Iterable[Gate]:
        begun = one.started_on or one.made_on
        told = set()
        for gate in row.get("story", {}).get("gates", ()):
            kind = GATE_KINDS[gate["kind"]]
            told.add(kind)
            outcome = tuple(
                f"{gate['level'][language]}: {gate['outcome'][language]}"[:500]
                for language in ("sv", "en")
            )
            yield Gate(
                **self.own, initiative=one, kind=kind, on=begun + dt.timedelta(days=gate["day"]),
                is_passed=True, **_english(outcome=(outcome[0], outcome[1])),
            )  # fmt: skip
        for demand in gates_before(one.kind, one.stage):
            if demand.kind not in told:
                yield Gate(
                    **self.own, initiative=one, kind=demand.kind, on=begun, is_passed=True,
                    level=Gate.Level.LOCAL if demand.kind == Gate.Kind.CO_OPERATION else "",
                    **_english(outcome=GATE_OUTCOMES[demand.kind]),
                )  # fmt: skip

    # ---- benefits --------------------------------------------------------------------------------

    def _benefits(self) -> None:
        rows = [
            (self._benefit(one, said), said) for one, row in self.planned for said in _measured(row)
        ]
        Benefit.objects.bulk_create([benefit for benefit, _ in rows], batch_size=BATCH)
        Reading.objects.bulk_create(
            (reading for benefit, said in rows for reading in self._readings(benefit, said)),
            batch_size=BATCH,
        )

    def _benefit(self, one: Initiative, said: dict[str, Any]) -> Benefit:
        months = len(said["readings"])
        changed = _month_end(TODAY, months - 1)
        goal = next((self.goals[code] for code in self._codes_of(one)), None)
        is_shown = one.stage == Stage.EMBEDDED
        chain = tuple(said["chain"][language].replace(" → ", "\n") for language in ("sv", "en"))
        return Benefit(
            **self.own, initiative=one, kind=said["kind"], beneficiary=one.beneficiary, goal=goal,
            aggregation=said["aggregation"], better=said["better"], baseline=said["baseline"],
            baseline_on=_month_end(TODAY, months), target=said["target"],
            target_on=dt.date(2027, 6, 30), changed_on=changed, owner=one.owner,
            evidence="Avläst i verksamhetssystemet varje månad." if is_shown else "",
            is_realised=True if is_shown else None,
            **_english(
                name=_pair(said["indicator"]), indicator=_pair(said["indicator"]),
                measure=_pair(said["unit"]), chain=(chain[0], chain[1]),
                group_text=one.group_text, method=("Ur verksamhetssystemet, per månad", "From the operations system, monthly"),
            ),
        )  # fmt: skip

    def _codes_of(self, one: Initiative) -> list[str]:
        if not hasattr(self, "_codes"):
            self._codes = {id(each): row["goals"] for each, row in self.planned}
        return self._codes[id(one)]

    def _readings(self, benefit: Benefit, said: dict[str, Any]) -> Iterable[Reading]:
        values = said["readings"]
        noise = max(abs(b - a) for a, b in pairwise(values)) / 4
        before = [
            round(said["baseline"] + self.chance.uniform(-noise, noise), 1) for _ in range(BEFORE)
        ]
        every = [*before, *values]
        for place, value in enumerate(every):
            back = len(every) - 1 - place
            yield Reading(
                **self.own, benefit=benefit, on=_month_end(TODAY, back), value=value,
                aggregation=benefit.aggregation, n=self.chance.randrange(20, 240),
                is_provisional=back == 0 and benefit.kind == Benefit.Kind.WORK_ENVIRONMENT,
                note="Preliminär, lönekörningen är inte klar." if back == 0 and benefit.kind == Benefit.Kind.WORK_ENVIRONMENT else "",
            )  # fmt: skip

    def _quotations(self) -> None:
        rows = []
        for one, row in self.planned:
            for place, said in enumerate(row.get("story", {}).get("quotes", ())):
                has_consent = not (one.code in {"MV-004", "MV-005"} and place == 0)
                rows.append(
                    Quotation(
                        **self.own, initiative=one, consent_on=TODAY if has_consent else None,
                        purpose="Berättelsen om initiativet, på webben och i tryck" if has_consent else "",
                        **_english(text=(said["sv"], said["en"]), who=_pair(said["role"])),
                    )
                )  # fmt: skip
        Quotation.objects.bulk_create(rows)

    # ---- promises and forms ----------------------------------------------------------------------

    def promises(self) -> None:
        rows = [
            self._promise(meeting, participant.person_id, last, place + more * 5)
            for meeting, last in self._held_meetings()
            for place, participant in enumerate(
                Participant.objects.filter(group=meeting.group_id).order_by("pk")
            )
            for more in range(2 if place % 3 else 1)
        ]
        Promise.objects.bulk_create(rows, batch_size=BATCH)

    def _held_meetings(self) -> list[tuple[Meeting, dt.date]]:
        found = Meeting.objects.filter(group__plan__state=Plan.State.PUBLISHED).prefetch_related(
            "days"
        )
        dated = [(one, max(day.on for day in one.days.all())) for one in found.order_by("pk")]
        return [(one, last) for one, last in dated if last < TODAY]

    def _promise(self, meeting: Meeting, person: int, last: dt.date, place: int) -> Promise:
        due = last + dt.timedelta(days=self.chance.randrange(5, 30))
        is_told = due < TODAY and self.chance.random() < TOLD_SHARE
        outcome = self.chance.choices(("used", "tried", "not_yet"), (5, 3, 2))[0] if is_told else ""
        told: str | Said = self.chance.choice(words.TOLD[outcome]) if outcome else ""
        what = words.PROMISES[(place + meeting.pk) % len(words.PROMISES)]
        return Promise(
            **self.own, person_id=person, meeting=meeting, due_on=due, made_on=last,
            with_whom="Ledningsgruppen", outcome=outcome, reported_on=due if outcome else None,
            **_english(what=what, told=told),
        )  # fmt: skip

    def forms(self) -> None:
        for meeting, last in self._held_meetings():
            people = Person.objects.filter(participations__group=meeting.group_id)
            opens = last + dt.timedelta(days=1)
            title = f"{meeting.block.title}, {meeting.group.name}"
            made = create_round(
                "block", title=title, opens_on=opens, meeting=meeting, by=self.owner, at=_at(opens)
            )
            launch_round(made, people, by=self.owner, at=_at(opens))
            self._answer(made, opens, self._block_answer)
        opens = dt.date(2026, 9, 21)
        made = create_round(
            "shared-picture", title="Hösten 2026", opens_on=opens, by=self.owner, at=_at(opens)
        )
        leaders = Person.objects.filter(pk__in=[one.person_id for one in self.everybody])
        launch_round(made, leaders, by=self.owner, at=_at(opens))
        self._answer(made, opens, self._pulse_answer)

    def _answer(self, made: Round, on: dt.date, say: Any) -> None:
        """Put answers into the round's boxes, shuffled, and note who has answered."""
        boxes = list(Box.objects.filter(round=made).order_by("number"))
        invitations = list(Invitation.objects.filter(round=made).order_by("person__number"))
        answered = [one for one in invitations if self.chance.random() < ANSWER_SHARE]
        for place, invitation in enumerate(answered):
            invitation.answered_on = on
            self.chance.choice(boxes).answers.append(say(place))
        for box in boxes:
            self.chance.shuffle(box.answers)
        Invitation.objects.bulk_update(answered, ["answered_on"], batch_size=500)
        Box.objects.bulk_update(boxes, ["answers"])

    def _block_answer(self, place: int) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "hands_on": self.chance.choices((2, 3, 4, 5), (1, 3, 8, 6))[0],
            "value_self": self.chance.choices((2, 3, 4, 5), (1, 4, 8, 5))[0],
            "value_team": self.chance.choices((1, 2, 3, 4, 5), (1, 2, 5, 7, 4))[0],
        }
        if place % 3 == 0:
            answer["sentence"] = self.chance.choice(words.SENTENCES)
        return answer

    def _pulse_answer(self, place: int) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "how_clear": self.chance.choices((1, 2, 3, 4, 5), (2, 5, 7, 6, 2))[0]
        }
        if place % 2 == 0:
            answer["in_own_words"] = self.chance.choice(words.PULSE)
        return answer


def _measured(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything that an initiative's content says was measured."""
    given = [row["benefit"]] if "benefit" in row else []
    return [*given, *row.get("story", {}).get("extra_readings", ())]


def _pair(said: dict[str, str]) -> Said:
    return said["sv"], said["en"]


def _month_end(day: dt.date, back: int) -> dt.date:
    """The last day of the month that lies ``back`` whole months before the day's."""
    month = day.year * 12 + day.month - 1 - back
    return dt.date(month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
