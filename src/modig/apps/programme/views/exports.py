"""A plan as files: for the command line and other programs, and as lists for people."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from modig.apps.programme.models import Plan
from modig.apps.programme.permissions import may_see_people_of_plan
from modig.apps.programme.planning_bridge import (
    days_off_of,
    far_apart_of,
    hosts_for,
    unavailable_of,
)
from modig.apps.programme.queries import groups as group_queries
from modig.apps.programme.queries import plans as queries
from modig.apps.programme.views.plans import find_plan
from modig.apps.ui.exports import export_response, neutral, plain_csv
from modig.apps.ui.guards import needs_on


def _named(what: str, plan: Plan) -> str:
    """The name of a list of the plan, without its ending."""
    return slugify(f"{what}-{plan.wave}-{plan.number}")


def _file(name: str, columns: list[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A file for programs; the same text is made harmless to spreadsheets in the same way in all."""
    harmless = ([neutral(str(cell)) for cell in row] for row in rows)
    response = HttpResponse(plain_csv(columns, harmless), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@needs_on(find_plan, may_see_people_of_plan)
def people(_request: HttpRequest, plan: Plan) -> HttpResponse:
    """Who is planned, as ``modig plan`` reads it: employee number, team, unit, attributes."""
    given = plan.given["people"]
    names = list(dict.fromkeys(name for person in given for name in person if name != "id"))
    rows = ([person["id"], *(person.get(name) or "" for name in names)] for person in given)
    return _file("people.csv", ["id", *names], rows)


@require_safe
@needs_on(find_plan, may_see_people_of_plan)
def staff(_request: HttpRequest, plan: Plan) -> HttpResponse:
    """Everybody employed per unit, for the cap: the planned by number, all others unnamed."""
    named = Counter(person["unit"] for person in plan.given["people"])
    rows = [[person["id"], person["unit"]] for person in plan.given["people"]]
    for unit, n in plan.given["staff"].items():
        rows += [[f"{unit}/{k}", unit] for k in range(named[unit] + 1, n + 1)]
    return _file("staff.csv", ["id", "unit"], rows)


@require_safe
@needs_on(find_plan, may_see_people_of_plan)
def groups(_request: HttpRequest, plan: Plan) -> HttpResponse:
    return _file("groups.csv", ["id", "group"], queries.groups_by_number(plan).items())


@require_safe
@needs_on(find_plan, may_see_people_of_plan)
def schedule(_request: HttpRequest, plan: Plan) -> HttpResponse:
    rows = (
        [row.group, row.block, day.isoformat(), row.venue, row.facilitator]
        for row in queries.meeting_rows(plan)
        for day in row.dates
    )
    columns = ["group", "block", "date", "venue", "facilitator"]
    return _file("schedule.csv", columns, rows)


@require_safe
@needs_on(find_plan, may_see_people_of_plan)
def keep_apart(_request: HttpRequest, plan: Plan) -> HttpResponse:
    return _file("keep_apart.csv", ["team_a", "team_b"], plan.given["keep_apart"])


@require_safe
@needs_on(find_plan, may_see_people_of_plan)
def unit_caps(_request: HttpRequest, plan: Plan) -> HttpResponse:
    """The units with a cap of their own, as shares."""
    caps = plan.given.get("unit_caps", {})
    rows = ([unit, f"{Decimal(percent) / 100:f}"] for unit, percent in caps.items())
    return _file("unit_caps.csv", ["unit", "cap"], rows)


@require_safe
@needs_on(find_plan, may_see_people_of_plan)
def unavailable(_request: HttpRequest, plan: Plan) -> HttpResponse:
    """Who cannot come on which day, since her team cannot."""
    rows = [[person, day.isoformat()] for person, day in sorted(unavailable_of(plan.given))]
    return _file("unavailable.csv", ["id", "date"], rows)


@require_safe
@needs_on(find_plan, may_see_people_of_plan)
def holidays(_request: HttpRequest, plan: Plan) -> HttpResponse:
    """The public holidays that the plan keeps free, one a line."""
    text = "".join(f"{day}\n" for day in plan.given.get("holidays", []))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@needs_on(find_plan, may_see_people_of_plan)
def venues(_request: HttpRequest, plan: Plan) -> HttpResponse:
    """The venues that the plan may use, for the command line; seats are told on its own page."""
    names, _facilitators = hosts_for(plan.given, queries.groups_by_number(plan))
    places = plan.given.get("places", {})
    return _file("venues.csv", ["venue", "place"], ([n, places.get(n, n)] for n in names))


@require_safe
@needs_on(find_plan, may_see_people_of_plan)
def travel(_request: HttpRequest, plan: Plan) -> HttpResponse:
    """The places too far from each other for one night, as a way of one minute: none is allowed."""
    ways = far_apart_of(plan.given, queries.groups_by_number(plan))
    return _file("travel.csv", ["from", "to", "minutes"], ([*pair, 1] for pair in ways))


@require_safe
@needs_on(find_plan, may_see_people_of_plan)
def facilitators(_request: HttpRequest, plan: Plan) -> HttpResponse:
    return _file("facilitators.csv", ["facilitator"], ([n] for n in plan.given["facilitators"]))


@require_safe
@needs_on(find_plan, may_see_people_of_plan)
def days_off(_request: HttpRequest, plan: Plan) -> HttpResponse:
    """When the plan's venues are closed and its facilitators off."""
    return _file("days_off.csv", ["name", "date"], days_off_of(plan.given))


@require_safe
@needs_on(find_plan, may_see_people_of_plan)
def participants(request: HttpRequest, plan: Plan) -> HttpResponseBase:
    """Everybody with group and team, as a list for people."""
    name = _named(_("participants"), plan)
    columns = [_("Group"), _("Name"), _("Employee number"), _("E-mail"), _("Team")]
    cells = (
        [one.group.name, str(one.person), one.person.number, one.person.email, str(one.team or "")]
        for one in queries.participants_of(plan)
    )
    return export_response(name, columns, cells, request.GET.get("format", "xlsx"))


@require_safe
@needs_on(find_plan, may_see_people_of_plan)
def meetings(request: HttpRequest, plan: Plan) -> HttpResponseBase:
    """Every meeting day with group, block, venue and facilitator, as a list for people."""
    found = group_queries.dated(group_queries.meetings().filter(group__plan=plan))
    name = _named(_("meetings"), plan)
    columns = [_("Date"), _("Group"), _("Block"), _("Venue"), _("Place"), _("Facilitator")]
    cells = (
        [
            day,
            row.meeting.group.name,
            row.meeting.block.title,
            row.meeting.venue.name if row.meeting.venue else "",
            row.meeting.venue.place if row.meeting.venue else "",
            str(row.meeting.facilitator or ""),
        ]
        for row in found
        for day in row.days
    )
    return export_response(name, columns, cells, request.GET.get("format", "xlsx"))
