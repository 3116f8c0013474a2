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
