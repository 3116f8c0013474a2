"""Attachments: taken in within bounds, given out as downloads to those who see the initiative."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from modig.apps.initiatives.actions import attachments as actions
from modig.apps.initiatives.forms.work import FileForm
from modig.apps.initiatives.kept_files import KINDS, LARGEST, MOST_FILES, path_of
from modig.apps.initiatives.models import Attachment, Initiative
from modig.apps.initiatives.permissions import (
    may_edit_initiative,
    may_edit_part_of,
    may_read_attachment,
)
from modig.apps.initiatives.queries import initiatives as queries
from modig.apps.initiatives.views.answers import get_and_post, refuses_merged, saved, shown
from modig.apps.ui.answers import visitor
from modig.apps.ui.guards import needs_on

A_MEGABYTE = 1024 * 1024


@get_and_post
@needs_on(queries.find_initiative, may_edit_initiative)
@refuses_merged
def attachment_new(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.attach_file(
                initiative, file.name, file.chunks(), by=visitor(request), at=timezone.now()
            )
        except actions.FileRefusedError as error:
            form.add_error("file", _refusal(error))
        else:
            return saved(request, initiative, part="attachments")
    context = {
        "form": form,
        "initiative": initiative,
        "endings": ", ".join(KINDS),
        "megabytes": LARGEST // A_MEGABYTE,
        "most": MOST_FILES,
    }
    return shown(request, "initiatives/attachment_new.html", context, form=form)


def _refusal(error: actions.FileRefusedError) -> str:
    match error:
        case actions.FileTooLargeError():
            size = {"megabytes": LARGEST // A_MEGABYTE}
            return (
                _("The file is larger than %(megabytes)s MB. Make it smaller, or part it.") % size
            )
        case actions.TooManyFilesError():
            most = {"most": MOST_FILES}
            return _("There are %(most)s files already. Throw one away first.") % most
        case actions.FileIsEmptyError():
            return _("The file is empty.")
        case _:
            endings = {"endings": ", ".join(KINDS)}
            return _("Such a file is not taken in. These are: %(endings)s.") % endings


@require_safe
@needs_on(queries.find_attachment, may_read_attachment)
def attachment(_request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """The file itself, always as a download."""
    try:
        file = path_of(attachment.stored_as).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        file, as_attachment=True, filename=attachment.name, content_type=attachment.content_type
    )


@get_and_post
@needs_on(queries.find_attachment, may_edit_part_of)
@refuses_merged
def attachment_removal(request: HttpRequest, attachment: Attachment) -> HttpResponse:
    initiative = attachment.initiative
    if request.method == "POST":
        actions.remove_attachment(attachment, by=visitor(request), at=timezone.now())
        return saved(request, initiative, _("The file is gone."), part="attachments")
    context = {"attachment": attachment, "initiative": initiative}
    return render(request, "initiatives/attachment_removal.html", context)
