"""Mälarvik's programme: Modigt Ledarskap, its first two years planned and published."""

from typing import Any


def load_programmes(size: str, loader: Any) -> None:
    """Filled in below."""
