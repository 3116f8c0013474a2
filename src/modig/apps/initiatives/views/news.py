"""How is it going with the initiative? Answered signed in, or by the personal link of a mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from modig.apps.initiatives.actions.news import ask_for_news, tell_news
from modig.apps.initiatives.forms.news import NewsForm
from modig.apps.initiatives.models import Initiative, NewsRequest
from modig.apps.initiatives.permissions import may_tell_news
from modig.apps.initiatives.queries.initiatives import find_initiative
from modig.apps.initiatives.queries.news import open_question, question_by_token, still_works
from modig.apps.initiatives.views.answers import (
    done,
    get_and_post,
    page_of_initiative,
    refuses_merged,
    shown,
)
from modig.apps.tenancy.scope import working_for
from modig.apps.ui.guards import needs_on, public


@get_and_post
@needs_on(find_initiative, may_tell_news)
@refuses_merged
def news(request: HttpRequest, initiative: Initiative) -> HttpResponseBase:
    """Its owner tells, from Home or from its page."""
    form = NewsForm(request.POST or None)
    if form.is_valid():
        today = timezone.localdate()
        question = open_question(initiative) or ask_for_news(initiative, on=today)
        tell_news(question, form.cleaned_data["answer"], words=form.cleaned_data["words"], on=today)
        messages.success(request, _("Thank you. It stands in the diary."))
        return done(request, page_of_initiative(initiative, "diary"))
    context = {"initiative": initiative, "form": form, "today": timezone.localdate()}
    return shown(request, "initiatives/news.html", context, form=form)


@never_cache
@get_and_post
@public
def news_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Public, because an owner answers from her mail without signing in: the long secret is the key.

    Opening it answers nothing, whatever opens it: mail scanners open every link.
    """
    question = question_by_token(token)
    today = timezone.localdate()
    if question is None or not still_works(question, today):
        return render(request, "initiatives/news_old_link.html", status=404)
    user = question.person.user
    language = user.language if user else question.organisation.language
    with working_for(question.organisation), translation.override(language):
        return _answer(request, question)


def _answer(request: HttpRequest, question: NewsRequest) -> HttpResponse:
    form = NewsForm(request.POST or None, chosen=request.GET.get("answer", ""))
    if form.is_valid():
        given = form.cleaned_data
        tell_news(question, given["answer"], words=given["words"], on=timezone.localdate())
        return redirect(request.path)
    is_told = bool(question.answer) and "anew" not in request.GET and not form.is_bound
    template = "initiatives/news_received.html" if is_told else "initiatives/news_link.html"
    context = {
        "question": question,
        "initiative": question.initiative,
        "form": form,
        "today": timezone.localdate(),
        "asks_for_words": question.answer in {"happened", "help"},
    }
    return shown(request, template, context, form=form)
