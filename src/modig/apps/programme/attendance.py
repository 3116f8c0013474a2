"""The attendance sheet of a group, typeset as PDF."""

import json
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from modig.apps.programme.models import Group
from modig.apps.programme.queries.groups import Dated, Member
from modig.apps.ui.templatetags.ui import days as days_in_words

TEMPLATE = Path(__file__).parent / "typst" / "attendance.typ"
FONTS = Path(settings.STATICFILES_DIRS[0]) / "vendor"


def attendance_sheet(group: Group, meetings: Sequence[Dated], members: Sequence[Member]) -> bytes:
    """One page (or more) per meeting: who is expected, with a line to sign, by team."""
    import typst  # noqa: PLC0415 -- heavy

    programme = group.plan.wave.programme
    told = {
        "language": (get_language() or "sv")[:2],
        "title": f"{group.name}, {programme.name}",
        "words": {
            "attendance": _("Attendance"),
            "name": _("Name"),
            "unit": _("Title and unit"),
            "sign": _("Signature"),
            "facilitator": _("Facilitator"),
            "venue": _("Venue"),
            "page": _("page"),
            "alone": _("Without a team"),
        },
        "meetings": [
            {
                "title": row.meeting.block.title,
                "days": [day.isoformat() for day in row.days],
                "when": days_in_words(row.days),
                "venue": _venue(row),
                "facilitator": str(row.meeting.facilitator or "–"),
            }
            for row in meetings
        ],
        "members": [
            {
                "name": str(one.person),
                "team": str(one.participant.team) if one.participant.team else "",
                "work": ", ".join(filter(None, [one.employment.title, str(one.employment.unit)]))
                if one.employment
                else "",
            }
            for one in members
        ],
    }
    made = typst.compile(
        str(TEMPLATE),
        sys_inputs={"told": json.dumps(told)},
        font_paths=[str(FONTS)],
    )
    return bytes(made)


def _venue(row: Dated) -> str:
    venue = row.meeting.venue
    return ", ".join(filter(None, [venue.name, venue.place])) if venue else "–"
