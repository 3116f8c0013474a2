"""The addresses of initiatives. The portfolio and the benefits keep their own beside this file."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

app_name = "initiatives"
urlpatterns: list[URLPattern | URLResolver] = []
for part in ("portfolio", "benefits"):
    module = f"modig.apps.initiatives.urls.{part}"
    if find_spec(module):
        urlpatterns.append(path("", include(module)))
