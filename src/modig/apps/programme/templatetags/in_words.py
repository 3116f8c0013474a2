"""Dates, hours and figures of plans in words."""

import datetime as dt

from django import template
from django.utils.dateformat import format as format_date
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from modig.apps.programme.queries.groups import Dated
from modig.apps.ui.templatetags.ui import days, number, percent

register = template.Library()


@register.filter
def long_day(day: dt.date, today: dt.date) -> str:
    """A day with its weekday, and the year only when it is another: torsdag 14 januari."""
    return format_date(day, "l j F" if day.year == today.year else "l j F Y")


@register.filter
def long_days(row: Dated, today: dt.date) -> str:
    """All days of a meeting with their weekdays: onsdag–torsdag 3–4 februari 2027."""
    if row.first == row.last:
        return long_day(row.first, today)
    weekdays = f"{format_date(row.first, 'l')}–{format_date(row.last, 'l')}"
    return f"{weekdays} {days(row.days)}"


@register.filter
def from_today(day: dt.date, today: dt.date) -> str:
    """A day as one says it: today, tomorrow, or the weekday and the date."""
    ahead = (day - today).days
    if ahead == 0:
        return _("today")
    return _("tomorrow") if ahead == 1 else long_day(day, today)


@register.filter
def hours(row: Dated) -> str:
    """From when to when each day of a meeting lasts: 08.30–16.30."""
    return f"{time_format(row.begins, 'TIME_FORMAT')}–{time_format(row.ends, 'TIME_FORMAT')}"


@register.filter
def exactly(value: float | None) -> str:
    """A figure with as many decimals as it needs, two at most: 8 412, or 8 412,5."""
    if value is None:
        return "–"
    decimals = next((d for d in (0, 1) if round(value, d) == round(value, 2)), 2)
    return number(round(value, 2), decimals)


@register.filter
def signed(value: float) -> str:
    """A change with its sign: +14, −2, 0."""
    return f"+{exactly(value)}" if value > 0 else exactly(value)


@register.filter
def of_bound(share: float | None) -> str:
    """A share of the bound, never rounded up to the whole: 99,6 %, 99,998 %."""
    if share is None:
        return "–"
    decimals = next((d for d in (1, 2, 3) if round(share * 100, d) < 100), 4)
    return percent(share, 1 if share >= 1 else decimals)
