"""The addresses of the benefit register and of national indicators."""

from django.urls import path

from modig.apps.initiatives.views import benefits, indicators

urlpatterns = [
    path("benefits/", benefits.benefit_list, name="benefits"),
    path("benefits/<int:benefit_id>/", benefits.benefit, name="benefit"),
    path("benefits/<int:benefit_id>/edit/", benefits.benefit_edit, name="benefit_edit"),
    path("benefits/<int:benefit_id>/readings/new/", benefits.reading_new, name="reading_new"),
    path(
        "benefits/readings/<int:reading_id>/removal/",
        benefits.reading_removal,
        name="reading_removal",
    ),
    path(
        "benefits/<int:benefit_id>/judgement/",
        benefits.benefit_judgement,
        name="benefit_judgement",
    ),
    path(
        "initiatives/<int:initiative_id>/benefits/new/",
        benefits.benefit_new,
        name="benefit_new",
    ),
    path("indicators/", indicators.indicator_list, name="indicators"),
    path("indicators/file/", indicators.indicator_file, name="indicator_file"),
    path("indicators/<int:indicator_id>/", indicators.indicator, name="indicator"),
]
