from django.apps import AppConfig


class DirectionConfig(AppConfig):
    name = "modig.apps.direction"
