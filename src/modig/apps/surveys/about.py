"""What forms store about a person, told to her on "what we can see about you"."""

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from modig.apps.people.about import Told, tells_about
from modig.apps.people.models import Person
from modig.apps.surveys.models import Invitation


@tells_about
def forms_asked(person: Person) -> Told:
    """Which forms she was asked to answer, and on which day she did; never what she answered."""
    rows = Invitation.objects.filter(person=person).select_related("round")
    entries = [_told(one) for one in rows.order_by("-round__opens_on", "pk")]
    why = _(
        "So that everybody is asked once. What you answered is kept without your name, time or order: "
        "nobody can find it among the others."
    )
    return Told(_("Forms you were asked to answer"), why, entries)


def _told(one: Invitation) -> str:
    if one.answered_on is None:
        return _("%(round)s: not answered") % {"round": one.round.title}
    day = format_date(one.answered_on, "j F Y")
    return _("%(round)s: answered on %(day)s") % {"round": one.round.title, "day": day}
