"""The addresses of programmes; plans and groups keep theirs in ``plans.py``."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from modig.apps.programme.urls.plans import urlpatterns as plans
from modig.apps.programme.urls.promises import urlpatterns as promises

app_name = "programme"
urlpatterns: list[URLPattern | URLResolver] = [*plans, *promises]
if find_spec("modig.apps.programme.urls.setup"):
    urlpatterns.append(path("", include("modig.apps.programme.urls.setup")))
