"""What is done after much has been written at once."""

from django.db import connection

from modig.apps.people.models import Employment, Person, Unit, UnitEdge

COUNTED = (Person, Employment, Unit, UnitEdge)


def count_anew() -> None:
    """Let PostgreSQL count the tables of people now.

    It plans its queries by what it has counted, and counts by itself only once a minute: one that is
    begun before, on tables that it takes for empty, can run for an hour. SQLite does without.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in COUNTED:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
