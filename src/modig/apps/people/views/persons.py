from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from modig.apps.people.actions import persons as actions
from modig.apps.people.forms.persons import EmploymentForm, NominationForm, PersonForm
from modig.apps.people.models import Employment, KeyPersonNomination, Person, StaffRole
from modig.apps.people.permissions import (
    may_edit_employment,
    may_edit_people,
    may_edit_person,
    may_see_key_persons,
    may_see_person,
    may_see_persons,
    may_see_units,
    may_withdraw_nomination,
)
from modig.apps.people.queries import persons as queries
from modig.apps.people.queries import units as unit_queries
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import (
    as_file,
    conflict,
    edited,
    page_of,
    visitor,
    wants_file,
)
from modig.apps.ui.guards import needs, needs_on

OPTIONS_SHOWN = 12
get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(may_see_persons)
def person_list(request: HttpRequest) -> HttpResponseBase:
    user, today = visitor(request), timezone.localdate()
    wanted = queries.PersonFilter(
        text=request.GET.get("q", "").strip(),
        unit=unit_queries.opened_unit(request.GET.get("unit", "")),
        role=request.GET.get("role", ""),
        gone="gone" in request.GET,
    )
    found = queries.persons(user, wanted, on=today)
    if wants_file(request):
        return as_file(request, _("persons"), _columns(), map(_cells, found))
    context = {
        "wanted": wanted,
        "today": today,
        "page": page_of(request, found),
        "tops": unit_queries.top_units(),
        "roles": StaffRole.choices,
        "sees_units": may_see_units(user),
        "sees_key_persons": may_see_key_persons(user),
    }
    return render(request, "people/person_list.html", context)


def _columns() -> list[str]:
    return [
        _("Employee number"), _("First name"), _("Last name"), _("E-mail"), _("Title"), _("Role"),
        _("Unit"), _("Unit code"), _("Top unit"),
    ]  # fmt: skip


def _cells(person: Person) -> list[str]:
    now: list[Employment] = getattr(person, "employments_now", [])
    return [
        person.number,
        person.first_name,
        person.last_name,
        person.email,
        " / ".join(one.title for one in now),
        " / ".join(dict.fromkeys(one.get_role_display() for one in now)),
        " / ".join(one.unit.name for one in now),
        " / ".join(one.unit.code for one in now),
        " / ".join(dict.fromkeys(one.unit.top.name for one in now if one.unit.top)),
    ]


@require_safe
@needs_on(queries.find_person, may_see_person)
def person(request: HttpRequest, person: Person) -> HttpResponse:
    user, today = visitor(request), timezone.localdate()
    context = {
        "person": person,
        "today": today,
        "employments": queries.employments_of(person),
        "seats": queries.seats_of_person(person),
        "nominations": queries.nominations().filter(person=person),
        "reports": queries.reports_of(person, today),
        "watchers": queries.watchers(person, today),
        "may_edit": may_edit_person(user, person),
        "sees_units": may_see_units(user),
    }
    return render(request, "people/person.html", context)


@get_and_post
@needs_on(queries.find_person, may_edit_person)
def person_edit(request: HttpRequest, person: Person) -> HttpResponse:
    form = PersonForm(request.POST or None, instance=person)
    here = reverse("people:person", args=[person.pk])
    if form.is_valid():
        return edited(request, form, actions.edit_person, back=here, at=timezone.now())
    return render(request, "people/person_edit.html", {"form": form, "person": person})


@get_and_post
@needs_on(queries.find_employment, may_edit_employment)
def employment_edit(request: HttpRequest, employment: Employment) -> HttpResponse:
    form = EmploymentForm(request.POST or None, instance=employment)
    here = reverse("people:person", args=[employment.person_id])
    if form.is_valid():
        return edited(request, form, actions.edit_employment, back=here, at=timezone.now())
    context = {"form": form, "employment": employment, "person": employment.person}
    return render(request, "people/employment_edit.html", context)


@require_safe
@needs(may_see_persons)
def person_options(request: HttpRequest) -> HttpResponse:
    """Persons to choose while one types."""
    text = request.GET.get(request.GET.get("field", ""), "")
    found: Any = []
    if text:
        found = queries.persons(
            visitor(request), queries.PersonFilter(text=text), on=timezone.localdate()
        )
    return render(request, "people/options.html", {"found": found[:OPTIONS_SHOWN]})


@require_safe
@needs(may_see_key_persons)
def key_persons(request: HttpRequest) -> HttpResponseBase:
    found = queries.nominations(open_only="all" not in request.GET)
    if wants_file(request):
        columns = [
            _("Employee number"), _("Name"), _("Reason"), _("Nominated by"), _("Nominated"),
            pgettext("nomination", "Withdrawn"),
        ]  # fmt: skip
        rows = (
            [
                one.person.number,
                str(one.person),
                one.reason,
                str(one.nominated_by or ""),
                one.nominated_on,
                one.withdrawn_on,
            ]
            for one in found
        )
        return as_file(request, _("key-persons"), columns, rows)
    context = {
        "page": page_of(request, found),
        "all": "all" in request.GET,
        "may_edit": may_edit_people(visitor(request)),
    }
    return render(request, "people/key_persons.html", context)


@get_and_post
@needs(may_edit_people)
def nomination_new(request: HttpRequest) -> HttpResponse:
    user = visitor(request)
    me = queries.person_of(user)
    given = {
        "on": timezone.localdate(),
        "nominated_by": me.pk if me else None,
        "person": request.GET.get("person", ""),
    }
    form = NominationForm(request.POST or None, initial=given)
    if form.is_valid():
        try:
            actions.nominate(**form.cleaned_data, by=user, at=timezone.now())
        except actions.AlreadyNominatedError:
            form.add_error("person", _("This person is a key person already."))
        else:
            words = {"person": form.cleaned_data["person"]}
            messages.success(request, _("%(person)s is now a key person.") % words)
            return redirect("people:key_persons")
    return render(request, "people/nomination_new.html", {"form": form})


@get_and_post
@needs_on(queries.find_nomination, may_withdraw_nomination)
def nomination_withdrawal(request: HttpRequest, nomination: KeyPersonNomination) -> HttpResponse:
    if request.method == "POST":
        given = request.POST.get("version", "")
        try:
            actions.withdraw_nomination(
                nomination,
                version=int(given) if given.isdecimal() else nomination.version,
                on=timezone.localdate(),
                by=visitor(request),
                at=timezone.now(),
            )
        except actions.AlreadyWithdrawnError:
            messages.info(request, _("The nomination had been withdrawn before."))
        except EditedMeanwhileError as error:
            back = reverse("people:key_persons")
            return conflict(request, error, differing=[], back=back)
        else:
            messages.success(request, _("The nomination is withdrawn."))
        return redirect("people:key_persons")
    return render(request, "people/nomination_withdrawal.html", {"nomination": nomination})
