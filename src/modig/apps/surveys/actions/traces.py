"""What the database's files still hold of earlier states of answers, and how it is swept away.

A box is rewritten whole by each answer. The row as it was before lies in the files until the database
comes round to it; whoever read them one after the other would learn the order of arrival.
"""

from django.db import connection

from modig.apps.surveys.models import Box, Invitation


def sweep_traces() -> None:
    """Let the database forget what rows of answers and invitations were before; not in a transaction."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for model in (Box, Invitation):
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
