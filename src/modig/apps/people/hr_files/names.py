"""Names of columns made comparable."""

import re
import unicodedata


def fold_name(name: str) -> str:
    """A column's name with small plain letters and digits only."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]", "", plain)
