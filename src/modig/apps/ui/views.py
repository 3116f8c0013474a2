from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from modig.apps.tenancy.middleware import CHOSEN
from modig.apps.tenancy.permissions import is_member
from modig.apps.ui.context import THEMES
from modig.apps.ui.guards import needs, public

A_YEAR = 365 * 24 * 3600


@require_POST
@public
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages; open to all, since signing in is a page too."""
    chosen = request.POST.get("language", "")
    response = _back(request)
    if check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=A_YEAR, samesite="Lax", httponly=True
        )
    return response


@require_POST
@public
def theme(request: HttpRequest) -> HttpResponse:
    """Choose light, dark or as the device; open to all, since signing in is a page too."""
    chosen = request.POST.get("theme", "")
    response = _back(request)
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=A_YEAR, samesite="Lax", httponly=True)
    return response


@require_POST
@needs(is_member)
def organisation(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("organisation", "")
    own = {str(one.organisation_id) for one in request.memberships}  # type: ignore[attr-defined]
    if chosen in own:
        request.session[CHOSEN] = int(chosen)
    return redirect("/")


def _back(request: HttpRequest) -> HttpResponse:
    """To the page that the form stood on, if that is one of ours."""
    address = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()})
    return redirect(address if ours else "/")
