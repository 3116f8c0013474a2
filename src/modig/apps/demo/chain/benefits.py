"""The benefit register with its readings, and the national indicators beside them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Any

from modig.apps.demo.chain.ground import TODAY, Ground, Said, english, month_end, morning, pair
from modig.apps.demo.chain.initiatives import Planned
from modig.apps.demo.loader import BATCH
from modig.apps.demo.malarvik.details import CLAIMS
from modig.apps.demo.malarvik.stories import SICK_LEAVE_IS_LATE, BenefitStory
from modig.apps.initiatives import kolada
from modig.apps.initiatives.actions.indicators import take_in_indicators
from modig.apps.initiatives.kolada.reading import read_indicators
from modig.apps.initiatives.models import Benefit, Indicator, Reading, Stage

SAMPLE = Path(kolada.__file__).parent / "sample" / "malarvik.json"
TAKEN_IN_ON = dt.date(2026, 10, 5)
BEFORE = 6
"""Months read before the new way began, so that its noise is known."""
NATIONAL = {
    ("mottagande", "dagar"): "X99001",
    ("kontinuitet", "personer"): "X99002",
    ("bygglov", "dagar"): "X99003",
    ("sjukfranvaro", "%"): "X99004",
    ("elevhalsa", "%"): "X99005",
    ("praktik", "%"): "X99006",
}
"""The indicator that stands beside a benefit, by the matter and what it is measured in."""
METHODS: dict[str, Sequence[Said]] = {
    "quality": (
        ("Ur verksamhetssystemet, alla avslutade ärenden i månaden", "From the operations system, all cases closed in the month"),
        ("Räknat för hand en vecka i månaden, veckan dras med lott", "Counted by hand one week a month, the week is drawn by lot"),
        ("Tre frågor till dem det gäller, på papper eller skärm", "Three questions to those concerned, on paper or screen"),
    ),
    "economy": (
        ("Ekonomisystemet, månadens utfall", "The finance system, the month's result"),
        ("Vägt och räknat på plats, summerat varje månad", "Weighed and counted on site, summed each month"),
        ("Tidrapporterna, alla i laget", "The time sheets, everybody in the team"),
    ),
    "work_environment": (
        ("Lönesystemet, månadens eget värde och inte rullande år", "The payroll system, the month's own value and not the rolling year"),
        ("Sex frågor på arbetsplatsträffen, svar på lapp", "Six questions at the workplace meeting, answered on slips"),
        ("Schemat mot hur det blev", "The rota against how it turned out"),
    ),
    "legal": (
        ("Egenkontroll mot listan, granskad av en kollega från en annan enhet", "Self-check against the list, reviewed by a colleague from another unit"),
        ("Stickprov på tjugo ärenden i månaden", "A sample of twenty cases a month"),
    ),
}  # fmt: skip
ASSUMPTIONS: Sequence[Said] = (
    ("Inget annat har ändrats samtidigt, vad vi vet.", "Nothing else has changed at the same time, as far as we know."),
    ("Semestermånaderna är få, titta på hela raden.", "Holiday months are few, look at the whole row."),
    ("En ny chef i mars kan ha betydelse.", "A new manager in March may matter."),
    ("Gäller bara så länge vi är fullt bemannade.", "Holds only as long as we are fully staffed."),
    ("Vi mäter på samma sätt före och efter.", "We measure in the same way before and after."),
)  # fmt: skip
COSTS: Sequence[Said] = (
    ("En timme i veckan", "An hour a week"),
    ("Ingen ny kostnad", "No new cost"),
    ("Två arbetsdagar att komma igång", "Two working days to get started"),
    ("Vikarie en halv dag i månaden", "A substitute half a day a month"),
)
EVIDENCE: Sequence[Said] = (
    ("Avläst varje månad, kontrollerad av controller i oktober.", "Read every month, checked by the controller in October."),
    ("Mätningen ligger kvar i rutinen och har granskats av en annan enhet.", "The measuring stays in the routine and has been reviewed by another unit."),
    ("Verksamhetssystemet och enkäten säger samma sak.", "The operations system and the survey say the same."),
)  # fmt: skip
NOTES: Sequence[Said] = (
    ("Semestermånad, färre än hälften så många som vanligt.", "A holiday month, fewer than half as many as usual."),
    ("Två veckor saknas, systemet byttes.", "Two weeks are missing, the system was changed."),
    ("En avdelning lämnade siffror för sent.", "One ward handed in its figures late."),
    ("Räknat av en vikarie, samma mall.", "Counted by a substitute, with the same form."),
)  # fmt: skip
FEW, JULY = (5, 18), 7


def load_benefits(ground: Ground, planned: Sequence[Planned]) -> None:
    indicators = _indicators(ground)
    made = [
        _Row(ground, one, said, place)
        for one in planned
        for place, said in enumerate(_measured(one))
    ]
    benefits = [row.benefit(number, indicators) for number, row in enumerate(made)]
    Benefit.objects.bulk_create(benefits, batch_size=BATCH)
    Reading.objects.bulk_create(
        (
            reading
            for number, (row, benefit) in enumerate(zip(made, benefits, strict=True))
            for reading in row.readings(benefit, number)
        ),
        batch_size=BATCH,
    )
    Benefit.objects.bulk_create(
        (_claim(ground, one) for one in planned if one.row["code"] in CLAIMS), batch_size=BATCH
    )


def _claim(ground: Ground, one: Planned) -> Benefit:
    """A benefit that somebody hopes for and nobody has read yet."""
    name, indicator, measure = CLAIMS[one.row["code"]]
    initiative = one.initiative
    goal = next((ground.goals[code] for code in one.row["goals"]), None)
    return Benefit(
        **ground.own, initiative=initiative, beneficiary=initiative.beneficiary, goal=goal,
        owner=initiative.owner, changed_on=initiative.started_on,
        target_on=initiative.made_on + dt.timedelta(days=270),
        **english(
            name=name, indicator=indicator, measure=measure, group_text=pair(one.row["group"]),
        ),
    )  # fmt: skip


def _indicators(ground: Ground) -> dict[str, Indicator]:
    content = read_indicators(SAMPLE.name, SAMPLE.read_bytes())
    take_in_indicators(content, by=ground.owner, at=morning(TAKEN_IN_ON))
    return {one.code: one for one in Indicator.objects.all()}


def _measured(one: Planned) -> list[dict[str, Any]]:
    """Everything that an initiative's content says was measured."""
    given = [one.row["benefit"]] if "benefit" in one.row else []
    return [*given, *one.told("extra_readings")]


