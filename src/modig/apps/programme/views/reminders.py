"""Whether one wants reminders by e-mail: signed in, or by the link that stands in each of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from modig.apps.people.models import Person
from modig.apps.people.queries.persons import person_of
from modig.apps.programme.actions.reminders import A_WHILE, pause_reminders, resume_reminders
from modig.apps.programme.forms.reminders import ReminderForm
from modig.apps.programme.permissions import may_see_mine
from modig.apps.programme.queries.reminders import pause_of
from modig.apps.programme.reminder_links import person_behind
from modig.apps.tenancy.scope import working_for
from modig.apps.ui.guards import needs, public

get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@get_and_post
@needs(may_see_mine)
def reminders(request: HttpRequest) -> HttpResponse:
    """The visitor's own reminders."""
    return _answer(request, person_of(request.user), "ui/base.html")


@never_cache
@get_and_post
@public
def reminders_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Public, because whoever wants no more mails must not have to sign in to say so.

    The link is signed and names one person; opening it changes nothing.
    """
    person = person_behind(token)
    if person is None:
        return render(request, "programme/reminders_old_link.html", status=404)
    language = person.user.language if person.user else person.organisation.language
    with working_for(person.organisation), translation.override(language):
        return _answer(request, person, "ui/bare.html")


def _answer(request: HttpRequest, person: Person | None, base: str) -> HttpResponse:
    today = timezone.localdate()
    form = ReminderForm(request.POST or None)
    if person is not None and form.is_valid():
        match form.cleaned_data["wants"]:
            case "again":
                resume_reminders(person)
            case "never":
                pause_reminders(person, until=None)
            case _:
                pause_reminders(person, until=today + A_WHILE)
        return redirect(request.path)
    context = {"base": base, "person": person, "pause": pause_of(person, today) if person else None}
    status = 422 if form.errors else 200
    return render(request, "programme/reminders.html", context, status=status)
