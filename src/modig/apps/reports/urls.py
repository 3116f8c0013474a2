"""The addresses of the red thread and of stories."""

from django.urls import path

from modig.apps.reports import views

app_name = "reports"
urlpatterns = [
    path("thread/", views.thread, name="thread"),
    path("initiatives/<int:initiative_id>/story/", views.story, name="story"),
    path("initiatives/<int:initiative_id>/story.pdf", views.story_pdf, name="story_pdf"),
]
