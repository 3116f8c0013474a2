"""The portfolio: all initiatives as a table, a board and a matrix, and the views one keeps."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from modig.apps.initiatives.actions.portfolio import remove_view, save_view
from modig.apps.initiatives.actions.portfolio_bulk import (
    ChangedMeanwhileError,
    Effect,
    change_many,
    preview_of_many,
)
from modig.apps.initiatives.forms.portfolio import (
    BulkForm,
    SavedViewForm,
    kept_query,
    read_chosen,
    read_filter,
    read_sort,
)
from modig.apps.initiatives.models import Beneficiary, Initiative, Kind, SavedView, Stage
from modig.apps.initiatives.permissions import (
    initiatives_seen_by,
    may_delete_view,
    may_edit_initiatives,
    may_enter_initiative,
    may_see_initiatives,
)
from modig.apps.initiatives.queries import portfolio as queries
from modig.apps.initiatives.queries.benefits import departments, goals_to_filter_by
from modig.apps.initiatives.queries.clusters import kept_clusters, telling_words_of
from modig.apps.initiatives.views.answers import done, get_and_post, shown
from modig.apps.people.queries.persons import person_of
from modig.apps.ui.answers import as_file, page_of, visitor, wants_file
from modig.apps.ui.guards import needs, needs_on

WEEKS = (4, 8, 12, 26)


@require_safe
@needs(may_see_initiatives)
def portfolio(request: HttpRequest) -> HttpResponseBase:
    """All initiatives that one may see, filtered, with how far they have come."""
    today = timezone.localdate()
    context = asked(request)
    found = queries.listed(context["fits"], context["sort"])
    if wants_file(request):
        return as_file(request, _("initiatives"), _columns(), list(_file_rows(found)))
    page = page_of(request, found)
    context |= {
        "page": page,
        "rows": queries.rows_of(list(page), today),
        "facts": queries.facts(Q(context["seen"], merged_into=None), today),
        "may_edit_many": may_edit_initiatives(visitor(request)),
        "cluster_words": telling_words_of(context["wanted"].cluster),
    }
    return render(request, "initiatives/portfolio.html", context)


@require_safe
@needs(may_see_initiatives)
def board(request: HttpRequest) -> HttpResponse:
    """The stages side by side, each with those heard of last."""
    context = asked(request)
    context["columns"] = queries.board(context["fits"], timezone.localdate())
    return render(request, "initiatives/portfolio_board.html", context)


@require_safe
@needs(may_see_initiatives)
def matrix(request: HttpRequest) -> HttpResponseBase:
    """Which departments and companies have initiatives together."""
    context = asked(request)
    units, table, together = queries.matrix(context["fits"])
    if wants_file(request):
        columns = [_("Department or company"), *(str(unit) for unit in units)]
        rows = [
            [str(unit), *(cell.n for cell in row)] for unit, row in zip(units, table, strict=True)
        ]
        return as_file(request, _("joint initiatives"), columns, rows)
    context |= {
        "units": units,
        "table": list(zip(units, table, strict=True)),
        "together": together,
        "years": queries.years_of(context["seen"]),
    }
    return render(request, "initiatives/portfolio_matrix.html", context)


def asked(request: HttpRequest) -> dict[str, Any]:
    """What every page of the portfolio shows: the filter, the funnel, what can be chosen, the views kept."""
    user, today = visitor(request), timezone.localdate()
    person, seen = person_of(user), initiatives_seen_by(user)
    wanted = read_filter(request.GET, person)
    without_stage = queries.without_stage(wanted)
    stages = queries.funnel(queries.fits(without_stage, seen, today))
    found = [one.n for one in stages if wanted.stage in {"", one.stage}]
    query = kept_query(request.GET.urlencode())
    return {
        "wanted": wanted,
        "seen": seen,
        "fits": queries.fits(wanted, seen, today),
        "sort": read_sort(request.GET),
        "is_filtered": wanted != queries.PortfolioFilter(),
        "stages": stages,
        "all_stages": sum(one.n for one in stages),
        "total": sum(found),
        "stage_chosen": next((one for one in stages if one.stage == wanted.stage), None),
        "departments": departments(),
        "goals": goals_to_filter_by(),
        "kinds": Kind.choices,
        "beneficiaries": Beneficiary.choices,
        "stage_choices": Stage.choices,
        "weeks": WEEKS,
        "clusters": kept_clusters(),
        "has_person": person is not None,
        "saved_views": [
            (one, may_delete_view(user, one), one.query == query) for one in queries.views_of(user)
        ],
        "query_kept": query,
        "may_enter": may_enter_initiative(user),
    }


# ---- as a file ----------------------------------------------------------------------------------


def _columns() -> list[str]:
    return [
        _("Code"), _("Initiative"), _("Why"), _("For whom"), _("Which of them"), _("Kind"),
        _("Stage"), _("Department"), _("Unit"), pgettext("person", "Owner"),
        _("Units taking part"), _("Goals"), _("Cluster"), _("Entered"),
        pgettext("initiative", "Started"), pgettext("initiative", "Ended"), _("Heard of"),
        _("Weeks silent"),
    ]  # fmt: skip


def _file_rows(found: QuerySet[Initiative]) -> Iterator[list[object]]:
    today = timezone.localdate()
    for one in found.prefetch_related("partner_units", "goals"):
        yield [
            one.code, one.said.title, one.said.why, str(one.get_beneficiary_display()),
            one.said.group_text, str(one.get_kind_display()), str(one.get_stage_display()),
            str(one.unit.top or ""), str(one.unit), str(one.owner),
            ", ".join(str(unit) for unit in one.partner_units.all()),
            ", ".join(goal.code for goal in one.goals.all()), str(one.cluster or ""), one.made_on,
            one.started_on, one.ended_on, one.heard_on,
            (today - one.heard_on).days // 7 if one.is_open else None,
        ]  # fmt: skip


# ---- saved views --------------------------------------------------------------------------------


@get_and_post
@needs(may_see_initiatives)
def view_new(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the address under a name."""
    user = visitor(request)
    form = SavedViewForm(
        request.POST or None,
        initial={"query": kept_query(request.GET.urlencode())},
        may_share=may_edit_initiatives(user),
    )
    if form.is_valid():
        given = form.cleaned_data
        view = save_view(
            given["name"], given["query"], user=user, is_shared=given.get("is_shared", False)
        )
        messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
        return done(request, _portfolio_at(view.query))
    return shown(request, "initiatives/portfolio_view.html", {"form": form}, form=form)


