"""The small pieces that every page is made of."""

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms, template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import formats, translation
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from modig.apps.ui.places import Place

register = template.Library()
NO_BREAK = "\u00a0"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; decoration beside a word, or with ``label`` on its own."""
    return _icon(name, label)


@lru_cache(maxsize=2000)
def _icon(name: str, label: str) -> SafeString:
    """Made once: a page may have hundreds of the same, and to find the sprite takes long."""
    address = f"{static('vendor/tabler-icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="i" role="img" aria-label="{}"><use href="{}"/></svg>', label, address
        )
    return format_html('<svg class="i" aria-hidden="true"><use href="{}"/></svg>', address)


@register.simple_tag
def unit_code(unit: Any, *, in_full: bool = False) -> SafeString:
    """A top unit as dot and code, or its whole name; a company has a diamond, never colour alone."""
    number = (unit.pk % 12) + 1
    company = " co" if unit.is_company else ""
    return format_html(
        '<span class="u u{}{}" title="{}">{}</span>',
        number,
        company,
        unit.name,
        unit.name if in_full else unit.short or unit.code,
    )


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The page's own question part with some values changed; ``None`` takes one away."""
    request: HttpRequest = context["request"]
    values = request.GET.copy()
    for name, value in changes.items():
        values.pop(name, None)
        if value not in {None, ""}:
            values[name] = str(value)
    return f"?{values.urlencode()}"


@register.simple_tag(takes_context=True)
def current(context: dict[str, Any], place: Place) -> SafeString | str:
    """Whether the page belongs to the place, or is the place itself: said in the link to it."""
    if place != context["here"]:
        return ""
    is_page = place.url == context["request"].path
    return format_html('aria-current="{}"', "page" if is_page else "true")


@register.filter
def number(value: Any, decimals: int = 0) -> str:
    """A number in the language of the page: 8 500 and 3,68 in Swedish, 8,500 and 3.68 in English."""
    if value is None or value == "":
        return "–"
    if isinstance(value, float):
        # Django would cut 1.96 off after 1.9; adding nothing makes -0.0 nought.
        value = Decimal(f"{value:.{decimals}f}") + 0
    text = formats.number_format(value, decimals, use_l10n=True, force_grouping=True)
    return text.replace(" ", NO_BREAK).replace("-", "−")


@register.filter
def percent(share: Any, decimals: int = 1) -> str:
    """A share from 0 to 1 as per cent: 99,6 %."""
    if share is None or share == "":
        return "–"
    shown = number(float(share) * 100, decimals)
    is_swedish = (translation.get_language() or "sv").startswith("sv")
    return f"{shown}{NO_BREAK if is_swedish else ''}%"


@register.filter
def week(day: dt.date) -> str:
    """The week of a day: vecka 48, week 48."""
    return gettext("week %(number)s") % {"number": day.isocalendar().week}


@register.filter
def day(value: dt.date) -> str:
    """A day in words, with the year only when it is another: 24 november, 24 November 2027."""
    text = "j F" if value.year == dt.date.today().year else "j F Y"  # noqa: DTZ011 -- the reader's day
    return format_date(value, text).replace(" ", NO_BREAK)


@register.filter
def days(values: list[dt.date]) -> str:
    """Days in their order, those that follow one upon another short: 12–13 januari 2027."""
    if not values:
        return "–"
    runs: list[list[dt.date]] = []
    for one in values:
        if runs and one - runs[-1][-1] == dt.timedelta(days=1):
            runs[-1].append(one)
        else:
            runs.append([one])
    return ", ".join(_days_in_a_row(run[0], run[-1]) for run in runs)


def _days_in_a_row(first: dt.date, last: dt.date) -> str:
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)} – {day(last)}"


@register.inclusion_tag("ui/field.html")
def field(bound: forms.BoundField) -> dict[str, Any]:
    """One field of a form: label, help and error, tied together for a screen reader."""
    widget = bound.field.widget
    is_check = isinstance(widget, forms.CheckboxInput)
    kind = "form-check-input" if is_check else "form-control"
    if isinstance(widget, forms.Select):
        kind = "form-select"
    many = isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect)
    described = [f"{bound.auto_id}_help"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes: dict[str, Any] = {} if many else {"class": kind}
    if described and not many:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "widget": bound.as_widget(attrs=attributes),
        "described": " ".join(described),
        "is_check": is_check,
        "many": many,
    }


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong with a form, at its top, each with a link to its field."""
    return {"form": form, "bad_fields": [bound for bound in form if bound.errors]}


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """Which part of a list is shown, and the way to the others."""
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("ui/export_links.html", takes_context=True)
def export_links(context: dict[str, Any]) -> dict[str, Any]:
    """The list of the page as CSV and XLSX, filtered as it is shown."""
    return {"request": context["request"]}
