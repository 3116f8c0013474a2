"""Taking in an HR file: keep it, choose columns, look it over, read it in, undo it."""

from modig.apps.people.actions.imports.files import (
    HowToRead,
    choose_columns,
    forget_mapping,
    give_up,
    keep_file,
    read_again,
    remember_mapping,
)
from modig.apps.people.actions.imports.preview import look_over
from modig.apps.people.actions.imports.reading_in import (
    PreviewIsOldError,
    SecondYesWantedError,
    apply_import,
    compare_only,
    record_import,
)
from modig.apps.people.actions.imports.undo import Undo
from modig.apps.people.actions.imports.undoing import NotTheLatestError, undo_import

__all__ = [
    "HowToRead",
    "NotTheLatestError",
    "PreviewIsOldError",
    "SecondYesWantedError",
    "Undo",
    "apply_import",
    "choose_columns",
    "compare_only",
    "forget_mapping",
    "give_up",
    "keep_file",
    "look_over",
    "read_again",
    "record_import",
    "remember_mapping",
    "undo_import",
]
