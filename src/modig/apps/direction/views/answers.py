"""Answers that several pages of the direction give."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from modig.apps.ui.drafts import draft_is_kept_no_longer


def done(request: HttpRequest, address: str, *keys: Any) -> HttpResponse:
    """On to another page; what the browser kept of the form is no longer needed."""
    return draft_is_kept_no_longer(request, redirect(address, *keys))
