from django.urls import path

from modig.apps.ui import views

app_name = "ui"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("organisation/", views.organisation, name="organisation"),
]
