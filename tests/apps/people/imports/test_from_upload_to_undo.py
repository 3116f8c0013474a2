"""The way of a file through the pages, the worker's part done in between."""

import pytest

from apps.people.imports.desk import ANNA, BO, CEM, counts
from modig.apps.people.models import Employment, HrImport, Person, Unit

pytestmark = [pytest.mark.database, pytest.mark.django_db]
State = HrImport.State


def test_file_is_uploaded_looked_over_read_in_and_undone(desk):
    made = desk.look_at(ANNA, BO, CEM)
    assert (made.state, counts(made), Person.objects.count()) == (State.PREVIEW, {"new": 3}, 0)

    desk.read_in()
    made.refresh_from_db()
    assert (made.state, counts(made), Person.objects.count()) == (State.APPLIED, {"new": 3}, 3)

    desk.undo()
    made.refresh_from_db()
    left = [model.objects.count() for model in (Person, Employment, Unit)]
    assert (made.state, made.left_alone, left) == (State.UNDONE, [], [0, 0, 0])
