"""Persons and units to choose while one types, for those who need not see the lists of them."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from modig.apps.direction.forms.agreements import people_to_name
from modig.apps.direction.permissions import may_name
from modig.apps.people.models import Person, Unit
from modig.apps.people.queries.persons import matching
from modig.apps.people.queries.units import open_units
from modig.apps.ui.answers import visitor
from modig.apps.ui.guards import needs

OPTIONS_SHOWN = 12


@require_safe
@needs(may_name)
def person_options(request: HttpRequest) -> HttpResponse:
    """The persons whom the visitor may name in the field that asks."""
    field = request.GET.get("field", "")
    text = request.GET.get(field, "")
    found: QuerySet[Person] = Person.objects.none()
    if text:
        seen = people_to_name(visitor(request), field)
        found = Person.objects.filter(seen, matching("folded", text), left_on=None).distinct()
    return render(request, "people/options.html", {"found": found[:OPTIONS_SHOWN]})


@require_safe
@needs(may_name)
def unit_options(request: HttpRequest) -> HttpResponse:
    text = request.GET.get(request.GET.get("field", ""), "")
    found: QuerySet[Unit] = Unit.objects.none()
    if text:
        found = open_units().filter(matching("folded", text))
    return render(request, "people/options.html", {"found": found[:OPTIONS_SHOWN]})
