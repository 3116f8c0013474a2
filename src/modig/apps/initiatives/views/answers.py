"""Answers that several pages of initiatives give."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from modig.apps.initiatives.actions.initiatives import HasMergedError
from modig.apps.initiatives.models import Initiative
from modig.apps.ui.drafts import draft_is_kept_no_longer

View = Callable[..., HttpResponseBase]
get_and_post = require_http_methods(["GET", "HEAD", "POST"])


def page_of_initiative(initiative: Initiative, part: str = "") -> str:
    """Where the initiative stands, and which part of its page."""
    address = reverse("initiatives:initiative", args=[initiative.pk])
    return f"{address}#{part}" if part else address


def saved(
    request: HttpRequest, initiative: Initiative, said: str = "", *, part: str = ""
) -> HttpResponse:
    """Say so, and back to the initiative's page; what the browser kept is no longer needed."""
    messages.success(request, said or _("Saved."))
    return done(request, page_of_initiative(initiative, part))


def done(request: HttpRequest, address: str) -> HttpResponse:
    """On to another page; what the browser kept of the form is no longer needed."""
    return draft_is_kept_no_longer(request, redirect(address))


def refuses_merged(view: View) -> View:
    """Say in a sentence that the initiative lives on elsewhere, whatever was to be changed on it."""

    @wraps(view)
    def refusing(request: HttpRequest, *given: Any) -> HttpResponseBase:
        try:
            return view(request, *given)
        except HasMergedError as error:
            target = error.initiative.merged_into
            said = _("%(title)s lives on in %(code)s. Write there instead.")
            words = {"title": error.initiative, "code": target.code if target else ""}
            messages.warning(request, said % words)
            return redirect(page_of_initiative(error.initiative))

    return refusing


def shown(
    request: HttpRequest, template: str, context: dict[str, Any], *, form: Any = None
) -> HttpResponse:
    """The page; 422 when a form on it lacks something."""
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, template, context, status=status)
