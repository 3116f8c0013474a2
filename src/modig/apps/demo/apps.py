from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "modig.apps.demo"
