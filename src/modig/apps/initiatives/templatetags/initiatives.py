"""Figures of benefits as people write them."""

from typing import Any

from django import template

from modig.apps.ui.templatetags.ui import number

register = template.Library()


@register.filter
def figure(value: Any) -> str:
    """A measured value with the decimals that it has, two at the most: 12, 4,3, 0,75."""
    if value is None or value == "":
        return "–"
    rounded = round(float(value), 2)
    for decimals in (0, 1):
        if round(rounded, decimals) == rounded:
            return number(rounded, decimals)
    return number(rounded, 2)


@register.filter
def in_year(values: dict[int, float | None], year: int) -> float | None:
    """The value of a year; None where there is none, or the source withholds it."""
    return values.get(year)


@register.filter
def rounded(value: Any) -> str:
    """A mean with no more decimals than it deserves: 9,1 and 0,46, but 1 235."""
    if value is None or value == "":
        return "–"
    size = abs(float(value))
    return figure(round(float(value), 0 if size >= 1000 else 1 if size >= 1 else 2))
