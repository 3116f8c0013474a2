"""Forms whose text the browser keeps until it has arrived (`drafts.js`).

The form sends the name of its draft along; whoever has saved it answers with that name, and the
browser throws the draft away. No text is in the cookie, only the name.
"""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "draft_saved"
NAME = re.compile(r"^[a-z0-9:_-]{1,80}$")
A_DAY = 24 * 3600


def draft_is_kept_no_longer(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tell the browser that what it kept of this form has been saved."""
    name = request.POST.get("draft", "")
    if NAME.match(name):
        response.set_cookie(
            COOKIE,
            name,
            max_age=A_DAY,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=False,  # the page's own script reads and deletes it
        )
    return response
