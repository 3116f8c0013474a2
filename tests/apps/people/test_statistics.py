import pytest
from django.db import connection

from apps.people.factories import make_person
from modig.apps.people.actions.statistics import count_anew
from modig.apps.people.models import Person

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_database_knows_at_once_how_many_persons_there_are(organisation):
    for name in ("Sara Lind", "Jonas Ek", "Lena Holm"):
        make_person(name)

    count_anew()

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = Person._meta.db_table
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
            assert cursor.fetchone() == (3,)
