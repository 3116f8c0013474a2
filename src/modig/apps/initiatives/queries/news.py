"""Initiatives on their way from which nothing has been heard, and the questions about them."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from modig.apps.initiatives.models import DiaryEntry, Initiative, NewsRequest, Stage
from modig.apps.initiatives.news_links import hash_of
from modig.apps.people.models import Person
from modig.apps.programme.queries.reminders import wants_none

ON_THEIR_WAY = (Stage.STARTED, Stage.UNDER_WAY)
ASKED_AFTER = timedelta(weeks=4)
RESTS_FOR = timedelta(days=90)
LINK_WORKS_FOR = timedelta(days=60)
MAILED_WITHIN = timedelta(days=7)
"""A question that could not be mailed for so long is not mailed any more; a new one is asked."""
HELP_IS_ASKED_FOR = timedelta(days=60)
Answer = NewsRequest.Answer


def to_ask_about(on: date) -> QuerySet[Initiative]:
    """Those of which nothing has been heard for four weeks; one that rests, for three months."""
    rests = NewsRequest.objects.filter(
        initiative=OuterRef("pk"),
        answer=Answer.PAUSED,
        answered_on__gt=on - RESTS_FOR,
        answered_on__gte=OuterRef("heard_on"),
    )
    silent = Q(stage__in=ON_THEIR_WAY, merged_into=None, heard_on__lte=on - ASKED_AFTER)
    return Initiative.objects.filter(silent).exclude(Exists(rests))


def to_ask_by_mail(on: date) -> QuerySet[Initiative]:
    """Those whose owner can be asked by e-mail and has not been for four weeks."""
    asked = NewsRequest.objects.filter(
        initiative=OuterRef("pk"), person=OuterRef("owner"), asked_on__gt=on - ASKED_AFTER
    )
    has_address = ~Q(owner__email="") | (Q(owner__user__isnull=False) & ~Q(owner__user__email=""))
    found = to_ask_about(on).filter(has_address, owner__left_on=None).exclude(Exists(asked))
    return found.exclude(owner__in=wants_none(on)).select_related("owner").order_by("pk")


def questions_to_mail(on: date) -> QuerySet[NewsRequest]:
    """Questions that have been asked and not sent, by who is asked."""
    return (
        NewsRequest.objects.filter(mailed_on=None, answer="", asked_on__gt=on - MAILED_WITHIN)
        .filter(initiative__owner=F("person"))
        .exclude(person__in=wants_none(on))
        .select_related("initiative", "person__user", "organisation")
        .order_by("person", "initiative__code")
    )


def of_owner(person: Person, on: date) -> QuerySet[Initiative]:
    """A person's own initiatives that ask for news, the longest silent first."""
    return to_ask_about(on).filter(owner=person).order_by("heard_on", "code")


def question_by_token(token: str) -> NewsRequest | None:
    """The question behind a personal link, in whatever organisation."""
    found = NewsRequest.across_organisations.select_related(
        "organisation", "initiative", "person__user", "entry"
    )
    return found.filter(token_hash=hash_of(token)).first()


def still_works(question: NewsRequest, on: date) -> bool:
    """Whether its link may be used: not too old, and she still owns the initiative."""
    initiative = question.initiative
    is_hers = initiative.owner_id == question.person_id and initiative.merged_into_id is None
    return is_hers and on <= question.asked_on + LINK_WORKS_FOR


def open_question(initiative: Initiative) -> NewsRequest | None:
    """The latest question to its owner that has not been answered."""
    found = NewsRequest.objects.filter(initiative=initiative, answer="")
    return found.filter(person=initiative.owner_id).order_by("-asked_on").first()


def cries_for_help(on: date) -> QuerySet[NewsRequest]:
    """Where help is needed, and nobody has written anything in the diary since."""
    later = DiaryEntry.objects.filter(
        initiative=OuterRef("initiative"), pk__gt=OuterRef("entry"), news_request=None
    )
    newer = NewsRequest.objects.filter(
        initiative=OuterRef("initiative"), pk__gt=OuterRef("pk")
    ).exclude(answer="")
    found = NewsRequest.objects.filter(answer=Answer.HELP, answered_on__gt=on - HELP_IS_ASKED_FOR)
    open_ones = found.filter(initiative__merged_into=None, entry__isnull=False)
    open_ones = open_ones.exclude(Exists(later)).exclude(Exists(newer))
    return open_ones.select_related("initiative", "person", "entry").order_by("answered_on", "pk")
