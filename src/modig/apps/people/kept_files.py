"""The table of an uploaded file, kept between the upload and the reading in, then thrown away.

The upload itself is kept beside it only until its columns are chosen, so that it can be read in
another way, and never when it may hold a protected identity or what is never stored.
"""

import gzip
import json
import shutil
from pathlib import Path

from django.conf import settings

from modig.apps.people.hr_files import Table
from modig.apps.people.models import HrImport


class ImportRefusedError(Exception):
    """The import cannot go on as it is: it has been read in or given up, or its file is gone."""


def kept_table(hr_import: HrImport) -> Table:
    """The table of an import that is not finished yet."""
    try:
        with gzip.open(path_of(hr_import), "rt", encoding="utf-8") as source:
            kept = json.load(source)
    except FileNotFoundError as error:
        raise ImportRefusedError("the file is no longer here; upload it again") from error
    return Table(
        tuple(kept["header"]),
        [(number, cells) for number, cells in kept["rows"]],
        [(number, width) for number, width in kept["ragged"]],
        header_row=kept["header_row"],
        protected=kept["protected"],
        withheld=kept["withheld"],
    )


def write_table(hr_import: HrImport, table: Table) -> None:
    path = path_of(hr_import)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {
        "header": table.header,
        "header_row": table.header_row,
        "ragged": table.ragged,
        "protected": table.protected,
        "withheld": table.withheld,
        "rows": table.rows,
    }
    unfinished = path.with_suffix(".unfinished")
    unfinished.touch(mode=0o600)
    with gzip.open(unfinished, "wt", encoding="utf-8", compresslevel=1) as target:
        json.dump(kept, target, ensure_ascii=False)
    unfinished.replace(path)


def keep_upload(hr_import: HrImport, upload: Path) -> None:
    """Keep the upload too, for reading it in another way."""
    path = upload_of(hr_import)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    shutil.copyfile(upload, path)


def throw_away(hr_import: HrImport) -> None:
    """Remove everything that is kept of the file."""
    path_of(hr_import).unlink(missing_ok=True)
    throw_upload_away(hr_import)


def throw_upload_away(hr_import: HrImport) -> None:
    upload_of(hr_import).unlink(missing_ok=True)


def path_of(hr_import: HrImport) -> Path:
    return Path(settings.UPLOADS) / "imports" / f"{hr_import.pk}.json.gz"


def upload_of(hr_import: HrImport) -> Path:
    return Path(settings.UPLOADS) / "imports" / f"{hr_import.pk}.upload"
