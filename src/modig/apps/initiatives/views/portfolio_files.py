"""The portfolio as a file: out, changed in a spreadsheet, and in again after a preview."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from modig.apps.initiatives import kept_portfolios
from modig.apps.initiatives.actions.portfolio_files import (
    NotAPortfolioError,
    Outcome,
    preview,
    take_in,
)
from modig.apps.initiatives.permissions import may_edit_initiatives
from modig.apps.initiatives.queries.portfolio_files import COLUMNS, rows_for_file
from modig.apps.initiatives.views.answers import get_and_post
from modig.apps.people.hr_files import UnreadableFileError, read_table
from modig.apps.ui.answers import as_file, visitor, wants_file
from modig.apps.ui.guards import needs

SHOWN = 50
KEY = "portfolio_file"
Work = Callable[..., Outcome]


@get_and_post
@needs(may_edit_initiatives)
def file(request: HttpRequest) -> HttpResponseBase:
    """Get the file; send it back and see what it would change; say yes."""
    if wants_file(request):
        columns = [str(column.label) for column in COLUMNS]
        return as_file(request, _("initiatives"), columns, list(rows_for_file(in_words=True)))
    if request.method != "POST":
        return render(request, "initiatives/portfolio_file.html")
    if "do" in request.POST:
        return _done(request)
    return _looked(request)


def _looked(request: HttpRequest) -> HttpResponse:
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        return _refused(request, _("Choose a file first."))
    if (sent.size or 0) > kept_portfolios.LARGEST:
        return _refused(request, _("The file is larger than 20 MB."))
    place = kept_portfolios.keep(sent.read())
    name = Path(sent.name or "").name
    try:
        outcome = _work(preview, request, place, name)
    except (UnreadableFileError, NotAPortfolioError) as error:
        kept_portfolios.forget(place)
        return _refused(request, str(error))
    _forget(request)
    request.session[KEY] = {"place": place, "name": name, "print": _print(outcome)}
    return _preview(request, outcome, name)


def _done(request: HttpRequest) -> HttpResponse:
    kept: dict[str, str] = request.session.get(KEY, {})
    if not kept or not kept_portfolios.path_of(kept["place"]).exists():
        return _refused(
            request,
            _(
                "There is no file to take in: it is taken in already, or was sent more than a day"
                " ago. Send it once more, and you see what is left to change."
            ),
        )
    outcome = _work(preview, request, kept["place"], kept["name"])
    if _print(outcome) != kept["print"]:
        request.session[KEY] = {**kept, "print": _print(outcome)}
        return _preview(request, outcome, kept["name"], is_late=True)
    outcome = _work(take_in, request, kept["place"], kept["name"])
    _forget(request)
    said = _("New: %(new)s. Changed: %(changed)s. Refused: %(refused)s.")
    words = {"new": outcome.new, "changed": outcome.changed, "refused": outcome.refused}
    messages.success(request, said % words)
    return redirect("initiatives:portfolio")


def _work(work: Work, request: HttpRequest, place: str, name: str) -> Outcome:
    at: datetime = timezone.now()
    table = read_table(kept_portfolios.path_of(place), name=name)
    return work(table, by=visitor(request), at=at)


def _preview(
    request: HttpRequest, outcome: Outcome, name: str, *, is_late: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "outcome": outcome,
        "name": name,
        "is_late": is_late,
        "changes": outcome.changes[:SHOWN],
        "refusals": outcome.rows[:SHOWN],
        "n_done": outcome.new + outcome.changed,
    }
    status = 409 if is_late else 200
    return render(request, "initiatives/portfolio_file.html", context, status=status)


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "initiatives/portfolio_file.html", {"reason": reason}, status=422)


def _print(outcome: Outcome) -> str:
    """What was shown: if it would be something else by now, it is shown anew."""
    told = repr((outcome.changes, outcome.rows, outcome.unchanged))
    return hashlib.sha256(told.encode()).hexdigest()


def _forget(request: HttpRequest) -> None:
    if kept := request.session.pop(KEY, None):
        kept_portfolios.forget(kept["place"])
