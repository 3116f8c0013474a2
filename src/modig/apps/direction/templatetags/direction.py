"""The small pieces of the pages of the direction."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("direction/edit_links.html")
def edit_links(kind: str, text: Any) -> dict[str, Any]:
    """The ways to change a text, and to see how it read before."""
    return {"kind": kind, "text": text}


@register.inclusion_tag("direction/new_link.html")
def new_link(kind: str, label: str) -> dict[str, Any]:
    """The way to write one more text of a kind."""
    return {"kind": kind, "label": label}
