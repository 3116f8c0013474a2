from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from modig.apps.people.actions import legal_entities as entity_actions
from modig.apps.people.actions import units as actions
from modig.apps.people.forms.units import (
    DivisionForm,
    LegalEntityForm,
    MergerForm,
    NewUnitForm,
    UnitForm,
)
from modig.apps.people.models import LegalEntity, Unit
from modig.apps.people.permissions import (
    may_edit_legal_entity,
    may_edit_people,
    may_edit_unit,
    may_import_people,
    may_see_people_of,
    may_see_persons,
    may_see_unit,
    may_see_units,
)
from modig.apps.people.queries import persons as person_queries
from modig.apps.people.queries import teams as team_queries
from modig.apps.people.queries import units as queries
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import as_file, came_too_late, edited, page_of, visitor, wants_file
from modig.apps.ui.guards import needs, needs_on

PEOPLE_SHOWN = 12
get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(may_see_units)
def unit_tree(request: HttpRequest) -> HttpResponseBase:
    user, today = visitor(request), timezone.localdate()
    if wants_file(request):
        return _units_as_file(request)
    text = request.GET.get("q", "").strip()
    context: dict[str, Any] = {
        "q": text,
        "may_edit": may_edit_people(user),
        "may_import": may_import_people(user),
        "sees_people": may_see_persons(user),
    }
    if text:
        page = page_of(request, queries.units_matching(user, text))
        context |= {
            "page": page,
            "found": queries.rows(
                user, page.object_list, on=today, sees_people=context["sees_people"]
            ),
        }
    else:
        opened = queries.opened_unit(request.GET.get("open", ""))
        counted = queries.heads(today)
        context |= {
            "tree": queries.tree(
                user, on=today, counted=counted, opened=opened, sees_people=context["sees_people"]
            ),
            "numbers": queries.numbers(counted),
        }
    return render(request, "people/unit_tree.html", context)


