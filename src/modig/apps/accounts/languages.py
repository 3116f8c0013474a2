"""The languages of pages and mails."""

from django.conf import settings

LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)
# In the session: what somebody chose before signing in.
CHOSEN_LANGUAGE = "language"
