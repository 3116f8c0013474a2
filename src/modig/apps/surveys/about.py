"""What forms store about a person, told to her on "what we can see about you"."""

from django.utils.translation import gettext as _

from modig.apps.people.about import Told, tells_about
from modig.apps.people.models import Person
from modig.apps.surveys.models import Invitation


@tells_about
def forms_asked(person: Person) -> Told:
    """Which forms she was asked to answer, and whether she has; never when, never what."""
    rows = Invitation.objects.filter(person=person).select_related("round")
    entries = [_told(one) for one in rows.order_by("-round__opens_on", "pk")]
    why = _(
        "So that everybody is asked once. What you answered is kept without your name, time or order: "
        "nobody can find it among the others."
    )
    return Told(_("Forms you were asked to answer"), why, entries)


def _told(one: Invitation) -> str:
    words = {"round": one.round.title}
    return (
        _("%(round)s: answered") % words
        if one.has_answered
        else _("%(round)s: not answered") % words
    )
