"""Promises: made at the end of a meeting, told in two presses on a phone, counted without names."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from modig.apps.people.models import Person
from modig.apps.people.queries.persons import person_of
from modig.apps.programme.actions import promises as actions
from modig.apps.programme.forms.promises import OutcomeForm, PromiseForm, TakeBackForm
from modig.apps.programme.models import Group, Meeting, Promise
from modig.apps.programme.permissions import (
    may_count_promises,
    may_keep_promise,
    may_promise,
    may_see_promise,
    may_see_promises_of,
)
from modig.apps.programme.queries import promises as queries
from modig.apps.programme.queries.groups import all_groups
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import as_file, conflict, page_of, visitor, wants_file
from modig.apps.ui.drafts import draft_is_kept_no_longer
from modig.apps.ui.guards import needs, needs_on

VIEWS = ("open", "told", "all")
A_WEEK = timedelta(days=7)
get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(may_promise)
def promise_list(request: HttpRequest) -> HttpResponseBase:
    """The visitor's own promises, and her meetings that still wait for one."""
    person, today = person_of(visitor(request)), timezone.localdate()
    which = request.GET.get("which", "open")
    which = which if which in VIEWS else "open"
    found = queries.promises_of(person, which)
    if wants_file(request):
        return as_file(request, _("my-promises"), _columns(), map(_cells, found))
    held = queries.held_meetings(person, today) if person else []
    context = {
        "person": person,
        "which": which,
        "page": page_of(request, found),
        "waiting": queries.meetings_without_promise(held, today),
        "today": today,
    }
    return render(request, "programme/promises.html", context)


def _columns() -> list[str]:
    return [
        _("Promise"), _("When"), _("With whom"), _("Promised at"), _("Promised"),
        _("What happened"), _("Why not yet"), _("In a few words"), _("Told"),
    ]  # fmt: skip


def _cells(promise: Promise) -> list[Any]:
    return [
        promise.said.what,
        promise.due_on,
        promise.with_whom,
        str(promise.meeting.block) if promise.meeting else "",
        promise.made_on,
        promise.get_outcome_display(),
        promise.get_why_not_display(),
        promise.said.told,
        promise.reported_on,
    ]


# ---- one promise ---------------------------------------------------------------------------------


@require_safe
@needs_on(queries.find_promise, may_see_promise)
def promise(request: HttpRequest, promise: Promise) -> HttpResponse:
    return _page(request, promise, OutcomeForm(initial={"version": promise.version}))


def _page(
    request: HttpRequest, promise: Promise, form: OutcomeForm, *, status: int = 200
) -> HttpResponse:
    """A promise: what was promised, what happened, and what can come of it."""
    is_own, today = may_keep_promise(request.user, promise), timezone.localdate()
    is_just_made = promise.made_on == today < promise.due_on
    waits = not promise.outcome and not is_just_made
    context = {
        "promise": promise,
        "form": form,
        "is_own": is_own,
        "reasons": Promise.WhyNot.choices,
        "asks": is_own and (waits or "anew" in request.GET or form.is_bound),
        "today": today,
    }
    return render(request, "programme/promise.html", context, status=status)


@require_POST
@needs_on(queries.find_promise, may_keep_promise)
def outcome(request: HttpRequest, promise: Promise) -> HttpResponse:
    """Tell what happened."""
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, promise, form, status=422)
    try:
        actions.tell_what_happened(
            promise,
            **form.cleaned_data,
            on=timezone.localdate(),
            by=visitor(request),
            at=timezone.now(),
        )
    except EditedMeanwhileError as error:
        return _told_meanwhile(request, error, form)
    messages.success(request, _("Thank you. It is told."))
    return draft_is_kept_no_longer(request, redirect("programme:promise", promise.pk))


def _told_meanwhile(
    request: HttpRequest, error: EditedMeanwhileError, form: OutcomeForm
) -> HttpResponse:
    theirs = queries.find_promise(error.theirs.pk)
    outcomes = dict(Promise.Outcome.choices)
    mine = form.cleaned_data
    differing = [
        (_("What happened"), str(outcomes[mine["outcome"]]), theirs.get_outcome_display()),
        (_("In a few words"), mine["told"], theirs.told),
        (_("Promise"), str(theirs), str(theirs)),
        (_("When"), "–", theirs.due_on.isoformat()),
    ]
    return conflict(
        request,
        error,
        differing=[line for line in differing if line[1] != line[2]],
        back=reverse("programme:promise", args=[theirs.pk]),
    )


