"""What only a database with transactions of its own can show: five presses at once, and swept traces."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context

import pytest
from django.db import connection, connections

from apps.people.factories import make_person
from modig.apps.surveys.actions import (
    AlreadyAnsweredError,
    create_round,
    launch_round,
    put_answer,
)
from modig.apps.surveys.actions.traces import sweep_traces
from modig.apps.surveys.models import Box, Invitation

TODAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time anyway")
def test_five_presses_at_once_are_one_answer(organisation):
    made = create_round("block", title="Block 1", opens_on=TODAY, by=None, at=NOW)
    launch_round(made, [make_person()], by=None, at=NOW)
    invitation = Invitation.objects.get()

    def press(_):
        with suppress(AlreadyAnsweredError):
            put_answer(invitation, {"hands_on": 4}, on=TODAY)
        connections.close_all()

    with ThreadPoolExecutor(5) as people:
        list(
            people.map(lambda context: context.run(press, None), [copy_context() for _ in range(5)])
        )

    assert [box.answers for box in Box.objects.all()] == [[{"hands_on": 4}]]


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_earlier_states_of_answers_are_swept_out_of_the_files(organisation):
    sweep_traces()  # what other tests have rolled back lies in the file too
    made = create_round("block", title="Block 1", opens_on=TODAY, by=None, at=NOW)
    launch_round(made, [make_person(f"P {n}") for n in range(6)], by=None, at=NOW)
    for invitation in Invitation.objects.all():
        put_answer(invitation, {"hands_on": 4}, on=TODAY)

    sweep_traces()

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_relation_size('surveys_box') / 8192")
            pages = cursor.fetchone()[0]
            # A page without room for the dead has one live row and nothing else.
            cursor.execute("SELECT count(*) FROM surveys_box")
            assert (cursor.fetchone()[0], pages) == (1, 1)
        else:
            cursor.execute("PRAGMA wal_checkpoint")
            assert cursor.fetchone()[1:] in {(0, 0), (-1, -1)}
