"""Text made plain for searching: "asa oberg" finds Åsa Öberg."""

import unicodedata


def fold(*texts: str) -> str:
    """Small letters without marks, words parted by one space."""
    plain = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(kept.split())
