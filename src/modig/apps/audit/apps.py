from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "modig.apps.audit"
