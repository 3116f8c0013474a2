"""National indicators: what has been taken in from Kolada, and taking in more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from modig.apps.initiatives.actions.indicators import take_in_indicators
from modig.apps.initiatives.charts import DESK, PHONE, years_chart
from modig.apps.initiatives.forms.benefits import IndicatorFileForm
from modig.apps.initiatives.kolada.reading import UnreadableIndicatorsError, read_indicators
from modig.apps.initiatives.models import Indicator
from modig.apps.initiatives.permissions import (
    may_edit_initiatives,
    may_see_benefits,
    may_see_indicator,
)
from modig.apps.initiatives.queries import benefits as queries
from modig.apps.initiatives.views.answers import get_and_post, shown
from modig.apps.ui.answers import as_file, visitor, wants_file
from modig.apps.ui.guards import needs, needs_on


@require_safe
@needs(may_see_benefits)
def indicator_list(request: HttpRequest) -> HttpResponseBase:
    found = list(queries.indicators())
    if wants_file(request):
        columns = [
            _("Source"), _("Code"), _("Indicator"), _("Area"), _("Name of the area"), _("Year"),
            _("Sex"), _("Value"),
        ]  # fmt: skip
        rows = (
            [one.source, one.code, one.title, v.area, v.area_name, v.year, v.gender, v.value]
            for one in found
            for v in one.values.all()
        )
        return as_file(request, _("indicators"), columns, rows)
    own = visitor(request)
    context = {
        "indicators": found,
        "form": IndicatorFileForm(),
        "may_edit": may_edit_initiatives(own),
    }
    return render(request, "initiatives/indicator_list.html", context)


@get_and_post
@needs(may_edit_initiatives)
def indicator_file(request: HttpRequest) -> HttpResponse:
    """Take in a file in Kolada's published form. The same file twice changes nothing."""
    form = IndicatorFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = read_indicators(file.name, file.read())
        except UnreadableIndicatorsError as error:
            form.add_error("file", str(error))
        else:
            counts = take_in_indicators(content, by=visitor(request), at=timezone.now())
            said = _(
                "%(indicators)s indicators: %(added)s new values, %(changed)s changed,"
                " %(unchanged)s as before."
            )
            messages.success(
                request,
                said
                % {
                    "indicators": counts.indicators,
                    "added": counts.added,
                    "changed": counts.changed,
                    "unchanged": counts.unchanged,
                },
            )
            return redirect("initiatives:indicators")
    return shown(request, "initiatives/indicator_file.html", {"form": form}, form=form)


@require_safe
@needs_on(queries.find_indicator, may_see_indicator)
def indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    areas = queries.areas_of(indicator, indicator.organisation.name)
    context = {
        "indicator": indicator,
        "areas": areas,
        "years": sorted({year for area in areas for year in area.values}),
        "drawings": [("desk", years_chart(areas, DESK)), ("phone", years_chart(areas, PHONE))],
        "benefits": list(indicator.benefits.select_related("initiative")),
    }
    return render(request, "initiatives/indicator.html", context)
