from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from modig.apps.accounts.models import User
from modig.apps.demo.actions import CODE
from modig.apps.demo.malarvik import generate, hr_file
from modig.apps.demo.users import DEMO_USERS, email_of
from modig.apps.tenancy.models import Membership
from modig.apps.ui.guards import public

BACKEND = "django.contrib.auth.backends.ModelBackend"


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
    members = Membership.across_organisations.filter(organisation__code=CODE)
    users = {one.user.email: one for one in members.select_related("user", "role")}
    shown = [(one, users.get(email_of(one.role))) for one in DEMO_USERS]
    return render(request, "demo/demo.html", {"users": shown})


@require_safe
@public
def file(_request: HttpRequest) -> HttpResponse:
    """The made-up organisation's HR file, to try the import with; open to all, all of it is invented."""
    response = HttpResponse(hr_file(generate("full")), content_type="text/csv; charset=latin-1")
    response["Content-Disposition"] = 'attachment; filename="malarvik-personal.csv"'
    return response
