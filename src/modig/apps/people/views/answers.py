"""Answers that several pages give: a list as a file, an edit that came too late, names to choose."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from modig.apps.accounts.models import User
from modig.apps.people.forms.base import EditForm
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.exports import export_response

ROWS_ON_A_PAGE = 50


def visitor(request: HttpRequest) -> User:
    """Who asks: the guards let nobody in who has not signed in."""
    if not isinstance(request.user, User):
        raise TypeError("the page has no guard")
    return request.user


def wants_file(request: HttpRequest) -> bool:
    return request.GET.get("format") in {"csv", "xlsx"}


def as_file(
    request: HttpRequest, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponseBase:
    return export_response(name, columns, rows, request.GET["format"])


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    return Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))


def came_too_late(
    request: HttpRequest, form: EditForm[Any], error: EditedMeanwhileError, *, back: str
) -> HttpResponse:
    """409: what was written beside what stands there now, and both ways out."""
    return conflict(request, error, differing=form.both_texts(error.theirs), back=back)


def conflict(
    request: HttpRequest,
    error: EditedMeanwhileError,
    *,
    differing: list[tuple[str, str, str]],
    back: str,
) -> HttpResponse:
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