def _units_as_file(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    counted = queries.heads(today)
    columns = [
        _("Code"), _("Name"), _("Level"), _("Lies under"), _("Top unit"), _("Legal entity"),
        _("Employees"), _("Managers"),
    ]  # fmt: skip
    rows = (
        [
            unit.code,
            unit.name,
            unit.level,
            unit.parent.code if unit.parent else "",
            unit.top.name if unit.top else "",
            unit.legal_entity.name if unit.legal_entity else "",
            counted.people[unit.pk],
            counted.managers[unit.pk],
        ]
        for unit in queries.units_matching(visitor(request), request.GET.get("q", ""))
        .select_related("parent", "top", "legal_entity")
        .order_by("path")
    )
    return as_file(request, _("units"), columns, rows)


@require_safe
@needs_on(queries.find_unit, may_see_unit)
def unit_branch(request: HttpRequest, unit: Unit) -> HttpResponse:
    """One row of the tree, opened or closed; the page without script shows the same."""
    user = visitor(request)
    branch = queries.branch(
        user,
        unit,
        on=timezone.localdate(),
        is_open="closed" not in request.GET,
        sees_people=may_see_persons(user),
    )
    context = {"branch": branch, "sees_people": may_see_persons(user)}
    return render(request, "people/unit_tree.html#branch", context)


@require_safe
@needs_on(queries.find_unit, may_see_unit)
def unit(request: HttpRequest, unit: Unit) -> HttpResponse:
    user, today = visitor(request), timezone.localdate()
    sees_people = may_see_people_of(user, unit)
    people = person_queries.persons(user, person_queries.PersonFilter(unit=unit), on=today)
    context = {
        "unit": unit,
        "above": queries.ancestors(unit),
        "row": queries.branch(user, unit, on=today, sees_people=sees_people),
        "own_people": queries.own_staff(unit, today),
        "people": people[:PEOPLE_SHOWN] if sees_people else [],
        "sees_people": sees_people,
        "teams": team_queries.teams(user, on=today).filter(unit=unit),
        "edges": queries.edges_of(unit),
        "successions": queries.successions_of(unit),
        "may_edit": may_edit_unit(user, unit),
    }
    return render(request, "people/unit.html", context)


@get_and_post
@needs(may_edit_people)
def unit_new(request: HttpRequest) -> HttpResponse:
    given = {"opened_on": timezone.localdate(), "parent": request.GET.get("parent", "")}
    form = NewUnitForm(request.POST or None, initial=given)
    if form.is_valid():
        made = actions.create_unit(**form.cleaned_data, by=visitor(request), at=timezone.now())
        messages.success(request, _("%(unit)s is there.") % {"unit": made})
        return redirect("people:unit", made.pk)
    return render(request, "people/unit_new.html", {"form": form})


@get_and_post
@needs_on(queries.find_unit, may_edit_unit)
def unit_edit(request: HttpRequest, unit: Unit) -> HttpResponse:
    today = timezone.localdate()
    form = UnitForm(request.POST or None, instance=unit, initial={"moved_on": today}, today=today)
    here = reverse("people:unit", args=[unit.pk])
    if form.is_valid():
        try:
            actions.edit_unit(
                form.instance,
                version=form.cleaned_data["version"],
                parent=form.cleaned_data["parent"],
                on=form.cleaned_data["moved_on"],
                by=visitor(request),
                at=timezone.now(),
            )
        except EditedMeanwhileError as error:
            return came_too_late(request, form, error, back=here)
        messages.success(request, _("Saved."))
        return redirect(here)
    return render(request, "people/unit_edit.html", {"form": form, "unit": unit})


@get_and_post
@needs_on(queries.find_unit, may_edit_unit)
def unit_merger(request: HttpRequest, unit: Unit) -> HttpResponse:
    asked, today = request.GET, timezone.localdate()
    given = {"on": asked.get("on") or today, "after": asked.get("after", "")}
    form = MergerForm(request.POST or None, unit=unit, initial=given, today=today)
    if form.is_valid():
        after = form.cleaned_data["after"]
        try:
            actions.merge_units(
                [unit], after, on=form.cleaned_data["on"], by=visitor(request), at=timezone.now()
            )
        except actions.UnitIsClosedError:
            messages.error(request, _("The unit is closed already."))
        else:
            words = {"before": unit, "after": after}
            messages.success(request, _("%(before)s is now part of %(after)s.") % words)
        return redirect("people:unit", after.pk)
    return render(request, "people/unit_merger.html", _consequence(request, unit, form))


@get_and_post
@needs_on(queries.find_unit, may_edit_unit)
def unit_division(request: HttpRequest, unit: Unit) -> HttpResponse:
    today = timezone.localdate()
    form = DivisionForm(request.POST or None, unit=unit, initial={"on": today}, today=today)
    if form.is_valid():
        try:
            actions.divide_unit(
                unit,
                form.parts,
                on=form.cleaned_data["on"],
                by=visitor(request),
                at=timezone.now(),
            )
        except actions.UnitIsClosedError:
            messages.error(request, _("The unit is closed already."))
            return redirect("people:unit", unit.pk)
        return redirect("people:unit_moves", unit.pk)
    return render(request, "people/unit_division.html", _consequence(request, unit, form))


def _consequence(request: HttpRequest, unit: Unit, form: Any) -> dict[str, Any]:
    row = queries.branch(visitor(request), unit, on=timezone.localdate(), is_open=False)
    own = queries.own_staff(unit, timezone.localdate())
    return {"form": form, "unit": unit, "row": row, "own_people": own}


@get_and_post
@needs_on(queries.find_unit, may_edit_unit)
def unit_moves(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Who of a divided unit goes to which part."""
    parts = queries.parts_of(unit)
    employments = person_queries.current_employments(timezone.localdate()).filter(unit=unit)
    if request.method == "POST":
        by_key = {str(part.pk): part for part in parts}
        moves = {
            employment.pk: by_key[chosen]
            for employment in employments
            if (chosen := request.POST.get(f"to-{employment.pk}", "")) in by_key
        }
        moved = actions.move_employments(
            moves,
            out_of=unit,
            on=timezone.localdate(),
            by=visitor(request),
            at=timezone.now(),
        )
        said = ngettext("%(n)s person moved.", "%(n)s people moved.", moved) % {"n": moved}
        messages.success(request, said)
        return redirect("people:unit", unit.pk)
    context = {
        "unit": unit,
        "parts": parts,
        "employments": employments.order_by("person__sorting", "pk"),
    }
    return render(request, "people/unit_moves.html", context)


@require_safe
@needs(may_see_units)
def unit_options(request: HttpRequest) -> HttpResponse:
    """Units to choose while one types."""
    text = request.GET.get(request.GET.get("field", ""), "")
    found = queries.units_matching(visitor(request), text)[:PEOPLE_SHOWN] if text else []
    return render(request, "people/options.html", {"found": found})


@require_safe
@needs(may_see_units)
def legal_entities(request: HttpRequest) -> HttpResponseBase:
    found, counts = queries.legal_entities(), queries.units_by_legal_entity()
    if wants_file(request):
        columns = [_("Code"), _("Name"), _("Kind"), _("Units")]
        rows = ([one.code, one.name, one.get_kind_display(), counts[one.pk]] for one in found)
        return as_file(request, _("legal-entities"), columns, rows)
    context = {
        "entities": [(one, counts[one.pk]) for one in found],
        "may_edit": may_edit_people(visitor(request)),
    }
    return render(request, "people/legal_entities.html", context)


@get_and_post
@needs(may_edit_people)
def legal_entity_new(request: HttpRequest) -> HttpResponse:
    form = LegalEntityForm(request.POST or None)
    if form.is_valid():
        entity_actions.create_legal_entity(form.instance, by=visitor(request), at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("people:legal_entities")
    return render(request, "people/legal_entity_edit.html", {"form": form, "entity": None})


@get_and_post
@needs_on(queries.find_legal_entity, may_edit_legal_entity)
def legal_entity_edit(request: HttpRequest, entity: LegalEntity) -> HttpResponse:
    form = LegalEntityForm(request.POST or None, instance=entity)
    if form.is_valid():
        return edited(
            request,
            form,
            entity_actions.edit_legal_entity,
            back=reverse("people:legal_entities"),
            at=timezone.now(),
        )
    return render(request, "people/legal_entity_edit.html", {"form": form, "entity": entity})
