from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "modig.apps.surveys"
