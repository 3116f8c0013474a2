"""Venues and facilitators: where groups meet, and who leads them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from modig.apps.programme.actions import resources as actions
from modig.apps.programme.forms.fields import KeptForm
from modig.apps.programme.forms.resources import FacilitatorForm, VenueForm
from modig.apps.programme.models import Facilitator, Venue
from modig.apps.programme.permissions import (
    may_edit_facilitator,
    may_edit_programmes,
    may_edit_venue,
    may_see_facilitators,
    may_see_venues,
)
from modig.apps.programme.queries import programmes, resources
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import as_file, conflict, edited, version_of, visitor, wants_file
from modig.apps.ui.guards import needs, needs_on

get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(may_see_venues)
def venues(request: HttpRequest) -> HttpResponseBase:
    found = list(resources.venues())
    if wants_file(request):
        columns = [_("Venue"), _("Address or building"), _("Seats")]
        return as_file(request, _("venues"), columns, ([v.name, v.place, v.seats] for v in found))
    context = {"venues": found, "may_edit": may_edit_programmes(request.user)}
    return render(request, "programme/venues.html", context)


@get_and_post
@needs(may_edit_programmes)
def venue_new(request: HttpRequest) -> HttpResponse:
    form = VenueForm(request.POST or None)
    return _new(request, form, name="venue")


@get_and_post
@needs_on(programmes.find_venue, may_edit_venue)
def venue_edit(request: HttpRequest, venue: Venue) -> HttpResponse:
    form = VenueForm(request.POST or None, instance=venue)
    return _edit(request, form, name="venue", shown=str(venue))


@get_and_post
@needs_on(programmes.find_venue, may_edit_venue)
def venue_deletion(request: HttpRequest, venue: Venue) -> HttpResponse:
    return _deletion(request, venue, name="venue", meetings=resources.meetings_in(venue))


@require_safe
@needs(may_see_facilitators)
def facilitators(request: HttpRequest) -> HttpResponseBase:
    found = list(resources.facilitators())
    may_edit = may_edit_programmes(request.user)
    if wants_file(request):
        return _facilitators_as_file(request, found, may_edit=may_edit)
    context = {"facilitators": found, "may_edit": may_edit}
    return render(request, "programme/facilitators.html", context)


def _facilitators_as_file(
    request: HttpRequest, found: Iterable[Any], *, may_edit: bool
) -> HttpResponseBase:
    columns = [_("Facilitator"), _("From the partner"), _("Groups")]
    if may_edit:
        columns += [_("E-mail"), _("Signs in as")]
    cells = (
        [one.name, one.is_external, one.groups]
        + ([one.email, str(one.user or "")] if may_edit else [])
        for one in found
    )
    return as_file(request, _("facilitators"), columns, cells)


@get_and_post
@needs(may_edit_programmes)
def facilitator_new(request: HttpRequest) -> HttpResponse:
    form = FacilitatorForm(request.POST or None)
    return _new(request, form, name="facilitator")


@get_and_post
@needs_on(programmes.find_facilitator, may_edit_facilitator)
def facilitator_edit(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    form = FacilitatorForm(request.POST or None, instance=facilitator)
    return _edit(request, form, name="facilitator", shown=str(facilitator))


@get_and_post
@needs_on(programmes.find_facilitator, may_edit_facilitator)
def facilitator_deletion(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    led = resources.meetings_led_by(facilitator)
    return _deletion(request, facilitator, name="facilitator", meetings=led)


# ---- what both have in common --------------------------------------------------------------------


def _new(request: HttpRequest, form: KeptForm[Any], *, name: str) -> HttpResponse:
    if form.is_valid():
        actions.create_resource(form.instance, by=visitor(request), at=timezone.now())
        messages.success(request, _("%(name)s is there.") % {"name": form.instance})
        return redirect(f"programme:{name}s")
    return render(request, f"programme/{name}_edit.html", {"form": form, "is_new": True})


def _edit(request: HttpRequest, form: KeptForm[Any], *, name: str, shown: str) -> HttpResponse:
    here = reverse(f"programme:{name}s")
    if form.is_valid():
        return edited(request, form, actions.edit_resource, back=here, at=timezone.now())
    context = {"form": form, "thing": form.instance, "shown": shown}
    return render(request, f"programme/{name}_edit.html", context)


def _deletion(
    request: HttpRequest, resource: Venue | Facilitator, *, name: str, meetings: Any
) -> HttpResponse:
    here = reverse(f"programme:{name}s")
    if request.method == "POST":
        try:
            actions.delete_resource(
                resource, version=version_of(request), by=visitor(request), at=timezone.now()
            )
        except actions.StandsInPlansError:
            messages.error(request, _("It stands in plans and stays, as part of the history."))
        except EditedMeanwhileError as error:
            differing = [(str(resource), _("to be deleted"), str(error.theirs))]
            return conflict(request, error, differing=differing, back=here)
        else:
            messages.success(request, _("%(name)s is deleted.") % {"name": resource})
        return redirect(here)
    context = {"thing": resource, "meetings": meetings.count(), "back": here}
    return render(request, f"programme/{name}_deletion.html", context)
