"""What users choose for themselves."""

from django.db import transaction

from modig.apps.accounts.models import User


@transaction.atomic
def choose_language(user: User, language: str) -> None:
    """From now on pages and mails speak ``language`` to ``user``."""
    user.language = language
    user.save(update_fields=["language"])


@transaction.atomic
def choose_theme(user: User, theme: str) -> None:
    user.theme = theme
    user.save(update_fields=["theme"])
