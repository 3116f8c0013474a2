"""The imports that the organisation has behind it: a month's file, and by mistake the same once more."""

import datetime as dt

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.demo.loader import Loader
from modig.apps.demo.malarvik.hr_file import ENCODING, HEADER
from modig.apps.demo.malarvik.life import HIRED_FROM
from modig.apps.people.actions.imports import Undo
from modig.apps.people.consequences import Consequence
from modig.apps.people.hr_files.rows import Reason
from modig.apps.people.models import Employment, HrImport, ImportRow

FILE = "malarvik-personal-november.csv"
FIRST = dt.datetime(2026, 11, 2, 8, 5, tzinfo=dt.UTC)
AGAIN = dt.datetime(2026, 11, 2, 8, 40, tzinfo=dt.UTC)


def load_imports(loader: Loader, *, by: User) -> None:
    """Keep November's import, which can be undone, and the second one, which changed nothing."""
    hired = [row.number for row in loader.malarvik.employed if row.is_hired_since(HIRED_FROM)]
    new = list(
        Employment.objects.filter(person__number__in=hired)
        .select_related("person", "unit")
        .order_by("pk")
    )
    many = sum(2 if row.second_unit else 1 for row in loader.malarvik.employed)
    _import(loader, FIRST, new, many - len(new), by)
    _import(loader, AGAIN, [], many, by)


def _import(
    loader: Loader, at: dt.datetime, new: list[Employment], unchanged: int, by: User
) -> None:
    undo = Undo()
    undo.note_made(new)
    undo.note_made(one.person for one in new)
    refused = len(loader.malarvik.protected)
    counts = {
        "new": len(new), "changed": 0, "gone": 0, "refused": refused, "unchanged": unchanged
    }  # fmt: skip
    own = {"organisation": loader.organisation}
    made = HrImport.objects.create(
        **own,
        file_name=FILE,
        state=HrImport.State.APPLIED,
        encoding=ENCODING,
        delimiter=";",
        header=HEADER,
        rows_read=sum(counts.values()),
        counts={**counts, "second_yes": False},
        undo=undo.packed(),
        uploaded_at=at,
        applied_at=at + dt.timedelta(minutes=1),
        by=by,
    )
    rows = [
        ImportRow(
            **own,
            hr_import=made,
            kind=ImportRow.Kind.NEW,
            reason=Consequence.JOINS,
            number=one.person.number,
            who=str(one.person),
            value=f"{one.title}, {one.unit}",
        )
        for one in new
    ]
    rows += [
        ImportRow(
            **own,
            hr_import=made,
            kind=ImportRow.Kind.REFUSED,
            column="Skyddad identitet",
            reason=Reason.PROTECTED,
            is_notable=True,
        )
        for _ in range(refused)
    ]
    ImportRow.objects.bulk_create(rows)
    record("import", made, at=at, by=by, **counts)
