"""The addresses of initiatives. The portfolio and the benefits keep their own beside this file."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from modig.apps.initiatives.views import (
    exchange,
    files,
    initiatives,
    quotations,
    synonyms,
    work,
)

app_name = "initiatives"
urlpatterns: list[URLPattern | URLResolver] = [
    path("initiatives/new/", initiatives.new, name="new"),
    path("initiatives/similar/", initiatives.similar, name="similar"),
    path("initiatives/options/", initiatives.options, name="options"),
    path("initiatives/synonyms/", synonyms.synonym_list, name="synonyms"),
    path("initiatives/synonyms/new/", synonyms.synonym_new, name="synonym_new"),
    path("initiatives/synonyms/<int:synonym_id>/", synonyms.synonym, name="synonym"),
    path(
        "initiatives/synonyms/<int:synonym_id>/removal/",
        synonyms.synonym_removal,
        name="synonym_removal",
    ),
    path("initiatives/<int:initiative_id>/", initiatives.initiative, name="initiative"),
    path("initiatives/<int:initiative_id>/edit/", initiatives.edit, name="edit"),
    path("initiatives/<int:initiative_id>/learning/", initiatives.learning, name="learning"),
    path("initiatives/<int:initiative_id>/details/", initiatives.details, name="details"),
    path(
        "initiatives/<int:initiative_id>/requirement/",
        initiatives.requirement,
        name="requirement",
    ),
    path("initiatives/<int:initiative_id>/stage/", work.stage, name="stage"),
    path("initiatives/<int:initiative_id>/steps/", work.steps, name="steps"),
    path("initiatives/steps/<int:step_id>/done/", work.step_done, name="step_done"),
    path("initiatives/<int:initiative_id>/diary/", work.diary, name="diary"),
    path("initiatives/<int:initiative_id>/diary/new/", work.diary_new, name="diary_new"),
    path("initiatives/<int:initiative_id>/gates/<str:kind>/", work.gate_new, name="gate_new"),
    path("initiatives/gates/<int:gate_id>/", work.gate, name="gate"),
    path("initiatives/<int:initiative_id>/following/", exchange.following, name="following"),
    path("initiatives/<int:initiative_id>/joining/", exchange.joining, name="joining"),
    path("initiatives/<int:initiative_id>/members/new/", exchange.member_new, name="member_new"),
    path("initiatives/parts/<int:part_id>/", exchange.part, name="part"),
    path(
        "initiatives/<int:initiative_id>/questions/new/",
        exchange.question_new,
        name="question_new",
    ),
    path("initiatives/questions/<int:question_id>/", exchange.answer, name="answer"),
    path("initiatives/<int:initiative_id>/merger/", exchange.merger_new, name="merger_new"),
    path("initiatives/mergers/<int:proposal_id>/", exchange.merger, name="merger"),
    path(
        "initiatives/<int:initiative_id>/attachments/new/",
        files.attachment_new,
        name="attachment_new",
    ),
    path(
        "initiatives/attachments/<int:attachment_id>/",
        files.attachment,
        name="attachment",
    ),
    path(
        "initiatives/attachments/<int:attachment_id>/removal/",
        files.attachment_removal,
        name="attachment_removal",
    ),
    path(
        "initiatives/<int:initiative_id>/quotations/new/",
        quotations.quotation_new,
        name="quotation_new",
    ),
    path("initiatives/quotations/<int:quotation_id>/", quotations.quotation, name="quotation"),
    path(
        "initiatives/quotations/<int:quotation_id>/withdrawal/",
        quotations.quotation_withdrawal,
        name="quotation_withdrawal",
    ),
    path(
        "initiatives/quotations/<int:quotation_id>/removal/",
        quotations.quotation_removal,
        name="quotation_removal",
    ),
]
for part in ("portfolio", "benefits", "news"):
    module = f"modig.apps.initiatives.urls.{part}"
    if find_spec(module):
        urlpatterns.append(path("", include(module)))
