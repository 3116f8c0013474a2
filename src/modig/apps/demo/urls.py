from django.urls import path

from modig.apps.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.demo, name="demo"),
    path("malarvik-personal.csv", views.file, name="file"),
]
