"""Taking in files, and throwing them away."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.initiatives.actions.initiatives import heard, refuse_merged
from modig.apps.initiatives.kept_files import (
    HEAD,
    LARGEST,
    MOST_FILES,
    kind_of,
    new_place,
    path_of,
    plain_name,
)
from modig.apps.initiatives.models import Attachment, Initiative


class FileRefusedError(Exception):
    """The file is not taken in."""


class FileTooLargeError(FileRefusedError):
    """It is larger than a file may be."""


class FileOfNoKnownKindError(FileRefusedError):
    """Its ending is none of those that are taken in, or what it holds is something else."""


class TooManyFilesError(FileRefusedError):
    """The initiative has as many files as it may have."""


class FileIsEmptyError(FileRefusedError):
    """There is nothing in it."""


@transaction.atomic
def attach_file(
    initiative: Initiative, name: str, chunks: Iterable[bytes], *, by: User | None, at: datetime
) -> Attachment:
    """Keep a file with an initiative; nothing stays on the disk if it is refused.

    Raises:
        FileRefusedError: the file is too large, empty, of another kind than its name says, or one
            too many.

    """
    refuse_merged(initiative)
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    if initiative.attachments.count() >= MOST_FILES:
        raise TooManyFilesError(name)
    stored_as = new_place()
    path = path_of(stored_as)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        size, content_type = _write(stored_as, name, chunks)
        attachment = Attachment.objects.create(
            organisation=initiative.organisation,
            initiative=initiative,
            name=plain_name(name),
            stored_as=stored_as,
            content_type=content_type,
            size=size,
            by=by,
            at=at,
        )
        heard(initiative, on=localdate(at))
        record("attach", initiative, at=at, by=by, file=attachment.name)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return attachment


def _write(stored_as: str, name: str, chunks: Iterable[bytes]) -> tuple[int, str]:
    """Write the file; its size in bytes and as what it is given out."""
    size, head = 0, b""
    path = path_of(stored_as)
    with path.open("xb") as target:
        path.chmod(0o600)
        for chunk in chunks:
            head = (head + chunk)[:HEAD] if len(head) < HEAD else head
            size += len(chunk)
            if size > LARGEST:
                raise FileTooLargeError(name)
            target.write(chunk)
    if not size:
        raise FileIsEmptyError(name)
    kind = kind_of(plain_name(name), head)
    if kind is None:
        raise FileOfNoKnownKindError(name)
    return size, kind.content_type


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: User | None, at: datetime) -> None:
    """Throw the file away; the bytes go when the row is surely gone."""
    record("detach", attachment.initiative, at=at, by=by, file=attachment.name)
    path = path_of(attachment.stored_as)
    attachment.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
