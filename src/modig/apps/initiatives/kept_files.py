"""Files that belong to initiatives: which are taken in, where they lie, and how they are given out.

What a file is called and what it is must agree: the first bytes are looked at, not only the ending.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

LARGEST = 10 * 1024 * 1024
MOST_FILES = 30
HEAD = 512


@dataclass(frozen=True, slots=True)
class FileKind:
    """What files with one ending are: as what they are given out, and which bytes stand where."""

    content_type: str
    signs: tuple[tuple[int, bytes], ...] = ()

    def fits(self, head: bytes) -> bool:
        """Whether a file that begins with ``head`` can be of this kind; text has no zero bytes."""
        if self.signs:
            return any(head[at:].startswith(sign) for at, sign in self.signs)
        return head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in head


ZIP = ((0, b"PK\x03\x04"),)
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
KINDS = {
    "pdf": FileKind("application/pdf", ((0, b"%PDF-"),)),
    "png": FileKind("image/png", ((0, b"\x89PNG\r\n\x1a\n"),)),
    "jpg": FileKind("image/jpeg", ((0, b"\xff\xd8\xff"),)),
    "jpeg": FileKind("image/jpeg", ((0, b"\xff\xd8\xff"),)),
    "webp": FileKind("image/webp", ((8, b"WEBP"),)),
    "heic": FileKind("image/heic", ((4, b"ftyp"),)),
    "docx": FileKind(f"{OFFICE}.wordprocessingml.document", ZIP),
    "xlsx": FileKind(f"{OFFICE}.spreadsheetml.sheet", ZIP),
    "pptx": FileKind(f"{OFFICE}.presentationml.presentation", ZIP),
    "odt": FileKind(f"{OPEN_DOCUMENT}.text", ZIP),
    "ods": FileKind(f"{OPEN_DOCUMENT}.spreadsheet", ZIP),
    "odp": FileKind(f"{OPEN_DOCUMENT}.presentation", ZIP),
    "txt": FileKind("text/plain"),
    "csv": FileKind("text/csv"),
}


def kind_of(name: str, head: bytes) -> FileKind | None:
    """What the file is, or nothing if it is none of those that are taken in."""
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    kind = KINDS.get(ending)
    return kind if kind is not None and kind.fits(head) else None


def plain_name(name: str) -> str:
    """The file's own name without folders and without signs that break a header or a page."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')
    stem, dot, ending = shown.strip(" .").rpartition(".")
    return f"{stem[: 190 - len(ending)]}{dot}{ending}" if dot else shown[:190]


def new_place() -> str:
    """A name that tells nothing of the file and that nobody can guess."""
    return secrets.token_hex(20)


def path_of(stored_as: str) -> Path:
    return Path(settings.UPLOADS) / "initiatives" / stored_as
