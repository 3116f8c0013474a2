from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from modig.apps.accounts.actions import choose_language, choose_theme
from modig.apps.accounts.languages import CHOSEN_LANGUAGE, LANGUAGES
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
    if chosen in LANGUAGES:
        if request.user.is_authenticated:
            choose_language(request.user, chosen)
        else:
            request.session[CHOSEN_LANGUAGE] = chosen
        _keep(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response


@require_POST
@public
def theme(request: HttpRequest) -> HttpResponse:
    """Choose light, dark or as the device; open to all, since signing in is a page too."""
    chosen = request.POST.get("theme", "")
    response = _back(request)
    if chosen in THEMES:
        if request.user.is_authenticated:
            choose_theme(request.user, chosen)
        _keep(response, "theme", chosen)
    return response


@require_POST
@needs(is_member)
def organisation(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("organisation", "")
    own = {str(one.organisation_id) for one in request.memberships}  # type: ignore[attr-defined]
    if chosen in own:
        request.session[CHOSEN] = int(chosen)
    return redirect("/")


def _keep(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice in this browser, for the pages before and after signing in."""
    response.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _back(request: HttpRequest) -> HttpResponse:
    """To the page that the form stood on, if that is one of ours."""
    address = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()})
    return redirect(address if ours else "/")
