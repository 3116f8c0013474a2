"""How results of forms are said and drawn."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()
ALIKE, RATHER_ALIKE = 0.7, 1.1


@register.filter
def spread_word(spread: float | None) -> str:
    """The spread of answers from 1 to 5 in words: of one mind, rather alike, seen quite differently."""
    if spread is None:
        return ""
    if spread < ALIKE:
        return _("of one mind")
    return _("rather alike") if spread < RATHER_ALIKE else _("seen quite differently")


@register.filter
def of(share: float, height: int) -> str:
    """A share of a height, as SVG writes numbers."""
    return f"{share * height:.2f}"


@register.filter
def from_top(share: float, height: int) -> str:
    """Where a bar of this share begins, from the top."""
    return f"{height - share * height:.2f}"
