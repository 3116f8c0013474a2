"""What takes an import back: kept with it, small, until it is used or another file is read in."""

import base64
import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import models


@dataclass(slots=True)
class Undo:
    """The rows that an import made, and the old values of those it changed, by model and key.

    ``ended`` holds the edges that were open before.
    """

    made: dict[str, list[int]] = field(default_factory=dict)
    changed: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    ended: list[int] = field(default_factory=list)

    def note_made(self, rows: Iterable[models.Model]) -> None:
        for row in rows:
            self.made.setdefault(row._meta.model_name or "", []).append(row.pk)

    def note_changed(self, row: Any, names: Iterable[str]) -> None:
        """Keep the old values, and the version that the row has once it is saved."""
        kept = self.changed.setdefault(row._meta.model_name, {}).setdefault(str(row.pk), {})
        for name in names:
            kept.setdefault(name, _plain(getattr(row, name)))
        kept["version"] = row.version + 1

    def forget(self, *rows: Iterable[models.Model]) -> bool:
        """Drop the old values of these rows; whether there were any."""
        found = False
        for row in chain(*rows):
            kept = self.changed.get(row._meta.model_name or "", {})
            found = kept.pop(str(row.pk), None) is not None or found
        return found

    def packed(self) -> str:
        kept = {"made": self.made, "changed": self.changed, "ended": self.ended}
        raw = json.dumps(kept, ensure_ascii=False)
        return base64.b85encode(gzip.compress(raw.encode())).decode()

    @classmethod
    def unpacked(cls, text: str) -> "Undo":
        kept = json.loads(gzip.decompress(base64.b85decode(text)))
        return cls(kept["made"], kept["changed"], kept["ended"])


def _plain(value: Any) -> Any:
    return value if isinstance(value, dict | int | str | None) else str(value)
