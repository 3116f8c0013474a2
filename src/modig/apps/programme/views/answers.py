"""Answers that several pages of programmes give."""

from modig.apps.ui.answers import conflict, version_of, visitor

__all__ = ["conflict", "version_of", "visitor"]
