"""The small pieces of the pages of the thread."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def counted(counts: Mapping[str, int], code: str) -> int:
    """How many there are of a sort."""
    return counts.get(code, 0)
