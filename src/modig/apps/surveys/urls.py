from django.urls import path

from modig.apps.surveys.views import answering, rounds

app_name = "surveys"
urlpatterns = [
    path("forms/", rounds.round_list, name="rounds"),
    path("forms/new/", rounds.round_new, name="round_new"),
    path("forms/results/", rounds.results, name="results"),
    path("forms/meetings/", rounds.block_forms, name="block_forms"),
    path("forms/protection/", answering.protection, name="protection"),
    path("forms/<int:round_id>/", rounds.round_page, name="round"),
    path("forms/<int:round_id>/closing/", rounds.closing, name="closing"),
    path("forms/own/<int:invitation_id>/", answering.own_invitation, name="own_invitation"),
    path("f/<str:token>/", answering.opening, name="open"),
    path("answer/", answering.answer, name="answer"),
]
