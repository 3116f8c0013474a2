"""One style sheet in place of sixteen: what ``modig.css`` imports is written into it as it is gathered.

A browser learns of an imported sheet only when the one that imports it is there, and asks for each
by itself: on a phone with a slow network that is a second more before the first page has a look.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)

SHEET = "ui/css/modig.css"
IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[\w-]+)\);')
# Its first line may name an encoding, but not within a layer.
CHARSET = re.compile(r'\A@charset "utf-8";', re.IGNORECASE)
RELATIVE = re.compile(r"""url\(\s*["']?(?!["']?(data:|#|/))""")


class OneSheet:
    """For a storage of static files: its parts are neither hashed nor compressed by themselves."""

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        if SHEET in paths:
            folder = Path(self.location)  # type: ignore[attr-defined]
            whole, parts = whole_sheet(folder, SHEET)
            (folder / SHEET).write_text(whole, encoding="utf-8")
            for name in parts:
                paths.pop(name, None)
                (folder / name).unlink(missing_ok=True)
            paths[SHEET] = (self, SHEET)
        yield from super().post_process(paths, *args, **options)  # type: ignore[misc]


def whole_sheet(folder: Path, name: str) -> tuple[str, list[str]]:
    """A sheet with each import replaced by what it imports, in the same layer; and their names.

    ValueError: an import is written in another way, or a part of another folder points to a file.
    """
    place, parts = PurePosixPath(name).parent, []

    def content(found: re.Match[str]) -> str:
        path = (folder / place / found["path"]).resolve()
        text = CHARSET.sub("", path.read_text(encoding="utf-8"))
        if path.parent != (folder / place).resolve() and RELATIVE.search(text):
            raise ValueError(f"{found['path']}, imported by {name}, points to another file")
        parts.append(path.relative_to(folder.resolve()).as_posix())
        return f"@layer {found['layer']} {{\n{text}\n}}"

    whole = IMPORT.sub(content, (folder / name).read_text(encoding="utf-8"))
    if "@import" in whole:
        raise ValueError(f'{name}: an import is not written as @import url("…") layer(…);')
    return whole, parts


class HashedStorage(OneSheet, ManifestStaticFilesStorage):  # type: ignore[misc]
    """Names that tell the content apart, so that a browser keeps a file for good."""


class CompressedStorage(OneSheet, CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """The same, compressed beforehand."""
