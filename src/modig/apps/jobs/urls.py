from django.urls import path

from modig.apps.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/stop/", views.stop, name="stop"),
    path("<int:pk>/restart/", views.restart, name="restart"),
]
