"""Programmes: the list, the cockpit, coverage, groups, and setting a programme up."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from modig.apps.programme.actions import programmes as actions
from modig.apps.programme.forms.programmes import ProgrammeForm
from modig.apps.programme.gantt import gantt
from modig.apps.programme.models import Programme
from modig.apps.programme.permissions import (
    may_edit_programme,
    may_edit_programmes,
    may_see_people_of_programme,
    may_see_programme,
    may_see_programmes,
    sees_all_programmes,
)
from modig.apps.programme.queries import coverage as covering
from modig.apps.programme.queries import programmes as queries
from modig.apps.programme.queries.missing import Missing, missing_in, overview
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.tenancy.permissions import Visitor, is_allowed
from modig.apps.ui.answers import (
    as_file,
    conflict,
    edited,
    page_of,
    version_of,
    visitor,
    wants_file,
)
from modig.apps.ui.guards import needs, needs_on

get_and_post = require_http_methods(["GET", "HEAD", "POST"])
NEEDS_SHOWN, GROUPS_SHOWN = 4, 8


# ---- list ----------------------------------------------------------------------------------------


@require_safe
@needs(may_see_programmes)
def programme_list(request: HttpRequest) -> HttpResponseBase:
    """Every programme; who only leads groups finds those groups instead."""
    if not sees_all_programmes(request.user):
        groups = list(queries.groups_led_by(visitor(request)))
        return render(request, "programme/programme_led.html", {"groups": groups})
    found = list(queries.programmes())
    sizes = queries.sizes(found)
    rows = [(one, sizes.get(one.pk, queries.Size())) for one in found]
    if wants_file(request):
        return _programmes_as_file(request, rows)
    today = timezone.localdate()
    running = [one for one in found if one.starts_on <= today <= one.ends_on]
    context = {
        "rows": rows,
        "today": today,
        "running": len(running),
        "next": next(iter(running or found), None),
        "may_edit": may_edit_programmes(request.user),
    }
    return render(request, "programme/programme_list.html", context)


def _programmes_as_file(
    request: HttpRequest, rows: Iterable[tuple[Programme, queries.Size]]
) -> HttpResponseBase:
    columns = [_("Programme"), _("Motto"), _("Starts"), _("Ends"), _("Waves"), _("People"),
               _("Groups")]  # fmt: skip
    cells = (
        [
            one.name,
            one.brand,
            one.starts_on,
            one.ends_on,
            sum(not wave.is_pause for wave in one.waves.all()),
            size.people,
            size.groups,
        ]
        for one, size in rows
    )
    return as_file(request, _("programmes"), columns, cells)


# ---- cockpit -------------------------------------------------------------------------------------


@require_safe
@needs_on(queries.find_programme, may_see_programme)
def programme(request: HttpRequest, programme: Programme) -> HttpResponseBase:
    """The cockpit: coverage, waves in time, groups, and what is missing."""
    today = timezone.localdate()
    found = overview([programme], today)
    coverage = found.coverages[programme.pk]
    departments = covering.by_department(coverage)
    if wants_file(request):
        return _departments_as_file(request, programme, departments)
    groups = found.groups_of(programme)
    needed = queries.needs(groups, today)
    waves = [found.states[wave.pk] for wave in found.waves_of(programme)]
    missing = with_way(request.user, missing_in(found, programme))
    context = {
        "programme": programme,
        "today": today,
        "coverage": coverage,
        "departments": departments,
        "gantt": gantt(programme, waves, today) if waves else None,
        "waves": waves,
        "groups": [
            (row, row.next_block(today))
            for row in queries.by_next_meeting(groups, today)[:GROUPS_SHOWN]
        ],
        "groups_in_all": len(groups),
        "needs": needed[:NEEDS_SHOWN],
        "needs_in_all": len(needed),
        "missing": missing,
        "first": next((one for one, may in missing if may), None),
        "may_edit": may_edit_programme(request.user, programme),
    }
    return render(request, "programme/programme.html", context)


def with_way(user: Visitor, missing: Iterable[Missing]) -> list[tuple[Missing, bool]]:
    """Each missing thing with whether ``user`` may do something about it."""
    return [(one, is_allowed(user, one.permission)) for one in missing]


def _departments_as_file(
    request: HttpRequest, programme: Programme, rows: Iterable[covering.DepartmentRow]
) -> HttpResponseBase:
    columns = [_("Code"), _("Department or company"), _("Has taken part"), _("Has dates"),
               _("Has no place"), _("All")]  # fmt: skip
    cells = (
        [row.unit.code, row.unit.name, row.reached, row.planned, row.missing, row.total]
        for row in rows
    )
    return as_file(request, "-".join((_("coverage"), programme.code)), columns, cells)


# ---- coverage ------------------------------------------------------------------------------------


@require_safe
@needs_on(queries.find_programme, may_see_programme)
def coverage(request: HttpRequest, programme: Programme) -> HttpResponseBase:
    """Who has been reached, who has dates, who has no place; without names for who sees none."""
    today = timezone.localdate()
    found = overview([programme], today)
    own = found.coverages[programme.pk]
    departments = covering.by_department(own)
    if not may_see_people_of_programme(request.user):
        if wants_file(request):
            return _departments_as_file(request, programme, departments)
        context = {"programme": programme, "coverage": own, "departments": departments}
        return render(request, "programme/coverage.html", context)
    wanted = covering.Wanted.read(request.GET)
    people = covering.in_order(own, covering.narrowed(own, wanted))
    if wants_file(request):
        return _people_as_file(request, programme, covering.named(own, people, found.groups))
    page = page_of(request, people)
    rows = covering.named(own, page, found.groups)
    context = {
        "programme": programme,
        "coverage": own,
        "departments": departments,
        "sees_people": True,
        "wanted": wanted,
        "states": covering.counts(own),
        "page": page,
        "rows": rows,
        "states_differ": len({(row.covered.state, row.covered.is_new) for row in rows}) > 1
        or any(row.covered.is_new for row in rows),
    }
    return render(request, "programme/coverage.html", context)


def _people_as_file(
    request: HttpRequest, programme: Programme, rows: Iterable[covering.NamedRow]
) -> HttpResponseBase:
    columns = [_("Employee number"), _("Name"), _("E-mail"), _("Title"), _("Unit"),
               _("Department or company"), _("State"), _("Newly appointed"), _("Began"), _("Group"),
               _("Wave")]  # fmt: skip
    cells = (
        [
            row.person.number,
            str(row.person),
            row.person.email,
            row.title,
            str(row.unit or ""),
            str(row.top or ""),
            str(row.state_label),
            row.covered.is_new,
            row.from_on,
            row.group.group.name if row.group else "",
            str(row.group.wave) if row.group else "",
        ]
        for row in rows
    )
    return as_file(request, "-".join((_("coverage"), programme.code)), columns, cells)


# ---- groups --------------------------------------------------------------------------------------


@require_safe
@needs_on(queries.find_programme, may_see_programme)
def groups(request: HttpRequest, programme: Programme) -> HttpResponseBase:
    """Every published group with its next meeting, and what it needs."""
    today = timezone.localdate()
    rows = queries.by_next_meeting(queries.group_rows([programme], today), today)
    needed = {need.row.group.pk: need for need in queries.needs(rows, today)}
    waves = list({row.wave.pk: row.wave for row in rows}.values())
    only_needs, wave = "needs" in request.GET, request.GET.get("wave", "")
    kept = [
        (row, row.next_block(today), needed.get(row.group.pk))
        for row in rows
        if (not only_needs or row.group.pk in needed) and (not wave or str(row.wave.pk) == wave)
    ]
    if wants_file(request):
        return _groups_as_file(request, programme, kept)
    context = {
        "programme": programme,
        "page": page_of(request, kept),
        "waves": waves,
        "wave": wave,
        "only_needs": only_needs,
        "in_all": len(rows),
        "needs_in_all": len(needed),
        "today": today,
    }
    return render(request, "programme/groups.html", context)


def _groups_as_file(
    request: HttpRequest, programme: Programme, rows: Iterable[tuple[Any, Any, Any]]
) -> HttpResponseBase:
    columns = [_("Group"), _("Wave"), _("People"), _("Teams"), _("Blocks"), _("Next block"),
               _("Next day"), _("Venue"), _("Facilitators"), _("Needs")]  # fmt: skip
    cells = (
        [
            row.group.name,
            str(row.wave),
            row.people,
            row.teams,
            len(row.blocks),
            block.number if block else None,
            block.days[0] if block else None,
            block.venue if block else "",
            ", ".join(row.facilitators),
            need.what if need else "",
        ]
        for row, block, need in rows
    )
    return as_file(request, "-".join((_("groups"), programme.code)), columns, cells)


# ---- setting up ----------------------------------------------------------------------------------


@get_and_post
@needs(may_edit_programmes)
def programme_new(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    given = {"starts_on": today, "is_for_all_leaders": True}
    form = ProgrammeForm(request.POST or None, initial=given)
    if form.is_valid():
        made = actions.create_programme(form.instance, by=visitor(request), at=timezone.now())
        messages.success(request, _("%(programme)s is there.") % {"programme": made})
        return redirect("programme:programme", made.pk)
    return render(request, "programme/programme_new.html", {"form": form})


@get_and_post
@needs_on(queries.find_programme, may_edit_programme)
def programme_edit(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = ProgrammeForm(request.POST or None, instance=programme)
    here = reverse("programme:programme", args=[programme.pk])
    if form.is_valid():
        return edited(request, form, actions.edit_programme, back=here, at=timezone.now())
    context = {"form": form, "programme": queries.find_programme(programme.pk)}
    return render(request, "programme/programme_edit.html", context)


@get_and_post
@needs_on(queries.find_programme, may_edit_programme)
def programme_deletion(request: HttpRequest, programme: Programme) -> HttpResponse:
    here = reverse("programme:programme", args=[programme.pk])
    if request.method == "POST":
        try:
            actions.delete_programme(
                programme, version=version_of(request), by=visitor(request), at=timezone.now()
            )
        except actions.HasBeenPublishedError:
            messages.error(request, _("It has a published plan and stays, as part of the history."))
            return redirect(here)
        except EditedMeanwhileError as error:
            differing = [(_("Programme"), _("to be deleted"), str(error.theirs))]
            return conflict(request, error, differing=differing, back=here)
        messages.success(request, _("%(programme)s is deleted.") % {"programme": programme})
        return redirect("programme:list")
    context = {
        "programme": programme,
        "waves": list(programme.waves.all()),
        "is_kept": queries.has_been_published(programme.waves.all()),
        "back": here,
    }
    return render(request, "programme/programme_deletion.html", context)
