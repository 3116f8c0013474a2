"""Persons and units by what somebody has typed so far."""

from django.db.models import Q, QuerySet

from modig.apps.people.models import Person, Unit
from modig.apps.people.queries.persons import matching
from modig.apps.people.queries.units import open_units


def persons_named(text: str, *, among: Q) -> QuerySet[Person]:
    """Those of ``among`` who still work here and whose name holds every word; nobody for no words."""
    if not text:
        return Person.objects.none()
    return Person.objects.filter(among, matching("folded", text), left_on=None).distinct()


def units_named(text: str) -> QuerySet[Unit]:
    """Open units whose name or code holds every word; none for no words."""
    return open_units().filter(matching("folded", text)) if text else Unit.objects.none()
