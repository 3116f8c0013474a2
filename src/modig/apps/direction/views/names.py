"""Persons and units to choose while one types, for those who need not see the lists of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from modig.apps.direction.forms.agreements import people_to_name
from modig.apps.direction.permissions import may_name
from modig.apps.direction.queries.names import persons_named, units_named
from modig.apps.ui.answers import visitor
from modig.apps.ui.guards import needs

OPTIONS_SHOWN = 12


@require_safe
@needs(may_name)
def person_options(request: HttpRequest) -> HttpResponse:
    """The persons whom the visitor may name in the field that asks."""
    field = request.GET.get("field", "")
    text = request.GET.get(field, "")
    found = persons_named(text, among=people_to_name(visitor(request), field))
    return render(request, "people/options.html", {"found": found[:OPTIONS_SHOWN]})


@require_safe
@needs(may_name)
def unit_options(request: HttpRequest) -> HttpResponse:
    text = request.GET.get(request.GET.get("field", ""), "")
    return render(request, "people/options.html", {"found": units_named(text)[:OPTIONS_SHOWN]})
