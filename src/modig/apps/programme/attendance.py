"""The attendance sheet of a group, typeset as PDF that screen readers can follow (PDF/UA-1)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.formats import time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from modig.apps.programme.models import Group
from modig.apps.programme.queries.groups import Dated, Member
from modig.apps.ui.templatetags.ui import days as days_in_words

TEMPLATE = Path(__file__).parent / "typst" / "attendance.typ"
REGIONS = {"sv": "se", "en": "gb"}


def attendance_sheet(group: Group, meetings: Sequence[Dated], members: Sequence[Member]) -> bytes:
    """One page (or more) per meeting: who is expected, with a line to sign, by team."""
    import typst  # noqa: PLC0415 -- heavy

    made = typst.compile(
        str(TEMPLATE),
        sys_inputs={"told": json.dumps(_told(group, meetings, members))},
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )
    return bytes(made)


def _told(group: Group, meetings: Sequence[Dated], members: Sequence[Member]) -> dict[str, Any]:
    """Everything that the sheet says, as values: no text ever becomes markup."""
    language = (get_language() or "sv")[:2]
    return {
        "language": language,
        "region": REGIONS.get(language, "se"),
        "title": f"{group.name}, {group.plan.wave.programme.name}",
        "words": {
            "attendance": _("Attendance"),
            "name": _("Name"),
            "work": _("Title and unit"),
            "sign": _("Signature"),
            "when": _("When"),
            "facilitator": _("Facilitator"),
            "venue": _("Venue"),
            "page": _("page"),
            "alone": _("Without a team"),
            "others": _("Substitutes and others"),
        },
        "meetings": [_meeting(row) for row in meetings],
        "members": [_member(one) for one in members],
    }


def _meeting(row: Dated) -> dict[str, Any]:
    venue = row.meeting.venue
    hours = f"{time_format(row.begins, 'TIME_FORMAT')}–{time_format(row.ends, 'TIME_FORMAT')}"
    return {
        "title": row.meeting.block.title,
        "days": [format_date(day, "j/n") for day in row.days],
        "when": f"{days_in_words(row.days)}, {hours}",
        "venue": ", ".join(filter(None, [venue.name, venue.place])) if venue else "–",
        "facilitator": str(row.meeting.facilitator or "–"),
    }


def _member(one: Member) -> dict[str, str]:
    work = one.employment
    return {
        "name": str(one.person),
        "team": str(one.participant.team or ""),
        "work": ", ".join(filter(None, [work.title, str(work.unit)])) if work else "",
    }
