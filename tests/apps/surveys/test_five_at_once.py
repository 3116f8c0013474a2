"""Five presses of one person at the same moment are one answer."""

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
