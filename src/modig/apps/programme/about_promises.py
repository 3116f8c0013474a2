"""What programmes store about a participant, told to her on "what we can see about you"."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from modig.apps.people.about import Told, tells_about
from modig.apps.people.models import Person
from modig.apps.programme.models import Promise, ReminderPause
from modig.apps.programme.queries.promises import promises_of


@tells_about
def promises_about(person: Person) -> Told:
    return Told(
        _("Your promises"),
        _(
            "What you have said that you will try, and what you have told of it. Read by you and by"
            " the facilitators of your group; whoever runs the programme sees only how many."
        ),
        [_entry(promise) for promise in promises_of(person)],
    )


def _entry(promise: Promise) -> str:
    words = {
        "day": date_format(promise.made_on, "SHORT_DATE_FORMAT"),
        "what": promise,
        "outcome": promise.get_outcome_display(),
    }
    if promise.outcome:
        return _("Promised %(day)s: %(what)s. Told: %(outcome)s.") % words
    return _("Promised %(day)s: %(what)s.") % words


@tells_about
def reminders_about(person: Person) -> Told:
    """That she has said no to reminders; who has not said anything has nothing stored."""
    pause = ReminderPause.objects.filter(person=person).first()
    if pause is None:
        entries = []
    elif pause.until is None:
        entries = [_("You get no reminders.")]
    else:
        day = date_format(pause.until, "SHORT_DATE_FORMAT")
        entries = [_("You get no reminders until %(day)s.") % {"day": day}]
    return Told(
        _("Reminders by e-mail"), _("So that you are not sent what you do not want."), entries
    )
