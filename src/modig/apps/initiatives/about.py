"""What initiatives store about a person, told to her on "what we can see about you"."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from modig.apps.initiatives.models import DiaryEntry, Initiative, InitiativePerson, Question
from modig.apps.people.about import Told, tells_about
from modig.apps.people.models import Person

ENTRIES_TOLD = 50


@tells_about
def initiatives_of(person: Person) -> Told:
    owned = Initiative.objects.filter(owner=person)
    parts = InitiativePerson.objects.filter(person=person).select_related("initiative")
    return Told(
        _("Initiatives"),
        _(
            "Initiatives that you own, work on or follow. Everybody who may see initiatives sees who"
            " owns one and works on it; who follows it is only a number."
        ),
        [
            *(_("Owner of %(code)s %(title)s") % {"code": i.code, "title": i} for i in owned),
            *(f"{p.initiative.code} {p.initiative}: {p.get_part_display()}" for p in parts),
        ],
    )


@tells_about
def written_by(person: Person) -> Told:
    """What she has written in diaries and asked owners, the latest first."""
    diary = DiaryEntry.objects.filter(by=person).select_related("initiative").order_by("-on", "-pk")
    asked = Question.objects.filter(asked_by=person).select_related("initiative")
    return Told(
        _("What you have written in initiatives"),
        _("Diary entries and questions stand with your name on the initiative's page."),
        [
            *(
                _("%(day)s, diary of %(code)s: %(text)s")
                % {
                    "day": date_format(one.on, "SHORT_DATE_FORMAT"),
                    "code": one.initiative.code,
                    "text": one,
                }
                for one in diary[:ENTRIES_TOLD]
            ),
            *(
                _("Question about %(code)s: %(text)s") % {"code": q.initiative.code, "text": q}
                for q in asked.order_by("-asked_at")[:ENTRIES_TOLD]
            ),
        ],
    )
