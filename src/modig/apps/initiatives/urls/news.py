"""How is it going? Signed in, and by the personal link of a mail."""

from django.urls import path

from modig.apps.initiatives.views import news

urlpatterns = [
    path("initiatives/<int:initiative_id>/news/", news.news, name="news"),
    path("n/<str:token>/", news.news_by_link, name="news_by_link"),
]
