"""The personal links of invitations. What is stored is a hash; the link can be made anew for a reminder."""

import hashlib

from django.utils.crypto import salted_hmac

SALT = "modig.surveys.invitation"


def token_for(round_id: int, person_id: int) -> str:
    """The secret of a person's link to a round; only who has the installation's key can make it."""
    return salted_hmac(SALT, f"{round_id}:{person_id}", algorithm="sha256").hexdigest()[:48]


def hash_of(token: str) -> str:
    """What is stored of a token, and looked up by."""
    return hashlib.sha256(token.encode()).hexdigest()
