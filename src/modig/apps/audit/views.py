from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from modig.apps.audit import queries
from modig.apps.audit.models import AuditEvent
from modig.apps.audit.queries import EventFilter
from modig.apps.audit.sentences import KINDS, kind_of, told
from modig.apps.tenancy.permissions import may_see_audit
from modig.apps.ui.answers import as_file, page_of, wants_file
from modig.apps.ui.collation import sort_key
from modig.apps.ui.guards import needs


@require_safe
@needs(may_see_audit)
def event_list(request: HttpRequest) -> HttpResponseBase:
    wanted = _wanted(request)
    found = queries.events(wanted)
    if wants_file(request):
        columns = [_("When"), _("Done by"), _("What happened"), _("Kind"), _("Name")]
        return as_file(request, _("log"), columns, _rows(found.iterator()))
    page = page_of(request, found)
    context = {
        "page": page,
        "lines": [(timezone.localtime(event.at), told(event)) for event in page],
        "wanted": wanted,
        "is_narrowed": wanted != EventFilter(),
        "doers": queries.doers(),
        "kinds": _kinds(),
    }
    return render(request, "audit/event_list.html", context)


def _wanted(request: HttpRequest) -> EventFilter:
    given = request.GET
    by = given.get("by", "")
    return EventFilter(
        by=int(by) if by.isdecimal() else None,
        kind=given.get("kind", ""),
        text=given.get("q", "").strip(),
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _kinds() -> list[tuple[str, str]]:
    """The kinds that stand in the log, with their words, in the order of these."""
    named = [(kind, str(KINDS[kind][0]) if kind in KINDS else kind) for kind in queries.kinds()]
    return sorted(named, key=lambda one: sort_key(one[1]))


def _rows(found: Iterable[AuditEvent]) -> Iterator[tuple[Any, ...]]:
    for event in found:
        yield (event.at, str(event.by or ""), told(event), kind_of(event), event.label)
