"""Asking owners how it is going, and what their answers become."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from modig.apps.initiatives.actions.initiatives import heard, refuse_merged, write_diary
from modig.apps.initiatives.models import DiaryEntry, Initiative, NewsRequest
from modig.apps.initiatives.news_links import hash_of, token_for
from modig.apps.initiatives.queries.news import questions_to_mail, to_ask_by_mail
from modig.apps.jobs.mails import Letter, Sent, alone_at, send_letters
from modig.apps.programme.reminder_links import pause_address

Answer = NewsRequest.Answer


@transaction.atomic
def ask_for_news(initiative: Initiative, *, on: date) -> NewsRequest:
    """Ask the owner how it is going; asked twice on a day it is one question."""
    token = token_for(initiative.pk, initiative.owner_id, on)
    question, _is_new = NewsRequest.objects.get_or_create(
        organisation=initiative.organisation,
        initiative=initiative,
        asked_on=on,
        defaults={"person_id": initiative.owner_id, "token_hash": hash_of(token)},
    )
    return question


@transaction.atomic
def tell_news(question: NewsRequest, answer: str, *, words: str = "", on: date) -> DiaryEntry:
    """Keep the answer, and write it in the diary; told anew, the entry says what was told last."""
    locked = NewsRequest.objects.select_for_update().get(pk=question.pk)
    initiative = question.initiative
    refuse_merged(initiative)
    told = _in_each_language(Answer(answer), words)
    own = told.pop(initiative.organisation.language)
    entry = locked.entry
    if entry is None:
        entry = write_diary(initiative, own, by=question.person, on=on)
    entry.text, entry.translations = own, {code: {"text": text} for code, text in told.items()}
    entry.save(update_fields=["text", "translations"])
    heard(initiative, on=on)
    locked.answer, locked.answered_on, locked.entry = answer, on, entry
    locked.save(update_fields=["answer", "answered_on", "entry"])
    return entry


def _in_each_language(answer: NewsRequest.Answer, words: str) -> dict[str, str]:
    """The answer as a sentence in every language of the site; her own words as she wrote them."""
    told = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            told[code] = f"{answer.label}. {words}".strip()
    return told


# ---- by e-mail -----------------------------------------------------------------------------------


def ask_owners_for_news(*, on: date, address: str) -> Sent:
    """One letter to each owner of initiatives that nothing has been heard of; once a month."""
    with alone_at("mails"):
        for initiative in to_ask_by_mail(on):
            ask_for_news(initiative, on=on)
        return send_letters(_letters(on, address))


def _letters(on: date, address: str) -> Iterator[Letter]:
    by_person = groupby(list(questions_to_mail(on)), key=lambda one: one.person_id)
    for _person, found in by_person:
        questions = list(found)
        person = questions[0].person
        language = person.user.language if person.user else questions[0].organisation.language
        with translation.override(language):
            pause = pause_address(person, address)
            asked = "\n\n".join(_question(one, on, address) for one in questions)
            yield Letter(
                to=person.email or (person.user.email if person.user else ""),
                subject=_subject(questions),
                text=_(
                    "Hello %(name)s,\n\n%(asked)s\n\nOpen the link that is true and press once more on "
                    "the page. You need not sign in.\n\nNo more questions: %(pause)s"
                )
                % {"name": person.first_name or str(person), "asked": asked, "pause": pause},
                note_sent=partial(_note, questions, on),
                pause_address=pause,
            )


def _subject(questions: list[NewsRequest]) -> str:
    if len(questions) == 1:
        return _("How is it going with “%(initiative)s”?") % {"initiative": questions[0].initiative}
    return _("How is it going with your %(n)s initiatives?") % {"n": len(questions)}


def _question(question: NewsRequest, on: date, address: str) -> str:
    initiative = question.initiative
    weeks = (on - initiative.heard_on).days // 7
    asked = ngettext(
        "How is it going with “%(initiative)s”? Nothing has been heard of it for %(n)s week.",
        "How is it going with “%(initiative)s”? Nothing has been heard of it for %(n)s weeks.",
        weeks,
    ) % {"initiative": initiative, "n": weeks}
    token = token_for(initiative.pk, question.person_id, question.asked_on)
    link = f"{address.rstrip('/')}{reverse('initiatives:news_by_link', args=[token])}"
    lines = [f"{answer.label}:\n{link}?answer={answer.value}" for answer in Answer]
    return "\n\n".join([asked, *lines])


def _note(questions: list[NewsRequest], on: date) -> None:
    NewsRequest.objects.filter(pk__in=[one.pk for one in questions]).update(mailed_on=on)
