"""Reading an employer's HR file of any layout. Pure: knows no database and no framework."""

from modig.apps.people.hr_files.columns import (
    DatesToAskError,
    Level,
    Mapping,
    MappingError,
    guess_mapping,
)
from modig.apps.people.hr_files.places import UnitPlace
from modig.apps.people.hr_files.protected import protected_numbers, without_protected
from modig.apps.people.hr_files.reading import (
    Fault,
    Table,
    UnreadableFileError,
    read_table,
    sheet_names,
)
from modig.apps.people.hr_files.rows import Reading, Reason, Record, Refusal, records_of
from modig.apps.people.hr_files.sensitive import without_what_is_never_kept

__all__ = [
    "DatesToAskError",
    "Fault",
    "Level",
    "Mapping",
    "MappingError",
    "Reading",
    "Reason",
    "Record",
    "Refusal",
    "Table",
    "UnitPlace",
    "UnreadableFileError",
    "guess_mapping",
    "protected_numbers",
    "read_table",
    "records_of",
    "sheet_names",
    "without_protected",
    "without_what_is_never_kept",
]
