"""The list of words that mean the same, for finding similar initiatives."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from modig.apps.initiatives.actions.synonyms import edit_synonym, keep_synonym, remove_synonym
from modig.apps.initiatives.forms.work import SynonymForm
from modig.apps.initiatives.models import Synonym
from modig.apps.initiatives.permissions import may_edit_initiatives, may_edit_synonym
from modig.apps.initiatives.queries import initiatives as queries
from modig.apps.initiatives.synonyms import STARTING_SYNONYMS
from modig.apps.initiatives.views.answers import done, get_and_post, shown
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import as_file, came_too_late, visitor, wants_file
from modig.apps.ui.guards import needs, needs_on


@require_safe
@needs(may_edit_initiatives)
def synonym_list(request: HttpRequest) -> HttpResponseBase:
    own = [(one, one.words.split("|")) for one in queries.synonyms()]
    shared = sorted(group.split("|") for group in STARTING_SYNONYMS)
    if wants_file(request):
        rows = [
            *((", ".join(words), _("own")) for _one, words in own),
            *((", ".join(words), _("for everybody")) for words in shared),
        ]
        return as_file(request, _("synonyms"), [_("Words"), _("Whose")], rows)
    return render(request, "initiatives/synonym_list.html", {"own": own, "shared": shared})


@get_and_post
@needs(may_edit_initiatives)
def synonym_new(request: HttpRequest) -> HttpResponse:
    form = SynonymForm(request.POST or None, instance=Synonym())
    if form.is_valid():
        keep_synonym(form.cleaned_data["words"], by=visitor(request), at=timezone.now())
        return _kept(request)
    return shown(request, "initiatives/synonym.html", {"form": form}, form=form)


@get_and_post
@needs_on(queries.find_synonym, may_edit_synonym)
def synonym(request: HttpRequest, synonym: Synonym) -> HttpResponse:
    form = SynonymForm(request.POST or None, instance=synonym)
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            edit_synonym(form.instance, version=version, by=visitor(request), at=timezone.now())
        except EditedMeanwhileError as error:
            return came_too_late(request, form, error, back=reverse("initiatives:synonyms"))
        return _kept(request)
    context = {"form": form, "synonym": synonym}
    return shown(request, "initiatives/synonym.html", context, form=form)


def _kept(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved. The next search uses it."))
    return done(request, reverse("initiatives:synonyms"))


@require_POST
@needs_on(queries.find_synonym, may_edit_synonym)
def synonym_removal(request: HttpRequest, synonym: Synonym) -> HttpResponse:
    remove_synonym(synonym, by=visitor(request), at=timezone.now())
    messages.success(request, _("The words no longer count as the same."))
    return redirect("initiatives:synonyms")
