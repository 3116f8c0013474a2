from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "modig.apps.programme"
