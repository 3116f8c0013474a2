from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from modig.apps.people.about import told_about
from modig.apps.people.permissions import may_see_own_record
from modig.apps.people.queries import persons as queries
from modig.apps.ui.answers import visitor
from modig.apps.ui.guards import needs


@require_safe
@needs(may_see_own_record)
def about_you(request: HttpRequest) -> HttpResponse:
    """Everything stored about the one who asks, who can see it, and why."""
    user, today = visitor(request), timezone.localdate()
    person = queries.person_of(user)
    context = {"person": person, "membership": getattr(request, "membership", None)}
    if person is not None:
        context |= {
            "employments": queries.employments_of(person),
            "seats": queries.seats_of_person(person),
            "nominations": queries.nominations().filter(person=person),
            "made": queries.nominations().filter(nominated_by=person),
            "reports": queries.reports_of(person, today).count(),
            "watchers": queries.watchers(person, today),
            "sections": told_about(person),
        }
    return render(request, "people/about_you.html", context)
