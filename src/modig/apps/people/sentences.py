"""Why a row is refused, in a sentence."""

from django.utils.translation import gettext as _

from modig.apps.people.hr_files.rows import Reason


def sentence_of(reason: str, value: str) -> str:  # noqa: C901, PLR0911 -- one line each
    """What is wrong with the row, and what to do; ``value`` is what the cell held, if it may be said."""
    match Reason(reason):
        case Reason.PROTECTED:
            return _("Protected identity. The row is not stored, neither here nor in the log.")
        case Reason.RAGGED:
            return _("The row has another number of cells than the header: %(value)s.") % {
                "value": value
            }
        case Reason.NO_NUMBER:
            return _("The employee number is blank.")
        case Reason.NO_UNIT:
            return _("No unit is named.")
        case Reason.TWICE:
            return _("The same employment stands in row %(value)s already.") % {"value": value}
        case Reason.DATE:
            return _("“%(value)s” is no date here.") % {"value": value}
        case Reason.ENDS_BEFORE:
            return _("The employment ends on %(value)s, before it begins.") % {"value": value}
        case Reason.DEGREE:
            return _("“%(value)s” is no per cent from 0 to 200.") % {"value": value}
        case Reason.TOO_LONG:
            return _("The text is too long: “%(value)s…”.") % {"value": value}
        case Reason.UNIT_ELSEWHERE:
            return _("The unit “%(value)s” lies under another one in an earlier row.") % {
                "value": value
            }
