"""Taking in a file of initiatives: what differs is changed, what cannot be is refused with a reason.

A row that says what stands there already changes nothing. An initiative that the file leaves out
is counted as gone from it and left as it is: it ends on its own page, with what was learned.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from modig.apps.accounts.models import User
from modig.apps.direction.models import Goal
from modig.apps.direction.models.goal import Orientation
from modig.apps.initiatives.actions.initiatives import (
    StageAsksForMoreError,
    edit_initiative,
    enter_initiative,
    move_to_stage,
)
from modig.apps.initiatives.demands import FORWARD
from modig.apps.initiatives.models import Beneficiary, Initiative, Kind, Stage
from modig.apps.initiatives.queries.portfolio_files import (
    CHOICES,
    COLUMNS,
    PARTED,
    TEXTS,
    cells_of,
    with_all,
)
from modig.apps.people.folding import fold
from modig.apps.people.hr_files import Table
from modig.apps.people.models import Person, Unit
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.exports import neutral

LANGUAGES = ("sv", "en")
NEEDED = ("title", "why", "owner", "unit")
ENUMS: Mapping[str, Any] = {"beneficiary": Beneficiary, "kind": Kind, "stage": Stage}
ORDER = (Stage.IDEA, Stage.STARTED, Stage.UNDER_WAY, Stage.RESULT_SHOWN, Stage.EMBEDDED)


class NotAPortfolioError(Exception):
    """The file has no column of codes, or none that could change anything."""


class _Refused(Exception):  # noqa: N818 -- carries why a row is left, is no fault
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was left, which column is to blame, and why, in a sentence."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a row changes: each column's word, what stood there, and what will."""

    row: int
    code: str
    title: str
    is_new: bool
    what: list[tuple[str, str, str]]


