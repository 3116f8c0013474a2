"""Assignments: mine, those I gave, all that I see; a new one, one to change, and the page of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from modig.apps.direction.actions import agreements as actions
from modig.apps.direction.forms.agreements import AssignmentForm
from modig.apps.direction.models import Assignment
from modig.apps.direction.permissions import (
    may_edit_assignment,
    may_edit_direction,
    may_give_assignment,
    may_make_agreement,
    may_see_assignment,
    may_see_assignments,
)
from modig.apps.direction.queries import agreements as queries
from modig.apps.direction.queries.goals import opened_goal
from modig.apps.direction.views.answers import done
from modig.apps.people.models import Person
from modig.apps.people.queries.persons import person_of
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import as_file, conflict, page_of, visitor, wants_file
from modig.apps.ui.guards import needs, needs_on

get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(may_see_assignments)
def assignment_list(request: HttpRequest) -> HttpResponseBase:
    user = visitor(request)
    person = person_of(user)
    goal = opened_goal(request.GET.get("goal", ""))
    which = _which(request, person, is_narrowed=goal is not None)
    found = queries.assignments_for(user, person, which, goal=goal)
    if wants_file(request):
        return _as_file(request, found)
    context = {
        "which": which,
        "goal": goal,
        "person": person,
        "page": page_of(request, found),
        "sees_all": may_edit_direction(user),
        "may_give": may_give_assignment(user),
        "today": timezone.localdate(),
    }
    return render(request, "direction/assignment_list.html", context)


def _which(request: HttpRequest, person: Person | None, *, is_narrowed: bool) -> str:
    """Mine to begin with; all where there is nobody whose they could be, or a goal is asked for."""
    default = "mine" if person and not is_narrowed else "all"
    wanted = request.GET.get("which", default)
    return wanted if wanted in {"mine", "given", "all"} else default


def _as_file(request: HttpRequest, found: Any) -> HttpResponseBase:
    columns = [
        _("Assignment"), _("What it is about"), _("Holder"), _("Given by"), _("Unit"), _("Goals"),
        _("From"), _("To"), _("Agreements"),
    ]  # fmt: skip
    rows = (
        [
            one.said.title,
            one.said.text,
            str(one.holder),
            str(one.giver or ""),
            str(one.unit or ""),
            ", ".join(f"{goal.code} {goal}" for goal in one.goals.all()),
            one.from_on,
            one.to_on,
            one.agreed,
        ]
        for one in found
    )
    return as_file(request, _("assignments"), columns, rows)


@require_safe
@needs_on(queries.find_assignment, may_see_assignment)
def assignment(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    user, today = visitor(request), timezone.localdate()
    person = person_of(user)
    agreements = list(queries.agreements_on(assignment, user))
    own = person is not None and person.pk in {assignment.holder_id, assignment.giver_id}
    context = {
        "assignment": assignment,
        "agreements": agreements,
        "person": person,
        "is_own": own,
        "is_over": assignment.to_on is not None and assignment.to_on < today,
        "may_edit": may_edit_assignment(user, assignment),
        "may_agree": own and may_make_agreement(user),
    }
    return render(request, "direction/assignment.html", context)


@get_and_post
@needs(may_give_assignment)
def assignment_new(request: HttpRequest) -> HttpResponse:
    user, today = visitor(request), timezone.localdate()
    person = person_of(user)
    goal = opened_goal(request.GET.get("goal", ""))
    form = AssignmentForm(
        request.POST or None,
        user=user,
        instance=Assignment(giver=person, from_on=today),
        initial={"goals": [goal] if goal else []},
    )
    if form.is_valid():
        made = actions.give_assignment(
            form.instance, form.cleaned_data["goals"], by=user, at=timezone.now()
        )
        messages.success(
            request, _("The assignment is saved. Agree on what each side does for it.")
        )
        return done(request, "direction:assignment", made.pk)
    context = {"form": form, "assignment": None, "back": reverse("direction:assignments")}
    return render(request, "direction/assignment_edit.html", context)


@get_and_post
@needs_on(queries.find_assignment, may_edit_assignment)
def assignment_edit(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    user = visitor(request)
    here = reverse("direction:assignment", args=[assignment.pk])
    form = AssignmentForm(request.POST or None, user=user, instance=assignment)
    if form.is_valid():
        try:
            actions.edit_assignment(
                form.instance,
                version=form.cleaned_data["version"],
                goals=form.cleaned_data["goals"],
                by=user,
                at=timezone.now(),
            )
        except EditedMeanwhileError as error:
            return conflict(request, error, differing=form.both_texts(error.theirs), back=here)
        messages.success(request, _("Saved."))
        return done(request, here)
    context = {"form": form, "assignment": assignment, "back": here}
    return render(request, "direction/assignment_edit.html", context)
