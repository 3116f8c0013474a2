from django.conf import settings
from django.urls import include, path

from modig.web.views import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("modig.apps.accounts.urls")),
    path("", include("modig.apps.ui.urls")),
    path("jobs/", include("modig.apps.jobs.urls")),
    path("log/", include("modig.apps.audit.urls")),
    path("", include("modig.apps.people.urls")),
    path("administration/", include("modig.apps.administration.urls")),
    path("", include("modig.apps.direction.urls")),
    path("", include("modig.apps.programme.urls")),
    path("", include("modig.apps.reports.urls")),
    path("", include("modig.apps.initiatives.urls")),
    path("", include("modig.apps.surveys.urls")),
]
handler400 = "modig.web.errors.bad_request"
handler500 = "modig.web.errors.broken"
if settings.DEMO:
    urlpatterns.append(path("demo/", include("modig.apps.demo.urls")))
