"""The personal link of "how is it going?". What is stored of it is a hash."""

import hashlib
from datetime import date

from django.utils.crypto import salted_hmac

SALT = "modig.initiatives.news"


def token_for(initiative_id: int, person_id: int, asked_on: date) -> str:
    """The secret of the link; it can be made anew when a mail could not be sent."""
    named = f"{initiative_id}:{person_id}:{asked_on.isoformat()}"
    return salted_hmac(SALT, named, algorithm="sha256").hexdigest()[:48]


def hash_of(token: str) -> str:
    """What is stored of a token, and looked up by."""
    return hashlib.sha256(token.encode()).hexdigest()
