"""Sorting names as readers of the page's language expect; the size of letters does not count."""

import unicodedata

from django.utils.translation import get_language

# In Swedish å, ä and ö are letters of their own, after z; in English they are a and o with a mark.
_AFTER_Z = {ord("å"): "{", ord("ä"): "|", ord("æ"): "|", ord("ö"): "}", ord("ø"): "}"}
_NONE: dict[int, str] = {}


def sort_key(text: str) -> str:
    """A key for ``sorted``: é sorts as e; å ä ö after z, but in English as a and o."""
    is_english = (get_language() or "").startswith("en")
    composed = unicodedata.normalize("NFC", text.casefold())
    plain = unicodedata.normalize("NFKD", composed.translate(_NONE if is_english else _AFTER_Z))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
