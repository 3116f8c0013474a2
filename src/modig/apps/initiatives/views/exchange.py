"""Following, joining, asking, and letting two initiatives become one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from modig.apps.initiatives.actions.exchange import (
    MergeIsDecidedError,
    MergeIsProposedError,
    answer_question,
    ask_owner,
    decline_merge,
    keep_as_follower,
    let_in,
    propose_merge,
    say_yes_to_merge,
)
from modig.apps.initiatives.actions.initiatives import leave_initiative, take_part
from modig.apps.initiatives.forms.work import AnswerForm, MemberForm, MergerForm, QuestionForm
from modig.apps.initiatives.models import (
    Initiative,
    InitiativePerson,
    MergeProposal,
    Question,
)
from modig.apps.initiatives.permissions import (
    initiatives_seen_by,
    may_answer_question,
    may_decide_merge,
    may_edit_initiative,
    may_edit_part_of,
    may_follow_initiative,
    may_see_merge,
)
from modig.apps.initiatives.queries import initiatives as queries
from modig.apps.initiatives.queries.similar import similar_to
from modig.apps.initiatives.views.answers import (
    done,
    get_and_post,
    page_of_initiative,
    refuses_merged,
    saved,
    shown,
)
from modig.apps.people.models import Person
from modig.apps.people.queries.persons import person_of
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import came_too_late, visitor
from modig.apps.ui.guards import needs_on

Part = InitiativePerson.Part


def _person(request: HttpRequest) -> Person:
    """Who asks, as a person of the organisation; a guest from outside has no part in initiatives."""
    person = person_of(visitor(request))
    if person is None:
        raise PermissionDenied
    return person


# ---- people ------------------------------------------------------------------------------------


@require_POST
@needs_on(queries.find_initiative, may_follow_initiative)
def following(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """Follow, or follow no longer."""
    person = _person(request)
    if request.POST.get("follow") == "no":
        leave_initiative(initiative, person)
        return saved(request, initiative, _("You no longer follow it."))
    take_part(initiative, person, Part.FOLLOWER)
    return saved(request, initiative, _("You follow it. News of it is on its page."))


@require_POST
@needs_on(queries.find_initiative, may_follow_initiative)
@refuses_merged
def joining(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """Ask to work on it; the owner says yes or no."""
    take_part(initiative, _person(request), Part.ASKS)
    said = _("%(owner)s sees that you want to join, and answers.") % {"owner": initiative.owner}
    return saved(request, initiative, said, part="people")


@get_and_post
@needs_on(queries.find_initiative, may_edit_initiative)
@refuses_merged
def member_new(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    form = MemberForm(request.POST or None)
    if form.is_valid():
        person = form.cleaned_data["person"]
        take_part(initiative, person, Part.MEMBER)
        said = _("%(person)s works on it now.") % {"person": person}
        return saved(request, initiative, said, part="people")
    context = {"form": form, "initiative": initiative}
    return shown(request, "initiatives/member_new.html", context, form=form)


@require_POST
@needs_on(queries.find_part, may_edit_part_of)
@refuses_merged
def part(request: HttpRequest, part: InitiativePerson) -> HttpResponse:
    """Let somebody in who has asked, or let a member follow instead."""
    initiative, words = part.initiative, {"person": part.person}
    if request.POST.get("answer") == "yes":
        let_in(part, by=visitor(request), at=timezone.now())
        return saved(request, initiative, _("%(person)s works on it now.") % words, part="people")
    keep_as_follower(part)
    return saved(request, initiative, _("%(person)s follows it instead.") % words, part="people")


# ---- questions ---------------------------------------------------------------------------------


@get_and_post
@needs_on(queries.find_initiative, may_follow_initiative)
@refuses_merged
def question_new(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    person = _person(request)
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        ask_owner(initiative, form.cleaned_data["text"], by=person, at=timezone.now())
        said = _("%(owner)s gets your question. The answer comes here, for all to read.")
        return saved(request, initiative, said % {"owner": initiative.owner}, part="questions")
    context = {"form": form, "initiative": initiative}
    return shown(request, "initiatives/question_new.html", context, form=form)


@get_and_post
@needs_on(queries.find_question, may_answer_question)
def answer(request: HttpRequest, question: Question) -> HttpResponse:
    initiative = question.initiative
    form = AnswerForm(request.POST or None, instance=question)
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            answer_question(
                question, form.cleaned_data["answer"], version=version, at=timezone.now()
            )
        except EditedMeanwhileError as error:
            return came_too_late(request, form, error, back=page_of_initiative(initiative))
        return saved(request, initiative, _("Your answer is on the page."), part="questions")
    context = {"form": form, "question": question, "initiative": initiative}
    return shown(request, "initiatives/answer.html", context, form=form)


# ---- mergers -----------------------------------------------------------------------------------


@get_and_post
@needs_on(queries.find_initiative, may_edit_initiative)
@refuses_merged
def merger_new(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """Propose that this initiative lives on in another one."""
    user = visitor(request)
    seen = initiatives_seen_by(user)
    form = MergerForm(
        request.POST or None, source=initiative, initial={"target": request.GET.get("with", "")}
    )
    if form.is_valid():
        try:
            proposal = propose_merge(
                initiative,
                form.cleaned_data["target"],
                why=form.cleaned_data["why"],
                proposer=person_of(user),
                by=user,
                at=timezone.now(),
            )
        except MergeIsProposedError as error:
            messages.warning(request, _("There is a proposal already. Here it is."))
            return redirect("initiatives:merger", error.proposal.pk)
        return done(request, _after_merge(proposal))
    context = {"form": form, "initiative": initiative, "similar": similar_to(initiative, seen=seen)}
    return shown(request, "initiatives/merger_new.html", context, form=form)


@get_and_post
@needs_on(queries.find_merge, may_see_merge)
@refuses_merged
def merger(request: HttpRequest, proposal: MergeProposal) -> HttpResponse:
    """A proposal, what it would do, and the two owners' yes or no."""
    user = visitor(request)
    may_decide = may_decide_merge(user, proposal)
    if request.method != "POST":
        person = person_of(user)
        context = {"proposal": proposal, "may_decide": may_decide, "person": person}
        return render(request, "initiatives/merger.html", context)
    if not may_decide:
        raise PermissionDenied
    return _decide(request, proposal)


def _decide(request: HttpRequest, proposal: MergeProposal) -> HttpResponse:
    user, at = visitor(request), timezone.now()
    try:
        if request.POST.get("answer") == "yes":
            proposal = say_yes_to_merge(proposal, _person(request), by=user, at=at)
        else:
            decline_merge(proposal, _person(request), by=user, at=at)
            messages.success(request, _("You said no. Both initiatives go on as they were."))
    except MergeIsDecidedError:
        messages.warning(request, _("This was decided already."))
    return redirect(_after_merge(proposal))


def _after_merge(proposal: MergeProposal) -> str:
    if proposal.merged_at:
        return page_of_initiative(proposal.target)
    return f"{page_of_initiative(proposal.source)}#mergers"
