"""Answers that several pages of people give."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from modig.apps.people.forms.base import EditForm
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import as_file, conflict, page_of, visitor, wants_file

__all__ = ["as_file", "came_too_late", "conflict", "page_of", "visitor", "wants_file"]


def came_too_late(
    request: HttpRequest, form: EditForm[Any], error: EditedMeanwhileError, *, back: str
) -> HttpResponse:
    """409: what was written beside what stands there now, and both ways out."""
    return conflict(request, error, differing=form.both_texts(error.theirs), back=back)
