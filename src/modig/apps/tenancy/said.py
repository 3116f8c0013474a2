"""Texts that the organisation has written in more than one language."""

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Said:
    """A row's texts in the language of the page; what is not translated is told as it was written."""

    def __init__(self, row: "Translated") -> None:
        self._row = row
        language = (get_language() or "")[:2]
        self._texts: dict[str, Any] = row.translations.get(language, {})

    def __getattr__(self, name: str) -> Any:
        return self._texts.get(name) or getattr(self._row, name)


class Translated(models.Model):
    """A row whose texts may have a translation: ``{"en": {"name": "…"}}``. Read them by ``said``."""

    translations = models.JSONField(_("translations"), default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def said(self) -> Said:
        return Said(self)
