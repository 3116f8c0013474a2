"""What is stored of the questions that a person was asked about her initiatives."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from modig.apps.initiatives.models import NewsRequest
from modig.apps.people.about import Told, tells_about
from modig.apps.people.models import Person

QUESTIONS_TOLD = 50


@tells_about
def news_asked_of(person: Person) -> Told:
    rows = NewsRequest.objects.filter(person=person).select_related("initiative")
    return Told(
        _("How it is going with your initiatives"),
        _(
            "When you were asked, and what you answered. The answer stands in the initiative's diary"
            " with your name."
        ),
        [_entry(one) for one in rows.order_by("-asked_on", "-pk")[:QUESTIONS_TOLD]],
    )


def _entry(question: NewsRequest) -> str:
    words = {
        "day": date_format(question.asked_on, "SHORT_DATE_FORMAT"),
        "code": question.initiative.code,
        "answer": question.get_answer_display() or _("not answered"),
    }
    return _("Asked %(day)s about %(code)s: %(answer)s") % words
