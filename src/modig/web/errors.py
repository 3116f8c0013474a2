"""What is answered when something goes wrong before or beside the pages."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from modig.apps.ui.context import THEMES


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent is not understood, or larger than a form may be."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    # Whoever names another host gets a page without anything that asks which host it is.
    return HttpResponse(render_to_string("400.html", _plain(request)), status=400)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's
    """The form's secret does not fit any more: say so, and lead back to the page it stood on."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    context = {"back": came_from if is_ours else "/"}
    return render(request, "403_csrf.html", context, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours; the page asks neither database nor session, since they may be what broke."""
    return HttpResponse(render_to_string("500.html", _plain(request)), status=500)


def _plain(request: HttpRequest) -> dict[str, str]:
    theme = request.COOKIES.get("theme", "")
    return {"theme": theme if theme in THEMES else "auto"}
