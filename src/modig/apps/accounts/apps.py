from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "modig.apps.accounts"
