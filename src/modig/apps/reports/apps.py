from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "modig.apps.reports"
