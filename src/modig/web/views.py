from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from modig.apps.ui.guards import public


@require_safe
@public
def healthz(_request: HttpRequest) -> JsonResponse:
    """Whether the server and its database answer; open to all, so that monitors need no account."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
