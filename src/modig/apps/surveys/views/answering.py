"""Answering a form by a personal link: the link is exchanged for a cookie, and leaves the address."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from modig.apps.surveys.actions import AlreadyAnsweredError, RoundIsClosedError, put_answer
from modig.apps.surveys.forms import AnswerForm
from modig.apps.surveys.instruments import instrument
from modig.apps.surveys.models import Invitation
from modig.apps.surveys.permissions import may_answer
from modig.apps.surveys.queries.audiences import has_team
from modig.apps.surveys.queries.invitations import find_invitation, invitation_by_token
from modig.apps.surveys.tokens import token_for
from modig.apps.tenancy.scope import working_for
from modig.apps.ui.guards import needs_on, public

COOKIE = "form"
AN_HOUR = 3600


def _to_form(token: str) -> HttpResponse:
    """On to the form; the token travels in a cookie that only the form's own address gets."""
    response = redirect("surveys:answer")
    response.set_cookie(
        COOKIE,
        token,
        max_age=AN_HOUR,
        path="/answer/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@never_cache
@require_safe
@public
def opening(_request: HttpRequest, token: str) -> HttpResponse:
    """Public, because most people have no account here: the long secret link is the key."""
    return _to_form(token)


@never_cache
@require_safe
@needs_on(find_invitation, may_answer)
def own_invitation(_request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """From Home to the same form that the mailed link leads to."""
    return _to_form(token_for(invitation.round_id, invitation.person_id))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public
def answer(request: HttpRequest) -> HttpResponse:
    """Public, because most people have no account here: the cookie from the secret link is the key.

    Nothing of who answers is shown, logged or kept beside the answer.
    """
    invitation = invitation_by_token(request.COOKIES.get(COOKIE, ""))
    if invitation is None:
        return render(request, "surveys/no_form.html", status=404)
    language = get_language() if "language" in request.COOKIES else None
    with (
        working_for(invitation.organisation),
        translation.override(language or invitation.organisation.language),
    ):
        return _answer(request, invitation)


def _answer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    found, today = invitation.round, timezone.localdate()
    form = AnswerForm(
        instrument(found.form),
        request.POST if request.method == "POST" else None,
        has_team=has_team(invitation.person, found.meeting),
    )
    if invitation.has_answered:
        return render(request, "surveys/received.html", {"round": found})
    if not found.opens_on <= today <= found.closes_on:
        return render(request, "surveys/closed.html", {"round": found, "today": today})
    if request.method == "POST" and form.is_valid():
        if not form.has_answer():
            form.add_error(None, _("Answer at least one question, or close the page."))
        else:
            return _put(request, invitation, form)
    status = 422 if form.errors else 200
    context = {"form": form, "round": found, "instrument": form.instrument}
    return render(request, "surveys/answer.html", context, status=status)


def _put(request: HttpRequest, invitation: Invitation, form: AnswerForm) -> HttpResponse:
    """A retry, a double click or a lost reply: one answer, and always "received"."""
    try:
        put_answer(invitation, form.cleaned_data, on=timezone.localdate())
    except AlreadyAnsweredError:
        pass
    except RoundIsClosedError:
        return render(request, "surveys/closed.html", {"round": invitation.round})
    return redirect("surveys:answer")


@require_safe
@public
def protection(request: HttpRequest) -> HttpResponse:
    """Public, because whoever is asked must be able to read how her answers are protected."""
    return render(request, "surveys/protection.html")