@dataclass(slots=True)
class Outcome:
    """How many rows of each sort there were, and which were refused."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    refused: int = 0
    unchanged: int = 0
    rows: list[Refusal] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)

    def refuse(self, row: int, column: str, reason: str) -> None:
        self.refused += 1
        self.rows.append(Refusal(row, column, reason))


@transaction.atomic
def take_in(table: Table, *, by: User | None, at: datetime) -> Outcome:
    """Change the initiatives as the file says; each row is taken in whole or not at all."""
    reader = _Reader(table, by=by, at=at)
    outcome = Outcome()
    for row, cells in table.ragged:
        said = _("The row has %(found)s cells and the header %(wanted)s.")
        outcome.refuse(row, "", said % {"found": cells, "wanted": len(table.header)})
    for row, cells_found in table.rows:
        try:
            with transaction.atomic():
                change = reader.read(row, cells_found)
        except _Refused as error:
            outcome.refuse(row, error.column, error.reason)
            continue
        outcome.new += change is not None and change.is_new
        outcome.changed += change is not None and not change.is_new
        outcome.unchanged += change is None
        outcome.changes += [change] if change is not None else []
    outcome.gone = reader.left_out()
    outcome.rows.sort(key=lambda one: one.row)
    return outcome


def preview(table: Table, *, by: User | None, at: datetime) -> Outcome:
    """What ``take_in`` would do, and nothing done."""
    with transaction.atomic():
        outcome = take_in(table, by=by, at=at)
        transaction.set_rollback(True)
    return outcome


class _Reader:
    """Reads the rows of one file against what the organisation has."""

    def __init__(self, table: Table, *, by: User | None, at: datetime) -> None:
        self.places = _places(table.header)
        self.by, self.at = by, at
        self.known = {one.code: one for one in with_all()}
        self.persons = {one.number: one for one in Person.objects.filter(left_on=None)}
        self.units = {one.code: one for one in Unit.objects.filter(closed_on=None)}
        self.goals = {one.code: one for one in Goal.objects.all()}
        self.seen: set[str] = set()

    def left_out(self) -> int:
        return sum(
            code not in self.seen and one.merged_into_id is None for code, one in self.known.items()
        )

    def read(self, row: int, cells: list[str]) -> RowChange | None:
        """Take in one row; nothing, if it says what stands there already."""
        given = {name: cells[place].replace("\r\n", "\n") for name, place in self.places.items()}
        code = bare(given["code"])
        if not code:
            raise _Refused("code", _("The code is missing. It is the key."))
        if code in self.seen:
            raise _Refused(
                "code", _("The code %(code)s stands in an earlier row.") % {"code": code}
            )
        self.seen.add(code)
        one = self.known.get(code)
        return self._new(row, code, given) if one is None else self._changed(row, one, given)

    def _changed(self, row: int, one: Initiative, given: dict[str, str]) -> RowChange | None:
        plain, words = cells_of(one), cells_of(one, in_words=True)
        differing = {
            column.name: given[column.name]
            for column in COLUMNS
            if column.may_change and column.name in given
            if _differs(column.name, given[column.name], plain, words)
        }
        if not differing:
            return None
        self._refuse_stale(one, given)
        what = [(name, words[name], bare(cell)) for name, cell in differing.items()]
        self._write(one, differing)
        return RowChange(row, one.code, str(one), is_new=False, what=_in_words(what))

    def _refuse_stale(self, one: Initiative, given: dict[str, str]) -> None:
        if one.merged_into is not None:
            said = _("It lives on in %(code)s. Write there instead.")
            raise _Refused("code", said % {"code": one.merged_into.code})
        if given.get("version", "") not in {"", str(one.version)}:
            raise _Refused(
                "version",
                _("It was changed after the file was made. Get a new file, or empty this cell."),
            )

    def _write(self, one: Initiative, differing: dict[str, str]) -> None:
        values = {name: self._value(name, bare(cell)) for name, cell in differing.items()}
        stage = values.pop("stage", None)
        links = {name: values.pop(name) for name in ("goals", "partner_units") if name in values}
        _assign(one, values)
        try:
            if values or links:
                edit_initiative(one, version=one.version, by=self.by, at=self.at, **links)
            if stage is not None:
                self._move(one, stage)
        except EditedMeanwhileError as error:
            raise _Refused("version", _("Somebody else changed it just now.")) from error

    def _new(self, row: int, code: str, given: dict[str, str]) -> RowChange:
        for name in NEEDED:
            if not given.get(name):
                said = _("There is no initiative %(code)s. A new one needs this column.")
                raise _Refused(name, said % {"code": code})
        differing = {
            column.name: given[column.name]
            for column in COLUMNS
            if column.may_change and given.get(column.name)
        }
        values = {name: self._value(name, bare(cell)) for name, cell in differing.items()}
        stage = values.pop("stage", Stage.IDEA)
        goals, units = values.pop("goals", ()), values.pop("partner_units", ())
        one = Initiative(code=code)
        _assign(one, values)
        made = enter_initiative(one, goals=goals, partner_units=units, by=self.by, at=self.at)
        if made.code != code:
            said = _("It says the same as %(code)s, entered today by the same owner.")
            raise _Refused("title", said % {"code": made.code})
        if stage != Stage.IDEA:
            self._move(made, stage)
        what = [(name, "", bare(cell)) for name, cell in differing.items()]
        return RowChange(row, code, str(made), is_new=True, what=_in_words(what))

    def _move(self, one: Initiative, stage: str) -> None:
        """Take it all the way; each stage on it asks for its own."""
        for step in _way(Stage(one.stage), Stage(stage)):
            try:
                move_to_stage(one, step, version=one.version, by=self.by, at=self.at)
            except StageAsksForMoreError as error:
                said = _("“%(stage)s” asks for more: %(missing)s.")
                words = {"stage": step.label, "missing": "; ".join(error.missing)}
                raise _Refused("stage", said % words) from error

    def _value(self, name: str, text: str) -> Any:
        """What a cell means."""
        if name in TEXTS:
            return text
        if name in CHOICES:
            return _choice(name, text)
        if name == "orientations":
            return [_one_of("orientations", Orientation, part) for part in _parts(text)]
        return self._rows(name, text)

    def _rows(self, name: str, text: str) -> Any:
        match name:
            case "owner":
                return _found(name, self.persons, text)
            case "unit":
                return _found(name, self.units, text)
            case "goals":
                return [_found(name, self.goals, part) for part in _parts(text)]
            case _:
                return [_found(name, self.units, part) for part in _parts(text)]


def _places(header: Iterable[str]) -> dict[str, int]:
    """Where each column stands: by its name, or by its word in any language."""
    names = _names_by_word()
    places: dict[str, int] = {}
    for place, word in enumerate(header):
        name = names.get(fold(bare(word)))
        if name is not None:
            places.setdefault(name, place)
    if "code" not in places:
        raise NotAPortfolioError(_("There is no column with codes. It is called “code”."))
    if not any(column.may_change and column.name in places for column in COLUMNS):
        raise NotAPortfolioError(_("No column of the file can change an initiative."))
    return places


def _names_by_word() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            names |= {fold(str(column.label)): column.name for column in COLUMNS}
    return names | {column.name: column.name for column in COLUMNS}


def bare(cell: str) -> str:
    """The text without the apostrophe that kept a spreadsheet from taking it for a formula."""
    return cell[1:] if cell.startswith("'") and neutral(cell[1:]) == cell else cell


def _differs(name: str, cell: str, plain: Mapping[str, str], words: Mapping[str, str]) -> bool:
    """A choice left empty stays as it is, and may stand there in any language."""
    if name in CHOICES:
        return bool(cell) and _choice(name, bare(cell)) != plain[name]
    return not _same(cell, plain[name], words[name])


def _same(cell: str, *texts: str) -> bool:
    """Whether the cell is what the file would say."""
    plain = [text.strip().replace("\r\n", "\n") for text in texts]
    return cell in plain or cell in [neutral(text) for text in plain]


def _assign(one: Initiative, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(one, name, value)
    texts = {name for name in values if name in TEXTS}
    try:
        others = {item.name for item in Initiative._meta.get_fields()} - texts
        one.clean_fields(exclude=others)
    except ValidationError as error:
        name, said = next(iter(error.message_dict.items()))
        raise _Refused(name, " ".join(said)) from error


def _choice(name: str, text: str) -> str:
    return _one_of(name, ENUMS[name], text)


def _one_of(name: str, choices: Any, text: str) -> str:
    """The choice with this code, or with this word in any language."""
    found = _words_of(choices).get(fold(text))
    if found is None:
        said = _("“%(text)s” is none of: %(choices)s.")
        words = {"text": text, "choices": ", ".join(str(one.label) for one in choices)}
        raise _Refused(name, said % words)
    return found


@cache
def _words_of(choices: Any) -> dict[str, str]:
    words: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            words |= {fold(str(one.label)): one.value for one in choices}
    return words | {fold(one.value): one.value for one in choices}


def _found(name: str, rows: Mapping[str, Any], text: str) -> Any:
    if text not in rows:
        said = _("Nothing has the code “%(text)s”.") if text else _("It must not be empty.")
        raise _Refused(name, said % {"text": text} if text else said)
    return rows[text]


def _parts(text: str) -> list[str]:
    """Codes parted by |; semicolons and new lines will do too."""
    plain = text.replace(";", PARTED.strip()).replace("\n", PARTED.strip())
    parts = [part.strip() for part in plain.split(PARTED.strip())]
    return list(dict.fromkeys(part for part in parts if part))


def _way(before: Stage, after: Stage) -> list[Stage]:
    """The stages to pass; none leads back, because that takes a word on why."""
    if after in FORWARD[before]:
        return [after]
    if before in ORDER and after in ORDER and ORDER.index(after) > ORDER.index(before):
        return list(ORDER[ORDER.index(before) + 1 : ORDER.index(after) + 1])
    said = _("It cannot go from “%(before)s” to “%(after)s” by a file. Do that on its page.")
    raise _Refused("stage", said % {"before": before.label, "after": after.label})


def _in_words(what: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    labels = {column.name: str(column.label) for column in COLUMNS}
    return [(labels[name], before, after) for name, before, after in what]
