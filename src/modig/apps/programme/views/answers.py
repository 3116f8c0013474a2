"""Answers that several pages give."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from modig.apps.accounts.models import User
from modig.apps.tenancy.actions import EditedMeanwhileError


def visitor(request: HttpRequest) -> User:
    """Who asks: the guards let nobody in who has not signed in."""
    if not isinstance(request.user, User):
        raise TypeError("the page has no guard")
    return request.user


def version_of(request: HttpRequest) -> int:
    """The version that the form was made from; none is never right."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else 0


def conflict(
    request: HttpRequest,
    error: EditedMeanwhileError,
    *,
    differing: list[tuple[str, str, str]],
    back: str,
) -> HttpResponse:
    """409: what stands there now beside what was asked for, and both ways out."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "version"}
        for value in values
    ]
    context = {
        "theirs": error.theirs,
        "differing": differing,
        "kept": kept,
        "version": error.theirs.version,
        "back": back,
    }
    return render(request, "ui/conflict.html", context, status=409)
