"""Reading an employer's HR file of any layout. Pure: knows no database and no framework."""

from modig.apps.people.hr_files.columns import Level, Mapping, MappingError, guess_mapping
from modig.apps.people.hr_files.reading import Table, UnreadableFileError, read_table, sheet_names
from modig.apps.people.hr_files.rows import Record, Refusal, records_of

__all__ = [
    "Level",
    "Mapping",
    "MappingError",
    "Record",
    "Refusal",
    "Table",
    "UnreadableFileError",
    "guess_mapping",
    "read_table",
    "records_of",
    "sheet_names",
]
