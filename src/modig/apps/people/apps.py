from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "modig.apps.people"