class _Row:
    """A benefit in the making: what its content says, and for the six stories what stands beside."""

    def __init__(self, ground: Ground, one: Planned, said: dict[str, Any], place: int) -> None:
        self.ground, self.one, self.said = ground, one, said
        self.story: BenefitStory | None = one.story.benefits[place] if one.story else None
        self.months = len(said["readings"])

    @property
    def changed_on(self) -> dt.date | None:
        """When the new way began; the others began with the first reading."""
        return self.story.changed_on if self.story else month_end(TODAY, self.months - 1)

    def benefit(self, number: int, indicators: dict[str, Indicator]) -> Benefit:
        one, said = self.one.initiative, self.said
        goal = next((self.ground.goals[code] for code in self.one.row["goals"]), None)
        chain = tuple(said["chain"][language].replace(" → ", "\n") for language in ("sv", "en"))
        return Benefit(
            **self.ground.own, initiative=one, kind=said["kind"], beneficiary=one.beneficiary,
            goal=goal, aggregation=said["aggregation"], better=said["better"],
            baseline=said["baseline"], baseline_on=month_end(TODAY, self.months),
            target=said["target"], target_on=dt.date(2027, 6, 30), changed_on=self.changed_on,
            owner=one.owner, is_realised=self._is_realised(),
            national=indicators.get(self._national()),
            **english(
                indicator=pair(said["indicator"]), measure=pair(said["unit"]),
                chain=(chain[0], chain[1]), group_text=pair(self.one.row["group"]),
                **self._texts(number),
            ),
        )  # fmt: skip

    def _texts(self, number: int) -> dict[str, Said]:
        if self.story:
            return {
                "name": self.story.name, "method": self.story.method, "cost": self.story.cost,
                "assumptions": self.story.assumptions, "evidence": self.story.evidence,
            }  # fmt: skip
        methods = METHODS[self.said["kind"]]
        return {
            "name": pair(self.said["indicator"]),
            "method": methods[number % len(methods)],
            "cost": COSTS[number % len(COSTS)],
            "assumptions": ASSUMPTIONS[number % len(ASSUMPTIONS)],
            "evidence": EVIDENCE[number % len(EVIDENCE)] if self._is_realised() else ("", ""),
        }

    def _is_realised(self) -> bool | None:
        if self.story:
            return self.story.is_realised
        return True if self.one.initiative.stage == Stage.EMBEDDED else None

    def _national(self) -> str:
        if self.story:
            return self.story.national
        return NATIONAL.get((self.one.row["cluster"], self.said["unit"]["sv"]), "")

    def readings(self, benefit: Benefit, number: int) -> Iterable[Reading]:
        every = [*self._before(), *self.said["readings"]]
        few, many = FEW
        for place, value in enumerate(every):
            back = len(every) - 1 - place
            note = self._note(back, number)
            yield Reading(
                **self.ground.own, benefit=benefit, on=month_end(TODAY, back), value=value,
                aggregation=benefit.aggregation,
                n=self.ground.chance.randrange(few, many) if note in NOTES[:1]
                else self.ground.chance.randrange(20, 240),
                is_provisional=note == SICK_LEAVE_IS_LATE, **english(note=note),
            )  # fmt: skip

    def _before(self) -> list[float]:
        """The months before the first reading: around the baseline, as noisy as later ones."""
        if self.changed_on is None:
            return []
        values = self.said["readings"]
        noise = 1.5 * fmean(abs(b - a) for a, b in pairwise(values))
        digits = 0 if all(float(value).is_integer() for value in values) else 1
        chance = self.ground.chance
        return [
            round(self.said["baseline"] + chance.uniform(-noise, noise), digits)
            for _ in range(BEFORE)
        ]

    def _note(self, back: int, number: int) -> Said:
        """What is said of how good the figure is: in a story its own, else of the usual July."""
        if self.story:
            return self.story.notes.get(back, ("", ""))
        if back == 0 and self.said["kind"] == Benefit.Kind.WORK_ENVIRONMENT and self._is_payroll:
            return SICK_LEAVE_IS_LATE
        if month_end(TODAY, back).month == JULY:
            return NOTES[0]
        return NOTES[1 + number % 3] if (back * 7 + number) % 23 == 0 else ("", "")

    @property
    def _is_payroll(self) -> bool:
        return "frånvaro" in self.said["indicator"]["sv"].casefold()
