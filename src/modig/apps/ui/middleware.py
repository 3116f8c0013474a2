from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

SECONDS_UNTIL_FREE = 60


class CalmRefusalMiddleware:
    """Pages for two things that nobody did wrong.

    Someone opens an address that only takes what a form sends: after signing in again the browser
    is led back to where a form was sent to. And SQLite, which lets one write at a time, is busy with
    a large import for longer than a browser waits.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or request.method != "GET":
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError) or "is locked" not in str(exception):
            return None
        page = render(request, "503.html", status=503)
        page["Retry-After"] = str(SECONDS_UNTIL_FREE)
        return page
