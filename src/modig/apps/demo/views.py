from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from modig.apps.accounts.models import User
from modig.apps.demo import queries
from modig.apps.demo.users import DEMO_USERS, email_of
from modig.apps.ui.guards import public

BACKEND = "django.contrib.auth.backends.ModelBackend"
FILE = "malarvik-personal-december.csv"


@require_http_methods(["GET", "HEAD", "POST"])
@public
def demo(request: HttpRequest) -> HttpResponse:
    """Choose who to be; open to all, since the demo holds nobody real and exists nowhere else."""
    if request.method == "POST":
        role = request.POST.get("user", "")
        user = User.objects.filter(email=email_of(role)).first()
        if user is None:
            known = ", ".join(one.role for one in DEMO_USERS)
            return HttpResponseBadRequest(f"user can be: {known}", content_type="text/plain")
        login(request, user, backend=BACKEND)
        return redirect("/")
    context = {
        "choices": queries.choices(),
        "holds": queries.what_it_holds(timezone.localdate()),
        "file": queries.next_hr_file(queries.loaded_size() or "full"),
    }
    return render(request, "demo/demo.html", context)


@require_safe
@public
def file(_request: HttpRequest) -> HttpResponse:
    """The made-up organisation's HR file, to try the import with; open to all, all of it is invented."""
    made = queries.next_hr_file(queries.loaded_size() or "full")
    response = HttpResponse(made.content, content_type="text/csv; charset=windows-1252")
    response["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return response
