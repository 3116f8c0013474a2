"""Calendar feeds."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from modig.apps.programme.feeds import calendar_of
from modig.apps.programme.models import CalendarFeed
from modig.apps.programme.queries import groups as queries
from modig.apps.tenancy.scope import working_for
from modig.apps.ui.guards import public


@require_safe
@public
def calendar(_request: HttpRequest, token: str) -> HttpResponse:
    """Public, because calendar programs cannot sign in: the long random address is the key."""
    feed = queries.find_feed(token)
    if feed is None:
        raise Http404
    organisation = feed.organisation
    with working_for(organisation), translation.override(organisation.language):
        content = _content(feed)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="modig.ics"'
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    return response


def _content(feed: CalendarFeed) -> bytes:
    at = timezone.now()
    if feed.person is not None:
        meetings = queries.meetings_of_person(feed.person)
        came = {place.group_id: place.sequence for place in queries.places_of(feed.person)}
        return calendar_of(_name(feed), meetings, feed.organisation, at=at, sequences=came)
    if feed.group is None:
        raise Http404
    meetings = [
        row
        for row in queries.meetings_of_group(feed.group)
        if row.meeting.group.plan.state == row.meeting.group.plan.State.PUBLISHED
    ]
    return calendar_of(_name(feed), meetings, feed.organisation, at=at)


def _name(feed: CalendarFeed) -> str:
    """What calendar programs call it: whose meetings, and where."""
    return _("%(whose)s, programme meetings") % {"whose": feed.person or feed.group}
