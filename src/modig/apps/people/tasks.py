"""What a worker does for people: looking a large file over, reading one in, taking it back."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from modig.apps.jobs.actions import JobRefusedError, JobStoppedError
from modig.apps.jobs.handlers import Report, handles
from modig.apps.jobs.kinds import leads_to
from modig.apps.jobs.models import Job
from modig.apps.people.actions import imports as actions
from modig.apps.people.hr_files import MappingError
from modig.apps.people.kept_files import ImportRefusedError
from modig.apps.people.models import HrImport

DOING = {
    "read": gettext_noop("Reading the file"),
    "compare": gettext_noop("Comparing with what is stored"),
    "persons": gettext_noop("Writing people"),
    "employments": gettext_noop("Writing employments"),
    "end": gettext_noop("Ending what is gone"),
    "tree": gettext_noop("Putting the tree in order"),
    "changes": gettext_noop("Putting old values back"),
    "rows": gettext_noop("Removing what was new"),
}


@handles("look-over-import")
def look_over(job: Job, report: Report) -> dict[str, Any]:
    hr_import = _import_of(job)
    try:
        comparison = actions.look_over(hr_import, at=timezone.now(), progress=_told(report))
    except (ImportRefusedError, MappingError) as error:
        raise JobRefusedError(_("The file is no longer here; upload it again.")) from error
    return dict(comparison.told)


@handles("import")
def read_in(job: Job, report: Report) -> dict[str, Any]:
    hr_import = _import_of(job)
    if hr_import.state == HrImport.State.APPLIED:
        return dict(hr_import.counts)
    try:
        return actions.apply_import(
            hr_import,
            by=job.started_by,
            at=timezone.now(),
            second_yes=bool(job.arguments.get("second_yes")),
            progress=_told(report),
        )
    except actions.SecondYesWantedError as error:
        raise JobRefusedError(
            _("More than a tenth of those employed would be ended. Look the file over again.")
        ) from error
    except actions.PreviewIsOldError as error:
        raise JobRefusedError(
            _("What is stored has changed since the file was looked over. Look it over again.")
        ) from error
    except ImportRefusedError as error:
        raise JobRefusedError(_("The file has been read in or given up already.")) from error


@handles("undo-import")
def take_back(job: Job, report: Report) -> dict[str, Any]:
    hr_import = _import_of(job)
    if hr_import.state == HrImport.State.UNDONE:
        return {"left_alone": len(hr_import.left_alone)}
    try:
        left = actions.undo_import(
            hr_import, by=job.started_by, at=timezone.now(), progress=_told(report)
        )
    except actions.NotTheLatestError as error:
        raise JobRefusedError(_("A later file has been read in; undo that one first.")) from error
    return {"left_alone": len(left)}


def _import_of(job: Job) -> HrImport:
    """The import, which shows this job from now on: it may have been started again elsewhere."""
    HrImport.objects.filter(pk=job.arguments["import"]).update(job=job)
    return HrImport.objects.get(pk=job.arguments["import"])


def _told(report: Report) -> Callable[[float, str], None]:
    """Progress for the page; where somebody pressed Stop, nothing of the work is kept."""

    def tell(share: float, doing: str) -> None:
        if report.stop_wanted():
            raise JobStoppedError
        report.progress(share, doing=DOING[doing])

    return tell


@leads_to("look-over-import")
@leads_to("import")
@leads_to("undo-import")
def page_of_import(job: Job) -> str:
    return reverse("people:import", args=[job.arguments["import"]])
