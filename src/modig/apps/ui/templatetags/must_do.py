"""How a thing to do says when it is due, and with which picture."""

import datetime as dt

from django import template
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from modig.apps.ui.must_do import MustDo

register = template.Library()
ICONS = {
    "agreement": "writing",
    "commitment": "list-check",
    "form": "message-circle",
    "initiative": "bulb",
    "meeting": "calendar-event",
    "promise": "flag",
}
NEAR = 7


@register.filter
def picture(thing: MustDo, today: dt.date) -> str:
    """The name of the icon of a thing to do."""
    return "alert-circle" if thing.is_late(today) else ICONS.get(thing.kind, "circle-dashed")


@register.filter
def due(thing: MustDo, today: dt.date) -> str:
    """When a thing is due: late since Friday; today; tomorrow; by Friday 27 November."""
    if thing.due_on is None:
        return _("When you can")
    days = (thing.due_on - today).days
    words = {"day": _in_words(thing.due_on, today)}
    if days < 0:
        return _("Late since %(day)s") % words
    if thing.kind == "meeting":
        return {0: _("Today"), 1: _("Tomorrow")}.get(
            days, words["day"][:1].upper() + words["day"][1:]
        )
    return {0: _("Today"), 1: _("By tomorrow")}.get(days, _("By %(day)s") % words)


@register.filter
def urgency(thing: MustDo, today: dt.date) -> str:
    """A class for when it is late or today."""
    if thing.is_late(today):
        return "late"
    return "soon" if thing.due_on == today else ""


def _in_words(day: dt.date, today: dt.date) -> str:
    """A day near by its weekday, another by its date, in another year with the year."""
    if abs((day - today).days) < NEAR:
        return format_date(day, "l")
    return format_date(day, "l j F" if day.year == today.year else "j F Y")
