"""The story of an initiative, typeset as PDF that screen readers can follow (PDF/UA-1)."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from modig.apps.initiatives.templatetags.initiatives import figure, rounded
from modig.apps.reports.queries.story import Figure, Story

TEMPLATE = Path(__file__).parent / "typst" / "story.typ"
REGIONS = {"sv": "se", "en": "gb"}


def story_sheet(story: Story, on: date) -> bytes:
    """The story as a PDF of one or two pages, with the day on which it was made."""
    import typst  # noqa: PLC0415 -- heavy

    made = typst.compile(
        str(TEMPLATE),
        sys_inputs={"told": json.dumps(told(story, on))},
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )
    return bytes(made)


def told(story: Story, on: date) -> dict[str, Any]:
    """Everything that the sheet says, as values: no text ever becomes markup."""
    initiative = story.initiative
    said = initiative.said
    language = (get_language() or "sv")[:2]
    gainer = str(initiative.get_beneficiary_display()).capitalize()
    return {
        "language": language,
        "region": REGIONS.get(language, "se"),
        "title": str(said.title),
        "code": initiative.code,
        "organisation": initiative.organisation.name,
        "where": f"{initiative.unit}, {initiative.get_stage_display()}",
        "owner": str(initiative.owner),
        "words": {
            "story": _("The story of an initiative"),
            "was": _("What it was"),
            "idea": _("The idea"),
            "whom": _("For whom"),
            "goals": _("Goals it serves"),
            "done": _("What was done"),
            "happened": _("What happened"),
            "learned": _("What we learned"),
            "quotes": _("In their words"),
            "owner": _("Owner"),
            "together": _("Together with"),
            "page": _("page"),
            "measured": _("What is measured"),
            "before": _("Before"),
            "after": _("After"),
            "sure": _("How sure"),
            "source": _("Source"),
            "made": _("Made %(day)s") % {"day": _day(on)},
            "unproven": _(
                "What is unproven is called unproven. Natural limits part noise from change."
            ),
            "nothing": _("Nothing has been measured yet, so nothing is proven."),
        },
        "why": str(said.why),
        "idea": str(said.hypothesis),
        "whom": f"{gainer}: {said.group_text}" if said.group_text else gainer,
        "goals": [f"{goal.code} {goal}" for goal in story.goals_holding],
        "withdrawn": [
            _("%(goal)s (withdrawn)") % {"goal": f"{goal.code} {goal}"}
            for goal in story.goals_withdrawn
        ],
        "together": [str(unit) for unit in story.partner_units],
        "events": [
            {
                "day": _day(one.on),
                "text": f"{one.gate.capitalize()}: {one.text}" if one.gate else one.text,
            }
            for one in story.events
        ],
        "figures": [_figure(one) for one in story.figures],
        "learned": str(said.learning),
        "quotes": [
            {"text": str(one.said.text), "who": str(one.said.who)} for one in story.quotations
        ],
    }


def _figure(one: Figure) -> dict[str, str]:
    benefit, change = one.benefit, one.proof.change
    measure = str(benefit.said.measure)
    before = change.before_mean if change else benefit.baseline
    after = change.after_mean if change else one.latest.value if one.latest else None
    source = str(benefit.said.method or "–")
    if one.n:
        source = _("%(source)s; %(n)s readings") % {"source": source, "n": one.n}
    return {
        "name": str(benefit.said.name),
        "indicator": f"{benefit.said.indicator}, {measure}"
        if measure
        else str(benefit.said.indicator),
        "before": rounded(before) if change else figure(before),
        "after": rounded(after) if change else figure(after),
        "sure": str(one.proof.word),
        "source": source,
    }


def _day(day: date | None) -> str:
    return format_date(day, "j F Y") if day else "–"
