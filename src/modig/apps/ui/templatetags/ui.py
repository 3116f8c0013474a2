"""The small pieces that every page is made of."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; decoration beside a word, or with ``label`` on its own."""
    address = f"{static('vendor/tabler-icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="i" role="img" aria-label="{}"><use href="{}"/></svg>', label, address
        )
    return format_html('<svg class="i" aria-hidden="true"><use href="{}"/></svg>', address)
