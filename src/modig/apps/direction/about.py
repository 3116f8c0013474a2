"""What the direction stores about a person, told to her on "what we can see about you"."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from modig.apps.direction.models import Goal, Vision
from modig.apps.direction.queries.agreements import agreements, assignments, of_person, sides_of
from modig.apps.people.about import Told, tells_about
from modig.apps.people.models import Person


@tells_about
def assignments_about(person: Person) -> Told:
    held = [
        _("You hold: %(title)s, from %(day)s") % {"title": one, "day": _day(one.from_on)}
        for one in assignments().filter(holder=person)
    ]
    given = [
        _("You gave %(holder)s: %(title)s") % {"title": one, "holder": one.holder}
        for one in assignments().filter(giver=person)
    ]
    return Told(
        _("Your assignments"),
        _(
            "So that it is clear who answers for what. Seen by you, by who gave or holds it, and by"
            " those who edit the direction."
        ),
        [*held, *given],
    )


@tells_about
def agreements_about(person: Person) -> Told:
    entries = []
    for agreement in agreements().filter(of_person(person)):
        mine, other = sides_of(agreement, person)
        entries.append(_("With %(other)s: %(title)s") % {"other": other.person, "title": agreement})
        entries += [
            _("You promised: %(text)s") % {"text": commitment} for commitment in mine.commitments
        ]
    return Told(
        _("Your agreements"),
        _(
            "What you and another side have promised each other, with its earlier editions. Seen by"
            " both sides, and by those who edit the direction."
        ),
        entries,
    )


@tells_about
def owned_by(person: Person) -> Told:
    visions = [
        _("The vision: %(title)s") % {"title": one} for one in Vision.objects.filter(owner=person)
    ]
    goals = [
        _("The goal: %(code)s %(name)s") % {"code": one.code, "name": one}
        for one in Goal.objects.filter(owner=person)
    ]
    return Told(
        _("What you own in the direction"),
        _("So that everybody knows whom to ask. Seen by all who see the direction."),
        [*visions, *goals],
    )


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
