from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from modig.apps.accounts.languages import LANGUAGES


class LanguageMiddleware:
    """Answer in the language that the user chose, wherever she signs in; else in this browser's
    last choice, else in Swedish. What a browser says of itself does not count.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = chosen_language(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response


def chosen_language(request: HttpRequest) -> str:
    user = request.user
    chosen = (
        user.language
        if user.is_authenticated
        else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    )
    return chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE
