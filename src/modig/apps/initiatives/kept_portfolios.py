"""Files of initiatives between the preview and the yes; none is kept longer than a day."""

import time
from pathlib import Path

from django.conf import settings

from modig.apps.initiatives.kept_files import new_place

LONGEST = 24 * 60 * 60
LARGEST = 20 * 1024 * 1024


def keep(content: bytes) -> str:
    """Where the file lies now; older ones are thrown away."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - LONGEST:
            old.unlink(missing_ok=True)
    place = new_place()
    (folder / place).write_bytes(content)
    return place


def path_of(place: str) -> Path:
    return _folder() / Path(place).name


def forget(place: str) -> None:
    path_of(place).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.UPLOADS) / "portfolios"