@require_POST
@needs_on(queries.find_view, may_delete_view)
def view_removal(request: HttpRequest, view: SavedView) -> HttpResponse:
    remove_view(view)
    messages.success(request, _("The view “%(name)s” is gone.") % {"name": view.name})
    return redirect("initiatives:portfolio")


def _portfolio_at(query: str) -> str:
    address = reverse("initiatives:portfolio")
    return f"{address}?{query}" if query else address


# ---- many at a time -----------------------------------------------------------------------------


@require_POST
@needs(may_edit_initiatives)
def bulk(request: HttpRequest) -> HttpResponse:
    """Choose what to change, see what happens to each, and do it; three presses of one form."""
    chosen = read_chosen(request.POST.getlist("chosen"))
    if not chosen:
        messages.warning(request, _("Tick the initiatives to change first."))
        return redirect(_portfolio_at(kept_query(request.POST.get("query", ""))))
    is_asked = bool({"look", "do"} & set(request.POST))
    form = BulkForm(request.POST if is_asked else None)
    context: dict[str, Any] = {"form": form, "query": kept_query(request.POST.get("query", ""))}
    status = 200
    if form.is_valid():
        work = change_many if "do" in request.POST else preview_of_many
        try:
            effects = work(chosen, form.change(), by=visitor(request), at=timezone.now())
        except ChangedMeanwhileError as error:
            status, context["meanwhile"] = 409, error.initiatives
        else:
            if "do" in request.POST:
                return _done_many(request, effects, context["query"])
            context["effects"] = effects
            context["n_changed"] = sum(bool(effect.does) for effect in effects)
    rows = queries.chosen_initiatives(list(chosen))
    context["chosen"] = [(one, f"{one.pk}-{one.version}") for one in rows]
    if form.is_bound and form.errors:
        status = 422
    return render(request, "initiatives/portfolio_bulk.html", context, status=status)


def _done_many(request: HttpRequest, effects: list[Effect], query: str) -> HttpResponse:
    n = sum(bool(effect.does) for effect in effects)
    said = ngettext("%(n)s initiative is changed.", "%(n)s initiatives are changed.", n)
    messages.success(request, said % {"n": n})
    if left := [effect.initiative.code for effect in effects if not effect.does]:
        messages.warning(request, _("Left as they are: %(codes)s.") % {"codes": ", ".join(left)})
    return redirect(_portfolio_at(query))
