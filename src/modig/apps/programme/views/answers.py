"""Answers that several pages of programmes give."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from modig.apps.programme.actions.plans import GroupWouldBeEmptyError, PlanIsReplacedError
from modig.apps.ui.answers import conflict, version_of, visitor

__all__ = ["calendar_addresses", "conflict", "refusal", "version_of", "visitor"]


def refusal(error: Exception) -> str:
    """Why a change of a plan is refused, in one sentence."""
    if isinstance(error, PlanIsReplacedError):
        return _("This plan has been replaced by a newer one and stays as it was.")
    if isinstance(error, GroupWouldBeEmptyError):
        return _("%(group)s would be empty. Plan again with one group fewer instead.") % {
            "group": error
        }
    return _("A published plan breaks no rule, and this would: %(rules)s.") % {"rules": error}


def calendar_addresses(request: HttpRequest, path: str) -> dict[str, str]:
    """The address of a calendar, to copy and to open in the calendar program at once."""
    address = request.build_absolute_uri(path)
    return {"calendar": address, "webcal": f"webcal://{address.partition('://')[2]}"}
