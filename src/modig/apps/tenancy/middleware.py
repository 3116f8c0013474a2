from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from modig.apps.tenancy.models import Membership
from modig.apps.tenancy.scope import working_for

CHOSEN = "organisation"


class OrganisationMiddleware:
    """Run the request for one organisation of the signed-in user: the last chosen, else the first.

    A partner's people belong to several; switching stores the choice in the session. Without any
    membership there is no organisation, and the guards refuse every page that needs one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        # Which organisation this is about is only found out here.
        memberships = list(
            Membership.across_organisations.filter(user=request.user)
            .select_related("organisation", "role")
            .order_by("organisation__name", "pk")
        )
        if not memberships:
            return self.get_response(request)
        chosen = request.session.get(CHOSEN)
        membership = next((m for m in memberships if m.organisation_id == chosen), memberships[0])
        request.memberships = memberships  # type: ignore[attr-defined]
        request.membership = membership  # type: ignore[attr-defined]
        known = {m.organisation_id: frozenset(m.role.permissions) for m in memberships}
        request.user.__dict__["_permissions"] = known
        with working_for(membership.organisation):
            return self.get_response(request)
