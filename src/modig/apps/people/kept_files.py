"""The table of an uploaded file, kept between the upload and the reading in, then thrown away."""

import gzip
import json
from pathlib import Path

from django.conf import settings

from modig.apps.people.hr_files import Table
from modig.apps.people.models import HrImport


class ImportRefusedError(Exception):
    """The import cannot go on as it is; the message is a sentence for the user."""


def kept_table(hr_import: HrImport) -> Table:
    """The table of an import that is not finished yet."""
    path = path_of(hr_import)
    if not path.exists():
        raise ImportRefusedError("the file is no longer here; upload it again")
    with gzip.open(path, "rt", encoding="utf-8") as source:
        kept = json.load(source)
    rows = [(number, cells) for number, cells in kept["rows"]]
    ragged = [(number, width) for number, width in kept["ragged"]]
    return Table(tuple(kept["header"]), rows, ragged)


def write_table(hr_import: HrImport, table: Table) -> None:
    path = path_of(hr_import)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"header": table.header, "rows": table.rows, "ragged": table.ragged}
    unfinished = path.with_suffix(".unfinished")
    with gzip.open(unfinished, "wt", encoding="utf-8", compresslevel=1) as target:
        json.dump(kept, target, ensure_ascii=False)
    unfinished.chmod(0o600)
    unfinished.replace(path)


def path_of(hr_import: HrImport) -> Path:
    return Path(settings.UPLOADS) / "imports" / f"{hr_import.pk}.json.gz"