@get_and_post
@needs(may_promise)
def promise_new(request: HttpRequest) -> HttpResponse:
    """A new promise, at the end of a meeting or in between."""
    user, today = visitor(request), timezone.localdate()
    person = person_of(user)
    if person is None:
        return render(request, "programme/promise_nobody.html")
    meetings = _meetings(person, today)
    blank = Promise(person=person, meeting=_chosen(request, meetings), due_on=today + A_WEEK)
    form = PromiseForm(request.POST or None, instance=blank, meetings=meetings, today=today)
    if form.is_valid():
        made = actions.make_promise(form.instance, by=user, at=timezone.now())
        messages.success(request, _("It is promised. You are asked what happened on the day."))
        return draft_is_kept_no_longer(request, redirect("programme:promise", made.pk))
    context = {"form": form, "promise": None, "back": reverse("programme:promises")}
    return render(request, "programme/promise_edit.html", context)


def _meetings(person: Person, today: date) -> list[Meeting]:
    return [held.row.meeting for held in queries.held_meetings(person, today)]


def _chosen(request: HttpRequest, meetings: list[Meeting]) -> Meeting | None:
    """The meeting that the address names, if it is one's own; else the latest one."""
    wanted = request.GET.get("meeting", "")
    named = [meeting for meeting in meetings if str(meeting.pk) == wanted]
    return next(iter(named or meetings), None)


@get_and_post
@needs_on(queries.find_promise, may_keep_promise)
def promise_edit(request: HttpRequest, promise: Promise) -> HttpResponse:
    """Change what is promised, or move it to another day."""
    today = timezone.localdate()
    here = reverse("programme:promise", args=[promise.pk])
    form = PromiseForm(
        request.POST or None,
        instance=promise,
        meetings=_meetings(promise.person, today),
        today=today,
        kept_day=promise.due_on,
    )
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.change_promise(
                form.instance, version=version, by=visitor(request), at=timezone.now()
            )
        except EditedMeanwhileError as error:
            return conflict(request, error, differing=form.both_texts(error.theirs), back=here)
        except actions.PromiseToldError:
            messages.error(
                request, _("It is told already how it went. Make a new promise instead.")
            )
        else:
            messages.success(request, _("Saved."))
        return draft_is_kept_no_longer(request, redirect(here))
    context = {"form": form, "promise": promise, "back": here}
    return render(request, "programme/promise_edit.html", context)


@get_and_post
@needs_on(queries.find_promise, may_keep_promise)
def promise_removal(request: HttpRequest, promise: Promise) -> HttpResponse:
    """Take a promise back."""
    here = reverse("programme:promise", args=[promise.pk])
    form = TakeBackForm(request.POST or None, initial={"version": promise.version})
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.take_promise_back(
                promise, version=version, by=visitor(request), at=timezone.now()
            )
        except EditedMeanwhileError as error:
            differing = [(_("Promise"), str(promise), str(error.theirs))]
            return conflict(request, error, differing=differing, back=here)
        messages.success(request, _("The promise is taken back."))
        return redirect("programme:promises")
    context = {"form": form, "promise": promise, "back": here}
    return render(request, "programme/promise_removal.html", context)


# ---- groups --------------------------------------------------------------------------------------


def find_group(group_id: int) -> Group:
    return get_object_or_404(all_groups(), pk=group_id)


@require_safe
@needs_on(find_group, may_see_promises_of)
def group_promises(request: HttpRequest, group: Group) -> HttpResponseBase:
    """What the people of a group have promised, for its facilitators."""
    found = queries.promises_of_group(group)
    if wants_file(request):
        name = slugify(f"{group.name}-{_('promises')}")
        rows = ([str(one.person), *_cells(one)] for one in found)
        return as_file(request, name, [_("Name"), *_columns()], rows)
    context = {
        "group": group,
        "wave": group.plan.wave,
        "page": page_of(request, found),
        "today": timezone.localdate(),
    }
    return render(request, "programme/promises_of_group.html", context)


@require_safe
@needs(may_count_promises)
def counts(request: HttpRequest) -> HttpResponseBase:
    """How many promises there are by wave and group, and how they went."""
    user = visitor(request)
    found = queries.counts_for(user, timezone.localdate())
    if wants_file(request):
        columns = [
            _("Programme"), _("Wave"), _("Group"), _("Participants"), _("Have promised"),
            _("Promises"), _("Used"), _("Tried"), _("Not yet"), _("Told, per cent"), _("Late"),
        ]  # fmt: skip
        rows = (
            [
                str(one.group.plan.wave.programme),
                str(one.group.plan.wave),
                one.group.name,
                one.people,
                one.promised_by,
                one.made,
                one.used,
                one.tried,
                one.not_yet,
                round(100 * one.share_told, 1),
                one.late,
            ]
            for one in found
        )
        return as_file(request, _("promises"), columns, rows)
    page, reads = page_of(request, found), queries.groups_read_by(user)
    context = {
        "rows": [(one, one.group.pk in reads) for one in page],
        "page": page,
        "total": _total(found),
    }
    return render(request, "programme/promise_counts.html", context)


def _total(found: list[queries.Counted]) -> dict[str, int]:
    names = ("people", "promised_by", "made", "used", "tried", "not_yet", "told", "late")
    return {name: sum(getattr(one, name) for one in found) for name in names}
