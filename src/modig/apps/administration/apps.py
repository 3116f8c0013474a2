from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "modig.apps.administration"
