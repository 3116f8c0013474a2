"""Answers that many pages give: a page of a list, a list as a file, an edit that came too late."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from modig.apps.accounts.models import User
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.exports import export_response

ROWS_ON_A_PAGE = 50
Differing = list[tuple[str, str, str]]


def visitor(request: HttpRequest) -> User:
    """Who asks: the guards let nobody in who has not signed in."""
    if not isinstance(request.user, User):
        raise TypeError("the page has no guard")
    return request.user


def version_of(request: HttpRequest) -> int:
    """The version that the form was made from; none is never right."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else 0


def page_of(request: HttpRequest, rows: Any) -> Page[Any]:
    """The part of ``rows``, a query or a list, that the address asks for."""
    return Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))


def wants_file(request: HttpRequest) -> bool:
    return request.GET.get("format") in {"csv", "xlsx"}


def as_file(
    request: HttpRequest, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponseBase:
    return export_response(name, columns, rows, request.GET["format"])


def conflict(
    request: HttpRequest, error: EditedMeanwhileError, *, differing: Differing, back: str
) -> HttpResponse:
    """409: what was written beside what stands there now, and both ways out."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "version"}
        for value in values
    ]
    context = {
        "thing": error.theirs,
        "differing": differing,
        "kept": kept,
        "version": error.theirs.version,
        "back": back,
    }
    return render(request, "ui/conflict.html", context, status=409)


class FormOfOneThing(Protocol):
    """A form that knows which version it was made from, and can lay two texts side by side."""

    instance: Any
    cleaned_data: dict[str, Any]

    def both_texts(self, theirs: Any) -> Differing: ...


def came_too_late(
    request: HttpRequest, form: FormOfOneThing, error: EditedMeanwhileError, *, back: str
) -> HttpResponse:
    """409: what was written in a form beside what stands there now."""
    return conflict(request, error, differing=form.both_texts(error.theirs), back=back)


def edited(
    request: HttpRequest,
    form: FormOfOneThing,
    edit: Callable[..., Any],
    *,
    back: str,
    at: datetime,
) -> HttpResponse:
    """What a valid form leads to: it is saved, and back; or 409, where somebody else was first."""
    version = form.cleaned_data["version"]
    try:
        edit(form.instance, version=version, by=visitor(request), at=at)
    except EditedMeanwhileError as error:
        return came_too_late(request, form, error, back=back)
    messages.success(request, _("Saved."))
    return redirect(back)
