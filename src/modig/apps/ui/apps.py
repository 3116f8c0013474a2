from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "modig.apps.ui"
