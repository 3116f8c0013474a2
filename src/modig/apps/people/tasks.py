"""What a worker does for people: reading a file in, and taking it back."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from modig.apps.jobs.actions import JobRefusedError
from modig.apps.jobs.handlers import Report, handles
from modig.apps.jobs.models import Job
from modig.apps.people.actions.imports import (
    NotTheLatestError,
    SecondYesWantedError,
    apply_import,
    undo_import,
)
from modig.apps.people.kept_files import ImportRefusedError
from modig.apps.people.models import HrImport

DOING = {
    "read": gettext_noop("Reading the file"),
    "compare": gettext_noop("Comparing with what is stored"),
    "persons": gettext_noop("Writing persons"),
    "employments": gettext_noop("Writing employments"),
    "end": gettext_noop("Ending what is gone"),
    "tree": gettext_noop("Putting the tree in order"),
}


@handles("import")
def read_in(job: Job, report: Report) -> dict[str, Any]:
    hr_import = HrImport.objects.get(pk=job.arguments["import"])
    try:
        return apply_import(
            hr_import,
            by=job.started_by,
            at=timezone.now(),
            second_yes=bool(job.arguments.get("second_yes")),
            progress=lambda share, doing: report.progress(share, doing=DOING[doing]),
        )
    except SecondYesWantedError as error:
        raise JobRefusedError(
            _("More than a tenth of those employed would be ended. Look the file over again.")
        ) from error
    except ImportRefusedError as error:
        raise JobRefusedError(_("The file has been read in or given up already.")) from error


@handles("undo-import")
def take_back(job: Job, report: Report) -> dict[str, Any]:
    hr_import = HrImport.objects.get(pk=job.arguments["import"])
    report.progress(0.1, doing=gettext_noop("Taking the import back"))
    try:
        left = undo_import(hr_import, by=job.started_by, at=timezone.now())
    except NotTheLatestError as error:
        raise JobRefusedError(_("A later file has been read in; undo that one first.")) from error
    return {"left_alone": len(left)}
