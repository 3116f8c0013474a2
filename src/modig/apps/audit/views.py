from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from modig.apps.audit import queries
from modig.apps.tenancy.permissions import may_see_audit
from modig.apps.ui.guards import needs

ROWS_ON_A_PAGE = 50


@require_safe
@needs(may_see_audit)
def event_list(request: HttpRequest) -> HttpResponse:
    pages = Paginator(queries.newest_events(), ROWS_ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "audit/event_list.html", {"page": page})
